"""What tells two happenings apart though their roles do not: how an article sets one beside another, counts, dates and places them.

An article that tells of one happening twice does not set it beside itself ("Bulgaria expelled ten more"), nor count its victims in one
sentence as three and as four, nor print in its headline as news what it says to be a month old.
"""

from __future__ import annotations

from kg.resolve.telling import Amount, Telling

__all__ = ["counted_apart", "differ", "not_the_news", "once_and_ever_since", "told_beside", "two_states"]

_NEWS = 10  # days before publication to which a headline without a time still belongs
_ONCE = 14  # days: who tells so short a time tells of one happening
_SAME = 0.05  # amounts so near are one number, rounded


def differ(one: Amount, other: Amount) -> bool:
    """Whether two amounts of one unit exclude each other; about a twentieth apart is still one number."""
    low = max((a.low for a in (one, other) if a.low is not None), default=float("-inf"))
    high = min((a.high for a in (one, other) if a.high is not None), default=float("inf"))
    return low > high and low - high > abs(low) * _SAME


def told_beside(one: Telling, other: Telling) -> bool:
    """Whether the later of two tellings of one article is set beside what came before ("ten more", "auch", "une autre")."""
    if one.source.iri != other.source.iri or one.sentence == other.sentence or min(one.at, other.at) < 0:
        return False
    first, last = sorted((one, other), key=lambda t: t.at)
    return last.beside and not first.headline


def counted_apart(one: Telling, other: Telling) -> bool:
    """Whether one sentence gives both an amount, and no amount of the one can be one of the other."""
    if one.source.iri != other.source.iri or one.sentence != other.sentence or not one.amounts or not other.amounts:
        return False
    return all(differ(a, b) for a in one.amounts for b in other.amounts)


def two_states(one: Telling, other: Telling) -> bool:
    """Whether both name states, in a role or elsewhere in the sentence, and no state is named by both."""
    mine, yours = (t.countries | t.states for t in (one, other))
    return bool(mine and yours) and mine.isdisjoint(yours)


def once_and_ever_since(one: Telling, other: Telling) -> bool:
    """Whether one tells what has gone on since a day, the other what happened within days."""
    return _ever_since(one, other) or _ever_since(other, one)


def _ever_since(one: Telling, other: Telling) -> bool:
    short = other.start is not None and other.end is not None and other.end - other.start <= _ONCE
    return one.start is not None and one.end is None and short


def not_the_news(one: Telling, other: Telling) -> bool:
    """Whether one stands in a headline without a time, as news, and the other was over well before that headline was printed."""
    return _news(one, other) or _news(other, one)


def _news(one: Telling, other: Telling) -> bool:
    if not one.headline or one.start is not None or one.end is not None or one.source.published is None:
        return False
    return other.end is not None and other.end < one.source.published[0] - _NEWS
