"""Names in a text: what the entity tagger found, joined with what the gazetteer knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kg.data.cargo import cargo
from kg.data.gazetteer import gazetteer, opens_name
from kg.extract.classes import cargo_classes
from kg.extract.lexicon import lexicon
from kg.extract.tokens import Token, Tokens
from kg.records import Language

__all__ = ["Name", "NameKind", "names"]

_LONGEST = 6  # tokens


class NameKind(StrEnum):
    """What a name is, before its place in the sentence is known."""

    COUNTRY = "country"
    CAPITAL = "capital"  # a state's seat: the state where it acts, a place where things happen
    METONYM = "metonym"  # the Kremlin: the state
    REGION = "region"
    ADJECTIVE = "adjective"  # North Korean
    PEOPLE = "people"  # North Koreans
    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    PLACE = "place"
    VESSEL = "vessel"
    OTHER = "other"  # MISC of the tagger: weapons, operations, works


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``[start, end)`` of the Doc that are one name."""

    start: int
    end: int
    kind: NameKind
    country: str | None = None


_TAGGED = {
    "PER": NameKind.PERSON,
    "ORG": NameKind.ORGANIZATION,
    "LOC": NameKind.PLACE,
    "MISC": NameKind.OTHER,
}
_NAMED = frozenset(_TAGGED.values())
_ACTORS = {"person": NameKind.PERSON, "organization": NameKind.ORGANIZATION, "group": NameKind.GROUP}


def names(doc: Tokens, language: Language) -> list[Name]:
    """The names of a Doc, not overlapping, in order; a longer name wins, then the gazetteer over the tagger."""
    candidates: list[tuple[int, int, Name]] = []
    for name in _known(doc, language):
        candidates.append((name.start - name.end, 0, name))
    for start, end, label in doc.ents:
        if label in _TAGGED:
            kind = _TAGGED[label]
            while kind is NameKind.PLACE and end - 1 > start and doc[end - 1].like_num:
                end -= 1  # "die Schweiz 25 Panzer"
            name = Name(start, end, kind, _country_of(doc[start : end].text, kind, language))
            candidates.append((name.start - name.end, 1, name))
    taken = [False] * len(doc)
    kept: list[Name] = []
    for _, _, name in sorted(candidates, key=lambda c: (c[0], c[1], c[2].start)):
        if not any(taken[name.start : name.end]):
            taken[name.start : name.end] = [True] * (name.end - name.start)
            kept.append(name)
    return _agreed(doc, sorted(kept, key=lambda n: n.start), language)


def _agreed(doc: Tokens, found: list[Name], language: Language) -> list[Name]:
    """The names of a Doc, of which one is one thing throughout.

    The tagger overlooks a surname alone, or takes it for a town or a firm, and a ship for a firm here and a place there: a part of a
    person's full name is that person, and a name that stands behind a word for a ship once is a ship.
    """
    persons = {doc[i].text for n in found if n.kind is NameKind.PERSON and n.end - n.start > 1 for i in range(n.start, n.end)}
    named = {i for n in found for i in range(n.start, n.end)}
    surnames = (t for t in doc if t.i not in named and t.pos_ in ("PROPN", "NOUN", "X") and t.text in persons and t.text[:1].isupper())
    found = sorted((*found, *(Name(t.i, t.i + 1, NameKind.PERSON) for t in surnames)), key=lambda n: n.start)
    ships = {doc[n.start : n.end].text for n in _ships(doc, found, language)}

    def kind(name: Name) -> NameKind:
        if name.kind in _NAMED and doc[name.start : name.end].text in ships:
            return NameKind.VESSEL
        alone = name.end - name.start == 1 and name.country is None and doc[name.start].text in persons
        return NameKind.PERSON if alone and name.kind in _NAMED else name.kind

    return [name if (now := kind(name)) is name.kind else Name(name.start, name.end, now) for name in found]


def _ships(doc: Tokens, found: list[Name], language: Language) -> Iterator[Name]:
    """The names right behind a word for ships: "the tanker «Orchid Bay»", "the vessels, the Orchid Bay and the Celeste Wave"."""
    starts = {name.start: name for name in found if name.kind in _NAMED}
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        several = "Plur" in token.morph.get("Number", [])
        name = _behind(doc, token.i + 1, starts, several=several)
        if name is None or not _is_ship(token, language):
            continue
        while name is not None:
            yield name
            name = _behind(doc, name.end, starts, several=several) if several else None


def _behind(doc: Tokens, place: int, starts: Mapping[int, Name], *, several: bool) -> Name | None:
    """The name that begins at a place, or behind quotation marks there; of several ones, behind commas, articles and "and" too."""
    at = place
    while at < len(doc) and (doc[at].is_quote or (several and (doc[at].is_punct or doc[at].pos_ in ("DET", "CCONJ")))):
        at += 1
    name = starts.get(at)
    if name is not None and name.kind is NameKind.PERSON and any(token.text == "," for token in doc[place:at]):
        return None
    return name


def _is_ship(token: Token, language: Language) -> bool:
    goods = cargo()
    slug = goods.find(token.lower_, language) or goods.find(token.lemma_, language)
    if slug is None and (cut := goods.head(token.lower_, language)):
        slug = cut[1]
    return slug is not None and "ship" in cargo_classes(slug)


def _known(doc: Tokens, language: Language) -> list[Name]:
    found: list[Name] = []
    places, tokens, text = gazetteer(), list(doc), doc.text
    metonyms = lexicon(language).metonym_beginnings
    bounds = [(token.idx, token.idx + len(token)) for token in tokens]
    start = 0
    while start < len(tokens):
        name = None
        first = tokens[start]
        if not first.is_punct and not first.is_space and (opens_name(first.text) or first.text in metonyms):
            opening, limit = bounds[start][0], min(start + _LONGEST, len(tokens))
            small = not _has_capital(text[opening : bounds[limit - 1][1]])
            if small:  # an adjective or nothing
                reach = start
                while reach < limit and places.begins_adjective(text[opening : bounds[reach][1]], language):
                    reach += 1
                limit = reach
            for end in range(limit, start, -1):
                last = tokens[end - 1]
                if last.is_space or (end - 1 > start and last.is_sent_start):
                    continue
                if known := _lookup(text[opening : bounds[end - 1][1]], language):
                    name = Name(start, end, *known)
                    break
        if name:
            found.append(name)
            start = name.end
        else:
            start += 1
    return found


def _has_capital(text: str) -> bool:
    """Whether a word, or what follows its elided article, begins with a capital."""
    return any(c.isupper() for c in text[:3])


@lru_cache(maxsize=1 << 14)
def _lookup(text: str, language: Language) -> tuple[NameKind, str | None] | None:
    """What some words name, with the state; None for no name that is known."""
    gaz, words = gazetteer(), lexicon(language)
    first, _, rest = text.partition(" ")
    article = bool(rest) and first.lower() in words.determiners
    if not (text in words.metonyms or gaz.knows(text) or (article and gaz.knows(rest))):
        return None
    if not article and (code := gaz.adjective(text, language)):
        return NameKind.ADJECTIVE, code
    if not _has_capital(text):
        return None
    if not article and (code := gaz.people(text, language)):
        return NameKind.PEOPLE, code
    if code := words.metonyms.get(text):
        return NameKind.METONYM, code
    if code := gaz.capital(text, language):
        return NameKind.CAPITAL, code
    if code := gaz.country(text, language):
        return NameKind.COUNTRY, code
    if actor := gaz.actor(text) or (gaz.actor(rest) if article else None):
        return _ACTORS[actor.kind], actor.country
    if region := gaz.region(text, language):
        return NameKind.REGION, region.country
    return None


def _country_of(text: str, kind: NameKind, language: Language) -> str | None:
    """The state of a tagged name: of a town by the gazetteer, of a body by a country word inside its name."""
    gaz = gazetteer()
    if kind is NameKind.PLACE:
        place = gaz.place(text)
        if place:
            return place.country
    if kind in (NameKind.ORGANIZATION, NameKind.PLACE):
        for word in text.split():
            code = gaz.country(word, language) or gaz.adjective(word, language) or gaz.capital(word, language)
            if code:
                return code
    return None
