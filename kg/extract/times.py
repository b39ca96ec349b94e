"""When: expressions of time in a sentence, as intervals of days.

Absolute and relative dates, months, years, seasons, ranges and open ends in four languages; the expressions stand in
``kg/data/times``, what they mean in ``timevalues`` and ``timereadings``. No date is invented: where the publication date is missing or too
coarse for a relative expression, the expression is left out. Durations, ages, times of day and holidays are no times.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from kg.extract.timecalendar import Days
from kg.extract.timeclock import Clock
from kg.extract.timegrammar import expressions
from kg.extract.timereadings import read
from kg.extract.tokens import DocSpan
from kg.records import Interval, Language, Span

__all__ = ["Clock", "TimeExpression", "find_times"]

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time: its tokens (inclusive), its days, and its days if what it tells lies ahead.

    ``future`` is None where the expression means the same either way ("in 2015", "yesterday"). ``clock`` is what the next
    expression of the sentence hangs on.
    """

    first: int
    last: int
    interval: Interval
    future: Interval | None
    clock: Clock


def find_times(sentence: DocSpan, language: Language, clock: Clock) -> list[TimeExpression]:
    """The expressions of time of a sentence, from left to right.

    ``clock`` tells the publication date and what the article told last; within the sentence each expression becomes
    the last one told for the next. The ``clock`` of the last one, ``following()``, is the clock of the next sentence.
    """
    whole = sentence.text
    row, matches = expressions(whole, language)
    starts = [token.idx for token in sentence]
    found: list[TimeExpression] = []
    for match in matches:
        reading = read(match.node, clock)
        if reading.past is None:
            continue
        begin, end = (sentence.start_char + offset for offset in (row[match.first].start, row[match.last].end))
        span = Span(begin, end)
        text = whole[row[match.first].start : row[match.last].end]
        interval, future = _interval(reading.past, text, span), _interval(reading.future, text, span)
        assert interval is not None
        first, last = (sentence.start + bisect_right(starts, place) - 1 for place in (begin, end - 1))
        future = future if future != interval else None
        clock = clock.tells(interval, future, backward=match.node.op == "preceding")
        found.append(TimeExpression(first, last, interval, future, clock))
        if len(found) > 1 and (both := _years(found[-2], found[-1], sentence, whole)) is not None:
            found[-2:] = [both]
            clock = both.clock
    return found


def _years(one: TimeExpression, other: TimeExpression, sentence: DocSpan, whole: str) -> TimeExpression | None:
    """ "in 2022 en 2023" is one stretch of time; None for what is no year behind another and "and"."""
    between = sentence.doc[one.last + 1 : other.first]
    if len(between) != 1 or between[0].pos_ != "CCONJ" or not _YEAR.fullmatch(other.interval.text) or not _YEAR.fullmatch(one.interval.text[-4:]):
        return None
    span = Span(one.interval.span.start, other.interval.span.end)
    text = whole[span.start - sentence.start_char : span.end - sentence.start_char]
    interval = Interval(one.interval.earliest, other.interval.latest, text, span)
    return TimeExpression(one.first, other.last, interval, None, one.clock.tells(interval))


def _interval(days: Days | None, text: str, span: Span) -> Interval | None:
    return Interval(days.first, days.last, text, span) if days is not None else None
