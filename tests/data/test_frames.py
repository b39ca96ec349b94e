"""The frames and the lexicons: every name used in one is known to the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from kg.data import data_path, load
from kg.data.cargo import ontology_dir
from kg.extract.lexicon import Frame, LexiconFile, frames, lexicon
from kg.records import EVENT_TYPES, LANGUAGES, ROLES, Kind, Language, Modality

RELATIONS = frozenset({
    "to", "toward", "from", "out_of", "of", "by", "with", "in", "at", "against", "offshore", "about", "between", "for", "via", "alongside", "as",
    "because",
})  # fmt: skip
SLOTS = RELATIONS | {"number", "possessor", "subject", "object", "indirect", "adjective", "modifier"}
# What Reading.classes makes of kinds and word lists, beside the lists' own names and those of cargo_classes.yaml.
MADE = frozenset({"*", "any", "actor", "goods", "freight", "site", "org", "person", "country", "place", "people", "name"})
MADE |= {kind.value for kind in Kind}
PREPOSITIONS = RELATIONS | {"until", "before", "after", "since", "during"}


def file(language: Language) -> LexiconFile:
    return load(f"lexicon/{language}.yaml", LexiconFile)


def known_classes() -> frozenset[str]:
    """The semantic classes that something can belong to in some language."""
    words = {name for language in LANGUAGES for name in file(language).semantic}
    lists = {"office", "people", "forces", "workers", "org", "government", "country_noun", "site"}
    return MADE | words | lists | set(load("cargo_classes.yaml", dict[str, list[str]]))


def senses() -> Iterator[Any]:
    frame: Frame
    for name, frame in frames().items():
        for number, sense in enumerate(frame):
            yield pytest.param(sense, id=f"{name}-{number}")


@pytest.mark.parametrize("sense", list(senses()))
def test_a_sense_tells_a_known_type_of_event(sense: Any) -> None:
    assert sense.type in EVENT_TYPES


@pytest.mark.parametrize("sense", list(senses()))
def test_every_slot_is_a_known_one(sense: Any) -> None:
    assert set(sense.slots) | {slot for slot, _, _ in sense.condition} <= SLOTS


@pytest.mark.parametrize("sense", list(senses()))
def test_every_role_is_a_known_one(sense: Any) -> None:
    roles = {rule.role for rules in sense.slots.values() for rule in rules} | {role for need in sense.needs for role in need}
    assert roles | ({sense.self_role} if sense.self_role else set()) <= set(ROLES)


@pytest.mark.parametrize("sense", list(senses()))
def test_every_semantic_class_is_a_known_one(sense: Any) -> None:
    asked = {rule.needs for rules in sense.slots.values() for rule in rules} | {name for _, _, names in sense.condition for name in names}
    assert sorted(asked - known_classes()) == []


@pytest.mark.parametrize("sense", list(senses()))
def test_what_a_sense_needs_some_slot_can_give(sense: Any) -> None:
    given = {rule.role for rules in sense.slots.values() for rule in rules} | {sense.self_role}
    assert all(need & given for need in sense.needs)


@pytest.mark.parametrize("sense", list(senses()))
def test_a_rule_behind_one_for_anything_is_never_reached(sense: Any) -> None:
    for rules in sense.slots.values():
        assert all(rule.needs != "*" for rule in rules[:-1])


def test_every_type_of_event_is_told_by_some_class() -> None:
    assert {sense.type for frame in frames().values() for sense in frame} == set(EVENT_TYPES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_loads(language: Language) -> None:
    assert lexicon(language).language == file(language).language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_of_words_has_a_frame(language: Language) -> None:
    """``none`` alone has none: its words tell no event."""
    classes = set(file(language).verbs) | set(file(language).nouns)
    assert sorted(classes - set(frames()) - {"none"}) == []


@pytest.mark.parametrize("name", sorted(frames()))
def test_a_class_has_words_in_some_language(name: str) -> None:
    assert any(file(language).verbs.get(name) or file(language).nouns.get(name) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_can_tell_every_type_of_event(language: Language) -> None:
    classes = {name for lines in (file(language).verbs, file(language).nouns) for name, words in lines.items() if words}
    told = {sense.type for name in classes & set(frames()) for sense in frames()[name]}
    assert sorted(set(EVENT_TYPES) - told) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_prepositions_tell_relations_that_slots_know(language: Language) -> None:
    relations = {relation for found in file(language).prepositions.values() for relation in found}
    assert sorted(relations - PREPOSITIONS) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pronouns_have_number_and_kind_that_the_sieve_knows(language: Language) -> None:
    features = {feature for value in file(language).pronouns.values() for feature in value.split()}
    assert sorted(features - {"sg", "pl", "m", "f", "n", "person", "thing", "org", "any", "poss", "|"}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_listed_twice_in_a_class(language: Language) -> None:
    twice = [
        (section, name, line)
        for section, lists in (("verbs", file(language).verbs), ("nouns", file(language).nouns))
        for name, lines in lists.items()
        for line in sorted({x for x in lines if lines.count(x) > 1})
    ]
    assert twice == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: Language) -> None:
    """YAML keeps the last of two equal keys and says nothing."""
    with data_path(f"lexicon/{language}.yaml").open(encoding="utf-8") as stream:
        assert list(_twice(yaml.compose(stream, Loader=yaml.SafeLoader))) == []


def test_no_class_of_the_frames_stands_twice() -> None:
    with data_path("frames.yaml").open(encoding="utf-8") as stream:
        assert list(_twice(yaml.compose(stream, Loader=yaml.SafeLoader))) == []


def _twice(node: Any) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen and key.value != "<<":
                yield f"{key.value} (line {key.start_mark.line + 1})"
            seen.add(key.value)
            yield from _twice(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_modality_lists_are_named_after_modalities_or_what_they_do(language: Language) -> None:
    names = set(file(language).modality)
    assert {m.value for m in Modality} - {"actual"} <= names | {"possible"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_metonym_stands_for_a_state(language: Language) -> None:
    assert all(len(code) == 2 and code.isupper() for code in file(language).metonyms.values())


def test_the_classes_of_measures_are_known_and_their_units_too() -> None:
    classes = load("unit_classes.yaml", dict[str, list[str]])
    assert set(classes) <= known_classes()
    told = (ontology_dir() / "units.ttl").read_text(encoding="utf-8")
    assert [unit for members in classes.values() for unit in members if f"unit:{unit} a " not in told] == []
