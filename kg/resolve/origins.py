"""How many independent origins an incident has, and what support they give.

Three papers that print one wire copy, or that all cite one service, are one origin. An article that says from whom it has the news
counts as that source and not as a voice of its own; sources without a name ("experts") leave it with the paper that quotes them.
The support is the chance that not all origins are wrong, were they independent: 1 minus the product of (1 minus each one's worth),
less what denials and doubts take away (``certainty`` in ``incidents.yaml``). The arithmetic is kept in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.resolve.rules import rules
from kg.resolve.signature import COPY, resemblance
from kg.resolve.telling import AGAINST, FOR, Source, Stand, Telling

__all__ = ["origins", "support"]


def origins(tellings: Iterable[Telling]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(origin, articles that it stands behind), sorted; an origin is the IRI of a source, of a publisher or of an unnamed one's article."""
    named = _named(tellings)
    first = _copies([source for source, _ in named.values()])
    behind: dict[str, set[str]] = defaultdict(set)
    for iri in named:
        for name in named[first[iri]][1]:  # a copy has the origins of what it copies, and adds none
            behind[name].add(iri)
    return tuple((origin, tuple(sorted(articles))) for origin, articles in sorted(behind.items()))


def _named(tellings: Iterable[Telling]) -> dict[str, tuple[Source, set[str]]]:
    """Article → the article and whom it has the news from."""
    found: dict[str, tuple[Source, set[str]]] = {}
    for telling in tellings:
        _, names = found.setdefault(telling.source.iri, (telling.source, set()))
        names.update(s.by for s in telling.stands if s.stance in FOR and s.known and not s.own)
    return {iri: (source, names or {source.voice}) for iri, (source, names) in sorted(found.items())}


def _copies(sources: list[Source]) -> dict[str, str]:
    """Article → the first article, by date and name, whose text it shares."""
    ranked = sorted(sources, key=lambda s: (s.published or (10**7, 0), s.name, s.iri))
    group: dict[str, str] = {}
    for place, source in enumerate(ranked):
        first = next((o for o in ranked[:place] if resemblance(o.signature, source.signature) >= COPY), None)
        group[source.iri] = group[first.iri] if first else source.iri
    return group


def support(tellings: Iterable[Telling], behind: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[float, str]:
    """The support between 0 and 1 and how it came about."""
    tellings, worth = tuple(tellings), rules().certainty
    parts = []
    for _, articles in behind:
        worths = [t.confidence * worth[s.stance] for t in tellings if t.source.iri in articles for s in t.stands if s.stance in FOR]
        parts.append(max(worths, default=0.0))
    left = 1.0
    for part in parts:
        left *= 1 - part
    value = 1 - left
    product = "".join(f"(1 − {part:.2f})" for part in sorted(parts, reverse=True))
    word = "origin" if len(parts) == 1 else "origins"
    arithmetic = f"1 − {product} = {value:.2f}: {len(parts)} independent {word}" if parts else "0: nobody tells it as having happened"
    for stance in AGAINST:
        names = sorted({s.name for s in _against(tellings) if s.stance == stance})
        if names and value:
            before, value = value, value * (1 - worth[stance])
            verb = "denied" if stance == "denies" else "doubted"
            arithmetic += f"; {before:.2f} × (1 − {worth[stance]:.2f}) = {value:.2f}: {verb} by {', '.join(names)}"
    return round(value, 3), arithmetic


def _against(tellings: Iterable[Telling]) -> Iterator[Stand]:
    for telling in tellings:
        yield from (stand for stand in telling.stands if stand.stance in AGAINST)
