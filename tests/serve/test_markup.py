"""Whatever the names, titles and sentences of a graph hold, its pages are made of the templates' elements alone and give the words back.

The long run: ``python -m pytest tests/serve/test_markup.py --cases 100000``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from kg.graph import Graph
from kg.graph.names import RDFS, XSD
from kg.serve.explorer import Explorer
from kg.serve.index import Index
from kg.serve.pool import Job, Reply
from tests.graph.sample import sample
from tests.serve.conftest import HOSTILE, incident
from tests.serve.test_pages import check
from tests.view.test_hostile import TEXTS

PAGES = ("Country", "Incident", "Event", "Article", "Group", "search", "list")
"""A thing of that class, the first by its IRI; a search for every name; the list of actors."""


@dataclass(frozen=True)
class Served:
    graph: Graph
    index: Index


@cache
def written() -> tuple[list[ox.Quad], dict[str, str], Index]:
    """A graph's statements, the first thing of each class in it, and its index."""
    graph = sample()
    incident(graph)
    quads = sorted(graph.quads(), key=str)
    found: dict[str, str] = {}
    for quad in quads:
        if quad.predicate.value.endswith("#type") and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            found.setdefault(quad.object.value.rpartition("#")[2], quad.subject.value)
    return quads, found, Index(graph)


def other(term: Any, texts: list[str]) -> Any:
    """A text as one of those, anything else as it is."""
    if not isinstance(term, ox.Literal) or not (term.language or term.datatype == XSD["string"]):
        return term
    text = texts[len(term.value) % len(texts)]
    return ox.Literal(text, language=term.language) if term.language else ox.Literal(text)


async def never(job: Job) -> Reply:
    raise AssertionError(job)


@given(st.lists(st.one_of(TEXTS, st.sampled_from(HOSTILE)), min_size=1, max_size=4), st.sampled_from(PAGES))
def test_every_page_is_made_of_the_templates_elements(texts: list[str], page: str) -> None:
    quads, things, index = written()
    graph = Graph.memory()
    graph.store.extend([ox.Quad(q.subject, q.predicate, other(q.object, texts), q.graph_name) for q in quads])
    listed = page in ("search", "list")
    served = Served(graph, Index(graph) if listed else index)
    explorer = Explorer(lambda: served, never)
    query = urlencode({"q": texts[0]} if page == "search" else {"iri": things.get(page, "")})
    scope = {"type": "http", "method": "GET", "path": "/x", "raw_path": b"/x", "query_string": b"", "headers": [(b"accept", b"text/html")]}
    request = Request(scope | {"query_string": query.encode(), "path_params": {"section": "actors"}})
    answer = explorer.search(request) if page == "search" else explorer.list(request) if page == "list" else explorer.about(request)
    if answer.status_code == 303:  # one thing was found
        return
    shown = check(bytes(answer.body).decode())
    if not listed:
        own = [q.object for q in graph.store.quads_for_pattern(ox.NamedNode(things[page]), RDFS["label"], None)]
        assert not own or any(isinstance(name, ox.Literal) and name.value in shown.text for name in own)
