"""What stands around one thing, read from the store by its own statements alone.

A page costs what its events cost, however large the graph is, and the engine drops the copies of a statement that many
articles make. ``Facts`` are made of the quads gathered here, so that
pages, ``kg show`` and ``kg view`` read events alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.graph import ontology
from kg.graph.facts import Facts, facts
from kg.graph.names import KG, SCHEMA, general_role
from kg.records import EVENT_TYPES, ROLES

__all__ = [
    "Line", "alone", "claimed", "every", "gather", "in_article", "in_incident", "in_time", "incidents_of", "lines", "statements", "taking_part",
]  # fmt: skip

Node = ox.NamedNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """An event on a time line: its first known day (ISO; "" where none is known), its IRI, its type."""

    day: str
    iri: str
    type: str


def statements(store: ox.Store, node: Node) -> list[ox.Quad]:
    """All that is said of a node itself, sorted, each statement once however many articles make it."""
    found = _rows(store, f"SELECT DISTINCT ?p ?o {{ {node} ?p ?o }}")
    return sorted((ox.Quad(node, p, o) for p, o in found if isinstance(p, Node) and o is not None), key=str)


def _rows(store: ox.Store, query: str) -> list[list[Term | None]]:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return [list(row) for row in found]


def _nodes(rows: Iterable[list[Term | None]]) -> list[Node]:
    return [row[0] for row in rows if isinstance(row[0], Node)]


@cache
def _roles() -> frozenset[Node]:
    """Every property by which an event points at who or what has a part in it."""
    special = {name for name, above in ontology.hierarchy()[1].items() if above & set(ROLES)}
    return frozenset(KG[name] for name in {*ROLES, *general_role(), *special})


def taking_part(store: ox.Store, node: Node) -> set[str]:
    """The events in which a node has a part."""
    return {q.subject.value for role in _roles() for q in store.quads_for_pattern(None, role, node) if isinstance(q.subject, Node)}


def every() -> str:
    """The pattern of all events ``?e``."""
    return f"?e {KG['modality']} ?m ."


def in_article(article: Node) -> str:
    """The pattern of the events ``?e`` of an article."""
    return f"?e {KG['inArticle']} {article} ; {KG['modality']} ?m ."


def in_incident(incident: Node) -> str:
    """The pattern of the events ``?e`` of an incident."""
    return f"{incident} {KG['includes']} ?e ."


def alone(event: Node) -> str:
    """The pattern of one event ``?e``, and of the others of its incidents."""
    return f"{{ VALUES ?e {{ {event} }} }} UNION {{ ?i {KG['includes']} {event}, ?e . }}"


def lines(store: ox.Store, pattern: str) -> list[Line]:
    """The events of a pattern in the order of time, undated ones last."""
    found: dict[str, Line] = {}
    types = ", ".join(str(KG[name]) for name in EVENT_TYPES)
    optional = f"OPTIONAL {{ ?e {KG['earliest']} ?from }} OPTIONAL {{ ?e {KG['latest']} ?to }}"
    kind = f"OPTIONAL {{ ?e a ?type . FILTER (?type IN ({types})) }}"
    query = f"SELECT ?e ?type ?from ?to {{ {{ SELECT DISTINCT ?e {{ {pattern} }} }} {kind} {optional} }}"
    for event, type, first, last in _rows(store, query):
        if isinstance(event, Node):
            day = next((term.value[:10] for term in (first, last) if isinstance(term, ox.Literal)), "")
            found[event.value] = Line(day, event.value, KG.local(type) or "Event")
    return in_time(found.values())


def in_time(told: Iterable[Line]) -> list[Line]:
    """In the order of time, undated ones last."""
    return sorted(told, key=lambda line: (line.day or "9999", line.iri))


def claimed(store: ox.Store, node: Node, most: int) -> list[Node]:
    """The events about which a node claims something, at most so many."""
    return _nodes(_rows(store, f"SELECT DISTINCT ?e {{ ?c {KG['assertedBy']} {node} ; {KG['about']} ?e }} ORDER BY ?e LIMIT {most}"))


def incidents_of(store: ox.Store, event: Node) -> list[Node]:
    """The incidents that include an event."""
    return _nodes(_rows(store, f"SELECT DISTINCT ?i {{ ?i {KG['includes']} {event} }} ORDER BY ?i"))


def gather(store: ox.Store, events: Iterable[Node], others: Iterable[Node] = ()) -> Facts:
    """The facts of those events, with their claims, fillers, evidence and articles, and of ``others`` as entities."""
    return facts(_around(store, list(events), list(others)))


def _around(store: ox.Store, events: list[Node], others: list[Node]) -> Iterator[ox.Quad]:
    seen: set[Node] = set()

    def of(nodes: Iterable[object]) -> Iterator[ox.Quad]:
        for node in nodes:
            if isinstance(node, Node) and node not in seen:
                seen.add(node)
                yield from statements(store, node)

    deeper = {KG["evidence"], KG["quantity"], KG["assertedBy"], KG["country"], SCHEMA["publisher"], KG["inArticle"], *_roles()}
    claims = [q.subject for event in events for q in store.quads_for_pattern(None, KG["about"], event)]
    todo = [*of([*events, *others, *claims])]
    for _ in range(3):  # event → article → publisher → country
        yield from todo
        todo = list(of(q.object for q in todo if q.predicate in deeper))
    yield from todo
