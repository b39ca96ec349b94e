"""What an expression of time means: from a matched node to days, the same for every language.

A value is either ``Days`` (fixed, perhaps open at one end) or a ``Cycle``: something that comes again (May, Friday,
the end of March) and needs a place in time to stand for one of its turns. Conventions: begin, mid, end of a month are
its first, second, third ten days; of a year January to March, May to August, October to December; seasons are
meteorological, a winter belongs to the year in which it begins; a week is Monday to Sunday. "After X" begins with
the last day of X, "before X" ends with its first. "Three months ago" is that whole month, "three weeks ago" that week.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from kg.extract.timegrammar import Length, Node
from kg.records import Interval

__all__ = ["Clock", "Days", "Reading", "read"]

MEMORY = 5  # sentences after which "the same year" and "three days later" point at nothing any more
NARRATIVE = 1  # sentences after which a bare month no longer takes its year from the text before
_DAY = timedelta(1)
_FINENESS = {"day": 0, "hour": 0, "week": 0, "weekend": 0, "month": 1, "quarter": 1, "year": 2}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Days(NamedTuple):
    """First and last day, inclusive; None is open."""

    first: date | None
    last: date | None


class Reading(NamedTuple):
    """The days of an expression, and those it means when what it tells lies ahead (None where that is the same)."""

    past: Days | None
    future: Days | None = None


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
            return Whole(first, first) if day else _whole(first, "month" if month else "year")
        except (ValueError, OverflowError):
            return None

    def anchored(self, unit: str) -> Whole | None:
        """The anchor, if it is at least as fine as ``unit``."""
        anchor = self.anchor
        return anchor if anchor is not None and _fits(anchor, unit) else None

    def memory(self, unit: str) -> date | None:
        """A day of the last interval told, if that lies within one ``unit`` and is not too long ago."""
        if self.told is None or self.age > MEMORY:
            return None
        first, last = self.told.earliest, self.told.latest
        if first is None or last is None:
            return first or last if unit == "year" else None
        whole = _whole(last, unit)
        return last if whole.first <= first and last <= whole.last else None

    def following(self, told: Interval | None) -> Clock:
        """The clock of the next sentence, ``told`` being the last interval of this one."""
        return Clock(self.published, told, 1) if told is not None else Clock(self.published, self.told, self.age + 1)


class Whole(NamedTuple):
    """Days closed at both ends."""

    first: date
    last: date


def _fits(days: Whole, unit: str) -> bool:
    length = (days.last - days.first).days
    return length <= (0, 31, 366)[_FINENESS[unit]]


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


# -- the calendar ------------------------------------------------------------------------------------------------


def _month(year: int, month: int) -> Whole:
    """A month; months beyond 1 to 12 fall in the years around."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return Whole(date(year, month, 1), after - _DAY)


def _months(year: int, month: int, count: int) -> Whole:
    return Whole(_month(year, month).first, _month(year, month + count - 1).last)


def _whole(day: date, unit: str) -> Whole:
    """The unit of the calendar in which a day lies."""
    match unit:
        case "week":
            first = day - timedelta(day.weekday())
            return Whole(first, first + 6 * _DAY)
        case "weekend":
            first = day - timedelta(day.weekday()) + 5 * _DAY
            return Whole(first, first + _DAY)
        case "month":
            return _month(day.year, day.month)
        case "quarter":
            return _months(day.year, (day.month - 1) // 3 * 3 + 1, 3)
        case "year":
            return Whole(date(day.year, 1, 1), date(day.year, 12, 31))
        case _:
            return Whole(day, day)


def _shift(day: date, count: int, unit: str) -> date:
    """The day so many units on; the last of a month stays within the month."""
    if unit in _MONTHS_IN:
        month = _month(day.year, day.month + count * _MONTHS_IN[unit])
        return min(month.first + timedelta(day.day - 1), month.last)
    return day + timedelta(count * {"week": 7, "weekend": 7}.get(unit, 1))


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


# -- the operations ----------------------------------------------------------------------------------------------


def _edge(edge: str, whole: Whole) -> Whole | None:
    """The begin, middle or end of a stretch, by its length."""
    first, last = whole
    length = (last - first).days + 1
    third = {"begin": 0, "middle": 1, "end": 2}[edge]
    if length == 1:
        return whole
    if length <= 7:
        offsets = ((0, 1), (2, 3), (4, 6))[third]
        return Whole(first + offsets[0] * _DAY, min(last, first + offsets[1] * _DAY))
    if length <= 31:
        return (Whole(first, first + 9 * _DAY), Whole(first + 10 * _DAY, first + 19 * _DAY), Whole(first + 20 * _DAY, last))[third]
    months = round(length / 30.44)
    if months == 12:
        start, count = ((0, 3), (4, 4), (9, 3))[third]
        return _months(first.year, first.month + start, count)
    if months < 12:
        count = max(1, months // 3)
        return _months(first.year, first.month + third * count, count if third < 2 else months - 2 * count)
    years = round(months / 12)
    cuts = (0, years * 4 // 10, years * 7 // 10, years)
    return Whole(date(first.year + cuts[third], 1, 1), date(first.year + cuts[third + 1] - 1, 12, 31))


def _half(nth: int, whole: Whole) -> Whole | None:
    first, last = whole
    length = (last - first).days + 1
    if nth not in (1, 2, -1) or length < 2:
        return None
    if length <= 31:
        middle = first + timedelta((length + 1) // 2 - 1)
    else:
        middle = _month(first.year, first.month + round(length / 30.44) // 2 - 1).last
    return Whole(first, middle) if nth == 1 else Whole(middle + _DAY, last)


def _piece(nth: int, length: Length, whole: Whole) -> Whole | None:
    """The first or last months (weeks, days) of a stretch."""
    if nth == -1:
        part = Whole(_shift(whole.last + _DAY, -length.count, length.unit), whole.last)
    else:
        start = _shift(whole.first, (nth - 1) * length.count, length.unit)
        part = Whole(start, _shift(start, length.count, length.unit) - _DAY)
    return part if whole.first <= part.first and part.last <= whole.last else None


def _nth_quarter(nth: int, whole: Whole) -> Whole | None:
    nth = 4 if nth == -1 else nth
    return _months(whole.first.year, whole.first.month + 3 * (nth - 1), 3) if 1 <= nth <= 4 else None


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
        value = _yearly(lambda y: _month(y, month), "month", None)
    else:
        start = _SEASONS[str(args["season"])]
        value = _yearly(lambda y: _months(y, start, 3), "month", None)
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
        return _days(_whole(_shift(anchor.first, step * (1 if unit == "quarter" else length.count), unit), unit))
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
        around = _whole(anchor.first, unit)
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
        return Days(_shift(anchor.first, -length.count, length.unit), anchor.last)
    return Days(anchor.first, _shift(anchor.last, length.count, length.unit))


def _away(args: _Args, start: date | None, sign: int) -> Days | None:
    length = _length(args)
    if start is None or length.unit == "hour":
        return None
    return _days(_whole(_shift(start, sign * length.count, length.unit), length.unit))


def _value(node: Node, clock: Clock) -> Value | None:
    """The value of an expression that is no range and has no open end. LookupError: the clock does not tell."""
    args = node.args
    match node.op:
        case "date":
            day, month = _int(args, "day"), _int(args, "month")
            return _yearly(lambda y: Whole(date(y, month, day), date(y, month, day)), "month", _full(_year(args, clock)))
        case "numeric":  # 12/25/2024 is told by its numbers; 3/4/2024 is March in New York and April in London
            a, b, year = _int(args, "a"), _int(args, "b"), _int(args, "year")
            day, month = (a, b) if a > 12 else (b, a)
            return _days(Whole(date(year, month, day), date(year, month, day))) if a == b or max(a, b) > 12 else None
        case "days":
            a, b, month = _int(args, "a"), _int(args, "b"), _int(args, "month")
            return _yearly(lambda y: Whole(date(y, month, a), date(y, month, b)), "month", _year(args, clock))
        case "month":
            month = _int(args, "month")
            return _yearly(lambda y: _month(y, month), "month", _year(args, clock))
        case "months":
            a, b = _int(args, "month"), _int(args, "b")
            year = _year(args, clock)
            count = (b - a) % 12 + 1
            return _yearly(lambda y: _months(y, a, count), "month", year if year is None or a <= b else year - 1)
        case "year":
            year = _year(args, clock)
            return _days(_whole(date(year, 1, 1), "year")) if year else None
        case "years":
            start, end = _int(args, "a"), _int(args, "b")
            end = end if end >= 100 else start // 100 * 100 + end
            return Days(date(start, 1, 1), date(end, 12, 31)) if start < end else None
        case "decade":
            start = _int(args, "decade") // 10 * 10
            start = start if start >= 100 else 1900 + start if start >= 30 else 2000 + start
            return Days(date(start, 1, 1), date(start + 9, 12, 31))
        case "season":
            cycle = _turns({"season": args["season"]})
            year = _year(args, clock)
            start = _SEASONS[str(args["season"])]
            return cycle if year is None else _days(_months(year, start, 3))
        case "half":
            return _map(_inner(args, clock), lambda w: _half(_int(args, "nth"), w))
        case "quarter":
            if "nth" in args and not {"of", "point", "year"} & set(args):
                return _yearly(lambda y: _nth_quarter(_int(args, "nth"), _whole(date(y, 1, 1), "year")) or _raise(), "month", None)
            year = _year(args, clock)
            of: Value = _days(_whole(date(year, 1, 1), "year")) if year else _inner(args, clock)
            return _map(of, lambda w: _nth_quarter(_int(args, "nth"), w))
        case "piece":
            return _map(_inner(args, clock), lambda w: _piece(_int(args, "nth"), _length(args), w))
        case "edge":
            return _map(_inner(args, clock), lambda w: _edge(str(args["edge"]), w), "month")
        case "edge_year" | "edge_month":  # "Jahresende": of the year told by the anchor
            anchor = clock.anchored(node.op[5:])
            part = _edge(str(args["edge"]), _whole(anchor.first, node.op[5:])) if anchor else None
            return _days(part) if part else None
        case "day":
            anchor = clock.anchored("day")
            return _days(_whole(anchor.first + _int(args, "today") * _DAY, "day")) if anchor else None
        case "weekday":
            return _turns(args)
        case "weekend":
            return Cycle(lambda d: [_whole(d + timedelta(7 * week), "weekend") for week in range(-2, 3)], "day", yearly=False)
        case "night":
            return _map(_turns({"weekday": args["weekday"]}), lambda w: Whole(w.first - _DAY, w.last), "day")
        case "last" | "this" | "next":
            return _relative(("last", "this", "next").index(node.op) - 1, args, clock)
        case "last_weekday" | "this_weekday" | "next_weekday":  # "Tuesday of last week"
            week = _relative(("last", "this", "next").index(node.op[:4]) - 1, {"unit": "week"}, clock)
            if week is None or week.first is None:
                return None
            return _days(_whole(week.first + _int(args, "weekday") * _DAY, "day"))
        case "ago" | "ahead":
            anchor = clock.anchored(_length(args).unit)
            return _away(args, anchor.first if anchor else None, -1 if node.op == "ago" else 1)
        case "since_ago":
            anchor = clock.anchored(_length(args).unit)
            start = _away(args, anchor.first, -1) if anchor else None
            return Days(start.first, None) if start else None
        case "later" | "earlier":
            return _away(args, clock.memory(_length(args).unit), 1 if node.op == "later" else -1)
        case "following" | "preceding" | "same":
            length = _unit(str(args["unit"]))
            told = clock.memory(length.unit)
            step = {"following": 1, "preceding": -1}.get(node.op, 0)
            return _days(_whole(_shift(told, step * length.count, length.unit), length.unit)) if told else None
        case "past" | "coming":
            return _span(args, clock, -1 if node.op == "past" else 1)
        case "so_far" | "rest":
            unit = _unit(str(args["unit"])).unit
            anchor = clock.anchored(unit)
            if anchor is None:
                return None
            whole = _whole(anchor.first, unit)
            return Days(whole.first, anchor.last) if node.op == "so_far" else Days(anchor.first, whole.last)
    return None


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
    return turn if turn.first >= _whole(first, "month").first else None


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
            end = next((w for w in b.near(a.first) if w.last >= a.first), None) if a.first else None
            b = _days(end) if end else Days(None, None)
        return Reading(_hull(a, b))
    ends = _settle(b, clock)
    found = []
    for end in ends:
        start = a.until(end.last) if end is not None and end.last is not None else None
        found.append(_hull(_days(start), end) if start is not None and end is not None else None)
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
