"""The bench of very many articles: what it writes can be built, and its table tells the most of each stretch."""

from __future__ import annotations

from pathlib import Path

from kg.bench.size import Moment, bench_size, table, write_briefs
from kg.graph import Graph
from kg.read import find_sources, read_source
from kg.records import Article


def test_briefs_are_short_and_always_the_same(tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        write_briefs(tmp_path / name, 60)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    (source,) = find_sources([tmp_path / "one.jsonl"])
    found = list(read_source(source, None))
    assert sum(isinstance(article, Article) for article in found) > 50
    assert all(len(article.text.split()) < 60 for article in found if isinstance(article, Article))


def test_a_build_is_looked_at_while_it_runs(tmp_path: Path) -> None:
    moments = list(bench_size(tmp_path, 8, 1))
    assert moments
    assert all(moment.own > 0 for moment in moments)
    with Graph.open(tmp_path / "graph") as graph:
        assert len(graph.articles()) > 4


def test_the_table_tells_the_most_of_each_stretch() -> None:
    moments = [Moment(10, 40, 100, 700), Moment(20, 45, 150, 800), Moment(30, 100, 120, 800), Moment(40, 100, 300, 0)]
    assert table(moments, 100).splitlines()[2:] == [
        "| 30 to 40 | 10 | 100 | 700 | 800 |", "| 40 to 50 | 20 | 150 | 800 | 950 |", "| 90 to 100 | 30 | 120 | 800 | 920 |",
        "| all; copies, reference, resolution | 40 | 300 | 0 | 300 |",
    ]  # fmt: skip
