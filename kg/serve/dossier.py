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
from kg.records import ROLES
from kg.serve import nearby
from kg.serve.atlas import Atlas, draw
from kg.serve.index import SECTIONS, Index, Item
from kg.serve.marks import Quote, quotes
from kg.serve.nearby import Line
from kg.serve.timeline import Bar, bars
from kg.serve.told import Told, told

__all__ = ["INCIDENTS", "MEMBERS", "PAGE_SIZE", "Dossier", "dossier", "events_of", "kind_of", "label_of"]

PAGE_SIZE = 25
"""Events on one page."""
MEMBERS = 60
"""Those of a country on its page; a list holds all."""
INCIDENTS = ("Incident", "Prospect")
"""What happened, and what nobody tells as having happened."""
_ENTITIES = tuple(kind for kinds in SECTIONS.values() for kind in kinds)


@dataclass(frozen=True)
class Dossier:
    """A thing with the events that are told of it.

    ``kind`` is Country, Person ..., Article, Event, Incident or "" for a thing without events; ``types`` counts all its
    events by type, ``shown`` are those of one page, ``count`` says how many there are of ``type``. ``claims`` are the
    events about which it claims something, ``members`` those of a country told most, of ``all_members``; ``incidents``
    those of an event, ``told`` what is said of an incident, ``atlas`` the map of an incident or a country.
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
    members: tuple[Item, ...]
    all_members: int
    incidents: tuple[str, ...]
    told: Told | None
    atlas: Atlas | None
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


def dossier(
    graph: Graph, store: ox.Store, index: Index, node: ox.NamedNode, *, type: str = "", page: int = 1, language: str = "en"
) -> Dossier | None:
    """The dossier of a node with its events of one type (all without) on one page; None if nothing is said of it.

    ``store`` is the graph's, or that of the vocabulary for a term that the graph says nothing of; ``index`` is the graph's.
    """
    said = nearby.statements(store, node)
    if not said:
        return None
    kind = kind_of(said)
    every = events_of(store, index, node, kind)
    wanted = [line for line in every if type in ("", line.type)]
    if kind == "Article":
        wanted = _in_text_order(store, wanted)
    page = min(max(page, 1), max(1, -(-len(wanted) // PAGE_SIZE)))
    chosen = [ox.NamedNode(line.iri) for line in wanted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    claimed = nearby.claimed(store, node, PAGE_SIZE * 2) if kind in _ENTITIES else []
    members = index.members.get(node.value, []) if kind == "Country" else []
    about = told(store, node) if kind in INCIDENTS else None
    found = nearby.gather(store, [*chosen, *claimed], [node])
    atlas = _atlas(index, node, every, found, language) if kind in ("Country", *INCIDENTS) else None
    texts: dict[str, str | None] = {}

    def quoted(event: EventFact) -> list[Quote]:
        if event.article not in texts:
            texts[event.article] = _text(graph, found.articles.get(event.article))
        passages = [*event.evidence, *(p for claim in event.claims for p in claim.evidence)]
        return quotes(passages, texts[event.article])

    return Dossier(
        node, kind, _name(found, said, node.value, language), tuple(said), found,
        tuple(sorted(Counter(line.type for line in every).items(), key=lambda pair: (-pair[1], pair[0]))),
        tuple(bars(wanted)), tuple(found.events[n.value] for n in chosen if n.value in found.events),
        len(wanted), type, page, tuple(found.events[n.value] for n in claimed if n.value in found.events), tuple(members[:MEMBERS]), len(members),
        tuple(n.value for n in nearby.incidents_of(store, node)) if kind == "Event" else (), about, atlas, quoted,
    )  # fmt: skip


def events_of(store: ox.Store, index: Index, node: ox.NamedNode, kind: str) -> list[Line]:
    """The events that a thing of that kind is told in, in the order of time."""
    if kind == "Article":
        return nearby.lines(store, nearby.in_article(node))
    if kind == "Event":
        return nearby.lines(store, f"VALUES ?e {{ {node} }}")
    if kind in INCIDENTS:
        return nearby.lines(store, nearby.in_incident(node))
    return nearby.in_time(index.lines[iri] for iri in nearby.taking_part(store, node) if iri in index.lines)


def _atlas(index: Index, node: ox.NamedNode, lines: list[Line], found: Facts, language: str) -> Atlas | None:
    """Where its events take place, with the country itself or those that have a part in the incident."""
    own = found.entities.get(node.value)
    parts = {iri for event in found.events.values() for iri in event.fillers(*ROLES)}
    states = [own] if own else [entity for iri, entity in found.entities.items() if iri in parts and entity.kind == "Country"]
    places = [iri for line in lines for iri in sorted(index.at.get(line.iri, ()))]
    names = {iri: index.places[iri].name(language) for iri in set(places) if iri in index.places}
    return draw(places, names, (code for state in states for code in state.codes))


def _in_text_order(store: ox.Store, lines: list[Line]) -> list[Line]:
    def start(line: Line) -> int:
        marks = [q.object for q in store.quads_for_pattern(ox.NamedNode(line.iri), KG["evidence"], None)]
        starts = [q.object for m in marks if isinstance(m, ox.NamedNode) for q in store.quads_for_pattern(m, KG["start"], None)]
        return min((int(s.value) for s in starts if isinstance(s, ox.Literal) and s.value.isdigit()), default=0)

    return sorted(lines, key=lambda line: (start(line), line.iri))


def label_of(store: ox.Store, iri: str, language: str = "en") -> str:
    """The label of a node, in that language or in English where there is one; the IRI itself for what has none."""
    return _label(nearby.statements(store, ox.NamedNode(iri)), language) or iri


def _label(said: list[ox.Quad], language: str) -> str | None:
    labels = [q.object for q in said if q.predicate.value.endswith(("#label", "#prefLabel")) and isinstance(q.object, ox.Literal)]
    return next((o.value for o in sorted(labels, key=lambda o: (o.language != language, o.language != "en", o.language or "", o.value))), None)


def _name(found: Facts, said: list[ox.Quad], iri: str, language: str) -> str:
    if iri in found.articles:
        return found.articles[iri].title
    if iri in found.events or iri in found.entities:
        return found.name(iri, language)
    return _label(said, language) or iri


def _text(graph: Graph, article: ArticleFact | None) -> str | None:
    """The stored text of an article, where it is still there."""
    try:
        return graph.text(article.digest) if article and article.digest else None
    except GraphAccess:
        return None
