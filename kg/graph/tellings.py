"""Article graphs → tellings, one article at a time, so that memory stays flat however many there are."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from kg.data.gazetteer import gazetteer
from kg.graph.facts import ArticleFact, EventFact, Facts, QuantityFact, facts
from kg.graph.iri import Minter
from kg.graph.names import CARGO, KG
from kg.records import Kind
from kg.resolve.actors import Seen
from kg.resolve.proper import recalling
from kg.resolve.rules import rules
from kg.resolve.signature import read_signature
from kg.resolve.telling import Amount, Party, Source, Stand, Telling
from kg.resolve.wording import beside, called, folded, harm, nth, states, tokens

__all__ = ["Reader", "days"]

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


@dataclass
class Reader:
    """Reads the graphs of articles, one after the other."""

    store: ox.Store
    minter: Minter
    _seen: dict[str, Seen] = field(default_factory=dict)

    def tellings(self, article: ox.NamedNode) -> list[Telling]:
        """What one article tells, in the order of the text."""
        self._seen = {}
        found = facts(self.store.quads_for_pattern(None, None, None, article))
        told = found.articles.get(article.value)
        if told is None:
            return []
        events = found.by_article[article.value]
        source = self.source(article, told, found)
        return recalling(self.telling(event, source, found) for event in events)

    def seen(self) -> tuple[Seen, ...]:
        """The actors of the article that was read last."""
        return tuple(self._seen.values())

    def source(self, node: ox.NamedNode, article: ArticleFact, found: Facts) -> Source:
        publisher = article.publisher or article.iri
        label = found.name(publisher)
        known = gazetteer().actor(label, tagged=True)
        voice = self.minter.entity(Kind(known.kind), known.id).value if known else publisher
        signature = next((q.object.value for q in self.store.quads_for_pattern(node, KG["textSignature"], None, node)
                          if isinstance(q.object, ox.Literal)), "")  # fmt: skip
        profile = {p.iri if p.named else p.country for e in found.events.values() for p in self.parties(e, found)}
        kinds = Counter(rules().group(e.type) for e in found.events.values())
        return Source(
            article.iri, article.name, voice, article.language, days(article.published), read_signature(signature),
            frozenset(iri for iri in profile if iri), tuple(sorted(kinds.items())),
        )  # fmt: skip

    def telling(self, event: EventFact, source: Source, found: Facts) -> Telling:
        start, end = (date.fromisoformat(d).toordinal() if d else None for d in (event.earliest, event.latest))
        stands = tuple(sorted({self.stand(c.by, c.stance, c.own_voice, found) for c in event.claims if c.by}))
        words, sentence, at = next(((p.exact, p.sentence, p.start) for p in event.evidence), ("", "", -1))
        headline = bool(sentence) and folded(sentence).strip() == folded(found.articles[event.article].title).strip()
        parties = tuple(sorted({(r.role, self.party(r.filler, found, event)) for r in event.roles}))
        return Telling(
            event.iri, source, event.type, event.modality, parties, start, end,
            tuple(sorted({_amount(q) for q in event.quantities if (q.value, q.minimum, q.maximum) != (None,) * 3}, key=str)),
            stands, event.confidence if event.confidence is not None else 0.5, tokens(sentence), sentence, words,
            harm(sentence, words) if event.type == "Casualty" else "", nth(sentence), at, headline, beside(sentence),
            frozenset(self.minter.country(code).value for code in states(sentence, source.language)),
        )  # fmt: skip

    def stand(self, by: str, stance: str, own: bool, found: Facts) -> Stand:
        party = self.party(by, found)
        return Stand(party.iri, party.name, stance, own, not own and (party.named or party.kind == "Country"))

    def parties(self, event: EventFact, found: Facts) -> Iterator[Party]:
        return (self.party(filler, found) for filler in dict.fromkeys(r.filler for r in event.roles))

    def party(self, iri: str, found: Facts, event: EventFact | None = None) -> Party:
        """An entity; goods by the words of the event, for all weapons of an article are one concept whatever they are called."""
        entity = found.entities[iri]
        name = entity.label()
        called_here = self.thing(iri, event, found) if event and entity.kind in ("CargoType", "Topic") else ""
        local = iri.rsplit("/", 1)[-1]
        if entity.kind == "Country":
            return Party(iri, "Country", name, iri)
        if entity.kind == "CargoType":
            return Party(iri, "CargoType", called_here or name, None, CARGO.local(iri) or folded(name))
        named = entity.kind in _NAMED and not _LOCAL.fullmatch(local) and _telling_apart(entity.kind, local, name, entity.labels)
        if named and entity.kind in _ACTORS:
            self._seen[iri] = Seen(iri, entity.kind, name, tuple(sorted(entity.countries)), local in gazetteer().actors.by_id)
        return Party(iri, entity.kind, called_here or name, next(iter(entity.countries), None), None, named)

    def thing(self, iri: str, event: EventFact, found: Facts) -> str:
        """What an event calls its goods or topic; empty where no mention of them is its own."""
        article = found.articles[event.article]
        for passage in event.named:
            mention = self.store.quads_for_pattern(ox.NamedNode(passage.iri), KG["mentionOf"], ox.NamedNode(iri), ox.NamedNode(article.iri))
            if next(mention, None) is not None:
                return called(passage.exact, passage.sentence, article.language)
        return ""


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
