"""What the program reads from ``ontology/``: labels, the cargo tree, units, shapes and named queries.

The folder ships inside the package (``kg/ontology``); in a checkout it stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.data.cargo import ontology_dir
from kg.errors import OntologyError
from kg.graph.names import CARGO, KG, RDFS, SKOS, UNIT

__all__ = ["Concepts", "cargo", "hierarchy", "labels", "ontology_dir", "units"]


@dataclass(frozen=True, slots=True)
class Concepts:
    """A SKOS scheme: what each concept says of itself, and the concepts above it."""

    triples: Mapping[ox.NamedNode, tuple[ox.Triple, ...]]
    broader: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]

    def with_ancestors(self, concepts: set[ox.NamedNode]) -> list[ox.NamedNode]:
        """The known ones of ``concepts`` and all above them, sorted."""
        seen: set[ox.NamedNode] = set()
        todo = [c for c in concepts if c in self.triples]
        while todo:
            concept = todo.pop()
            if concept not in seen:
                seen.add(concept)
                todo += [b for b in self.broader.get(concept, ()) if b in self.triples]
        return sorted(seen, key=lambda n: n.value)


_LEXICAL = frozenset({SKOS["altLabel"], SKOS["hiddenLabel"]})
"""The words by which the extractor finds a concept; in a graph an alternative label is a form that was met."""


def _parse(path: Path) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    except (OSError, SyntaxError, ValueError) as error:
        raise OntologyError(f"{path}: {error}") from error


def _concepts(path: Path, namespace: str) -> Concepts:
    triples: dict[ox.NamedNode, list[ox.Triple]] = defaultdict(list)
    broader: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    for quad in _parse(path) if path.exists() else ():
        s, p, o = quad.subject, quad.predicate, quad.object
        if not isinstance(s, ox.NamedNode) or not s.value.startswith(namespace) or s.value == namespace:
            continue
        if isinstance(o, ox.BlankNode):  # data in the graph have no blank nodes
            continue
        if p not in _LEXICAL:
            triples[s].append(quad.triple)
        if p == SKOS["broader"] and isinstance(o, ox.NamedNode):
            broader[s].append(o)
    freeze = {k: tuple(sorted(v, key=str)) for k, v in triples.items()}
    return Concepts(MappingProxyType(freeze), MappingProxyType({k: tuple(v) for k, v in broader.items()}))


@cache
def cargo() -> Concepts:
    """The cargo concepts of ``cargo.ttl``."""
    return _concepts(ontology_dir() / "cargo.ttl", CARGO.iri)


@cache
def units() -> Concepts:
    """The unit concepts of ``units.ttl``."""
    return _concepts(ontology_dir() / "units.ttl", UNIT.iri)


@cache
def cargo_slugs() -> frozenset[str]:
    """The slug of every cargo concept."""
    return frozenset(c.value[len(CARGO.iri) :] for c in cargo().triples)


@cache
def labels() -> Mapping[tuple[str, str], str]:
    """(local name, language) → the ``rdfs:label`` of a class or property of ``kg.ttl``."""
    found: dict[tuple[str, str], str] = {}
    path = ontology_dir() / "kg.ttl"
    for quad in _parse(path) if path.exists() else ():
        name = KG.local(quad.subject)
        if name and quad.predicate == RDFS["label"] and isinstance(quad.object, ox.Literal) and quad.object.language:
            found[name, quad.object.language] = quad.object.value
    return MappingProxyType(found)


@cache
def hierarchy() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """(class → classes directly above it, property → properties directly above it), by local name."""
    above: dict[str, dict[str, set[str]]] = {"subClassOf": defaultdict(set), "subPropertyOf": defaultdict(set)}
    path = ontology_dir() / "kg.ttl"
    for quad in _parse(path) if path.exists() else ():
        relation, low, high = RDFS.local(quad.predicate), KG.local(quad.subject), KG.local(quad.object)
        if relation in above and low and high:
            above[relation][low].add(high)
    classes, properties = ({k: frozenset(v) for k, v in table.items()} for table in above.values())
    return MappingProxyType(classes), MappingProxyType(properties)
