"""Half-told names: where they are, not what they are."""

from __future__ import annotations

from kg.train.proper import with_proper_nouns
from kg.train.sentence import Sentence


def test_names_without_class() -> None:
    sentence = Sentence(
        "nl",
        "x",
        ("Gisteren", "spraken", "Jan", "van", "Dijk", "en", "Duitse", "ministers", "maandag", "met", "Russen"),
        ("ADV", "VERB", "PROPN", "PROPN", "PROPN", "CCONJ", "ADJ", "NOUN", "PROPN", "ADP", "PROPN"),
        ("", "", "", "", "", "", "Degree=Pos", "Number=Plur", "", "", "Number=Plur"),
        heads=(2, 0, 2, 3, 3, 8, 8, 3, 2, 11, 2),
        deprels=("advmod", "root", "nsubj", "flat", "flat", "cc", "amod", "conj", "obl", "case", "obl"),
    )
    names = with_proper_nouns(sentence).names
    assert names is not None
    assert names[1] == "O"
    assert names[2].split("|") == ["B-PER", "B-ORG", "B-LOC", "B-MISC", "B-NORP"]
    assert names[3].startswith("I-PER")
    assert names[4].startswith("E-PER")
    assert names[6] == "S-NORP"
    assert names[8] == "O"
    assert names[10] == "S-NORP"
    assert names[0].startswith("O|")  # a first word may be anything


def test_sentence_without_trees_is_left_alone() -> None:
    sentence = Sentence("nl", "x", ("Ja", "."))
    assert with_proper_nouns(sentence) is sentence
