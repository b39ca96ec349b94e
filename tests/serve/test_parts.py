"""The small parts: addresses, marks, time lines, negotiation."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.facts import Passage
from kg.graph.iri import DEFAULT_BASE, slug
from kg.serve import accept
from kg.serve.links import Links
from kg.serve.marks import quotes
from kg.serve.nearby import Line
from kg.serve.timeline import bars

LINKS = Links(DEFAULT_BASE)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.text(min_size=1, max_size=12).filter(lambda s: s.isprintable()))
def test_an_address_means_the_iri_that_it_was_made_for(key: str) -> None:
    for iri in (f"{DEFAULT_BASE}group/{slug(key)}", f"{DEFAULT_BASE}cargo/{slug(key)}"):
        sent = quote(iri.removeprefix(DEFAULT_BASE), safe="/%")
        assert iri in {n.value for n in LINKS.meant(unquote(sent), f"/id/{sent}".encode())}  # typed as it is
        linked = LINKS.href(iri)
        if linked.startswith("/id/"):
            assert next(LINKS.meant(unquote(linked[4:]), linked.encode())).value == iri
        else:
            assert unquote(linked.partition("=")[2]) == iri


@pytest.mark.parametrize("local", ["../x", "x/../y", "a//b", "./a", "a/."])
def test_no_address_can_be_folded_into_another(local: str) -> None:
    assert LINKS.href(DEFAULT_BASE + local).startswith("/about?iri=")


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.text("ab <&", min_size=1, max_size=20), st.lists(st.tuples(st.integers(0, 19), st.integers(1, 5)), max_size=4))
def test_marks_leave_the_sentence_as_it_is(sentence: str, spans: list[tuple[int, int]]) -> None:
    sentence = " ".join(sentence.split()) or "a"
    passages = [Passage(s, s + n, sentence[s : s + n], sentence) for s, n in spans if sentence[s : s + n].strip()] or [Passage(0, 1, "a", sentence)]
    found = quotes(passages, sentence)
    assert ["".join(text for text, _ in pieces) for _, pieces in found] == [sentence]


def test_of_the_same_words_twice_those_meant_are_marked() -> None:
    text = "Iran leverde.  Iran leverde en Iran zweeg."
    sentence = "Iran leverde en Iran zweeg."
    second = Passage(31, 35, "Iran", sentence)
    assert text[31:35] == "Iran"
    assert quotes([second], text)[0][1] == (("Iran leverde en ", False), ("Iran", True), (" zweeg.", False))
    first = Passage(15, 19, "Iran", sentence)
    assert quotes([first], text)[0][1][0] == ("Iran", True)


def test_bars_are_months_or_years_without_gaps() -> None:
    found = bars([Line(day, f"a:{day}", "Attack") for day in ("2024-01-15", "2024-03-01", "2024-03-02", "")])
    assert [(bar.label, bar.count) for bar in found] == [("2024-01", 1), ("2024-02", 0), ("2024-03", 2)]
    assert [bar.height for bar in found] == [30, 0, 60]
    assert [bar.label for bar in bars([Line("2001-01-01", "a:1", "x"), Line("2024-01-01", "a:2", "x")])] == [str(year) for year in range(2001, 2025)]
    assert bars([Line("", "a:1", "x")]) == []


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "json"), ("", "json"), ("*/*", "json"), ("text/csv", "csv"), ("application/xml, */*;q=0.1", "xml"), ("text/*", "xml"),
        ("TEXT/CSV;Q=1", "csv"), ("image/png", None), ("text/csv;q=x", None), (";;,,", None),
        ("application/sparql-results+json;q=0, application/json;q=0, */*", "xml"),
    ],
)  # fmt: skip
def test_the_client_chooses(header: str | None, expected: str | None) -> None:
    assert (accept.choose(header, accept.TABLES) or (None,))[0] == expected
