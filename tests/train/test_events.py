"""Items annotated with events become targets on tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.train.events import HELD_OUT, locate, read_events

ITEMS = """\
- text: "Teheran zette drie spionnen uit, zegt Kiev."
  events:
  - type: Expulsion
    trigger: zette|uit
    agent: [Teheran]
    patient: [spionnen]
    quantity: drie
    modality: planned
    claims: [{by: Kiev, cue: zegt, stance: asserts}]
- text: "De bal werd in beslag genomen."
  events: []
"""


@pytest.fixture
def items(tmp_path: Path) -> Path:
    path = tmp_path / "nl.yaml"
    path.write_text(ITEMS * HELD_OUT, "utf-8")
    return path


def test_words_of_an_event_are_marked(items: Path) -> None:
    told, idle = read_events(items, "nl")[:2]
    assert told.events is not None
    (event,) = told.events
    assert told.words[event.trigger] == "zette"
    assert [told.words[i] for i in event.beside] == ["uit"]
    assert (event.type, event.modality) == ("Expulsion", "planned")
    assert {(told.words[i], label) for i, label in event.links} == {
        ("Teheran", "agent"), ("spionnen", "patient"), ("drie", "quantity"), ("Kiev", "asserts"),
    }  # fmt: skip
    assert idle.events == ()


def test_every_tenth_item_is_held_out(items: Path) -> None:
    kept, held = read_events(items, "nl"), read_events(items, "nl", held_out=True)
    assert (len(kept), len(held)) == (18, 2)


@pytest.mark.parametrize(
    ("text", "span", "found"),
    [
        ("Het zeil: ze zag het.", "ze", (10, 12)),  # whole words first
        ("de generatie", "era", (6, 9)),
        ("ze kwamen en ze gingen", "ze#2", (13, 15)),
        ("belandden ze in", "ze", (10, 12)),
    ],
)
def test_spans_are_found(text: str, span: str, found: tuple[int, int]) -> None:
    assert locate(text, span) == found


def test_a_span_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    path.write_text('- text: "Iran sold oil."\n  events: [{type: Shipment, trigger: sold, object: [gas]}]\n', "utf-8")
    with pytest.raises(ValueError, match="item 1: 'gas' is not in the text"):
        read_events(path, "en")
