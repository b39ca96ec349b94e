"""The explorer's pages: every link leads somewhere, every IRI resolves, and no text of an article becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from rdflib import Graph

from kg.graph import Graph as Store
from tests.serve.client import Answer, send
from tests.serve.conftest import HOSTILE

BASE = "https://w3id.org/kg-news/id/"
TAGS = frozenset({
    "a", "article", "blockquote", "body", "button", "circle", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "head", "header", "html", "input", "label", "li", "link", "main", "mark", "meta", "nav", "ol", "p", "path", "rect", "section", "span",
    "summary", "svg", "table", "tbody", "td", "text", "textarea", "th", "thead", "time", "title", "tr", "ul", "script",
})  # fmt: skip
ELSEWHERE = ("https://w3id.org/kg-news/ontology", "http://www.w3.org/", "https://schema.org/", "http://www.wikidata.org/entity/")
"""Where links may lead; nothing is fetched from there."""
FILES = {"/static/explorer.css", "/static/icon.svg", "/static/vendor/yasgui.min.css", "/static/vendor/yasgui.min.js", "/static/query.js"}


class Page(HTMLParser):
    """The tags, links and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str]:
        return [a["href"] for t, a in self.tags if t == "a" and a.get("href") and (a["href"] or "").startswith(("/", "?"))]  # type: ignore[misc]


def check(html: str) -> Page:
    """A page whose every tag is one of the templates'."""
    page = Page(html)
    for tag, attributes in page.tags:
        assert tag in TAGS, tag
        assert not [name for name in attributes if name.startswith("on") or name == "style"], attributes
        assert attributes.get("src") in {None, *FILES}
        address = attributes.get("href") or attributes.get("action") or "/"
        assert address.startswith(("/", "#", "?", *ELSEWHERE)), address
        if tag == "script":
            assert attributes.get("src") in FILES
    return page


def get(address: str, path: str, accept: str = "text/html") -> Answer:
    return send(address, path, accept=accept)


def test_every_page_that_a_link_leads_to_is_there_and_holds_no_foreign_markup(address: str) -> None:
    todo, seen, texts = ["/"], set[str](), ""
    while todo and len(seen) < 400:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        found = get(address, path)
        if found.status == 303:
            todo.append(found.headers["location"])
            continue
        assert found.status == 200, f"{path}: {found.text[:500]}"
        if path.startswith("/view") or not found.kind.startswith("text/html"):
            continue
        page = check(found.text)
        texts += page.text
        # one graph page and one query of an IRI are enough; each takes a second
        links = [p for p in page.links if "lang=" not in p]  # the same pages in other words (test_words)
        todo += [p for p in links if not (p.startswith(("/view", "/query?query=")) and any(s.startswith(p[:8]) for s in seen))]
    assert {"/list/actors", "/list/incidents", "/id/country/IR", "/id/incident/1", "/query"} <= seen
    assert any("format=turtle" in path for path in seen)
    assert sum(path.startswith("/id/event/") for path in seen) >= 10
    for attack in HOSTILE:
        assert attack in texts
    assert "49{%" not in texts


def test_the_policy_allows_no_script_of_the_data(address: str) -> None:
    for path in ("/", "/id/country/IR", "/query", "/search?q=x", "/nothing"):
        policy = get(address, path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
    html = get(address, f"/view?{urlencode({'iri': BASE + 'country/IR'})}").text
    assert re.search(r"http-equiv=.Content-Security-Policy", html)
    assert "unsafe" not in html.partition("</head>")[0].partition("Content-Security-Policy")[2][:600]


@pytest.mark.parametrize("attack", HOSTILE)
def test_text_of_a_request_is_text_too(address: str, attack: str) -> None:
    quoted = quote(attack, safe="")
    for path in (f"/search?q={quoted}", f"/query?query={quoted}", f"/query?name=shipments&from={quoted}", f"/{quoted}", f"/list/{quoted}",
                 f"/id/{quoted}", f"/about?iri={quoted}", f"/id/country/IR?type={quoted}"):  # fmt: skip
        check(get(address, path).text)


def test_a_page_tells_who_says_so_and_marks_the_words(address: str) -> None:
    html = get(address, "/id/country/IR").text
    assert "<mark>geleverd</mark>" in html
    assert "<mark>ontkent</mark>" in html
    assert '<span class="badge no">denied</span>' in html
    assert "What it claims" in html
    assert 'lang="nl"' in html
    only = get(address, "/id/country/IR?type=Agreement").text
    assert "geleverd" not in only


def test_an_article_and_an_incident_have_theirs(address: str, graph_folder: Path) -> None:
    with Store.open(graph_folder) as graph:
        article = graph.articles()["nl/iran.txt"].node.value
    html = get(address, article.replace(BASE, "/id/")).text
    places = [html.index(f"<mark>{word}</mark>") for word in ("geleverd", "bestelde", "levering", "sturen", "sloten")]
    assert places == sorted(places)  # in the order of the text
    incident = get(address, "/id/incident/1").text
    assert incident.count('<article class="event') == 2
    assert "<dt>independent sources</dt><dd>2</dd>" in incident
    assert "<td>quantity</td><td>drie containers</td><td>&lt;script&gt;alert(1)&lt;/script&gt;</td>" in incident
    assert "Drones for Russia" in get(address, "/list/incidents").text
    event = re.search(r"/id/event/\w+", incident)
    assert event is not None
    assert "/id/incident/1" in get(address, event[0]).text


@pytest.mark.parametrize("path", ["/id/country/IR", "/id/incident/1", f"/about?{urlencode({'iri': BASE + 'country/IR'})}"])
def test_iris_resolve_as_page_and_as_data(address: str, path: str) -> None:
    assert get(address, path, "text/html,*/*;q=0.8").kind.startswith("text/html")
    forms = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}
    for accept, parser in forms.items():
        found = get(address, path, accept)
        graph = Graph().parse(data=found.body, format=parser)
        assert {str(s) for s in graph.subjects()} == {BASE + ("incident/1" if "incident" in path else "country/IR")}
    assert get(address, path, "image/png").status == 406


def test_every_iri_of_the_data_resolves_as_typed_and_as_linked(address: str, graph_folder: Path) -> None:
    with Store.open(graph_folder) as graph:
        from kg.serve.links import Links

        links = Links(graph.minter.base)
        subjects = sorted({q.subject.value for q in graph.quads()} - {""})
    odd = [iri for iri in subjects if "%" in iri or not iri.isascii()] + subjects[:: max(1, len(subjects) // 20)]
    assert any("%" in iri for iri in odd)
    for iri in odd:
        assert get(address, links.href(iri), "text/turtle").status == 200, iri
        if iri.startswith(BASE):
            assert get(address, quote(iri.replace(BASE, "/id/"), safe="/%"), "text/turtle").status == 200, iri


def test_what_is_not_there_is_said_in_one_line_or_on_a_page(address: str) -> None:
    assert send(address, "/id/country/XX").text == f"nothing in the graph has the IRI {BASE}country/XX\n"
    page = get(address, "/id/country/XX")
    assert (page.status, "Not found" in page.text) == (404, True)
    for path, status in (("/nothing", 404), ("/about", 400), ("/about?iri=no%20iri", 400), ("/view?iri=a:b", 404), ("/list/x", 404),
                         ("/queries/none.rq", 404), ("/queries/shipments.rq?from=Atlantis", 400), ("/static/../app.py", 404)):  # fmt: skip
        assert send(address, path).status == status, path


def test_named_questions_are_asked_without_script(address: str) -> None:
    html = get(address, "/query?name=shipments&from=Iran").text
    page = check(html)
    assert "VALUES ?from { &lt;https://w3id.org/kg-news/id/country/IR&gt; }" in html
    assert sum(link.startswith("/id/event/") for link in page.links) == 3
    assert "nothing in the graph has that name" in get(address, "/query?name=shipments&from=Atlantis").text
    assert "SPARQL: " in get(address, "/query?query=SELECT%20*%20%7B").text
    assert "SERVICE asks another server" in get(address, "/query?query=ASK%20%7BSERVICE%20%3Ca%3Ab%3E%7B%7D%7D").text
    assert "Yes" in get(address, "/query?query=ASK%7B%7D").text
    assert "/id/country/IR" in get(address, "/query?query=DESCRIBE%20country:IR").text
    assert "# param: from" in send(address, "/queries/shipments.rq").text


def test_a_search_finds_names_in_any_language(address: str) -> None:
    assert send(address, "/search?q=noord-korea").headers["location"] == "/id/country/KP"
    assert all(name in get(address, "/search?q=rusland").text for name in ("Russia", "Iran verscheept drones naar Rusland"))
    assert "Nothing in the graph" in get(address, "/search?q=atlantis").text


def test_files_are_those_that_were_vendored() -> None:
    import hashlib
    import json

    import kg.serve

    folder = Path(kg.serve.__file__).parent / "static" / "vendor"
    record = json.loads((folder / "vendored.json").read_text(encoding="utf-8"))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.suffix in (".js", ".css")}
    assert found == record["sha256"]
    assert f"{record['package']} {record['version']}" in (folder / "LICENSES.txt").read_text(encoding="utf-8")
