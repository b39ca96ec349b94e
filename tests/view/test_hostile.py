"""Whatever a text holds, the page has the same elements and gives the text back: nothing that an article says becomes markup or script.

The long run: ``python -m pytest tests/view/test_hostile.py --cases 100000``.
"""

from __future__ import annotations

import json
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.facts import Passage, facts
from kg.view.detail import marks
from kg.view.network import build
from kg.view.page import render
from kg.view.select import Selection, select
from kg.view.words import strings
from tests.graph.sample import sample

ATTACKS = (
    "<script>alert(1)</script>", "</script>", "</SCRIPT\n>", "<!--<script>", "-->", "]]>", "</title>", "</style>", "<img src=x onerror=alert(1)>",
    '" onload="alert(1)', "'", "&", "&lt;script&gt;", "&#60;", "\\u003c", "\\", "{{ 7 * 7 }}", "{% include 'x' %}", "javascript:alert(1)", "\u2028",
    "\u202e", "\0", "\x1b[2J", "\ufeff", "\ufffe", "\U0010ffff", "__proto__", "constructor",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(st.characters(exclude_categories=("Cs",)), max_size=12)), max_size=4).map("".join)
OURS = ("options", "prefixes", "names")  # of the network, what no article tells


class Page(HTMLParser):
    """The elements of a page with their attributes up to its first script, what they hold, and the rest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.held: dict[str, str] = {}
        self._inside = ""
        before, _, self.rest = html.partition("<script>\n")
        self.feed(before)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(f"{name}={value}" for name, value in attrs)))
        self._inside = tag if tag in ("title", "h1") else dict(attrs).get("id") or ""

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}",))
        self._inside = ""

    def handle_data(self, data: str) -> None:
        self.held[self._inside] = self.held.get(self._inside, "") + data


@cache
def drawn() -> tuple[dict[str, Any], Selection]:
    found = facts(sample().quads())
    chosen = select(found, around="Teheran")
    return build(found, chosen), chosen


@cache
def harmless() -> Page:
    network, chosen = drawn()
    return Page(render(network, chosen, title="x"))


def told(value: Any, texts: list[str]) -> Any:
    """The same with every text in it another one."""
    if isinstance(value, str):
        return texts[len(value) % len(texts)]
    if isinstance(value, dict):
        return {key: told(inner, texts) for key, inner in value.items()}
    return [told(inner, texts) for inner in value] if isinstance(value, list | tuple) else value


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_text_becomes_an_element_and_every_text_is_given_back(texts: list[str]) -> None:
    network, chosen = drawn()
    hostile = {key: value if key in OURS else told(value, texts) for key, value in network.items()}
    page = Page(render(hostile, chosen, title=texts[0]))
    assert (page.elements, page.rest) == (harmless().elements, harmless().rest)
    data = json.loads(page.held["data"])
    assert {key: data[key] for key in hostile} == hostile
    assert page.held["title"] == page.held["h1"] == (texts[0] or strings()["title"]["en"])


@given(TEXTS, st.lists(st.tuples(st.integers(-1, 60), st.integers(0, 20), st.sampled_from(["names", "time", "amount", "says", "tells"])), max_size=6))
def test_marks_lie_in_the_sentence_in_order(sentence: str, words: list[tuple[int, int, str]]) -> None:
    passages = [(Passage(start, start + length, sentence[max(start, 0) :][:length], sentence), kind) for start, length, kind in words]
    found = marks(sentence, passages)
    assert all(0 <= start < end <= len(sentence.encode("utf-16-le")) // 2 for start, end, _ in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
