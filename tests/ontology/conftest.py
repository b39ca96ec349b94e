"""The ontology's files, read once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

HERE = Path(__file__).parent
ONTOLOGY = HERE.parent.parent / "ontology"


def turtle(path: Path) -> Graph:
    """A Turtle file as a graph of its own."""
    return Graph().parse(path, format="turtle")


@pytest.fixture(scope="session")
def vocabulary() -> Graph:
    return turtle(ONTOLOGY / "kg.ttl")


@pytest.fixture(scope="session")
def shapes() -> Graph:
    return turtle(ONTOLOGY / "shapes.ttl")


@pytest.fixture(scope="session")
def conforming() -> Graph:
    """A hand-written graph that keeps every rule."""
    return turtle(HERE / "conforming.ttl")
