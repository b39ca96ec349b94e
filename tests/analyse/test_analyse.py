"""Measures on the projection: what counts, what is left out, and that nothing depends on chance."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from rich.console import Console

from kg.analyse import analyse, as_json, plot, tables
from kg.analyse.layout import layout
from kg.analyse.measures import Brokerage, brokerage, pagerank
from kg.errors import OutputError
from kg.graph.projection import Flow, Projection
from tests.graph.sample import sample


def flow(source: str, target: str, *articles: str, directed: bool = True) -> Flow:
    return Flow(source, target, "Shipment", "told", directed, tuple(f"e{a}" for a in articles), articles)


def projection(*flows: Flow) -> Projection:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(sorted({n for f in flows for n in (f.source, f.target)}))
    return Projection(graph, flows)


def test_flows_count_articles_apart_from_events() -> None:
    first = analyse(sample()).flows[0]
    assert (first.source, first.target, first.type, first.events, first.articles) == (
        "Iran", "Russia", "Shipment", 2, 2,
    )  # fmt: skip


def test_denied_and_negated_events_are_left_out_unless_asked_for() -> None:
    found = analyse(sample())
    assert found.left_out == 2
    assert {f.status for f in found.flows} == {"told"}
    assert analyse(sample(), all_events=True).left_out == 0


def test_participants_are_joined_without_direction() -> None:
    treaty = next(f for f in analyse(sample()).flows if f.type == "Agreement")
    assert not treaty.directed
    assert {treaty.source, treaty.target} == {"Russia", "North Korea"}


def test_months_hold_what_lies_within_them() -> None:
    found = analyse(sample())
    assert [(m.month, m.total) for m in found.months] == [("2023-03", 1)]
    assert found.undated == 5


def test_a_broker_stands_between_two_that_nothing_joins() -> None:
    assert brokerage((flow("a", "b", "1"), flow("b", "c", "1"))) == {"b": Brokerage(1, (("a", "c"),))}
    assert brokerage((flow("a", "b", "1"), flow("b", "c", "1"), flow("c", "a", "1"))) == {}


def test_pairs_are_counted_and_the_first_told() -> None:
    made = [flow(f"a{i:02}", "m", "1") for i in range(9)] + [flow("m", f"b{i:02}", "1") for i in range(9)]
    found = brokerage((*made, flow("a00", "b00", "1"), flow("b01", "a01", "1"), flow("m", "a02", "1")))
    # of nine times ten pairs two are joined (whichever way), and nobody stands between a02 and itself
    assert found["m"].pairs == 9 * 10 - 2 - 1
    assert len(found["m"].examples) == 20
    assert found["m"].examples[:2] == (("a00", "a02"), ("a00", "b01"))


def test_pagerank_is_networkxs() -> None:
    made = projection(flow("a", "b", "1", "2"), flow("b", "c", "1"), flow("c", "a", "1"), flow("d", "c", "3"))
    graph = nx.DiGraph()
    graph.add_weighted_edges_from((f.source, f.target, len(f.articles)) for f in made.flows)
    wanted = nx.pagerank(graph, tol=1e-12, max_iter=500)
    assert pagerank(made) == pytest.approx(wanted, abs=1e-6)


def test_layout_keeps_nodes_apart_and_parts_together() -> None:
    graph: nx.Graph[str] = nx.Graph([("hub", f"n{i}") for i in range(40)] + [("x", "y")])
    graph.add_node("alone")
    places = layout(graph, spacing=100, room=(80, 40))
    assert set(places) == set(graph)
    nodes = sorted(places)
    for i, one in enumerate(nodes):
        for other in nodes[i + 1 :]:
            dx, dy = (abs(a - b) for a, b in zip(places[one], places[other], strict=True))
            assert dx > 75 or dy > 35, (one, other)
    assert layout(nx.Graph()) == {}


def test_report_in_tables_and_json() -> None:
    found = analyse(sample(), language="nl")
    console = Console(width=140)
    with console.capture() as captured:
        for table in tables(found):
            console.print(table)
    assert "Rusland" in captured.get()
    assert "left out" in captured.get()
    assert set(json.loads(json.dumps(as_json(found)))) >= {"nodes", "flows", "brokers", "communities", "months"}


def test_an_empty_graph_is_analysed_too(tmp_path: Path) -> None:
    from kg.graph import Graph

    found = analyse(Graph.memory())
    assert found.flows == ()
    assert plot(found, tmp_path / "p.png").stat().st_size > 0


def test_nothing_depends_on_the_process(tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from pathlib import Path; from tests.graph.sample import sample\n"
        "from kg.analyse import analyse, as_json, plot; from kg.view import write_page\n"
        "a = analyse(sample()); out = Path(sys.argv[1])\n"
        "plot(a, out / 'p.png'); plot(a, out / 'p.svg'); write_page(sample(), out / 'v.html')\n"
        "print(as_json(a), [hashlib.sha256((out / n).read_bytes()).hexdigest() for n in ('p.png', 'p.svg', 'v.html')])"
    )
    root = str(Path(__file__).parents[2])
    made = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": root},
            capture_output=True, text=True, check=True, cwd=root,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(made) == 1


def test_a_plot_of_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.png"):
        plot(analyse(sample()), tmp_path / "p.docx")
