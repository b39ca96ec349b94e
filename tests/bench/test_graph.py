"""A made-up graph: told by the vocabulary's rules, the same each time, and with all that the commands have to cope with."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.analyse import TOPICS
from kg.bench import news
from kg.bench.graph import SEED, events_of, make
from kg.bench.probe import Figure, asked, checked, looked, made, table
from kg.cli import app
from kg.errors import NotAGraph
from kg.graph import Graph
from kg.graph.check import check
from kg.graph.facts import facts
from kg.graph.groupings import groupings
from kg.records import EVENT_TYPES, LANGUAGES

EVENTS = 405


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "graph"
    make(path, EVENTS, workers=1)
    return path


def test_every_rule_holds_and_every_offset_reads_back(folder: Path) -> None:
    with Graph.open(folder) as graph:
        assert check(graph) == ()
    assert events_of(folder) == EVENTS


def test_it_has_what_news_has(folder: Path) -> None:
    with Graph.open(folder) as graph:
        found, groups = facts(graph.quads()), groupings(graph)
    assert {a.language for a in found.articles.values()} == set(LANGUAGES)
    types = {e.type for e in found.events.values()}
    assert types <= set(EVENT_TYPES)
    assert len(types) > 14  # the rare ones are met in larger graphs
    stances = {c.stance for e in found.events.values() for c in e.claims}
    assert stances == {"asserts", "confirms", "suspects", "doubts", "denies"}
    assert {e.modality for e in found.events.values()} == {"actual", "attempted", "planned", "possible", "negated"}
    assert any(e.earliest is None for e in found.events.values())
    assert any(e.quantities for e in found.events.values())
    assert {a.link is None for a in found.articles.values()} == {True, False}
    assert max(len(g.events) for g in groups) > 1  # a happening that several articles tell
    years = {e.earliest[:4] for e in found.events.values() if e.earliest}
    assert len(years) >= 10


def test_the_same_numbers_give_the_same_articles_and_copies_are_told_again() -> None:
    worlds = [news.world(3000, SEED) for _ in range(2)]
    one, two = ([news.article(world, 3000, SEED, number) for number in range(news.count(3000))] for world in worlds)
    assert one == two
    assert sum(len(linked.report.events) for linked in one) == 3000
    digests = [linked.report.article.digest for linked in one]
    assert 0 < len(digests) - len(set(digests)) < 30
    assert len({linked.report.article.name for linked in one}) == len(one)
    spelt = {entity.key for linked in one for _, entity in linked.entities}
    assert len(spelt) > 200


def test_other_workers_write_the_same(folder: Path, tmp_path: Path) -> None:
    steps = make(tmp_path / "again", EVENTS, workers=2)
    assert [step.name for step in steps] == ["write", "load", "link copies", "resolve"]
    with Graph.open(folder) as one, Graph.open(tmp_path / "again") as two:
        assert set(one.quads()) == set(two.quads())


def test_a_folder_that_holds_something_is_left_alone(folder: Path) -> None:
    with pytest.raises(NotAGraph, match="not empty"):
        make(folder, 10)


def test_a_graph_of_another_size_is_not_taken_for_it(folder: Path) -> None:
    done = CliRunner().invoke(app, ["bench", "graph", "--graph", str(folder), "--events", "999"])
    assert done.exit_code == 2
    assert f"holds {EVENTS} events, not 999" in " ".join(done.stderr.split())


def test_everything_that_opens_it_is_measured(folder: Path) -> None:
    read = list(looked(folder))
    assert [figure.task for figure in read[3:10]] == [f"kg analyse {topic}" for topic in TOPICS]
    assert all(figure.seconds > 0 and figure.memory for figure in read)
    pages = list(asked(folder))
    assert {"page: the country told most", "page: the incident told most", "page: graph around it"} <= {figure.task for figure in pages}
    assert not [figure for figure in pages if "answered" in figure.note]
    rules = checked(folder)
    assert "every rule holds" in rules.note
    lines = table([*made(tuple), *read, *pages, rules, Figure("x", 1.0)]).splitlines()
    assert lines[2].startswith("| make: all |")
    assert lines[-1] == "| x | 1.00 |  |  |  |"
