"""Which events are compared at all: those that share a type, a party and a time, so that the work grows with the articles and not with their square.

Each event stands in a block for each of its parties (states, named bodies, names and numbers of its sentence) and each month that it may
belong to. Within a block it is compared with a fixed number of those that follow it in time. Which events meet is a function of the set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    """The pairs to compare, each once, in a fixed order."""
    blocks: dict[Key, list[Telling]] = defaultdict(list)
    for telling in tellings:
        for key in _keys(telling):
            blocks[key].append(telling)
    window = rules().window
    found: dict[tuple[str, str], tuple[Telling, Telling]] = {}
    for key in sorted(blocks):
        row = sorted(blocks[key], key=_order)
        for place, one in enumerate(row):
            for other in row[place + 1 : place + 1 + window]:
                if key[2] == _UNDATED and one.span and other.span:
                    continue  # they meet in the blocks of their months, if at all
                first, second = sorted((one, other), key=lambda t: t.event)
                found.setdefault((first.event, second.event), (first, second))
    return [found[key] for key in sorted(found)]


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
