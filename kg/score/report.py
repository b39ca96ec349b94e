"""Figures as rich tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.markup import escape
from rich.table import Table

from kg.score.figures import Figures, Ratio, Tally

__all__ = ["as_json", "tables"]


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
