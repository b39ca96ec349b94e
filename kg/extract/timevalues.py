"""What an expression of time means: from a matched node to days, the same for every language.

A value is either ``Days`` (fixed, perhaps open at one end) or a ``Cycle``: something that comes again (May, Friday,
the end of March) and needs a place in time to stand for one of its turns. Conventions: seasons are
meteorological, a winter belongs to the year in which it begins. "After X" begins with the last day of X, "before X"
ends with its first. "Three months ago" is that whole month, "three weeks ago" that week.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

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

__all__ = ["Reading", "read"]

NARRATIVE = 1  # sentences after which a bare month no longer takes its year from the text before
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


class Reading(NamedTuple):
    """The days of an expression, and those it means when what it tells lies ahead (None where that is the same)."""

    past: Days | None
    future: Days | None = None


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
        value = _value(year, clock)
        if not isinstance(value, Days) or value.first is None:
            raise LookupError(name)
        return value.first.year
    return int(str(year)) if year is not None else None


def _inner(args: _Args, clock: Clock, name: str = "of") -> Value:
    for key in (name, "point", "time"):
        node = args.get(key)
        if isinstance(node, Node):
            value = _value(node, clock)
            if value is not None:
                return value
    raise LookupError(name)


def _days(whole: Whole) -> Days:
    return Days(whole.first, whole.last)


def _yearly(make: Callable[[int], Whole], unit: str, year: int | None) -> Value:
    """A part of a given year, or of every year. A 29th of February skips the years that have none."""
    if year is not None:
        return _days(make(year))

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
        return _days(part) if part is not None else None
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
        return _days(unit_around(shift(anchor.first, step * (1 if unit == "quarter" else length.count), unit), unit))
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
    return _days(chosen) if chosen else None


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
    return _days(unit_around(shift(start, sign * length.count, length.unit), length.unit))


def _value(node: Node, clock: Clock) -> Value | None:
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
            return _yearly(lambda y: Whole(date(y, month, begin), date(y, month, end)), "month", _year(args, clock))
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
            return _days(unit_around(date(year, 1, 1), "year")) if year else None
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
            return cycle if year is None else _days(months_from(year, start, 3))
        case "half":
            return _map(_inner(args, clock), lambda w: half_of(_int(args, "nth"), w))
        case "quarter":
            if "nth" in args and not {"of", "point", "year"} & set(args):
                return _yearly(lambda y: quarter_of(_int(args, "nth"), unit_around(date(y, 1, 1), "year")) or _raise(), "month", None)
            year = _year(args, clock)
            of: Value = _days(unit_around(date(year, 1, 1), "year")) if year else _inner(args, clock)
            return _map(of, lambda w: quarter_of(_int(args, "nth"), w))
        case "piece":
            return _map(_inner(args, clock), lambda w: piece_of(_int(args, "nth"), _length(args), w))
        case "edge":
            return _map(_inner(args, clock), lambda w: edge_of(str(args["edge"]), w), "month")
        case "edge_year" | "edge_month" | "edge_week":  # "Jahresende": of the year in which the anchor lies
            anchor = clock.anchored(node.op[5:])
            part = edge_of(str(args["edge"]), unit_around(anchor.first, node.op[5:])) if anchor else None
            return _days(part) if part else None
        case "day":
            anchor = clock.anchored("day")
            return _days(unit_around(anchor.first + _int(args, "today") * DAY, "day")) if anchor else None
        case "weekday":
            return _turns(args)
        case "weekend":
            return Cycle(lambda d: [unit_around(d + timedelta(7 * week), "weekend") for week in range(-2, 3)], "day", yearly=False)
        case "night":
            return _map(_turns({"weekday": args["weekday"]}), lambda w: Whole(w.first - DAY, w.last), "day")
        case "last" | "this" | "next":
            return _relative(("last", "this", "next").index(node.op) - 1, args, clock)
        case "last_weekday" | "this_weekday" | "next_weekday":  # "Tuesday of last week"
            week = _relative(("last", "this", "next").index(node.op[:4]) - 1, {"unit": "week"}, clock)
            if week is None or week.first is None:
                return None
            return _days(unit_around(week.first + _int(args, "weekday") * DAY, "day"))
        case "ago" | "ahead":
            anchor = clock.anchored(_length(args).unit)
            return _away(args, anchor.first if anchor else None, -1 if node.op == "ago" else 1)
        case "since_ago":
            anchor = clock.anchored(_length(args).unit)
            since = _away(args, anchor.first, -1) if anchor else None
            return Days(since.first, None) if since else None
        case "later" | "earlier":
            return _away(args, clock.memory(_length(args).unit), 1 if node.op == "later" else -1)
        case "following" | "preceding" | "same":
            length = _unit(str(args["unit"]))
            told = clock.memory(length.unit)
            step = {"following": 1, "preceding": -1}.get(node.op, 0)
            return _days(unit_around(shift(told, step * length.count, length.unit), length.unit)) if told else None
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
    return _days(Whole(date(year, month, day), date(year, month, day))) if a == b or max(a, b) > 12 else None


def _full(year: int | None) -> int | None:
    """ "12.3.24" is 2024."""
    return year if year is None or year >= 100 else 2000 + year if year < 50 else 1900 + year


def _raise() -> Whole:
    raise ValueError("no such part")


# -- readings ----------------------------------------------------------------------------------------------------


def _told_turn(cycle: Cycle, clock: Clock) -> Whole | None:
    """The turn in the year that the text before has told, where the story still lives in it.

    Without an anchor that year is taken as it is. With one, it must be an earlier year, told as the time of a
    happening: a date or month not after the turn, or a whole year in the sentence before.
    """
    told = clock.told
    if told is None or clock.age > NARRATIVE or not cycle.yearly or told.earliest is None or told.latest is None:
        return None
    first, last = told.earliest, told.latest
    if first.year != last.year:
        return None
    turn = next((w for w in cycle.near(first) if w.first.year == first.year), None)
    anchor = clock.anchor
    if turn is None or anchor is None:
        return turn
    if first.year >= anchor.first.year:
        return None
    if (last - first).days > 300:
        return turn if clock.age == NARRATIVE else None
    return turn if turn.first >= unit_around(first, "month").first else None


def _settle(value: Value | None, clock: Clock) -> Reading:
    if value is None or isinstance(value, Days):
        return Reading(value)
    turn = _told_turn(value, clock)
    if turn is not None:
        return Reading(_days(turn))
    anchor = clock.anchored(value.unit)
    if anchor is None:
        return Reading(None)
    past, future = value.until(anchor.last), value.after(anchor.last)
    if past is not None and past.last >= anchor.first:  # we are in it: ahead or behind, it is this one
        future = None
    return Reading(_days(past) if past else None, _days(future) if future else None)


def _join(a: Value, b: Value, clock: Clock) -> Reading:
    """From a to b; what one of them leaves open (the year, the week) comes from the other."""
    if isinstance(a, Days):
        if isinstance(b, Cycle):
            start = a.first
            turn = next((w for w in b.near(start) if w.last >= start), None) if start else None
            b = _days(turn) if turn else Days(None, None)
        return Reading(_hull(a, b))
    ends = _settle(b, clock)
    found: list[Days | None] = []
    for end in ends:
        begin = a.until(end.last) if end is not None and end.last is not None else None
        found.append(_hull(_days(begin), end) if begin is not None and end is not None else None)
    return Reading(found[0], found[1])


def _hull(a: Days, b: Days) -> Days | None:
    if a.first is None or b.last is None or a.first > b.last:
        return None
    return Days(a.first, b.last)


_OPEN: dict[str, Callable[[Days], Days]] = {
    "since": lambda d: Days(d.first, None),
    "until": lambda d: Days(None, d.last),
    "after": lambda d: Days(d.last, None),
    "before": lambda d: Days(None, d.first),
}


def read(node: Node, clock: Clock) -> Reading:
    """The days that a node stands for; no reading where the clock is missing or too coarse for it."""
    try:
        if node.op == "range":
            reading = _join(_inner(node.args, clock, "a"), _inner(node.args, clock, "b"), clock)
        elif node.op in _OPEN:
            inner = _settle(_inner(node.args, clock), clock)
            reading = Reading(*(_OPEN[node.op](days) if days is not None else None for days in inner))
        else:
            reading = _settle(_value(node, clock), clock)
    except (LookupError, ValueError, OverflowError):
        return Reading(None)  # the 31st of June, a year of no clock, the year 10000
    return Reading(*(days if days is not None and days != Days(None, None) else None for days in reading))
