"""What a Doc read once says is what spaCy's own objects say."""

from __future__ import annotations

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.tokens import Tokens

_VOCAB = spacy.blank("en").vocab
_WORDS = ["Tanker", "left", ",", " ", "the", "12", '"', "port"]
_ROWS = st.lists(st.tuples(st.sampled_from(_WORDS), st.booleans(), st.integers(0, 11)), min_size=1, max_size=12)


def _doc(rows: list[tuple[str, bool, int]]) -> Doc:
    """Some words as one tree, arcs crossing as they may: in an order of their own, each hangs on one before it."""
    order = sorted(range(len(rows)), key=lambda i: (rows[i][2], i))
    heads = list(range(len(rows)))
    for k, i in enumerate(order[1:], 1):
        heads[i] = order[rows[i][2] * i % k]
    words, spaces = [word for word, _, _ in rows], [space for _, space, _ in rows]
    deps = ["ROOT" if heads[i] == i else "dep" for i in range(len(rows))]
    return Doc(_VOCAB, words=words, spaces=spaces, heads=heads, deps=deps, morphs=["Case=Acc,Dat|Number=Sing", *("" for _ in rows[1:])])


@settings(max_examples=200, deadline=None)
@given(_ROWS, st.integers(0, 40), st.integers(1, 9))
def test_it_says_what_spacy_says(rows: list[tuple[str, bool, int]], at: int, length: int) -> None:
    doc = _doc(rows)
    read = Tokens(doc)
    assert (len(read), read.text, read.lang_) == (len(doc), doc.text, "en")
    assert [(s.start, s.end, s.text) for s in read.sents] == [(s.start, s.end, s.text) for s in doc.sents]
    for one, other in zip(read, doc, strict=True):
        for name in ("i", "idx", "text", "lower_", "lemma_", "pos_", "dep_", "is_alpha", "is_punct", "is_quote", "is_space", "like_num"):
            assert getattr(one, name) == getattr(other, name), name
        below = [t.i for t in other.subtree]  # spaCy's own edges overlook words where many arcs cross
        assert (one.head.i, one.edges) == (other.head.i, (min(below), max(below)))
        for name in ("children", "lefts", "rights", "subtree", "ancestors"):
            assert [t.i for t in getattr(one, name)] == [t.i for t in getattr(other, name)], name
        assert (one.sent.start, one.sent.end) == (other.sent.start, other.sent.end)
        assert [t for t in read if one.is_ancestor(t)] == [read[t.i] for t in doc if other.is_ancestor(t)]
        part, own = read[one.i : one.i + length], doc[one.i : one.i + length]
        assert (part.root.i, part.start_char, part.end_char, part.text) == (own.root.i, own.start_char, own.end_char, own.text)
        assert [t.i for t in reversed(part)] == [t.i for t in reversed(own)]
    touched, expanded = read.over(at, at + length), doc.char_span(at, at + length, alignment_mode="expand")
    assert (touched is None) is (expanded is None)
    if touched is not None and expanded is not None:
        assert (touched.start, touched.end) == (expanded.start, expanded.end)


def test_features_have_all_their_values() -> None:
    read = Tokens(_doc([("Tanker", True, 0), ("left", False, 0)]))
    assert read[0].morph == {"Case": ("Acc", "Dat"), "Number": ("Sing",)}
    assert read[1].morph == {}


def test_a_text_that_nobody_parsed_is_one_sentence() -> None:
    read = Tokens(spacy.blank("nl")("De tanker vertrok. Hij kwam aan."))
    assert [s.text for s in read.sents] == [read.text]
    assert [t.head for t in read] == list(read)


def test_places_count_from_the_end_too() -> None:
    read = Tokens(spacy.blank("nl")("De tanker vertrok gisteren"))
    assert read[1:][-1].text == "gisteren" == read[-1].text
    assert read[1:][1:2].text == "vertrok" == read[1].nbor().text
    assert read[3] in read[2:]
    assert read[1] not in read[2:]
