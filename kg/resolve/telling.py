"""What resolution looks at: one event as one article tells it, and the article, stripped to what can be compared.

Invariant: a telling is a function of its article's graph and of the merges of actors alone; nothing in it depends on other
articles, so a new article never changes the tellings of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

__all__ = ["AGAINST", "FOR", "Amount", "Conflict", "Incident", "Party", "Source", "Stand", "Telling"]

FOR = ("confirms", "asserts", "suspects")
"""The stances that speak for a happening, the firmest first."""
AGAINST = ("denies", "doubts")
"""Those that speak against it."""


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """Who or what fills a role. ``country`` is the IRI of its state, ``key`` the cargo slug of a good; ``named`` where a name tells it apart."""

    iri: str
    kind: str
    name: str
    country: str | None = None
    key: str | None = None
    named: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """An amount as an interval; an open end is None."""

    unit: str
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Stand:
    """Who takes which stance; ``own`` where it is the article's own voice, ``known`` where a name or a state tells who it is."""

    by: str
    name: str
    stance: str
    own: bool
    known: bool


@dataclass(frozen=True)
class Source:
    """An article as an origin of news: ``voice`` is what its publisher is known by, ``signature`` its text's MinHash, ``profile`` whom it names,
    ``kinds`` how many events of each group of types it tells.

    ``published`` are the ordinals of the first and last day that the date of publication allows.
    """

    iri: str
    name: str
    voice: str
    language: str
    published: tuple[int, int] | None
    signature: tuple[int, ...]
    profile: frozenset[str] = frozenset()
    kinds: tuple[tuple[str, int], ...] = ()

    def often(self, group: str) -> int:
        """How many events of a group of types it tells."""
        return dict(self.kinds).get(group, 1)


@dataclass(frozen=True)
class Telling:
    """One event. ``start`` and ``end`` are ordinals of days, None where open; ``words`` the names and numbers of the sentence.

    ``trigger`` is what tells the event, ``sentence`` the words around it; ``harm`` is what befell the victims of a casualty (dead, wounded,
    missing), where the words tell; ``nth`` is 2 or more where the words count the happening as a second or later time, else 0.
    ``at`` is where the article tells it (code points, -1 unknown), ``headline`` whether its headline does, ``beside`` whether the words
    set it beside another ("ten more", "auch"), ``states`` are the IRIs of the states that the sentence names; ``recalled`` are the
    names, told before in the article, of goods that it only points at ("the weapon"); ``labels`` are (language, text), the event's own.
    """

    event: str
    source: Source
    type: str
    modality: str
    parties: tuple[tuple[str, Party], ...]
    start: int | None
    end: int | None
    amounts: tuple[Amount, ...]
    stands: tuple[Stand, ...]
    confidence: float
    words: frozenset[str]
    sentence: str = ""
    trigger: str = ""
    harm: str = ""
    nth: int = 0
    at: int = -1
    headline: bool = False
    beside: bool = False
    states: frozenset[str] = frozenset()
    recalled: frozenset[str] = frozenset()
    labels: tuple[tuple[str, str], ...] = ()

    @cached_property
    def happening(self) -> bool:
        """Whether somebody tells it as something that took place or was begun; plans, possibilities, negations and bare denials are not."""
        return self.modality in ("actual", "attempted") and any(stand.stance in FOR for stand in self.stands)

    @cached_property
    def giver(self) -> tuple[Party, ...]:
        """Who does it."""
        return self.fillers("agent") or self.fillers("origin")

    @cached_property
    def taker(self) -> tuple[Party, ...]:
        """To or for whom."""
        return self.fillers("patient") or self.fillers("destination")

    @cached_property
    def members(self) -> tuple[Party, ...]:
        """Those who take part, whatever the side: for meetings and agreements, where articles differ in whom they call the doer."""
        return self.fillers("participant", "agent", "patient")

    @cached_property
    def things(self) -> tuple[Party, ...]:
        """What it is about."""
        return self.fillers("object")

    @cached_property
    def places(self) -> tuple[Party, ...]:
        """Where; the ends of a journey too."""
        return self.fillers("place", "destination", "origin")

    @cached_property
    def countries(self) -> frozenset[str]:
        """Every state that has to do with it."""
        return frozenset(p.country for _, p in self.parties if p.country)

    @cached_property
    def named(self) -> frozenset[str]:
        """Every named person, body, ship and place, not the states."""
        return frozenset(p.iri for _, p in self.parties if p.named)

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """Its days: as told, else about the day of publication, else None."""
        if self.start is not None or self.end is not None:
            low = self.start if self.start is not None else (self.end or 0) - _OPEN
            high = self.end if self.end is not None else low + _OPEN
            return (low, max(low, high))
        if self.source.published is None:
            return None
        return self.source.published[0] - _BEFORE, self.source.published[1]

    def fillers(self, *roles: str) -> tuple[Party, ...]:
        """The parties in these general roles, each once."""
        return tuple(dict.fromkeys(p for role, p in self.parties if role in roles))


_OPEN = 365  # days that an open end is taken to reach
_BEFORE = 7  # days before publication to which undated news is taken to belong


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Two sides that differ: ``kind`` is quantity, date, party or polarity; each side with its words and the events that tell it."""

    kind: str
    one: str
    other: str
    one_events: tuple[str, ...]
    other_events: tuple[str, ...]


@dataclass(frozen=True)
class Incident:
    """Tellings judged to be one happening, or (not ``happened``) one thing planned, feared or denied that nobody tells as having happened.

    ``linked`` gives for each event beside the first its score and reason; ``origins`` the independent origins with the articles
    behind each; ``support`` is between 0 and 1 and ``arithmetic`` shows how it came about.
    """

    key: str
    happened: bool
    tellings: tuple[Telling, ...]
    attached: tuple[Telling, ...]
    linked: tuple[tuple[str, float, str], ...]
    origins: tuple[tuple[str, tuple[str, ...]], ...]
    conflicts: tuple[Conflict, ...]
    support: float
    arithmetic: str

    @property
    def all(self) -> tuple[Telling, ...]:
        """The tellings of the happening, then what is said of it as planned, possible or not so."""
        return self.tellings + self.attached
