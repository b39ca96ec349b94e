"""Routes: the chains by which goods can pass from a supplier to a recipient, through intermediaries, ports and vessels."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from kg.analyse.material import Material
from kg.analyse.sheet import Sheet
from kg.graph.facts import EventFact
from kg.graph.projection import NODE_KINDS

__all__ = ["Leg", "Route", "links", "routes", "sheets", "side"]

_STAGES = {
    "Shipment": (("agent", "origin"), ("intermediary",), ("instrument",), ("place",), ("destination",), ("patient",)),
    "Seizure": (("origin", "patient"), ("intermediary",), ("instrument",), ("place",), ("destination",)),  # its agent ends the journey
    "SanctionsEvasion": (("agent", "origin"), ("intermediary",), ("destination",)),
}
"""Events that tell where goods went, and their roles in the order in which goods pass them."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a route and the events that tell it."""

    source: str
    target: str
    articles: int
    cargo: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A chain: its stops by name, its legs, and in how many articles its least told leg stands."""

    stops: tuple[str, ...]
    legs: tuple[Leg, ...]
    weakest: int

    @property
    def events(self) -> tuple[str, ...]:
        """All events that tell any leg, sorted."""
        return tuple(sorted({e for leg in self.legs for e in leg.events}))


def _steps(event: EventFact, usable: set[str]) -> Iterator[tuple[str, str]]:
    """The steps that one event tells: every stage to the next one that is filled."""
    filled = [[n for n in event.fillers(*stage) if n in usable] for stage in _STAGES[event.type]]
    for before, after in itertools.pairwise([nodes for nodes in filled if nodes]):
        yield from ((a, b) for a, b in itertools.product(before, after) if a != b)


def links(material: Material) -> nx.DiGraph[str]:
    """Where goods can pass: one edge a step, with the ``events`` that tell it.

    ``cost`` is 1 and up to a hundredth more the fewer articles tell it, so that among chains of the same length (below a hundred
    legs) the best told comes first.
    """
    usable = {iri for iri, e in material.facts.entities.items() if e.kind in NODE_KINDS}
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in material.events(*_STAGES):
        for step in _steps(event, usable):
            told[step].add(event.iri)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for (source, target), events in sorted(told.items()):
        ordered = tuple(sorted(events))
        graph.add_edge(source, target, events=ordered, cost=1 + 0.01 / material.articles(ordered))
    return graph


def side(material: Material, nodes: Iterable[str]) -> frozenset[str]:
    """The nodes and, of countries, all that is theirs: actors, ports, vessels."""
    wanted = frozenset(nodes)
    return wanted | {iri for iri, e in material.facts.entities.items() if wanted & set(e.countries)}


def routes(material: Material, sources: Iterable[str], targets: Iterable[str], *, count: int = 5) -> tuple[Route, ...]:
    """The ``count`` shortest chains from any of ``sources`` to any of ``targets`` (IRIs), the shortest first.

    Shortest simple paths after Yen (1971, Finding the K shortest loopless paths in a network), on the steps that shipments, seizures
    and evasions tell. A country stands for all that is its (``side``); a chain leaves the supplier's side and enters the
    recipient's side once. Each leg is told by some event; that the same goods passed all of them is not said.
    """
    graph = links(material)
    starts, ends = side(material, sources), side(material, targets)
    starts, ends = (starts - ends) & set(graph), (ends - starts) & set(graph)
    graph.remove_edges_from([(a, b) for a, b in graph.edges if b in starts or a in ends])
    graph.add_edges_from((("start", n) for n in sorted(starts)), cost=0)
    graph.add_edges_from(((n, "end") for n in sorted(ends)), cost=0)
    if not starts or not ends or not nx.has_path(graph, "start", "end"):
        return ()
    paths = itertools.islice(nx.shortest_simple_paths(graph, "start", "end", weight="cost"), count)
    return tuple(_route(material, graph, path[1:-1]) for path in paths)


def _route(material: Material, graph: nx.DiGraph[str], path: list[str]) -> Route:
    legs = []
    for a, b in itertools.pairwise(path):
        events: tuple[str, ...] = graph.edges[a, b]["events"]
        goods = {material.name(n) for e in events for n in material.facts.events[e].fillers("object")}
        legs.append(Leg(material.name(a), material.name(b), material.articles(events), tuple(sorted(goods)), events))
    return Route(tuple(map(material.name, path)), tuple(legs), min(leg.articles for leg in legs))


def sheets(found: tuple[Route, ...], title: str = "Routes") -> tuple[Sheet, ...]:
    """The chains, the shortest first."""
    rows = tuple((len(r.legs), " → ".join(r.stops), "; ".join(", ".join(leg.cargo) or "?" for leg in r.legs), r.weakest) for r in found)
    note = "each leg is told by an event; that the same goods passed all of them is not said"
    return (Sheet(title, ("legs", "chain", "goods by leg", "articles on the least told leg"), rows, tuple(r.events for r in found), note),)
