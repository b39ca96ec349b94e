"""How much: numbers with their bounds and units.

The words around a number ("more than", "ruim", "bis zu", "près de") make it a bound; what vague words are worth is
fixed by the gold conventions. "Nearly 3,000" is about 3,000 and not above it: value and maximum. Not quantities:
dates, years, clock times, ordinals, ages, percentages, fractions, calibres, articles and the numbers of names.
Works on token texts; part-of-speech tags sharpen what is counted where the Doc has them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from kg.data.units import units
from kg.extract.numerals import Numeral, Phrases, Vocabulary, numeral, vocabulary
from kg.extract.timegrammar import expressions
from kg.extract.tokens import DocSpan, Token
from kg.records import Language, Quantity, Span

__all__ = ["Measure", "measures"]

_REACH = 6  # tokens from a number to what it counts
_SIGNS = "€$£¥"
_STOPS = frozenset({"VERB", "AUX", "PUNCT", "CCONJ", "SCONJ", "PRON"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity and its tokens in the Doc, from its bound words to the end of its number (inclusive).

    ``noun`` is the unit or the counted noun; None for a bare number or a currency sign.
    """

    quantity: Quantity
    first: int
    last: int
    noun: Token | None


_TELEPHONE = 12  # groups of digits; no number that is dialled has more


def measures(sentence: DocSpan, language: Language) -> list[Measure]:
    """The quantities of a sentence, in order."""
    return list(_Sentence(sentence, language).measures())


class _Sentence:
    def __init__(self, sentence: DocSpan, language: Language) -> None:
        self.span = sentence
        self.text = sentence.text
        self.language = language
        self.words: Vocabulary = vocabulary(language)
        self.row, self._times = expressions(self.text, language)
        self._starts = [token.idx - sentence.start_char for token in sentence]
        self._tagged = any(token.pos_ for token in sentence.doc)

    def measures(self) -> list[Measure]:
        found: list[Measure] = []
        candidates = [(i, n) for i in range(len(self.row)) if (n := self._numeral(i)) is not None]
        if not candidates:
            return found
        dates = {i for m in self._times for i in range(m.first, m.last + 1)}
        done = 0
        for i, number in candidates:
            if i < done or i in dates or self._is_other(i, number):
                continue
            measure, done = self._measure(i, number)
            found.append(measure)
        return found

    def _numeral(self, i: int) -> Numeral | None:
        money = i > 0 and self.row[i - 1].text in _SIGNS
        return numeral(self.text, self.row, i, self.words, money) or self._emphasised(i)

    def _emphasised(self, i: int) -> Numeral | None:
        """ "nur ein Soldat": an article that counts."""
        if self.words.articles.at(self.row, i) and self.words.emphatic.before(self.row, i) is not None:
            return Numeral(i + 1, 1.0, 1.0)
        return None

    def _low(self, i: int) -> str:
        return self.row[i].low if 0 <= i < len(self.row) else ""

    def _is_other(self, i: int, number: Numeral) -> bool:
        """Whether a number counts nothing: part of a name, a date, an age, a share, an ordinal."""
        row, words, end = self.row, self.words, number.end
        if number.value == 0 or self._in_name(i, end):
            return True
        if words.labels.before(row, i) is not None or words.ages_before.before(row, i) is not None:
            return True
        if words.ages_after.at(row, end) is not None or self._is_clock(i, end):
            return True
        if words.fractions.at(row, end) or words.calibres.at(row, end) or self._low(end) in ("%", "‰", "°"):
            return True
        shares = {units().find(name, self.language) for name in (self._low(end), f"{self._low(end)} {self._low(end + 1)}")}
        if shares & {"percent", "percentage-point"}:
            return True
        if number.value == 1 and not number.digits and (words.one_after.at(row, end) or words.one_before.before(row, i) is not None):
            return True
        if number.digits and re.fullmatch(r"(?:19|20)\d\d", self.text[row[i].start : row[end - 1].end]) and self._unit_at(end) is None:
            return True  # a year, unless it has a unit
        return self._is_age(i, end, number)

    def _is_clock(self, i: int, end: int) -> bool:
        """ "um 10 Uhr", "5 p.m.", "10 h 30"; Dutch "uur" is a time of day only after "om" and the like."""
        if i > 1 and self._low(i - 1) == "h" and self.row[i - 2].is_number:
            return True
        after, before = self.words.clock_after.at(self.row, end), self.words.clock_before.before(self.row, i)
        return after is not None and (before is not None or self.language != "nl")

    def _in_name(self, i: int, end: int) -> bool:
        """Glued to letters or digits on either side: F-16, 5th, 24-hour, 10:30, +31-20-555."""
        row, first = self.row, self.row[i]
        run = i
        while run > i - _TELEPHONE and run and row[run - 1].is_number:
            run -= 1
        if run and row[run - 1].low == "+" and row[run].glued:
            return True
        if first.glued and i:
            before = row[i - 1]
            glued_before = i > 1 and before.glued and row[i - 2].low.isalnum()
            if before.low.isalnum() or before.low in "+#§":
                return True
            if before.low in ".,:/" and glued_before and row[i - 2].is_number:
                return True
            if before.low in "-/_" and glued_before:
                return True
        if end >= len(row) or not row[end].glued:
            return False
        after, beyond = row[end], row[end + 1] if end + 1 < len(row) else None
        if after.low.isalnum():
            return units().find(after.low, self.language) is None
        if beyond is None or not beyond.glued:
            return after.low == "." and self.language == "de" and beyond is not None and first.is_number
        if after.low == "-" and beyond.low.isalpha():
            return not (self.language == "en" and self._range(end) is not None)
        return (after.low in ":/" and beyond.is_number) or (after.low in ".," and beyond.is_number)

    def _is_age(self, i: int, end: int, number: Numeral) -> bool:
        """ "Kim, 52, said", "Jean, 52 ans,", "Kim (52)" """
        row = self.row
        if not number.digits or not 0 < number.value < 120 or i < 2 or not row[i - 2].text[0].isupper():
            return False
        opener = row[i - 1].low
        if self._low(end) in ("ans", "jaar", "jahre", "years"):
            end += 1
        closer = self._low(end)
        return (opener == "," and (closer in ",." or end >= len(row))) or (opener == "(" and closer in ("), "))

    def _measure(self, i: int, number: Numeral) -> tuple[Measure, int]:
        row, words = self.row, self.words
        start, end = i, number.end
        value: float | None = number.value
        minimum: float | None = None
        maximum: float | None = None
        if number.vague:
            value, minimum = None, number.value
        elif (other := self._range(end, i)) is not None:
            low = number.value
            if number.base == number.value and other.value > other.base and low < other.value / other.base:
                low *= other.value / other.base  # "two to three million"
            elif self._low(end) == "-" and low < 1000 <= other.value and other.digits:
                low *= 1000  # Dutch "5- tot 6.000"
            if low < other.value:
                value, minimum, maximum = None, low, other.value
                end = other.end
                opener = words.range_starts.before(row, i)
                start = opener if opener is not None else i
        if value is not None:
            start, value, minimum, maximum = self._bounds(i, end, value)
        if self._low(start - 1) in _SIGNS and start:
            start -= 1
        if (more := words.after_minimum.at(row, end)) is not None and value is not None and minimum is None:
            value, minimum, end = None, value, more[0]
        noun, unit, noun_end = self._counted(end)
        money = self._sign(start, i, end)
        if money is not None:
            noun, unit = None, money
        last = max(row[end - 1].end, noun_end if unit is not None and noun is not None else 0)
        if unit is not None and noun is None and self._low(end) in _SIGNS and end < len(row):
            last = row[end].end
        begin, stop = self.span.start_char + row[start].start, self.span.start_char + last
        quantity = Quantity(Span(begin, stop), self.text[begin - self.span.start_char : stop - self.span.start_char], value, minimum, maximum, unit)
        return Measure(quantity, self._token(row[start].start), self._token(row[end - 1].start), noun), end

    def _bounds(self, i: int, end: int, value: float) -> tuple[int, float | None, float | None, float | None]:
        """What the words before a number make of it, and where they start; the longest phrase wins."""
        best: tuple[int, str] | None = None
        for name in ("minimum", "maximum", "nearly", "about"):
            phrases: Phrases = getattr(self.words, name)
            for at in (i, i - 1 if self._low(i - 1) in _SIGNS and i else i):
                start = phrases.before(self.row, at)
                if start is not None and (best is None or start < best[0]):
                    best = (start, name)
        if best is None:
            return i, value, None, None
        start, name = best
        if self.row[start].low == "tot" and start == i - 1 and self._unit_at(end) in ("year", "month", "week", "day", "hour"):
            return i, value, None, None  # Dutch "veroordeeld tot acht jaar"
        match name:
            case "minimum":
                return start, None, value, None
            case "maximum":
                return start, None, None, value
            case "nearly":
                return start, value, None, value
            case _:
                return start, value, None, None

    def _range(self, end: int, i: int | None = None) -> Numeral | None:
        """The second number of a range whose first number ends at ``end``."""
        row, words = self.row, self.words
        if self._low(end) == "-" and end + 1 < len(row) and not row[end + 1].is_number:
            joint = words.ranges.at(row, end + 1)  # "5- tot 6.000"
            if joint is not None and joint[0] < len(row) and row[joint[0]].is_number:
                return self._numeral(joint[0])
        joint = words.ranges.at(row, end)
        if joint is None and i is not None and words.range_starts.before(row, i) is not None:
            joint = words.joint_ranges.at(row, end)
        if joint is None or joint[0] >= len(row):
            return None
        at = joint[0] + 1 if row[joint[0]].text in _SIGNS and joint[0] + 1 < len(row) else joint[0]
        other = self._numeral(at)
        if other is None or other.vague or (self.words.articles.at(row, at) and other.value == 1):
            return None
        return other

    # -- what is counted --------------------------------------------------------------------------------------

    def _unit_at(self, end: int) -> str | None:
        return self._counted(end)[1]

    def _counted(self, end: int) -> tuple[Token | None, str | None, int]:
        """The noun that a number counts, its unit, and where that ends in the sentence."""
        if end >= len(self.row):
            return None, None, 0
        where = self.row[end].start
        first = self._token(where) - self.span.start
        if self._starts[first] != where:  # "16kg" is one token
            unit = units().find(self.row[end].low, self.language)
            return (self.span[first], unit, self.row[end].end) if unit and self.row[end].glued else (None, None, 0)
        tokens = list(self.span[first : first + _REACH])
        for k, token in enumerate(tokens):
            low = token.lower_
            if (token.is_punct and low not in ("-", "'", "’", "„", "“", '"')) or token.is_space or low in _SIGNS:
                return None, None, 0
            if token.text[0].isdecimal() or low in self.words.joint_words:
                break
            unit, length = self._unit(tokens, k)
            if unit is not None and (k == 0 or not self._tagged or token.pos_ in ("NOUN", "PROPN", "ADJ", "SYM", "X")):
                last = tokens[k + length - 1]
                return last, unit, last.idx + len(last) - self.span.start_char
            if self._tagged and token.pos_ in ("NOUN", "PROPN"):
                return token, None, 0
            if self._tagged and token.pos_ in _STOPS:
                return None, None, 0
            if self._tagged and token.pos_ == "ADP" and low not in self._links:
                return None, None, 0
        return self._guess(tokens), None, 0

    def _unit(self, tokens: list[Token], k: int) -> tuple[str | None, int]:
        """The unit named by the words from ``k`` on: the longest name, then the head of a compound."""
        for length in (3, 2, 1):
            if k + length <= len(tokens):
                name = " ".join(t.lower_ for t in tokens[k : k + length])
                unit = units().find(name, self.language)
                if unit is not None:
                    return unit, length
        token = tokens[k]
        unit = units().find(token.lemma_, self.language)
        if unit is None and (k == 0 or token.pos_ in ("NOUN", "PROPN")):  # a participle may end like a unit
            unit = units().head(token.text, self.language)
        return unit, 1

    def _guess(self, tokens: list[Token]) -> Token | None:
        """Without tags: in German the first capitalised word, elsewhere the word beside the number."""
        if self._tagged:
            return None
        if self.language == "de":
            return next((t for t in tokens[:4] if t.text[0].isupper()), None)
        links = self._links
        return next((t for t in tokens[:3] if t.is_alpha and t.lower_ not in links and len(t) > 2), None)

    @property
    def _links(self) -> frozenset[str]:
        return self.words.link_words

    def _sign(self, start: int, i: int, end: int) -> str | None:
        """The currency of a sign before or after a number."""
        for at in (i - 1, start, end):
            low = self._low(at)
            if low and low in _SIGNS:
                return units().find(low, self.language)
        return None

    def _token(self, place: int) -> int:
        return self.span.start + bisect_right(self._starts, place) - 1
