"""Tellings → incidents: which reports tell of one happening.

First the tellings that say it happened join; then each plan, possibility or denial attaches to the happening that it is about. What is
left of those joins among itself and makes no incident of its own: nobody tells it as having happened. The result is a function of the
tellings and the judgements, whatever their order.

Only what is compared has to be in memory: the tellings lie on a shelf, and sets are made one component of the graph of likely pairs at
a time, which gives what all at once would give, since sets that join share a likely pair.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kg.resolve.blocks import pairs
from kg.resolve.clusters import Constraints, agglomerate
from kg.resolve.conflicts import conflicts
from kg.resolve.features import probability, reason
from kg.resolve.origins import origins, support
from kg.resolve.rules import rules
from kg.resolve.shelf import Shelf
from kg.resolve.telling import Incident, Telling

__all__ = ["incidents"]

_UNJUDGED = Constraints()
Look = Callable[[str], Telling]


def incidents(shelf: Shelf, judged: Constraints = _UNJUDGED) -> Iterator[Incident]:
    """All incidents, and what never became one (``happened`` False), in a fixed order; every telling is in exactly one."""
    for events in shelf.parts(judged):
        yield from _Part(events, shelf.telling, judged).incidents()


@dataclass(frozen=True, slots=True)
class _Scores:
    """How alike the pairs are that are compared, as places of events: ``ones`` (sorted) before ``others``."""

    ones: NDArray[np.int64]
    others: NDArray[np.int64]
    values: NDArray[np.float64]

    def of(self, place: int) -> Iterator[tuple[int, float]]:
        """The places behind this one with which it is compared, and how alike they are."""
        first, last = np.searchsorted(self.ones, (place, place + 1))
        return zip(self.others[first:last].tolist(), self.values[first:last].tolist(), strict=True)

    def within(self, places: Iterable[int]) -> dict[tuple[int, int], float]:
        """Those of the pairs both of which are among these."""
        chosen = set(places)
        return {(one, other): value for one in chosen for other, value in self.of(one) if other in chosen}


class _Part:
    """Events of one group of types, sorted; a place is an index among them."""

    def __init__(self, events: tuple[str, ...], look: Look, judged: Constraints) -> None:
        self.events, self.look, self.judged = events, look, judged
        told_same = ([self.place(event) for event in both] for both in judged.same)
        self.same = [(one, other) for one, other in told_same if one is not None and other is not None]
        happening = np.zeros(len(events), dtype=np.bool_)

        def told() -> Iterator[Telling]:
            for place, event in enumerate(events):
                telling = look(event)
                happening[place] = telling.happening
                yield telling

        rows = pairs(told())
        values = np.fromiter((self.likeness(events[one], events[other]) for one, other in rows.tolist()), dtype=np.float64, count=len(rows))
        order = np.lexsort((rows[:, 1], rows[:, 0]))
        self.scores = _Scores(rows[order, 0], rows[order, 1], values[order])
        self.happening = happening

    def likeness(self, one: str, other: str) -> float:
        return probability(self.look(one), self.look(other))

    def incidents(self) -> Iterator[Incident]:
        happenings = self.sets(self.happening)
        attached = self.attach(happenings)
        left = ~self.happening
        left[[place for row in attached.values() for place in row]] = False
        for row in happenings:
            yield self.incident(row, attached.get(row[0], ()))
        for row in self.sets(left):
            yield self.incident((), row)

    def sets(self, chosen: NDArray[np.bool_]) -> list[tuple[int, ...]]:
        """The events chosen, as sets of those that are one, each sorted, sorted by their first."""
        scores = self.scores
        likely = chosen[scores.ones] & chosen[scores.others] & (scores.values >= rules().merge)
        edges = [scores.ones[likely], scores.others[likely]]
        told = [both for both in self.same if chosen[list(both)].all()]
        ones, others = (np.concatenate((edge, np.array([both[side] for both in told], dtype=np.int64))) for side, edge in enumerate(edges))
        size = len(self.events)
        _, component = connected_components(coo_array((np.ones(len(ones), dtype=np.int8), (ones, others)), shape=(size, size)), directed=False)
        order = np.lexsort((np.arange(size), component))
        bounds = np.flatnonzero(np.diff(component[order], prepend=-1, append=-1))
        found: list[tuple[int, ...]] = []
        for first, last in pairwise(bounds.tolist()):
            if chosen[order[first]]:
                found += self.parted(order[first:last].tolist())
        return sorted(found)

    def parted(self, component: list[int]) -> list[tuple[int, ...]]:
        """A component as sets of those that are one."""
        if len(component) == 1:
            return [(component[0],)]
        places = {self.events[place]: place for place in component}
        known = {(self.events[one], self.events[other]): score for (one, other), score in self.scores.within(component).items()}
        rows = agglomerate(places, known, self.likeness, rules().merge, self.judged, rules().veto)
        return [tuple(places[event] for event in row) for row in rows]

    def attach(self, happenings: list[tuple[int, ...]]) -> dict[int, list[int]]:
        """First place of a happening → the plans, possibilities and denials that are about it, none of which excludes another or a telling."""
        veto = rules().veto
        home = {place: row for row in happenings for place in row}
        near: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
        apart = self.happening[self.scores.ones] != self.happening[self.scores.others]
        for one, other, score in zip(*(column[apart].tolist() for column in (self.scores.ones, self.scores.others, self.scores.values)), strict=True):
            said, event = (other, one) if self.happening[one] else (one, other)
            near[said][home[event][0]].append(score)
        told: dict[int, set[int]] = defaultdict(set)
        for one, other in self.same:
            for said, event in ((one, other), (other, one)):
                if said not in home and event in home:
                    told[said].add(home[event][0])
        found: dict[int, list[int]] = defaultdict(list)
        for said in sorted(set(near) | set(told)):
            ranked = sorted(((sum(s) / len(s), first) for first, s in near[said].items()), key=lambda row: (-row[0], row[1]))
            near_enough = (first for mean, first in ranked if mean >= rules().attach)
            fitting = (first for first in near_enough if all(self.alike(said, place) >= veto for place in (*home[first], *found[first])))
            chosen = (first for first in (*sorted(told[said]), *fitting) if not self.forbidden(said, home[first]))
            if (first := next(chosen, None)) is not None:
                found[first].append(said)
        return found

    def alike(self, one: int, other: int) -> float:
        return self.likeness(self.events[one], self.events[other])

    def forbidden(self, said: int, row: tuple[int, ...]) -> bool:
        return self.judged.forbid((self.events[said],), (self.events[place] for place in row))

    def incident(self, happening: Iterable[int], attached: Iterable[int]) -> Incident:
        tellings, others = (tuple(sorted((self.look(self.events[p]) for p in row), key=_order)) for row in (happening, attached))
        everything = tellings + others
        behind = origins(tellings)
        value, arithmetic = support(everything, behind)
        key = everything[0].event
        return Incident(key, bool(tellings), tellings, others, self.linked(everything), behind, conflicts(everything), value, arithmetic)

    def linked(self, everything: tuple[Telling, ...]) -> tuple[tuple[str, float, str], ...]:
        """Each event but the first with the one that it is most like, of those with which it was compared."""
        if len(everything) == 1:
            return ()
        by_event = {t.event: t for t in everything}
        compared: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for (one, other), score in self.scores.within(bisect_left(self.events, event) for event in by_event).items():
            a, b = self.events[one], self.events[other]
            compared[a].append((score, b))
            compared[b].append((score, a))
        found = []
        for telling in everything[1:]:
            score, other_event = max(compared[telling.event], default=(1.0, ""))
            why = reason(telling, by_event[other_event]) if other_event else "judged to be the same"
            found.append((telling.event, round(score, 3), why))
        return tuple(found)

    def place(self, event: str) -> int | None:
        """None for an event of another part, or of none."""
        place = bisect_left(self.events, event)
        return place if place < len(self.events) and self.events[place] == event else None


def _order(telling: Telling) -> tuple[int, int, str]:
    """The first to be told comes first, so that later articles do not rename an incident."""
    return (telling.source.published or (10**7, 0))[0], -len(telling.parties), telling.event
