"""Which events are compared at all: those that share a type, a party and a time, so that the work grows with the articles and not with their square.

Each event stands in a block for each of its parties (states, named bodies, names and numbers of its sentence) and each month that it may
belong to. Within a block it meets a fixed number of those that follow it in time, and of all whom it meets it is compared with those
that share the most and the rarest blocks: each block counts for the reciprocal of its size, and each event keeps its best (Papadakis et
al., "Meta-Blocking", 2014: reciprocal weights, cardinality node pruning). Which events meet is a function of the set.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import combinations

from kg.resolve.rules import rules
from kg.resolve.telling import Telling

__all__ = ["pairs"]

_MONTH = 30  # days of a bucket of time
_MONTHS = 4  # of a long stretch, its first and last are taken: what is said of a whole year is general
_TOKENS = 10  # parties by which an event is looked up
_UNDATED = -1

Key = tuple[str, str, int]


def pairs(tellings: Iterable[Telling]) -> list[tuple[Telling, Telling]]:
    """The pairs to compare, each once, smaller event first, in a fixed order."""
    told = sorted(tellings, key=_order)
    blocks: dict[Key, list[int]] = defaultdict(list)  # places in ``told``, so that each block is in the order of time
    for place, telling in enumerate(told):
        for key in dict.fromkeys(_keys(telling)):
            blocks[key].append(place)
    kept = set[tuple[int, int]]()
    for one in range(len(told)):
        met = _met(one, told, blocks)
        for other in nsmallest(rules().candidates, met, key=lambda place, met=met: (-met[place], told[place].event)):  # type: ignore[misc]
            kept.add((min(one, other), max(one, other)))
    found = ((told[one], told[other]) for one, other in kept)
    return sorted(((a, b) if a.event < b.event else (b, a) for a, b in found), key=lambda pair: (pair[0].event, pair[1].event))


def _met(one: int, told: list[Telling], blocks: dict[Key, list[int]]) -> dict[int, float]:
    """Whom an event meets, with the weight of the blocks that they share; for one event at a time, so that memory does not grow with all of them."""
    found: dict[int, float] = defaultdict(float)
    window, dated = rules().window, told[one].span is not None
    for key in sorted(set(_keys(told[one]))):
        row = blocks[key]
        at = bisect_left(row, one)
        for other in (*row[max(at - window, 0) : at], *row[at + 1 : at + 1 + window]):
            if key[2] != _UNDATED or not dated or told[other].span is None:  # dated events meet in the blocks of their months, if at all
                found[other] += 1 / len(row)
    return found


def _order(telling: Telling) -> tuple[int, int, str]:
    start, end = telling.span or (0, 0)
    return start, end, telling.event


def _keys(telling: Telling) -> Iterator[Key]:
    group = rules().group(telling.type)
    tokens = _tokens(telling)
    for token in tokens:
        for month in _months(telling):
            yield group, token, month
    for one, other in combinations(sorted(tokens[:4]), 2):
        yield group, f"{one} {other}", _UNDATED


def _tokens(telling: Telling) -> list[str]:
    found = [*sorted(telling.named), *sorted(telling.countries), *sorted(telling.words)]
    if len(found) < 3:
        found += sorted(telling.source.profile - set(found))
    return list(dict.fromkeys(found))[:_TOKENS]


def _months(telling: Telling) -> list[int]:
    if telling.span is None:
        return []
    first, last = (telling.span[0] - _MONTH // 3) // _MONTH, (telling.span[1] + _MONTH // 3) // _MONTH
    months = list(range(first, last + 1))
    return months if len(months) <= _MONTHS else [*months[: _MONTHS // 2], *months[-_MONTHS // 2 :]]
