"""What every analysis looks at: the events that stand, when they happened, what was carried, under which names.

An event stands where it is told as having happened and nobody denies it; what is denied, negated, planned, attempted or merely
possible stays out unless ``all_events``. Names that the graph judges to be one actor are one.

An event happened when its text says; where the text gives no time, it is dated by its article (``told`` is then false).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from importlib.resources import files

from kg.data.cargo import cargo
from kg.graph.facts import EventFact, Facts, facts_in
from kg.graph.groupings import Grouping, groupings, same_actors
from kg.graph.names import CARGO, SKOS
from kg.graph.store import Graph
from kg.graph.tellings import days

__all__ = ["Material", "When", "back_classes", "months_between"]


@dataclass(frozen=True, slots=True, order=True)
class When:
    """First and last day; ``told`` where the text itself gives the time, not only the article's date."""

    first: date
    last: date
    told: bool = True

    @property
    def month(self) -> str | None:
        """YYYY-MM where first and last day lie in one month."""
        month = self.first.isoformat()[:7]
        return month if month == self.last.isoformat()[:7] else None


@dataclass(frozen=True)
class Material:
    """A graph read once for all analyses. ``broader`` leads from a cargo concept of the graph to those above it."""

    facts: Facts
    groupings: tuple[Grouping, ...] = ()
    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all_events: bool = False
    language: str = "en"

    @classmethod
    def of(cls, graph: Graph, *, all_events: bool = False, language: str = "en") -> Material:
        """Read a graph."""
        above: dict[str, set[str]] = {}
        for quad in graph.store.quads_for_pattern(None, SKOS["broader"], None):
            above.setdefault(str(getattr(quad.subject, "value", "")), set()).add(str(getattr(quad.object, "value", "")))
        broader = {concept: tuple(sorted(over)) for concept, over in sorted(above.items())}
        return cls(_joined(facts_in(graph.store), same_actors(graph)), groupings(graph), broader, all_events, language)

    def name(self, iri: str) -> str:
        """The label of whatever has that IRI."""
        return self.facts.name(iri, self.language)

    def stands(self, event: EventFact) -> bool:
        """Whether an event counts (see the head of this module)."""
        return self.all_events or (event.modality == "actual" and not event.denied)

    def events(self, *types: str) -> tuple[EventFact, ...]:
        """The events that stand, of some types or of all, sorted by IRI."""
        return tuple(e for e in self.standing.events.values() if not types or e.type in types)

    @cached_property
    def standing(self) -> Facts:
        """The facts with the events that stand alone."""
        return replace(self.facts, events={iri: e for iri, e in self.facts.events.items() if self.stands(e)})

    def when(self, event: EventFact) -> When | None:
        """When it happened; None where neither text nor article has a date."""
        published = days(self.facts.articles[event.article].published) if event.article in self.facts.articles else None
        first, last = (date.fromisoformat(d) if d else None for d in (event.earliest, event.latest))
        if first is None and last is None:
            return When(date.fromordinal(published[0]), date.fromordinal(published[1]), told=False) if published else None
        if first is not None and last is None and published:  # "since": until the article was written, as far as anybody can tell
            last = max(first, date.fromordinal(published[1]))
        one, other = first or last, last or first
        assert one is not None  # one of the two is there
        assert other is not None
        return When(one, other)

    def cargo_class(self, event: EventFact) -> str:
        """The first class (``classes.toml``) that an object of the event belongs to, else "other"."""
        held = {slug for iri in event.fillers("object") for slug in self._concepts(iri)}
        return next((name for name, concepts in _classes()["classes"].items() if held & set(concepts)), "other")

    def _concepts(self, iri: str) -> frozenset[str]:
        """The slugs of a cargo concept and of all above it."""
        seen: set[str] = set()
        todo = [iri]
        while todo:
            if (one := todo.pop()) not in seen:
                seen.add(one)
                todo += self.broader.get(one, ())
        slugs = {slug for one in seen if (slug := CARGO.local(one))}
        return frozenset().union(*(cargo().above(slug) for slug in slugs))

    def articles(self, events: tuple[str, ...]) -> int:
        """How many articles tell these events."""
        return len({self.facts.events[e].article for e in events})


def months_between(one: date, other: date) -> float:
    """Calendar months from one day to another, days as parts of 30; negative where the other is before."""
    return (other.year - one.year) * 12 + other.month - one.month + (other.day - one.day) / 30


def back_classes() -> frozenset[str]:
    """The classes of what can pay for goods."""
    return frozenset(_classes()["back"])


@cache
def _classes() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("classes.toml").read_text(encoding="utf-8"))


def _joined(found: Facts, same: Mapping[str, str]) -> Facts:
    """The facts with every name of an actor replaced by the actor that it was resolved to."""
    known = {name: actor for name, actor in same.items() if actor in found.entities}
    if not known:
        return found
    events = {
        iri: replace(
            e,
            roles=tuple(sorted({replace(r, filler=known.get(r.filler, r.filler)) for r in e.roles})),
            claims=tuple(replace(c, by=known.get(c.by, c.by)) for c in e.claims),
        )
        for iri, e in found.events.items()
    }  # fmt: skip
    return replace(found, events=events)
