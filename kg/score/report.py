"""Figures as rich tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.markup import escape
from rich.table import Table

from kg.score.coreference import Agreement
from kg.score.figures import Figures, Ratio, Tally
from kg.score.resolution import Resolution

__all__ = ["as_json", "resolution_json", "resolution_tables", "tables"]


def as_json(figures: Figures) -> dict[str, Any]:
    """Every figure as plain data, with precision, recall and F1 (rounded to four places) beside the counts."""

    def expand(value: Any) -> Any:
        if isinstance(value, Tally):
            rates = {k: round(getattr(value, k), 4) for k in ("precision", "recall", "f1")}
            return asdict(value) | rates
        if isinstance(value, Ratio):
            return asdict(value) | {"accuracy": round(value.accuracy, 4)}
        if isinstance(value, Mapping):
            return {k: expand(v) for k, v in value.items()}
        return value

    plain = {name: expand(getattr(figures, name)) for name in figures.__dataclass_fields__ if name != "causes"}
    return plain | {"causes": [asdict(c) for c in figures.causes]}


def tables(figures: Figures, *, causes: int = 10) -> Iterator[Table]:
    """The figures by slot, type, role and language, and the commonest causes of error."""
    yield _tallies("By slot", {
        "facts": figures.facts, "events": figures.events, "roles": figures.fillers, "claims": figures.claims,
    })  # fmt: skip
    yield _ratios({"time": figures.times, "quantity": figures.quantities, "modality": figures.modalities})
    yield _tallies("Events by type", figures.types)
    yield _tallies("Roles", figures.roles)
    yield _tallies("Facts by language", figures.languages)
    yield _tallies("Events by language", figures.language_events)
    if causes:
        table = Table("cause", "count", "example", title="Commonest errors", title_justify="left")
        for cause in figures.causes[:causes]:
            table.add_row(escape(cause.name), str(cause.count), escape(next(iter(cause.examples), "")))
        yield table


def _tallies(title: str, rows: Mapping[str, Tally]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in ("precision", "recall", "F1", "hits", "gold", "predicted"):
        table.add_column(name, justify="right")
    for name, t in rows.items():
        rates = (f"{x:.3f}" for x in (t.precision, t.recall, t.f1))
        table.add_row(name, *rates, str(t.hits), str(t.gold), str(t.predicted))
    return table


def _ratios(rows: Mapping[str, Ratio]) -> Table:
    table = Table("", "right", "of", "accuracy", title="On matched events", title_justify="left")
    for name, ratio in rows.items():
        table.add_row(name, str(ratio.right), str(ratio.of), f"{ratio.accuracy:.3f}")
    return table


def resolution_json(found: Resolution) -> dict[str, Any]:
    """The figures of resolution as plain data, rounded to four places."""

    def clusters(one: Agreement) -> dict[str, Any]:
        rates = {name: getattr(one, name) for name in ("muc", "b3", "ceafe")}
        plain = {n: {k: round(getattr(r, k), 4) for k in ("precision", "recall", "f1")} for n, r in rates.items()}
        return plain | {"conll": round(one.conll, 4), "gold": one.mentions, "found": one.found}

    return {
        "incidents": clusters(found.incidents), "actors": clusters(found.actors), "linking": round(found.linking.recall, 4),
        "cross_lingual": round(found.languages.f1, 4), "stories": {name: round(t.f1, 4) for name, t in found.stories.items()},
    }  # fmt: skip


def resolution_tables(found: Resolution) -> Iterator[Table]:
    """Clusters of events and names, linking, and the agreement of four languages."""
    table = Table(title="Who is who, and which reports tell of one happening", title_justify="left")
    for name in ("", "MUC F1", "B³ F1", "CEAF-e F1", "CoNLL F1", "found", "gold"):
        table.add_column(name, justify="right" if name else "left")
    for name, one in (("incidents", found.incidents), ("actors", found.actors)):
        rates = (f"{x:.3f}" for x in (one.muc.f1, one.b3.f1, one.ceafe.f1, one.conll))
        table.add_row(name, *rates, str(one.found), str(one.mentions))
    yield table
    table = Table("", "agreement", title="Linking, and facts equal across languages", title_justify="left")
    table.add_row("names under their actor", f"{found.linking.recall:.3f}")
    table.add_row("facts in common, all stories", f"{found.languages.f1:.3f}")
    for name, tally in found.stories.items():
        table.add_row(f"  {escape(name)}", f"{tally.f1:.3f}")
    yield table
