"""The vocabulary cut to the pieces that our languages use.

A piece's worth is its share in running text (the training sentences) and in the word-frequency
lists of ``wordfreq`` (as written, capitalised, upper-cased). All single Latin characters, digits
and symbols stay, so that no Latin text meets an unknown piece.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from kg.train.sentence import Sentence
from kg.train.weights import Pretrained

__all__ = ["LANGUAGES", "SIZE", "trim"]

LANGUAGES = ("nl", "de", "en", "fr", "es")
SIZE = 48_000
SPECIAL = 4
WORD = "embeddings.word_embeddings.weight"
VARIANTS = ((str, 0.7), (str.capitalize, 0.28), (str.upper, 0.02))


def trim(pretrained: Pretrained, sentences: Iterable[Sentence], size: int = SIZE) -> Pretrained:
    """The same encoder with ``size`` pieces, in their old order."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(json.dumps(pretrained.tokenizer))
    pieces = [piece for piece, _ in pretrained.tokenizer["model"]["vocab"]]
    latin = [i for i, piece in enumerate(pieces) if i >= SPECIAL and _latin(piece)]
    worth = _worth(tokenizer, list(sentences))
    single = [i for i in latin if len(pieces[i].replace("▁", "")) <= 1]
    known = set(latin)
    ranked = [i for i, _ in sorted(worth.items(), key=lambda x: (-x[1], x[0])) if i in known]
    order = dict.fromkeys([*range(SPECIAL), *single, *ranked, *latin])
    keep = sorted(list(order)[:size])
    tensors = dict(pretrained.tensors)
    tensors[WORD] = np.ascontiguousarray(tensors[WORD][keep])
    return Pretrained(tensors, _cut(pretrained.tokenizer, keep), pretrained.origin)


def _latin(piece: str) -> bool:
    """No letter of another script; the mask token is not wanted either."""
    return piece != "<mask>" and not any(
        unicodedata.category(char) == "Lo" or (char.isalpha() and not unicodedata.name(char, "").startswith("LATIN"))
        for char in piece.replace("▁", "")
    )


def _worth(tokenizer: Any, sentences: list[Sentence]) -> dict[int, float]:
    import wordfreq

    worth: dict[int, float] = defaultdict(float)
    for language in LANGUAGES:
        running: Counter[int] = Counter()
        texts = [" ".join(s.words) for s in sentences if s.language == language]
        for encoding in tokenizer.encode_batch(texts, add_special_tokens=False):
            running.update(encoding.ids)
        listed: dict[int, float] = defaultdict(float)
        frequencies = wordfreq.get_frequency_dict(language, wordlist="best")
        for variant, weight in VARIANTS:
            words = [variant(word) for word in frequencies]
            encoded = tokenizer.encode_batch(words, add_special_tokens=False)
            for share, encoding in zip(frequencies.values(), encoded, strict=True):
                for index in encoding.ids:
                    listed[index] += share * weight
        for counts in (dict(running), listed):
            total = sum(counts.values()) or 1
            for index, count in counts.items():
                worth[index] += 0.5 * count / total
    return worth


def _cut(tokenizer: dict[str, Any], keep: list[int]) -> dict[str, Any]:
    model = dict(tokenizer["model"])
    model["vocab"] = [model["vocab"][index] for index in keep]
    added = [token for token in tokenizer["added_tokens"] if token["id"] < SPECIAL]
    return {**tokenizer, "model": model, "added_tokens": added}
