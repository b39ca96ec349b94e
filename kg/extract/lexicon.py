"""A language's lexicon, compiled for look-up by form and lemma.

The files in ``kg/data/lexicon`` list word lines by class (their README gives the notation); ``kg/data/frames.yaml`` says, once for all
languages, what the classes mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec

from kg.data import load
from kg.data.beginnings import Beginnings
from kg.records import Language

__all__ = ["Frame", "Lexicon", "Rule", "Sense", "VerbEntry", "frames", "lexicon"]


class _Adjunct(msgspec.Struct, forbid_unknown_fields=True):
    verbs: list[str] = []
    nouns: list[str] = []
    adverbs: list[str] = []
    adjectives: list[str] = []
    determiners: list[str] = []
    prepositions: list[str] = []


class _Speech(msgspec.Struct, forbid_unknown_fields=True):
    verbs: list[str] = []
    nouns: list[str] = []


class LexiconFile(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``kg/data/lexicon/*.yaml``."""

    language: str
    verbs: dict[str, list[str]]
    nouns: dict[str, list[str]]
    light_verbs: list[str]
    speech: dict[str, _Speech]
    charges: _Speech
    according_to: list[str]
    hearsay: list[str]
    modality: dict[str, _Adjunct]
    prepositions: dict[str, list[str]]
    offices: list[str]
    people: list[str]
    forces: list[str]
    workers: list[str]
    organizations: list[str]
    governments: list[str]
    country_nouns: list[str]
    sites: list[str]
    semantic: dict[str, list[str]]
    pronouns: dict[str, str]
    metonyms: dict[str, str]
    determiners: list[str]


class _Sense(msgspec.Struct, forbid_unknown_fields=True):
    type: str
    slots: dict[str, Any]
    condition: dict[str, list[str]] = msgspec.field(default_factory=dict, name="if")
    needs: list[str] = []
    self_role: str | None = msgspec.field(default=None, name="self")


class _Class(msgspec.Struct, forbid_unknown_fields=True):
    senses: list[_Sense]


class _FramesFile(msgspec.Struct, forbid_unknown_fields=True):
    classes: dict[str, _Class]


@dataclass(frozen=True, slots=True)
class Rule:
    """A filler of semantic class ``needs`` ("*" is any) takes ``role``."""

    needs: str
    role: str


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a class: see the head of frames.yaml."""

    type: str
    condition: tuple[tuple[str, bool, frozenset[str]], ...]
    slots: dict[str, tuple[Rule, ...]]
    needs: tuple[frozenset[str], ...]
    self_role: str | None


Frame = tuple[Sense, ...]


@cache
def frames() -> dict[str, Frame]:
    """Class name → its senses, in order."""
    return {
        name: tuple(
            Sense(
                type=sense.type,
                condition=tuple((slot.lstrip("?"), slot.startswith("?"), frozenset(classes)) for slot, classes in sense.condition.items()),
                slots={slot: _rules(value) for slot, value in sense.slots.items()},
                needs=tuple(frozenset(role.split("|")) for role in sense.needs),
                self_role=sense.self_role,
            )
            for sense in klass.senses
        )
        for name, klass in load("frames.yaml", _FramesFile).classes.items()
    }


def _rules(value: str | list[str]) -> tuple[Rule, ...]:
    if isinstance(value, str):
        return (Rule("*", value),)
    return tuple(Rule(*entry.split(":")) for entry in value)


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """A verb, with the ``words`` that must stand with it: a separable particle, or the rest of an expression.

    Each of ``words`` is a tuple of alternatives.
    """

    lemma: str
    label: str
    words: tuple[tuple[str, ...], ...]
    fixed: bool = False  # one form only: a predicate such as "missing", "unterwegs"


_Entries = dict[str, set[VerbEntry]]
_NO_ENTRIES: frozenset[VerbEntry] = frozenset()
_NO_WORDS: Mapping[str, frozenset[VerbEntry]] = MappingProxyType({})


class VerbIndex:
    """Verbs by every form in which they can be met."""

    def __init__(self, lines: dict[str, list[str]], language: Language) -> None:
        joined: _Entries = defaultdict(set)
        split: _Entries = defaultdict(set)
        for label, entries in sorted(lines.items()):
            for line in entries:
                self._add(line, label, language, joined, split)
        self._joined = {form: frozenset(entries) for form, entries in joined.items()}
        self._split = {form: _by_word(entries) for form, entries in split.items()}

    @staticmethod
    def _add(line: str, label: str, language: Language, joined: _Entries, split: _Entries) -> None:
        head, *rest = line.split()
        before, _, base = head.rpartition("|")
        forms = {base, *rest} | _participle_endings(rest, language)
        words = tuple(tuple(w.split("/")) for w in before.split("_") if w)
        entry = VerbEntry(head.replace("|", " ").replace("_", " "), label, words, fixed=not rest)
        for form in forms:
            (split if words else joined)[form.lower()].add(entry)
        if len(words) == 1 and len(words[0]) == 1:  # a particle joins its verb: uitzetten, uitgezet, uit te zetten
            infix = {"nl": "te", "de": "zu"}.get(language, "")
            for form in forms:
                joined[(before + form).lower()].add(entry)
                joined[(before + infix + form).lower()].add(entry)

    def joined(self, form: str) -> frozenset[VerbEntry]:
        """Entries that this form alone is enough for."""
        return self._joined.get(form, _NO_ENTRIES)

    def split(self, form: str) -> Mapping[str, frozenset[VerbEntry]]:
        """Entries whose base this form is, by each word that may be the first of those that must be found beside it."""
        return self._split.get(form, _NO_WORDS)


def _by_word(entries: Iterable[VerbEntry]) -> dict[str, frozenset[VerbEntry]]:
    found: _Entries = defaultdict(set)
    for entry in entries:
        for word in entry.words[0]:
            found[word].add(entry)
    return {word: frozenset(some) for word, some in found.items()}


_DE_ENDINGS = ("e", "en", "er", "es", "em")


def _participle_endings(forms: Iterable[str], language: Language) -> set[str]:
    """Participles as modifiers: geleverd+e, geliefert+en, livré+es."""
    out: set[str] = set()
    for form in forms:
        if language == "nl" and (form[-1:] in "dtn"):
            out.add(form + "e")
        elif language == "de" and form[-1:] in "tnd":
            out.update(form + ending for ending in _DE_ENDINGS)
        elif language == "fr" and form[-1:] in "éistu":
            out.update((form + "e", form + "s", form + "es"))
    return out


class WordIndex:
    """Nouns, adjectives and adverbs by form; ``head`` also finds them at the end of a compound."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        labels: dict[str, dict[str, None]] = defaultdict(dict)
        self._heads: set[str] = set()
        for label, line in lines:
            whole = line.startswith("=")
            for form in line.lstrip("=").split():
                form = form.replace("_", " ").lower()
                labels[form][label] = None
                if not whole:
                    self._heads.add(form)
        self._labels = {form: tuple(found) for form, found in labels.items()}
        self.beginnings = Beginnings(self._labels)

    def __call__(self, *forms: str) -> tuple[str, ...]:
        """The labels of the first of ``forms`` that is listed."""
        for form in forms:
            if labels := self._labels.get(form.lower()):
                return labels
        return ()

    def head(self, form: str, *, at_least: int = 4) -> tuple[str, str] | None:
        """(modifier, head form) of a compound whose end is listed; the longest head wins."""
        low = form.lower()
        for cut in range(2, len(low) - at_least + 1):
            if low[cut:] in self._heads:
                return low[:cut].rstrip("-"), low[cut:]
        return None

    def forms(self) -> Iterator[str]:
        """Every listed form, in lower case."""
        return iter(self._labels)


def _pairs(sections: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((label, line) for label, lines in sections.items() for line in lines)


class Lexicon:
    """All word knowledge of one language."""

    def __init__(self, language: Language) -> None:
        file = load(f"lexicon/{language}.yaml", LexiconFile)
        self.language = language
        compounds = language in ("nl", "de")
        self.compounds = compounds
        self.verbs = VerbIndex(file.verbs, language)
        self.nouns = WordIndex(_pairs(file.nouns))
        self.light_verbs = VerbIndex({"light": file.light_verbs}, language)
        self.speech_verbs = VerbIndex({stance: s.verbs for stance, s in file.speech.items()}, language)
        self.speech_nouns = WordIndex(_pairs({stance: s.nouns for stance, s in file.speech.items()}))
        self.charge_verbs = VerbIndex({"charge": file.charges.verbs}, language)
        self.charge_nouns = WordIndex(("charge", line) for line in file.charges.nouns)
        self.according_to = frozenset(w.replace("_", " ").lower() for w in file.according_to)
        self.hearsay = frozenset(f.replace("_", " ").lower() for line in file.hearsay for f in line.split())
        self.phrase_starts = frozenset(phrase.partition(" ")[0] for phrase in self.according_to | self.hearsay)
        modality = file.modality
        self.modal_verbs = VerbIndex({m: a.verbs for m, a in modality.items()}, language)
        self.modal_nouns = WordIndex(_pairs({m: a.nouns for m, a in modality.items()}))
        self.modal_words = WordIndex(_pairs({m: a.adverbs + a.adjectives + a.determiners for m, a in modality.items()}))
        self.modal_prepositions = WordIndex(_pairs({m: a.prepositions for m, a in modality.items()}))
        self.prepositions = {k.replace("_", " ").lower(): tuple(v) for k, v in file.prepositions.items()}
        self.things = WordIndex(
            _pairs(
                {
                    "office": file.offices,
                    "people": file.people,
                    "forces": file.forces,
                    "workers": file.workers,
                    "org": file.organizations,
                    "government": file.governments,
                    "country_noun": file.country_nouns,
                    "site": file.sites,
                    **file.semantic,
                }
            )
        )
        self.pronouns = {k.lower(): frozenset(v.split()) for k, v in file.pronouns.items()}
        self.metonyms = {k.replace("_", " "): v for k, v in file.metonyms.items()}
        self.metonym_beginnings = Beginnings(self.metonyms)
        self.determiners = frozenset(d.lower() for d in file.determiners)


@cache
def lexicon(language: Language) -> Lexicon:
    """The compiled lexicon of a language, read once."""
    return Lexicon(language)
