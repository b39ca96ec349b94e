"""Each shape lets the conforming example pass and rejects the same example with its one rule broken (breaks.yaml)."""

from __future__ import annotations

from functools import cache

import pytest
import yaml
from pyshacl import validate
from rdflib import RDF, SH, Graph, Namespace, URIRef

from .conftest import HERE, ONTOLOGY, turtle

SHAPES = Namespace("https://w3id.org/kg-news/shapes#")
SCHEME = URIRef("https://w3id.org/kg-news/shapes")
ALLOWED = {
    SH[name]
    for name in (
        "path", "message", "minCount", "maxCount", "datatype", "class", "nodeKind", "in", "pattern", "minInclusive",
        "maxInclusive", "lessThan", "lessThanOrEquals", "prefixes", "select", "targetClass", "property", "sparql",
        "declare", "prefix", "namespace",
    )
}
PREFIXES = """
PREFIX : <https://w3id.org/kg-news/id/>
PREFIX cargo: <https://w3id.org/kg-news/cargo/>
PREFIX kg: <https://w3id.org/kg-news/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
BREAKS: dict[str, str] = yaml.safe_load((HERE / "breaks.yaml").read_text(encoding="utf-8"))


@cache
def all_shapes() -> Graph:
    return turtle(ONTOLOGY / "shapes.ttl")


def names() -> list[str]:
    return sorted(str(s).removeprefix(str(SHAPES)) for s in all_shapes().subjects(RDF.type, SH.NodeShape))


def alone(name: str) -> Graph:
    """One shape with the prefixes that its query needs."""
    return all_shapes().cbd(SHAPES[name]) + all_shapes().cbd(SCHEME)


def violations(data: Graph, shapes: Graph) -> list[str]:
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=True)
    assert isinstance(report, Graph)
    return sorted(str(m) for m in report.objects(None, SH.resultMessage))


def test_every_shape_has_a_break() -> None:
    assert sorted(BREAKS) == names()


@pytest.mark.parametrize("name", names())
def test_shape_is_well_made(shapes: Graph, name: str) -> None:
    """One target class, one property shape or one query, one message that ends as a sentence; no other constraint."""
    node = SHAPES[name]
    assert len(list(shapes.objects(node, SH.targetClass))) == 1
    bodies = [*shapes.objects(node, SH.property), *shapes.objects(node, SH.sparql)]
    assert len(bodies) == 1
    message = str(shapes.value(bodies[0], SH.message))
    assert message.endswith(".")
    assert len(message) > 20
    used = {p for p in alone(name).predicates() if str(p).startswith(str(SH))}
    assert not used - ALLOWED


@pytest.mark.parametrize("name", names())
def test_rule_stands_above_shape(name: str) -> None:
    lines = (ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8").splitlines()
    above = lines[lines.index(f":{name} a sh:NodeShape ;") - 1]
    assert above.startswith("# ")
    assert above.endswith(".")


@pytest.mark.parametrize("name", names())
def test_conforming_example_passes(conforming: Graph, name: str) -> None:
    """And not for want of anything to look at."""
    target = all_shapes().value(SHAPES[name], SH.targetClass)
    assert (None, RDF.type, target) in conforming
    assert violations(conforming, alone(name)) == []


@pytest.mark.parametrize("name", names())
def test_broken_example_is_rejected(conforming: Graph, name: str) -> None:
    broken = Graph() + conforming
    broken.update(PREFIXES + BREAKS[name])
    found = violations(broken, alone(name))
    body = all_shapes().value(SHAPES[name], SH.property) or all_shapes().value(SHAPES[name], SH.sparql)
    assert set(found) == {str(all_shapes().value(body, SH.message))}
