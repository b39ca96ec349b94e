"""Communities of one connected part laid side by side: each a disc, close to those it is linked with.

Drawn as one, a part of some hundred nodes is a ball of wool in which nothing can be told from anything else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.analyse.measures import SEED, part

__all__ = ["arrange"]

_TURNS = 24
_ROUNDS = 400

Places = Mapping[str, tuple[float, float]]
Array = npt.NDArray[np.float64]


def arrange(graph: nx.Graph[str], place: Callable[[nx.Graph[str]], Places], spread: Callable[[Places], Places], gap: float, aspect: float) -> Places:
    """Positions of a connected graph whose communities (Louvain, Blondel 2008, seeded) do not overlap.

    ``place`` draws one community, ``spread`` makes room between its nodes, ``gap`` is the least distance between two
    discs. Discs are drawn to each other by the links between them and to the middle, along the shorter side of a field
    of that aspect the more; then each is turned so that the links which leave it are short.
    """
    members = _communities(graph)
    home = {node: index for index, nodes in enumerate(members) for node in nodes}
    drawn = [_centred(place(part(graph, nodes))) for nodes in members]
    sizes = [_radius(_centred(spread(places))) + gap / 2 for places in drawn]
    between = Counter(tuple(sorted((home[a], home[b]))) for a, b in graph.edges if home[a] != home[b])
    weights = np.zeros((len(members), len(members)))
    for (a, b), count in between.items():
        weights[a, b] = weights[b, a] = count
    middles = _discs([nodes[0] for nodes in members], weights, np.array(sizes), place, aspect)
    outside: list[list[tuple[str, str]]] = [[] for _ in members]
    for a, b in sorted(tuple(sorted(edge)) for edge in graph.edges):
        if home[a] != home[b]:
            outside[home[a]].append((a, b))
            outside[home[b]].append((b, a))
    scale = [size / max(_radius(places), 1e-9) for size, places in zip(sizes, drawn, strict=True)]
    for _ in range(2):
        for index, places in enumerate(drawn):
            drawn[index] = _turned(places, outside[index], index, drawn, home, middles, scale)
    found: dict[str, tuple[float, float]] = {}
    for (x, y), places in zip(middles, drawn, strict=True):
        found |= {node: (float(x) + px, float(y) + py) for node, (px, py) in _centred(spread(places)).items()}
    return dict(sorted(found.items()))


def _communities(graph: nx.Graph[str]) -> list[list[str]]:
    """Connected communities, the largest first."""
    found = nx.community.louvain_communities(part(graph, graph), weight=None, seed=SEED)
    pieces = [sorted(c) for nodes in found for c in nx.connected_components(graph.subgraph(nodes))]
    return sorted(pieces, key=lambda c: (-len(c), c))


def _centred(places: Places) -> Places:
    x, y = (sum(p[axis] for p in places.values()) / len(places) for axis in (0, 1))
    return {node: (px - x, py - y) for node, (px, py) in places.items()}


def _radius(places: Places) -> float:
    return max(math.hypot(x, y) for x, y in places.values())


def _discs(names: list[str], weights: Array, sizes: Array, place: Callable[[nx.Graph[str]], Places], aspect: float) -> Array:
    """Middles of discs that do not overlap."""
    count = len(sizes)
    if count == 1:
        return np.zeros((1, 2))
    quotient: nx.Graph[str] = nx.Graph()
    quotient.add_nodes_from(sorted(names))
    quotient.add_edges_from((names[a], names[b]) for a in range(count) for b in range(a) if weights[a, b])
    first = place(quotient)
    at = np.array([first[name] for name in names]) * np.mean(sizes) * 2
    at[:, 0] *= math.sqrt(aspect)
    at[:, 1] /= math.sqrt(aspect)
    pull = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1)
    room = sizes[:, None] + sizes[None, :]
    for round_ in range(2 * _ROUNDS):
        if round_ < _ROUNDS:
            at += 0.03 * (pull @ at - at) - at * np.array([0.01, 0.01 * aspect**2])
        away = at[:, None, :] - at[None, :, :]
        distance = np.hypot(away[:, :, 0], away[:, :, 1])
        np.fill_diagonal(distance, np.inf)
        over = np.maximum(room - distance, 0)
        np.fill_diagonal(over, 0)
        if round_ >= _ROUNDS and over.max() < 0.5:
            break
        at += 0.4 * (away / np.maximum(distance, 1e-6)[:, :, None] * over[:, :, None]).sum(axis=1)
    return np.asarray(at, dtype=np.float64)


def _turned(
    places: Places, links: list[tuple[str, str]], own: int, drawn: list[Places], home: Mapping[str, int], middles: Array, scale: list[float]
) -> Places:
    """The community turned and mirrored so that the links which leave it are shortest."""
    if not links or len(places) < 2:
        return places
    inner = np.array([places[a] for a, _ in links]) * scale[own]
    outer = np.array([drawn[home[b]][b] for _, b in links]) * np.array([[scale[home[b]]] for _, b in links])
    outer += middles[[home[b] for _, b in links]] - middles[own]
    best, kept = math.inf, (0.0, 1.0)
    for mirror in (1.0, -1.0):
        for turn in range(_TURNS):
            angle = 2 * math.pi * turn / _TURNS
            c, s = math.cos(angle), math.sin(angle)
            x, y = inner[:, 0], inner[:, 1] * mirror
            length = round(float(np.hypot(outer[:, 0] - (c * x - s * y), outer[:, 1] - (s * x + c * y)).sum()), 3)
            if length < best:
                best, kept = length, (angle, mirror)
    c, s = math.cos(kept[0]), math.sin(kept[0])
    return {node: (c * x - s * y * kept[1], s * x + c * y * kept[1]) for node, (x, y) in places.items()}
