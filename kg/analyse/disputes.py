"""Contradictions between tellings of one incident, and incidents that rest on a single source."""

from __future__ import annotations

from dataclasses import dataclass

from kg.analyse.material import Material
from kg.analyse.sheet import Sheet

__all__ = ["Contradiction", "Lone", "contradictions", "lone", "lone_sheets", "sheets"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides of an incident: ``kind`` is polarity, quantity, date or party; the events that tell each side."""

    incident: str
    kind: str
    one: str
    other: str
    one_events: tuple[str, ...]
    other_events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lone:
    """An incident behind which one origin stands: who, in which articles, how well supported (0 to 1), whether anybody denies it."""

    incident: str
    origin: str
    article: str
    support: float
    denied: bool
    events: tuple[str, ...]


def contradictions(material: Material) -> tuple[Contradiction, ...]:
    """Every conflict that resolution found between tellings of one incident (``kg.resolve.conflicts``), the most told first.

    Both sides are kept, after INDRA's practice (Gyori et al. 2017); denied and negated tellings are what is looked for here.
    """
    found = [
        Contradiction(g.label(material.language), c.kind, c.one, c.other, c.one_events, c.other_events)
        for g in material.groupings for c in g.conflicts
    ]
    return tuple(sorted(found, key=lambda c: (-len(c.one_events) - len(c.other_events), c.kind, c.incident, c.one, c.other)))


def lone(material: Material) -> tuple[Lone, ...]:
    """Incidents told as having happened that a single independent origin stands behind, the least supported first.

    Copies of one text and those who cite one source count as one origin (``kg.resolve.origins``).
    """
    found = []
    for group in material.groupings:
        if group.happened and len(group.origins) == 1:
            events = [material.facts.events[e] for e in group.events if e in material.facts.events]
            articles = sorted({material.name(e.article) for e in events})
            found.append(Lone(
                group.label(material.language), material.name(group.origins[0]), ", ".join(articles), group.support,
                any(e.denied for e in events) or any(c.kind == "polarity" for c in group.conflicts), group.events,
            ))  # fmt: skip
    return tuple(sorted(found, key=lambda s: (s.support, s.incident, s.article, s.events)))


def sheets(found: tuple[Contradiction, ...]) -> tuple[Sheet, ...]:
    """The contradictions."""
    rows = tuple((c.incident, c.kind, c.one, len(c.one_events), c.other, len(c.other_events)) for c in found)
    evidence = tuple(tuple(sorted({*c.one_events, *c.other_events})) for c in found)
    return (Sheet("Contradictions", ("incident", "about", "one side", "told", "other side", "told"), rows, evidence),)


def lone_sheets(found: tuple[Lone, ...]) -> tuple[Sheet, ...]:
    """The single-source list."""
    rows = tuple((s.incident, s.origin, s.article, f"{s.support:.2f}", "yes" if s.denied else "") for s in found)
    note = "one independent origin: copies and those who cite one source count as one"
    columns = ("incident", "who stands behind it", "article", "support", "denied")
    return (Sheet("Told by a single source", columns, rows, tuple(s.events for s in found), note),)
