"""Which words tell an event, and of which classes."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from kg.extract.lexicon import lexicon
from kg.extract.triggers import match_verb
from kg.records import Language
from tests.extract.docs import text


class Case(NamedTuple):
    """``words`` maps each trigger of the sentence to one class that it must have."""

    why: str
    language: Language
    sentence: str
    words: dict[str, str]
    bug: str = ""


VERBS = [
    Case("finite verb", "en", "Iran/PROPN/nsubj/exports exports/VERB/root[export;VerbForm=Fin] oil/NOUN/obj/exports", {"exports": "ship"}),
    Case("form found by its lemma alone", "en", "Iran/PROPN/nsubj/exporteth exporteth/VERB/root[export] oil/NOUN/obj/exporteth",
         {"exporteth": "ship"}),
    Case(
        "particle at the end of the clause", "nl",
        "Polen/PROPN/nsubj/wees wees/VERB/root[wijzen;VerbForm=Fin] een/DET/det/spion spion/NOUN/obj/wees uit/ADP/compound:prt/wees",
        {"wees": "expel"},
    ),
    Case(
        "particle of an arc that strayed", "nl",
        "Polen/PROPN/nsubj/wees wees/VERB/root[wijzen;VerbForm=Fin] een/DET/det/spion spion/NOUN/obj/wees uit/ADP/compound:prt/spion",
        {"wees": "expel"},
    ),
    Case(
        "particle joined by te", "nl",
        "Polen/PROPN/nsubj/dreigt dreigt/VERB/root[dreigen] de/DET/det/spion spion/NOUN/obj/uittewijzen uittewijzen/VERB/xcomp/dreigt",
        {"uittewijzen": "expel"},
    ),
    Case(
        "te between particle and verb", "nl",
        "Polen/PROPN/nsubj/dreigt dreigt/VERB/root[dreigen] de/DET/det/spion spion/NOUN/obj/wijzen uit/ADP/compound:prt/wijzen te/PART/mark/wijzen "
        "wijzen/VERB/xcomp/dreigt[VerbForm=Inf]", {"wijzen": "expel"},
    ),
    Case("participle in one word", "de", "Zwei/NUM/nummod/Spione Spione/NOUN/nsubj:pass/ausgewiesen wurden/AUX/aux:pass/ausgewiesen "
         "ausgewiesen/VERB/root[ausweisen;VerbForm=Part]", {"ausgewiesen": "expel"}),
    Case("zu inside the verb", "de", "Polen/PROPN/nsubj/droht droht/VERB/root[drohen] Spione/NOUN/obj/auszuweisen auszuweisen/VERB/xcomp/droht",
         {"auszuweisen": "expel"}),
    Case("another particle makes another verb", "nl",
         "De/DET/det/minister minister/NOUN/nsubj/nam nam/VERB/root[nemen;VerbForm=Fin] de/DET/det/moeite moeite/NOUN/obj/nam "
         "weg/ADV/compound:prt/nam", {}),
    Case("a preposition is no particle", "nl",
         "Kim/PROPN/nsubj/wijst[@PER] wijst/VERB/root[wijzen;VerbForm=Fin] uit/ADP/case/gewoonte gewoonte/NOUN/obl/wijst naar/ADP/case/kaart "
         "de/DET/det/kaart "
         "kaart/NOUN/obl/wijst", {}),
    Case("words of an expression before a participle", "nl",
         "De/DET/det/olie olie/NOUN/nsubj:pass/genomen werd/AUX/aux:pass/genomen[worden] in/ADP/case/beslag beslag/NOUN/obl/genomen "
         "genomen/VERB/root[nemen;VerbForm=Part]", {"genomen": "seize"}),
    Case("words of an expression behind the verb", "de",
         "Die/DET/det/Polizei Polizei/NOUN/nsubj/nahm nahm/VERB/root[nehmen;VerbForm=Fin] den/DET/det/Mann Mann/NOUN/obj/nahm in/ADP/case/Gewahrsam "
         "Gewahrsam/NOUN/obl/nahm", {"nahm": "arrest"}),
    Case("an expression of English", "en",
         "Police/NOUN/nsubj/took took/VERB/root[take;VerbForm=Fin] him/PRON/obj/took into/ADP/case/custody custody/NOUN/obl/took",
         {"took": "arrest"}),
    Case("an expression of French", "fr",
         "La/DET/det/police police/NOUN/nsubj/place place/VERB/root[placer;VerbForm=Fin] un/DET/det/homme homme/NOUN/obj/place en/ADP/case/détention "
         "détention/NOUN/obl/place", {"place": "arrest"}),
    Case("the verb of an expression without its words", "de",
         "Die/DET/det/Polizei Polizei/NOUN/nsubj/nahm nahm/VERB/root[nehmen;VerbForm=Fin] den/DET/det/Zug Zug/NOUN/obj/nahm", {}),
    Case("participle as a modifier", "de", "Die/DET/det/Waffen gelieferten/ADJ/amod/Waffen[geliefert] Waffen/NOUN/nsubj/fehlen fehlen/VERB/root",
         {"gelieferten": "ship"}),
    Case("an adjective that looks like a verb", "en", "The/DET/det/port close/ADJ/amod/port[close] port/NOUN/root", {}),
    Case("a headline's verb taken for a noun", "nl", "India/PROPN/nsubj/test test/NOUN/root raket/NOUN/obj/test", {"test": "test_weapon"}),
    Case("a predicate of several words", "nl",
         "De/DET/det/schepen schepen/NOUN/nsubj/weg zijn/AUX/cop/weg op/ADP/case/weg weg/NOUN/root naar/ADP/case/Syrië Syrië/PROPN/nmod/weg",
         {"weg": "transit"}),
]  # fmt: skip

NOUNS = [
    Case("event noun", "fr", "Les/DET/det/livraisons livraisons/NOUN/root[livraison]", {"livraisons": "ship"}),
    Case("listed compound", "nl", "De/DET/det/wapenexport wapenexport/NOUN/root", {"wapenexport": "ship"}),
    Case("compound known by its head", "de", "Die/DET/det/Granatenlieferung Granatenlieferung/NOUN/root", {"Granatenlieferung": "ship"}),
    Case("hyphenated compound", "nl", "De/DET/det/olie-leveringen olie-leveringen/NOUN/root", {"olie-leveringen": "ship"}),
    Case("two words, adjective first", "en", "A/DET/det/test nuclear/ADJ/amod/test test/NOUN/root", {"test": "weapon_trial"}),
    Case("two words, adjective behind", "fr", "Un/DET/det/essai essai/NOUN/root nucléaire/ADJ/amod/essai", {"essai": "weapon_trial"}),
    Case("compound taken for a name", "nl", "De/DET/det/VN-sancties VN-sancties/PROPN/root[@ORG]", {"VN-sancties": "sanctions_noun"}),
    Case("a name that holds an event noun", "en", "Export/PROPN/compound/Bank[@ORG] Bank/PROPN/root[@ORG]", {}),
    Case("a whole word that only ends like one", "nl", "Een/DET/det/hartaanval hartaanval/NOUN/root", {"hartaanval": "none"}),
    Case("the head alone as a word of its own", "en", "The/DET/det/meeting meeting/NOUN/root", {"meeting": "meet"}),
]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case.language}: {case.why}", marks=[pytest.mark.xfail(strict=True, reason=case.bug)] if case.bug else [])
        for case in (*VERBS, *NOUNS)
    ],
)
def test_triggers(case: Case) -> None:
    found = {t.token.text: t.labels for t in text(case.language, case.sentence).triggers()}
    assert sorted(found) == sorted(case.words)
    assert all(label in found[word] for word, label in case.words.items())


MODIFIERS: list[tuple[Language, str, str]] = [
    ("nl", "Wapenlevering/NOUN/root", "wapen"),
    ("de", "Munitionslieferungen/NOUN/root", "munitions"),
    ("nl", "VN-sancties/NOUN/root", "vn"),
    ("en", "arms/NOUN/compound/shipment shipment/NOUN/root", "arms"),
    ("en", "oil/NOUN/compound/exports exports/NOUN/root", "oil"),
]


@pytest.mark.parametrize(("language", "sentence", "modifier"), MODIFIERS)
def test_the_first_part_of_a_compound_is_kept(language: Language, sentence: str, modifier: str) -> None:
    (trigger,) = text(language, sentence).triggers()
    assert trigger.modifier == modifier


def test_a_word_inside_an_expression_is_no_trigger_of_its_own() -> None:
    """"Beslag" is a seizure by itself; in "nam in beslag" the verb tells it."""
    article = text(
        "nl",
        "De/DET/det/douane douane/NOUN/nsubj/nam nam/VERB/root[nemen;VerbForm=Fin] olie/NOUN/obj/nam in/ADP/case/beslag beslag/NOUN/obl/nam",
    )
    assert [t.token.text for t in article.triggers()] == ["nam"]
    assert [w.text for w in article.triggers()[0].words] == ["in", "beslag"]


def test_the_fullest_expression_wins() -> None:
    """Dutch "nam gevangen" is an arrest, whatever "nemen" is."""
    article = text("nl", "Rusland/PROPN/nsubj/nam nam/VERB/root[nemen;VerbForm=Fin] soldaten/NOUN/obj/nam gevangen/ADJ/compound:prt/nam")
    assert {e.label for e, _ in match_verb(article.token("nam"), lexicon("nl").verbs)} == {"arrest"}


def test_a_trigger_keeps_every_class_of_its_verb() -> None:
    article = text("en", "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold")
    assert {"ship", "obtain_secret"} <= set(article.triggers()[0].labels)


def test_triggers_come_in_the_order_of_the_text() -> None:
    article = text(
        "en",
        "Exports/NOUN/nsubj/followed followed/VERB/root a/DET/det/meeting meeting/NOUN/obj/followed and/CCONJ/cc/treaty "
        "treaty/NOUN/conj/meeting",
    )
    assert [t.token.text for t in article.triggers()] == ["Exports", "meeting", "treaty"]


BESIDE: list[tuple[Language, str, str]] = [
    ("nl", "Poetin/PROPN/nsubj/praatte[@PER] praatte/VERB/root[praten;VerbForm=Fin] met/ADP/case/Kim Kim/PROPN/obl/praatte[@PER]", "praatte"),
    ("de", "Putin/PROPN/nsubj/sprach[@PER] sprach/VERB/root[sprechen;VerbForm=Fin] mit/ADP/case/Kim Kim/PROPN/obl/sprach[@PER]", "sprach"),
    ("en", "Putin/PROPN/nsubj/spoke[@PER] spoke/VERB/root[speak;VerbForm=Fin] with/ADP/case/Kim Kim/PROPN/obl/spoke[@PER]", "spoke"),
    ("fr", "Poutine/PROPN/nsubj/parle[@PER] parle/VERB/root[parler;VerbForm=Fin] avec/ADP/case/Kim Kim/PROPN/obl/parle[@PER]", "parle"),
]


@pytest.mark.parametrize(("language", "sentence", "verb"), BESIDE, ids=[b[0] for b in BESIDE])
def test_a_verb_bound_to_a_preposition(language: Language, sentence: str, verb: str) -> None:
    assert [t.token.text for t in text(language, sentence).triggers() if "meet" in t.labels] == [verb]
