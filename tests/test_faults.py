"""Faults under a real ``kg build``: killed, interrupted, a full or read-only disk, a second process. Nothing is lost."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.graph import Graph
from kg.graph.check import check
from kg.graph.export import serialise
from tests.conftest import ONE_A_LANGUAGE, ROOT

KG = (sys.executable, "-c", "from kg.cli import main; main()")
KILLED = -signal.SIGKILL


def command(graph: Path, *more: str) -> list[str]:
    return [*KG, "build", *map(str, ONE_A_LANGUAGE), "--graph", str(graph), *more]


def run(graph: Path, *more: str, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """A build; ``limit`` is the most bytes that one file may have."""
    bound = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))) if limit else None
    return subprocess.run(command(graph, *more), capture_output=True, text=True, cwd=ROOT, preexec_fn=bound, check=False)


def start(graph: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(command(graph, *more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def exported(graph: Path) -> bytes:
    with Graph.open(graph) as opened:
        return serialise(opened, "nquads")


def whole(graph: Path) -> int:
    """How many articles stand in a graph that was broken off, all of which are whole."""
    if not (graph / "store").exists():
        return 0
    with Graph.open(graph, write=True) as opened:  # as the next build does
        findings = [f for f in check(opened) if f.article]
        assert findings == []
        return len(opened.articles())


def wait_for_articles(graph: Path, process: subprocess.Popen[str]) -> None:
    """Until the text of an article is stored."""
    while process.poll() is None and not any(graph.glob("texts/*.txt")):
        time.sleep(0.02)
    assert process.poll() is None, process.communicate()


def test_killed_at_any_moment_the_next_build_ends_as_an_undisturbed_one(small_graph: Path, tmp_path: Path, kills: int) -> None:
    wanted, chance, longest, seen = exported(small_graph), random.Random(7), 0.0, set[int]()
    graph, again = tmp_path / "g", tmp_path / "again"
    for number in range(kills):
        process = start(graph)
        began = time.monotonic()
        if number == 0:
            wait_for_articles(graph, process)  # one kill at least between two articles
        else:
            time.sleep(chance.uniform(0, longest))
        process.kill()
        process.communicate()
        longest = max(longest, 1.5 * (time.monotonic() - began))
        seen.add(whole(graph))
        if process.returncode != KILLED or number % 10 == 9:  # it was done: from the beginning
            shutil.copytree(graph, again)
            assert run(again).returncode == 0
            assert exported(again) == wanted
            shutil.rmtree(again)
            shutil.rmtree(graph)
    assert run(graph).returncode == 0
    assert exported(graph) == wanted
    assert kills < 10 or len(seen) > 2, "the kills met the build at too few of its moments"


def test_an_interrupt_is_obeyed_within_two_seconds(tmp_path: Path) -> None:
    graph = tmp_path / "g"
    process = start(graph)
    wait_for_articles(graph, process)
    before = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "run the same command to go on" in told
    assert "Traceback" not in told
    assert time.monotonic() - before < 2 * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))  # a share of the machine, where it is shared
    with Graph.open(graph) as opened:
        assert [f for f in check(opened, deep=True) if f.severity == "Violation"] == []


def test_a_full_disk_is_told_and_loses_nothing(small_graph: Path, tmp_path: Path) -> None:
    graph = tmp_path / "g"
    full = run(graph, limit=150_000)  # a file that cannot grow says what a full disk says
    assert full.returncode == 2, full.stderr
    assert "the disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    whole(graph)
    assert run(graph).returncode == 0
    assert exported(graph) == exported(small_graph)


def test_a_second_build_is_sent_away_and_the_first_goes_on(small_graph: Path, tmp_path: Path) -> None:
    graph = tmp_path / "g"
    process = start(graph)
    while process.poll() is None and not (graph / "store" / "CURRENT").exists():
        time.sleep(0.02)
    second = run(graph)
    assert second.returncode == 2
    assert f"process {process.pid} is writing it" in second.stderr
    assert process.wait() == 0
    process.communicate()
    assert exported(graph) == exported(small_graph)


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--kills"))
