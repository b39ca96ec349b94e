"""What a page tells of one thing: frozen records that a template prints, for each kind of thing one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import GraphAccess
from kg.graph.facts import ArticleFact, EventFact, Facts
from kg.graph.names import KG, RDF
from kg.graph.store import Graph
from kg.serve import nearby
from kg.serve.index import SECTIONS
from kg.serve.marks import Quote, quotes
from kg.serve.nearby import Line
from kg.serve.timeline import Bar, bars
from kg.serve.told import Told, told

__all__ = ["INCIDENTS", "PAGE_SIZE", "Dossier", "dossier", "kind_of", "label_of", "pattern"]

PAGE_SIZE = 25
"""Events on one page."""
INCIDENTS = ("Incident", "Prospect")
"""What happened, and what nobody tells as having happened."""
_ENTITIES = tuple(kind for kinds in SECTIONS.values() for kind in kinds)


@dataclass(frozen=True)
class Dossier:
    """A thing with the events that are told of it.

    ``kind`` is Country, Person ..., Article, Event, Incident or "" for a thing without events; ``types`` counts all its
    events by type, ``shown`` are those of one page, ``count`` says how many there are of ``type``. ``claims`` are the
    events about which it claims something, ``members`` the actors of a country, ``incidents`` those of an event,
    ``told`` what is said of an incident.
    """

    node: ox.NamedNode
    kind: str
    name: str
    said: tuple[ox.Quad, ...]
    facts: Facts
    types: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...]
    shown: tuple[EventFact, ...]
    count: int
    type: str
    page: int
    claims: tuple[EventFact, ...]
    members: tuple[tuple[str, str], ...]
    incidents: tuple[str, ...]
    told: Told | None
    quotes: Callable[[EventFact], list[Quote]]

    @property
    def pages(self) -> int:
        """How many pages its events fill."""
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def article(self) -> ArticleFact | None:
        """The article, where it is one."""
        return self.facts.articles.get(self.node.value)


def kind_of(said: list[ox.Quad]) -> str:
    """The kind of a thing by what is said of it."""
    types = {KG.local(q.object) for q in said if q.predicate == RDF["type"]}
    return next((kind for kind in ("Event", "Article", *INCIDENTS, *_ENTITIES) if kind in types), "")


def dossier(graph: Graph, store: ox.Store, node: ox.NamedNode, *, type: str = "", page: int = 1) -> Dossier | None:
    """The dossier of a node with its events of one type (all without) on one page; None if nothing is said of it.

    ``store`` is the graph's, or that of the vocabulary for a term that the graph says nothing of.
    """
    said = nearby.statements(store, node)
    if not said:
        return None
    kind = kind_of(said)
    every = nearby.lines(store, pattern(node, kind))
    wanted = [line for line in every if type in ("", line.type)]
    if kind == "Article":
        wanted = _in_text_order(store, wanted)
    page = min(max(page, 1), max(1, -(-len(wanted) // PAGE_SIZE)))
    chosen = [ox.NamedNode(line.iri) for line in wanted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    claimed = nearby.claimed(store, node, PAGE_SIZE * 2) if kind in _ENTITIES else []
    members = _members(store, node) if kind == "Country" else []
    about = told(store, node) if kind in INCIDENTS else None
    found = nearby.gather(store, [*chosen, *claimed], [node])
    texts: dict[str, str | None] = {}

    def quoted(event: EventFact) -> list[Quote]:
        if event.article not in texts:
            texts[event.article] = _text(graph, found.articles.get(event.article))
        passages = [*event.evidence, *(p for claim in event.claims for p in claim.evidence)]
        return quotes(passages, texts[event.article])

    return Dossier(
        node, kind, _name(found, said, node.value), tuple(said), found,
        tuple(sorted(Counter(line.type for line in every).items(), key=lambda pair: (-pair[1], pair[0]))),
        tuple(bars(wanted)), tuple(found.events[n.value] for n in chosen if n.value in found.events),
        len(wanted), type, page, tuple(found.events[n.value] for n in claimed if n.value in found.events),
        tuple(members), tuple(n.value for n in nearby.incidents_of(store, node)) if kind == "Event" else (), about, quoted,
    )  # fmt: skip


def pattern(node: ox.NamedNode, kind: str) -> str:
    """The events that a thing of that kind is told in."""
    if kind == "Article":
        return nearby.in_article(node)
    if kind == "Event":
        return f"VALUES ?e {{ {node} }}"
    return nearby.in_incident(node) if kind in INCIDENTS else nearby.with_part(node)


def _in_text_order(store: ox.Store, lines: list[Line]) -> list[Line]:
    def start(line: Line) -> int:
        marks = [q.object for q in store.quads_for_pattern(ox.NamedNode(line.iri), KG["evidence"], None)]
        starts = [q.object for m in marks if isinstance(m, ox.NamedNode) for q in store.quads_for_pattern(m, KG["start"], None)]
        return min((int(s.value) for s in starts if isinstance(s, ox.Literal) and s.value.isdigit()), default=0)

    return sorted(lines, key=lambda line: (start(line), line.iri))


def _members(store: ox.Store, country: ox.NamedNode) -> list[tuple[str, str]]:
    """(name, IRI) of whoever belongs to a country, by name."""
    nodes = {q.subject for q in store.quads_for_pattern(None, KG["country"], country) if isinstance(q.subject, ox.NamedNode)}
    found = []
    for node in nodes:
        said = nearby.statements(store, node)
        found.append((_label(said) or node.value, node.value))
    return sorted(found, key=lambda pair: (pair[0].casefold(), pair[1]))


def label_of(store: ox.Store, iri: str) -> str:
    """The label of a node, in English where there is one; the IRI itself for what has none."""
    return _label(nearby.statements(store, ox.NamedNode(iri))) or iri


def _label(said: list[ox.Quad]) -> str | None:
    labels = [q.object for q in said if q.predicate.value.endswith(("#label", "#prefLabel")) and isinstance(q.object, ox.Literal)]
    return next((o.value for o in sorted(labels, key=lambda o: (o.language != "en", o.language or "", o.value))), None)


def _name(found: Facts, said: list[ox.Quad], iri: str) -> str:
    if iri in found.articles:
        return found.articles[iri].title
    if iri in found.events or iri in found.entities:
        return found.name(iri)
    return _label(said) or iri


def _text(graph: Graph, article: ArticleFact | None) -> str | None:
    """The stored text of an article, where it is still there."""
    try:
        return graph.text(article.digest) if article and article.digest else None
    except GraphAccess:
        return None
