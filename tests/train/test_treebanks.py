"""Trees as spaCy's tokenizers will meet them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.train.sentence import Sentence
from kg.train.treebanks import harmonise, read_gold, read_treebank


def conllu(text: str, *rows: str) -> str:
    lines = [f"# sent_id = s1\n# text = {text}"]
    for row in rows:
        cells = row.split()
        if "-" in cells[0]:
            lines.append("\t".join([cells[0], cells[1], *["_"] * 8]))
        else:
            number, form, lemma, upos, head, deprel = cells
            lines.append("\t".join([number, form, lemma, upos, "_", "_", head, deprel, "_", "_"]))
    return "\n".join(lines) + "\n\n"


@pytest.fixture
def german(tmp_path: Path) -> Path:
    path = tmp_path / "de.conllu"
    path.write_text(
        conllu(
            "Er geht zum Haus.",
            "1 Er er PRON 2 nsubj",
            "2 geht gehen VERB 0 root",
            "3-4 zum",
            "3 zu zu ADP 5 case",
            "4 dem der DET 5 det",
            "5 Haus Haus NOUN 2 obl",
            "6 . . PUNCT 2 punct",
        ),
        "utf-8",
    )
    return path


def test_contraction_is_one_token(german: Path) -> None:
    for read in (read_gold, read_treebank):
        (sentence,) = read(german, "de")
        assert sentence.words == ("Er", "geht", "zum", "Haus", ".")
        assert sentence.heads == (2, 0, 4, 2, 2)
        assert sentence.lemmas == ("er", "gehen", "zu", "Haus", ".")
        assert sentence.deprels is not None
        assert sentence.deprels[2] == "case"


def test_word_that_spacy_splits_stays_a_tree(tmp_path: Path) -> None:
    path = tmp_path / "nl.conllu"
    path.write_text(
        conllu(
            "Hij kwam (laat).",
            "1 Hij hij PRON 2 nsubj",
            "2 kwam komen VERB 0 root",
            "3 (laat) laat ADJ 2 advmod",
            "4 . . PUNCT 2 punct",
        ),
        "utf-8",
    )
    (sentence,) = read_treebank(path, "nl")
    assert sentence.words == ("Hij", "kwam", "(", "laat", ")", ".")
    assert sentence.heads == (2, 0, 4, 2, 4, 2)
    assert sentence.deprels == ("nsubj", "root", "punct", "advmod", "punct", "punct")


def test_dutch_lemmas_lose_their_marks(tmp_path: Path) -> None:
    path = tmp_path / "nl.conllu"
    path.write_text(conllu("Basisniveau", "1 Basisniveau basis_niveau NOUN 0 root"), "utf-8")
    (sentence,) = read_treebank(path, "nl")
    assert sentence.lemmas == ("basisniveau",)


def test_german_subtypes_are_harmonised() -> None:
    sentence = Sentence(
        "de",
        "x",
        ("sein", "Haus", "das", "steht", "Kim", "Un"),
        ("DET", "NOUN", "PRON", "VERB", "PROPN", "PROPN"),
        ("Poss=Yes", "", "PronType=Rel", "", "", ""),
        heads=(2, 0, 4, 2, 2, 5),
        deprels=("det", "root", "nsubj", "acl", "appos", "flat:name"),
    )
    assert harmonise(sentence).deprels == (
        "det:poss",
        "root",
        "nsubj",
        "acl:relcl",
        "appos",
        "flat",
    )


def test_layers_must_have_the_words_length() -> None:
    with pytest.raises(ValueError, match="upos has 1 values, 2 words"):
        Sentence("nl", "x", ("a", "b"), ("NOUN",))
