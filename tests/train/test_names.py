"""Name corpora in one scheme: what a corpus does not annotate stays open."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.train.names import READERS, TAGS, bioes, read_marked


def test_own_sentences_are_read_with_their_marks(tmp_path: Path) -> None:
    path = tmp_path / "nl.txt"
    path.write_text("[PER Kim Jong-un] bezoekt [LOC Den Haag], zegt [ORG NOS].\n", "utf-8")
    (sentence,) = read_marked(path, "nl")
    assert sentence.names is not None
    tagged = [(w, t) for w, t in zip(sentence.words, sentence.names, strict=True) if t != "O"]
    assert tagged == [
        ("Kim", "B-PER"),
        ("Jong-un", "E-PER"),
        ("Den", "B-LOC"),
        ("Haag", "E-LOC"),
        ("NOS", "S-ORG"),
    ]


def test_stray_bracket_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "nl.txt"
    path.write_text("Goed.\n[PERS Kim] komt.\n", "utf-8")
    with pytest.raises(ValueError, match=r"nl\.txt:2"):
        read_marked(path, "nl")


def test_classes_left_out_stay_open() -> None:
    tags = bioes(["O", "B-PER", "I-PER"], ("MISC",))
    assert tags[0].split("|") == ["O", "B-MISC", "I-MISC", "E-MISC", "S-MISC"]
    assert tags[1:] == ("B-PER", "E-PER")


def test_adjacent_names_are_told_apart() -> None:
    assert bioes(["B-PER", "B-PER", "I-LOC"], ()) == ("S-PER", "S-PER", "S-LOC")


def test_uner_has_no_peoples(tmp_path: Path) -> None:
    path = tmp_path / "x.iob2"
    path.write_text("# text = x\n1\tDutch\tO\t-\t-\n2\tKim\tB-PER\t-\t-\n\n", "utf-8")
    (sentence,) = READERS["uner"](path, "en")
    assert sentence.names is not None
    assert "S-NORP" in sentence.names[0].split("|")
    assert sentence.names[1] == "S-PER"


def test_germeval_derivations_are_peoples(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("#\tsource\n1\tdeutsche\tB-LOCderiv\tO\n2\tBank\tO\tO\n\n", "utf-8")
    (sentence,) = READERS["germeval"](path, "de")
    assert sentence.names == ("S-NORP", "O")


def test_every_tag_is_known() -> None:
    assert len(TAGS) == 21
    assert len(set(TAGS)) == 21
