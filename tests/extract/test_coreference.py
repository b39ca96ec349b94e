"""What pronouns and pointing phrases stand for."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from kg.records import Language
from tests.extract.docs import events, frame, named, text


class Case(NamedTuple):
    """Sentences, the word asked about, and what it stands for; None where it stays open."""

    why: str
    language: Language
    sentences: tuple[str, ...]
    word: str
    stands_for: str | None


KIM = "{0}/PROPN/nsubj/{2}[@PER] {1}/PROPN/flat/{0}[@PER] {2}/VERB/root"
STATE = "{0}/PROPN/nsubj/{1} {1}/VERB/root"

CASES = [
    Case("he is the person", "nl", (KIM.format("Jan", "Bakker", "sprak"), "Hij/PRON/nsubj/loog loog/VERB/root"), "Hij", "Jan Bakker"),
    Case("a person before a state", "en",
         ("Ivan/PROPN/nsubj/left[@PER] Petrov/PROPN/flat/Ivan[@PER] left/VERB/root Russia/PROPN/obj/left", "He/PRON/nsubj/wept wept/VERB/root"),
          "He", "Ivan Petrov"),
    Case("they are the soldiers", "de",
         ("Die/DET/det/Soldaten Soldaten/NOUN/nsubj/flohen[Soldat;Number=Plur] flohen/VERB/root",
          "Sie/PRON/nsubj/starben[Number=Plur] starben/VERB/root"),
         "Sie", "Soldaten"),
    Case("ils", "fr",
         ("Les/DET/det/soldats soldats/NOUN/nsubj/fuient[soldat;Number=Plur] fuient/VERB/root",
          "Ils/PRON/nsubj/meurent[Number=Plur] meurent/VERB/root"),
         "Ils", "soldats"),
    Case("it is the company", "en",
         ("The/DET/det/company company/NOUN/nsubj/denied denied/VERB/root", "It/PRON/nsubj/sold sold/VERB/root oil/NOUN/obj/sold"), "It", "company"),
    Case("the country is the last state told", "nl",
         (STATE.format("Rusland", "zweeg"), STATE.format("Iran", "ontkende"), "Het/DET/det/land[Definite=Def] land/NOUN/nsubj/levert "
          "levert/VERB/root"),
         "land", "IR"),
    Case("a subject before an object", "nl",
         ("Iran/PROPN/nsubj/vreest vreest/VERB/root Rusland/PROPN/obj/vreest", "Het/DET/det/land[Definite=Def] land/NOUN/nsubj/levert "
          "levert/VERB/root"),
         "land", "IR"),
    Case("a country, any, stays open", "nl",
         (STATE.format("Iran", "ontkende"), "Een/DET/det/land[Definite=Ind] land/NOUN/nsubj/levert levert/VERB/root"), "land", None),
    Case("countries stay open", "nl",
         (STATE.format("Iran", "ontkende"), "De/DET/det/landen[Definite=Def] landen/NOUN/nsubj/leveren[land;Number=Plur] leveren/VERB/root"),
          "landen", None),
    Case("the government is that of the state told", "de",
         (STATE.format("Iran", "schwieg"), "Die/DET/det/Regierung[Definite=Def] Regierung/NOUN/nsubj/lügt lügt/VERB/root"), "Regierung", "IR"),
    Case("the minister is the person told", "nl",
         (KIM.format("Jan", "Bakker", "sprak"), "De/DET/det/minister[Definite=Def] minister/NOUN/nsubj/loog loog/VERB/root"), "minister",
          "Jan Bakker"),
    Case("the service is the state's service told before", "en",
         ("A/DET/det/agency[Definite=Ind] Russian/ADJ/amod/agency agency/NOUN/nsubj/lied lied/VERB/root",
          "The/DET/det/agency[Definite=Def] agency/NOUN/nsubj/left left/VERB/root"),
         "agency#2", "Russian agency"),
    Case("a possessive is its clause's subject", "en",
         ("Iran/PROPN/nsubj/sells sells/VERB/root its/PRON/nmod:poss/drones[Poss=Yes] drones/NOUN/obj/sells",), "its", "IR"),
    Case("its is not the far state of another sentence", "en",
         (STATE.format("China", "waits"), "Iran/PROPN/nsubj/sells sells/VERB/root its/PRON/nmod:poss/drones[Poss=Yes] drones/NOUN/obj/sells"),
          "its", "IR"),
    Case("a pronoun is not what stands in its own clause", "en",
         (KIM.format("Ivan", "Petrov", "spoke"), "He/PRON/nsubj/met met/VERB/root Kim/PROPN/obj/met[@PER]"), "He", "Ivan Petrov"),
    Case("a pronoun never looks ahead", "en", ("He/PRON/nsubj/met met/VERB/root Kim/PROPN/obj/met[@PER]",), "He", None),
    Case("nothing before it", "fr", ("Il/PRON/nsubj/ment ment/VERB/root",), "Il", None),
    Case("a person too far back", "en",
         (KIM.format("Ivan", "Petrov", "spoke"), *["Rain/NOUN/nsubj/fell fell/VERB/root"] * 9, "He/PRON/nsubj/lied lied/VERB/root"), "He", None),
    Case("gender goes before the subject", "de",
         ("Der/DET/det/Kapitän Kapitän/NOUN/nsubj/traf[Kapitän;Gender=Masc;Number=Sing] traf/VERB/root die/DET/det/Armee "
          "Armee/NOUN/obj/traf[Armee;Gender=Fem;Number=Sing]", "Sie/PRON/nsubj/schwieg schwieg/VERB/root[schweigen;VerbForm=Fin;Number=Sing]"),
         "Sie", "Armee"),
    Case("a dummy stands for nothing", "de",
         (STATE.format("Iran", "schwieg"), "Es/PRON/nsubj/geht geht/VERB/root[gehen] um/ADP/case/Geld Geld/NOUN/obl/geht"), "Es", None),
    Case("het that goes somewhere stands for something", "nl",
         (STATE.format("Iran", "zweeg"), "Het/PRON/nsubj/gaat gaat/VERB/root[gaan] naar/ADP/case/Genève Genève/PROPN/obl/gaat"), "Het", "IR"),
    Case("who is only said of another is nobody new", "de",
         (KIM.format("Iwan", "Petrow", "sprach"), "Ich/PRON/nsubj/Händler bin/AUX/cop/Händler Händler/NOUN/root[Händler;Number=Sing]",
          "Er/PRON/nsubj/log log/VERB/root"),
         "Er", "Iwan Petrow"),
    Case("a title again", "nl",
         ("De/DET/det/ingenieur ingenieur/NOUN/nsubj/vluchtte Jan/PROPN/appos/ingenieur[@PER] Bakker/PROPN/flat/Jan[@PER] vluchtte/VERB/root",
          "Piet/PROPN/nsubj/zweeg[@PER] zweeg/VERB/root", "De/DET/det/ingenieur[Definite=Def] ingenieur/NOUN/nsubj/loog loog/VERB/root"),
         "ingenieur#2", "Jan Bakker"),
    Case("the head of a compound again", "nl",
         ("Een/DET/det/handelsbedrijf[Definite=Ind] handelsbedrijf/NOUN/nsubj/zweeg zweeg/VERB/root", "Shell/PROPN/nsubj/sprak[@ORG] sprak/VERB/root",
          "Het/DET/det/bedrijf[Definite=Def] bedrijf/NOUN/nsubj/loog loog/VERB/root"),
         "bedrijf", "handelsbedrijf"),
    Case("the man is the person told", "nl",
         (KIM.format("Jan", "Bakker", "sprak"), "De/DET/det/man[Definite=Def] man/NOUN/nsubj/loog loog/VERB/root"), "man", "Jan Bakker"),
    Case("the man is no woman", "de",
         (KIM.format("Iwan", "Petrow", "sprach"),
          "Die/DET/det/Anwältin Anwältin/NOUN/nsubj/kam[Anwältin;Gender=Fem;Number=Sing] Olga/PROPN/appos/Anwältin[@PER] kam/VERB/root",
          "Der/DET/det/Mann[Definite=Def] Mann/NOUN/nsubj/log[Mann;Gender=Masc;Number=Sing] log/VERB/root"),
         "Mann", "Iwan Petrow"),
    Case("by age", "de",
         (KIM.format("Iwan", "Petrow", "sprach"), "Der/DET/det/58-Jährige[Definite=Def] 58-Jährige/NOUN/nsubj/log log/VERB/root"), "58-Jährige",
         "Iwan Petrow"),
    Case("the state beside it is not the country", "nl",
         (STATE.format("Rusland", "zweeg"), "Iran/PROPN/nsubj/stuurde stuurde/VERB/root dat/DET/det/land[Definite=Def] land/NOUN/iobj/stuurde "
          "drones/NOUN/obj/stuurde"),
         "land", "RU"),
    Case("between commas behind its subject", "fr",
         ("L'/DET/det/ambassadeur ambassadeur/NOUN/nsubj/parle parle/VERB/root",
          "La/DET/det/Cédéao Cédéao/PROPN/nsubj/prolonge[@ORG] ,/PUNCT/punct/elle elle/PRON/dislocated/prolonge ,/PUNCT/punct/elle "
          "prolonge/VERB/root"),
         "elle", "La Cédéao"),
    Case("a noun with its own state stands for itself", "de",
         (STATE.format("Iran", "schwieg"), "Die/DET/det/Regierung[Definite=Def] russische/ADJ/amod/Regierung Regierung/NOUN/nsubj/lügt "
          "lügt/VERB/root"),
         "Regierung", None),
]  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c.language}: {c.why}") for c in CASES])
def test_antecedent(case: Case) -> None:
    mention = text(case.language, *case.sentences).mention(case.word)
    assert (named(mention) if mention.antecedent is not None else None) == case.stands_for


def test_a_pronoun_keeps_its_own_span() -> None:
    article = text("nl", KIM.format("Jan", "Bakker", "sprak"), "Hij/PRON/nsubj/loog loog/VERB/root")
    hij = article.mention("Hij")
    assert article.article.text[hij.span.start : hij.span.end] == "Hij"
    assert hij.resolved() == article.mention("Jan")


def test_a_pronoun_of_a_pronoun_leads_to_the_name() -> None:
    article = text(
        "nl", KIM.format("Jan", "Bakker", "sprak"), "Hij/PRON/nsubj/loog loog/VERB/root", "Hij/PRON/nsubj/vertrok vertrok/VERB/root"
    )
    assert article.mention("Hij#2").resolved().name == "Jan Bakker"


def test_the_event_is_the_antecedents() -> None:
    told = frame(
        "nl",
        "Iran/PROPN/nsubj/zwijgt zwijgt/VERB/root ./PUNCT/punct/zwijgt",
        "Het/DET/det/land[Definite=Def] land/NOUN/nsubj/leverde leverde/VERB/root drones/NOUN/obj/leverde aan/ADP/case/Rusland "
        "Rusland/PROPN/obl/leverde "
        "./PUNCT/punct/leverde",
    )
    assert told == "Shipment agent=IR patient=RU object=drone"


def test_a_possessive_supplies() -> None:
    told = frame(
        "de",
        "Iran/PROPN/nsubj/schweigt schweigt/VERB/root ./PUNCT/punct/schweigt",
        "Seine/DET/det:poss/Lieferungen[Poss=Yes] Lieferungen/NOUN/nsubj/stocken von/ADP/case/Öl Öl/NOUN/nmod/Lieferungen "
        "an/ADP/case/Russland Russland/PROPN/nmod/Lieferungen stocken/VERB/root ./PUNCT/punct/stocken",
    )
    assert told == "Shipment agent=IR patient=RU object=oil"


PARTIES: list[tuple[str, Language, tuple[str, ...], str]] = [
    ("both countries are the two states told last", "nl",
     (STATE.format("Iran", "sprak"), STATE.format("Rusland", "zweeg"),
      "Beide/DET/det/landen landen/NOUN/nsubj/sloten[land;Number=Plur] sloten/VERB/root[sluiten;VerbForm=Fin] een/DET/det/verdrag "
      "verdrag/NOUN/obj/sloten ./PUNCT/punct/sloten"),
     "Agreement participant=IR+RU object=verdrag"),
    ("the two", "en",
     (STATE.format("India", "spoke"), STATE.format("Vietnam", "waited"),
      "The/DET/det/two[Definite=Def] two/NUM/nsubj/signed signed/VERB/root[sign;VerbForm=Fin] a/DET/det/treaty treaty/NOUN/obj/signed "
      "./PUNCT/punct/signed"),
     "Agreement participant=IN+VN object=treaty"),
    ("two countries, any, stay open", "en",
     (STATE.format("India", "spoke"), STATE.format("Vietnam", "waited"),
      "Two/NUM/nummod/countries countries/NOUN/nsubj/signed[country;Number=Plur] signed/VERB/root[sign;VerbForm=Fin] a/DET/det/treaty "
      "treaty/NOUN/obj/signed ./PUNCT/punct/signed"),
     "Agreement participant=countries object=treaty"),
    ("a pronoun is what the verb asks for: goods", "de",
     ("Manila/PROPN/nsubj/bestellt bestellt/VERB/root Raketen/NOUN/obj/bestellt[Rakete;Number=Plur]",
      "Indien/PROPN/nsubj/liefert liefert/VERB/root[liefern;VerbForm=Fin] sie/PRON/obj/liefert[Number=Plur] ./PUNCT/punct/liefert"),
     "Shipment agent=IN object=missile"),
    ("goods taken up by another word", "fr",
     ("Paris/PROPN/nsubj/cherche cherche/VERB/root des/DET/det/drones drones/NOUN/obj/cherche[drone;Number=Plur]",
      "Téhéran/PROPN/nsubj/livre livre/VERB/root[livrer;VerbForm=Fin] ces/DET/det/appareils[PronType=Dem] "
      "appareils/NOUN/obj/livre[appareil;Number=Plur] ./PUNCT/punct/livre"),
     "Shipment agent=IR object=drone"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "sentences", "line"), PARTIES, ids=[f"{c[1]}: {c[0]}" for c in PARTIES])
def test_what_the_frame_asks_for(why: str, language: Language, sentences: tuple[str, ...], line: str) -> None:
    told = [e for e in events(language, *sentences) if e.startswith(line.split()[0])]
    assert told[-1:] == [line]
