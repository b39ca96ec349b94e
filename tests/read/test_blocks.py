"""Blocks mark what a text's parts are for and never move a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.blocks import blocks
from kg.records import BlockKind


def kinds(text):
    return [(b.kind.value, text[b.span.start : b.span.end]) for b in blocks(text)]


def test_headline_text_and_furniture():
    text = "Minister bezoekt fabriek in Gent\n\nDe minister kwam maandag aan.\nLees ook: Waarom de fabriek groeit\n© ANP"
    assert kinds(text) == [
        ("headline", "Minister bezoekt fabriek in Gent"),
        ("text", "De minister kwam maandag aan."),
        ("boilerplate", "Lees ook: Waarom de fabriek groeit"),
        ("boilerplate", "© ANP"),
    ]


def test_a_credit_after_a_sentence_is_cut_off_and_the_sentence_kept():
    text = "Soldaten keren terug naar huis. © Persbureau"
    assert kinds(text) == [("text", "Soldaten keren terug naar huis."), ("boilerplate", "© Persbureau")]


def test_a_teaser_inside_a_paragraph():
    text = 'Hij zweeg daarover. Lees ook "Wat nu": lange dagen'
    assert kinds(text)[1] == ("boilerplate", 'Lees ook "Wat nu": lange dagen')


def test_everything_after_a_paywall_line_is_furniture():
    text = "Een lange zin die iets vertelt.\nEr is nog 75% van dit artikel te lezen.\nNog een zin die niet telt."
    assert [kind for kind, _ in kinds(text)] == ["text", "boilerplate", "boilerplate"]


def test_a_header_line_may_carry_the_story():
    text = " date 2020-10 Het land voerde graan in."
    assert kinds(text) == [("dateline", "date 2020-10"), ("text", "Het land voerde graan in.")]


def test_wrapped_lines_are_one_paragraph():
    text = "Das Schiff verließ am Montag den Hafen von Hamburg und nahm\nKurs auf die Nordsee, wie die Reederei mitteilte.\n\nEnde der Meldung."
    assert len(kinds(text)) == 2


@pytest.mark.parametrize("line", ["Door Jan de Vries", "Von Anna Müller", "By Jane Doe", "Par Jean Martin"])
def test_bylines(line):
    assert kinds(line + "\nDer Text beginnt hier.")[0][0] == "boilerplate"


@given(st.text(max_size=400))
def test_blocks_are_ordered_inside_the_text_and_nothing_but_space_lies_between(text):
    end = 0
    for block in blocks(text):
        assert end <= block.span.start < block.span.end <= len(text)
        assert not text[end : block.span.start].strip()
        assert isinstance(block.kind, BlockKind)
        end = block.span.end
    assert not text[end:].strip()
