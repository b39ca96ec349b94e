"""The resolution graph: which names are one actor and which events one incident, with score and reason.

It is made anew from what the article graphs tell and the judgement log whenever one of them changed, and says from what (``kg:resolvedFrom``).
Article graphs are never touched, so withdrawing an article takes its support away and nothing else.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iri import Minter
from kg.graph.names import KG, RDF, RDFS, XSD
from kg.resolve.actors import Merge, merges
from kg.resolve.clusters import Constraints
from kg.resolve.judgement import Judgement, constraints
from kg.resolve.shelf import Shelf
from kg.resolve.telling import Incident

__all__ = ["is_resolved", "merge_actors", "resolution_quads", "state"]


def state(articles: Iterable[tuple[str, str, str]], judgements: Iterable[Judgement], program: str) -> str:
    """A digest of what a resolution is made of: (article, text, reader) of each article, the standing judgements, the program."""
    digest = hashlib.sha256(program.encode())
    for row in sorted(articles):
        digest.update("\x1f".join(row).encode() + b"\n")
    for judgement in judgements:
        digest.update("\x1f".join((judgement.kind, *judgement.pair, judgement.verdict, judgement.user)).encode() + b"\n")
    return digest.hexdigest()


def is_resolved(store: ox.Store, minter: Minter, digest: str) -> bool:
    """Whether the resolution graph was made from this very state."""
    graph = minter.graph("resolution")
    return next(store.quads_for_pattern(graph, KG["resolvedFrom"], Literal(digest), graph), None) is not None


def resolution_quads(shelf: Shelf, minter: Minter, judgements: Iterable[Judgement], digest: str) -> Iterator[Quad]:
    """The resolution graph of what is on a shelf, incident by incident."""
    from kg.resolve.incidents import incidents  # half of what it takes to import this room, and only builds resolve

    graph = minter.graph("resolution")
    standing = tuple(judgements)
    writer = _Writer(minter, {j.pair: j for j in standing if j.verdict == "same"})
    merged = merge_actors(shelf, constraints(standing, "actor"))
    yield Quad(graph, KG["resolvedFrom"], Literal(digest), graph)
    for triple in (t for merge in merged for t in writer.merge(merge)):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)
    for incident in incidents(shelf, constraints(standing, "incident")):
        for triple in dict.fromkeys(writer.incident(incident)):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def merge_actors(shelf: Shelf, judged: Constraints) -> tuple[Merge, ...]:
    """Give each actor on a shelf as the one that it is resolved to; what was resolved."""
    merged = merges(shelf.actors(), judged)
    shelf.merge({merge.iri: merge.into for merge in merged})
    return merged


def _decimal(value: float) -> Literal:
    return Literal(f"{Decimal(repr(value)).normalize():f}", datatype=XSD["decimal"])


class _Writer:
    """Incidents as triples."""

    def __init__(self, minter: Minter, judged: Mapping[tuple[str, str], Judgement]) -> None:
        self.minter = minter
        self.judged: dict[str, Judgement] = {}
        for pair, judgement in sorted(judged.items()):
            self.judged.update(dict.fromkeys(pair, judgement))

    def merge(self, merge: Merge) -> Iterator[ox.Triple]:
        one, other = NamedNode(merge.iri), NamedNode(merge.into)
        yield ox.Triple(one, KG["sameActorAs"], other)
        yield from self.link(one, other, merge.score, merge.reason)

    def link(self, what: NamedNode, into: NamedNode, score: float, reason: str) -> Iterator[ox.Triple]:
        link = self.minter.link(what.value, into.value)
        judgement = self.judged.get(what.value)
        yield ox.Triple(link, RDF["type"], KG["Link"])
        yield ox.Triple(link, KG["links"], what)
        yield ox.Triple(link, KG["into"], into)
        yield ox.Triple(link, KG["linkScore"], _decimal(1.0 if judgement else score))
        why = ": ".join(filter(None, ("judged to be the same", judgement.reason))) if judgement else reason
        yield ox.Triple(link, KG["linkReason"], Literal(why))
        if judgement and judgement.user:
            yield ox.Triple(link, KG["judgedBy"], Literal(judgement.user))

    def incident(self, incident: Incident) -> Iterator[ox.Triple]:
        node = self.minter.incident(incident.key)
        triple = ox.Triple
        yield triple(node, RDF["type"], KG["Incident" if incident.happened else "Prospect"])
        yield triple(node, RDF["type"], KG["Grouping"])
        fullest = max(incident.tellings or incident.all, key=lambda t: (len(t.parties), t.confidence, t.event))
        for language, text in fullest.labels:
            yield triple(node, RDFS["label"], Literal(text, language=language or None))
        for telling in incident.all:
            yield triple(node, KG["includes"], NamedNode(telling.event))
        articles = {t.source.iri for t in incident.all}
        yield triple(node, KG["articleCount"], Literal(str(len(articles)), datatype=XSD["integer"]))
        for origin, _ in incident.origins:
            yield triple(node, KG["independentOrigin"], NamedNode(origin))
        if incident.origins:
            yield triple(node, KG["corroboratedBy"], Literal(str(len(incident.origins)), datatype=XSD["integer"]))
        yield triple(node, KG["support"], _decimal(incident.support))
        yield triple(node, KG["supportArithmetic"], Literal(incident.arithmetic))
        for name, told in (("toldFrom", [t.start for t in incident.all]), ("toldUntil", [t.end for t in incident.all])):
            if known := [day for day in told if day is not None]:
                day = date.fromordinal(min(known) if name == "toldFrom" else max(known))
                yield triple(node, KG[name], Literal(day.isoformat(), datatype=XSD["date"]))
        for span in _spans(incident):
            yield triple(node, KG["toldQuantity"], Literal(span))
        yield from self.links(node, incident)
        yield from self.conflicts(node, incident)

    def links(self, node: NamedNode, incident: Incident) -> Iterator[ox.Triple]:
        for event, score, reason in incident.linked:
            yield from self.link(NamedNode(event), node, score, reason)

    def conflicts(self, incident_node: NamedNode, incident: Incident) -> Iterator[ox.Triple]:
        for conflict in incident.conflicts:
            node = self.minter.conflict(incident_node, conflict.kind, conflict.one, conflict.other)
            yield ox.Triple(incident_node, KG["conflict"], node)
            yield ox.Triple(node, RDF["type"], KG["Conflict"])
            yield ox.Triple(node, KG["conflictKind"], Literal(conflict.kind))
            for name, words, events in (("one", conflict.one, conflict.one_events), ("other", conflict.other, conflict.other_events)):
                yield ox.Triple(node, KG[f"{name}Says"], Literal(words))
                for event in events:
                    yield ox.Triple(node, KG[f"{name}Side"], NamedNode(event))


def _spans(incident: Incident) -> Iterator[str]:
    """Lowest and highest amount of each unit, as the texts word them."""
    told: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for telling in incident.all:
        for amount in telling.amounts:
            told[amount.unit].append((amount.low if amount.low is not None else amount.high or 0.0, amount.text))
    for unit, rows in sorted(told.items()):
        low, high = min(rows), max(rows)
        name = "" if unit == "?" else f" ({unit})"
        yield f"{low[1]}{name}" if low[0] == high[0] else f"{low[1]} … {high[1]}{name}"
