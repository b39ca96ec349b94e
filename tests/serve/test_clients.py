"""The clients that people use: SPARQLWrapper, rdflib's SPARQLStore, curl."""

from __future__ import annotations

import json
import shutil
import subprocess
from urllib.error import HTTPError

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

SELECT = "SELECT DISTINCT ?country { ?country a kg:Country } ORDER BY ?country LIMIT 3"


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("direct", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_by_every_method(address: str, method: str, direct: str) -> None:
    client = SPARQLWrapper(f"{address}/sparql", returnFormat=JSON)
    client.setMethod(method)
    client.setRequestMethod(direct)
    client.setQuery(SELECT)
    found = client.query().convert()
    assert [row["country"]["value"][-2:] for row in found["results"]["bindings"]] == ["IR", "KP", "NL"]


def test_sparqlwrapper_in_every_format(address: str) -> None:
    client = SPARQLWrapper(f"{address}/sparql")
    client.setQuery(SELECT)
    for form, holds in ((XML, "country/IR"), (CSV, "country/IR"), (TSV, "country/IR>")):
        client.setReturnFormat(form)
        found = client.query().convert()
        assert holds in (found.toxml() if form == XML else found.decode())
    client.setQuery("CONSTRUCT WHERE { ?s a kg:Country }")
    for form in (TURTLE, RDFXML, JSONLD):
        client.setReturnFormat(form)
        found = client.query().convert()
        graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
        assert len(graph) == 6


def test_sparqlwrapper_is_told_why(address: str) -> None:
    client = SPARQLWrapper(f"{address}/sparql")
    client.setQuery("SELECT ?x {")
    with pytest.raises(SPARQLWrapperException, match="SPARQL"):
        client.query()


def test_rdflib_reads_the_graph_as_its_own(address: str) -> None:
    graph = Graph(SPARQLStore(f"{address}/sparql"))
    iran = URIRef("https://w3id.org/kg-news/id/country/IR")
    code = URIRef("https://w3id.org/kg-news/ontology#isoCode")
    assert str(graph.value(iran, code)) == "IR"
    assert [str(row[0]) for row in graph.query("SELECT ?c { ?c <https://w3id.org/kg-news/ontology#isoCode> 'IR' }")] == [str(iran)]
    assert len(list(graph.triples((iran, None, None)))) > 5
    assert len(list(Graph(SPARQLStore(f"{address}/sparql", method="POST")).triples((iran, code, None)))) == 1


def test_rdflib_cannot_write(address: str) -> None:
    store = SPARQLUpdateStore(f"{address}/sparql", f"{address}/sparql")
    with pytest.raises(HTTPError, match="403"):
        store.update("INSERT DATA { <a:a> <a:b> <a:c> }")


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_curl(address: str) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(["curl", "-sS", *arguments], capture_output=True, text=True, check=True).stdout

    endpoint = f"{address}/sparql"
    assert json.loads(curl("--data-urlencode", "query=ASK {}", endpoint))["boolean"] is True
    assert json.loads(curl("-G", "--data-urlencode", "query=ASK {}", endpoint))["boolean"] is True
    direct = curl("-H", "Content-Type: application/sparql-query", "-H", "Accept: text/csv", "--data-binary", SELECT, endpoint)
    assert direct.splitlines()[0] == "country"
    assert "@prefix" in curl("-H", "Accept: text/turtle", f"{address}/id/country/IR")
    assert curl("-o", "/dev/null", "-w", "%{http_code}", "-X", "PUT", endpoint) == "405"
