"""``kg review`` and ``kg show INCIDENT`` as a user types them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph import Graph
from kg.graph.groupings import groupings
from tests.graph.sample import dutch, fill, german


def run(*words: object, **more: str) -> Result:
    return CliRunner().invoke(app, [str(w) for w in words], **more)  # type: ignore[arg-type]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    with fill(Graph.create(tmp_path / "graph"), dutch(), german()):
        return tmp_path / "graph"


def best(folder: Path) -> str:
    with Graph.open(folder) as opened:
        return next(g.iri for g in groupings(opened) if len(g.events) > 1)


def test_questions_go_out_as_csv_and_come_back(graph: Path, tmp_path: Path) -> None:
    iri, path = best(graph), tmp_path / "questions.csv"
    assert run("review", "--graph", graph, "--export", path).exit_code == 0
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0] |= {"verdict": "different", "reason": "two deliveries"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = run("review", "--graph", graph, "--import", path, "--user", "an")
    assert (done.exit_code, done.stdout) == (0, "1 judgement taken\n")
    with Graph.open(graph) as opened:
        assert all(len(g.events) == 1 for g in groupings(opened) if g.iri == iri)
        assert opened.judgements is not None
        assert [(j.user, j.reason) for j in opened.judgements.standing()] == [("an", "two deliveries")]


def test_questions_at_the_terminal(graph: Path) -> None:
    done = run("review", "--graph", graph, "--user", "an", input="u too little told\n")
    assert done.exit_code == 0
    assert "1 judgement kept" in done.stdout
    again = run("review", "--graph", graph, "--user", "an")
    assert "nothing to judge" in again.stderr


def test_a_slip_is_one_line(graph: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("kind,one,other,verdict\nincident,a,b,maybe\n", encoding="utf-8")
    for words in (("--import", bad), ("--import", tmp_path / "nowhere.csv"), ("--import", bad, "--export", bad)):
        done = run("review", "--graph", graph, *words)
        assert done.exit_code == 2
        assert len(done.stderr.strip().splitlines()) == 1


def test_an_incident_is_shown_as_a_dossier_and_drawn(graph: Path, tmp_path: Path) -> None:
    iri, picture = best(graph), tmp_path / "n.png"
    done = run("show", iri, "--graph", graph, "--plot", picture)
    assert done.exit_code == 0, done.stderr
    for words in ("independent origins", "support 0.", "Who says so", "How the number grew", "drie containers"):
        assert words in done.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
    plain = json.loads(run("show", iri, "--graph", graph, "--json").stdout)[0]
    assert plain["iri"] == iri
    assert plain["arithmetic"]
    mistake = run("show", "Iran", "--graph", graph, "--plot", picture)
    assert mistake.exit_code == 1
    assert "draws one incident" in mistake.stderr
