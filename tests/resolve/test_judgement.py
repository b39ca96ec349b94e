"""The judgement log: only ever appended, the last word counts, an undo takes it back; CSV goes in and out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.resolve.judgement import Judgement, Log, constraints, from_csv, to_csv

ONE, TWO, THREE = "x:1", "x:2", "x:3"


def test_the_last_word_on_a_pair_counts_whatever_its_order(tmp_path: Path) -> None:
    log = Log(tmp_path / "judgements.jsonl")
    assert log.standing() == ()
    log.append([Judgement("incident", ONE, TWO, "same", "an"), Judgement("incident", TWO, THREE, "unsure", "an")])
    log.append([Judgement("incident", TWO, ONE, "different", "bo", reason="two ships")])
    assert [(j.verdict, j.user) for j in log.standing()] == [("different", "bo"), ("unsure", "an")]
    assert len(log.read()) == 3
    assert all(j.time.endswith("Z") for j in log.read())
    rules = constraints(log.standing(), "incident")
    assert rules.same == []
    assert rules.forbid([ONE], [TWO])
    assert not rules.forbid([TWO], [THREE])
    log.append([Judgement("incident", ONE, TWO, "undo", "bo")])
    assert [j.verdict for j in log.standing()] == ["unsure"]


def test_a_spoilt_line_is_named(tmp_path: Path) -> None:
    log = Log(tmp_path / "judgements.jsonl")
    log.path.write_text('{"kind":"incident","one":"a","other":"b","verdict":"same"}\nnonsense\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        log.read()


def test_csv_out_and_in(tmp_path: Path) -> None:
    told = (Judgement("actor", ONE, TWO, "same", "an", "2024-01-01T00:00:00Z", "one, the same"),)
    path = tmp_path / "j.csv"
    path.write_text(to_csv(told) + "actor,x:5,x:6,,,,\n", encoding="utf-8")
    assert from_csv(path) == told  # a row without a verdict is no judgement
    path.write_text("kind,one,other,verdict\nactor,x:1,x:2,perhaps\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"row 2.*perhaps"):
        from_csv(path)
    path.write_text("kind,one\nactor,x:1\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column other"):
        from_csv(path)
