"""The graph as CSV tables: events, claims, actors. ``tables.toml`` documents every column."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.graph.facts import EventFact, Facts, Passage

__all__ = ["columns", "rows", "write"]

_JOIN = " | "


@cache
def columns() -> Mapping[str, Mapping[str, str]]:
    """Table → column → what it holds."""
    return tomllib.loads(files(__package__).joinpath("tables.toml").read_text(encoding="utf-8"))


def rows(facts: Facts, table: str) -> Iterator[dict[str, str]]:
    """The rows of ``events``, ``claims`` or ``actors``, sorted."""
    return {"events": _events, "claims": _claims, "actors": _actors}[table](facts)


def write(facts: Facts, folder: Path) -> list[Path]:
    """Write every table into ``folder``; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table, header in columns().items():
        buffer = io.StringIO(newline="")
        writer = csv.DictWriter(buffer, list(header), lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: _harmless(v) for k, v in row.items()} for row in rows(facts, table))
        path = folder / f"{table}.csv"
        path.write_bytes(buffer.getvalue().encode("utf-8"))
        written.append(path)
    return written


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: text from the web may start with = + - @."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _passage(evidence: tuple[Passage, ...]) -> Passage:
    return evidence[0] if evidence else Passage(-1, -1, "", "")


def _order(facts: Facts) -> Iterator[EventFact]:
    for article in sorted(facts.articles.values(), key=lambda a: a.name):
        yield from facts.by_article[article.iri]


def _events(facts: Facts) -> Iterator[dict[str, str]]:
    roles = [c for c, text in columns()["events"].items() if text.endswith(": labels")]
    for event in _order(facts):
        article, passage = facts.articles[event.article], _passage(event.evidence)
        row = {
            "event": event.iri, "type": event.type, "article": article.name, "language": article.language,
            "published": article.published or "", "modality": event.modality, "denied": _truth(event.denied),
            "earliest": event.earliest or "", "latest": event.latest or "", "time_text": event.time_text or "",
            "quantity": _JOIN.join(q.text for q in event.quantities),
            "value": _JOIN.join(_number(q.value) for q in event.quantities),
            "minimum": _JOIN.join(_number(q.minimum) for q in event.quantities),
            "maximum": _JOIN.join(_number(q.maximum) for q in event.quantities),
            "unit": _JOIN.join(q.unit or "" for q in event.quantities),
            "confidence": _number(event.confidence), "trigger": passage.exact, "sentence": passage.sentence,
            "start": str(passage.start), "end": str(passage.end),
        }  # fmt: skip
        yield row | {role: _JOIN.join(sorted(facts.name(f) for f in event.fillers(role))) for role in roles}


def _claims(facts: Facts) -> Iterator[dict[str, str]]:
    for event in _order(facts):
        for claim in event.claims:
            passage = _passage(claim.evidence)
            yield {
                "claim": claim.iri, "event": event.iri, "event_label": event.label(),
                "article": facts.articles[event.article].name, "by": facts.name(claim.by), "by_iri": claim.by,
                "own_voice": _truth(claim.own_voice), "stance": claim.stance, "cue": passage.exact,
                "sentence": passage.sentence, "start": str(passage.start), "end": str(passage.end),
            }  # fmt: skip


def _actors(facts: Facts) -> Iterator[dict[str, str]]:
    for entity in facts.entities.values():
        told = [e for e in facts.events.values() if any(r.filler == entity.iri for r in e.roles)]
        yield {
            "actor": entity.iri, "kind": entity.kind, "label": entity.label(), "country": _JOIN.join(entity.codes),
            "names": _JOIN.join(entity.others), "events": str(len(told)),
            "articles": str(len({e.article for e in told})),
            "claims": str(sum(c.by == entity.iri for e in facts.events.values() for c in e.claims)),
        }  # fmt: skip
