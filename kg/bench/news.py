"""Made-up articles about a made-up world, as reports whose every span reads back: what ``kg bench graph`` puts into a graph.

An article tells happenings of about one time, each in a sentence of its language, with what others have already told of them: the same
happening stands in two or three articles, with a role less, another date or another number, and with other sources.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from babel.dates import format_date

from kg.bench.world import Happening, Party, World, matter
from kg.graph import ontology
from kg.records import (
    LANGUAGES,
    Argument,
    Article,
    Block,
    BlockKind,
    Claim,
    Entity,
    Event,
    Interval,
    Kind,
    Language,
    Linked,
    Mention,
    Modality,
    Quantity,
    Report,
    Span,
    Stance,
)  # fmt: skip

__all__ = ["article", "brief", "count", "world"]

EVENTS = 10
"""Events of an article."""
TOLD = 2.5
"""Articles that tell one happening, on average."""
_NEAR = 30
"""An article tells happenings that stand at most so far from its centre in the order of time."""
_COPIED = 0.03
"""The share of articles that are the text before, printed by another outlet."""
_ON = {"nl": "op {}", "de": "am {}", "en": "on {}", "fr": "le {}"}
_AND = {"nl": " en ", "de": " und ", "en": " and ", "fr": " et "}
_PIECES = re.compile(r"<([^<>]*)>|\[([^\[\]]*)\]|\{(\w+)\}|([^<>{}\[\]]+)")


def world(events: int, seed: int) -> World:
    """The world of so many events."""
    return World(max(1, round(events / TOLD)), seed)


def count(events: int) -> int:
    """How many articles tell so many events."""
    return -(-events // EVENTS)


def article(world: World, events: int, seed: int, number: int) -> Linked:
    """The article of that number of those that tell so many events, the last of which tells what is left."""
    rng = Random(f"{seed} article {number}")
    size = min(EVENTS, events - number * EVENTS)
    if number and size == EVENTS and rng.random() < _COPIED:
        return _copy(article(world, events, seed, number - 1), number, rng)
    return _Writer(world, number, rng).write(size)


def brief(world: World, seed: int, number: int) -> Article:
    """An article that tells one happening."""
    rng = Random(f"{seed} brief {number}")
    return _Writer(world, number, rng).write(1).report.article


def _name(language: str, number: int) -> str:
    return f"made-up/{language}/{number:06}.txt"


def _outlet(language: str, rng: Random) -> str:
    found: str = rng.choice(matter()["outlets"][language])
    return found


def _copy(linked: Linked, number: int, rng: Random) -> Linked:
    """The same text from another outlet."""
    old = linked.report.article
    article = replace(old, name=_name(old.language, number), publisher=_outlet(old.language, rng), url=None)
    return replace(linked, report=replace(linked.report, article=article))


@cache
def _pieces(template: str) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(_PIECES.findall(template))


@cache
def _day(day: date, language: str) -> str:
    return _ON[language].format(format_date(day, "d MMMM y", locale=language))


@cache
def _kinds() -> tuple[tuple[str, ...], tuple[int, ...]]:
    claims = matter()["claims"]
    return tuple(claims), tuple(stance["weight"] for stance in claims.values())


class _Writer:
    """Writes one article, noting where every word stands."""

    def __init__(self, world: World, number: int, rng: Random) -> None:
        self._world, self._number, self._rng = world, number, rng
        self.language: Language = rng.choice(LANGUAGES)
        self._text = ""
        self._entities: dict[Mention, Entity] = {}

    def write(self, count: int) -> Linked:
        """The article with so many events."""
        every, rng = self._world.happenings, self._rng
        centre = rng.randrange(len(every))
        near = range(max(0, centre - _NEAR), min(len(every), centre + _NEAR))
        told = [every[i] for i in sorted(rng.choices(near, k=count))]
        first = told[0]
        kind = ontology.labels().get((first.type, self.language), first.type)
        title = f"{kind[:1].upper()}{kind[1:]}: " + ", ".join(party.name(self.language) for _, party in first.roles[:2])
        published = max(h.day for h in told) + timedelta(days=rng.randrange(1, 4))
        blocks = [Block(self.put(title), BlockKind.HEADLINE)]
        events = []
        for happening in told:
            self._text += "\n\n"
            start = len(self._text)
            events.append(self._event(happening))
            blocks.append(Block(Span(start, len(self._text)), BlockKind.TEXT))
        self._text += "\n"
        article = Article(
            _name(self.language, self._number), self._text, hashlib.sha256(self._text.encode()).hexdigest(), self.language, title,
            published.isoformat(), _outlet(self.language, rng), tuple(blocks),
            url=f"https://news.example/{self._number}" if rng.random() < 0.7 else None,
        )  # fmt: skip
        return Linked(Report(article, tuple(events)), tuple(self._entities.items()))

    def put(self, words: str) -> Span:
        """Write words; where they stand."""
        start = len(self._text)
        self._text += words
        return Span(start, len(self._text))

    def _event(self, happening: Happening) -> Event:
        rng, kind = self._rng, matter()["types"][happening.type]
        roles: dict[str, list[Party]] = {}
        for role, party in happening.roles:
            left_out = 0.15 if role in kind["often"] else 0.04 if role in ("agent", "patient") else 0.0
            if rng.random() >= left_out:  # no article tells all
                roles.setdefault(role, []).append(party)
        day = happening.day if rng.random() < 0.9 else happening.day - timedelta(days=rng.randrange(1, 3))
        amount = happening.amount if rng.random() < 0.9 else max(2, happening.amount * rng.randrange(5, 20) // 10)
        sentence = _Sentence(self, roles, day if rng.random() < 0.75 else None, amount if happening.amount else 0)
        start = len(self._text)
        sentence.write(kind[self.language])
        span = Span(start, len(self._text))
        claims = tuple(self._claims(happening))
        modality = rng.choices(list(Modality), (80, 3, 8, 6, 3))[0]
        quantities = (sentence.quantity,) if sentence.quantity else ()
        return Event(
            happening.type, sentence.told or span, span, tuple(sentence.arguments), quantities, sentence.interval, modality, claims,
            rng.randrange(50, 100) / 100,
        )  # fmt: skip

    def _claims(self, happening: Happening) -> Iterator[Claim]:
        """What sources say of it, each in a sentence that follows; the outlet's own voice where none does."""
        said: list[tuple[Party, str]] = []
        if self._rng.random() < 0.45:
            said.append((self._world.source(self._rng), self._rng.choices(*_kinds())[0]))
        if happening.denied and self._rng.random() < 0.5:
            said.append((happening.denied, "denies"))
        for source, stance in dict(said).items():
            self._text += " "
            sentence = _Sentence(self, {"source": [source]}, None, 0)
            sentence.write(matter()["claims"][stance][self.language])
            if sentence.told and sentence.arguments:
                yield Claim(sentence.arguments[0].mention, Stance(stance), sentence.told)

    def mention(self, party: Party) -> Mention:
        """A party by its name in the article's language."""
        spelt = party.spelling if party.spelling and self._rng.random() < 0.3 else None
        words = spelt or party.name(self.language)
        span = self.put(words)
        made = Mention(span, words, party.kind, words, party.country, party.concept)
        entity = party.entity(self.language, spelt)
        if party.kind is Kind.GROUP:  # people without a name are those of this sentence
            key = hashlib.sha256(f"{self._number} {span.start}".encode()).hexdigest()[:16]
            entity = replace(entity, key=key, reason="described in this article")
        self._entities[made] = entity
        return made


class _Sentence:
    """A sentence after a template of ``news.toml``; once written it holds what it told, and where."""

    def __init__(self, writer: _Writer, roles: dict[str, list[Party]], day: date | None, amount: int) -> None:
        self._writer, self._roles, self._day, self._amount = writer, roles, day, amount
        self.told: Span | None = None
        self.arguments: list[Argument] = []
        self.quantity: Quantity | None = None
        self.interval: Interval | None = None

    def write(self, template: str) -> None:
        """Write it."""
        for optional, told, slot, words in _pieces(template):
            if optional:
                if all(self._roles.get(name) or (name == "time" and self._day) for name in re.findall(r"\{(\w+)\}", optional)):
                    self.write(optional)
            elif told:
                self.told = self._writer.put(told)
            elif slot:
                self._slot(slot)
            else:
                self._writer.put(words)

    def _slot(self, slot: str) -> None:
        language = self._writer.language
        if slot == "time":
            if self._day:
                text = _day(self._day, language)
                self.interval = Interval(self._day, self._day, text, self._writer.put(text))
            return
        parties = self._roles.get(slot, [])
        if not parties:
            self._writer.put(matter()["unknown"][language])
        for number, party in enumerate(parties):
            if number:
                self._writer.put(_AND[language])
            counted = party.kind in (Kind.CARGO, Kind.GROUP)
            if counted and self._amount and self.quantity is None:
                text = str(self._amount)
                unit = party.key if party.kind is Kind.GROUP else "piece"
                self.quantity = Quantity(self._writer.put(text), text, float(self._amount), unit=unit)
                self._writer.put(" ")
            self.arguments.append(Argument(slot, self._writer.mention(party)))
