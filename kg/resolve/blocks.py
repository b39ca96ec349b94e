"""Which events are compared at all: those that share a type, a party and a time, so that the work grows with the articles and not with their square.

Each event stands in a block for each of its parties (states, named bodies, names and numbers of its sentence) and each month that it may
belong to. Within a block it meets a fixed number of those that follow it in time, and of all whom it meets it is compared with those
that share the most and the rarest blocks: each block counts for the reciprocal of its size, and each event keeps its best (Papadakis et
al., "Meta-Blocking", 2014: reciprocal weights, cardinality node pruning). Which events meet is a function of the set.

Blocks are arrays of numbers, some hundred bytes an event, and the tellings are looked at once, one after the other: they need not all
be in memory.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from kg.resolve.rules import rules
from kg.resolve.telling import Telling

__all__ = ["pairs"]

_MONTH = 30  # days of a bucket of time
_MONTHS = 4  # of a long stretch, its first and last are taken: what is said of a whole year is general
_TOKENS = 10  # parties by which an event is looked up
_PART = 1000  # events whose neighbours are gathered at a time: some 10 MB
_EVEN = 9  # decimals of a weight: sums of the same reciprocals in another order are one weight

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Entries of events in blocks, block by block and in the order of time within each.

    ``ranks`` are the events' places in time, ``sizes`` those of their blocks; ``undated`` blocks hold for any time.
    """

    keys: NDArray[np.uint64]
    ranks: NDArray[np.int32]
    sizes: NDArray[np.int32]

    @property
    def undated(self) -> NDArray[np.bool_]:
        return (self.keys & np.uint64(1)).astype(np.bool_)


def pairs(tellings: Iterable[Telling]) -> Places:
    """The pairs to compare, each once, as rows of places in ``tellings``, which come sorted by event.

    The smaller place stands first; rows are in the order of time, so that who looks the tellings up finds near ones together.
    """
    keys, owners, days, dated = array("Q"), array("i"), array("q"), array("b")
    for place, telling in enumerate(tellings):
        span = telling.span
        days.extend(span or (0, 0))
        dated.append(span is not None)
        found = dict.fromkeys(_keys(telling))
        keys.extend(found)
        owners.extend([place] * len(found))
    if not dated:
        return np.empty((0, 2), dtype=np.int64)
    starts, ends = np.array(days, dtype=np.int64).reshape(-1, 2).T
    in_time = np.lexsort((ends, starts))  # stable: by event where the days are the same
    rank_of = np.empty(len(in_time), dtype=np.int32)
    rank_of[in_time] = np.arange(len(in_time), dtype=np.int32)
    blocks = _blocks(np.array(keys, dtype=np.uint64), rank_of[np.array(owners, dtype=np.int32)])
    kept = np.unique(np.concatenate(list(_kept(blocks, np.array(dated, dtype=np.bool_)[in_time], in_time))), axis=0)
    rows = in_time[kept]
    return np.sort(rows, axis=1)


def _blocks(keys: NDArray[np.uint64], ranks: NDArray[np.int32]) -> _Blocks:
    order = np.lexsort((ranks, keys))
    keys, ranks = keys[order], ranks[order]
    _, block, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    return _Blocks(keys, ranks, sizes.astype(np.int32)[block])


def _kept(blocks: _Blocks, dated: NDArray[np.bool_], in_time: Places) -> Iterator[Places]:
    """Each event with the best of those whom it meets, as rows of ranks, the smaller first; ``dated`` goes by rank."""
    window, count = rules().window, len(in_time)
    entries = np.argsort(blocks.ranks, kind="stable")
    bounds = np.searchsorted(blocks.ranks[entries], np.arange(0, count + _PART, _PART))
    undated = blocks.undated
    for first, last in pairwise(bounds.tolist()):
        own = entries[first:last]
        codes, weights = [], []
        for step in (*range(-window, 0), *range(1, window + 1)):
            inside = own[(own + step >= 0) & (own + step < len(blocks.keys))]
            here = inside[blocks.keys[inside] == blocks.keys[inside + step]]
            one, other = blocks.ranks[here], blocks.ranks[here + step]
            meet = ~(undated[here] & dated[one] & dated[other])  # dated events meet in the blocks of their months, if at all
            codes.append(one[meet].astype(np.int64) * count + other[meet])
            weights.append(1 / blocks.sizes[here][meet])
        met, which = np.unique(np.concatenate(codes), return_inverse=True)
        weight = np.round(np.bincount(which, np.concatenate(weights), len(met)), _EVEN)
        one, other = np.divmod(met, count)
        best = np.lexsort((in_time[other], -weight, one))
        one, other = one[best], other[best]
        chosen = np.arange(len(one)) - np.searchsorted(one, one) < rules().candidates
        yield np.sort(np.stack((one[chosen], other[chosen]), axis=1), axis=1)


def _keys(telling: Telling) -> Iterator[int]:
    """The names of its blocks as numbers, odd where the block holds for any time."""
    group = rules().group(telling.type)
    tokens = _tokens(telling)
    for token in tokens:
        for month in _months(telling):
            yield _number(f"{group}\0{token}\0{month}") & ~1
    for one, other in combinations(sorted(tokens[:4]), 2):
        yield _number(f"{group}\0{one}\0{other}") | 1


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


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
