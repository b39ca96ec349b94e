"""IRIs come from content and place alone, and different things have different ones."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.graph import Minter
from kg.graph.iri import slug
from kg.records import Kind, Span
from tests.graph.sample import dutch

KEYS = st.text(min_size=1, max_size=40)


@given(KEYS)
def test_any_key_makes_a_valid_iri(key: str) -> None:
    node = Minter().entity(Kind.PERSON, key)
    assert NamedNode(node.value) == node
    assert "/" not in node.value.removeprefix("https://w3id.org/kg-news/id/person/")


@given(KEYS, KEYS)
def test_different_keys_make_different_segments(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (slug(one) == slug(other)) is same


def test_an_entity_without_key_is_refused() -> None:
    with pytest.raises(ValueError, match="key"):
        slug("")


@pytest.mark.parametrize("base", ["no iri/", "https://example.org/x", "relative/"])
def test_a_base_that_cannot_be_extended_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match=r"IRI|scheme"):
        Minter(base)


def test_article_iri_leaves_the_text_out_so_that_an_edited_article_replaces_itself() -> None:
    minter = Minter()
    assert minter.article("a/x.txt") == minter.article("a/x.txt")
    assert minter.article("a/x.txt") != minter.article("b/x.txt")


def test_events_with_one_trigger_stay_apart() -> None:
    event, minter, article = dutch().report.events[0], Minter(), Minter().article("x")
    other = replace(event, arguments=event.arguments[:1])
    assert minter.event(article, event, "geleverd") == minter.event(article, other, "geleverd")
    assert minter.event(article, event, "geleverd", True) != minter.event(article, other, "geleverd", True)
    shuffled = replace(event, arguments=event.arguments[::-1])
    assert minter.event(article, event, "geleverd", True) == minter.event(article, shuffled, "geleverd", True)


def test_known_cargo_is_its_concept() -> None:
    minter = Minter()
    assert minter.entity(Kind.CARGO, "drone", frozenset({"drone"})).value == "https://w3id.org/kg-news/cargo/drone"
    assert minter.entity(Kind.CARGO, "drone").value == "https://w3id.org/kg-news/id/cargo/drone"


def test_mention_iri_shows_where_it_stands() -> None:
    minter = Minter("https://example.org/data/")
    article = minter.article("x.txt")
    assert minter.mention(article, Span(3, 9)).value.endswith("-3-9")
    with pytest.raises(ValueError, match="base"):
        Minter().mention(article, Span(3, 9))
