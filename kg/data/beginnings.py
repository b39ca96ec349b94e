"""Which of many words begin with a text, told by bisection."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

__all__ = ["Beginnings"]


class Beginnings:
    """Some words. Asking for what they begin with spares most of the look-ups of rows of words that may be one of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._sorted = tuple(sorted(set(words)))

    def __contains__(self, text: str) -> bool:
        """Whether one of the words is this text or begins with it."""
        place = bisect_left(self._sorted, text)
        return place < len(self._sorted) and self._sorted[place].startswith(text)
