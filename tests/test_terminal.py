"""What takes long says so on standard error, and what does not says nothing."""

from __future__ import annotations

import time

import pytest

from kg import terminal
from kg.terminal import working


def test_long_work_says_so_once_and_short_work_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_PATIENCE", 60)
    with working("counting"):
        pass
    monkeypatch.setattr(terminal, "_PATIENCE", 0.05)
    with working("reading the [graph]"):
        time.sleep(0.5)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "reading the [graph] ...\n")


def test_an_error_inside_ends_the_waiting(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_PATIENCE", 0.2)
    with pytest.raises(ValueError, match="no"), working("reading"):
        raise ValueError("no")
    time.sleep(0.5)
    assert capsys.readouterr().err == ""
