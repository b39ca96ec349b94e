"""The time and quantity grammars on text that nobody would write: an answer that can be stored, in little time.

The long run: ``python -m pytest tests/extract/test_hostile.py --cases 100000``.
"""

from __future__ import annotations

import math
import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.languages import blank
from kg.data import data_path
from kg.extract.quantities import measures
from kg.extract.times import Clock, find_times
from kg.records import LANGUAGES, Interval, Language, Quantity, Span
from tests.effort import calls, within

TOKENIZERS = {language: blank(language) for language in LANGUAGES}
NUMBERS = [
    "0", "00", "1", "31", "32", "99", "0000", "1900", "2024", "2100", "9999", "10000", "31-02-2024", "2024-02-31", "0-0-0", "99.99.9999", "1.000.000", "1,5",
    "1.000,5", "9" * 25, "9" * 400, "9" * 5000, "1" + ".000" * 200, "0,0000000000001", "-1", "+1", "1e999", "½", "²", "٣", "Ⅻ", "१२", "1/0", "%", "€", "$",
]  # fmt: skip
MARKS = [".", ",", "-", "–", "'", "(", ")", "/", ":", "\u00a0", "\u202e", "\u200b", "\n", "…", "\"", "\0", "\ud7ff", "🚢"]


@cache
def words(language: Language) -> list[str]:
    """Every word of the language's grammars, so that the rules are really walked."""
    text = "".join((data_path(kind) / f"{language}.yaml").read_text(encoding="utf-8") for kind in ("times", "quantities"))
    return sorted({word for word in re.findall(r"[^\W\d_]+", re.sub(r"#.*", "", text)) if len(word) < 20})


def sentences(language: Language) -> st.SearchStrategy[str]:
    pieces = st.one_of(st.sampled_from(words(language)), st.sampled_from(NUMBERS), st.integers(0, 10**12).map(str), st.sampled_from(MARKS), st.text(max_size=4))
    return st.lists(st.tuples(pieces, st.sampled_from([" ", " ", " ", "", "-"])), max_size=14).map(lambda row: "".join(a + b for a, b in row))


CLOCKS = [None, "2024", "2024-02", "2024-02-29", "0001-01-01", "9999-12-31", "1900-01-01"]


def sound(quantity: Quantity) -> None:
    for number in (quantity.value, quantity.minimum, quantity.maximum):
        assert number is None or (math.isfinite(number) and number >= 0), quantity
    if quantity.minimum is not None and quantity.maximum is not None:
        assert quantity.minimum <= quantity.maximum, quantity


def calendar(interval: Interval | None) -> None:
    if interval and interval.earliest and interval.latest:
        assert interval.earliest <= interval.latest, interval


def checked(language: Language, text: str, published: str | None) -> bool:
    """Whether a sentence gives anything, all of which has to be sound."""
    doc = TOKENIZERS[language](text)
    found, expressions = within(1, lambda: (measures(doc[:], language), find_times(doc[:], language, Clock(published))))
    for measure in found:
        sound(measure.quantity)
        assert text[measure.quantity.span.start : measure.quantity.span.end] == measure.quantity.text
    for expression in expressions:
        calendar(expression.interval)
        calendar(expression.future)
        assert text[expression.interval.span.start : expression.interval.span.end] == expression.interval.text
    return bool(found or expressions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_sentence(language: Language) -> None:
    @given(sentences(language), st.sampled_from(CLOCKS))
    def tried(text: str, published: str | None) -> None:
        checked(language, text, published)

    tried()


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_over_and_over(language: Language) -> None:
    """No rule looks at the same words again and again: of twice the text, hardly more than twice the work."""
    clock = Clock("2024-03-15", Interval(None, None, "x", Span(0, 1)))

    def work(text: str) -> int:
        doc = TOKENIZERS[language].tokenizer(text)

        def read() -> None:
            for measure in measures(doc[:], language):
                sound(measure.quantity)
            find_times(doc[:], language, clock)

        return calls(read)

    for piece in ("1 ", "1.", "1,000", "9", "twee ", "zwei", "hundred and ", "cent ", "mei ", "- ", "vor ", "of ", "1-", "van 1 tot ", "januari 1 ", "half "):
        text = (piece * 800)[:800]
        assert work(text) < 2.5 * work(text[:400]) + 1_000, piece
