"""A measured build is a whole build: its size is that of the graph, its failure is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.bench.build import bench_build, plot_growth, table
from kg.errors import KgError
from kg.graph import Graph
from kg.score.ablation import read_all
from tests.conftest import ONE_A_LANGUAGE


def test_encoder_and_build_on_the_same_texts(small_graph: Path, tmp_path: Path) -> None:
    paths = list(ONE_A_LANGUAGE)
    alone, one = bench_build(read_all(paths), paths, [1])
    with Graph.open(small_graph) as graph:
        assert one.statements == len(graph)
    assert (alone.articles, one.articles, alone.words) == (4, 4, one.words)
    assert 0 < alone.cpu < one.cpu
    assert "| build, 1 worker | 4 |" in table([alone, one])
    assert plot_growth([one], tmp_path / "growth.png").stat().st_size > 1000


def test_a_build_that_fails_is_not_measured(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\0")
    with pytest.raises(KgError, match="failed"):
        list(bench_build(read_all(list(ONE_A_LANGUAGE[:1])), [tmp_path / "bad.txt"], [1]))
