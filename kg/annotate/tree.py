"""Maximum spanning trees with exactly one root (Chu & Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_tree", "label_scores"]

LOW = -1e9
Scores = NDArray[np.float32]


def best_tree(scores: Scores) -> list[int]:
    """Heads of the best tree: 0 is the root, tokens count from 1.

    ``scores`` is [tokens, tokens + 1]: of each token, how well each head fits, the root first.
    The greedy choice is taken where it is a tree already, as it mostly is. Where the best tree
    has several roots, each of them is tried as the only one.
    """
    size = len(scores)
    if size == 1:
        return [0]
    matrix = np.full((size + 1, size + 1), LOW, dtype=np.float64)
    matrix[1:] = scores
    np.fill_diagonal(matrix, LOW)
    greedy = [0, *(int(head) for head in matrix[1:].argmax(1))]
    if greedy.count(0) == 2 and _cycle(greedy) is None:
        return greedy[1:]
    heads = _span(matrix)
    roots = [token for token in range(1, size + 1) if heads[token] == 0]
    if len(roots) > 1:
        heads = max(
            (_rooted(matrix, root) for root in roots),
            key=lambda tree: float(matrix[np.arange(1, size + 1), tree[1:]].sum()),
        )
    return heads[1:]


def label_scores(child: Scores, head: Scores) -> Scores:
    """[tokens, labels]: how well each label fits the arc of each token; ``child`` are the tokens' label vectors, ``head`` those of their heads."""
    table: Scores = (child.reshape(len(head), -1, head.shape[-1]) @ head[:, :, None])[:, :, 0]
    return table


def _rooted(matrix: NDArray[np.float64], root: int) -> list[int]:
    """The best tree whose only root is ``root``."""
    changed = matrix.copy()
    changed[1:, 0] = LOW
    changed[root] = LOW
    changed[root, 0] = 0.0
    return _span(changed)


def _cycle(heads: list[int]) -> list[int] | None:
    """The tokens of a cycle, or None. ``heads[0]`` is not looked at."""
    state = [0] * len(heads)  # 0 unseen, 1 on the present path, 2 known to reach the root
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if state[at] == 1:
            return path[path.index(at) :]
        for token in path:
            state[token] = 2
    return None


def _span(matrix: NDArray[np.float64]) -> list[int]:
    """Chu-Liu/Edmonds: contract a cycle of greedy choices, solve the rest, open the cycle."""
    heads = [0, *(int(head) for head in matrix[1:].argmax(1))]
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.array(cycle)
    rest = [token for token in range(len(matrix)) if token not in set(cycle)]
    outside = np.array(rest)
    last = len(rest)
    smaller = np.full((last + 1, last + 1), LOW)
    smaller[:last, :last] = matrix[np.ix_(outside, outside)]
    chosen = matrix[inside, [heads[token] for token in cycle]]
    gain = matrix[np.ix_(inside, outside)] - chosen[:, None]
    enters = gain.argmax(0)
    smaller[last, :last] = gain.max(0)
    leaving = matrix[np.ix_(outside, inside)]
    leaves = leaving.argmax(1)
    smaller[:last, last] = leaving.max(1)
    smaller[0] = LOW
    solved = _span(smaller)
    for index in range(1, last):
        head = solved[index]
        heads[rest[index]] = rest[head] if head < last else cycle[int(leaves[index])]
    broken = cycle[int(enters[solved[last]])]
    heads[broken] = rest[solved[last]]
    heads[0] = 0
    return heads
