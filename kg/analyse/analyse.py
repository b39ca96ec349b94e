"""The analysis of a graph: rows that tables, JSON and the plot share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.analyse import measures
from kg.analyse.engine import betweenness
from kg.graph.facts import Facts, facts_in
from kg.graph.projection import Projection, project, status
from kg.graph.store import Graph

__all__ = ["Analysis", "Broker", "Community", "FlowRow", "MonthRow", "NodeRow", "analyse"]


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node: events in which it acts and is acted on, and its centralities (0 to 1)."""

    iri: str
    name: str
    kind: str
    acts: int
    acted_on: int
    betweenness: float
    pagerank: float


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A flow: how many events and articles tell it; ``status`` is told, denied or negated."""

    source: str
    target: str
    type: str
    status: str
    directed: bool
    events: int
    articles: int


@dataclass(frozen=True, slots=True)
class Broker:
    """Who stands between others that nothing joins directly; ``between`` are the first (from, to) names of so many ``pairs``."""

    name: str
    pairs: int
    between: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes more closely tied to each other than to the rest, by name."""

    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """Events whose time lies within one month (YYYY-MM), by type."""

    month: str
    total: int
    types: Mapping[str, int]


@dataclass(frozen=True)
class Analysis:
    """Everything that is measured. ``left_out`` counts denied and negated events that the flows do not hold;
    ``undated`` counts events that no single month can be given; ``method`` says how betweenness was computed.
    """

    nodes: tuple[NodeRow, ...]
    flows: tuple[FlowRow, ...]
    brokers: tuple[Broker, ...]
    communities: tuple[Community, ...]
    months: tuple[MonthRow, ...]
    left_out: int
    undated: int
    method: str
    projection: Projection


def analyse(graph: Graph | Facts, *, all_events: bool = False, language: str = "en") -> Analysis:
    """Measure a graph; with denied and negated events if ``all_events``. Names are given in ``language``."""
    found = facts_in(graph.store) if isinstance(graph, Graph) else graph
    made = project(found, all_events=all_events)
    drawn = measures.together(made)
    (between, method), rank, degree = betweenness(drawn), measures.pagerank(made), measures.degrees(made)

    def name(iri: str) -> str:
        return found.name(iri, language)

    nodes = [NodeRow(n, name(n), found.entities[n].kind, *degree[n], round(between[n], 6), round(rank[n], 6)) for n in made.graph]
    flows = [FlowRow(name(f.source), name(f.target), f.type, f.status, f.directed, len(f.events), len(f.articles)) for f in made.flows]
    brokers = [
        Broker(name(node), open_pairs.pairs, tuple(sorted((name(a), name(b)) for a, b in open_pairs.examples)))
        for node, open_pairs in measures.brokerage(made.flows).items()
    ]
    months, undated = _months(found, all_events)
    return Analysis(
        nodes=tuple(sorted(nodes, key=lambda n: (-(n.acts + n.acted_on), -n.pagerank, n.name, n.iri))),
        flows=tuple(sorted(flows, key=lambda f: (-f.articles, -f.events, f.source, f.target, f.type, f.status))),
        brokers=tuple(sorted(brokers, key=lambda b: (-b.pairs, b.name))),
        communities=tuple(Community(tuple(sorted(map(name, c)))) for c in measures.communities(drawn)),
        months=months,
        left_out=0 if all_events else sum(status(e) != "told" for e in found.events.values()),
        undated=undated,
        method=method,
        projection=made,
    )


def _months(found: Facts, all_events: bool) -> tuple[tuple[MonthRow, ...], int]:
    """Events by month; an event counts where its first and last day lie in one month."""
    counts: dict[str, Counter[str]] = {}
    undated = 0
    for event in found.events.values():
        if event.iri in found.repeated or (status(event) != "told" and not all_events):
            continue
        month = (event.earliest or "")[:7]
        if month and month == (event.latest or "")[:7]:
            counts.setdefault(month, Counter())[event.type] += 1
        else:
            undated += 1
    rows = (MonthRow(m, sum(c.values()), dict(sorted(c.items()))) for m, c in sorted(counts.items()))
    return tuple(rows), undated
