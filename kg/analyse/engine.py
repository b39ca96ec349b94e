"""Measures that networkx takes too long for on large graphs: with igraph (extra ``igraph``) where installed, else from a sample.

Betweenness on 95,000 edges took networkx 1,120 s and igraph 12 s on the machine on which this was written.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from importlib.util import find_spec

import networkx as nx

from kg.analyse.measures import SEED

__all__ = ["betweenness", "has_igraph", "igraph_betweenness", "sampled_betweenness"]

_WORK = 4_000_000
"""Nodes times edges above which networkx alone takes minutes."""
_PIVOTS = 200


def has_igraph() -> bool:
    """Whether the optional engine is there."""
    return find_spec("igraph") is not None


def betweenness(graph: nx.Graph[str]) -> tuple[Mapping[str, float], str]:
    """Betweenness (Freeman 1977) by the edges' ``distance``, normalised, and how it was computed.

    Small graphs go to networkx, so that the figures are the same with and without igraph; large ones to igraph (exact), else to an
    estimate from a seeded sample of sources (Brandes and Pich 2007).
    """
    if len(graph) * graph.number_of_edges() <= _WORK:
        found: Mapping[str, float] = nx.betweenness_centrality(graph, weight="distance", normalized=True)
        return found, "exact"
    if has_igraph():
        return igraph_betweenness(graph), "exact (igraph)"
    return sampled_betweenness(graph, _PIVOTS), f"estimated from {_PIVOTS} of {len(graph)} nodes (pip install 'kg-news[igraph]' for exact figures)"


def sampled_betweenness(graph: nx.Graph[str], pivots: int) -> Mapping[str, float]:
    """The estimate of networkx from so many sources, always the same ones."""
    found: Mapping[str, float] = nx.betweenness_centrality(graph, k=min(pivots, len(graph)), weight="distance", seed=random.Random(SEED))
    return found


def igraph_betweenness(graph: nx.Graph[str]) -> Mapping[str, float]:
    """Exact betweenness by igraph, normalised as networkx does it."""
    import igraph

    nodes = sorted(graph)
    index = {node: i for i, node in enumerate(nodes)}
    edges = sorted((*sorted((index[a], index[b])), d) for a, b, d in graph.edges(data="distance"))
    made = igraph.Graph(n=len(nodes), edges=[(a, b) for a, b, _ in edges])
    scale = 2 / ((len(nodes) - 1) * (len(nodes) - 2)) if len(nodes) > 2 else 1.0
    values = made.betweenness(directed=False, weights=[d for _, _, d in edges] or None)
    return {node: value * scale for node, value in zip(nodes, values, strict=True)}
