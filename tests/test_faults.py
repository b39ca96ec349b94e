"""Faults under a real ``kg build``: killed, interrupted, a full or read-only disk, a second process. Nothing is lost."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
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


def run(graph: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(graph, *more), capture_output=True, text=True, cwd=ROOT, check=False)


def start(graph: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(command(graph, *more), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


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
    wanted, chance, seen = exported(small_graph), random.Random(7), set[int]()
    graph, again = tmp_path / "g", tmp_path / "again"
    began = time.monotonic()
    assert run(graph).returncode == 0
    longest = time.monotonic() - began
    shutil.rmtree(graph)
    for number in range(kills):
        process = start(graph)
        if number == 0:
            wait_for_articles(graph, process)  # one kill at least between two articles
        else:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=chance.uniform(0, longest))
        process.kill()
        process.communicate()
        seen.add(whole(graph))
        if process.returncode != KILLED or number % 10 == 9:  # it was done: from the beginning
            shutil.copytree(graph, again)
            assert run(again).returncode == 0
            assert exported(again) == wanted
            shutil.rmtree(again)
            shutil.rmtree(graph)
    assert run(graph).returncode == 0
    assert exported(graph) == wanted
    assert kills < 50 or len(seen) > 2, "the kills met the build at too few of its moments"


def test_an_interrupt_is_obeyed_within_two_seconds(tmp_path: Path) -> None:
    graph = tmp_path / "g"
    process = start(graph, "-")  # another article is still awaited, so the build cannot be done before it is stopped
    wait_for_articles(graph, process)
    before, busy = time.monotonic(), _cpu(process.pid)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    took = time.monotonic() - before
    assert process.returncode == 130, told
    assert "run the same command to go on" in told
    assert "Traceback" not in told
    crowded = os.getloadavg()[0] > (os.cpu_count() or 1)  # then seconds of CPU are what can be asked for
    assert took < 2 or (crowded and busy() < 2)
    with Graph.open(graph) as opened:
        assert [f for f in check(opened, deep=True) if f.severity == "Violation"] == []


def _cpu(pid: int) -> Callable[[], float]:
    """Tells, once the process has ended, how many CPU seconds it has used since now."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    before, others = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), _ended()
    return lambda: _ended() - others - before


def _ended() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)], capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system is not allowed here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_or_read_only_disk_is_told_and_loses_nothing(small_graph: Path, small_disk: Path) -> None:
    graph, filler = small_disk / "g", small_disk / "filler"
    assert run(graph, "--limit", "1").returncode == 0
    with filler.open("wb") as out, contextlib.suppress(OSError):
        out.write(bytes(os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize - 40_000))
    full = run(graph)
    assert full.returncode == 2, full.stderr
    assert "the disk is full; nothing that was read is lost" in full.stderr
    assert "Traceback" not in full.stderr
    filler.unlink()
    assert whole(graph) >= 1
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    refused = run(graph)
    assert (refused.returncode, "Read-only file system" in refused.stderr) == (2, True), refused.stderr
    with Graph.open(graph) as opened:  # reading goes on
        assert opened.articles()
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
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
