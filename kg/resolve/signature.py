"""Near-duplicate texts: a MinHash signature of each article, of which the share of equal places estimates how much of the text is shared.

Broder, "On the resemblance and containment of documents" (1997): the probability that two sets have the same minimum under a random
hash is their Jaccard similarity. The sets are runs of three words of the text without boilerplate; of each minimum 16 bits are kept
(Li and König, "b-Bit Minwise Hashing", 2010), so that a signature is short enough to stand in the graph.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence

import numpy as np

from kg.records import Article, BlockKind

__all__ = ["COPY", "read_signature", "resemblance", "signature"]

COPY = 0.3
"""Texts that resemble each other at least so much are one text, shortened or edited; independent reports of one event stay below 0.1."""

_PLACES = 128  # standard error of the estimate below 0.045
_RUN = 3  # words
_DRAW = np.random.Generator(np.random.PCG64(1997))
_FACTORS = _DRAW.integers(1, 1 << 63, _PLACES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_TERMS = _DRAW.integers(0, 1 << 63, _PLACES, dtype=np.uint64)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_HIGH = np.uint64(32)  # multiply-shift hashing (Dietzfelbinger et al. 1997): of a product modulo 2^64 the high bits are the random ones


def signature(article: Article) -> str:
    """The signature as 512 hexadecimal digits; empty for a text of fewer than three words."""
    kept = (b.span for b in article.blocks if b.kind is not BlockKind.BOILERPLATE)
    words = [w for span in kept for w in _words(article.text[span.start : span.end])]
    runs = {zlib.crc32(" ".join(words[i : i + _RUN]).encode()) for i in range(len(words) - _RUN + 1)}
    if not runs:
        return ""
    hashes = np.fromiter(sorted(runs), dtype=np.uint64, count=len(runs))
    least = ((hashes[:, None] * _FACTORS + _TERMS) >> _HIGH).min(axis=0)
    return "".join(f"{int(value) & 0xFFFF:04x}" for value in least)


def read_signature(text: str) -> tuple[int, ...]:
    """A signature as written in the graph; () for what is none."""
    return tuple(int(text[i : i + 4], 16) for i in range(0, len(text), 4)) if re.fullmatch(r"([0-9a-f]{4})+", text) else ()


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share of runs of words that two texts have in common; 0 where one has no signature."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", _NOT_ASCII.sub(_unless_combining, plain))


def _unless_combining(match: re.Match[str]) -> str:
    return "" if unicodedata.combining(match[0]) else match[0]
