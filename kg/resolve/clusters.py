"""Constrained agglomeration: the two sets that are most alike on average join, until no two are alike enough.

Judgements come first: what a person called the same starts in one set, what was called different never shares one, however alike.
Ties are broken by name, so the result is a function of the tellings and the judgements alone. Only sets that share a candidate
pair are ever compared, and at most ``_SAMPLE`` tellings of each; all are compared only before two sets join, to see that none excludes
another, so the cost stays near the number of candidate pairs and of pairs within a set.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

__all__ = ["Constraints", "agglomerate"]

_SAMPLE = 6  # tellings of a set that are compared: enough for a mean, few enough for big sets


class Constraints:
    """Judgements as must-links and cannot-links between names. A later ``different`` outweighs an older ``same`` that leads to it."""

    def __init__(self, same: Iterable[tuple[str, str]] = (), different: Iterable[tuple[str, str]] = ()) -> None:
        self.same = sorted({(min(pair), max(pair)) for pair in same})
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in different:
            self._apart[one].add(other)
            self._apart[other].add(one)

    @property
    def named(self) -> frozenset[str]:
        """Every name that was judged."""
        return frozenset(name for pair in self.same for name in pair) | frozenset(self._apart)

    def forbid(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether some member of the one must not meet some member of the other."""
        if not self._apart:
            return False
        others = set(other)
        return any(not others.isdisjoint(self._apart[member]) for member in one if member in self._apart)


def agglomerate(
    names: Iterable[str],
    known: Mapping[tuple[str, str], float],
    likeness: Callable[[str, str], float],
    threshold: float,
    constraints: Constraints,
    veto: float = 0.0,
) -> list[tuple[str, ...]]:
    """The sets, each sorted, sorted by their first member.

    ``known`` holds the likeness of the candidate pairs (smaller name first); ``likeness`` gives that of any other pair. Sets with a pair
    less alike than ``veto`` do not join.
    """
    return _Sets(names, known, likeness, threshold, constraints, veto).result()


class _Sets:
    def __init__(
        self,
        names: Iterable[str],
        known: Mapping[tuple[str, str], float],
        likeness: Callable[[str, str], float],
        threshold: float,
        constraints: Constraints,
        veto: float,
    ) -> None:
        self.members: dict[str, tuple[str, ...]] = {name: (name,) for name in sorted(names)}
        self.home = {name: name for name in self.members}
        self.likeness, self.threshold, self.constraints, self.veto = likeness, threshold, constraints, veto
        self.scores = dict(known)
        self.near: dict[str, set[str]] = defaultdict(set)
        for (one, other), score in known.items():
            if score >= threshold:
                self.near[one].add(other)
                self.near[other].add(one)
        self.heap: list[tuple[float, str, str]] = []

    def result(self) -> list[tuple[str, ...]]:
        for one, other in self.constraints.same:
            if one in self.home and other in self.home:
                a, b = self.home[one], self.home[other]
                if a != b and not self.constraints.forbid(self.members[a], self.members[b]):
                    self.join(a, b)
        for name in self.members:
            for other in self.near[name]:
                if name < other:
                    self.offer(name, other)
        while self.heap:
            _, one, other = heapq.heappop(self.heap)
            if one in self.members and other in self.members and not self.exclude(one, other):  # neither has grown since it was offered
                for neighbour in sorted(self.near[kept := self.join(one, other)]):
                    self.offer(kept, neighbour)
        return sorted(self.members.values())

    def offer(self, one: str, other: str) -> None:
        if self.constraints.forbid(self.members[one], self.members[other]):
            return
        score = self.mean(one, other)
        if score >= self.threshold:
            heapq.heappush(self.heap, (-score, min(one, other), max(one, other)))

    def score(self, a: str, b: str) -> float:
        key = (a, b) if a < b else (b, a)
        if key not in self.scores:
            self.scores[key] = self.likeness(*key)
        return self.scores[key]

    def exclude(self, one: str, other: str) -> bool:
        """Whether any telling of the one, not of the sample alone, excludes any of the other: no set holds two that exclude each other."""
        return self.veto > 0 and any(self.score(a, b) < self.veto for a in self.members[one] for b in self.members[other])

    def mean(self, one: str, other: str) -> float:
        total = count = 0.0
        for a in self.members[one][:_SAMPLE]:
            for b in self.members[other][:_SAMPLE]:
                if (score := self.score(a, b)) < self.veto:
                    return 0.0
                total += score
                count += 1
        return total / count

    def join(self, one: str, other: str) -> str:
        """Both sets as one under a new name, so that old offers of either are void."""
        merged = tuple(sorted(self.members.pop(one) + self.members.pop(other)))
        name = f"{merged[0]} {len(merged)}"
        self.members[name] = merged
        for member in merged:
            self.home[member] = name
        near = (self.near.pop(one, set()) | self.near.pop(other, set())) - {one, other}
        self.near[name] = near
        for neighbour in near:
            self.near[neighbour] -= {one, other}
            self.near[neighbour].add(name)
        return name
