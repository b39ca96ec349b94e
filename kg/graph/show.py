"""One event, incident, actor or article with its evidence: what ``kg show`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kg.errors import NotFound
from kg.graph import dossier
from kg.graph.facts import ArticleFact, Entity, EventFact, Facts, facts_in
from kg.graph.groupings import Grouping, groupings
from kg.graph.query import by_name, resolve
from kg.graph.store import Graph

__all__ = ["Shown", "as_json", "as_rich", "numbers", "show"]


@dataclass(frozen=True)
class Shown:
    """What was found: an entity or article with the events that it has part in, one event, or an incident."""

    subject: Entity | EventFact | ArticleFact | Grouping
    events: tuple[EventFact, ...]
    claims: tuple[EventFact, ...]
    facts: Facts


def show(graph: Graph, name: str) -> tuple[Shown, ...]:
    """Everything that answers to an IRI, a prefixed name, an ISO code or a name (case ignored).

    Where no whole name fits, names that hold the words count. Raises ``NotFound``.
    """
    found = facts_in(graph.store)
    nodes = [getattr(t, "value", "") for t in (*resolve(graph, name), *by_name(graph, name))]
    incidents = {g.iri: g for g in groupings(graph)} if any("/incident/" in node for node in nodes) else {}
    shown = [s for iri in dict.fromkeys(nodes) if (s := _one(found, iri, incidents))]
    if named := [s for s in shown if isinstance(s.subject, Grouping)]:  # its events bear the same label
        shown = named
    if not shown:
        wanted = name.casefold()
        part = [e.iri for e in found.entities.values()
                if any(wanted in n.casefold() for n in (*(t for _, t in e.labels), *e.others))]  # fmt: skip
        part += [a.iri for a in found.articles.values() if wanted in a.name.casefold()]
        shown = [s for iri in part if (s := _one(found, iri, {}))]
    if not shown:
        raise NotFound(f"nothing in the graph is called {name!r}")
    return tuple(shown)


def _one(found: Facts, iri: str, incidents: Mapping[str, Grouping]) -> Shown | None:
    if iri in incidents:
        return Shown(incidents[iri], (), (), found)
    if iri in found.events:
        return Shown(found.events[iri], (), (), found)
    if iri in found.articles:
        return Shown(found.articles[iri], found.by_article[iri], (), found)
    if iri in found.entities:
        events = tuple(e for e in found.events.values() if any(r.filler == iri for r in e.roles))
        claims = tuple(e for e in found.events.values() if any(c.by == iri for c in e.claims))
        return Shown(found.entities[iri], _sorted(events), _sorted(claims), found)
    return None


def numbers(found: tuple[Shown, ...], name: str) -> tuple[str, dict[str, list[tuple[str, float, float]]]]:
    """Title and amounts (see ``dossier.growth``) of the one incident that was found. Raises ``NotFound`` where it is not one."""
    incidents = [one for one in found if isinstance(one.subject, Grouping)]
    if len(incidents) != 1:
        raise NotFound(f"--plot draws one incident; {name!r} names {len(incidents)}: give the IRI that kg show prints")
    subject = incidents[0].subject
    assert isinstance(subject, Grouping)
    return subject.label(), dossier.growth(incidents[0].facts, subject)


def _sorted(events: tuple[EventFact, ...]) -> tuple[EventFact, ...]:
    return tuple(sorted(events, key=lambda e: (e.earliest or e.latest or "9999", e.article, e.iri)))


def as_json(shown: Shown) -> dict[str, object]:
    """Plain data."""
    subject = shown.subject
    if isinstance(subject, Grouping):
        return dossier.as_json(dossier.dossier(shown.facts, subject))
    kind = "event" if isinstance(subject, EventFact) else "article" if isinstance(subject, ArticleFact) else "entity"
    head: dict[str, object] = {"iri": subject.iri, "is": kind, "name": shown.facts.name(subject.iri)}
    if isinstance(subject, EventFact):
        return head | _event_json(shown.facts, subject)
    if isinstance(subject, ArticleFact):
        head |= dict(_origin(shown.facts, subject))
    if isinstance(subject, Entity):
        head |= {"kind": subject.kind, "countries": subject.codes, "names": subject.others}
        head["claims"] = [_event_json(shown.facts, e) for e in shown.claims]
    return head | {"events": [_event_json(shown.facts, e) for e in shown.events]}


def _event_json(found: Facts, event: EventFact) -> dict[str, object]:
    return {
        "iri": event.iri, "type": event.type, "label": event.label(), "modality": event.modality,
        "denied": event.denied, "earliest": event.earliest, "latest": event.latest, "time": event.time_text,
        "roles": [{"role": r.role, "property": r.property, "iri": r.filler, "name": found.name(r.filler)}
                  for r in event.roles],
        "quantities": [q.text for q in event.quantities],
        "claims": [{"by": found.name(c.by), "stance": c.stance, "words": [p.exact for p in c.evidence]}
                   for c in event.claims],
        "article": found.articles[event.article].name,
        "evidence": [{"start": p.start, "end": p.end, "words": p.exact, "sentence": p.sentence}
                     for p in event.evidence],
    }  # fmt: skip


def as_rich(shown: Shown) -> RenderableType:
    """For the terminal; text from articles is never taken for markup."""
    subject = shown.subject
    if isinstance(subject, Grouping):
        return dossier.as_rich(dossier.dossier(shown.facts, subject))
    if isinstance(subject, EventFact):
        return _event_rich(shown.facts, subject)
    lines = [Text(shown.facts.name(subject.iri), style="bold"), Text(subject.iri, style="dim")]
    if isinstance(subject, Entity):
        about = [subject.kind, *subject.codes]
        lines.append(Text(", ".join(about)))
        if subject.others:
            lines.append(Text("also: " + ", ".join(subject.others)))
    if isinstance(subject, ArticleFact):
        lines += [Text(f"{name}: {value}") for name, value in _origin(shown.facts, subject)]
    parts: list[RenderableType] = [*lines, *(_event_rich(shown.facts, e) for e in shown.events)]
    if shown.claims:
        table = Table("stance", "event", "article", title="Claims it makes", title_justify="left")
        for event in shown.claims:
            for claim in event.claims:
                if claim.by == subject.iri:
                    name = shown.facts.articles[event.article].name
                    table.add_row(claim.stance, escape(event.label()), escape(name))
        parts.append(table)
    return Group(*parts)


def _origin(found: Facts, article: ArticleFact) -> Iterator[tuple[str, str]]:
    """Where an article comes from, as far as it is known."""
    for name, value in (("published", article.published), ("by", article.author), ("address", article.url)):
        if value:
            yield name, value
    if article.publisher:
        yield "publisher", found.name(article.publisher)
    if article.copy_of:
        yield "the text of", found.name(article.copy_of)
    copies = sorted(a.name for a in found.articles.values() if a.copy_of == article.iri)
    if copies:
        yield "also in", ", ".join(copies)


def _rows(found: Facts, event: EventFact) -> Iterator[tuple[str, str]]:
    for role in event.roles:
        yield role.property, found.name(role.filler)
    for quantity in event.quantities:
        yield "quantity", quantity.text
    if event.time_text or event.earliest or event.latest:
        days = f"{event.earliest or '…'} to {event.latest or '…'}"
        yield "time", f"{event.time_text} ({days})" if event.time_text else days
    yield "modality", event.modality
    for claim in event.claims:
        words = ", ".join(p.exact for p in claim.evidence)
        yield claim.stance, f"{found.name(claim.by)}, “{words}”"
    for passage in event.evidence:
        where = f"{found.articles[event.article].name}, {passage.start}–{passage.end}"
        yield "evidence", f"“{passage.exact}” in: {passage.sentence} ({where})"


def _event_rich(found: Facts, event: EventFact) -> RenderableType:
    table = Table(show_header=False, title=escape(event.label()), caption=escape(event.iri), title_justify="left")
    for name, value in _rows(found, event):
        table.add_row(name, escape(value))
    return table
