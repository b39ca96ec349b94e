"""The cases of the SPARQL 1.1 Protocol that a read-only endpoint has (https://www.w3.org/TR/sparql11-protocol/, 2.1 and 2.3)."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from kg.graph import Graph as Store
from tests.serve.client import ask, send

FORM = "application/x-www-form-urlencoded"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def number(body: bytes) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


@pytest.fixture(scope="module")
def articles(graph_folder: Path) -> list[str]:
    with Store.open(graph_folder) as graph:
        return [stored.node.value for stored in graph.articles().values()]


@pytest.fixture(scope="module")
def sizes(graph_folder: Path, articles: list[str]) -> dict[str, int]:
    with Store.open(graph_folder) as graph:
        return {iri: len(list(graph.quads(ox.NamedNode(iri)))) for iri in articles}


def test_query_by_get(address: str) -> None:
    assert json.loads(ask(address, "ASK {}").body)["boolean"] is True


def test_query_by_post_as_a_form(address: str) -> None:
    found = send(address, "/sparql", method="POST", body=urlencode({"query": "ASK {}"}).encode(), content_type=FORM)
    assert (found.status, json.loads(found.body)["boolean"]) == (200, True)


def test_query_by_post_as_it_stands(address: str) -> None:
    found = send(address, "/sparql", method="POST", body=b"ASK {}", content_type="application/sparql-query; charset=UTF-8")
    assert (found.status, json.loads(found.body)["boolean"]) == (200, True)


@pytest.mark.parametrize(
    ("query", "accept", "kind", "holds"),
    [
        ("SELECT ?x { VALUES ?x { 'é' } }", "*/*", "application/sparql-results+json", '"value":"é"'),
        ("SELECT ?x { VALUES ?x { 1 } }", "application/json", "application/json", '"value":"1"'),
        ("SELECT ?x { VALUES ?x { 'é' } }", "application/sparql-results+xml", "application/sparql-results+xml", "<literal>é</literal>"),
        ("SELECT ?x { VALUES ?x { 'a,b' } }", "text/csv", "text/csv; charset=utf-8", '"a,b"'),
        ("SELECT ?x { VALUES ?x { 'a'@nl } }", "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", '"a"@nl'),
        ("SELECT ?x { VALUES ?x { 1 } }", "text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", "<variable"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml", "<boolean>true</boolean>"),
        ("DESCRIBE country:IR", "*/*", "text/turtle; charset=utf-8", "kg:isoCode"),
        ("CONSTRUCT { ?s a kg:Country } { ?s a kg:Country }", "application/n-triples", "application/n-triples", "ontology#Country> ."),
        ("CONSTRUCT WHERE { ?s a kg:Country }", "application/ld+json", "application/ld+json", '"@id"'),
        ("CONSTRUCT WHERE { ?s a kg:Country }", "application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
    ],
)
def test_content_is_negotiated(address: str, query: str, accept: str, kind: str, holds: str) -> None:
    found = ask(address, query, accept)
    assert (found.status, found.kind) == (200, kind)
    assert holds in found.text
    assert "accept" in found.headers["vary"].lower()


def test_a_format_that_there_is_not_is_refused_with_those_that_there_are(address: str) -> None:
    found = ask(address, "ASK {}", "image/png")
    assert found.status == 406
    assert "text/csv" in found.text
    assert ask(address, "SELECT * {}", "text/turtle").status == 406


def test_a_format_can_be_named_where_no_header_can(address: str) -> None:
    assert ask(address, "SELECT * { VALUES ?x { 1 } }", format="csv").kind.startswith("text/csv")
    assert ask(address, "DESCRIBE country:IR", format="jsonld").kind == "application/ld+json"


def test_the_dataset_of_the_request(address: str, articles: list[str], sizes: dict[str, int]) -> None:
    one, other, *_ = articles
    in_graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(ask(address, COUNT, **{"default-graph-uri": one}).body) == sizes[one]
    both = number(ask(address, COUNT, **{"default-graph-uri": [one, other]}).body)
    assert max(sizes[one], sizes[other]) < both <= sizes[one] + sizes[other]
    assert number(ask(address, COUNT, **{"named-graph-uri": one}).body) == 0
    assert number(ask(address, in_graphs, **{"named-graph-uri": [one, other]}).body) == sizes[one] + sizes[other]
    assert number(ask(address, in_graphs, **{"default-graph-uri": one}).body) == 0
    full = {"default-graph-uri": one, "named-graph-uri": other}
    assert number(ask(address, COUNT, **full).body) == sizes[one]
    assert number(ask(address, in_graphs, **full).body) == sizes[other]
    form = send(address, "/sparql", method="POST", body=urlencode({"query": COUNT, "default-graph-uri": one}).encode(), content_type=FORM)
    assert number(form.body) == sizes[one]
    plain = f"/sparql?{urlencode({'default-graph-uri': one})}"
    assert number(send(address, plain, method="POST", body=COUNT.encode(), content_type="application/sparql-query").body) == sizes[one]


def test_without_one_it_is_the_union_of_all_graphs(address: str, sizes: dict[str, int]) -> None:
    assert number(ask(address, COUNT).body) > max(sizes.values())


@pytest.mark.parametrize("iri", ["http://127.0.0.1:9/remote.ttl", "file:///etc/passwd", "no iri"])
def test_a_graph_that_is_not_here_is_not_fetched(address: str, iri: str) -> None:
    found = ask(address, COUNT, **{"default-graph-uri": iri})
    assert found.status == 400
    assert iri in found.text


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("PUT", "/sparql?query=ASK%20%7B%7D", b"", {}, 405),
        ("DELETE", "/sparql", None, {}, 405),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, {}, 400),
        ("POST", "/sparql", b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", {"content_type": FORM}, 400),
        ("POST", "/sparql", b"ASK {}", {"content_type": "text/plain"}, 415),
        ("POST", "/sparql", b"query=ASK%20%7B%7D", {}, 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), {"content_type": "application/sparql-query; charset=UTF-16"}, 415),
        ("POST", "/sparql", b"ASK { ?s ?p '\xff' }", {"content_type": "application/sparql-query"}, 400),
        ("POST", "/sparql", b"query=%ff", {"content_type": FORM}, 400),
        ("POST", "/sparql", b"", {"content_type": FORM}, 400),
        ("GET", "/sparql?query=", None, {}, 400),
        ("GET", "/sparql?query=ASK%20%7B", None, {}, 400),
        ("GET", "/sparql?query=SELECT%20nonsense", None, {}, 400),
    ],
)
def test_what_is_no_query_operation_is_refused_in_one_line(
    address: str, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int
) -> None:
    found = send(address, path, method=method, body=body, **headers)
    assert found.status == status
    assert len(found.text.strip().splitlines()) == 1


def test_the_service_describes_itself(address: str, articles: list[str]) -> None:
    found = send(address, "/sparql", accept="text/turtle")
    graph = Graph().parse(data=found.text, format="turtle")
    service = graph.value(predicate=SD.endpoint, object=URIRef(f"{address}/sparql"))
    assert (service, RDF.type, SD.Service) in graph
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert set(map(str, graph.objects(predicate=SD.name))) >= set(articles)
    assert len(list(graph.objects(service, SD.resultFormat))) == 8
    for accept, parser in (("application/n-triples", "nt"), ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml")):
        again = Graph().parse(data=send(address, "/sparql", accept=accept).body, format=parser)
        assert len(again) == len(graph)


def test_a_browser_is_sent_to_the_page(address: str) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert send(address, "/sparql", accept=browser).headers["location"] == "/query"
    found = ask(address, "ASK {}", browser)
    assert (found.status, found.headers["location"]) == (303, "/query?query=ASK+%7B%7D")


def test_other_sites_may_not_read_answers(address: str) -> None:
    found = send(address, "/sparql?query=ASK%20%7B%7D", origin="https://example.org")
    assert not [name for name in found.headers if name.startswith("access-control")]
    assert send(address, "/", host="evil.example").status == 400  # another name that was pointed at this machine


def test_the_same_question_gives_the_same_bytes(address: str) -> None:
    question = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert ask(address, question).body == ask(address, question).body
