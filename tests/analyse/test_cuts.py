"""What is cut off without a node: as a search for every node would find it, and in the time of the graph."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.analyse.cuts import cut_off
from tests.effort import within


def searched(graph: nx.Graph[str]) -> dict[str, frozenset[str]]:
    """By the definition: take each articulation point away, and look at what is left around it."""
    found = {}
    for point in nx.articulation_points(graph):
        near = nx.node_connected_component(graph, point) - {point}
        parts = sorted((sorted(p) for p in nx.connected_components(graph.subgraph(near))), key=lambda p: (-len(p), p))
        found[point] = frozenset(n for part in parts[1:] for n in part)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_a_search_finds(seed: int) -> None:
    sparse = nx.gnm_random_graph(40, 36 + seed % 9, seed=seed)
    graph = nx.relabel_nodes(sparse, {n: f"n{(n * 7) % 40:02}" for n in sparse})
    assert cut_off(graph) == searched(graph)


def test_of_two_parts_as_large_the_first_by_name_stays() -> None:
    assert cut_off(nx.Graph([("b", "m"), ("m", "a")])) == {"m": {"b"}}
    assert cut_off(nx.Graph()) == {}


def test_a_hub_with_thousands_of_leaves_takes_no_time() -> None:
    graph = nx.Graph([("hub", f"n{i}") for i in range(4000)] + [(f"n{i}", f"m{i}") for i in range(4000)])
    found = within(5, lambda: cut_off(graph))
    assert len(found) == 4001
    assert found["n7"] == {"m7"}
