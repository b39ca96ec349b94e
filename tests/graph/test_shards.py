"""Shards: whole files named by what they hold, loaded so that a load that is broken off is done again."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import GraphAccess
from kg.graph import Graph
from kg.graph.check import check
from kg.graph.export import serialise
from kg.graph.quads import quads
from kg.graph.shards import graph_names, is_whole, write_shard
from kg.records import Linked
from tests.graph.sample import BUILD, DUTCH, dutch, fill, german


def shard(graph: Graph, *told: Linked) -> Path:
    folder = graph.shards()
    assert folder is not None
    for linked in told:
        graph.keep_text(linked.report.article)
    return write_shard(folder, [quad for linked in told for quad in quads(linked, graph.minter, BUILD.fingerprint)])


def test_a_shard_is_named_by_what_it_holds(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        path = shard(graph, dutch(), german())
        assert path == shard(graph, german(), dutch())
        assert is_whole(path)
        assert set(graph_names(path)) == {graph.minter.article("nl/iran.txt"), graph.minter.article("de/iran.txt")}
        path.write_bytes(path.read_bytes()[:-100])
        assert not is_whole(path)


def test_loading_gives_what_adding_gives(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph, Graph.create(tmp_path / "one") as one:
        graph.add(dutch(text=DUTCH + "\nOud."), BUILD)  # to be replaced
        cut = shard(graph, german())
        cut.write_bytes(b"cut short")
        shard(graph, dutch())
        graph.load_shards()
        assert not (tmp_path / "g" / "shards").exists()
        graph.finish(BUILD)
        assert serialise(graph, "nquads") == serialise(fill(one, dutch()), "nquads")
        assert check(graph, deep=True) == ()


def test_a_load_that_was_broken_off_is_done_again(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        path = shard(graph, dutch(), german())
        half = path.read_text(encoding="utf-8").splitlines(keepends=True)[::2]
        graph.store.load("".join(half).encode(), format=ox.RdfFormat.N_QUADS)  # what a load had done when it was killed
        (tmp_path / "g" / "shards" / "loading").touch()
    with pytest.raises(GraphAccess, match="run the same kg build again"):
        Graph.open(tmp_path / "g")
    with Graph.create(tmp_path / "g") as graph, Graph.create(tmp_path / "one") as one:
        graph.finish(BUILD)
        assert serialise(graph, "nquads") == serialise(fill(one, dutch(), german()), "nquads")
