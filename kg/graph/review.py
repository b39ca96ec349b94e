"""What a person should look at: pairs of events or actors that might be one, or might not, the most valuable question first.

A question is worth asking where the answer is open (a likeness near one half) and where much hangs on it (many tellings).
What has been judged is not asked again.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.graph.resolution import read_tellings
from kg.graph.store import Graph
from kg.resolve.actors import Merge
from kg.resolve.actors import candidates as candidate_names
from kg.resolve.blocks import pairs
from kg.resolve.clusters import Constraints
from kg.resolve.features import probability, reason
from kg.resolve.incidents import incidents
from kg.resolve.judgement import COLUMNS, constraints
from kg.resolve.shelf import Shelf
from kg.resolve.telling import Telling

__all__ = ["Candidate", "Side", "candidates", "to_table"]

_SHOWN = 4  # sentences a name
_LEAST = 0.15  # below this likeness nobody need look


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its IRI, name and evidence, a line each as "source: sentence"."""

    iri: str
    name: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question. ``joined`` says how the program answers it now; ``worth`` ranks the questions."""

    kind: str
    one: Side
    other: Side
    score: float
    reason: str
    joined: bool
    worth: float


def candidates(graph: Graph) -> tuple[Candidate, ...]:
    """The open questions, the most valuable first. Raises ``InputError`` where the judgement log cannot be read."""
    log = graph.judgements
    standing = log.standing() if log else ()
    judged = {(j.kind, *j.pair) for j in standing}
    nodes = [stored.node for stored in graph.articles().values()]
    with Shelf() as shelf:
        merged = read_tellings(graph.store, graph.minter, nodes, constraints(standing, "actor"), shelf)
        found = [*_incidents(shelf, constraints(standing, "incident")), *_actors(shelf, merged)]
    open_ = [c for c in found if (c.kind, *sorted((c.one.iri, c.other.iri))) not in judged]
    return tuple(sorted(open_, key=lambda c: (-c.worth, c.one.iri, c.other.iri)))


def _actors(shelf: Shelf, merged: tuple[Merge, ...]) -> Iterator[Candidate]:
    """Names that sound alike, joined or not: an actor is worth the events that hang on it."""
    into = {merge.iri: merge.into for merge in merged}
    asked = [(by_iri[one], by_iri[other], score) for row in shelf.actors() if (by_iri := {a.iri: a for a in row})
             for (one, other), score in candidate_names(row).items()]  # fmt: skip
    about = {into.get(actor.iri, actor.iri) for one, other, _ in asked for actor in (one, other)}
    told: dict[str, list[str]] = defaultdict(list)
    for telling in shelf:
        for iri in sorted(about & ({p.iri for _, p in telling.parties} | {s.by for s in telling.stands})):
            told[iri].append(f"{telling.source.name}: {telling.sentence}")
    for one, other, score in sorted(asked):
        rows = [told.get(into.get(actor.iri, actor.iri), []) for actor in (one, other)]
        sides = [Side(actor.iri, f"{actor.name} ({actor.kind})", tuple(row[:_SHOWN])) for actor, row in zip((one, other), rows, strict=True)]
        joined = into.get(one.iri, one.iri) == into.get(other.iri, other.iri)
        worth = (1 - abs(2 * score - 1)) * sum(map(len, rows))
        yield Candidate("actor", sides[0], sides[1], round(score, 3), "the names sound alike", joined, round(worth, 3))


def _incidents(shelf: Shelf, judged: Constraints) -> Iterator[Candidate]:
    home: dict[str, tuple[str, int]] = {}  # event → key and size of its incident
    for incident in incidents(shelf, judged):
        home.update({t.event: (incident.key, len(incident.all)) for t in incident.all})
    best: dict[tuple[str, str], tuple[float, str, str]] = {}
    for part in shelf.parts(judged):
        for one, other in ((part[a], part[b]) for a, b in pairs(map(shelf.telling, part)).tolist()):
            if shelf.telling(one).source.iri == shelf.telling(other).source.iri:
                continue
            score = probability(shelf.telling(one), shelf.telling(other))
            first, second = sorted((home[one][0], home[other][0]))
            key = (first, second) if first != second else (one, other)
            if score >= _LEAST and (key not in best or (score, one, other) > best[key]):
                best[key] = (score, one, other)
    for score, *both in best.values():
        one, other = map(shelf.telling, both)
        (first, here), (second, there) = (home[event] for event in both)
        worth = (1 - abs(2 * score - 1)) * (here + there)
        yield Candidate("incident", _side(one), _side(other), round(score, 3), reason(one, other), first == second, round(worth, 3))


def _side(telling: Telling) -> Side:
    parties = ", ".join(f"{role}: {party.name}" for role, party in telling.parties)
    return Side(telling.event, f"{telling.type} ({telling.modality}) {parties}", (f"{telling.source.name}: {telling.sentence}",))


def to_table(questions: Iterable[Candidate]) -> str:
    """Questions as CSV: the columns of a judgement with the verdict left empty, and beside them what to judge by."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*COLUMNS, "score", "joined", "why", "one_name", "one_evidence", "other_name", "other_evidence"])
    for q in questions:
        row = [q.kind, q.one.iri, q.other.iri, "", "", "", "", q.score, "yes" if q.joined else "no", q.reason,
               q.one.name, " | ".join(q.one.evidence), q.other.name, " | ".join(q.other.evidence)]  # fmt: skip
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in row])
    return buffer.getvalue()
