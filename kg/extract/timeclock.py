"""What relative expressions of time hang on: the publication date and what the article told last."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from kg.extract.timecalendar import Whole, unit_around
from kg.records import Interval

__all__ = ["Clock"]

MEMORY = 5  # sentences after which "the same year" and "three days later" point at nothing any more
_FINENESS = {"day": 0, "hour": 0, "week": 0, "weekend": 0, "month": 1, "quarter": 1, "year": 2}
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative expressions hang on.

    ``published`` is an ISO 8601 date of reduced precision or None; ``told`` is the last interval that the article
    told, ``age`` how many sentences ago it did (0: in this one). ``ahead`` is the same interval if what it tells was still
    to come, None where it means the same either way. ``closed`` is the last interval with both ends, where ``told`` has
    one alone: "three days later" does not count from a "since 2016" that came between. ``base`` is what a "day before" hung
    on: "the following day" behind it is seen from there too.
    """

    published: str | None
    told: Interval | None = None
    age: int = 0
    ahead: Interval | None = None
    closed: Interval | None = None
    base: Interval | None = None

    @property
    def anchor(self) -> Whole | None:
        """The days that ``published`` names; None where it is missing or no date."""
        match = _ISO.fullmatch(self.published or "")
        if match is None:
            return None
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            first = date(year or 0, month or 1, day or 1)
            return Whole(first, first) if day else unit_around(first, "month" if month else "year")
        except (ValueError, OverflowError):
            return None

    def anchored(self, unit: str) -> Whole | None:
        """The anchor, if it is at least as fine as ``unit``."""
        anchor = self.anchor
        return anchor if anchor is not None and fits(anchor, unit) else None

    def memory(self, unit: str) -> date | None:
        """A day of the last interval told, if that lies within one ``unit`` and is not too long ago."""
        stretch = self.stretch()
        if stretch is None:
            told = self.told if self.age <= MEMORY and unit == "year" else None
            return (told.earliest or told.latest) if told is not None else None
        whole = unit_around(stretch.last, unit)
        return stretch.last if whole.first <= stretch.first and stretch.last <= whole.last else None

    def stretch(self) -> Whole | None:
        """The days of the last interval told that has both ends, if it is not too long ago."""
        for told in (self.told, self.closed):
            if told is not None and self.age <= MEMORY and told.earliest is not None and told.latest is not None:
                return Whole(told.earliest, told.latest)
        return None

    def from_base(self) -> Clock:
        """The clock as it was before a "day before"."""
        return replace(self, told=self.base, ahead=None) if self.base is not None else self

    def if_ahead(self) -> Clock:
        """The clock if what was told last was still to come."""
        return replace(self, told=self.ahead, ahead=None) if self.ahead is not None else self

    def tells(self, told: Interval, ahead: Interval | None = None, *, backward: bool = False) -> Clock:
        """The clock behind an interval in the same sentence. ``backward``: it is a "day before" the one told last."""
        closed = None if _is_closed(told) else self.told if _is_closed(self.told) else self.closed
        return Clock(self.published, told, 0, ahead, closed, self.told if backward else None)

    def following(self) -> Clock:
        """The clock of the next sentence."""
        return replace(self, age=self.age + 1)


def _is_closed(told: Interval | None) -> bool:
    return told is not None and told.earliest is not None and told.latest is not None


def fits(days: Whole, unit: str) -> bool:
    """Whether days are as fine as a unit of the calendar."""
    length = (days.last - days.first).days
    return length <= (0, 31, 366)[_FINENESS[unit]]
