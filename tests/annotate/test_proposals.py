"""Scores of a window become proposals."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.tokens import Doc

from kg.annotate.labels import EVENTS, LINKS, MODALITIES
from kg.annotate.proposals import Link, proposals, propose, set_proposals
from kg.annotate.session import Scores

NOTHING = dict.fromkeys(Scores.__dataclass_fields__)


def scores() -> Scores:
    """Three words; the second tells a planned shipment, of which the third is the object."""
    shares = np.full((3, len(EVENTS)), 0.001)
    shares[:, 0] = 0.97
    shares[1, EVENTS.index("Shipment")] = 0.8
    shares[1, EVENTS.index("Seizure")] = 0.1
    moods = np.zeros((3, len(MODALITIES)))
    moods[1, MODALITIES.index("planned")] = 5
    triggers = np.zeros((3, len(LINKS), 2))
    triggers[1, LINKS.index("object")] = (9, 0)
    triggers[1, 0] = (0, 1)
    tokens = np.array([[0, 8], [1, 0], [1, 0]])
    return Scores(**{**NOTHING, "triggers": np.log(shares), "modalities": moods, "link_trigger": triggers.reshape(3, -1), "link_token": tokens})


def test_a_likely_word_is_proposed_with_what_is_linked_to_it() -> None:
    (proposal,) = propose(scores(), range(3), [4, 6, 7])
    assert proposal.token == 6
    assert proposal.types == (("Shipment", 0.8), ("Seizure", 0.1))
    assert proposal.modality == "planned"
    (link,) = proposal.links
    assert link == Link(7, "object", link.probability)
    assert link.probability > 0.9


def test_only_the_rows_asked_for_are_proposed() -> None:
    assert propose(scores(), range(1), [4, 6, 7]) == []


def test_a_model_without_event_heads_proposes_nothing() -> None:
    assert propose(Scores(**NOTHING), range(3), [0, 1, 2]) == []


def test_proposals_go_with_a_doc_into_bytes() -> None:
    found = tuple(propose(scores(), range(3), [0, 1, 2]))
    vocab = spacy.blank("nl").vocab
    doc = Doc(vocab, words=["x", "y", "z"])
    assert proposals(doc) == ()
    set_proposals(doc, found)
    assert proposals(Doc(vocab).from_bytes(doc.to_bytes())) == proposals(doc) == found
