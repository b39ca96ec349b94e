"""Windows over the real model: every word once, in order, whatever is set beforehand."""

from __future__ import annotations

import random

import pytest

from kg.annotate import MODEL_FOLDER
from kg.annotate.session import Model
from kg.annotate.windows import sentences

pytestmark = pytest.mark.skipif(not (MODEL_FOLDER / "model.onnx").is_file(), reason="the weights are not in this checkout")

WORDS = ["De", "minister", "sprak", "met", "de", "pers", ".", "Kim", "Jong-un", "kwam", "niet", "naar", "Moskou", ",", "zei", "hij"]


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(MODEL_FOLDER)


@pytest.mark.parametrize("limit", [1, 7, 40, 178])
def test_every_word_once(model: Model, limit: int) -> None:
    rng = random.Random(limit)
    words = [rng.choice(WORDS) for _ in range(250)]
    fixed = [rng.choice((0, 0, 0, 0, 0, 1, -1)) for _ in words]
    pieces = list(sentences(model, words, fixed, limit))
    assert [i for piece in pieces for i in range(piece.start, piece.end)] == list(range(250))
    starts = {piece.start for piece in pieces}
    assert all(i in starts for i, start in enumerate(fixed) if start == 1)
    assert all(piece.start >= piece.offset for piece in pieces)


def test_no_words_no_windows(model: Model) -> None:
    assert list(sentences(model, [], [])) == []


def test_pieces_of_a_word_are_never_none_nor_too_many(model: Model) -> None:
    for word in ("a", "x" * 10_000, "\u200b", "漢字", "🚀", "-" * 999):
        (ids,) = model.pieces.words([word])
        assert 1 <= len(ids) <= 24
