"""The frozen records that travel from room to room.

Invariant: every offset is a code point index into ``Article.text``, which is the stored text, character for character.
A record never changes after it is made; a room that knows more makes a new one.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Language = Literal["nl", "de", "en", "fr"]
LANGUAGES: tuple[Language, ...] = ("nl", "de", "en", "fr")

EVENT_TYPES: tuple[str, ...] = (
    "Shipment", "Deployment", "Meeting", "Agreement", "WeaponTest", "Production", "Attack", "Casualty", "Arrest",
    "Conviction", "Expulsion", "Espionage", "Seizure", "Sanction", "SanctionsEvasion", "CyberOperation",
    "Assistance", "LaborExport",
)  # fmt: skip
ROLES: tuple[str, ...] = (
    "agent", "patient", "participant", "object", "place", "origin", "destination", "instrument",
    "principal", "intermediary",
)  # fmt: skip


class BlockKind(StrEnum):
    """What a stretch of an article's text is for."""

    HEADLINE = "headline"
    SUBHEADING = "subheading"
    TEXT = "text"
    DATELINE = "dateline"
    BOILERPLATE = "boilerplate"


class Kind(StrEnum):
    """What sort of thing a mention stands for; decides the class of the node in the graph."""

    COUNTRY = "country"
    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    PLACE = "place"
    VESSEL = "vessel"
    CARGO = "cargo"
    TOPIC = "topic"


class Stance(StrEnum):
    """How a source stands to an event."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    SUSPECTS = "suspects"
    DOUBTS = "doubts"
    DENIES = "denies"


class Modality(StrEnum):
    """Whether the text tells an event as having happened."""

    ACTUAL = "actual"
    ATTEMPTED = "attempted"
    PLANNED = "planned"
    POSSIBLE = "possible"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of an article's text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like stretch of the text; sentences never cross a block's edge."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Article:
    """One document as read.

    ``published`` is an ISO 8601 date of reduced precision ("2020", "2020-10", "2017-08-25") or None where nothing
    tells it. ``digest`` is the SHA-256 of the text in hexadecimal. ``raw`` is the SHA-256 of the bytes from which the text
    was taken out (a page, a PDF file, a row), None where the text is the file. ``pages`` holds the offset at which each
    page starts, empty where there are no pages.
    """

    name: str
    text: str
    digest: str
    language: Language
    title: str | None
    published: str | None
    publisher: str | None
    blocks: tuple[Block, ...]
    author: str | None = None
    url: str | None = None
    raw: str | None = None
    pages: tuple[int, ...] = ()

    @property
    def metadata_digest(self) -> str | None:
        """SHA-256 of what is known of the article beside its text; None where it all comes from the text."""
        if self.raw is None:
            return None
        known = (self.raw, self.language, self.title, self.published, self.publisher, self.author, self.url, self.pages)
        return hashlib.sha256(repr(known).encode()).hexdigest()

    def page(self, offset: int) -> int | None:
        """The number of the page, from 1, on which a code point of the text stands."""
        return bisect_right(self.pages, offset) or None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that stands for something, with what its words alone tell.

    ``name`` is the naming part without determiner ("Zuid-Koreaanse inlichtingendienst"); ``country`` is an ISO 3166
    code where the words tell one; ``concept`` is the slug of a cargo concept; ``antecedent`` is the mention that a
    pronoun or a pointing noun phrase stands for.
    """

    span: Span
    text: str
    kind: Kind
    name: str
    country: str | None = None
    concept: str | None = None
    antecedent: Mention | None = None

    def resolved(self) -> Mention:
        """The mention at the end of the chain of antecedents."""
        return self.antecedent.resolved() if self.antecedent else self


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention in a general role of an event (see ``ROLES``)."""

    role: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much: an exact or approximate ``value``, or bounds; ``unit`` is the slug of a unit concept or None."""

    span: Span
    text: str
    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """When: first and last day, inclusive; None is an open or unknown end. ``text`` is the expression's words."""

    earliest: date | None
    latest: date | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says so. ``source`` is None for the article's own voice; ``cue`` is the span that shows it."""

    source: Mention | None
    stance: Stance
    cue: Span


@dataclass(frozen=True, slots=True)
class Event:
    """One happening as one article tells it. ``trigger`` is the evidence, ``sentence`` the sentence it stands in."""

    type: str
    trigger: Span
    sentence: Span
    arguments: tuple[Argument, ...]
    quantities: tuple[Quantity, ...]
    interval: Interval | None
    modality: Modality
    claims: tuple[Claim, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Report:
    """All that one article tells, in the order of the text."""

    article: Article
    events: tuple[Event, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """What a mention stands for, beyond one article.

    ``key`` is language-free and stable; the graph's IRI is made of ``kind`` and ``key``. ``labels`` are
    (text, language) pairs, sorted; ``country`` is an ISO code; ``broader`` is a cargo slug above a minted concept;
    ``same_as`` are IRIs of the same thing elsewhere (Wikidata); ``score`` and ``reason`` say how it was linked.
    """

    kind: Kind
    key: str
    labels: tuple[tuple[str, str], ...]
    country: str | None = None
    broader: str | None = None
    same_as: tuple[str, ...] = ()
    score: float = 1.0
    reason: str = "exact"


@dataclass(frozen=True, slots=True)
class Linked:
    """A report whose mentions are linked: ``entities`` maps each argument's and each claim source's mention."""

    report: Report
    entities: tuple[tuple[Mention, Entity], ...]
