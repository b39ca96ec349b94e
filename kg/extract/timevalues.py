"""What an expression of time means: from a matched node to days, the same for every language.

A value is either ``Days`` (fixed, perhaps open at one end) or a ``Cycle``: something that comes again (May, Friday,
the end of March) and needs a place in time to stand for one of its turns. Conventions: seasons are
meteorological, a winter belongs to the year in which it begins. A night is the day that it begins on and the day that
it ends on. "Three months ago" is that whole month, "three weeks ago" that week; "two weeks later" than what a text dates
only to a third of a month is as long as that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract.timecalendar import (
    DAY,
    Days,
    Whole,
    edge_of,
    half_of,
    month_of,
    months_from,
    piece_of,
    quarter_of,
    shift,
    unit_around,
)
from kg.extract.timeclock import Clock
from kg.extract.timepatterns import Length, Node

__all__ = ["NARRATIVE", "Cycle", "Value", "days_of", "inner", "value_of"]

NARRATIVE = 1  # sentences after which a bare month no longer takes its year from the text before
_ABOUT = timedelta(11)  # what is told no finer than this can still be counted from in days and weeks
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


@dataclass(frozen=True, slots=True)
class Cycle:
    """Something that comes again: ``near`` gives its turns around a day, in order."""

    near: Callable[[date], list[Whole]]
    unit: str  # how fine an anchor must be to choose a turn
    yearly: bool = True

    def until(self, limit: date) -> Whole | None:
        """The last turn that begins on or before ``limit``."""
        return next((w for w in reversed(self.near(limit)) if w.first <= limit), None)

    def after(self, limit: date) -> Whole | None:
        """The first turn that begins after ``limit``."""
        return next((w for w in self.near(limit) if w.first > limit), None)


Value = Days | Cycle
_Args = Mapping[str, object]


# -- the arguments -----------------------------------------------------------------------------------------------


def _int(args: _Args, name: str) -> int:
    return int(str(args[name]))


def _length(args: _Args) -> Length:
    length = args.get("length")
    if length is None:
        one = _unit(str(args["unit"]))
        return Length(_int(args, "count") * one.count, one.unit)
    return length if isinstance(length, Length) else _unit(str(length))


def _year(args: _Args, clock: Clock, name: str = "year") -> int | None:
    """The year of an expression. Raises LookupError for one that the clock does not tell ("last year")."""
    year = args.get(name)
    if isinstance(year, Node):
        value = value_of(year, clock)
        if not isinstance(value, Days) or value.first is None:
            raise LookupError(name)
        return value.first.year
    return int(str(year)) if year is not None else None


def inner(args: _Args, clock: Clock, name: str = "of") -> Value:
    for key in (name, "point", "time"):
        node = args.get(key)
        if isinstance(node, Node):
            value = value_of(node, clock)
            if value is not None:
                return value
    raise LookupError(name)


def days_of(whole: Whole) -> Days:
    return Days(whole.first, whole.last)


def _yearly(make: Callable[[int], Whole], unit: str, year: int | None) -> Value:
    """A part of a given year, or of every year. A 29th of February skips the years that have none."""
    if year is not None:
        return days_of(make(year))

    def near(day: date) -> list[Whole]:
        turns = []
        for other in range(day.year - 4, day.year + 5):
            try:
                turns.append(make(other))
            except (ValueError, OverflowError):
                continue
        return turns

    return Cycle(near, unit)


def _map(value: Value, cut: Callable[[Whole], Whole | None], unit: str = "month") -> Value | None:
    """The same part of fixed days or of each turn of a cycle."""
    if isinstance(value, Days):
        if value.first is None or value.last is None:
            return None
        part = cut(Whole(value.first, value.last))
        return days_of(part) if part is not None else None
    return Cycle(lambda day: [p for w in value.near(day) if (p := cut(w)) is not None], unit, value.yearly)


def _turns(args: _Args) -> Cycle:
    """What comes again by the name of a weekday, a month or a season."""
    if "weekday" in args:
        weekday = _int(args, "weekday")

        def near(day: date) -> list[Whole]:
            monday = day - timedelta(day.weekday())
            return [Whole(d, d) for week in range(-2, 3) for d in [monday + timedelta(7 * week + weekday)]]

        return Cycle(near, "day", yearly=False)
    if "month" in args:
        month = _int(args, "month")
        value = _yearly(lambda y: month_of(y, month), "month", None)
    else:
        start = _SEASONS[str(args["season"])]
        value = _yearly(lambda y: months_from(y, start, 3), "month", None)
    assert isinstance(value, Cycle)
    return value


def _relative(step: int, args: _Args, clock: Clock) -> Days | None:
    """Last, this or next unit or turn, seen from the anchor."""
    if "unit" in args:
        length = _unit(str(args["unit"]))
        anchor = clock.anchored(length.unit)
        if anchor is None or (length.count > 1 and length.unit != "month"):
            return None
        unit = "quarter" if length == Length(3, "month") else length.unit
        return days_of(unit_around(shift(anchor.first, step * (1 if unit == "quarter" else length.count), unit), unit))
    cycle = _turns(args)
    anchor = clock.anchored(cycle.unit)
    if anchor is None:
        return None
    turns = cycle.near(anchor.first)
    if step < 0:
        chosen = next((w for w in reversed(turns) if w.last < anchor.first), None)
    elif step > 0:
        chosen = next((w for w in turns if w.first > anchor.last), None)
    else:  # the one that we are in, else the nearest within the year or the week
        unit = "year" if cycle.yearly else "week"
        around = unit_around(anchor.first, unit)
        chosen = next((w for w in turns if w.first <= anchor.first <= w.last), None)
        chosen = chosen or next((w for w in turns if around.first <= w.first <= around.last), None)
    return days_of(chosen) if chosen else None


def _unit(text: str) -> Length:
    number, _, name = text.rpartition(" ")
    return Length(int(number or 1), name)


def _span(args: _Args, clock: Clock, sign: int) -> Days | None:
    """The past or coming so many units, up to or from the anchor."""
    length = _length(args)
    if length.unit == "hour":
        length = Length(-(-length.count // 24), "day")
    anchor = clock.anchored(length.unit)
    if anchor is None:
        return None
    if sign < 0:
        return Days(shift(anchor.first, -length.count, length.unit), anchor.last)
    return Days(anchor.first, shift(anchor.last, length.count, length.unit))


def _away(args: _Args, start: date | None, sign: int) -> Days | None:
    length = _length(args)
    if start is None or length.unit == "hour":
        return None
    return days_of(unit_around(shift(start, sign * length.count, length.unit), length.unit))


def _from_told(length: Length, clock: Clock, sign: int) -> Days | None:
    """So many units before or after what was told last."""
    told = clock.memory(length.unit)
    if told is not None or length.unit not in ("day", "week"):
        return _away({"length": length}, told, sign)
    about = clock.stretch()
    if about is None or about.last - about.first > _ABOUT:
        return None
    return Days(*(shift(day, sign * length.count, length.unit) for day in about))


def _lived_in(unit: str, clock: Clock) -> Whole | None:
    """The year (month, week) that the text has just told, if it is behind that of the anchor; else the anchor's."""
    anchor, told = clock.anchored(unit), clock.memory(unit) if clock.age <= NARRATIVE else None
    now = unit_around(anchor.first, unit) if anchor is not None else None
    return unit_around(told, unit) if told is not None and (now is None or told < now.first) else now


def _same(cycle: Cycle, clock: Clock) -> Days | None:
    """ "That autumn": the turn that what was told last lies in, else the one in the same year (or week)."""
    unit = "year" if cycle.yearly else "week"
    told = clock.memory(unit)
    if told is None:
        return None
    turns, around = cycle.near(told), unit_around(told, unit)
    chosen = next((w for w in turns if w.first <= told <= w.last), None)
    chosen = chosen or next((w for w in turns if around.first <= w.first <= around.last), None)
    return days_of(chosen) if chosen else None


def _days(begin: int, last: date) -> Whole:
    """From a day of the month to the last: "28 tot 2 maart" begins in the month before."""
    month = last if begin <= last.day else last.replace(day=1) - DAY
    return Whole(month.replace(day=begin), last)


def _day_of_month(day: int, month: Whole) -> Whole | None:
    found = month.first.replace(day=day)
    return Whole(found, found) if month == unit_around(found, "month") else None


def _whole(args: _Args, clock: Clock) -> Value:
    """What a half, a quarter or a piece is a part of: what the expression names, else the month or year, else every year."""
    if {"of", "point", "time"} & set(args):
        return inner(args, clock)
    year = _year(args, clock)
    if "month" in args:
        month = _int(args, "month")
        return _yearly(lambda y: month_of(y, month), "month", year)
    return _yearly(lambda y: unit_around(date(y, 1, 1), "year"), "month", year)


def value_of(node: Node, clock: Clock) -> Value | None:
    """The value of an expression that is no range and has no open end. LookupError: the clock does not tell."""
    args = node.args
    match node.op:
        case "date":
            day, month = _int(args, "day"), _int(args, "month")
            return _yearly(lambda y: Whole(date(y, month, day), date(y, month, day)), "month", _full(_year(args, clock)))
        case "numeric":  # 12/25/2024 is told by its numbers; 3/4/2024 is March in New York and April in London
            return _numeric(_int(args, "a"), _int(args, "b"), _int(args, "year"))
        case "days":
            begin, end, month = _int(args, "a"), _int(args, "b"), _int(args, "month")
            return _yearly(lambda y: _days(begin, date(y, month, end)), "month", _year(args, clock))
        case "month":
            month = _int(args, "month")
            return _yearly(lambda y: month_of(y, month), "month", _year(args, clock))
        case "months":
            a, b = _int(args, "month"), _int(args, "b")
            year = _year(args, clock)
            count = (b - a) % 12 + 1
            return _yearly(lambda y: months_from(y, a, count), "month", year if year is None or a <= b else year - 1)
        case "year":
            year = _year(args, clock)
            return days_of(unit_around(date(year, 1, 1), "year")) if year else None
        case "years":
            begin, end = _int(args, "a"), _int(args, "b")
            end = end if end >= 100 else begin // 100 * 100 + end
            return Days(date(begin, 1, 1), date(end, 12, 31)) if begin < end else None
        case "decade":
            start = _int(args, "decade") // 10 * 10
            start = start if start >= 100 else 1900 + start if start >= 30 else 2000 + start
            return Days(date(start, 1, 1), date(start + 9, 12, 31))
        case "season":
            cycle = _turns({"season": args["season"]})
            year = _year(args, clock)
            start = _SEASONS[str(args["season"])]
            return cycle if year is None else days_of(months_from(year, start, 3))
        case "half":
            return _map(_whole(args, clock), lambda w: half_of(_int(args, "nth"), w))
        case "quarter":
            return _map(_whole(args, clock), lambda w: quarter_of(_int(args, "nth"), w))
        case "piece":
            length = _length(args) if {"length", "unit"} & set(args) else Length(1, "week")  # "erste Maiwoche"
            return _map(_whole(args, clock), lambda w: piece_of(_int(args, "nth"), length, w))
        case "edge":
            return _map(inner(args, clock), lambda w: edge_of(str(args["edge"]), w), "month")
        case "edge_year" | "edge_month" | "edge_week":  # "Jahresende"
            part = edge_of(str(args["edge"]), around) if (around := _lived_in(node.op[5:], clock)) else None
            return days_of(part) if part else None
        case "day":
            anchor = clock.anchored("day")
            return days_of(unit_around(anchor.first + _int(args, "today") * DAY, "day")) if anchor else None
        case "weekday":
            return _turns(args)
        case "weekend":
            return Cycle(lambda d: [unit_around(d + timedelta(7 * week), "weekend") for week in range(-2, 3)], "day", yearly=False)
        case "night":
            anchor = clock.anchored("day")
            of = _turns({"weekday": args["weekday"]}) if "weekday" in args else days_of(anchor) if anchor else None
            return _map(of, lambda w: Whole(w.first - DAY, w.last), "day") if of else None
        case "monthday":  # "the 17th of this month"
            this = _relative(0, {"unit": "month"}, clock)
            return _map(this, lambda w: _day_of_month(_int(args, "day"), w)) if this else None
        case "last" | "this" | "next":
            return _relative(("last", "this", "next").index(node.op) - 1, args, clock)
        case "last_weekday" | "this_weekday" | "next_weekday":  # "Tuesday of last week"
            week = _relative(("last", "this", "next").index(node.op[:4]) - 1, {"unit": "week"}, clock)
            if week is None or week.first is None:
                return None
            return days_of(unit_around(week.first + _int(args, "weekday") * DAY, "day"))
        case "ago" | "ahead":
            anchor = clock.anchored(_length(args).unit)
            return _away(args, anchor.first if anchor else None, -1 if node.op == "ago" else 1)
        case "since_ago":
            anchor = clock.anchored(_length(args).unit)
            since = _away(args, anchor.first, -1) if anchor else None
            return Days(since.first, None) if since else None
        case "later" | "earlier":
            return _from_told(_length(args), clock, 1 if node.op == "later" else -1)
        case "prior":  # "im Vorjahr": of what was just told, else of the publication
            length = _unit(str(args["unit"]))
            told = clock.memory(length.unit) if clock.age <= NARRATIVE else None
            return _away({"length": length}, told, -1) if told else _relative(-1, args, clock)
        case "same" if "unit" not in args:
            return _same(_turns(args), clock)
        case "following" | "preceding" | "same":
            length = _unit(str(args["unit"]))
            told = (clock.from_base() if node.op == "following" else clock).memory(length.unit)
            step = {"following": 1, "preceding": -1}.get(node.op, 0)
            return days_of(unit_around(shift(told, step * length.count, length.unit), length.unit)) if told else None
        case "past" | "coming":
            return _span(args, clock, -1 if node.op == "past" else 1)
        case "so_far" | "rest":
            unit = _unit(str(args["unit"])).unit
            anchor = clock.anchored(unit)
            if anchor is None:
                return None
            whole = unit_around(anchor.first, unit)
            return Days(whole.first, anchor.last) if node.op == "so_far" else Days(anchor.first, whole.last)
    return None


def _numeric(a: int, b: int, year: int) -> Days | None:
    day, month = (a, b) if a > 12 else (b, a)
    return days_of(Whole(date(year, month, day), date(year, month, day))) if a == b or max(a, b) > 12 else None


def _full(year: int | None) -> int | None:
    """ "12.3.24" is 2024."""
    return year if year is None or year >= 100 else 2000 + year if year < 50 else 1900 + year
