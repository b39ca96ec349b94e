"""What the words of a sentence tell of a happening that stands in no role: harm, counts, states, and what it is set beside."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import compress, pairwise

from kg.data.gazetteer import gazetteer, opens_name
from kg.records import LANGUAGES, Language
from kg.resolve.rules import rules

__all__ = ["beside", "called", "folded", "harm", "nth", "points_back", "states", "tokens"]

_TOKEN = re.compile(r"\d[\d.,]*\d|\d\d|[^\W\d_]\w{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_REST = re.compile(r"(?:[-–][^\W_]+)*")
_APPOSED = re.compile(r"\s+[«“‘\"']?\s?((?:[A-Z][^\W_]*|\d+)(?:[-– ](?:[A-Z][^\W_]*|\d+))*)")
_STEM = 5  # letters of a name that languages share: Russl-and and Rusl-and differ, Houth-i's and Houth-is do not


@cache
def folded(word: str) -> str:
    """Small letters without accents."""
    text = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in text if not unicodedata.combining(c))


def tokens(sentence: str) -> frozenset[str]:
    """Names and numbers of a sentence, as far as languages write them alike; its first word may be any."""
    found = list(_TOKEN.finditer(sentence))
    return frozenset(
        re.sub(r"\D", "", m[0]) if m[0][0].isdigit() else folded(m[0])[:_STEM]
        for m in found[1:] if m[0][0].isdigit() or m[0][0].isupper()
    ) - {""}  # fmt: skip


def harm(sentence: str, trigger: str) -> str:
    """What befell the victims, by the telling word that stands nearest to the trigger; empty where none does."""
    at = sentence.find(trigger)
    if at < 0:
        return ""
    ends = at + len(trigger)
    near = [
        (max(m.start() - ends, at - m.end(), 0), kind)
        for kind, stems in rules().harm.items() for stem in stems for m in re.finditer(rf"\b{re.escape(stem)}\w*", sentence, re.IGNORECASE)
    ]  # fmt: skip
    return min(near)[1] if near else ""


def nth(sentence: str) -> int:
    """The highest count by which a sentence calls a happening a repeated one ("for the second time"); 0 where it does not count."""
    low = sentence.lower()
    return max((count for count, phrases in rules().again.items() if any(phrase in low for phrase in phrases)), default=0)


@cache
def _beside() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(rules().beside, key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b(?! than\b)", re.IGNORECASE)


def beside(sentence: str) -> bool:
    """Whether it sets what it tells beside another happening ("ten more", "auch"); "more than ten" does not."""
    return _beside().search(sentence) is not None


def points_back(words: str, sentence: str, language: str) -> bool:
    """Whether the last article before these words is a definite one: "the weapon", "het door DRDO ontwikkelde wapen"."""
    known = rules().articles.get(language, {})
    kinds = {word: kind for kind, row in known.items() for word in row}
    before = [kinds[word] for word in re.findall(r"[^\W_]+", sentence[: max(sentence.find(words), 0)].lower()) if word in kinds]
    return bool(before) and before[-1] == "definite"


def called(words: str, sentence: str, language: str) -> str:
    """What a sentence calls the goods that it names with these words: a hyphenated word is taken whole ("Agni-Prime"), and a name that
    stands after a kind of goods is the name ("missile Agni-Prime"); German, which writes every noun with a capital, shows none so.
    """
    at = sentence.find(words)
    if at < 0 or not words:
        return words
    whole = words + _REST.match(sentence, at + len(words))[0]  # type: ignore[index]
    if language != "de" and (name := _APPOSED.match(sentence, at + len(whole))):
        return name[1]
    return whole if sentence[:at].strip("\"'«»“”„‘’( ") else whole[:1].lower() + whole[1:]  # a capital at the head of a sentence is no name


def states(sentence: str, language: str) -> frozenset[str]:
    """The codes of the states that it names, by name, seat, adjective or people."""
    tag = next((known for known in LANGUAGES if known == language), "en")
    words = _WORD.findall(sentence)
    known = [opens_name(word) for word in words]
    forms = [*compress(words, known), *(" ".join(pair) for pair in compress(pairwise(words), known))]
    return frozenset(code for form in forms for code in _states(form, tag))


@lru_cache(maxsize=1 << 16)
def _states(form: str, language: Language) -> tuple[str, ...]:
    """Those that a form may stand for, all of them where it is ambiguous."""
    known = gazetteer()
    found = [known.adjective(form, language)]
    if form[:1].isupper():
        found += [find(form, language) for find in (known.country, known.capital, known.people)]
        found += known.readings(form)
    return tuple(sorted({code for code in found if code}))
