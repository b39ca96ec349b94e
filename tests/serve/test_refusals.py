"""No query changes the graph, and none reaches outside it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryRefused, QuerySyntax
from kg.graph.guard import check_readonly
from tests.serve.client import ask, send

UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX x: <a:x> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:9/a.ttl>",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <a:g>",
    "CLEAR ALL",
    "DROP GRAPH <a:g>",
    "CREATE GRAPH <a:g>",
    "COPY <a:a> TO <a:b>",
    "# SELECT\nCLEAR ALL",
]


class Listener:
    """Counts who connects to a port of this machine."""

    def __init__(self) -> None:
        self.count = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.count += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.mark.parametrize("update", UPDATES)
def test_updates_are_refused_by_every_way_in(address: str, update: str) -> None:
    form = "application/x-www-form-urlencoded"
    tries = [
        ask(address, update),
        send(address, "/sparql", method="POST", body=urlencode({"query": update}).encode(), content_type=form),
        send(address, "/sparql", method="POST", body=urlencode({"update": update}).encode(), content_type=form),
        send(address, "/sparql", method="POST", body=update.encode(), content_type="application/sparql-query"),
        send(address, "/sparql", method="POST", body=update.encode(), content_type="application/sparql-update"),
        send(address, f"/sparql?{urlencode({'update': update})}"),
    ]
    assert [found.status for found in tries] == [403] * len(tries)
    assert all("kg build" in found.text for found in tries)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
        "SELECT * { BIND (<%s> AS ?x) sErViCe ?x { ?s ?p ?o } }",
        "SELECT * { { SELECT * { ?a ?b 'SERVICE' } } OPTIONAL { SERVICE <%s> { ?s ?p ?o } } }",
        "ASK { FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * FROM <%sdata.ttl> { ?s ?p ?o }",
        "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
        "DESCRIBE <a:a> FROM <%s>",
    ],
)
def test_no_query_reaches_another_server(address: str, listener: Listener, query: str) -> None:
    found = ask(address, query % listener.address)
    assert found.status == 403
    assert "SERVICE asks another server" in found.text or "FROM names another dataset" in found.text
    assert listener.count == 0


@pytest.mark.parametrize("query", ["SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "SELECT ?x { SERVICE <file:///etc/passwd> {} }"])
def test_no_query_reads_a_file(address: str, query: str) -> None:
    assert ask(address, query).status == 403


def test_the_words_may_stand_where_they_call_nothing(address: str) -> None:
    harmless = "# LOAD\nSELECT ?service { BIND ('INSERT SERVICE' AS ?service) FILTER (?service != \"DROP\") }"
    assert "INSERT SERVICE" in ask(address, harmless).text


PIECES = [
    "SERVICE", "<http://127.0.0.1:9/>", "{", "}", "'", '"', '"""', "'''", "\\", "#", "\n", " ", "?s", ":", "a:b", "<", ">", "\\u0053", "@en", "^^",
    ".", ";", "SELECT", "*", "_:x", "1", "-", "%41", "ſ",
]  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.lists(st.sampled_from(PIECES), max_size=6))
def test_no_spelling_brings_a_call_past_the_guard(before: list[str], after: list[str]) -> None:
    import pyoxigraph as ox

    query = f"PREFIX a: <a:> PREFIX : <b:> SELECT * {{ ?s ?p ?o . {''.join(before)} SERVICE <http://127.0.0.1:9/> {{ }} {''.join(after)} }}"
    try:
        check_readonly(query)
    except (QueryRefused, QuerySyntax):
        return
    store = ox.Store()
    try:
        store.query(query)
    except SyntaxError:
        return
    # it passed both: then the word stands in a string or comment, where any other word parses as well
    store.query(query.replace("SERVICE <http://127.0.0.1:9/> { }", "NOTHING <http://127.0.0.1:9/> { }"))
