"""The explorer: pages rendered on the server, which work without script but for the graph and the query editor.

Every text of the data goes through Jinja's autoescape; no page holds a script of its own, and the policy of ``app``
allows none but the files of ``static``.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.errors import BadParameter, KgError
from kg.graph.answer import shorten
from kg.graph.names import KG
from kg.graph.query import filled, named_queries
from kg.graph.store import Graph
from kg.serve import accept, nearby
from kg.serve.dossier import INCIDENTS, dossier, events_of, kind_of, label_of
from kg.serve.index import Index
from kg.serve.links import Links
from kg.serve.pool import Job, Reply
from kg.serve.protocol import Run, checked, prefixes, until_gone
from kg.serve.refusal import Refusal
from kg.serve.vocabulary import TERMS, is_term, vocabulary
from kg.serve.words import Words

__all__ = ["Explorer", "Served", "render"]

LIST_SIZE = 100
"""Entries of a list on one page, and of each part of a search."""
RESULT_ROWS = 500
"""Rows of a query's answer on a page; the endpoint gives all."""
VIEW_EVENTS = 400
"""Events that the graph around a thing is made of, before it is narrowed to what can be drawn."""
_HEAD = re.compile(r"\A(?:#.*\n)+\n*")  # a named query's title and parameters, which the page tells by itself
_GRAPH_FORMATS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}


class Served(Protocol):
    """What is served at the moment; it changes when the graph was built anew."""

    @property
    def graph(self) -> Graph: ...

    @property
    def index(self) -> Index: ...


@cache
def _environment() -> Environment:
    """The templates, every value escaped."""
    loader = PackageLoader("kg.serve", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render(request: Request, words: Words, template: str, status: int = 200, headers: dict[str, str] | None = None, /, **values: Any) -> Response:
    """A page made of a template, in the language of whoever asked."""
    common = {"w": words, "languages": words.others(request)}
    html = _environment().get_template(template).render(common | values)
    return HTMLResponse(html, status, headers={**(headers or {}), "Vary": "Accept, Accept-Language", "Content-Language": words.language})


class Explorer:
    """The pages of what ``served()`` serves; queries run through ``run``."""

    def __init__(self, served: Callable[[], Served], run: Run) -> None:
        self._served, self._run = served, run
        self._drawing = threading.Lock()  # one layout at a time: each takes a core for about a second
        self._view = lru_cache(maxsize=32)(self._draw)

    def routes(self) -> list[Route]:
        """The addresses of the pages."""
        return [
            Route("/", self.home),
            Route("/search", self.search),
            Route("/list/{section}", self.list),
            Route("/query", self.query),
            Route("/queries/{name}.rq", self.named),
            Route("/view", self.view),
            Route("/about", self.about),
            Route("/id/{path:path}", self.thing),
        ]

    def _page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        graph = self._served().graph
        links, words = Links(graph.minter.base), Words.of(request)
        common = {
            "plain": links.href, "href": lambda iri: words.keep(links.href(iri)), "tool": lambda path, iri: words.keep(links.tool(path, iri)),
            "short": lambda term: shorten(graph, term), "term": lambda term: _term(graph, links, words, term),
        }  # fmt: skip
        return render(request, words, template, status, **common, **values)

    def home(self, request: Request) -> Response:
        """What there is, and where to begin."""
        return self._page(request, "home.html.jinja", index=self._served().index, queries=named_queries())

    def search(self, request: Request) -> Response:
        """Everything whose name holds the words."""
        words = request.query_params.get("q", "")
        items, articles = self._served().index.search(words, LIST_SIZE)
        if len(items) + len(articles) == 1:
            links = Links(self._served().graph.minter.base)
            return RedirectResponse(Words.of(request).keep(links.href((items or articles)[0].iri)), 303)
        return self._page(request, "search.html.jinja", words=words, items=items, articles=articles, most=LIST_SIZE)

    def list(self, request: Request) -> Response:
        """All of one kind."""
        section, index = request.path_params["section"], self._served().index
        known: dict[str, Any] = {**index.lists, "articles": index.articles, "incidents": index.incidents}
        of = request.query_params.get("of", "")
        if of and section == "members":
            known["members"] = index.members.get(of, [])
        if section not in known:
            raise Refusal(404, f"there is no list of {section}; there are {', '.join(known)}")
        items, page = known[section], _number(request.query_params.get("page"))
        pages = max(1, -(-len(items) // LIST_SIZE))
        page = min(page, pages)
        part = items[(page - 1) * LIST_SIZE : page * LIST_SIZE]
        values = {"section": section, "of": of if section == "members" else "", "items": part, "total": len(items), "page": page, "pages": pages}
        return self._page(request, "list.html.jinja", **values)

    def thing(self, request: Request) -> Response:
        """The thing that an IRI below the base names."""
        links = Links(self._served().graph.minter.base)
        raw: bytes = request.scope.get("raw_path") or b""
        store = self._served().graph.store
        for node in links.meant(request.path_params["path"], raw):
            if next(store.quads_for_pattern(node, None, None), None):
                return self._about(request, node)
        raise Refusal(404, f"nothing in the graph has the IRI {links.base}{request.path_params['path']}")

    def about(self, request: Request) -> Response:
        """The thing that ``?iri=`` names."""
        return self._about(request, _iri(request))

    def _about(self, request: Request, node: ox.NamedNode) -> Response:
        graph = self._served().graph
        formats = {**accept.PAGE, **accept.GRAPHS}
        chosen = accept.named(request.query_params.get("format"), formats) or accept.choose(request.headers.get("accept"), formats)
        if chosen is None:
            raise Refusal(406, f"this comes as {', '.join(types[0] for types in formats.values())}")
        known = graph.store if next(graph.store.quads_for_pattern(node, None, None), None) or not is_term(node.value) else vocabulary()
        if chosen[0] != "html":
            return _described(graph, known, node, *chosen)
        words, asked = Words.of(request), request.query_params
        found = dossier(
            graph, known, self._served().index, node, type=asked.get("type", ""), page=_number(asked.get("page")), language=words.language
        )  # fmt: skip
        if found is None:
            raise Refusal(404, f"nothing in the graph has the IRI {node.value}")
        return self._page(
            request, "thing.html.jinja", d=found, claims_of=claims_of, named=lambda iri: label_of(graph.store, iri, words.language)
        )  # fmt: skip

    def view(self, request: Request) -> Response:
        """The graph around a thing, as ``kg view`` draws it."""
        html = self._view(self._served().graph, _iri(request), Words.of(request).language)
        return HTMLResponse(html, headers={"Vary": "Accept-Language"})

    def _draw(self, graph: Graph, node: ox.NamedNode, language: str) -> str:
        from kg.view import write_page

        store = graph.store
        said = nearby.statements(store, node)
        kind = kind_of(said)
        told = nearby.lines(store, nearby.alone(node)) if kind == "Event" else events_of(store, self._served().index, node, kind)
        found = nearby.gather(store, [ox.NamedNode(line.iri) for line in told[:VIEW_EVENTS]], [node])
        if not found.events:
            raise Refusal(404, f"no event in the graph has a part for {node.value}")
        around = None if kind in ("Event", *INCIDENTS, "Article") else node.value
        with self._drawing, TemporaryDirectory() as folder:
            write_page(found, Path(folder) / "view.html", around=around, language=language)
            return (Path(folder) / "view.html").read_text(encoding="utf-8")

    def named(self, request: Request) -> Response:
        """The text of a named query, with the parameters of the address in it."""
        values = {k: v for k, v in request.query_params.items() if v.strip()}
        try:
            return PlainTextResponse(filled(self._served().graph, request.path_params["name"], values))
        except BadParameter as error:
            raise Refusal(400, str(error)) from None
        except KgError as error:
            raise Refusal(404, str(error)) from None

    async def query(self, request: Request) -> Response:
        """A form for a query, and its answer where one was sent; script puts the editor in the form's place."""
        given = dict(request.query_params)
        text, name = given.pop("query", ""), given.pop("name", "")
        given.pop("lang", None)
        values: dict[str, Any] = {"queries": named_queries(), "chosen": named_queries().get(name), "given": given}
        status, problem, answer = 200, "", None
        try:
            if name and not text:
                text = _HEAD.sub("", filled(self._served().graph, name, {k: v for k, v in given.items() if v.strip()}))
            if text.strip():
                checked(text)
                job = Job(text, prefixes(self._served().graph), table="json", rows=RESULT_ROWS, graph="ntriples")
                answer = _table(await until_gone(request, self._run(job)))
        except Refusal as refusal:
            status, problem = refusal.status, refusal.message
        except KgError as error:
            status, problem = 400, str(error)
        values |= {"prefixes": json.dumps(self._names()), "editor_words": json.dumps(Words.of(request).table())}
        values |= {"text": text, "problem": problem, "answer": answer, "most": RESULT_ROWS}
        return self._page(request, "query.html.jinja", status, **values)

    def _names(self) -> dict[str, Any]:
        """What the editor's table needs: prefixes, and the namespaces whose IRIs have a page here."""
        graph = self._served().graph
        return {"prefixes": prefixes(graph), "here": [graph.minter.base, *TERMS]}


def claims_of(found: Any, event: Any) -> list[Any]:
    """The claims of the dossier's own subject about an event."""
    return [claim for claim in event.claims if claim.by == found.node.value]


def _term(graph: Graph, links: Links, words: Words, term: Any) -> Markup:
    """A term for a page: an IRI of the data or vocabulary as a link to its page here, a literal with its language."""
    if isinstance(term, ox.NamedNode):
        if term.value.startswith(links.base) or is_term(term.value):
            return Markup('<a href="{}">{}</a>').format(words.keep(links.href(term.value)), shorten(graph, term))
        if term.value.startswith(("http://", "https://")):
            return Markup('<a href="{}" rel="external noreferrer">{}</a>').format(term.value, shorten(graph, term))
    if isinstance(term, ox.Literal) and term.language:
        return Markup('<span lang="{}">{}</span>').format(term.language, term.value)
    return Markup("{}").format(shorten(graph, term))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 and int(text) > 0 else 1


def _iri(request: Request) -> ox.NamedNode:
    try:
        return ox.NamedNode(request.query_params["iri"])
    except KeyError:
        raise Refusal(400, "name the thing with ?iri=") from None
    except ValueError:
        raise Refusal(400, f"not an IRI: {request.query_params['iri']}") from None


def _described(graph: Graph, store: ox.Store, node: ox.NamedNode, form: str, media: str) -> Response:
    """What is said of a node, of an event also its claims, amounts and evidence."""
    quads = nearby.statements(store, node)
    if not quads:
        raise Refusal(404, f"nothing in the graph has the IRI {node.value}")
    claims = [q.subject for q in store.quads_for_pattern(None, KG["about"], node)]
    parts = [*(q.object for q in quads if q.predicate in (KG["evidence"], KG["quantity"])), *claims]
    parts += [q.object for claim in claims for q in store.quads_for_pattern(claim, KG["evidence"], None)]
    quads += [q for part in dict.fromkeys(parts) if isinstance(part, ox.NamedNode) for q in nearby.statements(store, part)]
    triples = sorted({q.triple for q in quads}, key=str)
    text = " ".join(map(str, triples))
    used = {p: iri for p, iri in prefixes(graph).items() if iri in text} if form in ("turtle", "rdfxml") else None
    data = ox.serialize(triples, format=_GRAPH_FORMATS[form], prefixes=used) or b""
    return Response(data, media_type=accept.content_type(media), headers={"Vary": "Accept"})


def _table(reply: Reply) -> dict[str, Any]:
    """A reply as columns and rows of terms for a page."""
    if reply.kind == "truth":
        return {"truth": json.loads(reply.data)["boolean"], "cut": False}
    if reply.kind == "graph":
        triples = [(q.subject, q.predicate, q.object) for q in ox.parse(reply.data, format=ox.RdfFormat.N_TRIPLES)]
        return {"columns": ["subject", "predicate", "object"], "rows": triples[:RESULT_ROWS], "cut": len(triples) > RESULT_ROWS}
    found = ox.parse_query_results(reply.data, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    columns = [v.value for v in found.variables]
    return {"columns": columns, "rows": [tuple(row[c] for c in columns) for row in found], "cut": reply.cut}
