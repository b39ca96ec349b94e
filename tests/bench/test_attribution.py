"""The measure of attribution: the format of SpkAtt-2023, and how cues, sources and messages are counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.bench.attribution import Speech, as_doc, bench_attribution, missed, read_speeches, table
from kg.errors import GoldError
from tests.extract.docs import text

STORY = text(
    "de",
    "Moskau/PROPN/nsubj/sagt[@LOC] sagt/VERB/root ,/PUNCT/punct/liefert dass/SCONJ/mark/liefert Peking/PROPN/nsubj/liefert[@LOC] "
    "Öl/NOUN/obj/liefert liefert/VERB/ccomp/sagt",
    "Wir/PRON/nsubj/denken denken/VERB/root das/PRON/obj/denken",
)


def speech(folder: Path, annotations: list[dict[str, list[str]]]) -> Path:
    sentences = [{"SentenceId": number, "Tokens": [t.text for t in sentence]} for number, sentence in enumerate(STORY.doc.sents)]
    data = {"Sentences": sentences, "Annotations": annotations}
    (folder / "one.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def annotated(speech: Speech) -> Doc:
    assert [t.text for t in as_doc(speech, STORY.doc.vocab)] == [t.text for t in STORY.doc]
    return STORY.doc


def test_cues_and_words_are_counted(tmp_path: Path) -> None:
    gold = [
        {"Cue": ["0:1"], "Source": ["0:0"], "Message": ["0:4", "0:5"]},
        {"Cue": ["1:1"], "Source": ["1:0"], "Message": []},
    ]
    rows, forms = bench_attribution(read_speeches(speech(tmp_path, gold)), annotated)
    all_, news = rows["all cues"], rows["with a named source and a message"]
    assert (all_.cues.gold, news.cues.gold, news.cues.hits, news.cues.predicted) == (2, 1, 1, 1)
    assert (news.sources.hits, news.sources.gold, news.sources.predicted) == (1, 1, 1)
    assert (news.messages.hits, news.messages.gold) == (2, 2)
    assert news.messages.predicted == 4  # the verb and "dass" too, but not the comma
    assert forms == {}
    assert "| with a named source and a message | cues | 1 | 1 | 1.000 | 1.000 | 1.000 |" in table(rows, 1)


def test_what_is_missed_is_named(tmp_path: Path) -> None:
    gold = [{"Cue": ["0:6"], "Source": ["0:4"], "Message": ["0:5"]}]
    rows, forms = bench_attribution(read_speeches(speech(tmp_path, gold)), annotated)
    assert rows["with a named source and a message"].cues.hits == 0
    assert missed(forms) == "missed: liefert 1"


def test_faults_are_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"no \.json files"):
        read_speeches(tmp_path)
    (tmp_path / "bad.json").write_text('{"Sentences": [{"Words": []}]}', encoding="utf-8")
    with pytest.raises(GoldError, match=r"bad\.json"):
        read_speeches(tmp_path)
