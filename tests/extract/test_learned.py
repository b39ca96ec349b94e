"""The grammar and the event heads weighed against each other, with proposals written by hand."""

from __future__ import annotations

import pytest

from kg.annotate.proposals import Link, Proposal, set_proposals
from kg.extract import Method, extract
from kg.records import Event, Modality, Stance
from tests.extract.docs import Text, reported, text

SOLD = (
    "Iran/PROPN/nsubj/sold sold/VERB/root[sell;VerbForm=Fin] drones/NOUN/obj/sold to/ADP/case/Russia Russia/PROPN/obl/sold in/ADP/case/May "
    "May/PROPN/obl/sold ,/PUNCT/punct/says says/VERB/parataxis/sold[say] Paris/PROPN/nsubj/says ./PUNCT/punct/sold"
)
HUSH = (  # no word of the lexicon tells it
    "Crates/NOUN/nsubj/hummed of/ADP/case/rifles rifles/NOUN/nmod/Crates hummed/VERB/root[hum;VerbForm=Fin] into/ADP/case/Mali "
    "Mali/PROPN/obl/hummed from/ADP/case/Algeria Algeria/PROPN/obl/hummed ./PUNCT/punct/hummed"
)


def proposed(told: Text, trigger: str, types: dict[str, float], links: dict[str, tuple[str, float]], modality: str = "actual") -> Text:
    """The text with one proposal."""
    found = tuple(Link(told.token(form).i, label, share) for form, (label, share) in links.items())
    set_proposals(told.doc, [Proposal(told.token(trigger).i, tuple(types.items()), modality, found)])
    return told


def events(told: Text, method: Method | None = None) -> tuple[Event, ...]:
    return extract(told.article, told.doc, method or Method()).events


def test_without_event_heads_the_grammar_stands_alone() -> None:
    told = text("en", SOLD)
    assert reported(*events(told)) == reported(*events(told, Method(heads=False))) == ["Shipment agent=IR patient=RU object=drone"]


def test_what_the_grammar_tells_stands() -> None:
    told = proposed(text("en", SOLD), "says", {"Meeting": 0.1}, {})
    assert reported(*events(told)) == ["Shipment agent=IR patient=RU object=drone"]


def test_an_event_that_the_heads_are_sure_of_is_told_with_its_roles_and_modality() -> None:
    links = {"rifles": ("object", 0.9), "Mali": ("patient", 0.9), "Algeria": ("agent", 0.9)}
    told = proposed(text("en", HUSH), "hummed", {"Shipment": 0.9}, links, "attempted")
    (event,) = events(told)
    assert reported(event) == ["Shipment agent=DZ patient=ML object=rifle"]
    assert event.modality is Modality.ATTEMPTED


@pytest.mark.parametrize("method", [Method(heads=False), Method()])
def test_an_event_that_nobody_is_sure_of_is_not_told(method: Method) -> None:
    assert events(proposed(text("en", HUSH), "hummed", {"Shipment": 0.2}, {}), method) == ()


def test_heads_alone_tell_what_they_propose() -> None:
    told = proposed(text("en", SOLD), "sold", {"Shipment": 0.9}, {"Iran": ("agent", 0.9), "drones": ("object", 0.9)})
    assert reported(*events(told, Method(grammar=False))) == ["Shipment agent=IR object=drone"]


def test_a_role_that_the_grammar_left_open_is_filled() -> None:
    told = proposed(text("en", SOLD), "sold", {"Shipment": 0.9}, {"Paris": ("origin", 0.95)})
    assert reported(*events(told)) == ["Shipment agent=IR patient=RU object=drone origin=FR"]


def test_a_role_that_is_only_likely_stays_open() -> None:
    told = proposed(text("en", SOLD), "sold", {"Shipment": 0.9}, {"Paris": ("origin", 0.7)})
    assert reported(*events(told)) == ["Shipment agent=IR patient=RU object=drone"]


def test_a_source_that_the_heads_are_sure_of_makes_a_claim() -> None:
    told = proposed(text("en", HUSH), "hummed", {"Shipment": 0.9}, {"rifles": ("object", 0.9), "Algeria": ("denies", 0.9)})
    (event,) = events(told)
    (claim,) = (c for c in event.claims if c.source is not None)
    assert (claim.source.country if claim.source else None, claim.stance) == ("DZ", Stance.DENIES)


def test_without_the_step_of_claims_there_are_none() -> None:
    (event,) = events(text("en", SOLD), Method(claims=False))
    assert [c.source for c in event.claims] == [None]
