"""What stands around one thing, read from the store by its own statements alone.

A page costs what its events cost, however large the graph is. ``Facts`` are made of the quads gathered here, so that
pages, ``kg show`` and ``kg view`` read events alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph import ontology
from kg.graph.facts import Facts, facts
from kg.graph.names import KG, RDF, SCHEMA, general_role
from kg.records import EVENT_TYPES, ROLES

__all__ = ["Line", "claimed", "events_in", "events_with", "gather", "incidents_of", "included", "lines", "statements"]

Node = ox.NamedNode


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """An event on a time line: its first known day (ISO; "" where none is known), its IRI, its type."""

    day: str
    iri: str
    type: str


def statements(store: ox.Store, node: Node) -> list[ox.Quad]:
    """All that is said of a node itself, sorted, each statement once."""
    seen = {str(q.triple): q for q in store.quads_for_pattern(node, None, None)}
    return [seen[key] for key in sorted(seen)]


def _nodes(terms: Iterable[object]) -> list[Node]:
    return sorted({t for t in terms if isinstance(t, Node)}, key=lambda n: n.value)


def _role(predicate: Node) -> bool:
    name = KG.local(predicate)
    return name is not None and (name in ROLES or name in general_role() or bool(ontology.hierarchy()[1].get(name, frozenset()) & set(ROLES)))


def events_with(store: ox.Store, node: Node) -> list[Node]:
    """The events in which a node has a role."""
    return _nodes(q.subject for q in store.quads_for_pattern(None, None, node) if _role(q.predicate))


def claimed(store: ox.Store, node: Node) -> list[Node]:
    """The events about which a node claims something."""
    claims = _nodes(q.subject for q in store.quads_for_pattern(None, KG["assertedBy"], node))
    return _nodes(q.object for claim in claims for q in store.quads_for_pattern(claim, KG["about"], None))


def events_in(store: ox.Store, article: Node) -> list[Node]:
    """The events of an article."""
    found = _nodes(q.subject for q in store.quads_for_pattern(None, KG["inArticle"], article))
    return [n for n in found if next(store.quads_for_pattern(n, KG["modality"], None), None)]


def included(store: ox.Store, incident: Node) -> list[Node]:
    """The events of an incident."""
    return _nodes(q.object for q in store.quads_for_pattern(incident, KG["includes"], None))


def incidents_of(store: ox.Store, event: Node) -> list[Node]:
    """The incidents that include an event."""
    return _nodes(q.subject for q in store.quads_for_pattern(None, KG["includes"], event))


def lines(store: ox.Store, events: Iterable[Node]) -> list[Line]:
    """The events in the order of time, undated ones last."""
    found = []
    for event in events:
        said: dict[Node, str] = {}
        kind = ""
        for quad in store.quads_for_pattern(event, None, None):
            if quad.predicate == RDF["type"]:
                kind = name if (name := KG.local(quad.object)) in EVENT_TYPES else kind
            elif quad.predicate in (KG["earliest"], KG["latest"]) and isinstance(quad.object, ox.Literal):
                said[quad.predicate] = quad.object.value[:10]
        found.append(Line(said.get(KG["earliest"]) or said.get(KG["latest"]) or "", event.value, kind or "Event"))
    return sorted(found, key=lambda line: (line.day or "9999", line.iri))


def gather(store: ox.Store, events: Iterable[Node], others: Iterable[Node] = ()) -> Facts:
    """The facts of those events, with their claims, fillers, evidence and articles, and of ``others`` as entities."""
    return facts(_around(store, list(events), list(others)))


def _around(store: ox.Store, events: list[Node], others: list[Node]) -> Iterator[ox.Quad]:
    seen: set[Node] = set()

    def of(nodes: Iterable[object]) -> Iterator[ox.Quad]:
        for node in nodes:
            if isinstance(node, Node) and node not in seen:
                seen.add(node)
                yield from store.quads_for_pattern(node, None, None)

    deeper = {KG["evidence"], KG["quantity"], KG["assertedBy"], KG["country"], SCHEMA["publisher"], KG["inArticle"]}
    claims = [q.subject for event in events for q in store.quads_for_pattern(None, KG["about"], event)]
    todo = [*of([*events, *others, *claims])]
    for _ in range(3):  # event → article → publisher → country
        yield from todo
        todo = list(of(q.object for q in todo if q.predicate in deeper or _role(q.predicate)))
    yield from todo
