"""How much: numbers, number words, bounds and units.

Digits are read with the language's own separators, number words by text2num's grammars, and what neither knows from
``kg/data/quantities``. The words before a number ("more than", "ruim", "bis zu", "près de") make it a bound. What vague words are worth
(dozens → minimum 20) is fixed by the gold conventions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec
from spacy.tokens import Doc, Span as DocSpan, Token
from text_to_num import text2num

from kg.data import load
from kg.data.units import units
from kg.records import Language, Quantity, Span

__all__ = ["Measure", "measures"]

_LONGEST_BOUND = 4  # tokens


class _File(msgspec.Struct, forbid_unknown_fields=True):
    words: dict[str, float]
    scales: dict[str, float]
    vague: dict[str, float]
    minimum: list[str]
    maximum: list[str]
    about: list[str]
    ranges: list[str]
    range_starts: list[str]
    after_minimum: list[str]

    def folded(self) -> _File:
        """The same with every key and word in lower case."""
        low = lambda table: {k.lower(): v for k, v in table.items()}  # noqa: E731
        return _File(
            low(self.words), low(self.scales), low(self.vague),
            *([w.lower() for w in words] for words in (self.minimum, self.maximum, self.about, self.ranges, self.range_starts, self.after_minimum)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity with the tokens that it counts: ``noun`` is the unit or the counted noun, None for a bare number."""

    quantity: Quantity
    first: int
    last: int
    noun: Token | None


@cache
def _words(language: Language) -> _File:
    return load(f"quantities/{language}.yaml", _File).folded()


_DIGITS = re.compile(r"\d[\d.,'’\u00a0\u202f ]*\d|\d")


def _digits(text: str, language: Language) -> float | None:
    """The value of a number in digits; None for dates, scores, times and the like."""
    if not _DIGITS.fullmatch(text):
        return None
    group, point = (",", ".") if language == "en" else (".", ",")
    plain = re.sub(r"['’\u00a0\u202f ]", "", text)
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(point)}\d+)?", plain):
        plain = plain.replace(group, "")
    elif group in plain:
        return None
    try:
        return float(plain.replace(point, "."))
    except ValueError:
        return None


def _value(text: str, language: Language) -> float | None:
    low = text.lower()
    table = _words(language)
    if low in table.words:
        return table.words[low]
    value = _digits(text, language)
    if value is None and not any(c.isdigit() for c in low) and low.isascii() | low.isalpha() | ("-" in low):
        try:
            return float(text2num(low, language))
        except (ValueError, KeyError, AttributeError, IndexError):
            return None
    return value


@dataclass(frozen=True, slots=True)
class _Number:
    first: int
    last: int
    value: float
    vague: bool


def _number(doc: Doc, i: int, language: Language) -> _Number | None:
    """The longest number that starts at token ``i``."""
    table = _words(language)
    for end in range(min(i + 4, len(doc)), i, -1):
        low = doc[i:end].text.lower()
        if low in table.vague:
            return _Number(i, end - 1, table.vague[low], vague=True)
    best: _Number | None = None
    for end in range(min(i + 4, len(doc)), i, -1):
        if any(t.is_space or t.is_punct and t.text != "-" for t in doc[i:end]):
            continue
        value = _value(doc[i:end].text, language)
        if value is not None:
            best = _Number(i, end - 1, value, vague=False)
            break
    if best is None:
        low = doc[i].lower_
        return _Number(i, i, table.scales[low], vague=False) if low in table.scales and doc[i].pos_ == "NUM" else None
    last, value = best.last, best.value
    while last + 1 < len(doc) and (scale := table.scales.get(doc[last + 1].lower_)) is not None and scale > value * (0 if scale >= 1e6 else 1):
        last, value = last + 1, value * scale
    return _Number(i, last, value, vague=False)


def _bound(doc: Doc, first: int, table: _File) -> tuple[str, int] | None:
    """Which bound the words before a number make of it, and where they start."""
    for length in range(_LONGEST_BOUND, 0, -1):
        start = first - length
        if start < 0:
            continue
        low = doc[start:first].text.lower().strip()
        for name, words in (("minimum", table.minimum), ("maximum", table.maximum), ("value", table.about)):
            if low in words:
                return name, start
    return None


def _is_other(doc: Doc, number: _Number, language: Language) -> bool:
    """Years, dates, clock times, ordinals, articles, ages: numbers that count nothing."""
    token, after = doc[number.first], doc[number.last + 1] if number.last + 1 < len(doc) else None
    low = token.lower_
    if number.first == number.last and 1900 <= number.value < 2100 and re.fullmatch(r"\d{4}", token.text):
        return not (after is not None and after.pos_ == "NOUN" and units().find(after.lower_, language))
    if low in _ARTICLES.get(language, ()) and token.pos_ == "DET":
        return True
    return after is not None and after.text in ("%", ":", "/") or bool(re.search(r"\d[.:/]\d{1,2}$", token.text) and language in ("nl", "de") and number.value < 25 and "," not in token.text)


_ARTICLES = {
    "nl": frozenset({"een"}),
    "de": frozenset({"ein", "eine", "einen", "einem", "einer", "eines"}),
    "en": frozenset({"a", "an"}),
    "fr": frozenset({"un", "une"}),
}


def measures(sentence: DocSpan, language: Language) -> list[Measure]:
    """The quantities of a sentence, in order."""
    doc, table = sentence.doc, _words(language)
    found: list[Measure] = []
    i = sentence.start
    while i < sentence.end:
        number = None if doc[i].is_space else _number(doc, i, language)
        if number is None or number.last >= sentence.end or _is_other(doc, number, language):
            i += 1
            continue
        start, value, minimum, maximum = number.first, number.value, None, None
        last = number.last
        other = _range_end(doc, last, sentence.end, language)
        if number.vague:
            value, minimum = None, number.value  # type: ignore[assignment]
        elif other is not None:
            minimum, maximum, value, last = number.value, other.value, None, other.last  # type: ignore[assignment]
            if other.value >= 1000 > number.value and doc[last].lower_ in table.scales:
                minimum *= table.scales[doc[last].lower_]
        elif (bound := _bound(doc, start, table)) is not None:
            name, start = bound
            if name != "value":
                value, minimum, maximum = None, (number.value if name == "minimum" else None), (number.value if name == "maximum" else None)  # type: ignore[assignment]
        noun = _counted(doc, last, sentence.end)
        unit = units().find(noun.lower_, language) or units().find(noun.lemma_, language) if noun is not None else _sign(doc, start, last)
        end = noun.i if noun is not None and unit else last
        span = Span(doc[start].idx, doc[end].idx + len(doc[end]))
        text = doc.text[span.start : span.end]
        found.append(Measure(Quantity(span, text, value, minimum, maximum, unit), start, last, noun))
        i = last + 1
    return found


def _range_end(doc: Doc, last: int, stop: int, language: Language) -> _Number | None:
    table = _words(language)
    for length in (1, 2, 3):
        joint = doc[last + 1 : last + 1 + length].text.lower().strip() if last + 1 + length < stop else ""
        if joint in table.ranges or joint in ("-", "–", "—"):
            other = _number(doc, last + 1 + length, language)
            opener = doc[max(0, last - 2) : last].text.lower().split()
            if other is not None and (joint not in ("en", "und", "and", "et") or set(opener) & set(table.range_starts)):
                return other
    return None


def _counted(doc: Doc, last: int, stop: int) -> Token | None:
    """The noun that a number counts: the next noun, with no verb, preposition or comma between."""
    for i in range(last + 1, min(last + 6, stop)):
        token = doc[i]
        if token.pos_ in ("NOUN", "PROPN"):
            return token
        if token.text in ("€", "$", "£"):
            return token
        if token.pos_ not in ("ADJ", "DET", "NUM", "ADV", "X") and token.lower_ not in ("de", "d'", "d’", "of", "an", "van", "aan"):
            return None
    return None


def _sign(doc: Doc, start: int, last: int) -> str | None:
    signs = {"€": "euro", "$": "dollar", "£": "pound"}
    for token in (doc[start - 1] if start else None, doc[start], doc[last + 1] if last + 1 < len(doc) else None):
        if token is not None and token.text in signs:
            return signs[token.text]
    return None
