"""Which turn an expression of time means, and what its open ends do to it: from a matched node to days.

What comes again ("in May") is read twice: as the turn behind the anchor and as the one ahead of it; which of them the
text means follows from its verb. "After X" begins with the last day of X, "before X" ends with its first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.extract.timecalendar import Days, Whole, unit_around
from kg.extract.timeclock import Clock
from kg.extract.timepatterns import Node
from kg.extract.timevalues import NARRATIVE, Cycle, Value, days_of, inner, value_of

__all__ = ["Reading", "read"]

_MONTHS = 300  # days: what is longer is a year, and tells no place in it


class Reading(NamedTuple):
    """The days of an expression, and those it means when what it tells lies ahead (None where that is the same)."""

    past: Days | None
    future: Days | None = None


def _told_turn(cycle: Cycle, clock: Clock) -> Whole | None:
    """The turn in the year that the text before has told, where the story still lives in it.

    Without an anchor that year is taken as it is. With one, the year must be an earlier one, told in the same sentence by a date or a month
    that is not after the turn: what the next sentence tells of "January" is mostly news again.
    """
    told = clock.told
    if told is None or clock.age > NARRATIVE or not cycle.yearly or told.earliest is None or told.latest is None:
        return None
    if clock.ahead is not None:  # that year is in doubt itself
        return None
    first, last = told.earliest, told.latest
    if first.year != last.year:
        return None
    turn = next((w for w in cycle.near(first) if w.first.year == first.year), None)
    anchor = clock.anchor
    if turn is None or anchor is None:
        return turn
    if clock.age or first.year >= anchor.first.year or (last - first).days > _MONTHS:
        return None
    return turn if turn.first >= unit_around(first, "month").first else None


def _settle(value: Value | None, clock: Clock) -> Reading:
    if value is None or isinstance(value, Days):
        return Reading(value)
    turn = _told_turn(value, clock)
    if turn is not None:
        return Reading(days_of(turn))
    anchor = clock.anchored(value.unit)
    if anchor is None:
        return Reading(None)
    past, future = value.until(anchor.last), value.after(anchor.last)
    if past is not None and past.last >= anchor.first:  # we are in it: ahead or behind, it is this one
        future = None
    return Reading(days_of(past) if past else None, days_of(future) if future else None)


def _join(a: Value, b: Value, clock: Clock) -> Reading:
    """From a to b; what one of them leaves open (the year, the week) comes from the other."""
    if isinstance(a, Days):
        if isinstance(b, Cycle):
            start = a.first
            turn = next((w for w in b.near(start) if w.last >= start), None) if start else None
            b = days_of(turn) if turn else Days(None, None)
        return Reading(_hull(a, b))
    ends = _settle(b, clock)
    found: list[Days | None] = []
    for end in ends:
        begin = a.until(end.last) if end is not None and end.last is not None else None
        found.append(_hull(days_of(begin), end) if begin is not None and end is not None else None)
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
    """The days that a node stands for; no reading where the clock is missing or too coarse for it.

    What hangs on something that may lie ahead may do so too; "the end of the year" is that of the year told last, or the
    one that the article appears in.
    """
    reading = _read(node, clock)
    if reading.past is None or reading.future is not None:
        return reading
    other = _read(node, clock.if_ahead() if clock.ahead is not None else Clock(clock.published)) if _hangs(node, clock) else reading
    return Reading(reading.past, other.past if other.past != reading.past else None)


def _hangs(node: Node, clock: Clock) -> bool:
    """Whether an expression may mean other days when it lies ahead, though it names no turn."""
    if clock.ahead is not None:
        return True
    return node.op.startswith("edge_") or any(isinstance(n, Node) and _hangs(n, clock) for n in node.args.values())


def _read(node: Node, clock: Clock) -> Reading:
    try:
        if node.op == "range":
            reading = _join(inner(node.args, clock, "a"), inner(node.args, clock, "b"), clock)
        elif node.op in _OPEN:
            settled = _settle(inner(node.args, clock), clock)
            reading = Reading(*(_OPEN[node.op](days) if days is not None else None for days in settled))
        else:
            reading = _settle(value_of(node, clock), clock)
    except (LookupError, ValueError, OverflowError):
        return Reading(None)  # the 31st of June, a year of no clock, the year 10000
    return Reading(*(days if days is not None and days != Days(None, None) else None for days in reading))
