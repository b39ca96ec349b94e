"""What scoring yields: tallies, ratios, and the errors by cause, all frozen once made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Cause", "Figures", "Ratio", "Tally"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits, gold items and predicted items of one slot."""

    hits: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float:
        """Hits among the predicted; 0 where nothing was predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Hits among the gold; 0 where there is none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.hits / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many of the matched events that have a slot have it right."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.right + other.right, self.of + other.of)

    @property
    def accuracy(self) -> float:
        """Right among all; 0 where there is none."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of error, how often it struck, and the first examples as "article: words"."""

    name: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one scoring. ``facts`` is the headline: micro F1 over all slots together.

    ``types`` is by event type, ``roles`` by general role, ``languages`` is facts by language, ``language_events``
    events by language. ``causes`` are sorted, the commonest first. ``unread`` are gold articles not in the graph.
    """

    articles: int
    facts: Tally
    events: Tally
    fillers: Tally
    claims: Tally
    times: Ratio
    quantities: Ratio
    modalities: Ratio
    types: Mapping[str, Tally] = field(default_factory=dict)
    roles: Mapping[str, Tally] = field(default_factory=dict)
    languages: Mapping[str, Tally] = field(default_factory=dict)
    language_events: Mapping[str, Tally] = field(default_factory=dict)
    causes: tuple[Cause, ...] = ()
    unread: tuple[str, ...] = ()
