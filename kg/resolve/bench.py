"""``kg bench resolve``: how the time of resolution grows with the number of articles."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from kg.data.gazetteer import gazetteer
from kg.records import EVENT_TYPES
from kg.resolve.incidents import incidents
from kg.resolve.shelf import Shelf
from kg.resolve.telling import Amount, Party, Source, Stand, Telling

__all__ = ["bench_resolve", "synthetic"]

_GOODS = ("ammunition", "chip", "drone", "missile", "oil", "tanker", "weapon")
_EVENTS = 10  # an article
_TOLD = 4  # articles tell one happening, on average
_YEARS = 3  # however many articles there are: more articles means denser news, which is the harder case


@dataclass(frozen=True, slots=True, order=True)
class _Happening:
    """A made-up happening; ``day`` is an ordinal, ``one`` and ``other`` are codes of states."""

    day: int
    number: int
    kind: str
    one: str
    other: str
    goods: str
    amount: int


def synthetic(articles: int, seed: int = 5) -> list[Telling]:
    """The tellings of made-up articles about made-up happenings: each tells ten, of which other articles tell some too."""
    draw = Random(seed)
    states = gazetteer().codes()
    first = date(2022, 1, 1).toordinal()
    weights = [1 / (rank + 1) for rank in range(len(states))]  # a few states are in most of the news
    happenings = []
    for number in range(max(1, articles * _EVENTS // _TOLD)):
        one, other = draw.choices(states, weights, k=2)
        day = first + draw.randrange(365 * _YEARS)
        happenings.append(_Happening(day, number, draw.choice(EVENT_TYPES), one, other, draw.choice(_GOODS), draw.randrange(2, 900)))
    happenings.sort()
    told = []
    for article in range(articles):
        centre = draw.randrange(len(happenings))
        chosen = sorted({min(len(happenings) - 1, max(0, centre + draw.randrange(-30, 30))) for _ in range(_EVENTS)})
        day = max(happenings[i].day for i in chosen) + 1
        name = f"article-{article}"
        states_named = frozenset(_state(code).iri for i in chosen for code in (happenings[i].one, happenings[i].other))
        source = Source(name, name, f"publisher-{article % 40}", "en", (day, day), (), states_named)
        told += [_telling(f"{name}-{i}", source, happenings[i], draw) for i in chosen]
    return told


def _state(code: str) -> Party:
    return Party(f"country/{code}", "Country", code, f"country/{code}")


def _telling(event: str, source: Source, what: _Happening, draw: Random) -> Telling:
    goods = Party(f"cargo/{what.goods}", "CargoType", what.goods, None, what.goods)
    parties = [("agent", _state(what.one)), ("patient", _state(what.other)), ("object", goods)]
    dropped = draw.randrange(4)  # no article tells all
    if dropped < len(parties):
        del parties[dropped]
    modality = draw.choices(("actual", "planned", "negated"), (8, 1, 1))[0]
    stand = Stand(source.voice, source.voice, draw.choices(("asserts", "denies"), (9, 1))[0], True, False)
    when = what.day if draw.random() < 0.7 else None
    words = frozenset({f"name{what.number % 997}", f"name{draw.randrange(997)}", str(what.amount)})
    amounts = (Amount("person", what.amount, what.amount, str(what.amount)),)
    return Telling(event, source, what.kind, modality, tuple(parties), when, when, amounts, (stand,), 0.8, words, event, what.kind)


def bench_resolve(articles: int, say: Callable[[str], None]) -> float:
    """Resolve a quarter, half and all of so many synthetic articles; how much longer the last takes than linear growth from the first."""
    seconds = {}
    for count in (articles // 4, articles // 2, articles):
        told = synthetic(count)
        start = time.process_time()
        with Shelf.of(told) as shelf:
            found = sum(1 for _ in incidents(shelf))
        seconds[count] = time.process_time() - start
        each = 1000 * seconds[count] / count
        say(f"{count:6} articles {len(told):7} events {found:7} incidents {seconds[count]:7.2f} s {each:6.2f} ms an article")
    ratio = (seconds[articles] / articles) / (seconds[articles // 4] / (articles // 4))
    say(f"{ratio:.2f} times linear growth")
    return ratio
