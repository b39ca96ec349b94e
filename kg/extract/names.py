"""Names in a text: what the entity tagger found, joined with what the gazetteer knows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc

from kg.data.gazetteer import gazetteer
from kg.extract.lexicon import Lexicon
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
    OTHER = "other"  # MISC of the tagger: ships, weapons, operations


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
_ACTORS = {"person": NameKind.PERSON, "organization": NameKind.ORGANIZATION, "group": NameKind.GROUP}


def names(doc: Doc, language: Language, lexicon: Lexicon) -> list[Name]:
    """The names of a Doc, not overlapping, in order; a longer name wins, then the gazetteer over the tagger."""
    candidates: list[tuple[int, int, Name]] = []
    for name in _known(doc, language, lexicon):
        candidates.append((name.start - name.end, 0, name))
    for entity in doc.ents:
        if entity.label_ in _TAGGED:
            kind = _TAGGED[entity.label_]
            end = entity.end
            while kind is NameKind.PLACE and end - 1 > entity.start and doc[end - 1].like_num:
                end -= 1  # "die Schweiz 25 Panzer"
            name = Name(entity.start, end, kind, _country_of(doc[entity.start : end].text, kind, language))
            candidates.append((name.start - name.end, 1, name))
    persons = {doc[i].text for _, _, n in candidates if n.kind is NameKind.PERSON and n.end - n.start > 1 for i in range(n.start, n.end)}
    candidates = [
        (length, rank, Name(n.start, n.end, NameKind.PERSON))
        if rank and n.kind in (NameKind.PLACE, NameKind.OTHER) and n.country is None and n.end - n.start == 1 and doc[n.start].text in persons
        else (length, rank, n)
        for length, rank, n in candidates
    ]  # a surname that the tagger took for a place, of a person named in full elsewhere
    taken = [False] * len(doc)
    kept: list[Name] = []
    for _, _, name in sorted(candidates, key=lambda c: (c[0], c[1], c[2].start)):
        if not any(taken[name.start : name.end]):
            taken[name.start : name.end] = [True] * (name.end - name.start)
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)


def _known(doc: Doc, language: Language, lexicon: Lexicon) -> list[Name]:
    found: list[Name] = []
    start = 0
    while start < len(doc):
        name = None
        if not doc[start].is_punct and not doc[start].is_space:
            for end in range(min(start + _LONGEST, len(doc)), start, -1):
                if doc[end - 1].is_space or (doc[end - 1].is_sent_start and end - 1 > start):
                    continue
                name = _lookup(doc[start:end].text, start, end, language, lexicon)
                if name:
                    break
        if name:
            found.append(name)
            start = name.end
        else:
            start += 1
    return found


def _lookup(text: str, start: int, end: int, language: Language, lexicon: Lexicon) -> Name | None:
    gaz = gazetteer()
    article = " " in text and text.partition(" ")[0].lower() in lexicon.determiners
    if not article and (code := gaz.adjective(text, language)):
        return Name(start, end, NameKind.ADJECTIVE, code)
    if not (text[0].isupper() or any(c.isupper() for c in text[:3])):
        return None
    if not article and (code := gaz.people(text, language)):
        return Name(start, end, NameKind.PEOPLE, code)
    if code := lexicon.metonyms.get(text):
        return Name(start, end, NameKind.METONYM, code)
    if code := gaz.capital(text, language):
        return Name(start, end, NameKind.CAPITAL, code)
    if code := gaz.country(text, language):
        return Name(start, end, NameKind.COUNTRY, code)
    first, _, rest = text.partition(" ")
    if actor := gaz.actor(text) or (gaz.actor(rest) if rest and first.lower() in lexicon.determiners else None):
        return Name(start, end, _ACTORS[actor.kind], actor.country)
    if region := gaz.region(text, language):
        return Name(start, end, NameKind.REGION, region.country)
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
