"""What is cut off where a node falls away: articulation points (Hopcroft and Tarjan 1973) with the parts that hang on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

__all__ = ["cut_off"]


def cut_off(graph: nx.Graph[str]) -> Mapping[str, frozenset[str]]:
    """Articulation point → all that hangs on it but for the largest of the parts that are left without it (of equals, the first by name).

    The parts come from the tree of blocks (biconnected components) and the points at which they meet, walked once, so that the time is
    that of the graph and of what is cut off, and not of a search for every point.
    """
    blocks = [frozenset(block) for block in sorted(map(sorted, nx.biconnected_components(graph)))]
    met: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        for node in block:
            met[node].append(number)
    points = {node: numbers for node, numbers in sorted(met.items()) if len(numbers) > 1}
    tree = _Tree(blocks, points)
    for number in range(len(blocks)):
        tree.walk(number)
    return {point: tree.lost(point) for point in points}


@dataclass(frozen=True, slots=True)
class _Below:
    """How many nodes a block and all below it hold, without the point by which it hangs, and the first of them by name."""

    size: int
    first: str


class _Tree:
    """Blocks and the points at which they meet, each part of the graph as a tree that hangs on one of its blocks."""

    def __init__(self, blocks: list[frozenset[str]], points: Mapping[str, list[int]]) -> None:
        self._blocks, self._points = blocks, points
        self._hangs: dict[int, str | None] = {}
        self._root: dict[int, int] = {}
        self._below: dict[int, _Below] = {}

    def walk(self, root: int) -> None:
        """Hang a part of the graph on one of its blocks, unless it hangs already."""
        if root in self._hangs:
            return
        self._hangs[root] = None
        order = [root]
        for block in order:  # grows while it is read
            self._root[block] = root
            for point in self._inside(block):
                for other in self._points[point]:
                    if other not in self._hangs:
                        self._hangs[other] = point
                        order.append(other)
        for block in reversed(order):
            own = self._blocks[block] - {self._hangs[block]}
            below = [self._below[other] for point in self._inside(block) for other in self._children(block, point)]
            self._below[block] = _Below(len(own) + sum(b.size for b in below), min([*own, *(b.first for b in below)]))

    def _inside(self, block: int) -> list[str]:
        """The points of a block at which others hang on it."""
        return [node for node in sorted(self._blocks[block]) if node in self._points and node != self._hangs[block]]

    def _children(self, block: int, point: str) -> list[int]:
        return [other for other in self._points[point] if other != block and self._hangs[other] == point]

    def _nodes(self, top: int) -> set[str]:
        """All nodes of a block and below it, but for the point by which it hangs."""
        found: set[str] = set()
        todo = [top]
        while todo:
            block = todo.pop()
            found |= self._blocks[block]
            todo += [other for point in self._inside(block) for other in self._children(block, point)]
        return found - {self._hangs[top] or ""}

    def lost(self, point: str) -> frozenset[str]:
        """All parts around a point but the largest."""
        hanging = [block for block in self._points[point] if self._hangs[block] == point]
        parts = sorted((-self._below[block].size, self._below[block].first, block) for block in hanging)
        size = self._below[self._root[hanging[0]]].size - 1 - sum(self._below[block].size for block in hanging)
        most, first, _ = parts[0]
        if size > -most or (size == -most and self._above(point, hanging)[0] < first):
            return self._all(hanging)
        return frozenset(self._above(point, hanging)) | self._all(block for *_, block in parts[1:])

    def _all(self, blocks: Iterable[int]) -> frozenset[str]:
        return frozenset().union(*(self._nodes(block) for block in blocks))

    def _above(self, point: str, hanging: list[int]) -> list[str]:
        """The nodes of the part that a point hangs on, sorted."""
        root = self._root[hanging[0]]
        return sorted(self._nodes(root) - self._all(hanging) - {point})
