"""What each noun phrase stands for, by its own words."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from kg.records import Kind, Language
from tests.extract.docs import text


class Case(NamedTuple):
    """A phrase, the token asked about, and the mention it heads."""

    why: str
    language: Language
    phrase: str
    token: str
    kind: Kind
    name: str
    country: str | None = None
    concept: str | None = None


CASES = [
    Case("country", "nl", "Rusland/PROPN/nsubj/zwijgt zwijgt/VERB/root", "Rusland", Kind.COUNTRY, "Rusland", "RU"),
    Case("a capital that acts is its state", "nl", "Pyongyang/PROPN/nsubj/ontkent ontkent/VERB/root", "Pyongyang", Kind.COUNTRY, "Pyongyang", "KP"),
    Case("a capital where things happen is a place", "nl", "Zij/PRON/nsubj/praten praten/VERB/root in/ADP/case/Pyongyang Pyongyang/PROPN/obl/praten",
         "Pyongyang", Kind.PLACE, "Pyongyang", "KP"),
    Case("a capital that something goes to is a place", "de", "Er/PRON/nsubj/reist reist/VERB/root nach/ADP/case/Moskau Moskau/PROPN/obl/reist",
         "Moskau", Kind.PLACE, "Moskau", "RU"),
    Case("a capital that goods are sold to is its state", "en", "Iran/PROPN/nsubj/sells sells/VERB/root to/ADP/case/Moscow Moscow/PROPN/obl/sells",
         "Moscow", Kind.COUNTRY, "Moscow", "RU"),
    Case("nationals are people of a state", "de", "Zwei/NUM/nummod/Russen Russen/NOUN/root", "Russen", Kind.GROUP, "Russen", "RU"),
    Case("soldiers of a demonym", "en", "Two/NUM/nummod/soldiers Russian/ADJ/amod/soldiers soldiers/NOUN/root", "soldiers", Kind.GROUP,
         "Russian soldiers", "RU", "soldier"),
    Case("soldiers out of a state", "nl", "Soldaten/NOUN/root uit/ADP/case/Noord-Korea Noord-Korea/PROPN/nmod/Soldaten", "Soldaten", Kind.GROUP,
         "Soldaten", "KP", "soldier"),
    Case("a government with a state is the state", "de", "Die/DET/det/Regierung iranische/ADJ/amod/Regierung Regierung/NOUN/root", "Regierung",
         Kind.COUNTRY, "iranische Regierung", "IR"),
    Case("a government of a state", "en", "The/DET/det/government government/NOUN/root of/ADP/case/Iran Iran/PROPN/nmod/government", "government",
         Kind.COUNTRY, "government", "IR"),
    Case("a government without a state is a body", "en", "The/DET/det/government government/NOUN/root", "government", Kind.ORGANIZATION,
         "government"),
    Case("a service of a state", "nl", "de/DET/det/inlichtingendienst Zuid-Koreaanse/ADJ/amod/inlichtingendienst inlichtingendienst/NOUN/root",
         "inlichtingendienst", Kind.ORGANIZATION, "Zuid-Koreaanse inlichtingendienst", "KR"),
    Case("German genitive before the noun", "de", "Irans/PROPN/nmod/Marine[Case=Gen] Marine/NOUN/nsubj/schweigt schweigt/VERB/root", "Marine",
         Kind.ORGANIZATION, "Marine", "IR"),
    Case("the genitive before a noun holds wherever its arc went", "de",
         "Irans/PROPN/nsubj/schweigt mächtige/ADJ/amod/Marine Marine/NOUN/nsubj/schweigt schweigt/VERB/root", "Marine", Kind.ORGANIZATION,
         "mächtige Marine", "IR"),
    Case("English genitive", "en", "Iran/PROPN/nmod:poss/navy 's/PART/case/Iran navy/NOUN/root", "navy", Kind.ORGANIZATION, "navy", "IR"),
    Case("a name behind its title", "nl",
         "de/DET/det/leider Noord-Koreaanse/ADJ/amod/leider leider/NOUN/root Jan/PROPN/appos/leider[@PER] Bakker/PROPN/flat/Jan[@PER]",
         "leider", Kind.PERSON, "Jan Bakker", "KP"),
    Case("a title beside the name gives its state", "en",
         "Russian/ADJ/amod/minister minister/NOUN/nsubj/spoke Ivan/PROPN/appos/minister[@PER] Petrov/PROPN/flat/Ivan[@PER] spoke/VERB/root", "Ivan",
         Kind.PERSON, "Ivan Petrov", "RU"),
    Case("an office without a name is a group of one", "fr", "Le/DET/det/ministre ministre/NOUN/root russe/ADJ/amod/ministre", "ministre", Kind.GROUP,
         "ministre russe", "RU"),
    Case("goods", "nl", "twee/NUM/nummod/raketten raketten/NOUN/root", "raketten", Kind.CARGO, "raketten", None, "missile"),
    Case("goods with their adjective", "nl", "ballistische/ADJ/amod/raketten raketten/NOUN/root", "raketten", Kind.CARGO, "ballistische raketten",
         None,
         "ballistic-missile"),
    Case("goods with the adjective behind", "fr", "des/DET/det/missiles missiles/NOUN/root balistiques/ADJ/amod/missiles", "missiles", Kind.CARGO,
         "missiles balistiques", None, "ballistic-missile"),
    Case("a compound that ends in goods", "de", "Lastwagenreifen/NOUN/conj/Hobbyraketen und/CCONJ/cc/Lastwagenreifen Hobbyraketen/NOUN/root",
         "Hobbyraketen",
         Kind.CARGO, "Hobbyraketen", None, "missile"),
    Case("a designation is a weapon", "en", "the/DET/det/ZX-99 ZX-99/PROPN/root", "ZX-99", Kind.CARGO, "ZX-99", None, "weapon"),
    Case("a designation that the tagger took for a body", "nl", "de/DET/det/Agni-V Agni-V/PROPN/root[@ORG]", "Agni-V", Kind.CARGO, "Agni-V", None,
         "weapon"),
    Case("a ship by its name", "nl", "de/DET/det/tanker tanker/NOUN/root Zwaluw/PROPN/appos/tanker[@MISC]", "tanker", Kind.VESSEL, "Zwaluw", None,
         "oil-tanker"),
    Case("a common noun that the tagger took for a place", "de", "die/DET/det/Armee Armee/NOUN/root[@LOC]", "Armee", Kind.ORGANIZATION, "Armee"),
    Case("a site", "en", "the/DET/det/port port/NOUN/root", "port", Kind.PLACE, "port"),
    Case("anything else is a topic", "en", "the/DET/det/weather weather/NOUN/root", "weather", Kind.TOPIC, "weather"),
]  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c.language}: {c.why}") for c in CASES])
def test_mention(case: Case) -> None:
    mention = text(case.language, case.phrase).mention(case.token)
    assert (mention.kind, mention.name, mention.country, mention.concept) == (case.kind, case.name, case.country, case.concept)


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c.language}: {c.why}") for c in CASES])
def test_a_mention_is_read_back_from_the_text(case: Case) -> None:
    article = text(case.language, case.phrase)
    mention = article.mention(case.token)
    assert article.article.text[mention.span.start : mention.span.end] == mention.text


def test_an_adjective_of_a_state_is_no_mention_of_its_own() -> None:
    article = text("en", "Russian/ADJ/amod/oil oil/NOUN/root")
    assert article.reading.mention(article.token("Russian")) is None


def test_a_verb_is_no_mention() -> None:
    article = text("en", "Iran/PROPN/nsubj/sells sells/VERB/root")
    assert article.reading.mention(article.token("sells")) is None


MEASURES: list[tuple[str, Language, str, str, str]] = [
    ("scale and unit", "nl", "twee/NUM/nummod/miljoen miljoen/NUM/nummod/vaten vaten/NOUN/root olie/NOUN/nmod/vaten", "vaten", "oil"),
    ("noun of a scale as the head", "nl",
     "twee/NUM/nummod/miljoen miljoen/NOUN/root vaten/NOUN/nmod/miljoen olie/NOUN/nmod/vaten", "miljoen", "oil"),
    ("of", "en", "tonnes/NOUN/root of/ADP/case/wheat wheat/NOUN/nmod/tonnes", "tonnes", "grain"),
    ("German apposition", "de", "Tonnen/NOUN/root Weizen/NOUN/appos/Tonnen", "Tonnen", "grain"),
    ("French de", "fr", "barils/NOUN/root de/ADP/case/pétrole pétrole/NOUN/nmod/barils", "barils", "oil"),
    ("a part of", "nl", "een/DET/det/deel deel/NOUN/root van/ADP/case/olie de/DET/det/olie olie/NOUN/nmod/deel", "deel", "oil"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "phrase", "token", "goods"), MEASURES, ids=[f"{m[1]}: {m[0]}" for m in MEASURES])
def test_what_is_measured_fills_the_role(why: str, language: Language, phrase: str, token: str, goods: str) -> None:
    article = text(language, phrase)
    ((_, mention),) = article.reading.fillers(article.token(token))
    assert mention.concept == goods


def test_a_measure_of_nothing_stays_itself() -> None:
    article = text("nl", "vaten/NOUN/root uit/ADP/case/Iran Iran/PROPN/nmod/vaten")
    ((head, _),) = article.reading.fillers(article.token("vaten"))
    assert head.text == "vaten"


def test_goods_that_also_count_are_not_looked_through() -> None:
    """A shell counts, and is goods: "granaten van Iran" are shells."""
    article = text("nl", "granaten/NOUN/root van/ADP/case/staal staal/NOUN/nmod/granaten")
    ((head, _),) = article.reading.fillers(article.token("granaten"))
    assert head.text == "granaten"


def test_each_conjunct_brings_its_own_mention() -> None:
    article = text("fr", "drones/NOUN/root ,/PUNCT/punct/obus obus/NOUN/conj/drones et/CCONJ/cc/chars chars/NOUN/conj/drones")
    assert [m.concept for _, m in article.reading.fillers(article.token("drones"))] == ["drone", "projectile", "tank"]


def classes(language: Language, phrase: str, token: str) -> frozenset[str]:
    article = text(language, phrase)
    return article.reading.classes(article.token(token), article.mention(token))


def test_a_weapon_is_goods_and_freight() -> None:
    assert {"weapon", "goods", "freight"} <= classes("de", "Raketen/NOUN/root", "Raketen")


def test_a_tanker_is_goods_but_no_freight() -> None:
    found = classes("en", "tankers/NOUN/root", "tankers")
    assert {"goods", "carriers", "vehicle"} <= found
    assert "freight" not in found


def test_soldiers_are_no_goods() -> None:
    found = classes("fr", "soldats/NOUN/root", "soldats")
    assert {"forces", "actor"} <= found
    assert "goods" not in found


def test_a_state_acts_and_is_a_place() -> None:
    assert {"country", "actor", "place"} <= classes("en", "Iran/PROPN/root", "Iran")


def test_prison_as_a_penalty_is_no_place() -> None:
    found = classes("nl", "cel/NOUN/root", "cel")
    assert "penalty" in found
    assert not found & {"place", "site"}


def test_a_pronoun_has_the_classes_of_what_it_stands_for() -> None:
    article = text("nl", "De/DET/det/soldaten soldaten/NOUN/nsubj/vluchtten[Number=Plur] vluchtten/VERB/root",
                   "Ze/PRON/nsubj/stierven[Number=Plur] stierven/VERB/root")  # fmt: skip
    ze = article.token("Ze")
    assert "forces" in article.reading.classes(ze, article.mention("Ze"))


def test_boilerplate_is_not_read() -> None:
    article = text("en", "Iran/PROPN/nsubj/sold sold/VERB/root oil/NOUN/obj/sold ./PUNCT/punct/sold",
                   boilerplate="Iran/PROPN/nsubj/exports exports/VERB/root drones/NOUN/obj/exports ./PUNCT/punct/exports")  # fmt: skip
    assert [s.text for s in article.reading.sentences] == ["Iran sold oil."]
    assert len(article.report().events) == 1


def test_a_marked_time_is_known() -> None:
    article = text("en", "sold/VERB/root in/ADP/case/March March/PROPN/obl/sold")
    article.reading.mark_times([2])
    assert article.reading.is_time(article.token("March"))
    assert not article.reading.is_time(article.token("sold"))
