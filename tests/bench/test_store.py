"""Many statements made of few, what they cost in three stores, and how that grows."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.bench.contenders import Cost
from kg.bench.store import Row, bench_store, growth, plot_growth, synthetic, table
from kg.graph import Graph
from kg.graph.shards import is_whole, replaced_by
from tests.graph.sample import BUILD, sample


def test_copies_have_keys_of_their_own_and_share_countries(tmp_path: Path) -> None:
    with sample() as graph:
        graph.finish(BUILD)
        path, total = synthetic(graph, 3 * len(graph), tmp_path)
        again = Graph.memory()
        again.store.load(path=str(path), format=ox.RdfFormat.N_QUADS)
        assert len(again) == total >= 3 * len(graph)
        copies = len(again.articles()) / len(graph.articles())
        assert copies == int(copies) >= 3
        for node in (graph.minter.country("RU"), ox.NamedNode("https://w3id.org/kg-news/ontology#Incident")):
            told = {q for q in graph.quads() if q.object == node and q.graph_name != graph.minter.graph("reference")}
            assert told
            assert sum(1 for _ in again.store.quads_for_pattern(None, None, node)) >= copies * len(told)


def test_what_is_made_is_a_shard(tmp_path: Path) -> None:
    with sample() as graph:
        path, _ = synthetic(graph, 3 * len(graph), tmp_path)
    assert is_whole(path)
    assert {quad.graph_name for quad in ox.parse(path=str(path))} <= set(replaced_by(path))


def test_every_store_is_measured_on_the_same_and_how_it_grows(tmp_path: Path) -> None:
    with sample() as graph:
        rows = list(bench_store(graph, 2000, ["shipments", "denials"], rdflib=True))
        assert [row.task for row in rows] == ["load", "shipments", "denials", "export to Turtle"]
        assert all(cost.seconds > 0 and cost.cpu > 0 and cost.memory > 1 for row in rows for cost in (row.kg, row.raw))
        assert rows[0].rdflib
        assert len(table(rows).splitlines()) == 6
        grown = list(growth(graph, rows, parts=[0.01, 0.5]))
    assert {row.task for row in grown} == {row.task for row in rows}
    half, whole = sorted({row.statements for row in grown})
    assert 2000 <= whole < 2.2 * half
    assert plot_growth(grown, tmp_path / "growth.png").stat().st_size > 1000


def test_of_the_queries_the_slowest_are_drawn() -> None:
    def row(task: str, seconds: float) -> Row:
        cost = Cost(seconds, seconds, 1.0)
        return Row(task, 100, cost, cost, None)

    rows = [row("load", 9), *(row(f"q{i}", i) for i in range(7)), row("export to Turtle", 9)]
    with sample() as graph:
        assert [r.task for r in growth(graph, rows, parts=())] == ["load", "q3", "q4", "q5", "q6", "export to Turtle"]
