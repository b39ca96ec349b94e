"""A document as windows that end at sentence ends, and what the model says of each sentence.

A window holds as many words as fit. Its last sentence may be cut, so it is read again at the
start of the next window. A sentence that fills a window is read once more in a longer one, and
is cut only where even that ends. Nothing is dropped. A window depends on the document alone, never on others beside it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kg.annotate.session import Model, Scores

__all__ = ["MAX_PIECES", "Piece", "sentences"]

LONGEST = 500  # the encoder has 512 positions
MAX_PIECES = 178  # with the two special pieces; longer windows than most of training lost a point of facts


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence: words ``start`` to ``end`` of the document, ``offset`` the word where the
    window's scores begin."""

    start: int
    end: int
    offset: int
    scores: Scores


def sentences(model: Model, words: Sequence[str], fixed: Sequence[int], max_pieces: int = MAX_PIECES) -> Iterator[Piece]:
    """The sentences of the words, in order.

    ``fixed`` gives each word's sentence start as set beforehand: 1 yes, -1 no, 0 open.
    """
    pieces = model.pieces.words(words)
    begin = 0
    while begin < len(words):
        for limit in (max_pieces, LONGEST):
            end = _reach(pieces, fixed, begin, limit)
            scores = model.run(pieces[begin:end])
            starts = _starts(scores, fixed[begin:end])
            whole = end == len(words) or fixed[end] == 1
            if whole or len(starts) > 1:
                break
        if not whole and len(starts) > 1:
            end = begin + starts.pop()
        bounds = [*(begin + start for start in starts), end]
        for start, stop in itertools.pairwise(bounds):
            yield Piece(start, stop, begin, scores)
        begin = end


def _reach(pieces: Sequence[list[int]], fixed: Sequence[int], begin: int, limit: int) -> int:
    """Where a window from ``begin`` ends: at least one word, at most ``limit`` pieces.

    A start that was set beforehand in the window's second half ends it: nothing is read twice.
    """
    end, used, best = begin, 0, 0
    while end < len(pieces) and (end == begin or used + len(pieces[end]) <= limit):
        if fixed[end] == 1 and 2 * used >= limit:
            best = end
        used += len(pieces[end])
        end += 1
    if end == len(pieces) or fixed[end] == 1:
        return end
    return best or end


def _starts(scores: Scores, fixed: Sequence[int]) -> list[int]:
    """Where sentences start in a window: at its beginning, and where set or predicted."""
    given = np.array(fixed)
    starts = given == 1
    if scores.starts is not None:
        starts |= (scores.starts.reshape(-1) > 0) & (given == 0)
    starts[0] = True
    return [int(index) for index in np.flatnonzero(starts)]
