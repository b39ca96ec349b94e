"""Exports are sorted, byte-identical, and read back to what was written."""

from __future__ import annotations

import csv
import io
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OutputError
from kg.graph import Graph
from kg.graph.export import FORMATS, Format, export, serialise
from kg.graph.facts import facts
from kg.graph.tables import columns, rows
from kg.records import Kind
from tests.graph.sample import dutch, fill, german, sample

RDF = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
WHOLE = [f for f in FORMATS if f != "csv"]


@pytest.mark.parametrize("form", WHOLE)
def test_order_of_articles_does_not_show(form: Format) -> None:
    made = {serialise(fill(Graph.memory(), *order), form) for order in itertools.permutations([dutch(), german()])}
    assert len(made) == 1


STRANGE = """
@prefix kg: <https://w3id.org/kg-news/ontology#> .
<urn:b> kg:isoCode "B", "b"@en, 1, 1.50, true ; a kg:Country ; kg:of [ a kg:Place ] .
<urn:a> kg:says "say \\"<https://schema.org/name>\\"\\n" .
<urn:g1> { <urn:a> a kg:Country . <urn:ab> a kg:Country }
<urn:g> { <urn:a> a kg:Country ; kg:says "\U0001f6a2", "\uffff"@nl }
"""


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonld"])
def test_bytes_are_those_of_all_statements_sorted_at_once(tmp_path: Path, form: Format) -> None:
    """Be they in the default graph, with blank nodes, or told in two graphs."""
    (tmp_path / "strange.trig").write_text(STRANGE, encoding="utf-8")
    for graph in (sample(), Graph.load(tmp_path / "strange.trig")):
        quads = sorted(graph.quads(), key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))
        triples = sorted({q.triple for q in quads}, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
        found = serialise(graph, form)
        prefixes = dict(re.findall(r"^@prefix (\w+): <(.*)> \.$", found.decode(), re.MULTILINE))
        assert found == ox.serialize(triples if form == "turtle" else quads, format=RDF[form], prefixes=prefixes)


def test_bytes_do_not_depend_on_the_process() -> None:
    code = (
        "import hashlib; from tests.graph.sample import sample; from kg.graph.export import FORMATS, serialise\n"
        "g = sample(); print([hashlib.sha256(serialise(g, f)).hexdigest() for f in FORMATS if f != 'csv'])"
    )
    root = str(Path(__file__).parents[2])
    made = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": root},
            capture_output=True, text=True, check=True, cwd=root,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(made) == 1


def test_rdflib_reads_the_turtle_as_the_union() -> None:
    graph = sample()
    read = rdflib.Graph().parse(data=serialise(graph, "turtle"), format="turtle")
    assert len(read) == len({q.triple for q in graph.quads()})
    assert {str(s) for s in read.subjects()} == {getattr(q.subject, "value", "") for q in graph.quads()}


@pytest.mark.parametrize(("form", "kind"), [("trig", ox.RdfFormat.TRIG), ("nquads", ox.RdfFormat.N_QUADS),
                                            ("jsonld", ox.RdfFormat.JSON_LD)])  # fmt: skip
def test_quad_formats_keep_the_graphs(form: Format, kind: ox.RdfFormat) -> None:
    graph = sample()
    assert set(ox.parse(serialise(graph, form), format=kind)) == set(graph.quads())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.text(max_size=30)), min_size=1, max_size=6))
def test_any_key_and_text_survive_turtle_in_two_readers(pairs: list[tuple[str, str]]) -> None:
    graph = Graph.memory()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    clean = [(k, "".join(c for c in t if not 0xD800 <= ord(c) <= 0xDFFF)) for k, t in pairs]
    graph.store.extend(
        ox.Quad(graph.minter.entity(Kind.PLACE, k), label, ox.Literal(t, language="nl"), graph.minter.graph("reference")) for k, t in clean
    )
    text = serialise(graph, "turtle")
    wanted = {(q.subject, q.object) for q in graph.quads()}
    assert {(q.subject, q.object) for q in ox.parse(text, format=ox.RdfFormat.TURTLE)} == wanted
    read = rdflib.Graph().parse(data=text, format="turtle")
    assert {(str(s), str(o)) for s, o in read.subject_objects()} == {(getattr(s, "value", ""), getattr(o, "value", "")) for s, o in wanted}


def test_every_prefix_in_use_is_bound() -> None:
    text = serialise(sample(), "turtle").decode()
    for prefix in ("article", "event", "mention", "claim", "quantity", "country", "goods", "kg", "schema", "unit"):
        assert f"@prefix {prefix}: " in text
    body = "".join(line for line in text.splitlines() if not line.startswith("@prefix"))
    assert set(re.findall(r"<(https://w3id\.org/kg-news/[^>]*)>", body)) <= {"https://w3id.org/kg-news/cargo/"}


def test_graph_formats_hold_the_projection() -> None:
    graph = sample()
    ml = nx.read_graphml(io.BytesIO(serialise(graph, "graphml")))
    gexf = nx.read_gexf(io.BytesIO(serialise(graph, "gexf")))
    assert set(ml) == set(gexf)
    assert {(a, b) for a, b, *_ in ml.edges} == {(a, b) for a, b, *_ in gexf.edges}
    iran, russia = (f"https://w3id.org/kg-news/id/country/{c}" for c in ("IR", "RU"))
    assert ml.edges[iran, russia, "Shipment told"]["articles"] == 2


def test_tables_have_the_documented_columns(tmp_path: Path) -> None:
    written = export(sample(), "csv", tmp_path / "tables")
    assert [p.name for p in written] == [f"{name}.csv" for name in columns()]
    for path in written:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            assert reader.fieldnames == list(columns()[path.stem])
            assert list(reader)
    found = facts(sample().quads())
    for table in columns():
        assert all(set(row) == set(columns()[table]) for row in rows(found, table))


def test_a_cell_is_never_a_formula() -> None:
    from kg.graph.tables import _harmless

    assert _harmless("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert _harmless("plain") == "plain"


def test_unwritable_places_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        export(sample(), "turtle", tmp_path / "file" / "x.ttl")
    with pytest.raises(OutputError, match="folder"):
        export(sample(), "csv", io.BytesIO())
    buffer = io.BytesIO()
    assert export(sample(), "nquads", buffer) == []
    assert buffer.getvalue()


def test_formats_are_those_of_the_contract() -> None:
    assert get_args(Format) == ("turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "csv")
