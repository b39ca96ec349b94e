"""Where to draw nodes: each connected part by itself, then the parts packed side by side, the largest first.

Laid out as one, parts that nothing joins would drift apart and leave the picture empty.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx
import numpy as np

from kg.analyse.measures import SEED, part

__all__ = ["layout"]

_EXACT = 90
"""Up to so many nodes Kamada and Kawai (1989) is quick, and clearer than springs."""


def layout(
    graph: nx.Graph[str], *, spacing: float = 120.0, aspect: float = 1.6, room: tuple[float, float] = (0.0, 0.0)
) -> Mapping[str, tuple[float, float]]:
    """Positions in which linked nodes lie about ``spacing`` apart, in a field about ``aspect`` times as wide as high.

    ``room`` is the width and height that each node needs for itself. The same graph gives the same positions.
    """
    parts = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c))
    boxes = [_box(_apart(_place(part(graph, nodes)), spacing, room), 1.0) for nodes in parts]
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
    corners: list[tuple[float, float]] = []
    for w, _ in sizes:
        starts = {0.0} | {x + sizes[i][0] + gap for i, (x, _) in enumerate(corners)}
        spots = []
        for start in sorted(s for s in starts if s == 0 or s + w <= width):
            under = [y + sizes[i][1] + gap for i, (x, y) in enumerate(corners) if x < start + w + gap and start < x + sizes[i][0] + gap]
            spots.append((max(under, default=0.0), start))
        y, x = min(spots)
        corners.append((x, y))
    return corners


def _extent(corners: list[tuple[float, float]], sizes: list[tuple[float, float]], aspect: float) -> float:
    """How wide a window of that aspect must be to show everything."""
    right = max(x + w for (x, _), (w, _) in zip(corners, sizes, strict=True))
    bottom = max(y + h for (_, y), (_, h) in zip(corners, sizes, strict=True))
    return max(right, bottom * aspect)


def _place(graph: nx.Graph[str]) -> Mapping[str, tuple[float, float]]:
    """One connected part, with links about 1 long."""
    n = len(graph)
    if n == 1:
        return dict.fromkeys(graph, (0.0, 0.0))
    start = {node: (math.cos(2 * math.pi * i / n), math.sin(2 * math.pi * i / n)) for i, node in enumerate(graph)}
    if n <= _EXACT:
        found = nx.kamada_kawai_layout(graph, pos=start, weight=None)
    else:
        found = nx.spring_layout(graph, pos=start, seed=SEED, weight=None, iterations=150, method="force")
    lengths = sorted(math.dist(found[a], found[b]) for a, b in graph.edges if a != b)
    unit = lengths[len(lengths) // 2] or 1.0
    return {node: (float(x) / unit, float(y) / unit) for node, (x, y) in sorted(found.items())}


def _apart(places: Mapping[str, tuple[float, float]], spacing: float, room: tuple[float, float], rounds: int = 200) -> dict[str, tuple[float, float]]:
    """Positions scaled, then pushed apart, each pair along the axis on which it overlaps less, till none overlaps."""
    names = list(places)
    at = np.array([places[n] for n in names], dtype=float) * spacing
    order = np.arange(len(names))
    side = np.sign(order[:, None] - order[None, :])
    for _ in range(rounds):
        away = at[:, None, :] - at[None, :, :]
        over = np.array(room) - np.abs(away)
        touching = (over > 0).all(axis=2) & (side != 0)
        if not touching.any():
            break
        sign = np.where(away == 0, side[:, :, None], np.sign(away))
        across = over[:, :, 0] <= over[:, :, 1]
        axis = np.stack([across, ~across], axis=2)
        at += 0.35 * (np.where(touching[:, :, None] & axis, over, 0.0) * sign).sum(axis=1)
    return {n: (float(x), float(y)) for n, (x, y) in zip(names, at, strict=True)}


def _box(places: Mapping[str, tuple[float, float]], spacing: float) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Positions scaled and moved to begin at (0, 0), with width and height."""
    left, top = min(x for x, _ in places.values()), min(y for _, y in places.values())
    moved = {node: ((x - left) * spacing, (y - top) * spacing) for node, (x, y) in places.items()}
    return moved, max(x for x, _ in moved.values()), max(y for _, y in moved.values())
