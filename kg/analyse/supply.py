"""Supply networks over time: who supplies whom with what, month by month, and which flows are new or have ceased."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from kg.analyse.material import Material, When, months_between
from kg.analyse.sheet import Sheet
from kg.graph.projection import NODE_KINDS, pairs

__all__ = ["Supply", "SupplyFlow", "sheets", "supply"]


@dataclass(frozen=True, slots=True)
class SupplyFlow:
    """Shipments of one class of cargo from one to another. ``months`` counts events by month (YYYY-MM); ``by_article`` of the events
    have no other date than their article's, ``undated`` lie in no single month. ``state`` is new, ceased, steady or undated.
    """

    supplier: str
    recipient: str
    cargo: str
    state: str
    first: str
    last: str
    months: tuple[tuple[str, int], ...]
    by_article: int
    undated: int
    articles: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """All flows, arms before other cargo, the most told first; ``months`` from the first to the last month that holds an event."""

    flows: tuple[SupplyFlow, ...]
    months: tuple[str, ...]
    window: int


def supply(material: Material, *, window: int = 6) -> Supply:
    """Who supplies whom, by month and class of cargo.

    A flow is every shipment that stands from one supplier to one recipient (ends as in ``kg.graph.projection``) of one class of
    cargo. Against the last month in which any flow is seen, a flow is *new* if it is first seen within the last ``window`` months
    and *ceased* if it is last seen before them; one that spans them is steady. Dating after SIPRI's register: the month of
    delivery as told (SIPRI Arms Transfers Database, Sources and methods), else the month of the article.
    """
    found: dict[tuple[str, str, str], list[tuple[str, When | None]]] = defaultdict(list)
    for event in material.events("Shipment"):
        for source, target, directed in pairs(event):
            if directed and all(material.facts.entities[n].kind in NODE_KINDS for n in (source, target)):
                found[source, target, material.cargo_class(event)].append((event.iri, material.when(event)))
    seen = [w.month for rows in found.values() for _, w in rows if w and w.month]
    end = max(seen, default="")
    flows = []
    for (source, target, cargo), rows in found.items():
        months: dict[str, int] = defaultdict(int)
        for _, when in rows:
            if when and when.month:
                months[when.month] += 1
        first, last = min(months, default=""), max(months, default="")
        events = tuple(sorted({iri for iri, _ in rows}))
        flows.append(SupplyFlow(
            material.name(source), material.name(target), cargo, _state(first, last, end, window), first, last, tuple(sorted(months.items())),
            sum(1 for _, w in rows if w and w.month and not w.told), len(rows) - sum(months.values()), material.articles(events), events,
        ))  # fmt: skip
    flows.sort(key=lambda f: (f.cargo != "arms", -f.articles, -len(f.events), f.supplier, f.recipient, f.cargo, f.events))
    return Supply(tuple(flows), _span(min(seen, default=""), end), window)


def _state(first: str, last: str, end: str, window: int) -> str:
    if not first:
        return "undated"
    opening, closing = (months_between(_day(month), _day(end)) < window for month in (first, last))
    return "new" if opening else "steady" if closing else "ceased"


def _day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _span(first: str, last: str) -> tuple[str, ...]:
    """Every month from the first to the last."""
    if not first:
        return ()
    low, high = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return tuple(f"{m // 12:04}-{m % 12 + 1:02}" for m in range(low, high + 1))


def sheets(found: Supply) -> tuple[Sheet, ...]:
    """The flows, and what is new and what has ceased."""
    by_article = sum(f.by_article for f in found.flows)
    flows = Sheet(
        "Who supplies whom", ("supplier", "recipient", "cargo", "events", "articles", "first seen", "last seen", "state"),
        tuple((f.supplier, f.recipient, f.cargo, len(f.events), f.articles, f.first, f.last, f.state) for f in found.flows),
        tuple(f.events for f in found.flows),
        f"new or ceased: within or before the last {found.window} months of what is told; {by_article} events have no date but their article's",
    )  # fmt: skip
    months: dict[tuple[str, str], set[str]] = defaultdict(set)
    pairs_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for flow in found.flows:
        for month, count in flow.months:
            key = month, flow.cargo
            months[key].update(flow.events)
            pairs_of[key].add(f"{flow.supplier} → {flow.recipient}")
            counts[key] += count
    ordered = sorted(months, reverse=True)
    by_month = Sheet(
        "By month and cargo, the latest first", ("month", "cargo", "events", "flows"),
        tuple((m, c, counts[m, c], "; ".join(sorted(pairs_of[m, c]))) for m, c in ordered), tuple(tuple(sorted(months[key])) for key in ordered),
    )  # fmt: skip
    return flows, by_month
