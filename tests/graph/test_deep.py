"""Reading everything back finds what the rules and the offsets do not."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import GraphAccess
from kg.graph import Graph
from kg.graph.check import check
from kg.graph.deep import read_back
from tests.graph.sample import BUILD, dutch, fill, german

STRAY = "a stored text of no article; kg build removes it"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch(), german())
        assert check(graph, deep=True) == ()
    return tmp_path / "g"


def messages(folder: Path) -> list[str]:
    with Graph.open(folder) as graph:
        return [message for *_, message in read_back(graph)]


def test_a_text_that_changed_on_disk(folder: Path) -> None:
    first, *_ = sorted((folder / "texts").iterdir())
    first.write_text("something else", encoding="utf-8")
    (folder / "texts" / f"{'0' * 64}.txt").write_text("stray", encoding="utf-8")
    assert [m.partition(":")[0] for m in messages(folder)] == ["the stored text is not the one that was read", STRAY]


def test_numbers_that_end_in_a_full_byte_are_not_taken_for_a_fault(folder: Path) -> None:
    with Graph.open(folder, write=True) as graph:
        node = graph.articles()["nl/iran.txt"].node
        numbers = (ox.Literal(str(number), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")) for number in range(200, 300))
        graph.store.extend([ox.Quad(node, ox.NamedNode("http://example.org/n"), number, node) for number in numbers])
    assert messages(folder) == []


def test_a_statement_in_a_graph_of_nobody(folder: Path) -> None:
    node = ox.NamedNode("http://example.org/x")
    with Graph.open(folder, write=True) as graph:
        graph.store.add(ox.Quad(node, node, node, node))
    assert messages(folder) == ["1 statements in a graph of no article"]


def test_layers_that_are_behind_the_articles(folder: Path) -> None:
    with Graph.open(folder, write=True) as graph:
        graph.remove("nl/iran.txt")
    assert [m.partition(" is not")[0] for m in messages(folder)] == ["the reference graph", "the resolution", STRAY]
    with Graph.open(folder, write=True) as graph:
        graph.finish(BUILD)
    assert messages(folder) == []


@pytest.mark.parametrize(("start", "end"), [(0, 40), (-2000, -40)])
def test_a_file_of_the_store_that_was_damaged(folder: Path, start: int, end: int) -> None:
    for table in (folder / "store").glob("*.sst"):
        data = bytearray(table.read_bytes())
        data[start:end] = bytes(len(data[start:end]))
        table.write_bytes(data)
    said = ""
    try:
        said = messages(folder)[0]
    except GraphAccess as error:  # it may show on opening
        said = str(error)
    assert "the store cannot be read in full" in said or "the store is damaged; build it anew" in said
