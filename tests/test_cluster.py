"""Reading on Dask workers: the same bytes as one process gives, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.graph import Graph
from kg.graph.check import check_offsets
from kg.graph.export import serialise
from kg.pipeline import build
from tests.conftest import CORPUS, ONE_A_LANGUAGE

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a scheduler with two workers."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made.scheduler_address


def test_one_of_two_workers_is_killed_and_the_bytes_are_those_of_one_process(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline._PART", 1500)
    short = sorted(CORPUS, key=lambda path: path.stat().st_size)[:6]
    killed: list[int] = []

    def kill(done: int, total: int, name: str) -> None:
        if done and not killed:
            with distributed.Client(cluster) as client:
                pids = client.run(os.getpid)
            killed.extend(sorted(pids.values())[:1])
            os.kill(killed[0], signal.SIGKILL)

    with Graph.create(tmp_path / "g") as graph, Graph.create(tmp_path / "one") as one:
        summary = build([*short, *ONE_A_LANGUAGE], graph, engine="dask", scheduler=cluster, progress=kill)
        plain = build([*short, *ONE_A_LANGUAGE], one)
        assert killed
        assert (summary.read, summary.events, summary.claims) == (plain.read, plain.events, plain.claims)
        assert serialise(graph, "nquads") == serialise(one, "nquads")
        assert list(check_offsets(graph)) == []
        assert build(short, graph, engine="dask", scheduler=cluster).read == 0
        assert not (tmp_path / "g" / "shards").exists()


def test_shards_of_a_build_that_was_stopped_are_not_read_again(cluster: str, tmp_path: Path) -> None:
    def stop(done: int, total: int, name: str) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with Graph.create(tmp_path / "g") as graph, pytest.raises(KeyboardInterrupt):
        build(ONE_A_LANGUAGE, graph, engine="dask", scheduler=cluster, progress=stop)
    with Graph.create(tmp_path / "g") as graph:
        assert build(ONE_A_LANGUAGE, graph).unchanged == 4


def test_what_cannot_be_is_told(tmp_path: Path) -> None:
    with Graph.memory() as graph, pytest.raises(InputError, match="has none"):
        build(ONE_A_LANGUAGE, graph, engine="dask")
    with Graph.create(tmp_path / "g") as graph, pytest.raises(InputError, match="no Dask scheduler"):
        build(ONE_A_LANGUAGE, graph, engine="dask", scheduler="nowhere")
