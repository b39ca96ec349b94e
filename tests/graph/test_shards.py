"""Shards: whole files named by what they hold, loaded so that a load that is broken off is done again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import GraphAccess
from kg.graph import Graph
from kg.graph.check import check
from kg.graph.export import serialise
from kg.graph.quads import quads
from kg.graph.shards import chained, graph_names, is_whole, write_shard
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


def headless(path: Path) -> Path:
    """That shard as kg wrote it before shards had a head."""
    data = "".join(line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("#")).encode()
    path.unlink()
    path = path.with_name(f"{hashlib.sha256(data).hexdigest()}.nq")
    path.write_bytes(data)
    return path


def test_its_head_tells_its_graphs(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        path = shard(graph, dutch(), german())
        told = set(graph_names(path))
        assert told == {quad.graph_name for quad in ox.parse(path=str(path))}
        more = path.read_text(encoding="utf-8") + "<a:s> <a:p> <a:o> <a:later> .\n"
        path.write_text(more, encoding="utf-8")
        assert set(graph_names(path)) == told  # no line after the head is looked at
        assert set(graph_names(headless(path))) == told | {ox.NamedNode("a:later")}


def test_a_shard_without_head_replaces_all_the_same(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph, Graph.create(tmp_path / "one") as one:
        graph.add(dutch(text=DUTCH + "\nOud."), BUILD)
        assert is_whole(headless(shard(graph, dutch())))
        graph.load_shards()
        graph.finish(BUILD)
        assert serialise(graph, "nquads") == serialise(fill(one, dutch()), "nquads")


def test_shards_are_read_as_one_file(tmp_path: Path) -> None:
    paths = []
    for i, text in enumerate((b"a" * 70_000, b"", b"b\n", b"c" * 3)):
        paths.append(tmp_path / str(i))
        paths[-1].write_bytes(text)
    with chained(paths) as file:
        assert file.read() == b"a" * 70_000 + b"b\n" + b"ccc"
    with chained(paths) as file:
        assert file.read(70_001)[-2:] == b"ab"
    with chained([]) as file:
        assert file.read() == b""


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
