"""Many statements made of few, and the table of what they cost."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.bench.store import bench_store, synthetic, table
from kg.graph import Graph
from tests.graph.sample import sample


def test_copies_have_keys_of_their_own_and_share_countries(tmp_path: Path) -> None:
    with sample() as graph:
        total = synthetic(graph, 3 * len(graph), tmp_path / "all.nq")
        again = Graph.memory()
        again.store.load(path=str(tmp_path / "all.nq"), format=ox.RdfFormat.N_QUADS)
        assert len(again) == total >= 3 * len(graph)
        copies = len(again.articles()) / len(graph.articles())
        assert copies == int(copies) >= 3
        russia = graph.minter.country("RU")
        wanted = copies * sum(1 for _ in graph.store.quads_for_pattern(None, None, russia))
        assert sum(1 for _ in again.store.quads_for_pattern(None, None, russia)) == wanted


def test_every_store_is_measured_on_the_same(tmp_path: Path) -> None:
    with sample() as graph:
        rows = list(bench_store(graph, 2000, ["shipments", "denials"], rdflib=True))
    assert [row.task.split()[0] for row in rows] == ["load", "shipments", "denials", "export"]
    assert all(row.kg > 0 and row.raw and row.raw > 0 for row in rows)
    assert len(table(rows).splitlines()) == 6
