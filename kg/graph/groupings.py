"""The resolution graph read back: incidents with their conflicts, and which node each resolved actor is."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.names import KG, RDF, RDFS, label_in
from kg.graph.store import Graph

__all__ = ["ConflictFact", "Grouping", "LinkFact", "groupings", "same_actors"]


@dataclass(frozen=True, slots=True, order=True)
class ConflictFact:
    """Two sides of an incident: words and the IRIs of the events that tell each."""

    kind: str
    one: str
    other: str
    one_events: tuple[str, ...]
    other_events: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class LinkFact:
    """Why an event belongs to the incident; ``judge`` is the person who said so, or empty."""

    event: str
    score: float
    reason: str
    judge: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """An incident, or (not ``happened``) what nobody tells as having happened. ``events`` are IRIs, sorted."""

    iri: str
    happened: bool
    labels: tuple[tuple[str, str], ...]
    events: tuple[str, ...]
    articles: int
    origins: tuple[str, ...]
    support: float
    arithmetic: str
    earliest: str | None
    latest: str | None
    quantities: tuple[str, ...]
    conflicts: tuple[ConflictFact, ...]
    links: tuple[LinkFact, ...]

    def label(self, language: str = "en") -> str:
        """The label in a language, else in English, else the IRI's last part."""
        return label_in(self.labels, language, self.iri.rsplit("/", 1)[-1])


class _Rows:
    """Subject → property → values of the resolution graph."""

    def __init__(self, graph: Graph) -> None:
        self.rows: dict[str, dict[str, list[str]]] = {}
        self.labels: dict[str, list[tuple[str, str]]] = {}
        for quad in graph.quads(graph.minter.graph("resolution")):
            subject, value = str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))
            self.rows.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(value)
            if quad.predicate == RDFS["label"] and isinstance(quad.object, ox.Literal):
                self.labels.setdefault(subject, []).append((quad.object.language or "", value))

    def all(self, subject: str, name: str) -> tuple[str, ...]:
        return tuple(sorted(self.rows.get(subject, {}).get(KG[name].value, ())))

    def one(self, subject: str, name: str) -> str:
        return next(iter(self.all(subject, name)), "")


def groupings(graph: Graph) -> tuple[Grouping, ...]:
    """All incidents and prospects of a graph, the best supported first."""
    rows = _Rows(graph)
    links: dict[str, list[LinkFact]] = {}
    for subject in rows.rows:
        if event := rows.one(subject, "links"):
            link = LinkFact(event, float(rows.one(subject, "linkScore") or 0), rows.one(subject, "linkReason"), rows.one(subject, "judgedBy"))
            links.setdefault(rows.one(subject, "into"), []).append(link)
    found = [
        _grouping(rows, iri, KG["Incident"].value in types, links.get(iri, []))
        for iri, row in rows.rows.items()
        if KG["Grouping"].value in (types := row.get(RDF["type"].value, []))
    ]
    return tuple(sorted(found, key=lambda g: (-g.support, -len(g.events), g.iri)))


def _grouping(rows: _Rows, iri: str, happened: bool, links: list[LinkFact]) -> Grouping:
    conflicts = tuple(sorted(
        ConflictFact(
            rows.one(c, "conflictKind"), rows.one(c, "oneSays"), rows.one(c, "otherSays"), rows.all(c, "oneSide"), rows.all(c, "otherSide"),
        )
        for c in rows.all(iri, "conflict")
    ))  # fmt: skip
    return Grouping(
        iri, happened, tuple(sorted(rows.labels.get(iri, ()))), rows.all(iri, "includes"), int(rows.one(iri, "articleCount") or 0),
        rows.all(iri, "independentOrigin"), float(rows.one(iri, "support") or 0), rows.one(iri, "supportArithmetic"),
        rows.one(iri, "toldFrom") or None, rows.one(iri, "toldUntil") or None, rows.all(iri, "toldQuantity"), conflicts, tuple(sorted(links)),
    )  # fmt: skip


def same_actors(graph: Graph) -> dict[str, str]:
    """IRI of a name → IRI of the actor that it was resolved to, where that is another."""
    found = {}
    for quad in graph.store.quads_for_pattern(None, KG["sameActorAs"], None, graph.minter.graph("resolution")):
        found[str(getattr(quad.subject, "value", ""))] = str(getattr(quad.object, "value", ""))
    return found
