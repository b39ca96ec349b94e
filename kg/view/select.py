"""Which events and entities a page shows: narrowed by name, type and time, then cut to a number of nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kg.errors import BadParameter, NotFound
from kg.graph.facts import Entity, EventFact, Facts
from kg.records import EVENT_TYPES

__all__ = ["LIMIT", "Selection", "doubt", "select", "spoken"]

LIMIT = 2000
"""So many nodes, with two and a half times as many edges, a page holds and stays fluid."""

_EDGES = 2.5
_RUMOUR = frozenset({"suspects", "doubts"})


@dataclass(frozen=True, slots=True)
class Selection:
    """The events shown, how many nodes they, their fillers and their sources make, and how many there were before the cut."""

    events: tuple[EventFact, ...]
    nodes: int
    all_events: int
    all_nodes: int

    @property
    def cut(self) -> bool:
        """Whether something was left out for size alone."""
        return self.nodes < self.all_nodes


def doubt(event: EventFact) -> str | None:
    """Why an event is drawn dashed: denied, negated, rumoured, planned or attempted; None for a plain fact."""
    if event.modality == "negated":
        return "negated"
    if event.denied:
        return "denied"
    if event.modality == "possible" or any(c.stance in _RUMOUR for c in event.claims):
        return "rumoured"
    return event.modality if event.modality in ("planned", "attempted") else None


def spoken(event: EventFact) -> tuple[tuple[str, str], ...]:
    """Who is quoted on an event, with what stance: the lines from a source to what it speaks of; not the outlet in its own voice."""
    return tuple(sorted({(c.by, c.stance) for c in event.claims if c.by and not c.own_voice}))


def select(
    facts: Facts, *, around: str | None = None, hops: int = 1, types: Iterable[str] = (),
    since: date | None = None, until: date | None = None, limit: int | None = LIMIT,
) -> Selection:  # fmt: skip
    """Narrow a graph.

    ``around`` is an entity's name, ISO code or IRI; ``hops`` counts events passed on the way from it. ``types`` are
    event types. An event is kept where its days overlap ``since`` to ``until``; undated ones are not. ``limit`` keeps
    the events between the entities that most events are about, whole, up to so many nodes and 2.5 times as many edges;
    None keeps all.
    Raises ``NotFound`` and ``BadParameter``.
    """
    wanted = {_type(t) for t in types}
    events = [
        e for e in facts.events.values()
        if (not wanted or e.types & wanted) and _overlaps(e, since, until)
    ]  # fmt: skip
    if around is not None:
        events = _near(events, _named(facts, around), max(hops, 1))
    total = _nodes(events)
    weight = Counter(f for e in events for f in {r.filler for r in e.roles})
    events.sort(key=lambda e: (-sum(weight[f] for f in {r.filler for r in e.roles}), e.article, e.evidence, e.iri))
    kept: list[EventFact] = []
    shown: set[str] = set()
    edges = 0
    for event in events:
        fillers, said = {r.filler for r in event.roles}, spoken(event)
        more = {event.iri, *fillers, *(by for by, _ in said)} - shown
        lines = len(fillers) + len(said)
        if limit is None or (len(shown) + len(more) <= limit and edges + lines <= _EDGES * limit):
            kept.append(event)
            shown |= more
            edges += lines
    return Selection(tuple(sorted(kept, key=lambda e: e.iri)), len(shown), len(events), total)


def _nodes(events: Iterable[EventFact]) -> int:
    return len({n for e in events for n in (e.iri, *(r.filler for r in e.roles), *(by for by, _ in spoken(e)))})


def _type(name: str) -> str:
    found = next((t for t in EVENT_TYPES if t.casefold() == name.casefold()), None)
    if found is None:
        raise BadParameter(f"no such event type: {name}; there are {', '.join(EVENT_TYPES)}")
    return found


def _overlaps(event: EventFact, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    first, last = event.earliest or event.latest, event.latest or event.earliest
    if first is None or last is None:
        return False
    return (since is None or last[:10] >= since.isoformat()) and (until is None or first[:10] <= until.isoformat())


def _named(facts: Facts, name: str) -> set[str]:
    """The entities of that name: IRI, ISO code, label or other name; else those whose name holds the words."""
    wanted = name.casefold()
    tests: tuple[Callable[[Entity], bool], ...] = (
        lambda e: wanted in (e.iri.casefold(), *(c.casefold() for c in e.codes if e.kind == "Country")),
        lambda e: any(text.casefold() == wanted for _, text in e.labels),
        lambda e: any(text.casefold() == wanted for text in e.others),
        lambda e: any(wanted in text.casefold() for text in (*(t for _, t in e.labels), *e.others)),
    )
    for test in tests:
        if found := {e.iri for e in facts.entities.values() if test(e)}:
            return found
    raise NotFound(f"nothing in the graph is called {name!r}")


def _near(events: list[EventFact], start: set[str], hops: int) -> list[EventFact]:
    reached, kept = set(start), dict[str, EventFact]()
    for _ in range(hops):
        met = [e for e in events if reached & {r.filler for r in e.roles}]
        kept |= {e.iri: e for e in met}
        reached |= {r.filler for e in met for r in e.roles}
    return list(kept.values())
