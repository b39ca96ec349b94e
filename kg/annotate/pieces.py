"""Words to subword pieces, with a memory for words already cut."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

__all__ = ["Pieces"]

MAX_WORD = 24  # pieces of one word that the encoder sees; the rest of a longer one is not shown
MEMORY = 200_000
# A word of thousands of characters is cut before the tokenizer sees it.
MAX_CHARACTERS = 400


class Pieces:
    """A Unigram tokenizer applied word by word, so that a word's pieces never depend on others."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.begin, self.pad, self.end, self._unknown = (_special(tokenizer, piece) for piece in ("<s>", "<pad>", "</s>", "<unk>"))
        self._memory: dict[str, list[int]] = {}

    @classmethod
    def read(cls, path: Path) -> Pieces:
        """From a ``tokenizer.json``."""
        return cls(Tokenizer.from_file(str(path)))

    def words(self, words: Iterable[str]) -> list[list[int]]:
        """The pieces of each word: at least one, at most MAX_WORD (the first and the last ones)."""
        return [self._memory.get(word) or self._cut(word) for word in words]

    def _cut(self, word: str) -> list[int]:
        if len(word) > MAX_CHARACTERS:
            half = MAX_CHARACTERS // 2
            shown = word[:half] + word[-half:]
        else:
            shown = word
        ids: list[int] = self._tokenizer.encode(shown, add_special_tokens=False).ids
        if len(ids) > MAX_WORD:
            ids = ids[: MAX_WORD // 2] + ids[-MAX_WORD // 2 :]
        ids = ids or [self._unknown]
        if len(self._memory) < MEMORY:
            self._memory[word] = ids
        return ids


def _special(tokenizer: Tokenizer, piece: str) -> int:
    index = tokenizer.token_to_id(piece)
    if index is None:
        raise ValueError(f"the tokenizer has no piece {piece}")
    return int(index)
