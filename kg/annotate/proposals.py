"""What the event heads propose: for each word that may tell an event, its types, modality and linked words.

A link's score is a product of a vector of the trigger and one of the linked word (a biaffine form, as OneIE has
between trigger and argument, Lin et al. 2020; and Dozat & Manning 2017), so it is worked out for likely triggers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.annotate.labels import EVENTS, LINKS, MODALITIES
from kg.annotate.session import Scores

__all__ = ["Link", "Proposal", "proposals", "propose", "set_proposals"]

_KEY = "proposals"  # in Doc.user_data

LIKELY = 0.03  # probability below which a type of event is not worth keeping
LINKED = 0.15  # the same of a link


@dataclass(frozen=True, slots=True)
class Link:
    """A word that is ``label`` (a role, "quantity", "time" or a stance) to an event, with its probability.

    ``token`` is the word's index in the Doc.
    """

    token: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word that may tell an event: types with probabilities, the likeliest first, modality, links by token."""

    token: int
    types: tuple[tuple[str, float], ...]
    modality: str
    links: tuple[Link, ...]


def set_proposals(doc: Doc, found: Iterable[Proposal]) -> None:
    """Keep proposals with a Doc, in its user data, as plain lists: so they go with it into bytes and other processes."""
    doc.user_data[_KEY] = [
        [p.token, [list(share) for share in p.types], p.modality, [[link.token, link.label, link.probability] for link in p.links]] for p in found
    ]


def proposals(doc: Doc) -> tuple[Proposal, ...]:
    """The proposals kept with a Doc, by token; none where the model has no event heads."""
    return tuple(
        Proposal(token, tuple((name, share) for name, share in types), modality, tuple(Link(*link) for link in links))
        for token, types, modality, links in doc.user_data.get(_KEY, ())
    )


def propose(scores: Scores, rows: range, places: Sequence[int]) -> list[Proposal]:
    """The proposals of a window's words ``rows``; ``places`` gives the Doc's token for every word of the window."""
    if scores.triggers is None or scores.modalities is None or scores.link_trigger is None or scores.link_token is None:
        return []
    found: list[Proposal] = []
    shares = np.exp(scores.triggers)
    for row in rows:
        likely = [(EVENTS[i], round(float(shares[row, i]), 4)) for i in np.argsort(-shares[row], kind="stable") if i and shares[row, i] >= LIKELY]
        if likely:
            modality = MODALITIES[int(scores.modalities[row].argmax())]
            found.append(Proposal(places[row], tuple(likely), modality, _links(scores.link_trigger[row], scores.link_token, places, row)))
    return found


def _links(trigger: NDArray[np.float32], tokens: NDArray[np.float32], places: Sequence[int], own: int) -> tuple[Link, ...]:
    scores = tokens @ trigger.reshape(len(LINKS), -1).T
    shares = np.exp(scores - scores.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    shares[own] = 0.0
    words, labels = np.nonzero(shares[:, 1:] >= LINKED)
    return tuple(
        Link(places[word], LINKS[label + 1], round(float(shares[word, label + 1]), 4))
        for word, label in zip(words.tolist(), labels.tolist(), strict=True)
    )
