"""Where the tellings of one incident differ: in amount, in date, in who took part, in whether it happened. Both sides are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from kg.resolve.apart import differ
from kg.resolve.telling import AGAINST, FOR, Conflict, Party, Telling

__all__ = ["conflicts"]


def conflicts(tellings: tuple[Telling, ...]) -> tuple[Conflict, ...]:
    """The conflicts among all that is told of one incident, sorted."""
    happening = tuple(t for t in tellings if t.happening)
    found = [*_amounts(tellings), *_dates(happening), *_polarity(tellings)]
    for side, of in (("doer", lambda t: t.giver), ("receiver", lambda t: t.taker)):
        found += _parties(side, happening, of)
    return tuple(sorted(found))


def _amounts(tellings: Iterable[Telling]) -> Iterator[Conflict]:
    """The lowest and the highest amount of a unit, where they exclude each other."""
    told: dict[str, list[tuple[float, str, Telling]]] = defaultdict(list)
    amounts = {(t.event, a.text): a for t in tellings for a in t.amounts}
    for telling in tellings:
        for amount in telling.amounts:
            told[amount.unit].append((amount.low if amount.low is not None else amount.high or 0.0, amount.text, telling))
    for _, rows in sorted(told.items()):
        rows.sort(key=lambda row: (row[0], row[1], row[2].event))
        (_, low, first), (_, high, last) = rows[0], rows[-1]
        one, other = amounts[first.event, low], amounts[last.event, high]
        if differ(one, other):
            near = [{t.event for _, text, t in rows if not differ(amounts[t.event, text], side)} for side in (one, other)]
            if all(sides := (near[0] - near[1], near[1] - near[0])):  # one sentence that gives both is no conflict
                yield Conflict("quantity", low, high, tuple(sorted(sides[0])), tuple(sorted(sides[1])))


def _dates(tellings: Iterable[Telling]) -> Iterator[Conflict]:
    """The earliest and the latest time told, where they lie apart by more than a day."""
    told = [t for t in tellings if t.start is not None and t.end is not None]
    if not told:
        return
    first = min(told, key=lambda t: (t.end or 0, t.event))
    last = max(told, key=lambda t: (t.start or 0, t.event))
    if (last.start or 0) - (first.end or 0) > 1:
        before = tuple(sorted(t.event for t in told if (t.end or 0) < (last.start or 0)))
        after = tuple(sorted(t.event for t in told if (t.start or 0) > (first.end or 0) and t.event not in before))
        yield Conflict("date", _days(first), _days(last), before, after)


def _days(telling: Telling) -> str:
    first, last = (date.fromordinal(day or 1).isoformat() for day in (telling.start, telling.end))
    return first if first == last else f"{first} to {last}"


def _parties(side: str, tellings: tuple[Telling, ...], of: Callable[[Telling], tuple[Party, ...]]) -> Iterator[Conflict]:
    """The two states named most often in one role, where no telling names both."""
    by_state: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for telling in tellings:
        for party in of(telling):
            if party.country:
                by_state[party.country].add(telling.event)
                names[party.country] = min(names.get(party.country, party.name), party.name)
    ranked = sorted(by_state, key=lambda state: (-len(by_state[state]), state))[:2]
    if len(ranked) == 2 and by_state[ranked[0]].isdisjoint(by_state[ranked[1]]):
        one, other = sorted(ranked)
        yield Conflict("party", f"{side}: {names[one]}", f"{side}: {names[other]}", tuple(sorted(by_state[one])), tuple(sorted(by_state[other])))


def _polarity(tellings: Iterable[Telling]) -> Iterator[Conflict]:
    """Those who say that it happened against those who deny or doubt it, and what is told as not having happened."""
    yes: dict[str, set[str]] = defaultdict(set)
    no: dict[str, set[str]] = defaultdict(set)
    for telling in tellings:
        for stand in telling.stands:
            negated = telling.modality == "negated"
            if telling.happening and stand.stance in FOR:
                yes[stand.name].add(telling.event)
            elif (stand.stance in AGAINST and not negated) or (negated and stand.stance in FOR):
                no[stand.name].add(telling.event)
    if yes and no:
        one, other = (tuple(sorted(set().union(*side.values()))) for side in (yes, no))
        yield Conflict("polarity", "said by " + ", ".join(sorted(yes)), "denied by " + ", ".join(sorted(no)), one, other)
