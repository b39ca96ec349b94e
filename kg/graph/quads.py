"""One linked report → the quads of its article's named graph.

Invariants: every quad lies in the graph named by the article; every event, claim, quantity and role filler leads to a
mention whose words read back from the text (else ``EvidenceError``); there are no blank nodes; the output is a
function of the report alone.

Beside a specific role property (``kg:supplier``) the general one (``kg:agent``) is written, and beside a subclass the
class above it (``kg:Event``, ``kg:Actor``), so that a query needs no reasoner.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import ontology
from kg.graph.evidence import Evidence, read_back
from kg.graph.iri import Minter
from kg.graph.label import event_labels
from kg.graph.names import ACTOR_KINDS, CARGO, KG, KIND_CLASS, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, role_property
from kg.graph.reference import country_labels
from kg.records import EVENT_TYPES, ROLES, Article, Claim, Entity, Event, Interval, Kind, Linked, Mention, Stance
from kg.records import Quantity as Amount
from kg.resolve.signature import signature

__all__ = ["quads"]

Term = NamedNode | Literal
_DATE_TYPE = {4: "gYear", 7: "gYearMonth", 10: "date"}


def quads(linked: Linked, minter: Minter, fingerprint: str) -> Iterator[Quad]:
    """The named graph of one article.

    ``fingerprint`` names the state of the program (version, models, lexicons) that read it. Raises ``EvidenceError``
    for a span that does not read back and ``ValueError`` for a type or role outside the vocabulary.
    """
    yield from dict.fromkeys(_Writer.of(linked, minter).all(fingerprint))


@lru_cache(maxsize=1024)  # scores and confidences are few
def _number(value: float) -> Literal:
    """``value`` as xsd:decimal, without exponent or idle zeros."""
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    text = f"{Decimal(repr(float(value))):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=XSD["decimal"])


@dataclass(frozen=True, slots=True)
class _Writer:
    """The state of writing one article: who its nodes are, and of which mentions and entities all is said."""

    linked: Linked
    minter: Minter
    node: NamedNode
    publisher: NamedNode
    evidence: Evidence
    entities: dict[Mention, Entity]
    known_cargo: frozenset[str]
    found: list[Quad] = field(default_factory=list)
    told: dict[Mention, NamedNode] = field(default_factory=dict)
    described: set[Entity] = field(default_factory=set)

    @classmethod
    def of(cls, linked: Linked, minter: Minter) -> _Writer:
        article = linked.report.article
        node = minter.article(article.name)
        sentences = tuple(sorted({e.sentence for e in linked.report.events}))
        return cls(
            linked, minter, node, minter.publisher(article.publisher, node),
            Evidence(article, node, minter, sentences), dict(linked.entities), ontology.cargo_slugs(),
        )  # fmt: skip

    def add(self, subject: NamedNode, predicate: NamedNode, value: Term) -> None:
        self.found.append(Quad(subject, predicate, value, self.node))

    def all(self, fingerprint: str) -> list[Quad]:
        self.article(fingerprint)
        shared = Counter((e.type, e.trigger) for e in self.linked.report.events)
        for event in self.linked.report.events:
            self.event(event, apart=shared[event.type, event.trigger] > 1)
        self.found.extend(self.evidence.quads())
        return self.found

    def article(self, fingerprint: str) -> None:
        article = self.linked.report.article
        self.add(self.node, RDF["type"], KG["Article"])
        self.add(self.node, RDF["type"], SCHEMA["NewsArticle"])
        self.add(self.node, KG["sourceName"], Literal(article.name))
        self.add(self.node, KG["textDigest"], Literal(article.digest))
        if shingles := signature(article):
            self.add(self.node, KG["textSignature"], Literal(shingles))
        self.add(self.node, SCHEMA["inLanguage"], Literal(article.language))
        self.add(self.node, SCHEMA["publisher"], self.publisher)
        self.add(self.node, PROV["wasGeneratedBy"], self.minter.build(fingerprint))
        title = article.title or article.name
        self.add(self.node, RDFS["label"], Literal(title, language=article.language))
        if article.title:
            self.add(self.node, SCHEMA["headline"], Literal(article.title, language=article.language))
        if article.published:
            datatype = XSD[_DATE_TYPE[len(article.published)]]
            self.add(self.node, SCHEMA["datePublished"], Literal(article.published, datatype=datatype))
        if article.url:
            self.add(self.node, SCHEMA["url"], Literal(article.url, datatype=XSD["anyURI"]))
        if article.author:
            self.add(self.node, SCHEMA["author"], Literal(article.author))
        if article.raw and article.metadata_digest:
            self.add(self.node, KG["rawDigest"], Literal(article.raw))
            self.add(self.node, KG["metadataDigest"], Literal(article.metadata_digest))
        self.add(self.publisher, RDF["type"], KG["Publisher"])
        self.add(self.publisher, RDF["type"], KG["Organization"])
        self.add(self.publisher, RDF["type"], KG["Actor"])
        self.add(self.publisher, RDFS["label"], self.publisher_label(article))

    @staticmethod
    def publisher_label(article: Article) -> Literal:
        if article.publisher and article.publisher.strip():
            return Literal(article.publisher.strip(), language=article.language)
        return Literal(f"unnamed publisher of {article.name}", language="en")

    def event(self, event: Event, apart: bool) -> None:
        if event.type not in EVENT_TYPES:
            raise ValueError(f"no such event type: {event.type}")
        article = self.linked.report.article
        trigger = self.evidence.mention(event.trigger)
        node = self.minter.event(self.node, event, read_back(article, event.trigger), apart)
        self.add(node, RDF["type"], KG[event.type])
        self.add(node, RDF["type"], KG["Event"])
        self.add(node, KG["inArticle"], self.node)
        self.add(node, KG["evidence"], trigger)
        self.add(node, KG["modality"], KG[event.modality.value])
        self.add(node, KG["confidence"], _number(round(event.confidence, 3)))
        for text, language in event_labels(event, self.entity):
            self.add(node, RDFS["label"], Literal(text, language=language))
        for argument in event.arguments:
            self.role(node, event.type, argument.role, argument.mention)
        for amount in event.quantities:
            self.quantity(node, amount)
        if event.interval:
            self.interval(node, event.interval)
        for claim in event.claims or (Claim(None, Stance.ASSERTS, event.trigger),):
            self.claim(node, claim)

    def entity(self, mention: Mention) -> Entity:
        """What a mention stands for; ``ValueError`` if the report was not linked in full."""
        for candidate in (mention, mention.resolved()):
            if candidate in self.entities:
                return self.entities[candidate]
        raise ValueError(f"{self.linked.report.article.name}: no entity for {mention.text!r}")

    def role(self, event: NamedNode, event_type: str, role: str, mention: Mention) -> None:
        if role not in ROLES:
            raise ValueError(f"no such role: {role}")
        filler = self.filler(mention)
        self.add(event, KG[role], filler)
        self.add(event, KG[role_property(event_type, role, self.entity(mention).kind)], filler)
        self.add(event, KG["roleMention"], self.evidence.mention(mention.span, mention.text))

    def filler(self, mention: Mention) -> NamedNode:
        """Describe what a mention stands for and the mention itself, once; returns the entity's node."""
        if mention in self.told:
            return self.told[mention]
        entity = self.entity(mention)
        node = self.told[mention] = self.minter.entity(entity.kind, entity.key, self.known_cargo)
        if entity not in self.described:
            self.describe(node, entity)
            self.described.add(entity)
        language = self.linked.report.article.language
        chain: Mention | None = mention
        below: NamedNode | None = None
        while chain is not None:
            words = self.evidence.mention(chain.span, chain.text)
            self.add(words, KG["mentionOf"], node)
            if below is not None:
                self.add(below, KG["antecedent"], words)
            if chain.antecedent is None:  # a pronoun's form is no name
                self.add(node, SKOS["altLabel"], Literal(chain.name or chain.text, language=language))
            below, chain = words, chain.antecedent
        words = self.evidence.mention(mention.span)
        self.add(words, KG["linkScore"], _number(round(entity.score, 3)))
        self.add(words, KG["linkReason"], Literal(entity.reason))
        return node

    def describe(self, node: NamedNode, entity: Entity) -> None:
        """Class, names, country and identities of an entity, as far as the reference graph does not hold them."""
        known = entity.kind is Kind.CARGO and node.value.startswith(CARGO.iri)
        self.add(node, RDF["type"], KIND_CLASS[entity.kind])
        if entity.kind in ACTOR_KINDS:
            self.add(node, RDF["type"], KG["Actor"])
        if entity.kind in (Kind.CARGO, Kind.TOPIC):
            self.add(node, RDF["type"], SKOS["Concept"])
        if not known and not (entity.kind is Kind.COUNTRY and country_labels(entity.key)):
            for text, language in entity.labels:
                self.add(node, RDFS["label"], Literal(text, language=language))
        if entity.kind is Kind.CARGO and entity.broader and not known:
            self.add(node, SKOS["broader"], CARGO[entity.broader])
        if entity.country and entity.kind is not Kind.COUNTRY:
            country = self.minter.country(entity.country)
            self.add(node, KG["country"], country)
            self.add(country, RDF["type"], KG["Country"])
        for iri in entity.same_as:
            self.add(node, OWL["sameAs"], NamedNode(iri))

    def quantity(self, event: NamedNode, amount: Amount) -> None:
        node = self.minter.quantity(event, amount)
        self.add(event, KG["quantity"], node)
        self.add(node, RDF["type"], KG["Quantity"])
        self.add(node, KG["quantityText"], Literal(amount.text))
        self.add(node, KG["evidence"], self.evidence.mention(amount.span, amount.text))
        for name, value in (("value", amount.value), ("minimum", amount.minimum), ("maximum", amount.maximum)):
            if value is not None:
                self.add(node, KG[name], _number(value))
        if amount.unit:
            self.add(node, KG["unit"], self.minter.unit(amount.unit))

    def interval(self, event: NamedNode, interval: Interval) -> None:
        for name, day in (("earliest", interval.earliest), ("latest", interval.latest)):
            if day is not None:
                self.add(event, KG[name], Literal(day.isoformat(), datatype=XSD["date"]))
        self.add(event, KG["timeText"], Literal(interval.text))
        self.add(event, KG["timeEvidence"], self.evidence.mention(interval.span))

    def claim(self, event: NamedNode, claim: Claim) -> None:
        """Who says so; an event that nobody claims is told in the article's own voice, the publisher's."""
        by = self.filler(claim.source) if claim.source else self.publisher
        node = self.minter.claim(event, by, claim.stance.value, claim.cue)
        self.add(node, RDF["type"], KG["Claim"])
        self.add(node, KG["inArticle"], self.node)
        self.add(node, KG["about"], event)
        self.add(node, KG["assertedBy"], by)
        self.add(node, KG["stance"], KG[claim.stance.value])
        self.add(node, KG["evidence"], self.evidence.mention(claim.cue))
        if claim.source:
            self.add(node, KG["sourceMention"], self.evidence.mention(claim.source.span))
