"""Sources: who stands behind how many claims, who passes on whose word, and who denies whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.analyse.material import Material
from kg.analyse.sheet import Sheet
from kg.resolve.telling import AGAINST, FOR

__all__ = ["Link", "SourceRow", "Sources", "sheets", "sources"]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source: claims by stance, in how many articles, and ``alone``: incidents that nobody else says happened."""

    name: str
    kind: str
    own_voice: bool
    stances: tuple[tuple[str, int], ...]
    articles: int
    alone: int
    events: tuple[str, ...]

    @property
    def claims(self) -> int:
        """All claims."""
        return sum(count for _, count in self.stances)


@dataclass(frozen=True, slots=True)
class Link:
    """Between two sources: ``how`` is cites, follows or denies; how often, and by which events."""

    source: str
    how: str
    other: str
    count: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources, the most claims first, and what joins them."""

    rows: tuple[SourceRow, ...]
    links: tuple[Link, ...]


def sources(material: Material) -> Sources:
    """Who stands behind how many claims, and how sources stand to each other.

    Writer and quoted source are kept apart, as in GRaSP (van Son et al. 2016). *Cites*: an outlet reports an event on the word of a
    source. *Follows*: an outlet tells an incident (resolution's judgement) that another outlet had told in an article of an earlier
    day. *Denies*: a source denies or doubts an event, or another telling of its incident, that the other asserts, confirms or suspects.
    Every event counts here, denied ones too: they are what sources differ about.
    """
    facts = material.facts
    groups = [g.events for g in material.groupings]
    grouped = {e for events in groups for e in events}
    groups += [(e,) for e in facts.events if e not in grouped]
    stances: dict[str, Counter[str]] = defaultdict(Counter)
    voices: dict[str, set[str]] = defaultdict(set)
    told: dict[str, set[str]] = defaultdict(set)
    own: set[str] = set()
    links: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    alone: Counter[str] = Counter()
    for event in facts.events.values():
        outlet = facts.articles[event.article].publisher if event.article in facts.articles else None
        for claim in event.claims:
            stances[claim.by][claim.stance] += 1
            voices[claim.by].add(event.article)
            told[claim.by].add(event.iri)
            if claim.own_voice:
                own.add(claim.by)
            elif outlet and claim.by:
                links[outlet, "cites", claim.by].add(event.iri)
    for events in groups:
        held = [facts.events[e] for e in events if e in facts.events]
        saying = {c.by: e.iri for e in held for c in e.claims if c.stance in FOR and e.modality != "negated"}
        against = {c.by: e.iri for e in held for c in e.claims if c.stance in AGAINST}
        if len(saying) == 1:
            alone[next(iter(saying))] += 1
        for who, one in against.items():
            for whom, other in saying.items():
                if who != whom:
                    links[who, "denies", whom].update((one, other))
        written = [(facts.articles[e.article], e.iri) for e in held if e.article in facts.articles]
        days = sorted((a.published, a.publisher, iri) for a, iri in written if a.publisher and a.published and len(a.published) == 10)
        for early, first, one in days:
            for late, second, other in days:
                if early < late and first != second:
                    links[second, "follows", first].update((one, other))
    name = material.name
    rows = [
        SourceRow(name(by), facts.entities[by].kind if by in facts.entities else "", by in own, tuple(sorted(counts.items())),
                  len(voices[by]), alone[by], tuple(sorted(told[by])))
        for by, counts in stances.items() if by
    ]  # fmt: skip
    joined = [Link(name(a), how, name(b), len(events), tuple(sorted(events))) for (a, how, b), events in links.items()]
    return Sources(
        tuple(sorted(rows, key=lambda r: (-r.claims, r.name, r.events))),
        tuple(sorted(joined, key=lambda k: (k.how, -k.count, k.source, k.other, k.events))),
    )


def sheets(found: Sources) -> tuple[Sheet, ...]:
    """Sources, and each kind of link between them."""
    rows: tuple[tuple[str | int | float, ...], ...] = tuple(
        (r.name, r.kind, r.claims, *(dict(r.stances).get(s, 0) for s in ("asserts", "confirms", "suspects", "doubts", "denies")), r.articles, r.alone)
        for r in found.rows
    )
    columns = ("source", "kind", "claims", "asserts", "confirms", "suspects", "doubts", "denies", "articles", "alone")
    first = Sheet("Who stands behind how many claims", columns, rows, tuple(r.events for r in found.rows), "alone: nobody else says so")
    titles = {"denies": "Who is denied by whom", "cites": "Who passes on whose word", "follows": "Who tells what another told on an earlier day"}
    more = []
    for how, title in titles.items():
        links = [k for k in found.links if k.how == how]
        heads = ("source", "denied by", "events") if how == "denies" else ("outlet", "cites" if how == "cites" else "follows", "events")
        cells = tuple((k.other, k.source, k.count) if how == "denies" else (k.source, k.other, k.count) for k in links)
        more.append(Sheet(title, heads, cells, tuple(k.events for k in links)))
    return (first, *more)
