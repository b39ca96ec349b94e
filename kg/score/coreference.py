"""How well predicted clusters agree with gold ones: MUC, B³, CEAF-e and their mean, the CoNLL score.

The measures are those of Pradhan et al., "Scoring Coreference Partitions of Predicted Mentions: A Reference Implementation" (ACL 2014):
MUC counts links (Vilain et al. 1995), B³ averages over mentions (Bagga and Baldwin 1998), CEAF-e aligns clusters one to one by the
similarity 2|K∩R| / (|K|+|R|) (Luo 2005). Mentions may be on one side alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

__all__ = ["Agreement", "Rate", "agreement", "aligned"]

Clusters = Iterable[Iterable[Hashable]]


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision and recall."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """The three measures over so many gold mentions; ``found`` of them are among the predicted."""

    muc: Rate
    b3: Rate
    ceafe: Rate
    mentions: int
    found: int

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return (self.muc.f1 + self.b3.f1 + self.ceafe.f1) / 3


def agreement(gold: Clusters, predicted: Clusters) -> Agreement:
    """Compare two partitions; no mention may be in two clusters of one side."""
    key, response = ([frozenset(c) for c in side if c] for side in (gold, predicted))
    known, told = (frozenset().union(*side) for side in (key, response))
    muc, b3 = Rate(_muc(response, key), _muc(key, response)), Rate(_b3(response, key), _b3(key, response))
    return Agreement(muc, b3, _ceafe(key, response), len(known), len(known & told))


def _where(side: list[frozenset[Hashable]]) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(side) for mention in cluster}


def _muc(one: list[frozenset[Hashable]], other: list[frozenset[Hashable]]) -> float:
    """The share of links of ``one`` that ``other`` keeps."""
    place = _where(other)
    links = sum(len(cluster) - 1 for cluster in one)
    parts = sum(len({place.get(m, (m,)) for m in cluster}) for cluster in one)  # what the other lacks stands alone
    return (sum(map(len, one)) - parts) / links if links else 0.0


def _b3(one: list[frozenset[Hashable]], other: list[frozenset[Hashable]]) -> float:
    """The mean, over the mentions of ``one``, of the share of its cluster that ``other`` puts with it."""
    place = _where(other)
    total, count = 0.0, 0
    for cluster in one:
        for mention in cluster:
            count += 1
            if mention in place:
                total += len(cluster & other[place[mention]]) / len(cluster)
    return total / count if count else 0.0


def _ceafe(key: list[frozenset[Hashable]], response: list[frozenset[Hashable]]) -> Rate:
    if not key or not response:
        return Rate(0.0, 0.0)
    total = sum(2 * len(key[i] & response[j]) / (len(key[i]) + len(response[j])) for i, j in aligned(key, response))
    return Rate(total / len(response), total / len(key))


def aligned(key: list[frozenset[Hashable]], response: list[frozenset[Hashable]]) -> list[tuple[int, int]]:
    """The one-to-one alignment of clusters with the greatest similarity, as pairs of places."""
    if not key or not response:
        return []
    weight = np.zeros((len(key), len(response)))
    place = _where(response)
    for i, cluster in enumerate(key):
        for j in {place[m] for m in cluster if m in place}:
            weight[i, j] = 2 * len(cluster & response[j]) / (len(cluster) + len(response[j]))
    rows, columns = linear_sum_assignment(weight, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if weight[i, j] > 0]
