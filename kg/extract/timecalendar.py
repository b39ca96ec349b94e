"""The calendar: months, weeks, quarters, and the parts of a stretch of days.

Conventions: begin, mid, end of a month are its first, second, third ten days; of a year January to March, May to
August, October to December; the first half of a month is its first fifteen days; a week is Monday to Sunday.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from kg.extract.timepatterns import Length

__all__ = ["DAY", "Days", "Whole", "edge_of", "half_of", "month_of", "months_from", "piece_of", "quarter_of", "shift", "unit_around"]

DAY = timedelta(1)
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


class Days(NamedTuple):
    """First and last day, inclusive; None is open."""

    first: date | None
    last: date | None


class Whole(NamedTuple):
    """Days closed at both ends."""

    first: date
    last: date


def month_of(year: int, month: int) -> Whole:
    """A month; months beyond 1 to 12 fall in the years around."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return Whole(date(year, month, 1), after - DAY)


def months_from(year: int, month: int, count: int) -> Whole:
    """So many months, from one on."""
    return Whole(month_of(year, month).first, month_of(year, month + count - 1).last)


def unit_around(day: date, unit: str) -> Whole:
    """The unit of the calendar in which a day lies."""
    match unit:
        case "week":
            first = day - timedelta(day.weekday())
            return Whole(first, first + 6 * DAY)
        case "weekend":
            first = day - timedelta(day.weekday()) + 5 * DAY
            return Whole(first, first + DAY)
        case "month":
            return month_of(day.year, day.month)
        case "quarter":
            return months_from(day.year, (day.month - 1) // 3 * 3 + 1, 3)
        case "year":
            return Whole(date(day.year, 1, 1), date(day.year, 12, 31))
        case _:
            return Whole(day, day)


def shift(day: date, count: int, unit: str) -> date:
    """The day so many units on; the last of a month stays within the month."""
    if unit in _MONTHS_IN:
        month = month_of(day.year, day.month + count * _MONTHS_IN[unit])
        return min(month.first + timedelta(day.day - 1), month.last)
    return day + timedelta(count * {"week": 7, "weekend": 7}.get(unit, 1))


def edge_of(edge: str, whole: Whole) -> Whole | None:
    """The begin, middle or end of a stretch, by its length."""
    first, last = whole
    length = (last - first).days + 1
    third = {"begin": 0, "middle": 1, "end": 2}[edge]
    if length == 1:
        return whole
    if length == 7:
        offsets = ((0, 1), (2, 3), (4, 6))[third]
        return Whole(first + offsets[0] * DAY, first + offsets[1] * DAY)
    if 28 <= length <= 31:
        return (Whole(first, first + 9 * DAY), Whole(first + 10 * DAY, first + 19 * DAY), Whole(first + 20 * DAY, last))[third]
    months = round(length / 30.44)
    if months < 3:
        size = max(1, length // 3) * DAY
        middle = Whole(first + size, last - size) if length > 2 else whole
        return (Whole(first, first + size - DAY), middle, Whole(last - size + DAY, last))[third]
    if months == 12:
        start, count = ((0, 3), (4, 4), (9, 3))[third]
        return months_from(first.year, first.month + start, count)
    if months < 36:
        count = months // 3
        return months_from(first.year, first.month + third * count, count if third < 2 else months - 2 * count)
    years = round(months / 12)
    cuts = (0, years * 4 // 10, years * 7 // 10, years)
    return Whole(date(first.year + cuts[third], 1, 1), date(first.year + cuts[third + 1] - 1, 12, 31))


def half_of(nth: int, whole: Whole) -> Whole | None:
    """The first (1) or second (2, -1) half of a stretch, in whole months where it is longer than one."""
    first, last = whole
    length = (last - first).days + 1
    if nth not in (1, 2, -1) or length < 2:
        return None
    middle = first + timedelta(14 if first.day == 1 and 28 <= length <= 31 else (length + 1) // 2 - 1)
    if (months := round(length / 30.44)) > 1:
        middle = month_of(first.year, first.month + months // 2 - 1).last
    return Whole(first, middle) if nth == 1 else Whole(middle + DAY, last)


def piece_of(nth: int, length: Length, whole: Whole) -> Whole | None:
    """The first or last months (weeks, days) of a stretch."""
    if nth == -1:
        part = Whole(shift(whole.last + DAY, -length.count, length.unit), whole.last)
    else:
        start = shift(whole.first, (nth - 1) * length.count, length.unit)
        part = Whole(start, shift(start, length.count, length.unit) - DAY)
    return part if whole.first <= part.first and part.last <= whole.last else None


def quarter_of(nth: int, whole: Whole) -> Whole | None:
    """A quarter of the year in which a stretch begins; -1 is the last."""
    nth = 4 if nth == -1 else nth
    return months_from(whole.first.year, whole.first.month + 3 * (nth - 1), 3) if 1 <= nth <= 4 else None
