"""What an article tells: the same from the quads as they are made and from the store, kept for the next build, and read anew where it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import Graph
from kg.graph.export import serialise
from kg.graph.quads import quads
from kg.graph.tellings import account
from kg.records import Linked
from kg.resolve.shelf import Shelf
from tests.graph.sample import BUILD, dutch, fill, german


@pytest.mark.parametrize("linked", [dutch(), german()], ids=["nl", "de"])
def test_an_account_is_the_same_read_back_from_the_store(linked: Linked) -> None:
    graph = fill(Graph.memory(), linked)
    (stored,) = graph.articles().values()
    told = account(list(quads(linked, graph.minter, BUILD.fingerprint)), graph.minter)
    assert told == account(list(graph.quads(stored.node)), graph.minter)
    assert told.reading == stored.reading
    assert told.points_at()


def test_what_was_told_stands_beside_the_store_and_is_read_anew_where_it_is_gone(tmp_path: Path) -> None:
    path, reports = tmp_path / "g", (dutch(), german())
    with Graph.create(path) as graph:
        fill(graph, *reports)
    wanted = exported(path)
    with Shelf(path / "tellings.db") as shelf:
        assert len(shelf.readings()) == 2
        assert len(list(shelf)) == sum(len(linked.report.events) for linked in reports)
    (path / "tellings.db").unlink()
    with Graph.open(path, write=True) as graph:
        graph.finish(BUILD)
    assert exported(path) == wanted
    with Shelf(path / "tellings.db") as shelf:
        assert len(shelf.readings()) == 2
    with Graph.open(path, write=True) as graph:
        assert graph.remove(reports[0].report.article.name)
        graph.finish(BUILD)
    with Shelf(path / "tellings.db") as shelf:
        assert len(shelf.readings()) == 1
        assert {telling.source.name for telling in shelf} == {reports[1].report.article.name}


def exported(path: Path) -> bytes:
    with Graph.open(path) as graph:
        return serialise(graph, "nquads")
