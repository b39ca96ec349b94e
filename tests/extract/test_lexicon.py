"""The notation of the word lists, compiled: which forms find which entries."""

from __future__ import annotations

import pytest

from kg.extract.lexicon import VerbIndex, WordIndex, frames, lexicon
from kg.records import LANGUAGES, Language


def labels(index: VerbIndex, form: str) -> set[str]:
    return {entry.label for entry in index.joined(form)}


def split(index: VerbIndex, form: str) -> dict[str, set[tuple[tuple[str, ...], ...]]]:
    return {word: {entry.words for entry in entries} for word, entries in index.split(form).items()}


def test_every_listed_form_finds_its_verb() -> None:
    index = VerbIndex({"ship": ["leveren lever levert leverde geleverd"]}, "nl")
    assert all(labels(index, form) == {"ship"} for form in ("leveren", "lever", "levert", "leverde", "geleverd"))


def test_a_form_that_is_not_listed_finds_nothing() -> None:
    index = VerbIndex({"ship": ["leveren levert"]}, "nl")
    assert labels(index, "leverbaar") == set()


@pytest.mark.parametrize("form", ["uitwijzen", "uitgewezen", "uitwees", "uittewijzen"])
def test_a_dutch_particle_joins_its_verb(form: str) -> None:
    index = VerbIndex({"expel": ["uit|wijzen wijst wees gewezen"]}, "nl")
    assert labels(index, form) == {"expel"}


@pytest.mark.parametrize("form", ["ausweisen", "auszuweisen", "auswies", "ausgewiesen", "ausgewiesene", "ausgewiesenen"])
def test_a_german_particle_joins_its_verb(form: str) -> None:
    index = VerbIndex({"expel": ["aus|weisen weist wies gewiesen"]}, "de")
    assert labels(index, form) == {"expel"}


def test_a_split_verb_needs_its_particle() -> None:
    index = VerbIndex({"expel": ["uit|wijzen wijst wees gewezen"]}, "nl")
    assert labels(index, "wees") == set()
    assert split(index, "wees") == {"uit": {(("uit",),)}}


def test_an_expression_never_joins() -> None:
    index = VerbIndex({"seize": ["in_beslag|nemen neemt nam"]}, "nl")
    assert labels(index, "inbeslagnemen") == set()
    assert split(index, "nam") == {"in": {(("in",), ("beslag",))}}


def test_alternatives_stand_in_one_place() -> None:
    index = VerbIndex({"transfer": ["ter/tot_beschikking|stellen stelt"]}, "nl")
    words = (("ter", "tot"), ("beschikking",))
    assert split(index, "stelt") == {"ter": {words}, "tot": {words}}


INFLECTED: list[tuple[Language, str, str]] = [("nl", "geleverd", "geleverde"), ("de", "geliefert", "gelieferten"), ("fr", "livré", "livrées")]


@pytest.mark.parametrize(("language", "participle", "modifier"), INFLECTED)
def test_a_participle_inflects_before_its_noun(language: Language, participle: str, modifier: str) -> None:
    index = VerbIndex({"ship": [f"verb {participle}"]}, language)
    assert labels(index, modifier) == {"ship"}


def test_english_participles_do_not_inflect() -> None:
    index = VerbIndex({"ship": ["ship shipped"]}, "en")
    assert labels(index, "shippede") == set()


def test_a_verb_may_stand_in_two_classes() -> None:
    index = VerbIndex({"ship": ["sell sold"], "obtain_secret": ["sell sold"]}, "en")
    assert labels(index, "sold") == {"ship", "obtain_secret"}


def test_a_noun_heads_a_compound() -> None:
    index = WordIndex([("ship", "levering leveringen")])
    assert index.head("wapenleveringen") == ("wapen", "leveringen")


def test_the_longest_head_wins() -> None:
    index = WordIndex([("attack", "aanval"), ("hack", "cyberaanval")])
    assert index.head("megacyberaanval") == ("mega", "cyberaanval")


def test_a_hyphen_is_not_part_of_the_modifier() -> None:
    assert WordIndex([("sanction", "sancties")]).head("vn-sancties") == ("vn", "sancties")


def test_a_whole_word_heads_no_compound() -> None:
    index = WordIndex([("arrest", "=Haft")])
    assert index("Haft") == ("arrest",)
    assert index.head("Wirtschaft") is None


def test_a_short_head_needs_leave() -> None:
    index = WordIndex([("attack", "war")])
    assert index.head("coldwar") is None
    assert index.head("coldwar", at_least=3) == ("cold", "war")


def test_underscores_stand_for_spaces() -> None:
    assert WordIndex([("weapon_trial", "nuclear_test")])("Nuclear test") == ("weapon_trial",)


def test_the_first_form_that_is_listed_decides() -> None:
    index = WordIndex([("a", "leden"), ("b", "lid")])
    assert index("leden", "lid") == ("a",)
    assert index("ledental", "lid") == ("b",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_is_read_once(language: Language) -> None:
    assert lexicon(language) is lexicon(language)


def test_only_dutch_and_german_build_compounds_in_one_word() -> None:
    assert [language for language in LANGUAGES if lexicon(language).compounds] == ["nl", "de"]


def test_a_star_in_a_frame_takes_anything() -> None:
    rules = frames()["seize"][0].slots["object"]
    assert rules[-1].needs == "*"


def test_a_question_mark_makes_a_condition_optional() -> None:
    deploy = frames()["deploy"][0]
    assert deploy.condition[0][:2] == ("object", True)
