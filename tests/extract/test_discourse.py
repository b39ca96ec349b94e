"""Roles that a clause leaves open and the text around it tells."""

from __future__ import annotations

from datetime import date

import pytest

from kg.records import Language
from tests.extract.docs import events, text

STRIKE = (
    "Rebels/NOUN/nsubj/attacked[rebel;Number=Plur] attacked/VERB/root[attack;VerbForm=Fin] a/DET/det/base base/NOUN/obj/attacked "
    "in/ADP/case/Djibo Djibo/PROPN/obl/attacked[@LOC] on/ADP/case/March 3/NUM/nummod/March March/PROPN/obl/attacked ./PUNCT/punct/attacked"
)
DEAD = "Ten/NUM/nummod/soldiers soldiers/NOUN/nsubj/died[soldier;Number=Plur] died/VERB/root[die;VerbForm=Fin] ./PUNCT/punct/died"

CASES: list[tuple[str, Language, tuple[str, ...], list[str]]] = [
    ("whose sanctions: an adjective", "en",
     ("Iran/PROPN/nsubj/evaded evaded/VERB/root[evade;VerbForm=Fin] American/ADJ/amod/sanctions sanctions/NOUN/obj/evaded[sanction;Number=Plur] "
      "./PUNCT/punct/evaded",),
     ["SanctionsEvasion agent=IR patient=US object=American sanctions"]),
    ("whose sanctions: a genitive", "de",
     ("Der/DET/det/Iran Iran/PROPN/nsubj/umgeht umgeht/VERB/root[umgehen;VerbForm=Fin] die/DET/det/Sanktionen "
      "Sanktionen/NOUN/obj/umgeht[Sanktion;Number=Plur] Washingtons/PROPN/nmod/Sanktionen[Washington;Case=Gen] ./PUNCT/punct/umgeht",),
     ["SanctionsEvasion agent=IR patient=US object=Sanktionen"]),
    ("whose sanctions: a body's adjective", "nl",
     ("Het/DET/det/bedrijf bedrijf/NOUN/nsubj/omzeilde omzeilde/VERB/root[omzeilen;VerbForm=Fin] de/DET/det/sancties "
      "Europese/ADJ/amod/sancties[europees] sancties/NOUN/obj/omzeilde[sanctie;Number=Plur] ./PUNCT/punct/omzeilde",),
     ["SanctionsEvasion agent=bedrijf patient=Europese Unie object=Europese sancties"]),
    ("the court's seat", "de",
     ("Das/DET/det/Landgericht Landgericht/NOUN/nsubj/verurteilte[@ORG] Stuttgart/PROPN/flat/Landgericht[@ORG] "
      "verurteilte/VERB/root[verurteilen;VerbForm=Fin] den/DET/det/Händler Händler/NOUN/obj/verurteilte ./PUNCT/punct/verurteilte",),
     ["Conviction agent=Landgericht Stuttgart patient=Händler place=Stuttgart"]),
    ("the state that the text is about tests", "nl",
     ("Noord-Korea/PROPN/nsubj/dreigt dreigt/VERB/root ./PUNCT/punct/dreigt", "Noord-Korea/PROPN/nsubj/zwijgt zwijgt/VERB/root ./PUNCT/punct/zwijgt",
      "Noord-Korea/PROPN/nsubj/wacht wacht/VERB/root ./PUNCT/punct/wacht",
      "Er/ADV/advmod/getest werden/AUX/aux:pass/getest raketten/NOUN/nsubj:pass/getest[raket;Number=Plur] getest/VERB/root[testen;VerbForm=Part] "
      "./PUNCT/punct/getest"),
     ["WeaponTest agent=KP object=missile"]),
    ("named once, a state is not what the text is about", "nl",
     ("Noord-Korea/PROPN/nsubj/dreigt dreigt/VERB/root ./PUNCT/punct/dreigt",
      "Er/ADV/advmod/getest werden/AUX/aux:pass/getest raketten/NOUN/nsubj:pass/getest[raket;Number=Plur] getest/VERB/root[testen;VerbForm=Part] "
      "./PUNCT/punct/getest"),
     ["WeaponTest object=missile"]),
    ("the same goods come from the same sender", "en",
     ("Iran/PROPN/nsubj/sells sells/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sells ./PUNCT/punct/sells",
      "China/PROPN/nsubj/buys buys/VERB/root[buy;VerbForm=Fin] the/DET/det/oil[Definite=Def] oil/NOUN/obj/buys ./PUNCT/punct/buys"),
     ["Shipment agent=IR object=oil", "Shipment agent=IR patient=CN object=oil"]),
    ("other goods tell nothing of the sender", "en",
     ("Iran/PROPN/nsubj/sells sells/VERB/root[sell;VerbForm=Fin] oil/NOUN/obj/sells ./PUNCT/punct/sells",
      "China/PROPN/nsubj/buys buys/VERB/root[buy;VerbForm=Fin] the/DET/det/drones[Definite=Def] drones/NOUN/obj/buys ./PUNCT/punct/buys"),
     ["Shipment agent=IR object=oil", "Shipment patient=CN object=drone"]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "sentences", "lines"), CASES, ids=[f"{c[1]}: {c[0]}" for c in CASES])
def test_open_roles(why: str, language: Language, sentences: tuple[str, ...], lines: list[str]) -> None:
    assert events(language, *sentences) == lines


def test_a_casualty_is_where_and_when_its_attack_was() -> None:
    attack, dead = text("en", STRIKE, DEAD).report().events
    assert [attack.type, dead.type] == ["Attack", "Casualty"]
    assert {a.role: a.mention.text for a in dead.arguments} == {"patient": "soldiers", "place": "Djibo", "agent": "Rebels"}
    assert dead.interval is not None
    assert dead.interval.earliest == date(2024, 3, 3)


def test_what_is_told_is_not_changed() -> None:
    here = DEAD.replace("./PUNCT/punct/died", "in/ADP/case/Mopti Mopti/PROPN/obl/died[@LOC] ./PUNCT/punct/died")
    _, dead = text("en", STRIKE, here).report().events
    assert {a.role: a.mention.text for a in dead.arguments} == {"patient": "soldiers", "place": "Mopti"}


GAPPED: list[tuple[str, Language, str, list[str]]] = [
    ("object and recipient alternate", "nl",
     "Iran/PROPN/nsubj/verkocht verkocht/VERB/root[verkopen;VerbForm=Fin] drones/NOUN/obj/verkocht aan/ADP/case/Rusland Rusland/PROPN/obl/verkocht "
     "en/CCONJ/cc/olie olie/NOUN/conj/drones aan/ADP/case/China China/PROPN/nmod/olie ./PUNCT/punct/verkocht",
     ["Shipment agent=IR patient=RU object=drone", "Shipment agent=IR patient=CN object=oil"]),
    ("two goods to one buyer are one event", "nl",
     "Iran/PROPN/nsubj/verkocht verkocht/VERB/root[verkopen;VerbForm=Fin] drones/NOUN/obj/verkocht en/CCONJ/cc/olie olie/NOUN/conj/drones "
     "aan/ADP/case/China China/PROPN/obl/verkocht ./PUNCT/punct/verkocht",
     ["Shipment agent=IR patient=CN object=drone+oil"]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "sentence", "lines"), GAPPED, ids=[f"{c[1]}: {c[0]}" for c in GAPPED])
def test_a_verb_left_out(why: str, language: Language, sentence: str, lines: list[str]) -> None:
    assert events(language, sentence) == lines
