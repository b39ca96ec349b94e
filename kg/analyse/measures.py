"""Measures of nodes and communities, each a pure function of the projection.

All run on the projection drawn together (``together``): one undirected, weighted edge between two nodes that any flow
joins, weighing as many articles as tell of any of those flows. Direction is kept for degrees and PageRank alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

import networkx as nx

from kg.graph.projection import Flow, Projection

__all__ = ["Brokerage", "brokerage", "communities", "degrees", "pagerank", "part", "together"]

SEED = 20260101
_DAMPING = 0.85
_EXAMPLES = 20
"""Pairs between whom a node stands that are told one by one."""


def together(made: Projection) -> nx.Graph[str]:
    """One edge for each pair of nodes: ``weight`` counts the articles, ``distance`` is its inverse."""
    articles: dict[tuple[str, str], set[str]] = {}
    for flow in made.flows:
        low, high = sorted((flow.source, flow.target))
        articles.setdefault((low, high), set()).update(flow.articles)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(made.graph))
    for (low, high), told in sorted(articles.items()):
        graph.add_edge(low, high, weight=len(told), distance=1 / len(told))
    return graph


def part(graph: nx.Graph[str], nodes: Iterable[str]) -> nx.Graph[str]:
    """The graph on some of its nodes, sorted (``subgraph`` goes by the order of a set, which changes by run)."""
    keep = dict.fromkeys(sorted(nodes))
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(keep)
    for low, high, data in sorted((*sorted((a, b)), d) for a, b, d in graph.edges(data=True)):
        if low in keep and high in keep:
            made.add_edge(low, high, **data)
    return made


def degrees(made: Projection) -> Mapping[str, tuple[int, int]]:
    """Node → (events in which it acts, events in which it is acted on); a participant does both."""
    given: dict[str, set[str]] = {node: set() for node in made.graph}
    taken: dict[str, set[str]] = {node: set() for node in made.graph}
    for flow in made.flows:
        given[flow.source].update(flow.events)
        taken[flow.target].update(flow.events)
        if not flow.directed:
            given[flow.target].update(flow.events)
            taken[flow.source].update(flow.events)
    return {node: (len(given[node]), len(taken[node])) for node in sorted(made.graph)}


def pagerank(made: Projection) -> Mapping[str, float]:
    """PageRank (Brin and Page 1998) along flows, by articles: high for who is acted on by those who are."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(made.graph))
    told: dict[tuple[str, str], set[str]] = {}
    for flow in made.flows:
        pairs = [(flow.source, flow.target)]
        if not flow.directed:
            pairs.append((flow.target, flow.source))
        for pair in pairs:
            told.setdefault(pair, set()).update(flow.articles)
    graph.add_weighted_edges_from((*pair, len(articles)) for pair, articles in sorted(told.items()))
    return _power(graph) if graph else {}


def _power(graph: nx.DiGraph[str], rounds: int = 200, enough: float = 1e-12) -> dict[str, float]:
    """PageRank by power iteration in a fixed order, so that the last digits are the same everywhere."""
    nodes = sorted(graph)
    ties = {n: sorted((target, data["weight"]) for _, target, data in graph.out_edges(n, data=True)) for n in nodes}
    out = {n: sum(weight for _, weight in ties[n]) for n in nodes}
    rank = dict.fromkeys(nodes, 1 / len(nodes))
    for _ in range(rounds):
        idle = sum(rank[n] for n in nodes if not out[n])
        new = dict.fromkeys(nodes, ((1 - _DAMPING) + _DAMPING * idle) / len(nodes))
        for source in nodes:
            for target, weight in ties[source]:
                new[target] += _DAMPING * rank[source] * weight / out[source]
        if sum(abs(new[n] - rank[n]) for n in nodes) < enough:
            return new
        rank = new
    return rank


def communities(graph: nx.Graph[str]) -> tuple[tuple[str, ...], ...]:
    """Communities of two nodes and more by Louvain (Blondel 2008), seeded; the largest first."""
    joined = part(graph, [n for n in graph if graph.degree(n)])
    if not joined:
        return ()
    found = nx.community.louvain_communities(joined, weight="weight", seed=SEED)
    return tuple(sorted((tuple(sorted(c)) for c in found if len(c) > 1), key=lambda c: (-len(c), c)))


@dataclass(frozen=True, slots=True)
class Brokerage:
    """Between whom a node stands: how many pairs (from, to), and the first of them."""

    pairs: int
    examples: tuple[tuple[str, str], ...]


def brokerage(flows: tuple[Flow, ...]) -> Mapping[str, Brokerage]:
    """Node → the pairs (from, to) for which it stands between: it receives from one and gives to the other,
    while no flow joins those two directly (open triads, after Gould and Fernandez 1989).

    A hub of a large graph stands between millions of pairs, so they are counted and only the first are told.
    """
    joined: dict[str, set[str]] = defaultdict(set)
    givers: dict[str, set[str]] = defaultdict(set)
    takers: dict[str, set[str]] = defaultdict(set)
    for flow in flows:
        joined[flow.source].add(flow.target)
        joined[flow.target].add(flow.source)
        if flow.directed:
            givers[flow.target].add(flow.source)
            takers[flow.source].add(flow.target)
    found: dict[str, Brokerage] = {}
    for node in sorted(givers.keys() & takers.keys()):
        to = takers[node]
        pairs = sum(len(to) - len(to & joined[giver]) - (giver in to) for giver in givers[node])
        if pairs:
            every = ((giver, taker) for giver in sorted(givers[node]) for taker in sorted(to - joined[giver] - {giver}))
            found[node] = Brokerage(pairs, tuple(islice(every, _EXAMPLES)))
    return found
