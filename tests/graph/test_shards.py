"""Shards: whole files named by what they hold, loaded so that a load that is broken off is done again."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import GraphAccess
from kg.graph import Graph, store
from kg.graph.check import check
from kg.graph.export import serialise
from kg.graph.quads import quads
from kg.graph.shards import chained, graph_names, is_whole, replaced_by, shard, write_shard
from kg.records import Linked
from tests.graph.sample import BUILD, DUTCH, dutch, fill, german


def written(graph: Graph, *told: Linked) -> Path:
    folder = graph.shards()
    assert folder is not None
    for linked in told:
        graph.keep_text(linked.report.article)
    return write_shard(folder, shard(quad for linked in told for quad in quads(linked, graph.minter, BUILD.fingerprint)))


def test_a_shard_is_named_by_what_it_holds(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        path = written(graph, dutch(), german())
        assert path == written(graph, german(), dutch())
        assert is_whole(path)
        assert replaced_by(path) == {graph.minter.article("nl/iran.txt"), graph.minter.article("de/iran.txt")}
        path.write_bytes(path.read_bytes()[:-100])
        assert not is_whole(path)


def test_loading_gives_what_adding_gives(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph, Graph.create(tmp_path / "one") as one:
        graph.add(dutch(text=DUTCH + "\nOud."), BUILD)  # to be replaced
        cut = written(graph, german())
        cut.write_bytes(b"cut short")
        written(graph, dutch())
        graph.load_shards()
        assert not (tmp_path / "g" / "shards").exists()
        graph.finish(BUILD)
        assert serialise(graph, "nquads") == serialise(fill(one, dutch()), "nquads")
        assert check(graph, deep=True) == ()


def test_a_load_that_was_broken_off_is_done_again(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        path = written(graph, dutch(), german())
        half = path.read_text(encoding="utf-8").splitlines(keepends=True)[::2]
        graph.store.load("".join(half).encode(), format=ox.RdfFormat.N_QUADS)  # what a load had done when it was killed
        (tmp_path / "g" / "shards" / "loading").touch()
    with pytest.raises(GraphAccess, match="run the same kg build again"):
        Graph.open(tmp_path / "g")
    with Graph.create(tmp_path / "g") as graph, Graph.create(tmp_path / "one") as one:
        graph.finish(BUILD)
        assert serialise(graph, "nquads") == serialise(fill(one, dutch(), german()), "nquads")


def test_what_stands_beside_is_added_and_replaces_nothing(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        property_ = ox.NamedNode("urn:p")
        first, second, told = (ox.Quad(property_, property_, ox.Literal(name), ox.NamedNode(f"urn:{name[:1]}")) for name in ("r1", "r2", "a"))
        for quad in (first, second):
            folder = graph.shards()
            assert folder is not None
            path = write_shard(folder, shard([told], [quad]))
            assert replaced_by(path) == {told.graph_name}
            graph.load_shards()
        assert set(graph.quads()) == {first, second, told}


def test_a_shard_of_an_earlier_kg_has_no_head_and_tells_its_graphs_all_the_same() -> None:
    lines = b"<urn:s> <urn:p> <urn:o> <urn:g> .\n<urn:s> <urn:p> <urn:o> <urn:h> .\n"
    assert set(graph_names(io.BytesIO(lines))) == {ox.NamedNode("urn:g"), ox.NamedNode("urn:h")}


def test_shards_are_read_as_one_file(tmp_path: Path) -> None:
    parts = [b"one\n", b"", b"two\n" * 500_000, b"three"]
    for number, part in enumerate(parts):
        (tmp_path / str(number)).write_bytes(part)
    with chained([tmp_path / str(number) for number in range(len(parts))]) as lines:
        assert lines.read() == b"".join(parts)


def test_a_graph_too_large_for_one_transaction_is_replaced_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Graph.create(tmp_path / "one") as one:
        wanted = serialise(fill(one, dutch(), german()), "nquads")
    monkeypatch.setattr(store, "_AT_ONCE", 10)
    monkeypatch.setattr(store, "_BY_SHARD", 10)
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch())
        assert serialise(fill(graph, german()), "nquads") == wanted
        assert not (tmp_path / "g" / "shards").exists()
