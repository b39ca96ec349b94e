"""The goods: words to concepts, and what stands above a concept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.data import load
from kg.data.cargo import Cargo, cargo, ontology_dir
from kg.records import LANGUAGES, Language

WORDS: list[tuple[Language, str, str]] = [
    ("nl", "olie", "oil"), ("nl", "Raketten", "missile"), ("de", "Panzer", "tank"), ("de", "Munition", "ammunition"),
    ("en", "shells", "projectile"), ("en", "crude oil", "oil"), ("fr", "missiles balistiques", "ballistic-missile"), ("fr", "blé", "grain"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "word", "slug"), WORDS)
def test_a_word_names_its_concept(language: Language, word: str, slug: str) -> None:
    assert cargo().find(word, language) == slug


def test_a_word_of_another_language_names_nothing() -> None:
    assert cargo().find("granaatscherf-onbekend", "nl") is None
    assert cargo().find("Kohle", "en") is None


COMPOUNDS: list[tuple[Language, str, tuple[str, str]]] = [
    ("nl", "speelgoeddrones", ("speelgoed", "drone")),
    ("de", "Übungsmunition", ("übungs", "ammunition")),
    ("nl", "school-raketten", ("school", "missile")),
]


@pytest.mark.parametrize(("language", "word", "parts"), COMPOUNDS)
def test_a_compound_is_what_its_end_names(language: Language, word: str, parts: tuple[str, str]) -> None:
    assert cargo().head(word, language) == parts


def test_the_longest_end_wins() -> None:
    """ "Luchtdoelraketten" are air defence; "raketten" alone are missiles."""
    assert cargo().head("fantasieluchtdoelraketten", "nl") == ("fantasie", "air-defence")
    assert cargo().head("fantasieraketten", "nl") == ("fantasie", "missile")


@pytest.mark.parametrize(("language", "word"), [("de", "Diebstahl"), ("nl", "denktank")])
def test_a_lookalike_is_no_compound(language: Language, word: str) -> None:
    assert cargo().head(word, language) is None


def test_a_lookalike_list_a_language() -> None:
    assert set(load("lookalikes.yaml", dict[str, list[str]])) == set(LANGUAGES)


def test_above_holds_the_concept_itself_and_all_that_is_broader() -> None:
    above = cargo().above("ballistic-missile")
    assert {"ballistic-missile", "missile", "weapon"} <= above


def test_above_an_unknown_concept_is_itself_alone() -> None:
    assert cargo().above("no-such-thing") == {"no-such-thing"}
    assert "no-such-thing" not in cargo()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_concept_is_found_by_its_own_label(language: Language) -> None:
    """Unless two concepts share the word, in which case the first in the file has it."""
    goods = cargo()
    labels = {slug: label for slug in _slugs() if (label := goods.label(slug, language)) is not None}
    lost = sorted(slug for slug, label in labels.items() if goods.find(label, language) is None)
    assert lost == []
    shared = sorted(slug for slug, label in labels.items() if goods.find(label, language) != slug)
    assert shared == []


def _slugs() -> list[str]:
    return sorted(cargo()._above)


@pytest.mark.parametrize("slug", ["oil", "missile", "ammunition", "drone", "tank", "grain"])
def test_a_common_good_has_a_label_in_every_language(slug: str) -> None:
    assert all(cargo().label(slug, language) for language in LANGUAGES)


@given(st.sampled_from(_slugs()))
def test_what_is_broader_is_closed(slug: str) -> None:
    goods = cargo()
    above = goods.above(slug)
    assert slug in above
    assert all(goods.above(other) <= above for other in above)


@given(st.sampled_from(_slugs()), st.sampled_from(LANGUAGES))
def test_case_does_not_matter(slug: str, language: Language) -> None:
    label = cargo().label(slug, language)
    if label is not None:
        assert cargo().find(label.upper(), language) == cargo().find(label.lower(), language) or label.upper().lower() != label.lower()


def test_every_class_of_goods_names_concepts_that_exist() -> None:
    classes = load("cargo_classes.yaml", dict[str, list[str]])
    unknown = sorted(slug for slugs in classes.values() for slug in slugs if slug not in cargo())
    assert unknown == []


def test_reading_the_file_again_gives_the_same() -> None:
    again = Cargo(ontology_dir() / "cargo.ttl")
    assert all(again.above(slug) == cargo().above(slug) for slug in _slugs())
    assert all(again.find(word, language) == slug for language, word, slug in WORDS)
