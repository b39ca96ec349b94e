"""The who–whom projection: one networkx multigraph that analyses and graph exports share.

Nodes are the countries, actors, places and vessels that take part in events. Edges, for each event type:

- from every ``agent`` to every ``patient`` of an event; where there is no patient, to every ``destination``;
  where there is no agent, from every ``origin``;
- between every two ``participant``s, written from the one with the smaller IRI and marked ``directed = False``.

One edge stands for all events of one type between two nodes. ``events`` counts them, ``articles`` counts the articles
that tell them (a story that a hundred events of one article repeat is still one article's word). What a copy of an
article tells in the same sentence as its original is counted once. An event is left out
of flows where it is negated or where any claim denies it, unless it is asked for; then the edge is marked ``denied``
or ``negated`` and kept apart from the edges of told events. An actor does not point at itself.
"""

from __future__ import annotations

import io
import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from kg.graph.facts import EventFact, Facts

__all__ = ["Flow", "Projection", "flows", "gexf", "graphml", "pairs", "project", "status"]

NODE_KINDS = frozenset({"Country", "Person", "Organization", "Group", "Place", "Vessel"})


@dataclass(frozen=True, slots=True, order=True)
class Flow:
    """All events of one type from one node to another. ``status`` is told, denied or negated."""

    source: str
    target: str
    type: str
    status: str
    directed: bool
    events: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Projection:
    """The multigraph (nodes are IRIs; edges are keyed by type and status) and the flows it was made of."""

    graph: nx.MultiDiGraph[str]
    flows: tuple[Flow, ...]


def status(event: EventFact) -> str:
    """``negated`` where the text says that it did not happen, ``denied`` where somebody denies it, else ``told``."""
    if event.modality == "negated":
        return "negated"
    return "denied" if event.denied else "told"


def pairs(event: EventFact) -> Iterator[tuple[str, str, bool]]:
    """(source, target, directed) for each two that the event joins, by the rules above."""
    sources = event.fillers("agent") or event.fillers("origin")
    targets = event.fillers("patient") or event.fillers("destination")
    for source, target in itertools.product(sources, targets):
        if source != target:
            yield source, target, True
    for source, target in itertools.combinations(event.fillers("participant"), 2):
        yield source, target, False


def flows(facts: Facts, *, all_events: bool = False) -> tuple[Flow, ...]:
    """The flows of a graph, sorted; with denied and negated events if ``all_events``."""
    found: dict[tuple[str, str, str, str, bool], list[EventFact]] = defaultdict(list)
    for event in facts.events.values():
        state = status(event)
        if event.iri in facts.repeated or (state != "told" and not all_events):
            continue
        for source, target, directed in pairs(event):
            if all(facts.entities[n].kind in NODE_KINDS for n in (source, target)):
                found[source, target, event.type, state, directed].append(event)
    return tuple(
        Flow(*key, tuple(sorted(e.iri for e in events)), tuple(sorted({e.article for e in events}))) for key, events in sorted(found.items())
    )


def project(facts: Facts, *, all_events: bool = False) -> Projection:
    """The projection of a graph. Nodes without a flow are kept where they fill a role of some event."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made = flows(facts, all_events=all_events)
    fillers = {r.filler for e in facts.events.values() for r in e.roles}
    for iri, entity in facts.entities.items():
        if iri in fillers and entity.kind in NODE_KINDS:
            graph.add_node(iri, label=entity.label(), kind=entity.kind, country=" ".join(entity.codes))
    for flow in made:
        graph.add_edge(
            flow.source, flow.target, key=f"{flow.type} {flow.status}", label=flow.type, status=flow.status,
            directed=flow.directed, events=len(flow.events), articles=len(flow.articles), weight=len(flow.articles),
        )  # fmt: skip
    return Projection(graph, made)


def graphml(made: Projection) -> bytes:
    """The projection as GraphML."""
    buffer = io.BytesIO()
    nx.write_graphml_xml(_clean(made.graph), buffer, encoding="utf-8")
    return buffer.getvalue()


def gexf(made: Projection) -> bytes:
    """The projection as GEXF 1.2, without networkx's date stamp."""
    writer = nx.readwrite.gexf.GEXFWriter(encoding="utf-8", version="1.2draft")
    writer.add_graph(_clean(made.graph))
    for meta in [e for e in writer.xml if e.tag.endswith("meta")]:
        writer.xml.remove(meta)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _clean(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """A copy without the control characters that XML cannot hold."""
    table = {c: None for c in range(32) if c not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
    copy: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        copy.add_node(node, **{k: v.translate(table) if isinstance(v, str) else v for k, v in data.items()})
    copy.add_edges_from(graph.edges(keys=True, data=True))
    return copy
