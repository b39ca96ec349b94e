"""What the graph holds, for lists and search: every actor, country and article with its names; made once a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from kg.graph.facts import ArticleFact, Entity, facts
from kg.graph.names import KG, RDF, RDFS, SKOS, general_role
from kg.graph.store import Graph
from kg.records import ROLES

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
    """A thing in a list: ``names`` are casefolded for search, ``count`` says in how many events it has a part."""

    iri: str
    kind: str
    name: str
    names: tuple[str, ...]
    count: int


class Index:
    """Read once from a graph; every list is sorted, the most told first."""

    def __init__(self, graph: Graph) -> None:
        store = graph.store
        counts = _counts(store)
        kinds = {kind: section for section, kinds in SECTIONS.items() for kind in kinds}
        entities = _entities(store, kinds)
        lists: dict[str, list[Item]] = {section: [] for section in SECTIONS}
        for entity in entities:
            names = tuple(dict.fromkeys(t.casefold() for t in (*(t for _, t in entity.labels), *entity.others)))
            lists[kinds[entity.kind]].append(Item(entity.iri, entity.kind, entity.label(), names, counts.get(entity.iri, 0)))
        self.lists = {section: sorted(items, key=_rank) for section, items in lists.items()}
        found = _articles(store)
        self.articles = sorted(found, key=lambda a: (a.published or "", a.title, a.iri), reverse=True)
        self.events = len({q.subject for q in store.quads_for_pattern(None, KG["modality"], None)})
        self.incidents = sorted(_incidents(store), key=_rank)

    def search(self, words: str, most: int) -> tuple[list[Item], list[ArticleFact]]:
        """Entities and articles whose name holds the words, whole names first; at most so many of each."""
        wanted = " ".join(words.casefold().split())
        if not wanted:
            return [], []
        items = [i for section in self.lists.values() for i in section if any(wanted in name for name in i.names)]
        items.sort(key=lambda i: (wanted not in i.names, *_rank(i)))
        articles = [a for a in self.articles if wanted in a.title.casefold() or wanted in a.name.casefold()]
        return items[:most], articles[:most]


def _rank(item: Item) -> tuple[int, str, str]:
    return -item.count, item.name.casefold(), item.iri


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
    found = store.query(
        f"SELECT ?i (MIN(?label) AS ?name) (COUNT(DISTINCT ?e) AS ?n) {{ ?i a {KG['Incident']} ; {KG['includes']} ?e . "
        f"OPTIONAL {{ ?i {RDFS['label']} ?label . FILTER (LANG(?label) = 'en') }} }} GROUP BY ?i",
        use_default_graph_as_union=True,
    )
    assert isinstance(found, ox.QuerySolutions)
    return [Item(row["i"].value, "Incident", row["name"].value if row["name"] else row["i"].value, (), int(row["n"].value)) for row in found]


def _articles(store: ox.Store) -> list[ArticleFact]:
    nodes = sorted({q.subject for q in store.quads_for_pattern(None, KG["sourceName"], None)}, key=str)
    return list(facts(q for node in nodes for q in store.quads_for_pattern(node, None, None)).articles.values())
