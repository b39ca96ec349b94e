"""The exact words of a passage marked in the sentence around them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph.facts import Passage

__all__ = ["Piece", "Quote", "quotes"]

Piece = tuple[str, bool]
"""A stretch of a sentence, and whether it is marked."""
Quote = tuple[int, tuple[Piece, ...]]
"""Where the first marked words stand in the article's text (-1 unknown), and the sentence in pieces."""


def _places(passage: Passage, text: str | None) -> tuple[int, int] | None:
    """Where the words stand in the sentence.

    Both are single-spaced; where the words occur more than once, the article's text says which is meant.
    """
    words = " ".join(passage.exact.split())
    if not words:
        return None
    found = []
    start = passage.sentence.find(words)
    while start >= 0:
        found.append(start)
        start = passage.sentence.find(words, start + 1)
    if len(found) > 1 and text is not None and passage.start >= 0:
        before = "".join(text[max(0, passage.start - 2000) : passage.start].split())
        found = [at for at in found if before.endswith("".join(passage.sentence[:at].split()))][-1:] or found
    return (found[0], found[0] + len(words)) if found else None


def quotes(passages: Iterable[Passage], text: str | None = None) -> list[Quote]:
    """Each sentence once, in the order of the text, with the words of every passage in it marked."""
    by_sentence: dict[str, list[Passage]] = {}
    for passage in sorted(passages):
        by_sentence.setdefault(passage.sentence, []).append(passage)
    found = []
    for sentence, inside in by_sentence.items():
        places = sorted(p for p in (_places(passage, text) for passage in inside) if p is not None)
        pieces: list[Piece] = []
        end = 0
        for first, last in places:
            if last <= end:
                continue
            first = max(first, end)
            pieces += [(sentence[end:first], False), (sentence[first:last], True)]
            end = last
        pieces.append((sentence[end:], False))
        found.append((min(p.start for p in inside), tuple(piece for piece in pieces if piece[0])))
    return sorted(found)
