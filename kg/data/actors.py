"""The reference actors of ``actors.yaml``: persons, bodies, companies and groups that the news of this field names.

Bodies that every state has (a ministry of defence, a coast guard) are made from patterns with the adjectives of the state.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import msgspec

from kg.data import load
from kg.data.cities import plain
from kg.records import LANGUAGES, Language

__all__ = ["Actor", "Actors", "ActorsFile", "Office", "folded"]


class _Office(msgspec.Struct, forbid_unknown_fields=True):
    office: str
    start: str | None = msgspec.field(default=None, name="from")
    end: str | None = msgspec.field(default=None, name="to")
    country: str | None = None


class _Actor(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    names: list[str]
    label: dict[str, str] = {}
    country: str | None = None
    function: str | None = None
    offices: list[_Office] = []
    wikidata: str | None = None


class _Body(msgspec.Struct, forbid_unknown_fields=True):
    countries: list[str]
    label: dict[str, str]
    names: dict[str, list[str]]


class ActorsFile(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``actors.yaml``."""

    actors: dict[str, _Actor]
    bodies: dict[str, _Body]
    common: list[str]


@dataclass(frozen=True, slots=True)
class Office:
    """An office held. ``start`` and ``end`` are ISO 8601 dates of reduced precision ("2012", "2012-05-07"); None is open or unknown."""

    office: str
    country: str | None
    start: str | None
    end: str | None

    def held(self, day: date) -> bool:
        """Whether it was held on a day; a year or month alone counts whole."""
        text = day.isoformat()
        return (self.start is None or text[: len(self.start)] >= self.start) and (self.end is None or text[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organization or group. ``function`` is what a body is to its state ("defence-ministry"); ``country`` an ISO code."""

    id: str
    kind: str
    names: tuple[str, ...]
    labels: tuple[tuple[str, Language], ...]
    country: str | None
    function: str | None
    offices: tuple[Office, ...]
    wikidata: str | None


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """The key of a name: without accents and hyphens, single spaces; case stays."""
    text = plain(text)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.replace("-", " ").split())


class Actors:
    """Reference actors by id, name, function and office.

    ``label`` names a state in a language; ``adjectives`` gives all forms of its adjectives, ``state`` the state of an adjective.
    """

    def __init__(
        self,
        label: Callable[[str, Language], str],
        adjectives: Callable[[str, Language], tuple[str, ...]],
        state: Callable[[str, Language], str | None],
    ) -> None:
        file = load("actors.yaml", ActorsFile)
        found = {key: _actor(key, entry) for key, entry in file.actors.items()}
        counts = Counter((a.function, a.country) for a in found.values())
        self._functions: dict[tuple[str, str], str] = {
            (a.function, a.country): a.id for a in found.values() if a.function and a.country and counts[a.function, a.country] == 1
        }
        self._names: dict[str, str] = {}
        self._bearers: dict[str, set[str]] = defaultdict(set)
        self._uncased: dict[str, str] = {}
        for actor in found.values():
            for name in actor.names:
                key = folded(name)
                self._names.setdefault(key, actor.id)
                self._bearers[key].add(actor.id)
                if " " in key:
                    self._uncased.setdefault(key.casefold(), actor.id)
        for function, body in sorted(file.bodies.items()):
            for country in body.countries:
                if (function, country) in self._functions:
                    continue
                key = f"{country.lower()}-{function}"
                labels = tuple((f"{body.label[tag]} ({label(country, tag)})", tag) for tag in LANGUAGES)
                names = tuple(_filled(body.names, country, adjectives))
                found[key] = Actor(key, "organization", names, labels, country, function, (), None)
                self._functions[function, country] = key
        self.by_id: dict[str, Actor] = dict(sorted(found.items()))
        self._common = frozenset(folded(name) for name in file.common)
        self._patterns: dict[tuple[str, Language], str] = {
            (pattern, tag): function for function, body in file.bodies.items() for tag in LANGUAGES for pattern in body.names.get(tag, ())
        }
        self._heads = frozenset(max((word for word in pattern.split() if word != _GAP), key=len) for pattern, _ in self._patterns)
        self._state = state

    def find(self, name: str, *, tagged: bool = False) -> Actor | None:
        """The actor of a name in any language; an article before it and a genitive ending are understood.

        Case counts, but for the first letter and for names all of whose words are capitalised ("KIM JONG UN"). Names that are
        also common words ("Die Zeit", "Shell") are found only where ``tagged`` says that something else holds them for a name.
        """
        key = folded(name)
        titled = " " in key and all(not word[0].islower() for word in key.split())
        for form in _forms(key):
            if not tagged and form in self._common:
                continue
            found = (
                self._names.get(form)
                or (self._names.get(form[:1].swapcase() + form[1:]) if " " in form else None)
                or (self._uncased.get(form.casefold()) if titled else None)
            )
            if found:
                return self.by_id[found]
        return self._body_of(plain(name).split())

    def names(self) -> Iterable[str]:
        """The keys of all names but those made from patterns."""
        return self._names

    def pattern_starts(self) -> Iterable[str]:
        """The words before the adjective of each pattern that has some."""
        return (start for pattern, _ in self._patterns if (start := plain(pattern.partition(_GAP)[0]).strip()))

    def may_be_body(self, name: str) -> bool:
        """Whether a name holds the longest word of a pattern."""
        return not self._heads.isdisjoint(plain(name).split())

    def namesakes(self, name: str) -> tuple[Actor, ...]:
        """All actors that bear this very name, sorted by id; more than one where a string alone tells nothing."""
        key = next((form for form in _forms(folded(name)) if form in self._bearers), "")
        return tuple(self.by_id[one] for one in sorted(self._bearers.get(key, ())))

    def body_called(self, noun: str, country: str, language: Language) -> Actor | None:
        """The body of a state by the noun for such bodies, which a text prints without an adjective: the "navy" of "Iran's navy"."""
        for pattern in (f"{_GAP} {noun}", f"{noun} {_GAP}"):
            if function := self._patterns.get((pattern, language)):
                return self.body(function, country)
        return None

    def _body_of(self, words: list[str]) -> Actor | None:
        """The body named by an adjective and words of a pattern: "russischen Verteidigungsministeriums"."""
        if words and words[0].lower() in _ARTICLES:
            words = words[1:]
        if len(words) < 2 or self._heads.isdisjoint(words):
            return None
        for start, size in ((s, n) for n in (1, 2, 3) for s in range(len(words) - n + 1)):
            pattern = " ".join([*words[:start], _GAP, *words[start + size :]])
            for tag in LANGUAGES:
                if (function := self._patterns.get((pattern, tag))) and (country := self._state(" ".join(words[start : start + size]), tag)):
                    return self.body(function, country)
        return None

    def body(self, function: str, country: str) -> Actor | None:
        """What serves a state in a function: ("intelligence-service", "KR") is the NIS."""
        key = self._functions.get((function, country))
        return self.by_id[key] if key else None

    def holder(self, office: str, country: str, day: date) -> Actor | None:
        """Who held an office of a state on a day; the later comer where one year alone is known of a change."""
        held = [
            (one.start or "", actor.id)
            for actor in self.by_id.values()
            for one in actor.offices
            if one.office == office and one.country == country and one.held(day)
        ]
        return self.by_id[max(held)[1]] if held else None


def _actor(key: str, entry: _Actor) -> Actor:
    labels = tuple((entry.label.get(tag, entry.label.get("en", entry.names[0])), tag) for tag in LANGUAGES)
    names = tuple(dict.fromkeys([*entry.names, *(entry.label[tag] for tag in LANGUAGES if tag in entry.label)]))
    offices = tuple(Office(o.office, o.country or entry.country, o.start, o.end) for o in entry.offices)
    return Actor(key, entry.kind, names, labels, entry.country, entry.function, offices, entry.wikidata)


def _filled(
    patterns: dict[str, list[str]],
    country: str,
    adjectives: Callable[[str, Language], tuple[str, ...]],
) -> Iterator[str]:
    """One name a pattern, with the first form of the adjective; look-up knows all forms."""
    for tag in LANGUAGES:
        for form in adjectives(country, tag)[:1]:
            yield from (pattern.replace(_GAP, form) for pattern in patterns.get(tag, ()))


_GAP = "{adjective}"  # where a pattern has the state's adjective
_ARTICLES = frozenset({"de", "het", "der", "die", "das", "den", "dem", "des", "the", "le", "la", "les"})  # compared without case


def _forms(key: str) -> Iterator[str]:
    yield key
    first, _, rest = key.partition(" ")
    bare = rest if rest and first.lower() in _ARTICLES else ""
    if bare:
        yield bare
    for form in (key, bare):
        if form.endswith("'s"):
            yield form[:-2]
        elif form.endswith("'") or (form.endswith("s") and len(form) > 4):
            yield form[:-1]
