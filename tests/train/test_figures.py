"""Figures are counted as the card says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.train.bench import table, write_figures
from kg.train.card import read_figures, write_card
from kg.train.corpora import Corpus, read_sources
from kg.train.figures import Figures, gold_spans, measure_corpus, sentence_f1

SCRIPTED = "test_scripted_names"


def test_gold_spans_leave_open_tags_out() -> None:
    tags = ["B-PER", "E-PER", "O", "S-LOC", "O|B-MISC", "S-ORG|S-LOC"]
    assert gold_spans(tags) == {(0, 2, "PER"), (3, 4, "LOC")}


def test_sentences_are_compared_by_extent() -> None:
    nlp = spacy.blank("nl")
    nlp.add_pipe("sentencizer")
    assert sentence_f1(nlp, ["Hij komt.", "Zij gaat!"]) == 100.0
    # The second ends nowhere: one of two is found, and one of the two found is right.
    assert sentence_f1(nlp, ["Hij komt.", "Kop zonder punt", "Zij gaat."]) == pytest.approx(100 * 2 * 1 / (2 + 3))


def test_names_of_peoples_count_as_misc_where_there_is_no_other_class(tmp_path: Path) -> None:
    def tag(doc: Doc) -> Doc:
        doc.set_ents([Span(doc, 0, 1, "NORP"), Span(doc, 2, 3, "LOC")])
        return doc

    spacy.Language.component(SCRIPTED, func=tag)
    nlp = spacy.blank("nl")
    nlp.add_pipe(SCRIPTED)
    (tmp_path / "x.testa").write_text("Belgische Adj B-MISC\nin Prep O\nGent N B-LOC\n\n", "utf-8")
    corpus = Corpus("x", "x.testa", "conll2002", "nl", classes=("PER", "ORG", "LOC", "MISC"))
    values = measure_corpus(nlp, corpus, tmp_path, tmp_path).values
    assert values["F1"] == 100.0
    assert values["F1 MISC"] == 100.0


def test_nothing_is_trained_on_test_or_on_research_only_sets() -> None:
    sources = read_sources()
    for corpus in sources["source"]:
        assert corpus.path.startswith(("train/", "corpus:"))
        assert corpus.licence
        assert "conll2002" not in corpus.path
    measured = {corpus.path for part in ("test", "dev") for corpus in sources[part]}
    trained = {corpus.path for corpus in sources["source"] if corpus.reader not in ("marked", "events")}  # whose tenth lines are held out
    assert not measured & trained


def test_figures_are_written_read_and_shown(tmp_path: Path) -> None:
    figures = [Figures("nl", {"LAS": 88.456, "UPOS": 96.0}, 1000, 50), Figures("de", {"F1": 80.0, "P": 81.0}, 10, 1)]
    write_figures(figures, tmp_path / "f.json")
    again = read_figures(tmp_path / "f.json")
    assert again[0].values["LAS"] == 88.46
    shown = table(again)
    assert "| nl | 1,000 | 96.0 |" in shown
    assert "| de | 10 | 81.0 |  | 80.0 |" in shown


def test_card_holds_sources_figures_and_what_int8_costs(tmp_path: Path) -> None:
    meta = {
        "name": "small",
        "made": "2026-01-01",
        "minutes": 3,
        "steps": 1200,
        "shape": {"layers": 6, "vocabulary": 48000},
        "encoder": {"origin": "somewhere"},
        "training": [{"name": "Trees", "language": "nl", "sentences": 10, "words": 1234, "repeat": 0.5, "licence": "CC BY-SA 4.0"}],
    }
    (tmp_path / "meta.json").write_text(json.dumps(meta), "utf-8")
    int8, floats = Figures("nl Alpino", {"LAS": 88.0}), Figures("nl Alpino", {"LAS": 88.25})
    write_card(tmp_path, [int8], [floats])
    card = (tmp_path / "MODEL_CARD.md").read_text("utf-8")
    assert "{{" not in card
    assert "| Trees | nl | 10 | 1,234 | 0.5 | CC BY-SA 4.0 |" in card
    assert "| nl Alpino | LAS | 88.25 | 88.00 | -0.25 |" in card
