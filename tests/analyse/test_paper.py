"""The report, the plots and the command line of the analyses, on graphs by hand with hostile names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.analyse import TOPICS, Material, find, finding_json, plot_finding, write_report
from kg.analyse.bench import bench, synthetic
from kg.cli import app
from kg.errors import InputError, OutputError
from kg.graph import Graph
from tests.analyse.hand import event, grouping, material
from tests.graph.sample import BUILD, dutch, german


def hostile() -> Material:
    return material(
        event("1", "Shipment", "<script>alert(1)<!--script>", "B", "2024-01-03", claims=[("outlet1", "asserts")]),
        event("2", "Shipment", "B", "C", "2024-02-03", article="a2", claims=[("C", "denies")]), groupings=[grouping("<i>", "1")],
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "graph"
    with Graph.create(path) as graph:
        for told in (dutch(), german()):
            graph.add(told, BUILD)
        graph.finish(BUILD)
    return path


def test_the_page_holds_itself_escapes_names_and_leads_to_evidence(tmp_path: Path) -> None:
    page = write_report(hostile(), tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<i>" not in page
    assert "<b>" not in page
    assert not re.search(r'(src|href)="(?!#|data:)', page)
    linked = set(re.findall(r'href="#(e\d+)"', page))
    assert linked
    assert linked <= set(re.findall(r'id="(e\d+)"', page))
    assert "They <mark>shipped</mark> it, says 1" in page
    assert page.count("data:image/svg+xml") >= 4  # what finds nothing has no picture


def test_markdown_has_tables_and_escapes_names(tmp_path: Path) -> None:
    text = write_report(hostile(), tmp_path / "r.md").read_text(encoding="utf-8")
    assert "| supplier | recipient |" in text
    assert "<script" not in text.replace("\\<", "")
    assert "[1](#e1)" in text
    assert '<a id="e1"></a>' in text


def test_the_same_graph_gives_the_same_report(tmp_path: Path) -> None:
    assert write_report(hostile(), tmp_path / "a.html").read_bytes() == write_report(hostile(), tmp_path / "b.html").read_bytes()


def test_a_report_of_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.html or \.md"):
        write_report(hostile(), tmp_path / "r.docx")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_analysis_has_tables_json_and_a_plot_even_of_nothing(topic: str, tmp_path: Path) -> None:
    for made in (hostile(), material()):
        found = find(made, topic)
        assert all(len(sheet.rows) == len(sheet.evidence) for sheet in found.sheets)
        assert all(len(row) == len(sheet.columns) for sheet in found.sheets for row in sheet.rows)
        json.dumps(finding_json(found))
        assert plot_finding(found, tmp_path / "p.svg").stat().st_size > 0


def test_months_are_for_analyses_with_a_window() -> None:
    with pytest.raises(InputError, match="--months"):
        find(material(), "brokers", 3)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["supply"], 0, "Iran"),
        (["routes", "--from", "Iran", "--to", "Russia"], 0, "Iran → Russia"),
        (["routes", "--from", "Iran"], 2, ""),
        (["routes", "--from", "Iran", "--to", "Atlantis"], 1, ""),
        (["supply", "--from", "Iran"], 2, ""),
        (["nonsense"], 2, ""),
        (["brokers", "--months", "3"], 2, ""),
    ],
)
def test_the_command_line(folder: Path, arguments: list[str], code: int, told: str) -> None:
    done = CliRunner().invoke(app, ["analyse", *arguments, "--graph", str(folder)], env={"COLUMNS": "160"})
    assert done.exit_code == code, done.output
    assert told in done.output


def test_the_report_command_writes_a_report(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["report", "-o", str(tmp_path / "r.html"), "--graph", str(folder)])
    assert done.exit_code == 0, done.output
    assert "Iran" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_bench_measures_a_network_that_a_seed_gives() -> None:
    assert sorted(synthetic(50).edges) == sorted(synthetic(50).edges)
    lines: list[str] = []
    bench(50, lines.append)
    assert lines[0].startswith("50 events")
    assert any(line.startswith("betweenness") for line in lines)
