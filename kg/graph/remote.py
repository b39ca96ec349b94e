"""A SPARQL 1.1 server as the store: queries by the SPARQL Protocol, whole graphs by the Graph Store HTTP Protocol.

``RemoteStore`` has the methods of ``pyoxigraph.Store`` that the program uses, so that every room works on a server as
on a folder. The server's default graph is asked for as the union of all named graphs, by GRAPH patterns where a
statement is looked up, and by ``union-default-graph`` (Oxigraph) in queries; Virtuoso and GraphDB take the union anyway.

Standards: https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import base64
import http.client
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from kg.errors import GraphAccess, InputError

__all__ = ["Layout", "RemoteStore"]

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_JSON, _TRIPLES, _QUADS = "application/sparql-results+json", "application/n-triples", "application/n-quads"
_BATCH = 20_000  # statements a request
_SECONDS = 600  # that an answer may take
_LOGIN = "KG_STORE_LOGIN"  # the environment variable that holds user:password


@dataclass(frozen=True, slots=True)
class Layout:
    """Below which paths a server takes queries, updates and whole graphs."""

    query: str
    update: str
    graphs: str


LAYOUTS = (
    Layout("query", "update", "store"),  # Oxigraph
    Layout("query", "update", "data"),  # Fuseki, below its dataset
    Layout("", "statements", "rdf-graphs/service"),  # RDF4J and GraphDB, below the repository
    Layout("sparql", "sparql", "sparql-graph-crud"),  # Virtuoso
)


class RemoteStore:
    """A server at ``url``. Raises ``InputError`` for what is no address, ``GraphAccess`` where no server answers."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(f"--store {url}: not the address of a server; one is written http://localhost:7878")
        if parts.username or parts.password:
            raise InputError(f"--store: give the login as {_LOGIN}=user:password in the environment, not in the address")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.url, self._path = url, parts.path.rstrip("/")
        self._connection = kind(parts.hostname, parts.port, timeout=_SECONDS)
        login = os.environ.get(_LOGIN, "")
        self._head = {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"} if login else {}
        self._layout = self._find_layout()

    def _find_layout(self) -> Layout:
        for layout in LAYOUTS:
            asked = f"{self._place(layout.query)}?{urlencode({'query': 'ASK {}'})}"
            if self._answer("GET", asked, accept=_JSON)[0] != 200:
                continue
            probe = f"{self._place(layout.graphs)}?{urlencode({'graph': 'urn:kg:none'})}"
            status, body = self._answer("PUT", probe, b"", _TRIPLES)
            if status in (200, 201, 204):
                self._answer("DELETE", probe)
                return layout
            if status in (401, 403):
                raise GraphAccess(f"{self.url}: the server asks who writes; set {_LOGIN}=user:password ({_line(body)})")
        raise GraphAccess(f"{self.url}: no SPARQL 1.1 server that takes queries, updates and graphs answers there")

    # -- asking -------------------------------------------------------------------------------------------------

    def query(self, query: str, *, use_default_graph_as_union: bool = False, prefixes: Mapping[str, str] | None = None) -> Answer:
        """As ``pyoxigraph.Store.query``. Raises ``SyntaxError`` for a query that the server refuses."""
        head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in (prefixes or {}).items())
        more = {"union-default-graph": ""} if use_default_graph_as_union else {}
        place = f"{self._place(self._layout.query)}?{urlencode(more)}".rstrip("?")
        status, body = self._answer("POST", place, (head + query).encode(), "application/sparql-query", f"{_JSON}, {_TRIPLES};q=0.9")
        if status == 400:
            raise SyntaxError(_line(body))
        self._check(status, body)
        if body.lstrip()[:1] == b"{":
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        memory = ox.Store()
        memory.load(body, format=ox.RdfFormat.N_TRIPLES)
        return memory.query("CONSTRUCT WHERE { ?s ?p ?o }")

    def quads_for_pattern(
        self, subject: Node | None, predicate: ox.NamedNode | None, object: Node | None, graph_name: Node | None = None
    ) -> Iterator[ox.Quad]:  # fmt: skip
        """The quads of the named graphs that fit."""
        given = {"s": subject, "p": predicate, "o": object, "g": graph_name}
        s, p, o, g = (str(term) if term is not None else f"?{name}" for name, term in given.items())
        free = " ".join(f"?{name}" for name, term in given.items() if term is None)
        if not free:
            if self.query(f"ASK {{ GRAPH {g} {{ {s} {p} {o} }} }}"):
                yield ox.Quad(subject, predicate, object, graph_name)  # type: ignore[arg-type]
            return
        found = self.query(f"SELECT {free} WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}")
        assert isinstance(found, ox.QuerySolutions)
        for row in found:
            yield ox.Quad(*(row[name] if term is None else term for name, term in given.items()))  # type: ignore[arg-type]

    def named_graphs(self) -> Iterator[ox.NamedNode]:
        """The graphs that hold a statement."""
        found = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(found, ox.QuerySolutions)
        yield from (row["g"] for row in found)

    def contains_named_graph(self, name: ox.NamedNode) -> bool:
        """Whether the graph holds a statement."""
        return bool(self.query(f"ASK {{ GRAPH {name} {{ ?s ?p ?o }} }}"))

    def __len__(self) -> int:
        found = self.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(found, ox.QuerySolutions)
        return int(next(found)["n"].value)

    # -- telling ------------------------------------------------------------------------------------------------

    def put(self, name: ox.NamedNode, quads: Iterable[ox.Quad]) -> None:
        """Replace one graph, in one request."""
        self._graph("PUT", name, quads)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, graph by graph; a graph is added to in one request."""
        by_graph: dict[ox.NamedNode, list[ox.Quad]] = {}
        for quad in quads:
            assert isinstance(quad.graph_name, ox.NamedNode)
            by_graph.setdefault(quad.graph_name, []).append(quad)
        for name, some in by_graph.items():
            self._graph("POST", name, some)

    def bulk_load(self, lines: BinaryIO, *, format: ox.RdfFormat) -> None:
        """Add what a stream holds, in large requests."""
        quads = iter(ox.parse(lines, format=format))
        while batch := list(islice(quads, _BATCH)):
            self.extend(batch)

    def remove_graph(self, name: ox.NamedNode) -> None:
        """Drop a graph, if it is there."""
        status, body = self._answer("DELETE", self._graph_place(name))
        self._check(status, body, missing=True)

    def flush(self) -> None:
        """Nothing is held back."""

    def backup(self, target: str | Path) -> None:
        """Raises ``GraphAccess``: a server is served by itself."""
        raise GraphAccess(f"{self.url}: is a server, of which there is no snapshot here; ask it at its own address")

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    # -- the wire -----------------------------------------------------------------------------------------------

    def _place(self, name: str) -> str:
        return f"{self._path}/{name}" if name else self._path or "/"

    def _graph_place(self, name: ox.NamedNode) -> str:
        return f"{self._place(self._layout.graphs)}?{urlencode({'graph': name.value})}"

    def _graph(self, method: str, name: ox.NamedNode, quads: Iterable[ox.Quad]) -> None:
        data = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
        self._check(*self._answer(method, self._graph_place(name), data, _TRIPLES))

    def _check(self, status: int, body: bytes, *, missing: bool = False) -> None:
        if status // 100 != 2 and not (missing and status == 404):
            raise GraphAccess(f"{self.url}: the server answers {status}: {_line(body)}")

    def _answer(self, method: str, place: str, body: bytes | None = None, kind: str = "", accept: str = "*/*") -> tuple[int, bytes]:
        head = self._head | {"Accept": accept} | ({"Content-Type": kind} if kind else {})
        for last in (False, True):
            try:
                self._connection.request(method, place, body, head)
                answer = self._connection.getresponse()
                return answer.status, answer.read()
            except (http.client.HTTPException, ConnectionError) as error:  # a connection that was kept and is gone is made anew, once
                self._connection.close()
                if last:
                    raise GraphAccess(f"{self.url}: the server does not answer ({error or type(error).__name__})") from error
            except OSError as error:
                self._connection.close()
                raise GraphAccess(f"{self.url}: the server does not answer ({error.strerror or error})") from error
        raise AssertionError


def _line(body: bytes) -> str:
    return " ".join(body.decode("utf-8", "replace").split())[:300]
