"""The lexicon of lemmas: by language and part of speech, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.lexicon import Lexicon
from kg.train.lexicon import collect_lexicon
from kg.train.sentence import Sentence

LEXICON = Lexicon({"nl": {("NOUN", "soldaten"): "soldaat", ("VERB", "was"): "wassen", ("PROPN", "Was"): "Was"}})


@pytest.mark.parametrize(
    ("form", "upos", "lemma"),
    [
        ("soldaten", "NOUN", "soldaat"),
        ("Soldaten", "NOUN", "soldaat"),
        ("SOLDATEN", "NOUN", "soldaat"),
        ("was", "VERB", "wassen"),
        ("Was", "PROPN", "Was"),
        ("Soldaten", "PROPN", None),
        ("schepen", "NOUN", None),
    ],
)
def test_forms_are_found(form: str, upos: str, lemma: str | None) -> None:
    assert LEXICON.find("nl", upos, form) == lemma


def test_other_languages_are_kept_apart() -> None:
    assert LEXICON.find("de", "NOUN", "soldaten") is None


def test_written_and_read_again(tmp_path: Path) -> None:
    LEXICON.write(tmp_path / "a.gz")
    again = Lexicon.read(tmp_path / "a.gz")
    assert again == LEXICON
    again.write(tmp_path / "b.gz")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_no_file_is_an_empty_lexicon(tmp_path: Path) -> None:
    assert Lexicon.read(tmp_path / "none.gz").entries == {}


def test_forms_of_several_lemmas_are_left_out() -> None:
    sentences = [
        Sentence("nl", "x", ("hij", word), ("PRON", "VERB"), lemmas=("hij", lemma))
        for word, lemma in (("was", "zijn"), ("was", "wassen"), ("liep", "lopen"))
    ]
    entries = collect_lexicon(sentences).entries["nl"]
    assert ("VERB", "was") not in entries
    assert entries["VERB", "liep"] == "lopen"
