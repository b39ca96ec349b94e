"""The measure of the time normaliser: its gold, and what counts as recognised and as right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.annotate.languages import blank
from kg.bench.times import Text, bench_times, misses, read_texts, table
from kg.errors import GoldError
from kg.records import LANGUAGES
from tests.conftest import ROOT

GOLD = ROOT / "corpus" / "measures" / "times"


def annotated(text: Text) -> Doc:
    nlp = blank(text.language)
    nlp.add_pipe("sentencizer")
    return nlp(text.text)


def written(folder: Path, rows: str) -> Path:
    (folder / "nl.yaml").write_text(rows, encoding="utf-8")
    return folder


def test_gold_is_literal_and_large_enough() -> None:
    texts = read_texts(GOLD)
    count = {language: sum(len(t.times) for t in texts if t.language == language) for language in LANGUAGES}
    assert min(count["de"], count["nl"]) >= 120
    assert min(count["en"], count["fr"]) >= 60
    assert all(t.text[e.start : e.end] == e.words for t in texts for e in t.times)
    assert all(e.earliest is None or e.latest is None or e.earliest <= e.latest for t in texts for e in t.times)
    assert {t.language for t in texts if not t.times} == set(LANGUAGES)  # each has texts that only look like times
    for language in LANGUAGES:
        held = [t.held for t in texts if t.language == language]
        assert held == sorted(held)
        assert sum(held) * 3 == len(held)


def test_what_counts(tmp_path: Path) -> None:
    rows = """
- text: "Het schip vertrok op 3 maart 2020. Gisteren kwam het aan."
  published: 2024-03-15
  times: [[3 maart 2020, 2020-03-03], [Gisteren, 2024-03-13]]
- text: "Op een dag in 2019 en vandaag."
  published: 2024-03-15
  times: [[een dag, 2019-01-01], ["2019", 2019]]
- text: "In mei begint het."
  published: 2024-03-15
  times: [[mei, 2024-05, 2024-05, ahead]]
"""
    figures = bench_times(read_texts(written(tmp_path, rows)), annotated)
    open_, held = figures["nl", False], figures["nl", True]
    assert (open_.recognised.hits, open_.recognised.gold, open_.recognised.predicted) == (3, 4, 4)
    assert (open_.values.right, open_.values.of) == (2, 3)
    assert (held.recognised.hits, held.values.right) == (1, 1)  # the reading that lies ahead
    assert [line.split()[1] for line in misses(figures)] == ["wrong", "missed", "no"]
    assert table(figures).splitlines()[2] == "| nl | open | 4 | 0.750 | 0.750 | 0.750 | 0.667 |"


def test_partial_dates_are_whole_units(tmp_path: Path) -> None:
    (text,) = read_texts(written(tmp_path, '- {text: "sinds mei", published: null, times: [[sinds mei, 2023-05, null]]}'))
    assert (text.times[0].earliest, text.times[0].latest) == (date(2023, 5, 1), None)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('- {text: "in mei", published: null, times: [[in juni, 2023-06]]}', "in juni"),
        ('- {text: "in mei", times: []}', "published"),
        ("- {text: [", "nl.yaml"),
    ],
)
def test_faults_are_named(tmp_path: Path, rows: str, says: str) -> None:
    with pytest.raises(GoldError, match=says):
        read_texts(written(tmp_path, rows))
    with pytest.raises(GoldError, match=r"nl\.yaml"):
        read_texts(tmp_path / "nothing")
