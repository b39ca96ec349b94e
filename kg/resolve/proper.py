"""Proper names of what an event befell or is about: ships, models of weapons, persons, however the sentence was read.

A name may stand as a ship in one article, as a place or a topic in another; what makes it a name is that every word of it is capitalised
and none is a state, a nationality or a kind of goods. German writes every noun so, there a class or a number must tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from kg.data.cargo import cargo
from kg.data.cities import plain
from kg.data.gazetteer import gazetteer
from kg.records import LANGUAGES, Language
from kg.resolve.telling import Party, Telling
from kg.resolve.wording import points_back

__all__ = ["ALIKE", "described", "one_name", "proper", "recalling"]

ALIKE = 0.92
"""Jaro-Winkler: Araghchi and Araqchi are one spelling, Hassan and Hussein are not."""
_OF_PRODUCTS = frozenset({"Production", "WeaponTest"})
_CLASSES = frozenset({"Vessel", "Person", "Topic", "Place", "CargoType"})
_KNOWN = re.compile(r"/geonames-\d+$")
_ROMAN = {"II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9"}


def recalling(told: Iterable[Telling]) -> list[Telling]:
    """The tellings of one article, of which those of a product that "the weapon" points at recall the name that was told last before.

    A name is recalled where the goods of the two may be the same, and for happenings that are known by what was made or tried.
    """
    found, last, kinds = [], frozenset[str](), frozenset[str]()
    for telling in sorted(told, key=lambda t: (t.at, t.event)):
        keys = frozenset(p.key for p in telling.things if p.key)
        if telling.type in _OF_PRODUCTS and not proper(telling):
            bare = (p.name for p in telling.things if p.key and " " not in p.name)  # "the weapon", not "the building of Pakistani missiles"
            pointing = any(points_back(name, telling.sentence, telling.source.language) for name in bare)
            if pointing and _akin(keys, kinds):
                telling = replace(telling, recalled=last)
            elif keys:
                last, kinds = frozenset(), frozenset()  # something new has come between
        elif telling.type in _OF_PRODUCTS:
            last, kinds = proper(telling), keys
        found.append(telling)
    return found


def _akin(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether goods may be the same: one kind, or one within the other; what has no kind may be any."""
    above = cargo().above
    return not others or any(a == b or a in above(b) or b in above(a) for a in some for b in others)


def proper(telling: Telling) -> frozenset[str]:
    """The names in small letters, numbers in figures ("agni 5")."""
    language = _language(telling)
    return telling.recalled | frozenset(name for role, p in telling.parties if role in ("patient", "object") if (name := _name(p, language)))


def one_name(one: str, other: str) -> bool:
    """Whether two such names may mean one thing: Agni and Agni 5, Araghchi and Araqchi; not Agni 5 and Agni Prime."""
    a, b = set(one.split()), set(other.split())
    if a <= b or b <= a:
        return True
    return JaroWinkler.similarity(one, other) >= ALIKE and not any(word.isdigit() for word in a ^ b)


def described(telling: Telling) -> frozenset[str]:
    """By what the unnamed bodies are described that an event befell: their state, and the goods in their words ("oil company")."""
    language = _language(telling)
    bodies = [p for p in telling.fillers("patient") if p.kind == "Organization" and not p.named]
    goods = (cargo().find(word, language) for p in bodies for word in re.findall(r"[^\W_]+", plain(p.name)))
    return frozenset({*(p.country for p in bodies if p.country), *(slug for slug in goods if slug)})


def _language(telling: Telling) -> Language:
    return next((tag for tag in LANGUAGES if tag == telling.source.language), "en")


@lru_cache(maxsize=1 << 16)
def _name(party: Party, language: Language) -> str:
    if party.kind not in _CLASSES or _KNOWN.search(party.iri):
        return ""
    if language == "de" and party.kind not in ("Vessel", "Person") and not re.search(r"\w-\w|\d", party.name):
        return ""
    found = re.findall(r"[^\W_]+", plain(party.name))
    if language == "de" and found and _general(found[0], language):
        return ""  # Chip-Exporte, US-Sanktionen
    words = [w for w in found if not _general(w, language)]
    if not words or not all(w[0].isupper() or w[0].isdigit() for w in words) or all(w.isdigit() for w in words):
        return ""
    return " ".join(_ROMAN.get(w, w.lower()) for w in words)


def _general(word: str, language: Language) -> bool:
    """Whether a word is a state, a nationality or a kind of goods."""
    known = gazetteer()
    return bool(cargo().find(word, language) or known.country(word, language) or known.adjective(word, language))
