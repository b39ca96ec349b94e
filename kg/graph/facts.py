"""The graph read back as frozen records: events with roles, quantities, claims and evidence; entities with names.

Everything that looks at a finished graph (tables, show, score, analyse, view) reads it through here, once, in one
pass. It goes by the vocabulary alone, so it reads exported files and graphs of other makers too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

import pyoxigraph as ox

from kg.graph import ontology
from kg.graph.names import KG, RDF, RDFS, SCHEMA, SKOS, UNIT, general_role, label_in
from kg.graph.statements import Statement, Statements, several, stored, value_of
from kg.records import ROLES

__all__ = ["ArticleFact", "Assertion", "Entity", "EventFact", "Facts", "Passage", "QuantityFact", "Role", "facts", "facts_in", "facts_of"]

_ROLES = frozenset(ROLES)
_KINDS = ("Country", "Person", "Group", "Publisher", "Organization", "Vessel", "Place", "CargoType", "Topic")
"""Class names by which an entity is known, the telling ones first."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Words of an article: offsets (code points, -1 unknown), the words, the sentence around them, the mention's IRI."""

    start: int
    end: int
    exact: str
    sentence: str
    iri: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """One filler of an event: the general role, the property as written, the filler's IRI (or a literal's text)."""

    role: str
    property: str
    filler: str


@dataclass(frozen=True, slots=True, order=True)
class QuantityFact:
    """An amount as written; bounds are None where the text gives none; ``unit`` is the slug of the unit."""

    text: str
    value: float | None
    minimum: float | None
    maximum: float | None
    unit: str | None
    iri: str = field(default="", compare=False)
    evidence: tuple[Passage, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Assertion:
    """A claim about an event; ``own_voice`` where the publisher makes it."""

    iri: str
    by: str
    stance: str
    own_voice: bool
    evidence: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """Whatever an event can point at. ``labels`` are (language, text), ``others`` the alternative names."""

    iri: str
    kind: str
    labels: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    codes: tuple[str, ...]
    countries: tuple[str, ...]

    def label(self, language: str = "en") -> str:
        """The name in a language, else in English, else the first."""
        return label_in(self.labels, language) or next(iter(self.others), "") or self.iri.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class ArticleFact:
    """An article: ``published`` is an ISO date of reduced precision or None; ``copy_of`` the article whose text it carries too."""

    iri: str
    name: str
    language: str
    title: str
    published: str | None
    publisher: str | None
    digest: str | None
    author: str | None = None
    url: str | None = None
    copy_of: str | None = None

    @property
    def link(self) -> str | None:
        """Where the article can be read: its address, or a name that is one; None where the web has none or it is no web address."""
        return next((text for text in (self.url, self.name) if text and text.lower().startswith(("https://", "http://"))), None)


@dataclass(frozen=True, slots=True)
class EventFact:
    """An event as one article tells it; ``types`` holds its classes and all above them.

    ``evidence`` are the words that tell it, ``named`` those that name who fills its roles, ``dated`` those of its time.
    """

    iri: str
    type: str
    types: frozenset[str]
    article: str
    labels: tuple[tuple[str, str], ...]
    modality: str
    confidence: float | None
    earliest: str | None
    latest: str | None
    time_text: str | None
    roles: tuple[Role, ...]
    quantities: tuple[QuantityFact, ...]
    claims: tuple[Assertion, ...]
    evidence: tuple[Passage, ...]
    named: tuple[Passage, ...] = ()
    dated: tuple[Passage, ...] = ()

    def label(self, language: str = "en") -> str:
        """The event's label in a language, else in English, else its type."""
        return label_in(self.labels, language, self.type)

    def fillers(self, *roles: str) -> tuple[str, ...]:
        """The fillers of the given general roles, each once, sorted."""
        return tuple(sorted({r.filler for r in self.roles if r.role in roles}))

    @property
    def denied(self) -> bool:
        """Whether anybody denies it."""
        return any(c.stance == "denies" for c in self.claims)

    @property
    def certain(self) -> bool:
        """Told as having happened, and neither denied, doubted nor merely suspected by anybody."""
        return self.modality == "actual" and not {c.stance for c in self.claims} & {"denies", "doubts", "suspects"}


@dataclass(frozen=True)
class Facts:
    """A whole graph: articles, events and entities by IRI, each sorted by IRI."""

    articles: Mapping[str, ArticleFact]
    events: Mapping[str, EventFact]
    entities: Mapping[str, Entity]

    @cached_property
    def by_article(self) -> Mapping[str, tuple[EventFact, ...]]:
        """Article IRI → its events, in the order of the text."""
        found: dict[str, list[EventFact]] = {iri: [] for iri in self.articles}
        for event in self.events.values():
            found.setdefault(event.article, []).append(event)
        return {k: tuple(sorted(v, key=lambda e: (e.evidence, e.iri))) for k, v in found.items()}

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Events of copies that the original tells in the same sentence: the same words read twice, which are not to be counted twice."""
        told = {(e.article, e.type, p.exact, p.sentence) for e in self.events.values() for p in e.evidence}
        copies = {a.iri: a.copy_of for a in self.articles.values() if a.copy_of}
        return frozenset(
            e.iri
            for e in self.events.values()
            if e.article in copies and any((copies[e.article], e.type, p.exact, p.sentence) in told for p in e.evidence)
        )

    def name(self, iri: str, language: str = "en") -> str:
        """The label of an entity, event or article; the IRI itself for what has none."""
        if iri in self.entities:
            return self.entities[iri].label(language)
        if iri in self.events:
            return self.events[iri].label(language)
        return self.articles[iri].name if iri in self.articles else iri


def _float(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _above(name: str, table: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    todo = [name]
    while todo:
        if (item := todo.pop()) not in seen:
            seen.add(item)
            todo += table.get(item, ())
    return seen


def facts(quads: Iterable[ox.Quad]) -> Facts:
    """Read some quads. Properties and classes below those of the vocabulary count as those above them, and a name that was resolved to an
    actor (``kg:sameActorAs``) as that actor.
    """
    return facts_of((value_of(quad.subject), quad.predicate.value, quad.object) for quad in quads)


def facts_of(statements: Iterable[Statement]) -> Facts:
    """Read statements: subject, the IRI of the property, value."""
    return _facts(Statements(statements))


def facts_in(store: ox.Store) -> Facts:
    """Read all of a store, as ``facts`` reads its quads, in less time."""
    return _facts(Statements(stored(store)))


def _facts(index: Statements) -> Facts:
    index.resolve_actors()
    classes, properties = ({k: set(v) for k, v in table.items()} for table in ontology.hierarchy())
    for special, role in general_role().items():
        properties.setdefault(special, set()).add(role)
    for table, predicate in ((classes, RDFS["subClassOf"]), (properties, RDFS["subPropertyOf"])):
        for subject in index.having(predicate):
            table.setdefault(_local(subject), set()).update(_local(o) for o in index.all(subject, predicate))
    classes_of = cache(lambda iri: frozenset(_above(_local(iri), classes)))
    roles_of = cache(lambda iri: tuple(sorted(_above(_local(iri), properties) & _ROLES)))
    claims: dict[str, list[str]] = defaultdict(list)
    for claim in index.having(KG["about"]):
        for event in index.all(claim, KG["about"]):
            claims[event].append(claim)
    articles = {iri: _article(index, iri) for iri in index.having(KG["sourceName"])}
    events: dict[str, EventFact] = {}
    for iri in index.having(KG["inArticle"]):
        types = frozenset(t for c in index.all(iri, RDF["type"]) for t in classes_of(c))
        if "Event" in types:
            events[iri] = _event(index, iri, types, roles_of, claims[iri])
    used = {r.filler for e in events.values() for r in e.roles} | {c.by for e in events.values() for c in e.claims}
    used |= {c for iri in used for c in index.all(iri, KG["country"])}
    used |= {a.publisher for a in articles.values() if a.publisher}
    return Facts(articles, events, {iri: _entity(index, iri) for iri in sorted(used - {""})})


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _article(index: Statements, iri: str) -> ArticleFact:
    name = index.one(iri, KG["sourceName"]) or ""
    return ArticleFact(
        iri, name, index.one(iri, SCHEMA["inLanguage"]) or "", index.one(iri, SCHEMA["headline"]) or name,
        index.one(iri, SCHEMA["datePublished"]), index.one(iri, SCHEMA["publisher"]), index.one(iri, KG["textDigest"]),
        index.one(iri, SCHEMA["author"]), index.one(iri, SCHEMA["url"]), index.one(iri, KG["copyOf"]),
    )  # fmt: skip


def _passages(index: Statements, iri: str, predicate: ox.NamedNode = KG["evidence"]) -> tuple[Passage, ...]:
    return tuple(sorted(_passage(index, mention) for mention in index.all(iri, predicate)))


def _passage(index: Statements, iri: str) -> Passage:
    start, end = int(index.one(iri, KG["start"]) or -1), int(index.one(iri, KG["end"]) or -1)
    return Passage(start, end, index.one(iri, KG["exact"]) or "", index.one(iri, KG["sentence"]) or "", iri)


def _event(index: Statements, iri: str, types: frozenset[str], roles_of: Callable[[str], tuple[str, ...]], claims: list[str]) -> EventFact:
    roles: dict[tuple[str, str], str] = {}
    for predicate, values in index.rows[iri].items():
        for role in roles_of(predicate):
            written = _local(predicate)
            for value in several(values):
                key = role, value_of(value)
                if key not in roles or roles[key] == role:  # the telling property, where both are there
                    roles[key] = written
    plain = types - {"Event", "Thing", "Resource"}
    own = [t for t in (_local(c) for c in index.all(iri, RDF["type"])) if t in plain]
    article = index.one(iri, KG["inArticle"]) or ""
    publishers = set(index.all(article, SCHEMA["publisher"]))
    return EventFact(
        iri, next(iter(own), "Event"), types, article, index.tagged(iri, RDFS["label"]),
        _local(index.one(iri, KG["modality"]) or "actual"), _float(index.one(iri, KG["confidence"])),
        index.one(iri, KG["earliest"]), index.one(iri, KG["latest"]), index.one(iri, KG["timeText"]),
        tuple(sorted(Role(role, written, filler) for (role, filler), written in roles.items())),
        tuple(sorted((_quantity(index, q) for q in index.all(iri, KG["quantity"])), key=str)),
        tuple(sorted(_claim(index, c, publishers) for c in claims)), _passages(index, iri),
        _passages(index, iri, KG["roleMention"]), _passages(index, iri, KG["timeEvidence"]),
    )  # fmt: skip


def _quantity(index: Statements, iri: str) -> QuantityFact:
    value, minimum, maximum = (_float(index.one(iri, KG[p])) for p in ("value", "minimum", "maximum"))
    unit = index.one(iri, KG["unit"])
    slug = unit and (UNIT.local(unit) or _local(unit))
    return QuantityFact(index.one(iri, KG["quantityText"]) or "", value, minimum, maximum, slug, iri, _passages(index, iri))


def _claim(index: Statements, iri: str, publishers: set[str]) -> Assertion:
    by = index.one(iri, KG["assertedBy"]) or ""
    return Assertion(iri, by, _local(index.one(iri, KG["stance"]) or ""), by in publishers, _passages(index, iri))


def _entity(index: Statements, iri: str) -> Entity:
    types = {_local(t) for t in index.all(iri, RDF["type"])}
    kind = next((k for k in _KINDS if k in types), next(iter(sorted(types)), "Literal"))
    countries = tuple(index.all(iri, KG["country"]))
    codes = {c for node in (iri, *countries) for c in index.all(node, KG["isoCode"])}
    labels = index.tagged(iri, RDFS["label"], SKOS["prefLabel"])
    if not labels and iri not in index.rows and "://" not in iri:  # a literal in place of a node names itself
        labels = (("", iri),)
    others = tuple(sorted({text for _, text in index.tagged(iri, SKOS["altLabel"])}))
    return Entity(iri, kind, labels, others, tuple(sorted(codes)), countries)
