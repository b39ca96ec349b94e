"""Communities stand apart, each disc near those that it is linked with."""

from __future__ import annotations

import math

import networkx as nx

from kg.analyse.layout import layout


def clusters(count: int, size: int) -> nx.Graph[str]:
    """Rings of stars, each joined to the next by one link."""
    graph: nx.Graph[str] = nx.Graph()
    for c in range(count):
        graph.add_edges_from((f"{c}/hub", f"{c}/{i}") for i in range(size))
        graph.add_edges_from((f"{c}/{i}", f"{c}/{(i + 1) % size}") for i in range(size))
        graph.add_edge(f"{c}/0", f"{(c + 1) % count}/1")
    return graph


def middle(places: dict[str, tuple[float, float]], c: int) -> tuple[float, float]:
    own = [p for n, p in places.items() if n.startswith(f"{c}/")]
    return sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own)


def test_communities_do_not_overlap_and_no_node_lies_on_another() -> None:
    graph = clusters(6, 20)
    places = dict(layout(graph, spacing=70, aspect=1.3, room=(64, 40)))
    middles = [middle(places, c) for c in range(6)]
    radius = [max(math.dist(p, middles[c]) for n, p in places.items() if n.startswith(f"{c}/")) for c in range(6)]
    for a in range(6):
        for b in range(a):
            assert math.dist(middles[a], middles[b]) > 0.8 * (radius[a] + radius[b])
        linked = math.dist(middles[a], middles[(a + 1) % 6])
        assert linked < max(math.dist(middles[a], middles[b]) for b in range(6))
    for c in range(6):
        spots = [p for n, p in places.items() if n.startswith(f"{c}/")]
        assert all(abs(p[0] - q[0]) > 55 or abs(p[1] - q[1]) > 33 for i, p in enumerate(spots) for q in spots[:i])


def test_the_order_in_which_a_graph_was_made_does_not_show() -> None:
    graph = clusters(5, 15)
    other: nx.Graph[str] = nx.Graph()
    other.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))
    assert layout(graph, room=(64, 40)) == layout(other, room=(64, 40))
