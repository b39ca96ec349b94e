"""An incident as a dossier: what happened, who says so, who denies it, how the number grew; every line with its sentence and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kg.graph.facts import Assertion, EventFact, Facts, Passage
from kg.graph.groupings import Grouping

__all__ = ["Dossier", "Line", "as_json", "as_rich", "dossier", "growth"]

_AGAINST = frozenset({"denies", "doubts"})


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One thing told: ``published`` is the article's date ("" where it has none), ``what`` and ``who`` in words."""

    published: str
    source: str
    who: str
    what: str
    sentence: str


@dataclass(frozen=True)
class Dossier:
    """All lines of an incident by what they tell, each sorted by date and source."""

    incident: Grouping
    what: tuple[Line, ...]
    says: tuple[Line, ...]
    denies: tuple[Line, ...]
    numbers: tuple[Line, ...]
    not_happened: tuple[Line, ...]
    origins: tuple[str, ...]


def dossier(found: Facts, incident: Grouping) -> Dossier:
    """Gather what the events of an incident tell."""
    events = [found.events[iri] for iri in incident.events if iri in found.events]
    claims = [(event, claim) for event in events for claim in event.claims]
    return Dossier(
        incident,
        tuple(sorted({line for event in events for line in _what(found, event)})),
        tuple(sorted({_claim(found, e, c) for e, c in claims if c.stance not in _AGAINST})),
        tuple(sorted({_claim(found, e, c) for e, c in claims if c.stance in _AGAINST})),
        tuple(sorted({_line(found, e, "", q.text) for e in events for q in e.quantities})),
        tuple(sorted({_line(found, e, "", f"{e.modality}: {e.label()}") for e in events if e.modality not in ("actual", "attempted")})),
        tuple(sorted(found.name(origin) for origin in incident.origins)),
    )


def _passage(passages: tuple[Passage, ...]) -> str:
    return next((p.sentence or p.exact for p in passages), "")


def _line(found: Facts, event: EventFact, who: str, what: str, sentence: str = "") -> Line:
    article = found.articles[event.article]
    return Line(article.published or "", article.name, who, what, sentence or _passage(event.evidence))


def _what(found: Facts, event: EventFact) -> Iterator[Line]:
    for role in event.roles:
        yield _line(found, event, found.name(role.filler), role.property)
    if event.time_text or event.earliest or event.latest:
        days = f"{event.earliest or '…'} to {event.latest or '…'}"
        yield _line(found, event, f"{event.time_text} ({days})" if event.time_text else days, "time")


def _claim(found: Facts, event: EventFact, claim: Assertion) -> Line:
    return _line(found, event, found.name(claim.by), claim.stance, _passage(claim.evidence))


def growth(found: Facts, incident: Grouping) -> dict[str, list[tuple[str, float, float]]]:
    """Unit → (date of publication, lowest, highest amount told) in the order of dates; undated articles are left out."""
    rows: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for iri in incident.events:
        event = found.events[iri]
        published = found.articles[event.article].published
        for amount in event.quantities:
            values = [v for v in (amount.value, amount.minimum, amount.maximum) if v is not None]
            if published and values:
                rows[amount.unit or "number"].append((published, min(values), max(values)))
    return {unit: sorted(told) for unit, told in sorted(rows.items())}


def as_json(one: Dossier) -> dict[str, object]:
    """Plain data."""
    incident = one.incident

    def lines(rows: tuple[Line, ...]) -> list[dict[str, str]]:
        return [{"published": r.published, "source": r.source, "who": r.who, "what": r.what, "sentence": r.sentence} for r in rows]

    return {
        "iri": incident.iri, "is": "incident" if incident.happened else "prospect", "name": incident.label(),
        "articles": incident.articles, "origins": one.origins, "support": incident.support, "arithmetic": incident.arithmetic,
        "earliest": incident.earliest, "latest": incident.latest, "quantities": incident.quantities,
        "conflicts": [{"kind": c.kind, "one": c.one, "other": c.other, "one_events": c.one_events, "other_events": c.other_events}
                      for c in incident.conflicts],
        "what": lines(one.what), "says": lines(one.says), "denies": lines(one.denies), "numbers": lines(one.numbers),
        "not_happened": lines(one.not_happened),
        "links": [{"event": link.event, "score": link.score, "reason": link.reason, "judge": link.judge} for link in incident.links],
    }  # fmt: skip


def as_rich(one: Dossier) -> RenderableType:
    """For the terminal; text from articles is never taken for markup."""
    incident = one.incident
    status = "told as having happened" if incident.happened else "nobody tells it as having happened"
    number = f"{incident.articles} {'article' if incident.articles == 1 else 'articles'}"
    lines = [
        Text(incident.label(), style="bold"), Text(incident.iri, style="dim"),
        Text(f"{status}; {number}; independent origins: {', '.join(one.origins) or 'none'}"),
        Text(f"support {incident.support:.2f} = {incident.arithmetic}"),
    ]  # fmt: skip
    if incident.earliest or incident.latest:
        lines.append(Text(f"told times: {incident.earliest or '…'} to {incident.latest or '…'}"))
    if incident.quantities:
        lines.append(Text(f"told amounts: {'; '.join(incident.quantities)}"))
    parts: list[RenderableType] = list(lines)
    for title, heads, rows in (
        ("What", ("role", "who or what"), [(r.what, r.who, r) for r in one.what]),
        ("Who says so", ("stance", "who"), [(r.what, r.who, r) for r in one.says]),
        ("Who denies or doubts it", ("stance", "who"), [(r.what, r.who, r) for r in one.denies]),
        ("How the number grew", ("published", "amount"), [(r.published or "undated", r.what, r) for r in one.numbers]),
        ("Told as planned, possible or not so", ("published", "what"), [(r.published or "undated", r.what, r) for r in one.not_happened]),
    ):
        if rows:
            table = Table(*heads, "sentence", "source", title=title, title_justify="left")
            for first, second, row in rows:
                table.add_row(escape(first), escape(second), escape(row.sentence), escape(row.source))
            parts.append(table)
    if incident.conflicts:
        table = Table("conflict in", "the one", "the other", title="Where they differ", title_justify="left")
        for conflict in incident.conflicts:
            table.add_row(conflict.kind, escape(conflict.one), escape(conflict.other))
        parts.append(table)
    return Group(*parts)
