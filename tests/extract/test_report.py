"""All that an article tells: events merged, with their amounts, times and confidence."""

from __future__ import annotations

from datetime import date

import pytest

from kg.records import Claim, Event, Language, Modality, Stance
from tests.extract.docs import events, reported, text, written


def told(language: Language, *sentences: str, published: str | None = "2024-03-20") -> tuple[Event, ...]:
    return text(language, *sentences, published=published).report().events


def amounts(event: Event) -> list[tuple[float | None, str | None]]:
    return [(q.value, q.unit) for q in event.quantities]


def when(event: Event) -> tuple[date | None, date | None] | None:
    return (event.interval.earliest, event.interval.latest) if event.interval is not None else None


MERGED: list[tuple[str, Language, str, list[str]]] = [
    ("signing and the treaty signed", "nl",
     "Rusland/PROPN/nsubj/sloten en/CCONJ/cc/Noord-Korea Noord-Korea/PROPN/conj/Rusland sloten/VERB/root[sluiten;VerbForm=Fin] een/DET/det/verdrag "
     "verdrag/NOUN/obj/sloten ./PUNCT/punct/sloten", ["Agreement participant=RU+KP object=verdrag"]),
    ("the noun's partner joins the verb's event", "de",
     "Moskau/PROPN/nsubj/unterzeichnete unterzeichnete/VERB/root[unterzeichnen;VerbForm=Fin] ein/DET/det/Abkommen Abkommen/NOUN/obj/unterzeichnete "
     "in/ADP/case/Wladiwostok Wladiwostok/PROPN/nmod/Abkommen[@LOC] ./PUNCT/punct/unterzeichnete",
     ["Agreement participant=RU object=Abkommen place=Wladiwostok"]),
    ("paying a visit", "nl",
     "Poetin/PROPN/nsubj/bracht[@PER] bracht/VERB/root[brengen;VerbForm=Fin] een/DET/det/bezoek bezoek/NOUN/obj/bracht aan/ADP/case/Noord-Korea "
     "Noord-Korea/PROPN/nmod/bezoek ./PUNCT/punct/bracht", ["Meeting participant=Poetin place=KP"]),
    ("imposing sanctions", "en",
     "Japan/PROPN/nsubj/imposed imposed/VERB/root[impose;VerbForm=Fin] sanctions/NOUN/obj/imposed on/ADP/case/Russia Russia/PROPN/nmod/sanctions "
     "./PUNCT/punct/imposed", ["Sanction agent=JP patient=RU object=sanctions"]),
    ("sale and delivery are one", "nl",
     "De/DET/det/verkoop verkoop/NOUN/nsubj/stopt en/CCONJ/cc/levering levering/NOUN/conj/verkoop van/ADP/case/drones drones/NOUN/nmod/verkoop "
     "aan/ADP/case/Rusland Rusland/PROPN/nmod/verkoop stopt/VERB/root ./PUNCT/punct/stopt", ["Shipment patient=RU object=drone"]),
    ("two verbs are two events", "en",
     "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold and/CCONJ/cc/bought bought/VERB/conj/sold[buy;VerbForm=Fin] "
     "drones/NOUN/obj/bought ./PUNCT/punct/sold", ["Shipment agent=IR object=oil", "Shipment patient=IR object=drone"]),
    ("nouns of two types stay apart", "fr",
     "La/DET/det/vente vente/NOUN/nsubj/précède de/ADP/case/pétrole pétrole/NOUN/nmod/vente précède/VERB/root[précéder;VerbForm=Fin] "
     "la/DET/det/rencontre "
     "rencontre/NOUN/obj/précède avec/ADP/case/Chine la/DET/det/Chine Chine/PROPN/nmod/rencontre ./PUNCT/punct/précède",
     ["Shipment object=oil", "Meeting participant=CN"]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "sentence", "lines"), MERGED, ids=[f"{m[1]}: {m[0]}" for m in MERGED])
def test_merging(why: str, language: Language, sentence: str, lines: list[str]) -> None:
    assert events(language, sentence) == lines


def test_an_amount_of_several_words() -> None:
    (event,) = told(
        "nl",
        "Iran/PROPN/nsubj/leverde leverde/VERB/root[leveren;VerbForm=Fin] twee/NUM/nummod/miljoen miljoen/NUM/nummod/vaten vaten/NOUN/obj/leverde "
        "olie/NOUN/nmod/vaten aan/ADP/case/China China/PROPN/obl/leverde ./PUNCT/punct/leverde",
    )
    assert written(event.type, event.arguments) == "Shipment agent=IR patient=CN object=oil"
    assert amounts(event) == [(2e6, "barrel")]


def test_each_amount_goes_to_its_own_event() -> None:
    sold, bought = told(
        "de",
        "Iran/PROPN/nsubj/verkaufte verkaufte/VERB/root[verkaufen;VerbForm=Fin] 300/NUM/nummod/Drohnen Drohnen/NOUN/obj/verkaufte "
        "und/CCONJ/cc/kaufte "
        "kaufte/VERB/conj/verkaufte[kaufen;VerbForm=Fin] 40/NUM/nummod/Panzer Panzer/NOUN/obj/kaufte ./PUNCT/punct/verkaufte",
    )
    assert [value for value, _ in amounts(sold)] == [300]
    assert [value for value, _ in amounts(bought)] == [40]


def test_each_conjunct_keeps_its_amount_in_one_event() -> None:
    (event,) = told(
        "fr",
        "L'/DET/det/Iran Iran/PROPN/nsubj/livre livre/VERB/root[livrer;VerbForm=Fin] 300/NUM/nummod/drones drones/NOUN/obj/livre "
        "et/CCONJ/cc/missiles "
        "40/NUM/nummod/missiles missiles/NOUN/conj/drones ./PUNCT/punct/livre",
    )
    assert [value for value, _ in amounts(event)] == [300, 40]


def test_the_dead_are_counted() -> None:
    (event,) = told(
        "en",
        "Twelve/NUM/nummod/soldiers soldiers/NOUN/nsubj:pass/killed were/AUX/aux:pass/killed[be] killed/VERB/root[kill;VerbForm=Part] "
        "./PUNCT/punct/killed",
    )
    assert event.type == "Casualty"
    assert amounts(event) == [(12, "soldier")]


def test_a_duration_is_no_amount() -> None:
    (event,) = told(
        "en",
        "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold for/ADP/case/years ten/NUM/nummod/years years/NOUN/obl/sold "
        "./PUNCT/punct/sold",
    )
    assert event.quantities == ()


def test_an_amount_of_something_else_stays_out() -> None:
    (event,) = told(
        "en",
        "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold while/SCONJ/mark/watched 40/NUM/nummod/journalists "
        "journalists/NOUN/nsubj/watched watched/VERB/advcl/sold[VerbForm=Fin] ./PUNCT/punct/sold",
    )
    assert event.quantities == ()


def test_a_time_in_the_clause() -> None:
    (event,) = told(
        "nl",
        "In/ADP/case/maart maart/NOUN/obl/leverde 2023/NUM/nummod/maart leverde/VERB/root[leveren;VerbForm=Fin] Iran/PROPN/nsubj/leverde "
        "drones/NOUN/obj/leverde ./PUNCT/punct/leverde",
    )
    assert when(event) == (date(2023, 3, 1), date(2023, 3, 31))


def test_each_time_goes_to_its_own_clause() -> None:
    sold, bought = told(
        "en",
        "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold in/ADP/case/2019 2019/NUM/obl/sold and/CCONJ/cc/bought "
        "bought/VERB/conj/sold[buy;VerbForm=Fin] drones/NOUN/obj/bought in/ADP/case/2021 2021/NUM/obl/bought ./PUNCT/punct/sold",
    )
    assert when(sold) == (date(2019, 1, 1), date(2019, 12, 31))
    assert when(bought) == (date(2021, 1, 1), date(2021, 12, 31))


def test_the_time_of_speaking_is_not_that_of_the_event() -> None:
    (event,) = told(
        "de",
        "Kiew/PROPN/nsubj/sagte sagte/VERB/root[sagen;VerbForm=Fin] gestern/ADV/advmod/sagte ,/PUNCT/punct/geliefert Iran/PROPN/nsubj/geliefert "
        "habe/AUX/aux/geliefert[haben] Drohnen/NOUN/obj/geliefert geliefert/VERB/ccomp/sagte[liefern;VerbForm=Part] ./PUNCT/punct/sagte",
    )
    assert event.interval is None


def test_a_month_is_past_for_what_happened_and_ahead_for_what_is_planned() -> None:
    (past,) = told(
        "nl",
        "Iran/PROPN/nsubj/leverde leverde/VERB/root[leveren;VerbForm=Fin] in/ADP/case/mei mei/NOUN/obl/leverde drones/NOUN/obj/leverde "
        "./PUNCT/punct/leverde",
    )
    (planned,) = told(
        "nl",
        "Iran/PROPN/nsubj/wil wil/VERB/root[willen;VerbForm=Fin] in/ADP/case/mei mei/NOUN/obl/leveren drones/NOUN/obj/leveren "
        "leveren/VERB/xcomp/wil[VerbForm=Inf] ./PUNCT/punct/wil",
    )
    assert when(past) == (date(2023, 5, 1), date(2023, 5, 31))
    assert planned.modality is Modality.PLANNED
    assert when(planned) == (date(2024, 5, 1), date(2024, 5, 31))


def test_without_a_date_of_publication_no_date_is_made_up() -> None:
    (event,) = told(
        "en",
        "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold yesterday/NOUN/obl:tmod/sold ./PUNCT/punct/sold",
        published=None,
    )
    assert event.interval is None


def test_what_nobody_else_says_is_the_articles_own() -> None:
    (event,) = told("en", "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold ./PUNCT/punct/sold")
    assert event.claims == (Claim(None, Stance.ASSERTS, event.trigger),)
    assert event.modality is Modality.ACTUAL


def test_the_trigger_is_the_evidence() -> None:
    article = text("en", "Rain/NOUN/nsubj/fell fell/VERB/root ./PUNCT/punct/fell",
                   "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold ./PUNCT/punct/sold")  # fmt: skip
    (event,) = article.report().events
    full = article.article.text
    assert full[event.trigger.start : event.trigger.end] == "sold"
    assert full[event.sentence.start : event.sentence.end] == "Iran sold oil."


def test_more_roles_more_confidence() -> None:
    bare, full = told(
        "en",
        "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold ./PUNCT/punct/sold",
        "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold to/ADP/case/China China/PROPN/obl/sold in/ADP/case/Dubai "
        "Dubai/PROPN/obl/sold[@LOC] ./PUNCT/punct/sold",
    )
    assert 0 < bare.confidence < full.confidence <= 0.95


def test_events_stand_in_the_order_of_the_text() -> None:
    found = told(
        "en",
        "Russia/PROPN/nsubj/attacked attacked/VERB/root[attack;VerbForm=Fin] Ukraine/PROPN/obj/attacked ./PUNCT/punct/attacked",
        "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sold ./PUNCT/punct/sold",
    )
    assert [e.trigger.start for e in found] == sorted(e.trigger.start for e in found)
    assert reported(*found) == ["Attack agent=RU patient=UA", "Shipment agent=IR object=oil"]


def test_an_article_that_tells_nothing() -> None:
    assert told("de", "Es/PRON/expl/regnet regnet/VERB/root ./PUNCT/punct/regnet") == ()


def test_the_same_doc_tells_the_same_twice() -> None:
    sentences = [m[2] for m in MERGED if m[1] == "nl"]
    assert text("nl", *sentences).report() == text("nl", *sentences).report()


def test_a_sentence_tells_the_same_alone_and_among_others() -> None:
    """Sentences without pronouns do not colour each other."""
    sentences = [m[2] for m in MERGED if m[1] == "nl"]
    together = events("nl", *sentences)
    assert together == [line for sentence in sentences for line in events("nl", sentence)]


def test_years_joined_by_and_are_one_stretch() -> None:
    sentence = (
        "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] drones/NOUN/obj/sold in/ADP/case/2022 2022/NUM/obl/sold and/CCONJ/cc/2023 "
        "2023/NUM/conj/2022 ./PUNCT/punct/sold"
    )
    (event,) = told("en", sentence)
    assert when(event) == (date(2022, 1, 1), date(2023, 12, 31))
