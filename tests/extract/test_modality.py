"""Whether an event happened, in four languages, over trees written by hand."""

from __future__ import annotations

import pytest

from kg.extract.modality import modality, negating_word, told_ahead
from kg.extract.reading import Reading, span_of
from kg.extract.transit import stop_seized
from kg.records import Claim, Event, Language, Modality, Stance
from tests.extract.treebank import reading, word

PLAIN = "Kenia PROPN nsubj 2\nkocht VERB root 0 kopen Tense=Past|VerbForm=Fin\ntarwe NOUN obj 2\n. PUNCT punct 2"
CASES: list[tuple[Language, str, str, str]] = [
    ("nl", PLAIN, "kocht", "actual"),
    (
        "nl",
        "Kenia PROPN nsubj 4\nheeft AUX aux 4 hebben\ngeen DET det 5\n"
        "gekocht VERB root 0 kopen VerbForm=Part\ntarwe NOUN obj 4\n. PUNCT punct 4",
        "gekocht",
        "negated",
    ),
    (
        "nl",
        "Kenia PROPN nsubj 4\nzou AUX aux 4 zullen Tense=Past|VerbForm=Fin\n"
        "hebben AUX aux 4\ngekocht VERB root 0 kopen VerbForm=Part\n. PUNCT punct 4",
        "gekocht",
        "possible",
    ),
    ("nl", "Kenia PROPN nsubj 3\nzal AUX aux 3 zullen\nkopen VERB root 0 kopen VerbForm=Inf\n. PUNCT punct 3", "kopen", "planned"),
    (
        "nl",
        "Kenia PROPN nsubj 2\nweigert VERB root 0 weigeren Tense=Pres|VerbForm=Fin\n"
        "te ADP mark 4\nkopen VERB xcomp 2 kopen VerbForm=Inf\n. PUNCT punct 2",
        "kopen",
        "negated",
    ),
    (
        "nl",
        "Kenia PROPN nsubj 2\nkoopt VERB root 0 kopen Tense=Pres|VerbForm=Fin\nvolgende ADJ amod 4\n"
        "maand NOUN obl 2\ntarwe NOUN obj 2\n. PUNCT punct 2",
        "koopt",
        "planned",
    ),
    (
        "nl",
        "Kenia PROPN nsubj 3\nniet ADV advmod 4\nkocht VERB root 0 kopen Tense=Past|VerbForm=Fin\n"
        "alleen ADV advmod 3\ntarwe NOUN obj 3\n. PUNCT punct 3",
        "kocht",
        "actual",
    ),
    (
        "de",
        "Ghana PROPN nsubj 3\nwird AUX aux 3 werden VerbForm=Fin\n"
        "liefern VERB root 0 liefern VerbForm=Inf\n. PUNCT punct 3",
        "liefern",
        "planned",
    ),
    (
        "de",
        "Öl NOUN nsubj:pass 3\nwird AUX aux:pass 3 werden VerbForm=Fin\n"
        "geliefert VERB root 0 liefern VerbForm=Part\n. PUNCT punct 3",
        "geliefert",
        "actual",
    ),
    (
        "de",
        "Ghana PROPN nsubj 4\nsoll AUX aux 4 sollen\nÖl NOUN obj 4\n"
        "geliefert VERB root 0 liefern VerbForm=Part\nhaben AUX aux 4 haben VerbForm=Inf\n. PUNCT punct 4",
        "geliefert",
        "possible",
    ),
    (
        "de",
        "Ghana PROPN nsubj 4\nsoll AUX aux 4 sollen\n"
        "Öl NOUN obj 4\nliefern VERB root 0 liefern VerbForm=Inf\n. PUNCT punct 4",
        "liefern",
        "planned",
    ),
    (
        "de",
        "Ein DET det 3\ngeplanter ADJ amod 3\nTest NOUN nsubj 4\n"
        "fand VERB root 0 finden Tense=Past|VerbForm=Fin\nnicht ADV advmod 4\nstatt ADP compound:prt 4\n. PUNCT punct 4",
        "Test",
        "negated",
    ),
    (
        "de",
        "Wenn SCONJ mark 3\nGhana PROPN nsubj 3\nliefert VERB advcl 6 liefern Tense=Pres|VerbForm=Fin\n"
        ", PUNCT punct 3\nsteigt VERB root 0\n. PUNCT punct 5",
        "liefert",
        "possible",
    ),
    (
        "en",
        "Chile PROPN nsubj 2\ntried VERB root 0 try Tense=Past|VerbForm=Fin\n"
        "to PART mark 4\nsell VERB xcomp 2 sell VerbForm=Inf\n. PUNCT punct 2",
        "sell",
        "attempted",
    ),
    ("en", "Chile PROPN nsubj 3\nprobably ADV advmod 3\nsold VERB root 0 sell Tense=Past|VerbForm=Fin\n. PUNCT punct 3", "sold", "possible"),
    ("en", "Did AUX aux 3\nChile PROPN nsubj 3\nsell VERB root 0 sell VerbForm=Inf\ntanks NOUN obj 3\n? PUNCT punct 3", "sell", "possible"),
    (
        "en",
        "A DET det 2\nplan NOUN nsubj:pass 6\nto PART mark 4\n"
        "sell VERB acl 2 sell VerbForm=Inf\nwas AUX aux:pass 6\ncancelled VERB root 0 cancel VerbForm=Part\n. PUNCT punct 6",
        "sell",
        "negated",
    ),
    (
        "fr",
        "Tunis PROPN nsubj 2\nlivrera VERB root 0 livrer Tense=Fut|VerbForm=Fin\n"
        "du DET det 4\nblé NOUN obj 2\n. PUNCT punct 2",
        "livrera",
        "planned",
    ),
    (
        "en",
        "Envoys NOUN nsubj 4\nare AUX aux 4 be Tense=Pres|VerbForm=Fin\nto AUX aux 4\nmeet VERB root 0 meet VerbForm=Inf\n. PUNCT punct 4",
        "meet",
        "planned",
    ),
    (
        "en",
        "Tanks NOUN nsubj:pass 5\nare AUX aux 5 be Tense=Pres|VerbForm=Fin\nto PART mark 5\nbe AUX aux:pass 5 be VerbForm=Inf\n"
        "sent VERB root 0 send VerbForm=Part\n. PUNCT punct 5",
        "sent",
        "planned",
    ),
    (
        "en",
        "They PRON nsubj 2\nare AUX root 0 be Tense=Pres|VerbForm=Fin\nhappy ADJ xcomp 2\nto PART mark 5\nsell VERB xcomp 3 sell VerbForm=Inf",
        "sell",
        "actual",
    ),
    (
        "fr",
        "Tunis PROPN nsubj 3\naurait AUX aux:tense 3 avoir\nlivré VERB root 0 livrer VerbForm=Part\n"
        "du DET det 5\nblé NOUN obj 3\n. PUNCT punct 3",
        "livré",
        "possible",
    ),
    (
        "fr",
        "Tunis PROPN nsubj 3\nn' ADV advmod 3\nenvoie VERB root 0 envoyer Tense=Pres|VerbForm=Fin\n"
        "plus ADV advmod 3\nde ADP case 6\nblé NOUN obj 3\n. PUNCT punct 3",
        "envoie",
        "negated",
    ),
]


@pytest.mark.parametrize(("language", "tree", "trigger", "expected"), CASES)
def test_modality(language: Language, tree: str, trigger: str, expected: str) -> None:
    read = reading(language, tree)
    assert modality(word(read, trigger), read, claimed=False, hearsay=False).value == expected


EVIDENTIAL = [case[:3] for case in CASES if case[3] == "possible" and case[2] in ("gekocht", "geliefert", "livré")]


@pytest.mark.parametrize(("language", "tree", "trigger"), EVIDENTIAL)
def test_an_evidential_beside_a_speaker_reports_its_words(language: Language, tree: str, trigger: str) -> None:
    read = reading(language, tree)
    assert modality(word(read, trigger), read, claimed=True, hearsay=False).value == "actual"


def test_a_denial_keeps_the_event() -> None:
    read = reading("nl", CASES[1][1])
    assert modality(word(read, "gekocht"), read, claimed=False, hearsay=False, denied=True).value == "actual"


def test_suspicion_and_rumour_make_it_possible() -> None:
    read = reading("nl", PLAIN)
    assert modality(word(read, "kocht"), read, claimed=True, hearsay=False, suspected=True).value == "possible"
    assert modality(word(read, "kocht"), read, claimed=False, hearsay=True).value == "possible"


def test_a_treaty_given_up_is_negated() -> None:
    tree = "Rabat PROPN nsubj 3\nheeft AUX aux 3\nopgezegd VERB root 0 opzeggen VerbForm=Part\nhet DET det 5\nverdrag NOUN obj 3\n. PUNCT punct 3"
    read = reading("nl", tree)
    assert modality(word(read, "opgezegd"), read, claimed=False, hearsay=False, cancels=True).value == "negated"


@pytest.mark.parametrize(
    ("language", "tree", "trigger"),
    [
        ("nl", "hij PRON nsubj:pass 3\nwerd AUX aux:pass 3\nvrijgesproken VERB root 0 vrijspreken VerbForm=Part", "vrijgesproken"),
        ("de", "der DET det 2\nFreispruch NOUN nsubj 3\nkam VERB root 0 kommen VerbForm=Fin", "Freispruch"),
        ("en", "she PRON nsubj:pass 3\nwas AUX aux:pass 3\nacquitted VERB root 0 acquit VerbForm=Part", "acquitted"),
        ("fr", "elle PRON nsubj:pass 4\na AUX aux 4\nété AUX aux:pass 4\nrelaxée VERB root 0 relaxer VerbForm=Part", "relaxée"),
    ],
)
def test_an_acquittal_is_no_conviction(language: Language, tree: str, trigger: str) -> None:
    read = reading(language, tree)
    assert modality(word(read, trigger), read, claimed=False, hearsay=False, cancels=True).value == "negated"


def test_a_participle_stands_for_itself() -> None:
    tree = """
Rabat PROPN nsubj 2
hief VERB root 0 heffen Tense=Past|VerbForm=Fin
het DET det 5
ingestelde VERB amod 5 instellen VerbForm=Part
embargo NOUN obj 2
niet ADV advmod 2
op ADP compound:prt 2
. PUNCT punct 2
"""
    read = reading("nl", tree)
    assert modality(word(read, "ingestelde"), read, claimed=False, hearsay=False).value == "actual"


def test_the_negation_and_the_future_can_be_asked_for() -> None:
    read = reading("nl", CASES[1][1])
    found = negating_word(word(read, "gekocht"), read)
    assert found is not None
    assert found.text == "geen"
    ahead = reading("nl", CASES[3][1])
    assert told_ahead(word(ahead, "kopen"), ahead)
    assert negating_word(word(ahead, "kopen"), ahead) is None


@pytest.mark.parametrize(("gap", "expected"), [(0, "attempted"), (2, "actual")])
def test_goods_seized_under_way_never_arrived(gap: int, expected: str) -> None:
    seizure = "Customs NOUN nsubj 2\nseized VERB root 0 seize Tense=Past|VerbForm=Fin\nrifles NOUN obj 2\n. PUNCT punct 2"
    other = "Rain NOUN nsubj 2\nfell VERB root 0\n. PUNCT punct 2"
    shipment = "They PRON nsubj:pass 3\nwere AUX cop 3\nbound ADJ root 0\nfor ADP case 5\nKenya PROPN obl 3\n. PUNCT punct 3"
    read = reading("en", seizure, *[other] * gap, shipment)
    events = [_event(read, "Seizure", "seized"), _event(read, "Shipment", "bound")]
    assert stop_seized(events, read)[1].modality.value == expected


def _event(read: Reading, kind: str, trigger: str) -> Event:
    token = word(read, trigger)
    return Event(kind, span_of(token), span_of(token.sent), (), (), None, Modality.ACTUAL, (Claim(None, Stance.ASSERTS, span_of(token)),), 0.5)
