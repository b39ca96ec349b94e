"""Measures that networkx takes too long for on large graphs: with igraph (extra ``igraph``) where installed, else from a sample.

Betweenness on 95,000 edges took networkx 1,120 s and igraph 12 s on the machine on which this was written.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from importlib.util import find_spec

import networkx as nx

from kg.analyse.measures import SEED, part

__all__ = ["betweenness", "has_igraph", "igraph_betweenness", "sampled_betweenness"]

_WORK = 4_000_000
"""Nodes times edges above which networkx alone takes minutes."""
_STEPS = 4_000_000
"""Sources times edges that an estimate by networkx takes: some ten seconds."""
_IGRAPH_WORK, _IGRAPH_PIVOTS = 200_000_000, 1000
"""Nodes times edges up to which igraph is exact in some seconds, and the sources from which it estimates above."""


def has_igraph() -> bool:
    """Whether the optional engine is there."""
    return find_spec("igraph") is not None


def betweenness(graph: nx.Graph[str]) -> tuple[Mapping[str, float], str]:
    """Betweenness (Freeman 1977) by the edges' ``distance``, normalised, and how it was computed.

    Small graphs go to networkx, so that the figures are the same with and without igraph; large ones to igraph, exact up to a size, else
    to an estimate from a seeded sample of sources (Brandes and Pich 2007). Nodes without a tie have none and are no sources.
    """
    tied = part(graph, [node for node in graph if graph.degree(node)])
    size, work = len(tied), len(tied) * tied.number_of_edges()
    if work <= _WORK:
        found: Mapping[str, float] = nx.betweenness_centrality(graph, weight="distance", normalized=True)
        return found, "exact"
    # normalised by all nodes, as the exact figures are
    scale = (size - 1) * (size - 2) / ((len(graph) - 1) * (len(graph) - 2))
    if has_igraph() and work <= _IGRAPH_WORK:
        values, method = igraph_betweenness(tied), "exact (igraph)"
    elif has_igraph():
        values, method = igraph_betweenness(tied, _IGRAPH_PIVOTS), f"estimated from {_IGRAPH_PIVOTS} of {size} nodes (igraph)"
    else:
        pivots = max(20, _STEPS // tied.number_of_edges())
        values, method = sampled_betweenness(tied, pivots), f"estimated from {min(pivots, size)} of {size} nodes"
    return dict.fromkeys(graph, 0.0) | {node: value * scale for node, value in values.items()}, method


def sampled_betweenness(graph: nx.Graph[str], pivots: int) -> Mapping[str, float]:
    """The estimate of networkx from so many sources, always the same ones."""
    found: Mapping[str, float] = nx.betweenness_centrality(graph, k=min(pivots, len(graph)), weight="distance", seed=random.Random(SEED))
    return found


def igraph_betweenness(graph: nx.Graph[str], pivots: int | None = None) -> Mapping[str, float]:
    """Betweenness by igraph, normalised as networkx does it: exact, or estimated from so many sources, always the same ones."""
    import igraph

    nodes = sorted(graph)
    index = {node: i for i, node in enumerate(nodes)}
    edges = sorted((*sorted((index[a], index[b])), d) for a, b, d in graph.edges(data="distance"))
    made = igraph.Graph(n=len(nodes), edges=[(a, b) for a, b, _ in edges])
    scale = 2 / ((len(nodes) - 1) * (len(nodes) - 2)) if len(nodes) > 2 else 1.0
    sources = None
    if pivots is not None and pivots < len(nodes):
        sources = random.Random(SEED).sample(range(len(nodes)), pivots)
        scale *= len(nodes) / pivots
    values = made.betweenness(directed=False, weights=[d for _, _, d in edges] or None, sources=sources)
    return {node: value * scale for node, value in zip(nodes, values, strict=True)}
