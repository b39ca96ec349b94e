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
from kg.resolve.actors import Merge, Seen
from kg.resolve.actors import candidates as candidate_names
from kg.resolve.blocks import pairs
from kg.resolve.clusters import Constraints
from kg.resolve.features import compatible, probability, reason
from kg.resolve.incidents import incidents
from kg.resolve.judgement import COLUMNS, constraints
from kg.resolve.telling import Incident, Telling

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
    tellings, merged, seen = read_tellings(graph.store, graph.minter, nodes, constraints(standing, "actor"))
    found = [*_incidents(tellings, constraints(standing, "incident")), *_actors(tellings, merged, seen)]
    open_ = [c for c in found if (c.kind, *sorted((c.one.iri, c.other.iri))) not in judged]
    return tuple(sorted(open_, key=lambda c: (-c.worth, c.one.iri, c.other.iri)))


def _actors(tellings: list[Telling], merged: tuple[Merge, ...], seen: dict[str, Seen]) -> Iterator[Candidate]:
    """Names that sound alike, joined or not: an actor is worth the events that hang on it."""
    into = {merge.iri: merge.into for merge in merged}
    told: dict[str, list[str]] = defaultdict(list)
    for telling in tellings:
        for iri in sorted({p.iri for _, p in telling.parties} | {s.by for s in telling.stands}):
            told[iri].append(f"{telling.source.name}: {telling.sentence}")
    for (one, other), score in sorted(candidate_names(seen.values()).items()):
        sides = [Side(i, f"{seen[i].name} ({seen[i].kind})", tuple(told.get(into.get(i, i), ())[:_SHOWN])) for i in (one, other)]
        joined = into.get(one, one) == into.get(other, other)
        worth = (1 - abs(2 * score - 1)) * sum(len(told.get(into.get(i, i), ())) for i in (one, other))
        yield Candidate("actor", sides[0], sides[1], round(score, 3), "the names sound alike", joined, round(worth, 3))


def _incidents(tellings: list[Telling], judged: Constraints) -> Iterator[Candidate]:
    by_event = {t.event: t for t in tellings}
    home: dict[str, Incident] = {}
    for incident in incidents(tellings, judged):
        home.update({t.event: incident for t in incident.all})
    best: dict[tuple[str, str], tuple[float, Telling, Telling]] = {}
    for one, other in pairs(by_event.values()):
        if not compatible(one, other) or one.source.iri == other.source.iri:
            continue
        score = probability(one, other)
        first, second = sorted((home[one.event].key, home[other.event].key))
        key = (first, second) if first != second else (one.event, other.event)
        if score >= _LEAST and (key not in best or score > best[key][0]):
            best[key] = (score, one, other)
    for score, one, other in best.values():
        joined = home[one.event] is home[other.event]
        worth = (1 - abs(2 * score - 1)) * (len(home[one.event].all) + len(home[other.event].all))
        yield Candidate("incident", _side(one), _side(other), round(score, 3), reason(one, other), joined, round(worth, 3))


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
