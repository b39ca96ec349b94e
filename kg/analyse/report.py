"""An analysis as rich tables and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.markup import escape
from rich.table import Table

from kg.analyse.analyse import Analysis
from kg.analyse.topics import Finding

__all__ = ["as_json", "finding_json", "tables"]


def as_json(found: Analysis) -> dict[str, Any]:
    """Every row as plain data."""
    rows = ("nodes", "flows", "brokers", "communities", "months")
    plain = {name: [asdict(row) for row in getattr(found, name)] for name in rows}
    return plain | {"left_out": found.left_out, "undated": found.undated, "method": found.method}


def finding_json(found: Finding) -> dict[str, Any] | list[Any]:
    """The records of a finding as plain data."""
    return [asdict(row) for row in found.data] if isinstance(found.data, tuple) else asdict(found.data)


def tables(found: Analysis, *, rows: int = 15) -> Iterator[Table]:
    """The first ``rows`` rows of each measure; text from articles is never taken for markup."""
    table = _table("Most-reported flows", "from", "", "to", "type", "articles", "events", "status")
    for flow in found.flows[:rows]:
        arrow = "→" if flow.directed else "–"
        table.add_row(
            escape(flow.source), arrow, escape(flow.target), flow.type, str(flow.articles), str(flow.events),
            flow.status,
        )  # fmt: skip
    if found.left_out:
        table.caption = f"{found.left_out} denied or negated events are left out"
    yield table
    table = _table("Who stands where", "name", "kind", "acts", "acted on", "betweenness", "PageRank")
    for node in found.nodes[:rows]:
        figures = (f"{node.betweenness:.3f}", f"{node.pagerank:.3f}")
        table.add_row(escape(node.name), node.kind, str(node.acts), str(node.acted_on), *figures)
    if found.method != "exact":
        table.caption = f"betweenness: {found.method}"
    yield table
    table = _table("Brokers: between whom nothing else passes", "name", "pairs", "between")
    for broker in found.brokers[:rows]:
        pairs = "; ".join(f"{a} → {b}" for a, b in broker.between[:3])
        more = f" and {broker.pairs - 3} more" if broker.pairs > 3 else ""
        table.add_row(escape(broker.name), str(broker.pairs), escape(pairs) + more)
    yield table
    table = _table("Communities", "size", "members")
    for community in found.communities[:rows]:
        table.add_row(str(len(community.members)), escape(", ".join(community.members)))
    yield table
    table = _table("Events by month", "month", "events", "types")
    for month in found.months[-rows:]:
        types = ", ".join(f"{kind} {n}" for kind, n in sorted(month.types.items(), key=lambda kv: (-kv[1], kv[0])))
        table.add_row(month.month, str(month.total), types)
    if found.undated:
        table.caption = f"{found.undated} events are told without a time within one month"
    yield table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", caption_justify="left")
    for column in columns:
        table.add_column(column, justify="right" if column in _FIGURES else "left")
    return table


_FIGURES = frozenset({"articles", "events", "acts", "acted on", "betweenness", "PageRank", "pairs", "size"})
