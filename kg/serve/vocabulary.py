"""The terms that the data use: classes, properties, goods and units, as ``ontology/`` declares them."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.graph.names import CARGO, KG, UNIT
from kg.graph.ontology import ontology_dir

__all__ = ["TERMS", "is_term", "vocabulary"]

TERMS: tuple[str, ...] = (KG.iri, CARGO.iri, UNIT.iri)
"""The namespaces of the vocabulary."""

_FILES = ("kg.ttl", "cargo.ttl", "units.ttl")


def is_term(iri: str) -> bool:
    """Whether an IRI lies in a namespace of the vocabulary."""
    return iri.startswith(TERMS)


@cache
def vocabulary() -> ox.Store:
    """The declarations, in memory. Raises ``OntologyError``."""
    store = ox.Store()
    for name in _FILES:
        path = ontology_dir() / name
        try:
            store.load(path=str(path), format=ox.RdfFormat.TURTLE)
        except (OSError, SyntaxError, ValueError) as error:
            raise OntologyError(f"{path}: {error}") from error
    return store
