"""What the graph holds, for lists and search: every actor, country and article with its names; made once a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from kg.data.cities import cities
from kg.graph.facts import ArticleFact, Entity, facts
from kg.graph.names import KG, RDF, RDFS, SKOS, general_role, label_in
from kg.graph.store import Graph
from kg.records import ROLES
from kg.serve import nearby
from kg.serve.nearby import Line

__all__ = ["SECTIONS", "Index", "Item"]

SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "countries": ("Country",),
    "actors": ("Person", "Organization", "Group", "Publisher"),
    "places": ("Place",),
    "vessels": ("Vessel",),
    "goods": ("CargoType",),
    "topics": ("Topic",),
})  # fmt: skip
"""The lists of entities by kind; articles and incidents have lists of their own."""

_TOLD = (RDF["type"], RDFS["label"], SKOS["prefLabel"], SKOS["altLabel"], KG["country"])
"""What a list has to know of an entity."""


@dataclass(frozen=True, slots=True)
class Item:
    """A thing in a list: ``labels`` by language, ``names`` casefolded for search, ``count`` says in how many events it has a part."""

    iri: str
    kind: str
    labels: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    count: int

    def name(self, language: str = "en") -> str:
        """The name in a language, else in English, else the first of them."""
        return label_in(self.labels, language) or self.iri


class Index:
    """Read once from a graph; every list is sorted, the most told first.

    ``members`` are, by the IRI of a country, those that belong to it; ``lines`` are all events, ``at`` their
    places, by the events' IRIs.
    """

    def __init__(self, graph: Graph) -> None:
        store = graph.store
        counts = _counts(store)
        kinds = {kind: section for section, kinds in SECTIONS.items() for kind in kinds}
        entities = _entities(store, kinds)
        lists: dict[str, list[Item]] = {section: [] for section in SECTIONS}
        for entity in entities:
            names = tuple(dict.fromkeys(t.casefold() for t in (*(t for _, t in entity.labels), *entity.others)))
            labels = entity.labels or (("", entity.label()),)
            lists[kinds[entity.kind]].append(Item(entity.iri, entity.kind, labels, names, counts.get(entity.iri, 0)))
        self.lists = {section: sorted(items, key=_rank) for section, items in lists.items()}
        self.places = {item.iri: item for item in self.lists["places"]}
        self.at = _places(store)
        self.members = _members(entities, self.lists)
        found = _articles(store)
        self.articles = sorted(found, key=lambda a: (a.published or "", a.title, a.iri), reverse=True)
        self.lines: Mapping[str, Line] = {line.iri: line for line in nearby.lines(store, nearby.every())}
        self.incidents = sorted(_incidents(store), key=_rank)
        cities()  # the first map does not wait for them

    def search(self, words: str, most: int) -> tuple[list[Item], list[ArticleFact]]:
        """Entities and articles whose name holds the words, whole names first; at most so many of each."""
        wanted = " ".join(words.casefold().split())
        if not wanted:
            return [], []
        items = [i for section in self.lists.values() for i in section if any(wanted in name for name in i.names)]
        items.sort(key=lambda i: (wanted not in i.names, *_rank(i)))
        articles = [a for a in self.articles if wanted in a.title.casefold() or wanted in a.name.casefold()]
        return items[:most], articles[:most]


def _members(entities: Iterable[Entity], lists: Mapping[str, list[Item]]) -> Mapping[str, list[Item]]:
    own = {entity.iri: entity.countries for entity in entities if entity.kind != "Country"}
    found: dict[str, list[Item]] = {}
    for item in sorted((item for items in lists.values() for item in items), key=_rank):
        for country in own.get(item.iri, ()):
            found.setdefault(country, []).append(item)
    return found


def _places(store: ox.Store) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for role in ("place", "origin", "destination"):
        for quad in store.quads_for_pattern(None, KG[role], None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                found.setdefault(quad.subject.value, set()).add(quad.object.value)
    return found


def _rank(item: Item) -> tuple[int, str, str]:
    return -item.count, item.name().casefold(), item.iri


def _counts(store: ox.Store) -> dict[str, int]:
    roles = " ".join(str(KG[name]) for name in sorted({*ROLES, *general_role()}))
    text = f"SELECT ?x (COUNT(DISTINCT ?e) AS ?n) {{ ?e {KG['modality']} ?m ; ?r ?x . VALUES ?r {{ {roles} }} }} GROUP BY ?x"
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return {row["x"].value: int(row["n"].value) for row in found if isinstance(row["x"], ox.NamedNode)}


def _entities(store: ox.Store, kinds: Iterable[str]) -> list[Entity]:
    """Every entity of those kinds as ``facts`` reads it: each is given to it as if it had a part in one event."""
    known = set(kinds)
    types, told = (" ".join(map(str, terms)) for terms in ([KG[kind] for kind in sorted(known)], _TOLD))
    query = f"SELECT DISTINCT ?s ?p ?o {{ {{ SELECT DISTINCT ?s {{ VALUES ?k {{ {types} }} ?s a ?k }} }} VALUES ?p {{ {told} }} ?s ?p ?o }}"
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    quads = [ox.Quad(s, p, o) for s, p, o in found if isinstance(s, ox.NamedNode)]
    nodes = sorted({q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)})
    event = ox.NamedNode("urn:kg:every-entity")
    quads += [ox.Quad(event, RDF["type"], KG["Event"]), ox.Quad(event, KG["inArticle"], event)]
    quads += [ox.Quad(event, KG["participant"], ox.NamedNode(iri)) for iri in nodes]
    return [e for e in facts(quads).entities.values() if e.kind in known]


def _incidents(store: ox.Store) -> list[Item]:
    """Incidents with the number of their reports."""
    counts: dict[str, set[str]] = {}
    labels: dict[str, set[tuple[str, str]]] = {}
    for quad in store.quads_for_pattern(None, RDF["type"], KG["Incident"]):
        if isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            counts[iri] = {str(q.object) for q in store.quads_for_pattern(quad.subject, KG["includes"], None)}
            named = (q.object for q in store.quads_for_pattern(quad.subject, RDFS["label"], None))
            labels[iri] = {(o.language or "", o.value) for o in named if isinstance(o, ox.Literal)}
    return [Item(iri, "Incident", tuple(sorted(labels[iri])), (), len(events)) for iri, events in counts.items()]


def _articles(store: ox.Store) -> list[ArticleFact]:
    nodes = sorted({q.subject for q in store.quads_for_pattern(None, KG["sourceName"], None)}, key=str)
    return list(facts(q for node in nodes for q in store.quads_for_pattern(node, None, None)).articles.values())
