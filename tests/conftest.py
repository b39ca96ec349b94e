"""What several tests look at: graphs built once a session from the project's own articles."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:  # ``pytest`` alone, unlike ``python -m pytest``, leaves the checkout out
    sys.path.insert(0, str(ROOT))

from kg import pipeline  # noqa: E402
from kg.graph import Graph  # noqa: E402

CORPUS = sorted((ROOT / "corpus").glob("*.txt"))
ONE_A_LANGUAGE = tuple(
    ROOT / "corpus" / name for name in ("nl02_olie_op_zee.txt", "de01_golf-tanker.txt", "en04_cuba_doctors_oil.txt", "fr03_petrolier_reperes.txt")
)


def built(paths: list[Path], folder: Path) -> Path:
    """The graph folder of some articles, none of which may be skipped."""
    with Graph.create(folder) as graph:
        summary = pipeline.build(paths, graph)
    assert summary.skipped == []
    assert summary.read == len(paths)
    return folder


@pytest.fixture(scope="session")
def corpus_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph folder of every article of corpus/."""
    return built(CORPUS, tmp_path_factory.mktemp("corpus") / "graph")


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph folder of four articles, one a language."""
    return built(list(ONE_A_LANGUAGE), tmp_path_factory.mktemp("small") / "graph")
