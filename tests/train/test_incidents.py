"""Fitted weights go into the data file and leave the rest of it as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import yaml

from kg.data import data_path
from kg.resolve.features import FEATURES
from kg.resolve.rules import Rules
from kg.train.incidents import Fitted, write


def test_the_weights_are_written_and_nothing_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "incidents.yaml"
    shutil.copy(data_path("incidents.yaml"), path)
    before = path.read_text(encoding="utf-8")
    write(Fitted(-1.5, dict.fromkeys(FEATURES, 0.25), 10, 4), path)
    after = path.read_text(encoding="utf-8")
    rules = msgspec.convert(yaml.safe_load(after), Rules)
    assert rules.bias == -1.5
    assert rules.weights == dict.fromkeys(FEATURES, 0.25)
    assert after.partition("bias:")[0] == before.partition("bias:")[0]
