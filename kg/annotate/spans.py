"""Name spans from tag scores: the best path that BIOES allows (Viterbi)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_tags", "spans_of"]

LOW = -1e6
Scores = NDArray[np.float32]


@lru_cache
def _rules(tags: tuple[str, ...]) -> tuple[NDArray[np.float64], list[bool], list[bool]]:
    """Transition scores (0 or LOW), which tags may begin and which may end a sentence."""

    def opens(tag: str) -> bool:  # the name goes on after this tag
        return tag[0] in "BI"

    def continues(tag: str) -> bool:
        return tag[0] in "IE"

    size = len(tags)
    moves = np.full((size, size), LOW)
    for i, left in enumerate(tags):
        for j, right in enumerate(tags):
            joined = opens(left) and continues(right) and left[2:] == right[2:]
            apart = not opens(left) and not continues(right)
            if joined or apart:
                moves[i, j] = 0.0
    return moves, [not continues(tag) for tag in tags], [not opens(tag) for tag in tags]


def best_tags(scores: Scores, tags: tuple[str, ...]) -> list[int]:
    """The best legal tag indices for the scores [tokens, tags] of one sentence."""
    greedy = scores.argmax(1)
    if not greedy.any():  # all outside (tag 0), the common case
        return [0] * len(scores)
    moves, may_begin, may_end = _rules(tags)
    total = np.where(may_begin, scores[0].astype(np.float64), LOW)
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        reached = total[:, None] + moves
        back[i] = reached.argmax(0)
        total = reached.max(0) + scores[i]
    total = np.where(may_end, total, total + LOW)
    path = [int(total.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def spans_of(path: list[int], tags: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """(first token, end, class) of every name in a legal path."""
    spans: list[tuple[int, int, str]] = []
    start = 0
    for i, index in enumerate(path):
        tag = tags[index]
        if tag[0] in "BS":
            start = i
        if tag[0] in "ES":
            spans.append((start, i + 1, tag[2:]))
    return spans
