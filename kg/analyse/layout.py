"""Where to draw nodes: each connected part by itself, then the parts packed side by side, the largest first.

Laid out as one, parts that nothing joins would drift apart and leave the picture empty. A large part is laid out by
communities (``kg.analyse.groups``). Every node starts from a place that its own name gives, so that a graph with one
article more looks much as it did.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import shortest_path
from scipy.spatial import cKDTree

from kg.analyse.groups import arrange
from kg.analyse.measures import part

__all__ = ["layout"]

_ONE = 60
"""A part of more nodes is laid out by communities."""


def layout(
    graph: nx.Graph[str], *, spacing: float = 120.0, aspect: float = 1.6, room: tuple[float, float] = (0.0, 0.0)
) -> Mapping[str, tuple[float, float]]:
    """Positions in which linked nodes lie about ``spacing`` apart, in a field about ``aspect`` times as wide as high.

    ``room`` is the width and height that each node needs for itself. The same graph gives the same positions.
    """
    parts = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c))

    def spread(places: Mapping[str, tuple[float, float]]) -> Mapping[str, tuple[float, float]]:
        return _apart(places, spacing, room)

    boxes = [
        _box(spread(_place(part(graph, nodes))) if len(nodes) <= _ONE else arrange(part(graph, nodes), _place, spread, 0.6 * spacing, aspect), 1.0)
        for nodes in parts
    ]
    if not boxes:
        return {}
    sizes = [(w, h) for _, w, h in boxes]
    widest = max(w for w, _ in sizes)
    area = sum((w + spacing) * (h + spacing) for w, h in sizes)
    widths = [max(widest, share / 10 * math.sqrt(area * aspect)) for share in range(6, 21)]
    corners = min((_pack(sizes, width, spacing) for width in widths), key=lambda c: _extent(c, sizes, aspect))
    found = {
        node: (round(x + px, 1), round(y + py, 1)) for (places, _, _), (x, y) in zip(boxes, corners, strict=True) for node, (px, py) in places.items()
    }
    return dict(sorted(found.items()))


def _pack(sizes: list[tuple[float, float]], width: float, gap: float) -> list[tuple[float, float]]:
    """Corners of boxes put down one by one where the skyline of those before leaves them highest, then leftmost."""
    left, right, below = (np.zeros(len(sizes)) for _ in range(3))
    corners: list[tuple[float, float]] = []
    for done, (w, h) in enumerate(sizes):
        starts = np.unique(np.append(right[:done], 0.0))
        starts = starts[(starts == 0) | (starts + w <= width)]
        under = (left[:done] < starts[:, None] + w + gap) & (starts[:, None] < right[:done])
        tops = np.where(under, below[:done], 0.0).max(axis=1, initial=0.0)
        best = int(np.lexsort((starts, tops))[0])
        x, y = float(starts[best]), float(tops[best])
        left[done], right[done], below[done] = x, x + w + gap, y + h + gap
        corners.append((x, y))
    return corners


def _extent(corners: list[tuple[float, float]], sizes: list[tuple[float, float]], aspect: float) -> float:
    """How wide a window of that aspect must be to show everything."""
    right = max(x + w for (x, _), (w, _) in zip(corners, sizes, strict=True))
    bottom = max(y + h for (_, y), (_, h) in zip(corners, sizes, strict=True))
    return max(right, bottom * aspect)


def _place(graph: nx.Graph[str]) -> Mapping[str, tuple[float, float]]:
    """One connected part, with links about 1 long."""
    if len(graph) == 1:
        return dict.fromkeys(graph, (0.0, 0.0))
    names = sorted(graph)
    wanted = shortest_path(nx.to_scipy_sparse_array(graph, nodelist=names, weight=None), unweighted=True)
    at = _stress(wanted, np.array([_start(name) for name in names]) * math.sqrt(len(names)), max(40, min(200, 20000 // len(names))))
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, at, strict=True)}


def _stress(wanted: npt.NDArray[np.float64], at: npt.NDArray[np.float64], rounds: int) -> npt.NDArray[np.float64]:
    """Places whose distances come near those wanted, near ones first: the energy of Kamada and Kawai (1989), lessened
    by majorisation (Gansner, Koren and North 2004), which for such sizes is quicker than a general minimiser.
    """
    weights = np.divide(1.0, wanted**2, out=np.zeros_like(wanted), where=wanted > 0)
    mean = 1.0 / len(at)
    inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + mean) - mean  # the pseudo-inverse of a Laplacian
    pull = weights * wanted
    for _ in range(rounds):
        distance = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
        ratio = np.divide(pull, distance, out=np.zeros_like(pull), where=distance > 1e-9)
        moved = inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ at)
        still = float(np.abs(moved - at).max()) < 1e-4
        at = moved
        if still:
            break
    return at


def _start(node: str) -> tuple[float, float]:
    """A point of the unit disc that the name alone gives."""
    digest = hashlib.sha256(node.encode("utf-8", "surrogatepass")).digest()
    angle, radius = (int.from_bytes(digest[i : i + 4], "big") / 2**32 for i in (0, 4))
    return math.sqrt(radius) * math.cos(2 * math.pi * angle), math.sqrt(radius) * math.sin(2 * math.pi * angle)


def _apart(places: Mapping[str, tuple[float, float]], spacing: float, room: tuple[float, float], rounds: int = 200) -> dict[str, tuple[float, float]]:
    """Positions scaled, then pushed apart, each pair along the axis on which it overlaps less, till none overlaps."""
    names = list(places)
    at = np.array([places[n] for n in names], dtype=float) * spacing
    size = np.array(room)
    for _ in range(rounds if size.all() else 0):
        pairs = cKDTree(at / size).query_pairs(1.0, p=math.inf, output_type="ndarray")
        if not len(pairs):
            break
        low, high = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
        away = at[low] - at[high]
        over = size - np.abs(away)
        if not (over > 1e-6).all(axis=1).any():
            break
        across = over[:, 0] <= over[:, 1]
        push = 0.35 * np.where(np.stack([across, ~across], axis=1), over, 0.0) * np.where(away == 0, -1.0, np.sign(away))
        np.add.at(at, low, push)
        np.subtract.at(at, high, push)
    return {n: (float(x), float(y)) for n, (x, y) in zip(names, at, strict=True)}


def _box(places: Mapping[str, tuple[float, float]], spacing: float) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Positions scaled and moved to begin at (0, 0), with width and height."""
    left, top = min(x for x, _ in places.values()), min(y for _, y in places.values())
    moved = {node: ((x - left) * spacing, (y - top) * spacing) for node, (x, y) in places.items()}
    return moved, max(x for x, _ in moved.values()), max(y for _, y in moved.values())
