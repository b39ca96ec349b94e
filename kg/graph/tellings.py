"""The graph of an article → what it tells, as the shelf keeps it: a function of that graph alone."""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg.data.gazetteer import gazetteer
from kg.graph.facts import ArticleFact, EventFact, QuantityFact, facts_of
from kg.graph.iri import Minter
from kg.graph.names import CARGO, KG, PROV
from kg.graph.reference import of_reference
from kg.graph.statements import value_of
from kg.records import Kind
from kg.resolve.actors import Seen
from kg.resolve.proper import recalling
from kg.resolve.rules import rules
from kg.resolve.shelf import Account
from kg.resolve.signature import read_signature
from kg.resolve.telling import Amount, Party, Source, Stand, Telling
from kg.resolve.wording import beside, called, folded, harm, nth, states, tokens

__all__ = ["account", "days", "reading"]

_LOCAL = re.compile(r"[0-9a-f]{16}")  # the key of what one article alone describes
_ACTORS = frozenset({"Person", "Organization", "Vessel"})
_NAMED = frozenset({"Person", "Organization", "Vessel", "Place", "Publisher"})


def days(published: str | None) -> tuple[int, int] | None:
    """The ordinals of the first and last day of a date of reduced precision."""
    if not published:
        return None
    year, month, day = (int(part) for part in (published + "-0-0").split("-")[:3])
    if day:
        return (date(year, month, day).toordinal(),) * 2
    last = monthrange(year, month or 12)[1]
    return date(year, month or 1, 1).toordinal(), date(year, month or 12, last).toordinal()


def account(quads: Sequence[ox.Quad], minter: Minter) -> Account:
    """What an article tells; ``quads`` are all of its graph and no others."""
    return _Reader(quads, minter).account()


def reading(digest: str, metadata: str | None, build: str) -> str:
    """A digest of what decides what an article tells: the digests of its text and metadata and the IRI of the program that read it."""
    return hashlib.sha256(f"{digest} {metadata or ''} {build}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Wording:
    """What the words of a sentence tell: names and numbers, a count, whether it sets something beside it, the IRIs of states."""

    tokens: frozenset[str]
    nth: int
    beside: bool
    states: frozenset[str]


class _Reader:
    """The graph of one article."""

    def __init__(self, quads: Sequence[ox.Quad], minter: Minter) -> None:
        self.minter = minter
        rows = [(value_of(quad.subject), quad.predicate.value, quad.object) for quad in quads]
        iris = {subject for subject, _, _ in rows} | {value.value for _, _, value in rows if isinstance(value, ox.NamedNode)}
        self.used = of_reference(iris, minter)
        self.found = facts_of(rows)
        self.own = {name: value_of(value) for subject, name, value in rows if subject in self.found.articles}  # what the article says of itself
        mention_of = KG["mentionOf"].value
        self.mentioned = {(subject, value_of(value)) for subject, name, value in rows if name == mention_of}
        self.seen: dict[str, Seen] = {}
        self.worded: dict[str, _Wording] = {}

    def account(self) -> Account:
        (article,) = self.found.articles.values()
        source = self.source(article)
        told = recalling(self.telling(event, source) for event in self.found.by_article[article.iri])  # in the order of the text
        read = reading(*(self.own.get(p.value, "") for p in (KG["textDigest"], KG["metadataDigest"], PROV["wasGeneratedBy"])))
        return Account.of(source, read, told, self.seen.values(), self.used)

    def source(self, article: ArticleFact) -> Source:
        found = self.found
        publisher = article.publisher or article.iri
        label = found.name(publisher)
        known = gazetteer().actor(label, tagged=True)
        voice = self.minter.entity(Kind(known.kind), known.id).value if known else publisher
        signature = self.own.get(KG["textSignature"].value, "")
        profile = {p.iri if p.named else p.country for e in found.events.values() for p in self.parties(e)}
        kinds = Counter(rules().group(e.type) for e in found.events.values())
        return Source(
            article.iri, article.name, voice, article.language, days(article.published), read_signature(signature),
            frozenset(iri for iri in profile if iri), tuple(sorted(kinds.items())),
        )  # fmt: skip

    def telling(self, event: EventFact, source: Source) -> Telling:
        start, end = (date.fromisoformat(d).toordinal() if d else None for d in (event.earliest, event.latest))
        stands = tuple(sorted({self.stand(c.by, c.stance, c.own_voice) for c in event.claims if c.by}))
        words, sentence, at = next(((p.exact, p.sentence, p.start) for p in event.evidence), ("", "", -1))
        headline = bool(sentence) and folded(sentence).strip() == folded(self.found.articles[event.article].title).strip()
        parties = tuple(sorted({(r.role, self.party(r.filler, event)) for r in event.roles}))
        worded = self.wording(sentence, source.language)
        return Telling(
            event.iri, source, event.type, event.modality, parties, start, end,
            tuple(sorted({_amount(q) for q in event.quantities if (q.value, q.minimum, q.maximum) != (None,) * 3}, key=str)),
            stands, event.confidence if event.confidence is not None else 0.5, worded.tokens, sentence, words,
            harm(sentence, words) if event.type == "Casualty" else "", worded.nth, at, headline, worded.beside, worded.states,
            labels=event.labels,
        )  # fmt: skip

    def wording(self, sentence: str, language: str) -> _Wording:
        """What a sentence tells whatever event is in it: most tell several."""
        if sentence not in self.worded:
            named = frozenset(self.minter.country(code).value for code in states(sentence, language))
            self.worded[sentence] = _Wording(tokens(sentence), nth(sentence), beside(sentence), named)
        return self.worded[sentence]

    def stand(self, by: str, stance: str, own: bool) -> Stand:
        party = self.party(by)
        return Stand(party.iri, party.name, stance, own, not own and (party.named or party.kind == "Country"))

    def parties(self, event: EventFact) -> Iterator[Party]:
        return (self.party(filler) for filler in dict.fromkeys(r.filler for r in event.roles))

    def party(self, iri: str, event: EventFact | None = None) -> Party:
        """An entity; goods by the words of the event, for all weapons of an article are one concept whatever they are called."""
        entity = self.found.entities[iri]
        name = entity.label()
        called_here = self.thing(iri, event) if event and entity.kind in ("CargoType", "Topic") else ""
        local = iri.rsplit("/", 1)[-1]
        if entity.kind == "Country":
            return Party(iri, "Country", name, iri)
        if entity.kind == "CargoType":
            return Party(iri, "CargoType", called_here or name, None, CARGO.local(iri) or folded(name))
        named = entity.kind in _NAMED and not _LOCAL.fullmatch(local) and _telling_apart(entity.kind, local, name, entity.labels)
        if named and entity.kind in _ACTORS:
            self.seen[iri] = Seen(iri, entity.kind, name, tuple(sorted(entity.countries)), local in gazetteer().actors.by_id)
        return Party(iri, entity.kind, called_here or name, next(iter(entity.countries), None), None, named)

    def thing(self, iri: str, event: EventFact) -> str:
        """What an event calls its goods or topic; empty where no mention of them is its own."""
        passage = next((p for p in event.named if (p.iri, iri) in self.mentioned), None)
        return called(passage.exact, passage.sentence, self.found.articles[event.article].language) if passage else ""


def _telling_apart(kind: str, key: str, name: str, labels: tuple[tuple[str, str], ...]) -> bool:
    """Whether a name means one thing alone: "Marine" and "Küstenwache" are capitalised in German and name nobody."""
    if not name[:1].isupper():
        return False
    german = all(language == "de" for language, _ in labels)
    return kind != "Organization" or not german or " " in name or name.isupper() or key in gazetteer().actors.by_id


def _amount(quantity: QuantityFact) -> Amount:
    low = quantity.value if quantity.value is not None else quantity.minimum
    high = quantity.value if quantity.value is not None else quantity.maximum
    return Amount(_unit(quantity.unit), low, high, quantity.text)


_PEOPLE = frozenset({"people", "person", "soldier", "fighter", "crew-member", "worker", "civilian", "prisoner", "troop"})


def _unit(slug: str | None) -> str:
    """The unit under which amounts are compared: people are counted as people, whatever they are called."""
    return "person" if slug in _PEOPLE else slug or "?"
