"""Trees and name spans against exhaustive search."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from kg.annotate.spans import best_tags, spans_of
from kg.annotate.tree import best_tree

TAGS = ("O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "I-LOC", "E-LOC", "S-LOC")


def is_tree(heads: tuple[int, ...]) -> bool:
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return heads.count(0) == 1


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_best_tree_is_the_best(size: int) -> None:
    rng = np.random.default_rng(size)
    candidates = [h for h in itertools.product(range(size + 1), repeat=size) if is_tree(h)]
    for _ in range(25):
        scores = rng.normal(size=(size, size + 1)).astype(np.float32)
        best = max(candidates, key=lambda h: sum(scores[i, head] for i, head in enumerate(h)))
        found = best_tree(scores)
        assert is_tree(tuple(found))
        assert sum(scores[i, h] for i, h in enumerate(found)) == pytest.approx(sum(scores[i, h] for i, h in enumerate(best)), abs=1e-4)


def test_long_cycles_are_broken() -> None:
    size = 60
    scores = np.zeros((size, size + 1), dtype=np.float32)
    for i in range(size):
        scores[i, (i + 1) % size + 1] = 10.0  # everyone prefers the next: one cycle
    assert is_tree(tuple(best_tree(scores)))


def legal(path: tuple[int, ...]) -> bool:
    inside = ""
    for index in path:
        tag = TAGS[index]
        if inside:
            if tag[0] not in "IE" or tag[2:] != inside:
                return False
        elif tag[0] in "IE":
            return False
        inside = tag[2:] if tag[0] in "BI" else ""
    return not inside


def test_best_tags_is_the_best_legal_path() -> None:
    rng = np.random.default_rng(7)
    paths = [p for p in itertools.product(range(len(TAGS)), repeat=3) if legal(p)]
    for _ in range(50):
        scores = rng.normal(size=(3, len(TAGS))).astype(np.float32)
        best = max(paths, key=lambda p: sum(scores[i, t] for i, t in enumerate(p)))
        found = best_tags(scores, TAGS)
        assert legal(tuple(found))
        assert tuple(found) == best


def test_spans() -> None:
    path = [TAGS.index(tag) for tag in ("B-PER", "E-PER", "O", "S-LOC", "S-PER")]
    assert spans_of(path, TAGS) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "PER")]
