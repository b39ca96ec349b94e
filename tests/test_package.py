"""What is shipped: the names that others may rely on, and a wheel that works by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kg
from kg import errors
from kg.program import this_build
from tests.conftest import ROOT

EXPORTED = ["Graph", "KgError", "build", "load", "query"]


def test_exported_names_are_those_that_are_meant() -> None:
    assert kg.__all__ == sorted(kg.__all__) == EXPORTED
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_every_error_is_exported_documented_and_on_the_tree() -> None:
    own = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert own == set(errors.__all__)
    for name in own:
        error = getattr(errors, name)
        assert issubclass(error, kg.KgError)
        assert error.__doc__
        assert name in (errors.__doc__ or "")


def test_every_room_says_what_it_exports() -> None:
    for room in sorted(path.parent for path in (ROOT / "kg").glob("*/__init__.py")):
        if room.name == "train":  # its requirements are an extra
            continue
        module = __import__(f"kg.{room.name}", fromlist=["*"])
        assert all(hasattr(module, name) for name in module.__all__), room.name
        assert module.__doc__, room.name


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from hatchling.builders.wheel import WheelBuilder

    return Path(next(iter(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("dist")), versions=["standard"]))))


def test_the_wheel_holds_code_and_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    checkout = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kg").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }  # fmt: skip
    assert checkout <= names
    assert {f"kg/data/lexicon/{language}.yaml" for language in ("nl", "de", "en", "fr")} <= names
    assert {f"kg/data/model/{name}" for name in ("model.onnx", "tokenizer.json", "labels.json", "meta.json")} <= names
    assert {f"kg/ontology/{path.relative_to(ROOT / 'ontology').as_posix()}" for path in (ROOT / "ontology").rglob("*") if path.is_file()} <= names
    assert not {name for name in names if name.split("/")[0] not in ("kg", f"kg_news-{wheel.name.split('-')[1]}.dist-info")}
    assert wheel.stat().st_size < 100_000_000  # what the package index takes


def test_the_unpacked_wheel_reads_an_article_without_torch(wheel: Path, tmp_path: Path) -> None:
    site, article = tmp_path / "site", tmp_path / "a.txt"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    article.write_text("Iran stuurde maandag twintig tanks naar Syrië. Teheran ontkent dat.\n", encoding="utf-8")
    # spaCy imports torch where it finds it, so torch is made impossible to find
    code = (
        "import sys; sys.modules['torch'] = None; import kg, pathlib; from kg.program import this_build\n"
        f"assert pathlib.Path(kg.__file__).is_relative_to({str(site)!r}), kg.__file__\n"
        f"graph = kg.build({str(article)!r}, {str(tmp_path / 'graph')!r})\n"
        "assert kg.query(graph, 'SELECT ?event WHERE { ?event kg:modality ?m }').rows\n"
        "print(this_build().fingerprint)"
    )
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == this_build().fingerprint  # installed or in a checkout: the same program
