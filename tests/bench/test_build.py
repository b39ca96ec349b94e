"""A measured build is a whole build: its size is that of the graph, its failure is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.bench.build import Run, bench_build, plot_growth, ratios, table
from kg.errors import KgError
from kg.graph import Graph
from kg.score.ablation import read_all
from tests.conftest import ONE_A_LANGUAGE


def test_encoder_and_build_on_the_same_texts(small_graph: Path, tmp_path: Path) -> None:
    paths = list(ONE_A_LANGUAGE)
    alone, start, one = bench_build(read_all(paths), paths, [1])
    with Graph.open(small_graph) as graph:
        assert one.statements == len(graph)
    assert (alone.articles, one.articles, alone.words) == (4, 4, one.words)
    assert 0 < alone.cpu < one.cpu
    assert "| build, 1 worker | 4 |" in table([alone, start, one])
    assert (start.name, start.articles) == ("start of a build, 1 worker", 4)
    assert plot_growth([one], tmp_path / "growth.png").stat().st_size > 1000


def test_a_build_that_fails_is_not_measured(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\0")
    with pytest.raises(KgError, match="failed"):
        list(bench_build(read_all(list(ONE_A_LANGUAGE[:1])), [tmp_path / "bad.txt"], [1]))


def test_ratios_with_and_without_the_start() -> None:
    one, two = "build, 1 worker", "build, 2 workers"
    runs = [Run("encoder alone", 10, 1000, 10, 10, 1), Run(f"start of a {one}", 1, 100, 6, 6, 1), Run(one, 10, 1000, 24, 24, 1),
            Run(f"start of a {two}", 1, 100, 6, 11, 1), Run(two, 10, 1000, 16, 30, 1)]  # fmt: skip
    assert ratios(runs).splitlines() == [
        "build, 1 worker: 2.40 times the encoder's CPU time, 2.00 times without the start",
        "build, 2 workers: 3.00 times the encoder's CPU time, 2.11 times without the start",
        "build, 2 workers: 1.50 times as fast as build, 1 worker, 1.80 times without the start",
    ]
