"""Articles made to do harm, all the way through: nothing that they say becomes markup, a query, or a control character."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.graph import Graph
from kg.graph.check import check_offsets
from kg.graph.export import FORMATS, export, serialise
from kg.pipeline import build
from kg.view import write_page

SCRIPT = "</script><script>alert('title')</script><img src=x onerror=alert(1)>"
SPARQL = '" } } ; DROP ALL ; INSERT DATA { GRAPH <urn:x> { <urn:a> <urn:b> "c'
TURTLE = '"""@nl . <urn:a> <urn:b> <urn:c> . # \\'
BIDI = "\u202egnippihs\u202c \u2066x\u2069"
STORY = "Iran stuurde maandag 9{nines} schepen met raketten naar Syrië op 31 februari 0000. "
STORY += "Rusland ontkent dat {name} in mei 2023 duizend ton graan leverde."


@pytest.fixture(scope="module")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    rows = []
    for number, payload in enumerate((SCRIPT, SPARQL, TURTLE, BIDI, "\x1b[2J\x00\x07", "{{7*7}} ${x} %s %n", "../../etc/passwd\r\nX: y")):
        text = STORY.format(nines="9" * 400, name=f"de heer {payload} Jansen")
        rows.append({"id": payload + str(number), "title": payload, "text": text, "author": payload, "publisher": payload, "url": f"https://x.example/{payload}"})
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with Graph.create(folder / "graph") as graph:
        summary = build([folder / "a.jsonl"], graph)
    assert summary.skipped == []
    assert summary.read == len(rows)
    return folder / "graph"


def test_every_export_reads_back_as_what_was_meant(harmed: Path, tmp_path: Path) -> None:
    with Graph.open(harmed) as graph:
        assert list(check_offsets(graph)) == []
        triples = {quad.triple for quad in graph.quads()}
        assert not any("urn:" in str(t.subject) or "urn:" in str(t.predicate) for t in triples)
        for form in FORMATS:
            if form == "csv":
                continue
            data = serialise(graph, form)
            if form in ("graphml", "gexf"):
                ElementTree.fromstring(data)
                continue
            kind = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}[form]
            assert {quad.triple for quad in ox.parse(data, format=kind)} == triples, form
        for path in export(graph, "csv", tmp_path / "csv"):
            assert "\x1b" not in path.read_text(encoding="utf-8")


def test_the_page_runs_nothing_of_it(harmed: Path, tmp_path: Path) -> None:
    with Graph.open(harmed) as graph:
        written = write_page(graph, tmp_path / "x.html", around=None, hops=1, types=(), since=None, until=None, limit=None)
    page = written.path.read_text(encoding="utf-8")
    assert "<script>alert(" not in page
    assert "<img src=x" not in page
    assert "\x1b" not in page


def test_reading_it_again_replaces_it_and_nothing_else(harmed: Path) -> None:
    with Graph.open(harmed, write=True) as graph:
        before = serialise(graph, "nquads")
        for name, stored in list(graph.articles().items()):
            graph.replace(stored.node, list(graph.quads(stored.node)))
            assert name in graph.articles()
        assert serialise(graph, "nquads") == before
