"""The query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), and nothing else of it.

A query comes by GET, by POST as a form, or by POST as it stands. What would change the graph or reach outside it is
refused with 403, what is no query with 400, what no format of the client's fits with 406, what waits too long with
503, what runs too long with 504, what answers too much with 422; the body says why in one line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl, urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import QueryRefused, QuerySyntax
from kg.graph.guard import check_readonly
from kg.graph.names import NAMESPACES
from kg.graph.store import Graph
from kg.serve import accept
from kg.serve.description import describe
from kg.serve.limits import Limits
from kg.serve.pool import Job, Reply
from kg.serve.refusal import Refusal

__all__ = ["Endpoint", "checked", "prefixes", "until_gone"]

_READS_ONLY = "this endpoint only reads; articles go in with: kg build"
_VARY = {"Vary": "Accept"}
Run = Callable[[Job], Awaitable[Reply]]


def prefixes(graph: Graph) -> dict[str, str]:
    """Every prefix that a query may use without declaring it."""
    return graph.minter.prefixes() | {prefix: namespace.iri for prefix, namespace in NAMESPACES.items()}


def checked(query: str) -> str:
    """The query's form. Raises ``Refusal`` as ``check_readonly`` does, with the status of the protocol."""
    try:
        return check_readonly(query)
    except QueryRefused as error:
        raise Refusal(403, str(error)) from None
    except QuerySyntax as error:
        raise Refusal(400, str(error)) from None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The parameters of one query operation."""

    query: str | None
    default: tuple[str, ...]
    named: tuple[str, ...]
    form: str | None


class Endpoint:
    """Answers requests to the endpoint from ``graph()`` through ``run``; ``page`` is where a person asks."""

    def __init__(self, graph: Callable[[], Graph], run: Run, limits: Limits, page: str) -> None:
        self._graph, self._run, self._limits, self._page = graph, run, limits, page

    async def get(self, request: Request) -> Response:
        """A query in the address, or without one the service description (a browser is sent to the query page)."""
        asked = _parameters(list(request.query_params.multi_items()))
        header = request.headers.get("accept")
        if asked.query is not None:
            return await self._answer(request, asked)
        formats = {"turtle": accept.GRAPHS["turtle"], **accept.GRAPHS, **accept.PAGE}
        chosen = accept.choose(header, formats) or ("turtle", "text/turtle")
        if chosen[0] == "html":
            return RedirectResponse(self._page, 303, headers=_VARY)
        endpoint = str(request.url.replace(query="", fragment=""))
        body = await asyncio.to_thread(describe, self._graph(), endpoint, chosen[0])
        return Response(body, media_type=accept.content_type(chosen[1]), headers=_VARY)

    async def post(self, request: Request) -> Response:
        """A query in the body."""
        kind = Message()
        kind["Content-Type"] = request.headers.get("content-type", "")
        media = kind.get_content_type() if "content-type" in request.headers else ""
        if media == "application/sparql-update":
            raise Refusal(403, _READS_ONLY)
        if media not in ("application/x-www-form-urlencoded", "application/sparql-query"):
            raise Refusal(415, "send a query as application/sparql-query or application/x-www-form-urlencoded")
        if str(kind.get_param("charset") or "utf-8").lower() not in ("utf-8", "utf8"):
            raise Refusal(415, "send the query in UTF-8")
        try:
            text = (await self._body(request)).decode("utf-8")
            if media == "application/sparql-query":
                pairs = [(k, v) for k, v in request.query_params.multi_items() if k != "query"] + [("query", text)]
            else:
                pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
        except UnicodeDecodeError:
            raise Refusal(400, "the query is not UTF-8") from None
        except ValueError:
            raise Refusal(400, "the form cannot be read") from None
        return await self._answer(request, _parameters(pairs))

    async def _body(self, request: Request) -> bytes:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._limits.request:
                raise Refusal(413, f"a query may have {self._limits.request} bytes")
        return bytes(body)

    async def _answer(self, request: Request, asked: _Asked) -> Response:
        if asked.query is None:
            raise Refusal(400, "there is no query: send it as the parameter query")
        form = checked(asked.query)
        formats = accept.TABLES if form in ("SELECT", "ASK") else accept.GRAPHS
        header = request.headers.get("accept")
        chosen = accept.named(asked.form, formats) or accept.choose(header, {**formats, **accept.PAGE})
        if chosen is None:
            there = ", ".join(types[0] for types in formats.values())
            raise Refusal(406, f"the answer to {form} comes as {there}", _VARY)
        if chosen[0] == "html":  # a person followed a link
            return RedirectResponse(f"{self._page}?{urlencode({'query': asked.query})}", 303, headers=_VARY)
        graph = self._graph()
        for iri in (*asked.default, *asked.named):
            _check_graph(graph, iri)
        table, syntax = (chosen[0], "turtle") if formats is accept.TABLES else ("json", chosen[0])
        job = Job(asked.query, prefixes(graph), table, syntax, asked.default, asked.named)
        reply = await until_gone(request, self._run(job))
        return Response(reply.data, media_type=accept.content_type(chosen[1]), headers=_VARY)


def _parameters(pairs: list[tuple[str, str]]) -> _Asked:
    if any(key == "update" for key, _ in pairs):
        raise Refusal(403, _READS_ONLY)
    queries = [value for key, value in pairs if key == "query"]
    if len(queries) > 1:
        raise Refusal(400, "send one query at a time")
    graphs = {name: tuple(value for key, value in pairs if key == name) for name in ("default-graph-uri", "named-graph-uri")}
    form = next((value for key, value in pairs if key == "format"), None)
    return _Asked(next(iter(queries), None), graphs["default-graph-uri"], graphs["named-graph-uri"], form)


def _check_graph(graph: Graph, iri: str) -> None:
    try:
        known = graph.store.contains_named_graph(ox.NamedNode(iri))
    except ValueError:
        raise Refusal(400, f"not an IRI: {iri}") from None
    if not known:
        raise Refusal(400, f"there is no graph {iri} here, and none is fetched; SELECT DISTINCT ?g {{ GRAPH ?g {{}} }} lists them")


async def until_gone(request: Request, work: Awaitable[Reply]) -> Reply:
    """The reply, unless the client goes away first: then the query is stopped, for nobody would read its answer."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    task, watch = asyncio.ensure_future(work), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Refusal(499, "the client went away")
        return task.result()
    finally:
        task.cancel()
        watch.cancel()
