"""Every offset reads back, the shapes hold, and the compiled shapes say what pySHACL says."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from kg.graph import Graph
from kg.graph.check import check, check_offsets, check_shacl, check_shapes
from kg.graph.names import KG
from kg.graph.shapes import compile_shapes
from tests.graph.sample import dutch, fill, sample


def test_a_sound_graph_has_no_findings() -> None:
    assert check(sample()) == ()


def test_the_reference_implementation_agrees_that_it_is_sound() -> None:
    assert check(fill(Graph.memory(), dutch()), reference=True) == ()


def test_a_shifted_offset_is_found() -> None:
    graph = sample()
    quad = next(iter(graph.store.quads_for_pattern(None, KG["start"], None)))
    graph.store.remove(quad)
    moved = ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    graph.store.add(ox.Quad(quad.subject, quad.predicate, moved, quad.graph_name))
    found = list(check_offsets(graph))
    assert [f.node for f in found] == [getattr(quad.subject, "value", "")]
    assert "read" in found[0].message


def test_every_shape_is_compiled() -> None:
    rules = compile_shapes()
    assert len({r.shape for r in rules}) >= 30
    assert all(r.message for r in rules)


@pytest.mark.parametrize("seed", [2, 3])
def test_compiled_shapes_find_what_pyshacl_finds(seed: int) -> None:
    graph = fill(Graph.memory(), dutch())
    chance = random.Random(seed)
    every = sorted(graph.quads(), key=str)
    for quad in chance.sample(every, 20):
        graph.store.remove(quad)
    for quad in chance.sample(every, 15):
        graph.store.add(ox.Quad(quad.subject, quad.predicate, chance.choice(every).object, quad.graph_name))
    ours = {(f.node, f.message, f.severity) for f in check_shapes(graph)}
    theirs = {(f.node, f.message, f.severity) for f in check_shacl(graph)}
    assert ours == theirs
    assert ours
