"""Statements by subject and property: whether read quad by quad or out of a store, they are the same."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.graph import Graph
from kg.graph.facts import facts, facts_in
from kg.graph.names import KG
from kg.graph.statements import Statements, stored
from tests.graph.sample import sample


def test_a_store_tells_what_its_quads_tell(small_graph: Path) -> None:
    with Graph.open(small_graph) as graph:
        told = facts_in(graph.store)
        assert told == facts(graph.quads())
        assert len(told.articles) == 4
        assert all(event.evidence for event in told.events.values())


def test_what_two_articles_say_alike_is_said_once() -> None:
    graph = sample()
    there = Statements(stored(graph.store))
    country = "https://w3id.org/kg-news/id/country/IR"
    assert there.all(country, KG["isoCode"]) == ["IR"]
    assert there.all(country, KG["linkScore"]) == []
    assert KG["linkScore"].value in {q.predicate.value for q in graph.quads()}  # it is there, and is not read


def test_several_values_stay_apart() -> None:
    one, two = (ox.Literal(text) for text in ("a", "b"))
    there = Statements([("x", "p", one), ("x", "p", two), ("x", "p", one), ("y", "p", two)])
    assert sorted(str(v) for v in there.rows["x"]["p"]) == ['"a"', '"b"']
    assert there.rows["y"]["p"] == two
