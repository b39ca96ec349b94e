"""The one type that training data take, whatever they come from.

A sentence holds only what its source annotates: every layer is ``None`` where the source is
silent, and a single unknown value is ``UNKNOWN``. Losses leave out both.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["UNKNOWN", "EventTarget", "Sentence"]

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class EventTarget:
    """An event: the token that tells it, the other tokens of the expression, its type and modality,
    and the tokens linked to it, each with a role, a stance, "quantity" or "time"."""

    trigger: int
    beside: tuple[int, ...]
    type: str
    modality: str
    links: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens with the layers that their source annotates.

    ``feats`` are UD feature strings (``Case=Nom|Number=Sing``, empty for none); ``partial_feats``
    says that an absent attribute is unknown, not absent. ``heads`` are 1-based, 0 is the root.
    ``names`` holds for each token the BIOES tags that its source leaves open, joined by ``|``
    (one tag where the annotation is complete). ``events`` are all that it tells of our types.
    ``bounded`` says that the sentence's ends are gold.
    """

    language: str
    source: str
    words: tuple[str, ...]
    upos: tuple[str, ...] | None = None
    feats: tuple[str, ...] | None = None
    partial_feats: bool = False
    lemmas: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    deprels: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    events: tuple[EventTarget, ...] | None = None
    bounded: bool = True

    def __post_init__(self) -> None:
        size = len(self.words)
        for layer in ("upos", "feats", "lemmas", "heads", "deprels", "names"):
            values = getattr(self, layer)
            if values is not None and len(values) != size:
                raise ValueError(f"{self.source}: {layer} has {len(values)} values, {size} words")
