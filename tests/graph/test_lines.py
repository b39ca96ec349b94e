"""Lines come out sorted and once, however little is held in memory at a time."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.lines import sorted_lines

LINES = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=8).map(lambda text: text + "\n"))


@given(LINES, st.integers(1, 40))
def test_parts_do_not_show(lines: list[str], part: int) -> None:
    seen: list[bytes] = []
    with sorted_lines(iter(lines), seen.append, part=part) as found:
        assert {line + b"\n" for line in b"".join(seen).split(b"\n")[:-1]} == {line.encode() for line in lines}
        assert list(found) == [line.encode() for line in sorted(set(lines))]


def test_no_more_is_held_than_a_part(tmp_path: Path) -> None:
    lines = [f"{number:04}\n" for number in range(1000)]
    random.Random(1).shuffle(lines)
    seen: list[bytes] = []
    with sorted_lines(lines, seen.append, tmp_path, part=100) as found:
        assert max(map(len, seen)) == 500
        assert b"".join(found).decode() == "".join(sorted(lines))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"), sorted_lines(["b\n", "a\n"], lambda _: None, tmp_path / "nowhere", part=1):
        pass
