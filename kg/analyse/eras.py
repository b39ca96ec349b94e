"""Communities through time: who keeps company with whom in each period, who joins and who leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.analyse import measures
from kg.analyse.material import Material
from kg.analyse.sheet import Sheet
from kg.graph.projection import Flow, project

__all__ = ["EraCommunity", "Eras", "eras", "sheets"]

_SAME = 0.3
"""The least share of common members (Jaccard) by which a community continues an earlier one."""


@dataclass(frozen=True, slots=True)
class EraCommunity:
    """A community in one period (``start`` and ``end`` as YYYY-MM). ``line`` numbers communities that continue each other;
    ``likeness`` is the Jaccard index with the one before, 0 where it is new.
    """

    start: str
    end: str
    line: int
    members: tuple[str, ...]
    joined: tuple[str, ...]
    left: tuple[str, ...]
    likeness: float
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Eras:
    """Communities by period, the latest first; ``undated`` events lie in no single period."""

    communities: tuple[EraCommunity, ...]
    window: int
    undated: int


def eras(material: Material, *, window: int = 12) -> Eras:
    """Communities (Louvain, Blondel et al. 2008, seeded, weighted by articles) of the events of each ``window`` months.

    A community continues the one of the period before with which it shares most members, if the Jaccard index is 0.3 or more; each is
    continued once, the most alike first (Greene, Doyle and Cunningham 2010, Tracking the evolution of communities). Periods are
    counted from year 0, so that a new article moves none.
    """
    periods: dict[int, set[str]] = {}
    undated = 0
    for event in material.events():
        when = material.when(event)
        slots = {(d.year * 12 + d.month - 1) // window for d in (when.first, when.last)} if when else set()
        if len(slots) == 1:
            periods.setdefault(slots.pop(), set()).add(event.iri)
        else:
            undated += 1
    rows: list[EraCommunity] = []
    before: dict[int, tuple[str, ...]] = {}
    lines = 0
    for slot, events in sorted(periods.items()):
        facts = replace(material.standing, events={e: material.standing.events[e] for e in sorted(events)})
        made = project(facts, all_events=True)
        found = measures.communities(measures.together(made))
        told = _told(found, made.flows)
        heirs = _heirs(found, before)
        now: dict[int, tuple[str, ...]] = {}
        for index, members in enumerate(found):
            if index in heirs:
                line, old = heirs[index], before[heirs[index]]
            else:
                lines += 1
                line, old = lines, ()
            now[line] = members
            names = [tuple(sorted(map(material.name, group))) for group in (members, set(members) - set(old) if old else (), set(old) - set(members))]
            rows.append(EraCommunity(
                _month(slot * window), _month(slot * window + window - 1), line, names[0], names[1], names[2],
                round(_jaccard(members, old), 3), tuple(sorted(told[index])),
            ))  # fmt: skip
        before = now
    rows.sort(key=lambda c: (c.start, len(c.members), -c.line), reverse=True)
    return Eras(tuple(rows), window, undated)


def _told(found: tuple[tuple[str, ...], ...], flows: tuple[Flow, ...]) -> list[set[str]]:
    """The events inside each community."""
    home = {node: index for index, members in enumerate(found) for node in members}
    told: list[set[str]] = [set() for _ in found]
    for flow in flows:
        if (index := home.get(flow.source)) is not None and index == home.get(flow.target):
            told[index].update(flow.events)
    return told


def _heirs(found: tuple[tuple[str, ...], ...], before: dict[int, tuple[str, ...]]) -> dict[int, int]:
    """Index of a community → the line that it continues."""
    likeness = sorted(((-_jaccard(new, old), i, line) for i, new in enumerate(found) for line, old in before.items()))
    heirs: dict[int, int] = {}
    for score, index, line in likeness:
        if -score >= _SAME and index not in heirs and line not in heirs.values():
            heirs[index] = line
    return heirs


def _jaccard(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return len({*one} & {*other}) / len({*one, *other}) if one or other else 0.0


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def sheets(found: Eras) -> tuple[Sheet, ...]:
    """The communities, the latest period first."""
    rows = tuple(
        (f"{c.start} to {c.end}", c.line, len(c.members), ", ".join(c.members), ", ".join(c.joined), ", ".join(c.left), c.likeness)
        for c in found.communities
    )
    columns = ("period", "line", "size", "members", "joined", "left", "likeness")
    note = f"one line number: one community that goes on; {found.undated} events lie in no single period"
    return (Sheet("Communities through time", columns, rows, tuple(c.events for c in found.communities), note),)
