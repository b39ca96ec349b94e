"""Brokers and chokepoints: through whom the ties between others lead, and who stands alone between parts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from kg.analyse import measures
from kg.analyse.engine import betweenness
from kg.analyse.material import Material
from kg.analyse.sheet import Sheet
from kg.graph.projection import project

__all__ = ["Chokepoint", "Chokepoints", "chokepoints", "sheets"]


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """A node that stands between others. ``cuts`` are the nodes that would be cut off from the largest part without it, ``constraint``
    lies near 0 for who spans holes and near 1 for who is held by one group (None without ties); ``between`` are open pairs.
    """

    name: str
    kind: str
    betweenness: float
    articulation: bool
    cuts: tuple[str, ...]
    constraint: float | None
    effective_size: float | None
    between: tuple[tuple[str, str], ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chokepoints:
    """Every node with two ties or more, the highest betweenness first. ``method`` says how betweenness was computed."""

    nodes: tuple[Chokepoint, ...]
    method: str


def chokepoints(material: Material) -> Chokepoints:
    """Who stands between others in the network of all events that stand.

    *Betweenness* is the share of shortest paths through a node (Freeman 1977), ties told by more articles being shorter. An
    *articulation point* is a node whose removal parts what was connected (Hopcroft and Tarjan 1973). *Constraint* and *effective
    size* measure structural holes (Burt 1992, Structural Holes, chapter 2), weighted by articles. *Between* counts the pairs of
    which one gives to the node and the other receives from it while nothing joins the two (Gould and Fernandez 1989).
    """
    made = project(material.standing, all_events=True)
    drawn = measures.together(made)
    central, method = betweenness(drawn)
    cutting = set(nx.articulation_points(drawn))
    held = nx.constraint(drawn, weight="weight") if drawn else {}
    sizes = nx.effective_size(drawn, weight="weight") if drawn else {}
    open_pairs = measures.brokerage(made.flows)
    events: dict[str, set[str]] = defaultdict(set)
    for flow in made.flows:
        for node in (flow.source, flow.target):
            events[node].update(flow.events)
    rows = [
        Chokepoint(
            material.name(node), material.facts.entities[node].kind, round(central[node], 6), node in cutting,
            tuple(sorted(map(material.name, _cut_off(drawn, node)))) if node in cutting else (), round(held[node], 6), round(sizes[node], 3),
            tuple(sorted((material.name(a), material.name(b)) for a, b in open_pairs.get(node, ()))), tuple(sorted(events[node])),
        )
        for node in drawn if drawn.degree(node) > 1
    ]  # fmt: skip
    rows.sort(key=lambda c: (-c.betweenness, c.constraint or 0, c.name, c.events))
    return Chokepoints(tuple(rows), method)


def _cut_off(graph: nx.Graph[str], node: str) -> set[str]:
    """All that hangs on a node but for the largest of the parts that are left without it."""
    near = nx.node_connected_component(graph, node) - {node}
    parts = sorted((sorted(p) for p in nx.connected_components(graph.subgraph(near))), key=lambda p: (-len(p), p))
    return {n for part in parts[1:] for n in part}


def sheets(found: Chokepoints) -> tuple[Sheet, ...]:
    """The nodes by betweenness."""
    rows = tuple(
        (c.name, c.kind, c.betweenness, "yes" if c.articulation else "", len(c.cuts), "" if c.constraint is None else f"{c.constraint:.3f}",
         len(c.between), "; ".join(f"{a} → {b}" for a, b in c.between[:2]))
        for c in found.nodes
    )  # fmt: skip
    columns = ("name", "kind", "betweenness", "articulation", "cuts off", "constraint", "between", "for example")
    note = f"betweenness: {found.method}; cuts off: nodes that hang on this one alone; constraint: low for who spans holes"
    return (Sheet("Brokers and chokepoints", columns, rows, tuple(c.events for c in found.nodes), note),)
