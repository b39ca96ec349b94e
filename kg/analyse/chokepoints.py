"""Brokers and chokepoints: through whom the ties between others lead, and who stands alone between parts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from kg.analyse import measures
from kg.analyse.cuts import cut_off
from kg.analyse.engine import betweenness
from kg.analyse.material import Material
from kg.analyse.sheet import Sheet
from kg.graph.projection import project

__all__ = ["Chokepoint", "Chokepoints", "chokepoints", "sheets"]


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """A node that stands between others. ``cuts`` are the nodes that would be cut off from the largest part without it, ``constraint``
    lies near 0 for who spans holes and near 1 for who is held by one group (None without ties); ``between`` are the first
    of so many open ``pairs``.
    """

    name: str
    kind: str
    betweenness: float
    articulation: bool
    cuts: tuple[str, ...]
    constraint: float | None
    effective_size: float | None
    pairs: int
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
    cutting = cut_off(drawn)
    held = nx.constraint(drawn, weight="weight") if drawn else {}
    sizes = nx.effective_size(drawn, weight="weight") if drawn else {}
    open_pairs = defaultdict(lambda: measures.Brokerage(0, ()), measures.brokerage(made.flows))
    events: dict[str, set[str]] = defaultdict(set)
    for flow in made.flows:
        for node in (flow.source, flow.target):
            events[node].update(flow.events)
    rows = [
        Chokepoint(
            material.name(node), material.facts.entities[node].kind, round(central[node], 6), node in cutting,
            tuple(sorted(map(material.name, cutting.get(node, ())))), round(held[node], 6), round(sizes[node], 3), open_pairs[node].pairs,
            tuple(sorted((material.name(a), material.name(b)) for a, b in open_pairs[node].examples)), tuple(sorted(events[node])),
        )
        for node in drawn if drawn.degree(node) > 1
    ]  # fmt: skip
    rows.sort(key=lambda c: (-c.betweenness, c.constraint or 0, c.name, c.events))
    return Chokepoints(tuple(rows), method)


def sheets(found: Chokepoints) -> tuple[Sheet, ...]:
    """The nodes by betweenness."""
    rows = tuple(
        (c.name, c.kind, c.betweenness, "yes" if c.articulation else "", len(c.cuts), "" if c.constraint is None else f"{c.constraint:.3f}",
         c.pairs, "; ".join(f"{a} → {b}" for a, b in c.between[:2]))
        for c in found.nodes
    )  # fmt: skip
    columns = ("name", "kind", "betweenness", "articulation", "cuts off", "constraint", "between", "for example")
    note = f"betweenness: {found.method}; cuts off: nodes that hang on this one alone; constraint: low for who spans holes"
    return (Sheet("Brokers and chokepoints", columns, rows, tuple(c.events for c in found.nodes), note),)
