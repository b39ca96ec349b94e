"""Which names of many articles are one actor: by name, class and state, never against a judgement.

Reference actors are settled when an article is read (``link``). What no reference knows meets here: two names are one where they sound
alike, are spelt alike, and belong to no two states. Where a name fits several that are not one, it stays by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.resolve.clusters import Constraints, agglomerate
from kg.resolve.likeness import SURE, alike, sound

__all__ = ["Merge", "Seen", "candidates", "merges"]

_WORTH_A_LOOK = 0.75


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """An actor as articles name it. ``known`` where the reference has it; ``countries`` are IRIs; ``articles`` is how many name it."""

    iri: str
    kind: str
    name: str
    countries: tuple[str, ...]
    known: bool
    articles: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Merge:
    """That one name was resolved to another, with score and reason."""

    iri: str
    into: str
    score: float
    reason: str


def _likeness(one: Seen, other: Seen) -> float:
    if one.kind != other.kind or (one.known and other.known):
        return 0.0
    if one.countries and other.countries and set(one.countries).isdisjoint(other.countries):
        return 0.0
    return alike(one.name, other.name)


def candidates(sounding: Iterable[Seen]) -> dict[tuple[str, str], float]:
    """The pairs of names (smaller IRI first) that may be one, with their likeness, of actors of a class that sound alike."""
    row = sorted(one for one in sounding if sound(one.name))
    scored = ((one, other, _likeness(one, other)) for one, other in combinations(row, 2))
    return {(one.iri, other.iri): score for one, other, score in scored if score >= _WORTH_A_LOOK}


def merges(seen: Iterable[tuple[Seen, ...]], judged: Constraints) -> tuple[Merge, ...]:
    """What is resolved to what, sorted; the reference actor is kept, else the one most articles name, else the first by IRI.

    ``seen`` holds in each row the actors of a class that sound alike: no others meet, but for those that a person called the same.
    """
    named = judged.named
    told: list[tuple[Seen, ...]] = []
    found: list[Merge] = []
    for row in seen:
        if any(one.iri in named for one in row):
            told.append(row)
        else:
            found += _merges([row], judged)
    return tuple(sorted([*found, *_merges(told, judged)]))


def _merges(rows: list[tuple[Seen, ...]], judged: Constraints) -> Iterator[Merge]:
    by_iri = {one.iri: one for row in rows for one in row}
    scores = {pair: score for row in rows for pair, score in candidates(row).items()}
    if not scores and judged.named.isdisjoint(by_iri):
        return
    for row in agglomerate(by_iri, scores, lambda a, b: _likeness(by_iri[a], by_iri[b]), SURE, judged, veto=0.5):
        kept = min(row, key=lambda iri: (not by_iri[iri].known, -by_iri[iri].articles, iri))
        for iri in row:
            if iri != kept:
                score = alike(by_iri[iri].name, by_iri[kept].name)
                if score >= SURE:
                    state = "one state" if by_iri[iri].countries and by_iri[kept].countries else "no other state"
                    yield Merge(iri, kept, round(score, 3), f"sounds and is spelt like {by_iri[kept].name} ({score:.2f}), of {state}")
                else:
                    yield Merge(iri, kept, 1.0, "judged to be the same")
