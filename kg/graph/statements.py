"""The statements of a graph by subject and property: the union of all its named graphs, each statement once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph.names import KG, RDFS, SKOS

__all__ = ["Statement", "Statements", "several", "stored", "value_of"]

_OF_ARTICLES = ("mentionOf", "linkScore", "linkReason", "antecedent", "sourceMention", "textSignature", "rawDigest", "metadataDigest")
_OF_GROUPINGS = ("includes", "articleCount", "independentOrigin", "corroboratedBy", "support", "supportArithmetic", "toldFrom", "toldUntil", "into")
_UNREAD = frozenset(KG[name].value for name in (*_OF_ARTICLES, *_OF_GROUPINGS))
"""What facts are not made of, and every second statement of a large graph."""
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Statement = tuple[str, str, _Term]
"""The IRI of the subject, that of the property, and the value."""


class Statements:
    """Subject → property → the value, or the values where there are several, of the union of all graphs."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        found: dict[str, dict[str, _Term | dict[_Term, None]]] = {}
        names: dict[str, str] = {}  # each property's name once, however often it is met
        for subject, name, value in statements:
            if name in _UNREAD:
                continue
            row, predicate = found.setdefault(subject, {}), names.setdefault(name, name)
            old = row.setdefault(predicate, value)
            if isinstance(old, dict):
                old[value] = None
            elif old is not value and old != value:
                row[predicate] = {old: None, value: None}
        self.rows = found

    def values(self, subject: str, predicate: ox.NamedNode) -> Iterable[_Term]:
        """In no order."""
        return several(self.rows.get(subject, {}).get(predicate.value, {}))

    def resolve_actors(self) -> None:
        """Put the actor in the place of each name that was resolved to it, and its names beside the actor's own."""
        same = {name: ox.NamedNode(iri) for name in self.having(KG["sameActorAs"]) for iri in self.all(name, KG["sameActorAs"])[:1]}
        if not same:
            return
        for row in self.rows.values():
            for predicate, values in row.items():
                if predicate != KG["links"].value and any(value_of(v) in same for v in several(values)):
                    row[predicate] = dict.fromkeys(same.get(value_of(v), v) for v in several(values))
        for called, actor in same.items():
            for naming in (RDFS["label"], SKOS["altLabel"]):
                also = self.rows.setdefault(actor.value, {})
                also[SKOS["altLabel"].value] = dict.fromkeys((*self.values(actor.value, SKOS["altLabel"]), *self.values(called, naming)))

    def all(self, subject: str, predicate: ox.NamedNode) -> list[str]:
        """The values, sorted, each once."""
        values = self.rows.get(subject, {}).get(predicate.value)
        if values is None:
            return []
        return sorted({value_of(o) for o in values}) if isinstance(values, dict) else [value_of(values)]

    def one(self, subject: str, predicate: ox.NamedNode) -> str | None:
        """The first of the values, sorted; None where there is none."""
        values = self.rows.get(subject, {}).get(predicate.value)
        if not values:
            return None
        return min(value_of(o) for o in values) if isinstance(values, dict) else value_of(values)

    def tagged(self, subject: str, *predicates: ox.NamedNode) -> tuple[tuple[str, str], ...]:
        terms = {o for p in predicates for o in self.values(subject, p) if isinstance(o, ox.Literal)}
        return tuple(sorted((t.language or "", t.value) for t in terms))

    def having(self, predicate: ox.NamedNode) -> list[str]:
        name = predicate.value
        return sorted(s for s, row in self.rows.items() if name in row)


def several(values: _Term | dict[_Term, None]) -> Iterable[_Term]:
    """The values of a property, of which there may be one."""
    return values if isinstance(values, dict) else (values,)


def value_of(term: object) -> str:
    """The IRI, or the text, of a term."""
    return str(getattr(term, "value", term))


def stored(store: ox.Store) -> Iterator[Statement]:
    """Subject, property and value of all that facts are made of in a store, property by property: the engine looks up no names of graphs and
    properties, and nothing of what is not read.
    """
    for (predicate,) in _rows(store, "SELECT DISTINCT ?p { GRAPH ?g { ?s ?p ?o } }"):
        name = value_of(predicate)
        if name not in _UNREAD:
            for subject, value in _rows(store, f"SELECT ?s ?o {{ GRAPH ?g {{ ?s {predicate} ?o }} }}"):
                yield value_of(subject), name, value


def _rows(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    yield from found
