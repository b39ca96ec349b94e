"""Tellings → incidents: which reports tell of one happening.

First the tellings that say it happened join; then each plan, possibility or denial attaches to the happening that it is about. What is
left of those joins among itself and makes no incident of its own: nobody tells it as having happened. The result is a function of the
tellings and the judgements, whatever their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kg.resolve.blocks import pairs
from kg.resolve.clusters import Constraints, agglomerate
from kg.resolve.conflicts import conflicts
from kg.resolve.features import compatible, probability, reason
from kg.resolve.origins import origins, support
from kg.resolve.rules import rules
from kg.resolve.telling import Incident, Telling

__all__ = ["incidents"]

_UNJUDGED = Constraints()
Scores = Mapping[tuple[str, str], float]


def incidents(tellings: Iterable[Telling], judged: Constraints = _UNJUDGED) -> tuple[Incident, ...]:
    """All incidents, and what never became one (``happened`` False), sorted by key; every telling is in exactly one."""
    by_event = {t.event: t for t in sorted(tellings, key=lambda t: t.event)}
    scores = {(a.event, b.event): probability(a, b) for a, b in pairs(by_event.values()) if compatible(a, b)}

    def likeness(one: str, other: str) -> float:
        return probability(by_event[one], by_event[other])

    def sets(events: Iterable[str]) -> list[tuple[str, ...]]:
        chosen = set(events)
        known = {pair: score for pair, score in scores.items() if pair[0] in chosen and pair[1] in chosen}
        return agglomerate(chosen, known, likeness, rules().merge, judged, rules().veto)

    happenings = sets(e for e, t in by_event.items() if t.happening)
    attached = _attach(happenings, by_event, scores, judged, likeness)
    homes = {event for row in attached.values() for event in row}
    prospects = sets(e for e, t in by_event.items() if not t.happening and e not in homes)
    found = [_incident(row, attached.get(row[0], []), by_event, scores) for row in happenings]
    found += [_incident((), row, by_event, scores) for row in prospects]
    return tuple(sorted(found, key=lambda i: i.key))


def _attach(
    happenings: list[tuple[str, ...]],
    by_event: Mapping[str, Telling],
    scores: Scores,
    judged: Constraints,
    likeness: Callable[[str, str], float],
) -> dict[str, list[str]]:
    """First event of a happening → the plans, possibilities and denials that are about it, none of which excludes another or a telling."""
    veto = rules().veto
    home = {event: row for row in happenings for event in row}
    near: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (one, other), score in scores.items():
        for said, event in ((one, other), (other, one)):
            if event in home and not by_event[said].happening:
                near[said][home[event][0]].append(score)
    told = defaultdict(set)
    for one, other in judged.same:
        for said, event in ((one, other), (other, one)):
            if event in home and said in by_event and said not in home:
                told[said].add(home[event][0])
    found: dict[str, list[str]] = defaultdict(list)
    for said in sorted(set(near) | set(told)):
        ranked = sorted(((sum(s) / len(s), first) for first, s in near[said].items()), key=lambda row: (-row[0], row[1]))
        near_enough = (first for mean, first in ranked if mean >= rules().attach)
        fitting = (first for first in near_enough if all(likeness(said, event) >= veto for event in (*home[first], *found[first])))
        chosen = (first for first in (*sorted(told[said]), *fitting) if not judged.forbid((said,), home[first]))
        if (first := next(chosen, None)) is not None:
            found[first].append(said)
    return found


def _incident(
    happening: tuple[str, ...], attached: Iterable[str], by_event: Mapping[str, Telling], scores: Scores
) -> Incident:
    tellings, others = (tuple(sorted((by_event[e] for e in row), key=_order)) for row in (happening, attached))
    everything = tellings + others
    members = {t.event for t in everything}
    key = everything[0].event
    linked = []
    for telling in everything[1:]:
        pairs_ = ((scores.get((min(telling.event, other), max(telling.event, other))), other) for other in members)
        near = max(((score, other) for score, other in pairs_ if score is not None), default=None)
        if near is None:
            linked.append((telling.event, 1.0, "judged to be the same"))
        else:
            linked.append((telling.event, round(near[0], 3), reason(telling, by_event[near[1]])))
    behind = origins(tellings)
    value, arithmetic = support(everything, behind)
    return Incident(key, bool(tellings), tellings, others, tuple(linked), behind, conflicts(everything), value, arithmetic)


def _order(telling: Telling) -> tuple[int, int, str]:
    """The first to be told comes first, so that later articles do not rename an incident."""
    return (telling.source.published or (10**7, 0))[0], -len(telling.parties), telling.event
