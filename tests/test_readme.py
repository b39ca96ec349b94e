"""What the README tells a newcomer to type exists, runs as written, and does what is said."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import app
from tests.conftest import ONE_A_LANGUAGE, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def lines(start: str) -> list[str]:
    """The lines of the shell blocks that begin so, without comments."""
    found = [line.strip() for block in blocks("sh") for line in block.replace("\\\n", " ").splitlines()]
    return [re.sub(r"\s+#.*", "", line) for line in found if line.startswith(start)]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory, small_graph: Path) -> Path:
    """A checkout as ``make`` leaves it after installing, with four articles in its corpus."""
    home = tmp_path_factory.mktemp("newcomer")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, home)
    for folder in ("corpus", "my/articles"):
        (home / folder).mkdir(parents=True)
        for path in ONE_A_LANGUAGE:
            shutil.copy(path, home / folder)
    shutil.copytree(ROOT / "corpus" / "gold", home / "corpus" / "gold")
    shutil.copytree(small_graph, home / "graph")  # what is in it is not read again, which keeps this test short
    commands = home / ".venv" / "bin"
    commands.mkdir(parents=True)
    for name, call in (("kg", "-m kg"), ("python", "")):
        (commands / name).write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} {call} "$@"\n')
        (commands / name).chmod(0o755)
    (home / ".venv" / "installed").touch()
    return home


def run(command: str, where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, shell=True, cwd=where, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "120"})


def test_make_graph_builds_the_graph_its_page_and_its_turtle_file(newcomer: Path) -> None:
    assert "make graph" in lines("make")
    for name in ("graph.html", "graph.ttl"):
        (newcomer / "graph" / name).unlink(missing_ok=True)
    done = run("make graph", newcomer)
    assert done.returncode == 0, done.stderr
    assert (newcomer / "graph" / "graph.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (newcomer / "graph" / "graph.ttl").read_text(encoding="utf-8").startswith("@prefix")


def test_make_test_runs_every_check() -> None:
    assert "make test" in lines("make")
    told = run("make --dry-run test", ROOT).stdout
    assert all(check in told for check in ("ruff check", "mypy", "pytest"))
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_a_fresh_environment_is_made_with_the_python_of_the_machine(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    told = run("make --dry-run graph", tmp_path).stdout
    assert "python3 -m venv .venv" in told
    assert told.index("-m venv") < told.index("pip install") < told.index("kg build corpus") < told.index("kg view") < told.index("kg export")


@pytest.mark.parametrize("command", [line for line in lines(".venv/bin/kg") if line.split()[1] != "serve"])  # which does not end; see tests/serve
def test_each_command_runs_as_written(command: str, newcomer: Path) -> None:
    done = run(command, newcomer)
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert done.stdout or "wrote" in done.stderr


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_examples_run(code: str, newcomer: Path) -> None:
    (newcomer / "example.py").write_text(code, encoding="utf-8")
    done = run(".venv/bin/python example.py", newcomer)
    assert done.returncode == 0, done.stderr


def test_every_command_is_in_the_readme() -> None:
    commands = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
    assert commands <= {line.split()[1] for line in lines(".venv/bin/kg")}
