"""Motifs of evasion: goods passed on within a time, and goods out with something else back."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kg.analyse.material import Material, When, back_classes, months_between
from kg.analyse.sheet import Sheet
from kg.graph.facts import EventFact
from kg.graph.projection import NODE_KINDS, pairs

__all__ = ["Exchange", "Motifs", "Relay", "motifs", "sheets"]


@dataclass(frozen=True, slots=True)
class Relay:
    """Goods of one class from ``source`` by ``middle`` to ``target``; ``sanctioned`` where the target is under sanctions of somebody.
    ``months`` is the time between the two at least; both dated by their articles alone where not ``told``.
    """

    source: str
    middle: str
    target: str
    cargo: str
    months: float
    told: bool
    sanctioned: bool
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """``goods`` from ``giver`` to ``taker`` and ``back`` the other way, ``months`` apart at least."""

    giver: str
    taker: str
    goods: str
    back: str
    months: float
    told: bool
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Motifs:
    """All motifs within ``window`` months, what text dates before what articles date.

    ``asked`` is the window that was asked for, which a large graph narrows; ``left_out`` counts those beyond the first 5,000 of each kind.
    """

    relays: tuple[Relay, ...]
    exchanges: tuple[Exchange, ...]
    window: int
    asked: int
    left_out: int


_WORK = 4_000_000
"""Pairs of steps that are looked at; where there may be more, the window is halved until there are not."""
_MOST = 5_000
_Key = tuple[str, str, str, str]
_Step = tuple[str, str, str, When, str]  # source, target, what, when, event


def motifs(material: Material, *, window: int = 12) -> Motifs:
    """Patterns in time, each of two events within ``window`` months (δ-temporal motifs, Paranjape, Benson and Leskovec 2017).

    *Relay*: A ships to B and B then ships the same class of cargo to C; the second may not end before the first begins. *Exchange*:
    A ships to B, and B ships to A (or pays, or helps with) what can pay for it: money, technology, energy, food, help or workers.
    Times are intervals: the distance is the least that they allow. Patterns to look into, not proof of evasion. Pairs grow with the
    square of a hub's events: on a graph with too many of them the window is narrowed, which the result says.
    """
    starting = _Starting(_steps(material))
    asked = window
    while window > 1 and starting.count(window) > _WORK:
        window = window // 2
    punished = _sanctioned(material)
    name, entities = material.name, material.facts.entities
    relays, exchanges = _Best(_MOST), _Best(_MOST)
    for kind, key, one, other, gap in _pairs(starting, window):
        (relays if kind == "relay" else exchanges).see(key, gap, one[3].told and other[3].told)
    suspect = {node for node in {key[2] for key in relays.keys} if punished & {node, *entities[node].countries}}
    relays.keep(lambda key: (key[2] not in suspect,))
    exchanges.keep(lambda key: ())
    for kind, key, one, other, _ in _pairs(starting, window):
        (relays if kind == "relay" else exchanges).tell(key, one[4], other[4])
    return Motifs(
        tuple(sorted(
            (Relay(name(a), name(b), name(c), cargo, *relays.measure((a, b, c, cargo)), c in suspect, events)
             for (a, b, c, cargo), events in relays.told()),
            key=lambda r: (not r.told, not r.sanctioned, r.months, r.source, r.middle, r.target, r.cargo, r.events))),
        tuple(sorted(
            (Exchange(name(a), name(b), goods, back, *exchanges.measure((a, b, goods, back)), events)
             for (a, b, goods, back), events in exchanges.told()),
            key=lambda x: (not x.told, x.months, x.giver, x.taker, x.goods, x.back, x.events))),
        window, asked, relays.left_out + exchanges.left_out,
    )  # fmt: skip


def _pairs(starting: _Starting, window: int) -> Iterator[tuple[str, _Key, _Step, _Step, float]]:
    """Every relay and exchange: which, between whom with what, its two steps, and the months between them."""
    paid = back_classes() | _HELP
    for one in starting.steps:
        for other in starting.near(one, window):
            if other[1] == one[0]:
                fits = one[2] != other[2] and other[2] in paid and one[2] not in paid
            else:
                fits = one[2] == other[2] != "other" and other[3].last >= one[3].first and one[2] not in _HELP
            if fits and one[4] != other[4] and (gap := _gap(one[3], other[3])) <= window:
                if other[1] == one[0]:
                    yield "exchange", (one[0], one[1], one[2], other[2]), one, other, gap
                else:
                    yield "relay", (one[0], one[1], other[1], one[2]), one, other, gap


class _Best:
    """The nearest pairs of steps for each key, of which only so many are told with their events."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._least: dict[_Key, tuple[float, float]] = {}
        self._events: dict[_Key, set[str]] = {}
        self.left_out = 0

    @property
    def keys(self) -> Iterable[_Key]:
        return self._least.keys()

    def see(self, key: _Key, gap: float, told: bool) -> None:
        """A pair: how far apart, and whether text dates both of its steps."""
        least, dated = self._least.get(key, (math.inf, math.inf))
        self._least[key] = min(least, gap), min(dated, gap) if told else dated

    def keep(self, rank: Callable[[_Key], tuple[bool, ...]]) -> None:
        """Keep what text dates before what articles date, then by ``rank``, then the nearest."""
        ordered = sorted(self._least, key=lambda key: (not self.measure(key)[1], rank(key), self.measure(key)[0], key))
        self.left_out = max(0, len(ordered) - self._most)
        self._events = {key: set() for key in ordered[: self._most]}

    def tell(self, key: _Key, *events: str) -> None:
        """The events of a pair, if it is one of those that are kept."""
        if (held := self._events.get(key)) is not None:
            held.update(events)

    def told(self) -> Iterator[tuple[_Key, tuple[str, ...]]]:
        """What is kept, with its events."""
        return ((key, tuple(sorted(events))) for key, events in self._events.items())

    def measure(self, key: _Key) -> tuple[float, bool]:
        """The least distance, of those that text dates where there are any, and whether there are."""
        least, dated = self._least[key]
        return round(dated if dated < math.inf else least, 1), dated < math.inf


class _Starting:
    """Steps by where they begin, in the order of time, so that only those near in time are looked at: a hub has thousands."""

    def __init__(self, steps: Iterable[_Step]) -> None:
        self.steps = sorted(steps)
        self._from: dict[str, list[tuple[int, _Step]]] = defaultdict(list)
        for step in self.steps:
            self._from[step[0]].append((step[3].first.toordinal(), step))
        self._longest: dict[str, int] = {}
        for node, rows in self._from.items():
            rows.sort()
            self._longest[node] = max((step[3].last - step[3].first).days for _, step in rows)

    def count(self, window: int) -> int:
        """How many pairs of steps may lie within so many months."""
        return sum(high - low for one in self.steps for low, high in [self._range(one, window)])

    def _range(self, one: _Step, window: int) -> tuple[int, int]:
        rows, reach = self._from.get(one[1], []), (window + 1) * 31
        low = bisect_left(rows, (one[3].first.toordinal() - reach - self._longest.get(one[1], 0),))
        return low, bisect_left(rows, (one[3].last.toordinal() + reach + 1,), lo=low)

    def near(self, one: _Step, window: int) -> Iterator[_Step]:
        """The steps that begin where one ends and may lie within so many months of it."""
        low, high = self._range(one, window)
        rows = self._from.get(one[1], [])
        return (step for _, step in islice(rows, low, high))


_HELP = frozenset({"help", "workers", "forces"})
_KINDS = {"Assistance": "help", "LaborExport": "workers", "Deployment": "forces"}


def _steps(material: Material) -> Iterator[_Step]:
    """What passes from one to another, where a time is known."""
    for event in material.events("Shipment", *_KINDS):
        if (when := material.when(event)) is None:
            continue
        what = _KINDS.get(event.type) or material.cargo_class(event)
        for source, target, directed in pairs(event):
            if directed and all(material.facts.entities[n].kind in NODE_KINDS for n in (source, target)):
                yield source, target, what, when, event.iri


def _gap(one: When, other: When) -> float:
    """The least number of months between two intervals; 0 where they overlap."""
    first, second = sorted((one, other))
    return max(0.0, months_between(first.last, second.first))


def _sanctioned(material: Material) -> set[str]:
    """Whoever sanctions are told to be imposed on."""
    events: tuple[EventFact, ...] = material.events("Sanction")
    return {node for event in events for node in event.fillers("patient")}


def _gap_text(row: Relay | Exchange) -> str:
    return f"{'' if row.told else '~'}{row.months:g}"


def sheets(found: Motifs) -> tuple[Sheet, ...]:
    """Relays and exchanges."""
    narrowed = f" (not {found.asked}: too many events lie within those)" if found.window != found.asked else ""
    more = f"; {found.left_out} more are not told" if found.left_out else ""
    note = f"within {found.window} months{narrowed}{more}; ~ where a time is the article's alone; a pattern to look into, not proof"
    relays = tuple((r.source, r.middle, r.target, r.cargo, _gap_text(r), "yes" if r.sanctioned else "") for r in found.relays)
    exchanges = tuple((x.giver, x.taker, x.goods, x.back, _gap_text(x)) for x in found.exchanges)
    return (
        Sheet("Relays: passed on", ("from", "through", "to", "cargo", "months between", "sanctioned"), relays,
              tuple(r.events for r in found.relays), note),
        Sheet("Exchanges: goods out, something back", ("giver", "taker", "goods", "back", "months between"), exchanges,
              tuple(x.events for x in found.exchanges), note),
    )  # fmt: skip
