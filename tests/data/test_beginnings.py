"""What some words begin with: the same as asking each of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.data.beginnings import Beginnings

WORDS = st.text(alphabet="abä- ", max_size=5)


@given(st.lists(WORDS), WORDS)
def test_as_each_word_would_say(words: list[str], text: str) -> None:
    assert (text in Beginnings(words)) == any(word.startswith(text) for word in words)
