"""The graph folder: replacing, withdrawing, locking, and errors that say what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import GraphAccess, GraphError, GraphFormat, GraphLocked, NotAGraph
from kg.graph import Build, Graph
from kg.graph.export import serialise
from tests.graph.sample import BUILD, DUTCH, dutch, fill, german


def test_reading_an_article_again_replaces_its_graph(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch(), german())
        once = serialise(graph, "nquads")
        fill(graph, german(), dutch())
        assert serialise(graph, "nquads") == once
        fill(graph, dutch(text=DUTCH.replace("Pyongyang", "Noord-Korea").replace("Noord-Korea zou", "Pyongyang zou")))
        assert len(graph.articles()) == 2


def test_an_edited_article_leaves_nothing_of_the_old_text(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch())
        old = graph.articles()["nl/iran.txt"].digest
        fill(graph, dutch(text=DUTCH + "\nSlot."))
        new = graph.articles()["nl/iran.txt"].digest
        assert new != old
        assert old.encode() not in serialise(graph, "nquads")
        with pytest.raises(GraphAccess):
            graph.text(old)
        assert graph.text(new).endswith("Slot.")


def test_withdrawing_removes_all_but_what_others_use(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, german())
        alone = serialise(graph, "turtle")
        fill(graph, dutch())
        assert graph.remove("nl/iran.txt")
        assert not graph.remove("nl/iran.txt")
        graph.finish(BUILD)
        assert serialise(graph, "turtle") == alone
        assert len(list((tmp_path / "g" / "texts").iterdir())) == 1


def test_is_current_asks_for_text_and_build(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch())
    with Graph.open(tmp_path / "g") as graph:
        article = dutch().report.article
        assert graph.is_current(article, BUILD)
        assert not graph.is_current(article, Build("0.1.0", ("sample",), "another lexicon"))
        assert not graph.is_current(dutch(text=DUTCH + " ").report.article, BUILD)
        assert not graph.is_current(german().report.article, BUILD)


def test_folder_and_memory_hold_the_same(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        kept = serialise(fill(graph, dutch(), german()), "trig")
    with Graph.open(tmp_path / "g") as again:
        assert serialise(again, "trig") == kept
        assert again.text(again.articles()["nl/iran.txt"].digest) == DUTCH
    assert serialise(fill(Graph.memory(), german(), dutch()), "trig") == kept


def test_rdflib_sees_the_union(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch(), german())
        rows = list(graph.dataset().query("SELECT ?e WHERE { ?e a kg:Shipment ; kg:supplier country:IR }"))
        assert len(rows) == 3


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch())
    with Graph.open(tmp_path / "g") as reader, pytest.raises(GraphAccess, match="reading only"):
        reader.add(german(), BUILD)


def test_many_read_but_one_writes(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch())
    with Graph.open(tmp_path / "g"), Graph.open(tmp_path / "g"), pytest.raises(GraphLocked, match="in use"):
        Graph.create(tmp_path / "g")
    code = "import sys; from kg.graph import Graph; g = Graph.create(sys.argv[1]); print('ready', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "g")], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        with pytest.raises(GraphLocked, match=str(other.pid)):
            Graph.open(tmp_path / "g")
        other.communicate("\n", timeout=30)
    Graph.open(tmp_path / "g").close()


def test_what_is_no_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAGraph, match="does not exist"):
        Graph.open(tmp_path / "none")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "diary.txt").write_text("mine")
    with pytest.raises(NotAGraph, match="not a graph folder"):
        Graph.open(tmp_path / "notes")
    with pytest.raises(NotAGraph, match=r"diary\.txt"):
        Graph.create(tmp_path / "notes")
    with pytest.raises(NotAGraph, match="file"):
        Graph.create(tmp_path / "notes" / "diary.txt")
    with pytest.raises(NotAGraph):
        Graph.load(tmp_path / "notes" / "diary.txt")


def test_another_format_or_base_is_refused(tmp_path: Path) -> None:
    Graph.create(tmp_path / "g").close()
    with pytest.raises(GraphFormat, match="base IRI"):
        Graph.create(tmp_path / "g", "https://example.org/")
    (tmp_path / "g" / "manifest.json").write_text('{"format": 99, "base": "x/"}')
    with pytest.raises(GraphFormat, match="99"):
        Graph.open(tmp_path / "g")
    (tmp_path / "g" / "manifest.json").write_text("half")
    with pytest.raises(NotAGraph, match="manifest"):
        Graph.open(tmp_path / "g")


def test_a_closed_graph_says_so(tmp_path: Path) -> None:
    graph = Graph.create(tmp_path / "g")
    graph.close()
    graph.close()
    with pytest.raises(GraphError, match="closed"):
        graph.articles()


def test_backup_can_be_read_while_the_graph_is_written(tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch())
        graph.backup(tmp_path / "copy")
        assert (tmp_path / "copy").is_dir()
        graph.add(german(), BUILD)


def test_errors_are_one_line() -> None:
    with pytest.raises(NotAGraph) as caught:
        Graph.open("/no/such/graph")
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2
