"""Edit scripts: every pair can be written as a script, and scripts carry over to other forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.lemmas import KEEP, apply_script, edit_script

TEXT = st.text(alphabet="aäbcdeßGEXYZ<>\\(),*1", min_size=1, max_size=9)


@given(TEXT, TEXT)
def test_script_gives_the_lemma_back(form: str, lemma: str) -> None:
    assert apply_script(edit_script(form, lemma), form) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "other", "expected"),
    [
        ("boeken", "boek", "treinen", "trein"),
        ("Kinder", "Kind", "Bilder", "Bild"),
        ("ANGEKOMMEN", "ankommen", "angenommen", "annommen"),
        ("walked", "walk", "Talked", "talk"),
        ("Duitse", "Duits", "Noord-Koreaanse", "Noord-Koreaans"),
    ],
)
def test_script_carries_over(form: str, lemma: str, other: str, expected: str) -> None:
    assert apply_script(edit_script(form, lemma), other) == expected


def test_script_that_does_not_fit_gives_none() -> None:
    assert apply_script(edit_script("angekommen", "ankommen"), "is") is None


def test_same_form_is_kept() -> None:
    assert edit_script("Den", "Den") == KEEP
