"""What several tests look at: graphs built once a session from the project's own articles."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kg import pipeline
from kg.graph import Graph

ROOT = Path(__file__).parent.parent
CORPUS = sorted((ROOT / "corpus").glob("*.txt"))
ONE_A_LANGUAGE = tuple(
    ROOT / "corpus" / name for name in ("nl02_olie_op_zee.txt", "de01_golf-tanker.txt", "en04_cuba_doctors_oil.txt", "fr03_petrolier_reperes.txt")
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often a property is tried, and how often a build is killed at a random moment (test_faults.py)."""
    parser.addoption("--cases", type=int, default=100, help="How many cases each property is tried on; the long run takes 100000.")
    parser.addoption("--kills", type=int, default=2, help="kill a build at so many random moments")


def pytest_configure(config: pytest.Config) -> None:
    """No deadline in seconds of the clock: the machine may be busy. What has to be quick measures processor time itself."""
    settings.register_profile("cases", max_examples=config.getoption("--cases"), deadline=None, suppress_health_check=list(HealthCheck))
    settings.load_profile("cases")


def built(paths: list[Path], folder: Path) -> Path:
    """The graph folder of some articles, none of which may be skipped."""
    with Graph.create(folder) as graph:
        summary = pipeline.build(paths, graph)
    assert summary.skipped == []
    assert summary.read == len(paths)
    return folder


def once(paths: list[Path], name: str, temporary: pytest.TempPathFactory) -> Path:
    """That folder, built by one of the processes that run the tests; each has a copy of its own, to do with as it likes."""
    base = temporary.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    first, done = common / name, common / f"{name}.done"
    try:
        (common / f"{name}.begun").mkdir()
    except FileExistsError:
        end = time.monotonic() + 900
        while not done.exists():
            assert time.monotonic() < end, f"the graph {name} was not built by the process that began it"
            time.sleep(0.1)
    else:
        built(paths, first)
        done.touch()
    return Path(shutil.copytree(first, temporary.mktemp(name) / "graph"))


@pytest.fixture(scope="session")
def corpus_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph folder of every article of corpus/."""
    return once(CORPUS, "corpus", tmp_path_factory)


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph folder of four articles, one a language."""
    return once(list(ONE_A_LANGUAGE), "small", tmp_path_factory)
