"""The explorer in four languages: nothing is left out, and the page is in the one that was asked for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from starlette.requests import Request

import kg.serve
from kg.graph.query import named_queries
from kg.records import LANGUAGES
from kg.serve.words import Words, texts
from tests.serve.client import send
from tests.serve.test_pages import BASE, check

FOLDER = Path(kg.serve.__file__).parent


def request(accept: str = "", query: str = "") -> Request:
    scope = {"type": "http", "method": "GET", "path": "/id/x", "raw_path": b"/id/x", "query_string": query.encode(), "headers": []}
    if accept:
        scope["headers"] = [(b"accept-language", accept.encode())]
    return Request(scope)


def test_every_text_is_there_in_every_language_with_the_same_places() -> None:
    for key, by_language in texts().items():
        assert set(by_language) == set(LANGUAGES), key
        places = {language: sorted(re.findall(r"\{(\w+)\}", text)) for language, text in by_language.items()}
        assert len(set(map(tuple, places.values()))) == 1, key


def test_every_text_that_a_template_says_is_there_and_each_of_the_explorers_is_said() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in [*FOLDER.glob("templates/*.jinja"), FOLDER / "words.py"])
    said = set(re.findall(r"""\b(?:say|low|many)\(["'](\w+)["']""", code))
    assert said <= texts().keys() | {key.removesuffix("_one") for key in texts()}
    own = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    lists = {"countries", "actors", "places", "vessels", "goods", "topics", "articles", "incidents", "members"}
    unsaid = {k for k in own if k.removesuffix("_one") not in said and k not in lists and not k.startswith("about_") and f'"{k}"' not in code}
    assert unsaid == set()


def test_every_named_query_has_a_title_in_every_language() -> None:
    for query in named_queries().values():
        titles = {Words(language).question(query) for language in LANGUAGES}
        assert len(titles) == len(LANGUAGES), query.name


@pytest.mark.parametrize(
    ("accept", "query", "language", "asked"),
    [
        ("", "", "en", False),
        ("nl-BE,nl;q=0.9,en;q=0.8", "", "nl", False),
        ("es, fr;q=0.3, de;q=0.7", "", "de", False),
        ("es", "", "en", False),
        ("fr;q=nonsense, *", "", "en", False),
        ("nl", "lang=fr", "fr", True),
        ("nl", "lang=xx", "nl", False),
        ("nl", "lang=%3Cscript%3E", "nl", False),
    ],
)
def test_which_language(accept: str, query: str, language: str, asked: bool) -> None:
    words = Words.of(request(accept, query))
    assert (words.language, words.asked) == (language, asked)


def test_links_keep_the_language_that_the_address_asked_for() -> None:
    assert Words("nl").keep("/id/x?page=2") == "/id/x?page=2"
    assert Words("nl", True).keep("/id/x") == "/id/x?lang=nl"
    assert Words("nl", True).keep("/id/x?page=2#main") == "/id/x?page=2&lang=nl#main"
    addresses = {code: address for code, _, address in Words("nl").others(request("", "page=2&lang=nl"))}
    assert addresses["de"] == "/id/x?page=2&lang=de"


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("nl", ("Landen", "leverancier", "ontkend", "Oekraïne", "Rusland", "Uitspraken")),
        ("de", ("Länder", "Lieferant", "bestritten", "Ukraine", "Russland", "Aussagen")),
        ("fr", ("Pays", "fournisseur", "démenti", "Ukraine", "Russie", "Énoncés")),
    ],
)
def test_a_page_speaks_the_language_of_the_browser_and_of_the_address(address: str, language: str, wanted: tuple[str, ...]) -> None:
    own = send(address, "/id/country/IR", accept="text/html", accept_language=language)
    asked = send(address, f"/id/country/IR?lang={language}", accept="text/html", accept_language="en")
    for found in (own, asked):
        assert f'<html lang="{language}">' in found.text
        assert found.headers["content-language"] == language
        assert "Accept-Language" in found.headers["vary"]
        check(found.text)
        for word in wanted:
            assert word in found.text, word
        for word in ("no date", "Statements", "What it claims", ">supplier<", ">denied<"):
            assert word not in found.text
    assert f"/list/countries?lang={language}" in asked.text
    assert len([link for link in check(own.text).links if "lang=" in link]) == len(LANGUAGES)  # those to the other languages alone


def test_the_graph_opens_in_the_language_too(address: str) -> None:
    html = send(address, f"/view?iri={BASE}country/IR&lang=nl", accept="text/html").text
    assert '<html lang="nl">' in html


def test_a_problem_is_told_below_a_heading_in_the_language(address: str) -> None:
    found = send(address, "/nothing?lang=de", accept="text/html")
    assert found.status == 404
    assert "Nicht gefunden" in found.text
