"""What relative expressions of time hang on: the publication date and what the article told last."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    told, ``age`` how many sentences ago it did (0: in this one).
    """

    published: str | None
    told: Interval | None = None
    age: int = 0

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
        if self.told is None or self.age > MEMORY:
            return None
        first, last = self.told.earliest, self.told.latest
        if first is None or last is None:
            return first or last if unit == "year" else None
        whole = unit_around(last, unit)
        return last if whole.first <= first and last <= whole.last else None

    def following(self, told: Interval | None) -> Clock:
        """The clock of the next sentence, ``told`` being the last interval of this one."""
        return Clock(self.published, told, 1) if told is not None else Clock(self.published, self.told, self.age + 1)


def fits(days: Whole, unit: str) -> bool:
    """Whether days are as fine as a unit of the calendar."""
    length = (days.last - days.first).days
    return length <= (0, 31, 366)[_FINENESS[unit]]
