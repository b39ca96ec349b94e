"""How long the measures take on a synthetic network: networkx, and igraph beside it where it is installed (``kg bench analyse``)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx

from kg.analyse.engine import has_igraph, igraph_betweenness, sampled_betweenness
from kg.analyse.measures import SEED, communities

__all__ = ["bench", "synthetic"]

_EXACT = 4_000_000
"""Nodes times edges up to which networkx's exact betweenness is waited for; above, it is told from a sample of sources."""
_PIVOTS = 20


def synthetic(events: int) -> nx.Graph[str]:
    """Who with whom in so many events among a fifth as many names, a few of which are met in most (Pareto, seeded)."""
    rng = random.Random(SEED)
    names = max(10, events // 5)
    told: dict[tuple[str, str], int] = {}
    for _ in range(events):
        one = min(int(rng.paretovariate(0.7)) - 1, names - 1)
        other = rng.randrange(names)
        if one != other:
            low, high = sorted((f"n{one:06}", f"n{other:06}"))
            told[low, high] = told.get((low, high), 0) + 1
    graph: nx.Graph[str] = nx.Graph()
    for (low, high), weight in sorted(told.items()):
        graph.add_edge(low, high, weight=weight, distance=1 / weight)
    return graph


def bench(events: int, say: Callable[[str], None]) -> None:
    """Print CPU seconds of each measure, and the ratio to igraph's where that is installed."""
    graph = synthetic(events)
    say(f"{events} events: {len(graph)} nodes, {graph.number_of_edges()} edges (CPU seconds)")
    say(f"{'measure':<24}{'networkx':>12}{'igraph':>10}{'ratio':>8}")
    for name, ours, theirs, note in _measures(graph):
        line = f"{name:<24}{ours:>12.2f}"
        if theirs is not None:
            line += f"{theirs:>10.2f}{ours / max(theirs, 0.005):>8.0f}"
        say(f"{line}  {note}".rstrip())
    if not has_igraph():
        say("igraph is not installed: pip install 'kg-news[igraph]'")


def _measures(graph: nx.Graph[str]) -> Iterator[tuple[str, float, float | None, str]]:
    made = _igraph(graph) if has_igraph() else None
    ours = _seconds(lambda: set(nx.articulation_points(graph)))
    yield "articulation points", ours, _seconds(made.articulation_points) if made else None, ""
    ours = _seconds(lambda: communities(graph))
    leiden = _seconds(lambda: made.community_leiden(objective_function="modularity", weights="weight")) if made else None
    yield "communities", ours, leiden, "Louvain against Leiden" if made else "Louvain"
    theirs = _seconds(lambda: igraph_betweenness(graph)) if made else None
    if len(graph) * graph.number_of_edges() <= _EXACT:
        yield "betweenness", _seconds(lambda: nx.betweenness_centrality(graph, weight="distance")), theirs, ""
    else:
        part = _seconds(lambda: sampled_betweenness(graph, _PIVOTS))
        yield "betweenness", part * len(graph) / _PIVOTS, theirs, f"networkx reckoned from {_PIVOTS} sources in {part:.1f} s"


def _igraph(graph: nx.Graph[str]) -> Any:
    import igraph

    return igraph.Graph.from_networkx(graph)


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start
