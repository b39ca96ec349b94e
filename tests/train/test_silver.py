"""Self-training: what the shipped model parses surely becomes a tree to learn from; what it is unsure of does not."""

from __future__ import annotations

import pytest

from kg.annotate import MODEL_FOLDER
from kg.annotate.session import Model
from kg.train.corpora import Corpus
from kg.train.sentence import Sentence
from kg.train.silver import SILVER, parse_surely, with_silver

PLAIN = ["Die", "Regierung", "in", "Berlin", "hat", "am", "Montag", "drei", "Panzer", "an", "die", "Ukraine", "geliefert", "."]
GARBLED = ["Panzer", "der", "Ukraine", "am", "hat", "an", "geliefert", "drei", "die", "Montag", "in", "Regierung", "Die", "."]


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(MODEL_FOLDER)


def named(words: list[str]) -> Sentence:
    return Sentence("de", "germeval", tuple(words), names=("O",) * len(words))


def test_a_plain_sentence_becomes_a_tree_without_names(model: Model) -> None:
    (found,) = parse_surely([named(PLAIN)], model)
    assert found.names is None
    assert found.heads is not None
    assert found.deprels is not None
    assert found.upos is not None
    verb = PLAIN.index("geliefert")
    assert found.heads[verb] == 0
    assert found.deprels[verb] == "root"
    assert (found.heads[1], found.deprels[1]) == (verb + 1, "nsubj")
    assert found.upos[PLAIN.index("Ukraine")] == "PROPN"


def test_an_unsure_parse_and_a_fragment_are_left_out(model: Model) -> None:
    assert list(parse_surely([named(GARBLED), named(["In", "Berlin"])], model)) == []


def test_silver_takes_the_place_of_earlier_silver(model: Model) -> None:
    corpora = [(Corpus("names", "", "germeval", "de"), [named(PLAIN)]), (Corpus("tree", "", "treebank", "de"), [named(PLAIN)])]
    once = with_silver(corpora, model)
    twice = with_silver(once, model)
    assert [corpus.name for corpus, _ in twice] == ["names", "tree", SILVER.name]
    assert [len(sentences) for _, sentences in twice] == [1, 1, 1]
    assert once == twice
