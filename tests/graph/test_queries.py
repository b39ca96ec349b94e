"""Queries read and do nothing else; named queries take names, codes and days."""

from __future__ import annotations

import json

import pytest

from kg.errors import BadParameter, QueryError, QueryRefused, QuerySyntax, UnknownQuery
from kg.graph.answer import as_csv, as_json, as_table, as_turtle, shorten
from kg.graph.guard import check_readonly
from kg.graph.query import named_queries, query, resolve
from tests.effort import within
from tests.graph.sample import sample

REFUSED = [
    "INSERT DATA { <a:b> <a:c> 1 }",
    "PREFIX x: <http://e/> delete where { ?s ?p ?o }",
    "LOAD <http://example.org/>",
    "CLEAR ALL",
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://example.org/> { ?s ?p ?o } }",
    "SELECT * FROM <http://example.org/> { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }",
    'SELECT ("#" AS ?x) { SERVICE <http://example.org/> { ?s ?p ?o } }',
    "SELECT * { ?s ?p 'a\\'b' . SERVICE <http://example.org/#x> { ?s ?p ?o } }",
]
ALLOWED = [
    "SELECT ?from ?service { ?from ?service 'SERVICE FROM' } # FROM here",
    'ASK { ?s ?p """LOAD "INSERT" SERVICE""" }',
    "PREFIX from: <http://example.org/FROM#SERVICE> SELECT * { ?s from:service ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(STR(?o) = 'DELETE') }",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_changes_or_leaves_the_graph_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused):
        check_readonly(text)


@pytest.mark.parametrize("text", ALLOWED)
def test_words_in_strings_comments_and_names_are_harmless(text: str) -> None:
    assert check_readonly(text) in ("SELECT", "ASK", "CONSTRUCT")


def test_nonsense_is_one_clear_line() -> None:
    for text in ("SELECT WHERE", "hello there", "SELECT ?x { ?x nope:y 1 }"):
        with pytest.raises(QuerySyntax) as caught:
            query(sample(), text)
        assert "\n" not in str(caught.value)


def test_prefixes_need_no_declaration() -> None:
    answer = query(sample(), "SELECT ?l { country:KP rdfs:label ?l FILTER(LANG(?l) = 'de') }")
    assert [[shorten(sample(), t) for t in row] for row in answer.rows] == [["Nordkorea"]]


def test_formats() -> None:
    graph = sample()
    answer = query(graph, "SELECT ?a ?n ?none { ?a kg:sourceName ?n } ORDER BY ?n")
    assert as_csv(answer).splitlines()[0] == "a,n,none"
    found = json.loads(as_json(answer))
    assert [b["n"]["value"] for b in found["results"]["bindings"]] == ["de/iran.txt", "nl/iran.txt"]
    assert "none" not in found["results"]["bindings"][0]
    assert as_table(graph, answer).row_count == 2
    assert json.loads(as_json(query(graph, "ASK { ?s a kg:Arrest }")))["boolean"] is False
    triples = query(graph, "CONSTRUCT { ?s kg:isoCode ?o } WHERE { ?s kg:isoCode ?o }")
    assert 'country:KP kg:isoCode "KP"' in as_turtle(graph, triples)
    with pytest.raises(QueryError, match="turtle"):
        as_turtle(graph, answer)


@pytest.mark.parametrize("value", ["IR", "Iran", "teheran", "country:IR", "<https://w3id.org/kg-news/id/country/IR>"])
def test_a_name_is_whatever_the_reader_calls_it(value: str) -> None:
    graph = sample()
    assert resolve(graph, value) == (graph.minter.country("IR"),)


def test_named_queries_are_documented_and_run() -> None:
    known = named_queries()
    assert len(known) >= 15
    graph = sample()
    for name, named in known.items():
        assert named.title, name
        assert named.description, name
        for parameter in named.parameters:
            assert parameter.description, f"{name} {parameter.name}"
            assert f"?{parameter.name} {{ UNDEF }}" in named.text, f"{name} {parameter.name}"
        query(graph, name)


def test_parameters_narrow_the_answer() -> None:
    graph = sample()
    every = query(graph, "shipments")
    iran = query(graph, "shipments", {"from": "Teheran"})
    none = query(graph, "shipments", {"from": "KP"})
    assert len(every.rows) >= len(iran.rows) > len(none.rows) == 0
    assert query(graph, "shipments", {"since": "2023", "until": "2023-03"}).rows
    assert not query(graph, "shipments", {"since": "2024"}).rows


@pytest.mark.parametrize(("values", "words"), [({"from": "Atlantis"}, "Atlantis"), ({"whence": "IR"}, "whence"),
                                               ({"since": "soon"}, "day")])  # fmt: skip
def test_wrong_parameters_say_what_is_wrong(values: dict[str, str], words: str) -> None:
    with pytest.raises(BadParameter, match=words):
        query(sample(), "shipments", values)


def test_a_long_value_is_judged_in_time() -> None:
    graph = sample()
    assert query(graph, "denials", {"who": " " * 50_000}).rows == query(graph, "denials").rows

    def refused() -> None:
        with pytest.raises(BadParameter):
            query(graph, "denials", {"who": " " * 50_000 + "\0"})

    within(0.5, refused)


def test_an_unknown_query_suggests_a_near_one() -> None:
    with pytest.raises(UnknownQuery, match="shipments"):
        query(sample(), "shipment")
