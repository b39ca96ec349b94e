"""Slots read off a tree: what stands in which relation to a verb or an event noun."""

from __future__ import annotations

import pytest

from kg.extract.lexicon import lexicon
from kg.extract.syntax import case_relations, clause_root, conjuncts, has, is_passive, noun_slots, segment, stray_slots, subject, verb_slots
from kg.records import Language
from tests.extract.docs import Text, text


def near(article: Text, verb: str) -> dict[str, str]:
    """Dependent → its likeliest relation, of what hangs on the verb itself."""
    slots = verb_slots(article.token(verb), lexicon(article.article.language))
    return {slot.token.text: slot.relations[0] for slot in slots if slot.near}


def subject_of(article: Text, verb: str) -> str | None:
    found = subject(article.token(verb))
    return found.text if found is not None else None


PASSIVES: list[tuple[str, Language, str, str, bool]] = [
    ("werd", "nl", "Olie/NOUN/nsubj:pass/verkocht werd/AUX/aux:pass/verkocht[worden] verkocht/VERB/root[VerbForm=Part]", "verkocht", True),
    ("labelled as plain auxiliary", "nl", "Olie/NOUN/nsubj/verkocht wordt/AUX/aux/verkocht[worden] verkocht/VERB/root[VerbForm=Part]", "verkocht",
     True),
    ("perfect with a wrong label", "nl", "Iran/PROPN/nsubj:pass/verkocht had/AUX/aux/verkocht[hebben] verkocht/VERB/root[VerbForm=Part]",
     "verkocht", False),
    ("wurde", "de", "Öl/NOUN/nsubj:pass/verkauft wurde/AUX/aux:pass/verkauft[werden] verkauft/VERB/root[VerbForm=Part]", "verkauft", True),
    ("future is active", "de", "Iran/PROPN/nsubj/verkaufen wird/AUX/aux/verkaufen[werden] Öl/NOUN/obj/verkaufen verkaufen/VERB/root[VerbForm=Inf]",
     "verkaufen", False),
    ("have been", "en", "Oil/NOUN/nsubj:pass/sold has/AUX/aux/sold[have] been/AUX/aux:pass/sold[be] sold/VERB/root[VerbForm=Part]", "sold", True),
    ("progressive", "en", "Iran/PROPN/nsubj/selling is/AUX/aux/selling[be] selling/VERB/root[sell;VerbForm=Part]", "selling", False),
    ("second verb after a passive", "en",
     "He/PRON/nsubj:pass/questioned was/AUX/aux:pass/questioned[be] questioned/VERB/root[VerbForm=Part] but/CCONJ/cc/arrested "
     "not/PART/advmod/arrested "
     "arrested/VERB/conj/questioned[VerbForm=Part]", "arrested", True),
    ("être with avoir", "fr",
     "Le/DET/det/pétrole pétrole/NOUN/nsubj:pass/vendu a/AUX/aux:tense/vendu[avoir] été/AUX/aux:pass/vendu[être] vendu/VERB/root[VerbForm=Part]",
     "vendu", True),
    ("past participle before its noun", "de", "Verkauftes/ADJ/amod/Öl[VerbForm=Part] Öl/NOUN/nsubj/fehlt fehlt/VERB/root", "Verkauftes", True),
    ("present participle", "nl", "Olie/NOUN/obj/verkopende verkopende/VERB/amod/landen[VerbForm=Part] landen/NOUN/nsubj/klagen klagen/VERB/root",
     "verkopende", False),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "sentence", "verb", "passive"), PASSIVES, ids=[f"{p[1]}: {p[0]}" for p in PASSIVES])
def test_voice(why: str, language: Language, sentence: str, verb: str, passive: bool) -> None:
    assert is_passive(text(language, sentence).token(verb)) is passive


def test_a_passive_subject_is_the_object() -> None:
    article = text(
        "en",
        "Oil/NOUN/nsubj:pass/sold was/AUX/aux:pass/sold[be] sold/VERB/root[VerbForm=Part] by/ADP/case/Iran Iran/PROPN/obl:agent/sold "
        "to/ADP/case/China China/PROPN/obl/sold",
    )
    assert near(article, "sold") == {"Oil": "object", "Iran": "by", "China": "to"}


def test_by_comes_last_where_the_verb_is_active() -> None:
    """Dutch "van" is an agent's only in the passive."""
    article = text("nl", "Iran/PROPN/nsubj/koopt koopt/VERB/root[VerbForm=Fin] graan/NOUN/obj/koopt van/ADP/case/Rusland Rusland/PROPN/obl/koopt")
    slots = verb_slots(article.token("koopt"), lexicon("nl"))
    assert next(s.relations for s in slots if s.token.text == "Rusland") == ("from", "by")


def test_an_agent_is_known_by_its_label_alone() -> None:
    article = text(
        "fr",
        "Il/PRON/nsubj:pass/aimé est/AUX/aux:pass/aimé[être] aimé/VERB/root[VerbForm=Part] de/ADP/case/Kim Kim/PROPN/obl:agent/aimé[@PER]",
    )
    assert near(article, "aimé")["Kim"] == "by"


CONTROLS: list[tuple[str, Language, str, str, str | None]] = [
    ("xcomp takes the subject above", "nl", "Iran/PROPN/nsubj/wil wil/VERB/root olie/NOUN/obj/verkopen verkopen/VERB/xcomp/wil[VerbForm=Inf]",
     "verkopen", "Iran"),
    ("xcomp takes the object before it", "en",
     "Kyiv/PROPN/nsubj/asked asked/VERB/root Paris/PROPN/obj/asked to/PART/mark/send send/VERB/xcomp/asked[VerbForm=Inf]", "send", "Paris"),
    ("two steps up", "nl",
     "Iran/PROPN/nsubj/wil wil/VERB/root proberen/VERB/xcomp/wil[VerbForm=Inf] te/PART/mark/verkopen verkopen/VERB/xcomp/proberen[VerbForm=Inf]",
     "verkopen", "Iran"),
    ("a reason is the object's doing", "en",
     "The/DET/det/court court/NOUN/nsubj/jailed jailed/VERB/root Kim/PROPN/obj/jailed[@PER] for/SCONJ/mark/selling "
     "selling/VERB/advcl/jailed[VerbForm=Ger] "
     "secrets/NOUN/obj/selling", "selling", "Kim"),
    ("a French reason in the perfect", "fr",
     "Le/DET/det/juge juge/NOUN/nsubj/condamne condamne/VERB/root Kim/PROPN/obj/condamne[@PER] pour/ADP/mark/livré avoir/AUX/aux:tense/livré[avoir] "
     "livré/VERB/advcl/condamne[livrer;VerbForm=Part] des/DET/det/armes armes/NOUN/obj/livré", "livré", "Kim"),
    ("a finite adverbial clause lends none", "nl",
     "Iran/PROPN/nsubj/juicht juicht/VERB/root omdat/SCONJ/mark/regent regent/VERB/advcl/juicht[VerbForm=Fin]", "regent", None),
    ("a noun's infinitive is the governing clause's subject's", "de",
     "Iran/PROPN/nsubj/hat hat/VERB/root[VerbForm=Fin] einen/DET/det/Plan Plan/NOUN/obj/hat ,/PUNCT/punct/liefern Drohnen/NOUN/obj/liefern "
     "zu/PART/mark/liefern liefern/VERB/acl/Plan[VerbForm=Inf]", "liefern", "Iran"),
    ("who and which stand for the noun", "en",
     "The/DET/det/firm firm/NOUN/nsubj/closed that/PRON/nsubj/sold sold/VERB/acl:relcl/firm[VerbForm=Fin] oil/NOUN/obj/sold closed/VERB/root",
     "sold", "firm"),
    ("a second verb of a relative clause", "de",
     "Die/DET/det/Firma Firma/NOUN/nsubj/schloss ,/PUNCT/punct/kaufte die/PRON/nsubj/kaufte Öl/NOUN/obj/kaufte "
     "kaufte/VERB/acl:relcl/Firma[VerbForm=Fin] "
     "und/CCONJ/cc/verkaufte verkaufte/VERB/conj/kaufte[VerbForm=Fin] schloss/VERB/root",
     "verkaufte", "Firma"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "sentence", "verb", "doer"), CONTROLS, ids=[f"{c[1]}: {c[0]}" for c in CONTROLS])
def test_subject(why: str, language: Language, sentence: str, verb: str, doer: str | None) -> None:
    assert subject_of(text(language, sentence), verb) == doer


def test_two_objects_and_no_subject_the_first_is_the_subject() -> None:
    article = text("de", "Iran/PROPN/obj/verkauft verkauft/VERB/root[VerbForm=Fin] Öl/NOUN/obj/verkauft")
    assert near(article, "verkauft") == {"Iran": "subject", "Öl": "object"}


def test_an_object_in_the_nominative_is_the_subject() -> None:
    article = text("de", "Gestern/ADV/advmod/lieferte lieferte/VERB/root[VerbForm=Fin] der/DET/det/Iran Iran/PROPN/obj/lieferte[Case=Nom]")
    assert near(article, "lieferte") == {"Iran": "subject"}


def test_verbs_that_share_an_object_behind_both() -> None:
    article = text(
        "de",
        "Iran/PROPN/nsubj/baut baut/VERB/root[VerbForm=Fin] und/CCONJ/cc/verkauft verkauft/VERB/conj/baut[VerbForm=Fin] Drohnen/NOUN/obj/baut",
    )
    assert near(article, "verkauft") == {"Iran": "subject", "Drohnen": "object"}


def test_an_object_before_the_second_verb_is_not_shared() -> None:
    article = text(
        "de",
        "Iran/PROPN/nsubj/baut baut/VERB/root[VerbForm=Fin] Drohnen/NOUN/obj/baut und/CCONJ/cc/lacht lacht/VERB/conj/baut[VerbForm=Fin]",
    )
    assert near(article, "lacht") == {"Iran": "subject"}


def test_a_bare_dative_is_an_indirect_object() -> None:
    article = text("de", "Iran/PROPN/nsubj/gibt gibt/VERB/root[VerbForm=Fin] Syrien/PROPN/obl:arg/gibt[Case=Dat] Öl/NOUN/obj/gibt")
    assert near(article, "gibt")["Syrien"] == "indirect"


def test_a_phrase_of_the_object_is_offered_as_further_off() -> None:
    article = text(
        "nl", "Iran/PROPN/nsubj/koopt koopt/VERB/root[VerbForm=Fin] wapens/NOUN/obj/koopt uit/ADP/case/China China/PROPN/nmod/wapens"
    )
    slots = [s for s in verb_slots(article.token("koopt"), lexicon("nl")) if s.token.text == "China"]
    assert [(s.relations[0], s.near) for s in slots] == [("out_of", False)]


def test_a_genitive_inside_the_object_is_no_phrase_of_the_verb() -> None:
    article = text(
        "en", "Iran/PROPN/nsubj/sold sold/VERB/root[VerbForm=Fin] tons/NOUN/obj/sold of/ADP/case/copper copper/NOUN/nmod/tons"
    )
    assert "copper" not in {s.token.text for s in verb_slots(article.token("sold"), lexicon("en"))}


def test_a_phrase_hung_far_off_is_a_stray() -> None:
    """The parser hung "nach Syrien" on the time; the clause still has it."""
    article = text(
        "de",
        "Iran/PROPN/nsubj/liefert liefert/VERB/root[VerbForm=Fin] im/ADP/case/März März/PROPN/obl/liefert nach/ADP/case/Syrien "
        "Syrien/PROPN/nmod/März Drohnen/NOUN/obj/liefert",
    )
    strays = {s.token.text: s for s in stray_slots(article.token("liefert"), lexicon("de"))}
    assert strays["Syrien"].relations[0] == "toward"
    assert not strays["Syrien"].near


def test_strays_stay_inside_the_clause() -> None:
    article = text(
        "nl",
        "Iran/PROPN/nsubj/levert levert/VERB/root[VerbForm=Fin] olie/NOUN/obj/levert ,/PUNCT/punct/zegt zegt/VERB/parataxis/levert[VerbForm=Fin] "
        "een/DET/det/bron bron/NOUN/nsubj/zegt in/ADP/case/Japan Japan/PROPN/nmod/bron",
    )
    assert "Japan" not in {s.token.text for s in stray_slots(article.token("levert"), lexicon("nl"))}


NOUNS: list[tuple[str, Language, str, str, dict[str, str]]] = [
    ("phrases by their prepositions", "nl",
     "De/DET/det/verkoop verkoop/NOUN/root van/ADP/case/olie olie/NOUN/nmod/verkoop door/ADP/case/Iran Iran/PROPN/nmod/verkoop aan/ADP/case/China "
     "China/PROPN/nmod/verkoop", "verkoop", {"olie": "of", "Iran": "by", "China": "to"}),
    ("bare German genitive", "de", "Der/DET/det/Verkauf Verkauf/NOUN/root russischen/ADJ/amod/Öls Öls/NOUN/nmod/Verkauf[Case=Gen]", "Verkauf",
     {"Öls": "of"}),
    ("genitive with 's", "en", "Iran/PROPN/nmod:poss/sale 's/PART/case/Iran sale/NOUN/root of/ADP/case/oil oil/NOUN/nmod/sale", "sale",
     {"Iran": "possessor", "oil": "of"}),
    ("possessive pronoun", "fr", "Sa/DET/det/vente[Poss=Yes] vente/NOUN/root de/ADP/case/pétrole pétrole/NOUN/nmod/vente", "vente", {"Sa": "possessor",
     "pétrole": "of"}),
    ("demonym", "en", "Iranian/ADJ/amod/sale sale/NOUN/root", "sale", {"Iranian": "adjective"}),
    ("phrase hung on a phrase", "nl",
     "De/DET/det/verkoop verkoop/NOUN/root van/ADP/case/olie olie/NOUN/nmod/verkoop aan/ADP/case/China China/PROPN/nmod/olie", "verkoop",
     {"olie": "of", "China": "to"}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "sentence", "noun", "slots"), NOUNS, ids=[f"{n[1]}: {n[0]}" for n in NOUNS])
def test_noun_slots(why: str, language: Language, sentence: str, noun: str, slots: dict[str, str]) -> None:
    found = noun_slots(text(language, sentence).token(noun), lexicon(language))
    assert {s.token.text: s.relations[0] for s in found} == slots


CASES: list[tuple[Language, str, str, str]] = [
    ("nl", "met/ADP/case/drones behulp/NOUN/fixed/met van/ADP/fixed/met drones/NOUN/root", "drones", "with"),
    ("de", "zum/ADP/case/Hafen Hafen/NOUN/root", "Hafen", "to"),
    ("de", "in/ADP/case/Moskau Richtung/NOUN/fixed/in Moskau/PROPN/root", "Moskau", "toward"),
    ("en", "out/ADP/case/Iran of/ADP/fixed/out Iran/PROPN/root", "Iran", "out_of"),
    ("fr", "en/ADP/case/Iran provenance/NOUN/fixed/en d'/ADP/fixed/en Iran/PROPN/root", "Iran", "from"),
    ("fr", "du/ADP/case/Japon Japon/PROPN/root", "Japon", "of"),
]


@pytest.mark.parametrize(("language", "sentence", "noun", "relation"), CASES, ids=[f"{c[0]}: {c[3]} {c[2]}" for c in CASES])
def test_a_preposition_counts_with_all_its_words(language: Language, sentence: str, noun: str, relation: str) -> None:
    assert case_relations(text(language, sentence).token(noun), lexicon(language))[0] == relation


def test_an_unknown_preposition_tells_nothing() -> None:
    assert case_relations(text("en", "qua/ADP/case/Iran Iran/PROPN/root").token("Iran"), lexicon("en")) == ()


def test_conjuncts_follow_a_chain() -> None:
    """Some trees hang each conjunct on the one before it."""
    article = text("en", "oil/NOUN/root ,/PUNCT/punct/gas gas/NOUN/conj/oil and/CCONJ/cc/coal coal/NOUN/conj/gas")
    assert [t.text for t in conjuncts(article.token("oil"))] == ["oil", "gas", "coal"]


def test_an_enumeration_does_not_cut_a_clause() -> None:
    article = text(
        "nl",
        "Iran/PROPN/nsubj/levert levert/VERB/root[VerbForm=Fin] olie/NOUN/obj/levert ,/PUNCT/punct/gas gas/NOUN/conj/olie en/CCONJ/cc/graan "
        "graan/NOUN/conj/olie ;/PUNCT/punct/zegt zegt/VERB/parataxis/levert[VerbForm=Fin] Kiev/PROPN/nsubj/zegt",
    )
    assert segment(article.token("olie")).text == "Iran levert olie, gas en graan"
    assert segment(article.token("Kiev")).text == "zegt Kiev"


def test_a_word_belongs_to_the_nearest_clause() -> None:
    article = text(
        "en",
        "Kyiv/PROPN/nsubj/says says/VERB/root Iran/PROPN/nsubj/sold sold/VERB/ccomp/says[VerbForm=Fin] crude/ADJ/amod/oil oil/NOUN/obj/sold",
    )
    assert clause_root(article.token("crude")).text == "sold"
    assert clause_root(article.token("Kyiv")).text == "says"


def test_a_feature_may_have_several_values() -> None:
    article = text("de", "Soldaten/NOUN/root[Case=Acc,Nom]")
    assert has(article.token("Soldaten"), "Case", "Nom")
    assert not has(article.token("Soldaten"), "Case", "Dat")
