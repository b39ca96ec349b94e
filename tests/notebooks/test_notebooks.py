"""The notebooks run from top to bottom, one after the other, on a few articles."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ONE_A_LANGUAGE, ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the notebooks beside a small corpus and its gold."""
    home = tmp_path_factory.mktemp("checkout")
    (home / "notebooks").mkdir()
    shutil.copytree(ROOT / "corpus" / "gold", home / "corpus" / "gold")
    for path in ONE_A_LANGUAGE:
        shutil.copy(path, home / "corpus")
    return home / "notebooks"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs(path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", "")))))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(place)}}).execute()
    assert all(output.output_type != "error" for cell in notebook.cells for output in cell.get("outputs", ()))


def test_there_are_four_and_their_outputs_are_small() -> None:
    assert len(NOTEBOOKS) == 4
    assert all(path.stat().st_size < 40_000 for path in NOTEBOOKS)
