"""Motifs of evasion: goods passed on within a time, and goods out with something else back."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
    """All motifs within ``window`` months, what text dates before what articles date."""

    relays: tuple[Relay, ...]
    exchanges: tuple[Exchange, ...]
    window: int


_Step = tuple[str, str, str, When, str]  # source, target, what, when, event


def motifs(material: Material, *, window: int = 12) -> Motifs:
    """Patterns in time, each of two events within ``window`` months (δ-temporal motifs, Paranjape, Benson and Leskovec 2017).

    *Relay*: A ships to B and B then ships the same class of cargo to C; the second may not end before the first begins. *Exchange*:
    A ships to B, and B ships to A (or pays, or helps with) what can pay for it: money, technology, energy, food, help or workers.
    Times are intervals: the distance is the least that they allow. Patterns to look into, not proof of evasion.
    """
    starting = _Starting(_steps(material))
    punished = _sanctioned(material)
    relays: dict[tuple[str, str, str, str], _Pairs] = defaultdict(_Pairs)
    exchanges: dict[tuple[str, str, str, str], _Pairs] = defaultdict(_Pairs)
    for one in starting.steps:
        for other in starting.near(one, window):
            if one[4] == other[4] or (gap := _gap(one[3], other[3])) > window:
                continue
            if other[1] != one[0] and one[2] == other[2] != "other" and other[3].last >= one[3].first and one[2] not in _HELP:
                relays[one[0], one[1], other[1], one[2]].add(one, other, gap)
            elif other[1] == one[0] and one[2] != other[2] and other[2] in back_classes() | _HELP and one[2] not in back_classes() | _HELP:
                exchanges[one[0], one[1], one[2], other[2]].add(one, other, gap)
    name = material.name
    return Motifs(
        tuple(sorted(
            (Relay(name(a), name(b), name(c), cargo, *found.measure(), bool(punished & {c, *material.facts.entities[c].countries}), found.sorted())
             for (a, b, c, cargo), found in relays.items()),
            key=lambda r: (not r.told, not r.sanctioned, r.months, r.source, r.middle, r.target, r.cargo, r.events))),
        tuple(sorted(
            (Exchange(name(a), name(b), goods, back, *found.measure(), found.sorted()) for (a, b, goods, back), found in exchanges.items()),
            key=lambda x: (not x.told, x.months, x.giver, x.taker, x.goods, x.back, x.events))),
        window,
    )  # fmt: skip


@dataclass(slots=True)
class _Pairs:
    """What pairs of steps come to: the least distance of all and of those that text dates, and the events."""

    least: float = math.inf
    told: float = math.inf
    events: set[str] = field(default_factory=set)

    def add(self, one: _Step, other: _Step, gap: float) -> None:
        self.least = min(self.least, gap)
        if one[3].told and other[3].told:
            self.told = min(self.told, gap)
        self.events.update((one[4], other[4]))

    def measure(self) -> tuple[float, bool]:
        told = self.told < math.inf
        return round(self.told if told else self.least, 1), told

    def sorted(self) -> tuple[str, ...]:
        return tuple(sorted(self.events))


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

    def near(self, one: _Step, window: int) -> Iterator[_Step]:
        """The steps that begin where one ends and may lie within so many months of it."""
        rows, reach = self._from.get(one[1], []), (window + 1) * 31
        low = one[3].first.toordinal() - reach - self._longest.get(one[1], 0)
        for index in range(bisect_left(rows, (low,)), len(rows)):
            day, step = rows[index]
            if day > one[3].last.toordinal() + reach:
                return
            yield step


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
    note = f"within {found.window} months; ~ where a time is the article's alone; a pattern to look into, not proof"
    relays = tuple((r.source, r.middle, r.target, r.cargo, _gap_text(r), "yes" if r.sanctioned else "") for r in found.relays)
    exchanges = tuple((x.giver, x.taker, x.goods, x.back, _gap_text(x)) for x in found.exchanges)
    return (
        Sheet("Relays: passed on", ("from", "through", "to", "cargo", "months between", "sanctioned"), relays,
              tuple(r.events for r in found.relays), note),
        Sheet("Exchanges: goods out, something back", ("giver", "taker", "goods", "back", "months between"), exchanges,
              tuple(x.events for x in found.exchanges), note),
    )  # fmt: skip
