"""Reading numbers: digits with the language's separators, number words, scales, fractions and vague words.

Number words are read by text2num's grammars; what those do not know ("anderhalf", "une centaine", "dozens") stands in
``kg/data/quantities``. Nothing here says what a number counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec
from text_to_num import text2num

from kg.data import load
from kg.extract.timepatterns import Atom, atoms
from kg.records import Language

__all__ = ["Numeral", "Phrases", "Vocabulary", "numeral", "scale_words", "vocabulary"]

_LONGEST = 8  # atoms of a number in words
_DIGITS = {  # of so many groups as anybody writes: what is longer is tried from each of them
    "en": re.compile(r"\d{1,3}(?:,\d{3}){1,9}(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"),
    "fr": re.compile(r"\d{1,3}(?:[.\u00a0\u202f\u2009 ]\d{3}){1,9}(?:,\d+)?(?!\d)|\d+(?:,\d+)?"),
    "de": re.compile(r"\d{1,3}(?:[.'’\u00a0\u202f\u2009 ]\d{3}){1,9}(?:,\d+)?(?!\d)|\d+(?:,\d+)?"),
    "nl": re.compile(r"\d{1,3}(?:[.\u00a0\u202f\u2009 ]\d{3}){1,9}(?:,\d+)?(?!\d)|\d+(?:,\d+)?"),
}
_FOREIGN = {"en": re.compile(r"\d{1,3}(?:\.\d{3}){0,9}\.\d00(?!\d)")}  # "13.000" in a text translated by machine
_FOREIGN |= {language: re.compile(r"\d{1,3}(?:,\d{3}){0,9},\d00(?!\d)") for language in ("de", "fr", "nl")}


class NumberFile(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``kg/data/quantities/*.yaml``; the names say what the words do to a number beside them."""

    words: dict[str, float]
    halves: dict[str, float]  # numbers only before a scale: "half a million"
    articles: list[str]  # one before a scale or after an emphatic word, else no number
    emphatic: list[str]
    scales: dict[str, float]
    money_scales: dict[str, float]  # only beside a currency sign
    vague: dict[str, float]
    minimum: list[str]
    maximum: list[str]
    nearly: list[str]  # about the value, but not above it
    about: list[str]
    ranges: list[str]
    joint_ranges: list[str]  # make a range only after a range start
    range_starts: list[str]
    after_minimum: list[str]
    ages_before: list[str]
    ages_after: list[str]
    labels: list[str]
    clock_before: list[str]
    clock_after: list[str]
    fractions: list[str]
    calibres: list[str]
    not_numbers: list[str]
    one_after: list[str]
    one_before: list[str]
    links: list[str]


class Phrases:
    """Words and rows of words, found at or before a place in a sentence."""

    def __init__(self, forms: Mapping[str, float] | list[str]) -> None:
        table = forms if isinstance(forms, Mapping) else dict.fromkeys(forms, 1.0)
        self._values = {tuple(a.low for a in atoms(form)): value for form, value in table.items()}
        self._longest = max(map(len, self._values), default=0)
        self.starts = frozenset(lows[0] for lows in self._values)

    def at(self, row: list[Atom], i: int) -> tuple[int, float] | None:
        """The longest phrase that starts at ``i``: where it ends, and its value."""
        if i >= len(row) or row[i].low not in self.starts:
            return None
        for end in range(min(len(row), i + self._longest), i, -1):
            value = self._values.get(tuple(a.low for a in row[i:end]))
            if value is not None:
                return end, value
        return None

    def before(self, row: list[Atom], i: int) -> int | None:
        """Where the longest phrase that ends before ``i`` starts."""
        for start in range(max(0, i - self._longest), i):
            if tuple(a.low for a in row[start:i]) in self._values:
                return start
        return None


class Vocabulary:
    """The phrases of one language."""

    def __init__(self, file: NumberFile, language: Language) -> None:
        self.language = language
        for name in NumberFile.__struct_fields__:
            if name not in ("not_numbers", "links"):
                setattr(self, name, Phrases(getattr(file, name)))
        self.not_numbers = frozenset(file.not_numbers)
        self.joint_words = frozenset(file.joint_ranges)
        self.link_words = frozenset(file.links)
        self.starts = self.vague.starts | self.words.starts | self.halves.starts | self.articles.starts

    words: Phrases
    halves: Phrases
    articles: Phrases
    emphatic: Phrases
    scales: Phrases
    money_scales: Phrases
    vague: Phrases
    minimum: Phrases
    maximum: Phrases
    nearly: Phrases
    about: Phrases
    ranges: Phrases
    joint_ranges: Phrases
    range_starts: Phrases
    after_minimum: Phrases
    ages_before: Phrases
    ages_after: Phrases
    labels: Phrases
    clock_before: Phrases
    clock_after: Phrases
    fractions: Phrases
    calibres: Phrases
    one_after: Phrases
    one_before: Phrases


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The words of a language, read once."""
    return Vocabulary(load(f"quantities/{language}.yaml", NumberFile), language)


@cache
def scale_words(language: Language) -> frozenset[str]:
    """Words that multiply or stand for a vague number ("miljoen", "Dutzende"), in lower case."""
    file = load(f"quantities/{language}.yaml", NumberFile)
    return frozenset(word.lower() for word in (*file.scales, *file.vague, *file.words))


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that ends before atom ``end``; ``base`` is its value without the scale word at its end."""

    end: int
    value: float
    base: float
    vague: bool = False
    digits: bool = False


_MOST = 1e30  # "a million million million ..." is no amount
_DIGITS_AT_MOST = 40  # with their separators; what is longer counts nothing on earth, and may be more than a float holds


def _digits_value(text: str, language: Language) -> float:
    """The value of digits as the language's separators have it."""
    plain = re.sub(r"['’\u00a0\u202f\u2009 ]", "", text)
    if language == "en":
        return float(plain.replace(",", ""))
    return float(plain.replace(".", "").replace(",", "."))


@lru_cache(maxsize=65536)
def _words_value(text: str, language: Language) -> float | None:
    try:
        return float(text2num(text, language))
    except (ValueError, KeyError, AttributeError, IndexError):
        return None


def _spelled(row: list[Atom], i: int, words: Vocabulary) -> tuple[int, float] | None:
    """A number in words, the longest that text2num can read."""
    language = words.language
    if row[i].low in words.not_numbers or _words_value(row[i].low, language) is None:
        return None
    limit = i + 1
    while limit < min(len(row), i + _LONGEST) and (row[limit].low.isalpha() or (row[limit].low == "-" and row[limit].glued)):
        limit += 1
    for end in range(limit, i, -1):
        if row[end - 1].low == "-" or row[end - 1].low in words.not_numbers:
            continue
        text = "".join(("" if a.glued or k == 0 else " ") + a.low for k, a in enumerate(row[i:end]))
        value = _words_value(text, language)
        if value is not None:
            return None if end == i + 1 and words.articles.at(row, i) else (end, value)
    return None


def _base(row: list[Atom], end: int, value: float, words: Vocabulary) -> float:
    """The value without a big scale word at the end: 3 for "three million"."""
    scale = words.scales.at(row, end - 1)
    return value / scale[1] if scale is not None and scale[1] >= 1e6 else value


def _scaled(row: list[Atom], numeral: Numeral, words: Vocabulary, money: bool) -> Numeral:
    """The number with the scale words that follow it."""
    while numeral.end < len(row):
        found = words.scales.at(row, numeral.end)
        if found is None:
            short = words.money_scales.at(row, numeral.end)
            sign = short is not None and short[0] < len(row) and row[short[0]].text in "€$£¥"
            found = short if short is not None and (money or sign) else None
        if found is None or (found[1] <= numeral.value and found[1] < 1e6) or numeral.value * found[1] > _MOST:
            return numeral
        numeral = Numeral(found[0], numeral.value * found[1], numeral.base, digits=numeral.digits)
    return numeral


def _at_digits(text: str, row: list[Atom], i: int, words: Vocabulary) -> Numeral | None:
    start = row[i].start
    patterns = (_FOREIGN[words.language], _DIGITS[words.language])
    match = next((m for p in patterns if (m := p.match(text, start))), None)
    if match is None:
        return None
    end = i
    while end < len(row) and row[end].end <= match.end():
        end += 1
    if end == i:  # a bigger number as the sentence is cut: "13,000" in a Dutch text
        return None
    if len(match[0]) > _DIGITS_AT_MOST:
        return None
    foreign = match.re is patterns[0]
    value = float(re.sub(r"[.,]", "", match[0])) if foreign else _digits_value(match[0], words.language)
    return Numeral(end, value, value, digits=True)


def numeral(text: str, row: list[Atom], i: int, words: Vocabulary, money: bool = False) -> Numeral | None:
    """The number that starts at atom ``i`` of a sentence; ``money`` if a currency sign stands before it."""
    atom = row[i]
    if atom.is_number:
        found = _at_digits(text, row, i, words) if atom.text.isascii() else None
        return _scaled(row, found, words, money) if found is not None else None
    if atom.low not in words.starts and (atom.low in words.not_numbers or _words_value(atom.low, words.language) is None):
        return None  # nearly always
    candidates: list[Numeral] = []
    if (vague := words.vague.at(row, i)) is not None:
        candidates.append(Numeral(vague[0], vague[1], vague[1], vague=True))
    if (known := words.words.at(row, i)) is not None:
        candidates.append(_scaled(row, Numeral(known[0], known[1], known[1]), words, money))
    if (spelled := _spelled(row, i, words)) is not None:
        candidates.append(_scaled(row, Numeral(spelled[0], spelled[1], _base(row, *spelled, words)), words, money))
    for phrases, factor in ((words.halves, None), (words.articles, 1.0)):
        if (part := phrases.at(row, i)) is not None and (scale := words.scales.at(row, part[0])) is not None:
            value = factor or part[1]
            scaled = _scaled(row, Numeral(part[0], value, value), words, money)
            candidates.append(scaled if scaled.end > part[0] else Numeral(scale[0], value * scale[1], value))
    best = max(candidates, key=lambda n: n.end, default=None)
    return _and_a_half(row, best, words) if best is not None else None


def _and_a_half(row: list[Atom], found: Numeral, words: Vocabulary) -> Numeral:
    """ "deux millions et demi" """
    tail = tuple(a.low for a in row[found.end : found.end + 2])
    if words.language == "fr" and tail in (("et", "demi"), ("et", "demie")) and found.base and found.value >= 1000:
        value = found.value + found.value / found.base / 2
        return Numeral(found.end + 2, value, value)
    return found
