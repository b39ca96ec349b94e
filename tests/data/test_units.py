"""The units: words to concepts, in four languages."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.data.cargo import ontology_dir
from kg.data.units import Units, units
from kg.records import LANGUAGES, Language

WORDS: list[tuple[Language, str, str]] = [
    ("nl", "ton", "tonne"), ("nl", "vaten", "barrel"), ("de", "Tonnen", "tonne"), ("de", "Barrel", "barrel"), ("en", "barrels", "barrel"),
    ("en", "metric tons", "tonne"), ("fr", "barils", "barrel"), ("fr", "tonnes", "tonne"), ("fr", "kg", "kilogram"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "word", "unit"), WORDS)
def test_a_word_names_its_unit(language: Language, word: str, unit: str) -> None:
    assert units().find(word, language) == unit


@pytest.mark.parametrize("language", LANGUAGES)
def test_case_does_not_matter(language: Language) -> None:
    assert units().find("KG", language) == units().find("kg", language) == "kilogram"


def test_a_word_of_another_language_names_nothing() -> None:
    assert units().find("vaten", "en") is None


@pytest.mark.parametrize(("language", "word", "unit"), [("nl", "oefenraketten", "missile"), ("de", "Lenkraketen", "missile"), ("nl", "VN-soldaten",
    "soldier")])
def test_a_compound_counts_in_the_unit_that_ends_it(language: Language, word: str, unit: str) -> None:
    assert units().head(word, language) == unit


@pytest.mark.parametrize("language", ["en", "fr"])
def test_english_and_french_write_no_compounds(language: Language) -> None:
    assert units().head("testmissiles", language) is None


def test_a_word_that_ends_in_a_short_unit_is_no_compound() -> None:
    """Dutch "beton" ends in "ton"."""
    assert units().head("beton", "nl") is None


def test_no_label_stands_under_two_units_of_a_language() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for quad in parse(path=str(ontology_dir() / "units.ttl"), format=RdfFormat.TURTLE):
        label, subject = quad.object, quad.subject
        if isinstance(label, Literal) and isinstance(subject, NamedNode) and quad.predicate.value.endswith(("prefLabel", "altLabel", "hiddenLabel")):
            owners.setdefault((label.language or "", label.value.lower()), set()).add(subject.value)
    assert {label: sorted(found) for label, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("unit", ["tonne", "barrel", "soldier", "ship", "us-dollar", "percent"])
def test_a_common_unit_has_a_word_in_every_language(unit: str) -> None:
    known: dict[str, set[str]] = {}
    for quad in parse(path=str(ontology_dir() / "units.ttl"), format=RdfFormat.TURTLE):
        if isinstance(quad.object, Literal) and quad.object.language and isinstance(quad.subject, NamedNode):
            known.setdefault(quad.subject.value.rsplit("/", 1)[1], set()).add(quad.object.language)
    assert known[unit] >= set(LANGUAGES)


def test_reading_the_file_again_gives_the_same() -> None:
    again = Units(ontology_dir() / "units.ttl")
    assert all(again.find(word, language) == unit for language, word, unit in WORDS)
