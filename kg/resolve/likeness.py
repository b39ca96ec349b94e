"""When two spellings are one name: how it sounds in any of our languages, and how near the letters are.

Spelling alone never decides: a candidate must be of the same class and of no other state, sound alike in every part, and be the only one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

import msgspec
from rapidfuzz.distance import JaroWinkler

from kg.data import load
from kg.data.actors import Actor
from kg.data.gazetteer import gazetteer

__all__ = ["SURE", "alike", "nearest", "sound"]

SURE = 0.85
"""The least likeness of letters, of names that sound alike, at which they are taken for one."""
_PARTICLES = frozenset({"van", "von", "de", "der", "den", "du", "al", "el", "bin", "ben", "ibn", "abu", "abou", "the", "la", "le"})


class _Sounds(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``sounds.yaml``."""

    rules: list[tuple[str, str]]


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.MULTILINE), letter) for pattern, letter in load("sounds.yaml", _Sounds).rules)


@lru_cache(maxsize=1 << 16)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name in lower-case letters without accents and particles."""
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        plain = plain.replace("ı", "i").replace("ł", "l").replace("ø", "o")
    return tuple(word for word in re.findall(r"[^\W_]+", plain) if word not in _PARTICLES)


def _sounds(words: Iterable[str]) -> list[str]:
    """How each word sounds. All go through a rule together: one search in many words is a fraction of many searches."""
    lines = "\n".join(words)
    for pattern, letter in _rules():
        lines = pattern.sub(letter, lines)
    lines = re.sub(r"(.)\1+", r"\1", lines)
    return re.sub(r"(?<=.)[aeiou]", "", lines).split("\n")


@lru_cache(maxsize=1 << 16)
def _sound(word: str) -> str:
    return _sounds((word,))[0]


def sound(name: str) -> str:
    """The key under which spellings of one name meet: the sounds of its words, sorted."""
    return _key(map(_sound, parts(name)))


def _key(sounds: Iterable[str]) -> str:
    return " ".join(sorted(filter(None, sounds)))


def alike(one: str, other: str) -> float:
    """0 to 1: how near the letters of two names are that sound alike; 0 where they do not."""
    if len(parts(one)) != len(parts(other)) or sound(one) != sound(other) or not sound(one):
        return 0.0
    return JaroWinkler.similarity(" ".join(parts(one)), " ".join(parts(other)))


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Sound → the ids of the reference actors with a name of at least two words that sounds so."""
    found: dict[str, set[str]] = defaultdict(set)
    names = [(parts(name), actor.id) for actor in gazetteer().actors.by_id.values() for name in actor.names]
    words = sorted({word for name, _ in names for word in name})
    sounds = dict(zip(words, _sounds(words), strict=True))
    for name, id in names:
        if len(name) > 1:
            found[_key(sounds[word] for word in name)].add(id)
    return {key: tuple(sorted(ids)) for key, ids in found.items()}


def nearest(name: str, kind: str, countries: Iterable[str]) -> tuple[Actor, float, str] | None:
    """The one reference actor whose name sounds like this one, with score and reason; ``countries`` are those it may belong to, if known."""
    if len(parts(name)) < 2:
        return None
    known, allowed = gazetteer().actors.by_id, set(countries)
    ranked = []
    for key in _index().get(sound(name), ()):
        actor = known[key]
        if actor.kind == kind and (not allowed or actor.country is None or actor.country in allowed):
            spelling = max(actor.names, key=lambda spelt: (alike(name, spelt), spelt))
            ranked.append((alike(name, spelling), spelling, actor))
    ranked = [row for row in ranked if row[0] >= SURE]
    if len({actor.id for _, _, actor in ranked}) != 1:
        return None
    score, spelling, actor = ranked[0]
    return actor, round(score * 0.95, 3), f"sounds like {spelling} ({score:.2f}), the only such {kind} of the reference"
