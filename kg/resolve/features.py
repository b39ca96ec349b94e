"""What speaks for and against two events being one happening: readable features between 0 and 1, and their weighted sum.

Each feature says one thing ("the doers are the same", "the times are 40 days apart"); the weights in ``incidents.yaml`` are those of a
logistic regression fitted to the gold clusters of the corpus (``kg train incidents``). What is unknown speaks neither way.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from kg.data.cargo import cargo
from kg.resolve.apart import counted_apart, differ, not_the_news, once_and_ever_since, told_beside, two_states
from kg.resolve.proper import ALIKE, described, one_name, proper
from kg.resolve.rules import rules
from kg.resolve.telling import Amount, Party, Telling
from kg.resolve.wording import tokens

__all__ = ["AGAINST", "EITHER", "FEATURES", "features", "probability", "reason"]

FEATURES: dict[str, str] = {
    "same type": "both are of one type",
    "same doer": "the doer is the same",
    "doer of one state": "the doers belong to one state",
    "other doer": "the doers differ",
    "same receiver": "the receiver is the same",
    "receiver of one state": "the receivers belong to one state",
    "other receiver": "the receivers differ",
    "same goods": "the goods are the same",
    "goods within goods": "one names the goods more precisely than the other",
    "other goods": "the goods differ",
    "same place": "the place is the same",
    "places in one state": "the places lie in one state",
    "other place": "the places differ",
    "bodies of another kind": "the bodies that it befell are described by another state or other goods",
    "other harm": "one tells of dead, the other of wounded or missing",
    "other day": "both tell the day, and not the same",
    "other name": "a person, ship or model of the one has another name in the other",
    "another time": "one is counted as the second or a later time, and the other lies before it",
    "told beside": "an article sets the one beside the other",
    "counted apart": "one sentence gives each another amount",
    "two states": "they name no state in common",
    "once and ever since": "one goes on since a day, the other happened within days",
    "not the news": "one is the news of a headline, the other was over long before",
    "body and person": "it befell a body in the one, a person in the other",
    "named in common": "they share a named person, body, ship or place",
    "times overlap": "the times told overlap closely",
    "times apart": "the times lie apart",
    "time untold": "one of them tells no time",
    "published apart": "the articles appeared far apart",
    "same quantity": "the amounts agree",
    "other quantity": "the amounts differ by a factor",
    "other measure": "the one is measured in what the other is not",
    "words in common": "the sentences share names and numbers",
    "articles in common": "the articles name the same parties",
    "seldom told": "articles that name the same parties tell few events of the type",
    "one article": "one article tells both",
    "one sentence": "one sentence tells both",
    "two in one sentence": "one sentence tells both as having happened",
    "other modality": "one is told as happening, the other is not",
    "sides swapped": "the doer of one is the receiver of the other",
    "doer befallen": "the doer of one is where, or of whom, the other's victims are",
    "nothing particular": "nothing that they share is particular to one happening",
}
"""Feature → what it says, in the order of the weights."""

AGAINST = frozenset({
    "other doer", "other receiver", "other goods", "other harm", "other day", "other place", "other name", "times apart", "published apart",
    "other quantity", "sides swapped", "another time", "body and person",
    "bodies of another kind", "nothing particular", "told beside", "counted apart", "two states", "once and ever since", "not the news",
    "two in one sentence", "other measure", "doer befallen",
})  # fmt: skip
"""Those that can only speak against."""
EITHER = frozenset({"time untold", "one article", "one sentence", "other modality"})
"""Those that may speak either way; all others can only speak for."""

_ALONE = frozenset({"Meeting", "Agreement"})  # their parties have no direction
_PRECISE = 45  # days: who tells a month tells when; who tells a year or a season does not
_LATER = 10  # days
_PARTICULAR = {
    "same receiver": 1.0, "same place": 1.0, "named in common": 0.5, "times overlap": 0.3, "same quantity": 1.0, "words in common": 0.34,
    "articles in common": 0.5,
}  # fmt: skip
"""Features by which a happening is known from others of its kind, and from which value on: a supplier and a kind of goods are not enough."""
_FACTOR = 1.8
_ROUND = 13  # numbers below are in every second sentence
_TIMES = dict.fromkeys(("hour", "day", "week", "month", "year"), "time")


def features(one: Telling, other: Telling) -> dict[str, float]:
    """The features of a pair that are not 0. The order of the two does not matter."""
    here = one.source.iri == other.source.iri
    sentence = here and one.sentence == other.sentence
    found = {
        "same type": float(one.type == other.type),
        "other name": float(_other_name(one, other)),
        "another time": float(_counted(one, other) or _counted(other, one)),
        "told beside": float(told_beside(one, other)),
        "counted apart": float(counted_apart(one, other)),
        "two states": float(two_states(one, other)),
        "once and ever since": float(once_and_ever_since(one, other)),
        "not the news": float(not_the_news(one, other)),
        "body and person": float(_body_and_person(one, other)),
        "bodies of another kind": float(_disjoint(described(one), described(other))),
        "other harm": float(bool(one.harm and other.harm) and one.harm != other.harm),
        "other day": float(_other_day(one, other)),
        "named in common": min(1.0, len(one.named & other.named) / 2),
        "words in common": 0.0 if sentence else _overlap(one.words, other.words, 3),
        "articles in common": 0.0 if here else _overlap(one.source.profile, other.source.profile, 6),
        "seldom told": 0.0 if here else _overlap(one.source.profile, other.source.profile, 6) / _often(one, other),
        "one article": float(here and not sentence),
        "one sentence": float(sentence),
        "two in one sentence": float(sentence and one.happening and other.happening),
        "other modality": float(one.happening != other.happening),
    }
    if one.type in _ALONE or other.type in _ALONE:
        found |= _sides("doer", _agree(one.members, other.members, both=True))
    else:
        found |= _sides("doer", _agree(one.giver, other.giver)) | _sides("receiver", _agree(one.taker, other.taker))
        swapped = _agree(one.giver, other.taker) > 0 and _agree(one.taker, other.giver) > 0
        found["sides swapped"] = float(swapped and found.get("same doer", 0.0) + found.get("doer of one state", 0.0) == 0)
        found["doer befallen"] = float("other doer" in found and (_befallen(one, other) or _befallen(other, one)))
    found |= _goods(one, other) | _places(one, other) | _times(one, other)
    met = [(a, b) for a in one.amounts for b in other.amounts if a.unit == b.unit]
    if agreed := [_telling_number(a, b) for a, b in met if not differ(a, b)]:
        found["same quantity"] = max(agreed)
    elif met:
        found["other quantity"] = float(all(_far_from(a, b) for a, b in met))
    found["other measure"] = float(_other_measure(one, other))
    found["nothing particular"] = float(not here and not any(found.get(name, 0.0) >= least for name, least in _PARTICULAR.items()))
    return {name: value for name, value in found.items() if value}


def probability(one: Telling, other: Telling) -> float:
    """How likely it is that both tell of one happening; 0 where their types exclude it."""
    table = rules()
    if table.group(one.type) != table.group(other.type):
        return 0.0
    total = table.bias + sum(table.weights.get(name, 0.0) * value for name, value in features(one, other).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def reason(one: Telling, other: Telling) -> str:
    """The three features that weigh most, in words."""
    weights = rules().weights
    found = sorted(((weights.get(n, 0.0) * v, n) for n, v in features(one, other).items()), key=lambda row: (-abs(row[0]), row[1]))
    return "; ".join(f"{FEATURES[name]} ({weight:+.2f})" for weight, name in found[:3] if weight)


def _telling_number(one: Amount, other: Amount) -> float:
    """What it says that two amounts are one: three or ten of something are many things, 12,400 rounds are one delivery."""
    sizes = [a.low if a.low is not None else a.high or 0.0 for a in (one, other)]
    return 1.0 if min(sizes) >= _ROUND else 0.5


def _far_from(one: Amount, other: Amount) -> bool:
    """Whether one amount is nearly twice the other or more: numbers that are only corrected (12 dead, then 17) stay nearer."""
    low, high = sorted((a.low if a.low is not None else a.high) or 0.0 for a in (one, other))
    return high >= _FACTOR * low


def _often(one: Telling, other: Telling) -> int:
    """How many events of the type the article tells that tells more: where there are many, that articles are alike says little."""
    group = rules().group(one.type)
    return max(one.source.often(group), other.source.often(group))


def _other_measure(one: Telling, other: Telling) -> bool:
    """Whether both are measured, and no measure is common: years of prison, and euros."""
    mine, yours = ({_TIMES.get(a.unit, a.unit) for a in t.amounts if a.unit != "?"} for t in (one, other))
    return bool(mine and yours) and mine.isdisjoint(yours)


def _befallen(one: Telling, other: Telling) -> bool:
    """Whether it befell the state of the other's doer: who strikes in the one is struck in the other."""
    return _agree(one.giver, (*other.taker, *other.fillers("place"))) > 0


def _overlap(one: frozenset[str], other: frozenset[str], enough: int) -> float:
    """What is shared, of the smaller set; sets smaller than ``enough`` cannot reach 1."""
    return len(one & other) / max(enough, min(len(one), len(other))) if one and other else 0.0


def _sides(side: str, value: float) -> dict[str, float]:
    if value < 0:
        return {f"other {side}": 1.0}
    return {f"same {side}": 1.0} if value == 1 else {f"{side} of one state": 1.0} if value > 0 else {}


def _agree(one: Iterable[Party], other: Iterable[Party], *, both: bool = False) -> float:
    """1 the same, 0.5 of one state, 0 unknown, -1 different. With ``both``, those who take part must all be met by the smaller side."""
    known = [[p for p in side if p.named or p.country] for side in (one, other)]
    if not all(known):
        return 0.0
    short, long = sorted(known, key=len)
    met = [max(_same(a, b) for b in long) for a in short]
    return min(met) if both and min(met) >= 0 else max(met) if not both else -1.0


@lru_cache(maxsize=1 << 16)
def _same(one: Party, other: Party) -> float:
    if one.iri == other.iri:
        return 1.0
    if one.country and other.country and one.country != other.country:
        return -1.0
    if one.named and other.named and one.kind == other.kind:
        a, b = one.name.casefold(), other.name.casefold()
        if JaroWinkler.similarity(a, b) >= ALIKE or (len(a.split()) != len(b.split()) and set(a.split()) & set(b.split())):
            return 1.0
        if not one.country or not other.country:
            return -1.0
    return 0.5 if one.country and one.country == other.country else 0.0


def _other_day(one: Telling, other: Telling) -> bool:
    """Whether both tell when, to the month, and the times lie more than two days and more than half of the longer apart."""
    (s, e), (u, v) = ((t.start, t.end) for t in (one, other))
    if s is None or e is None or u is None or v is None or (longest := max(e - s, v - u)) > _PRECISE:
        return False
    return max(s - v, u - e) > max(2, longest / 2)


def _other_name(one: Telling, other: Telling) -> bool:
    """Whether both name persons, or ships, or what it was done to or with, and none is the same."""
    for kind in ("Person", "Vessel"):
        named, others = ([p for _, p in t.parties if p.named and p.kind == kind] for t in (one, other))
        if named and others and all(_same(a, b) < 1 for a in named for b in others):
            return not _mention(one, (p.name for p in others)) and not _mention(other, (p.name for p in named))
    mine, yours = proper(one), proper(other)
    if not mine or not yours or any(one_name(a, b) for a in mine for b in yours):
        return False
    return not _mention(one, yours) and not _mention(other, mine)


def _mention(telling: Telling, names: Iterable[str]) -> bool:
    """Whether its sentence holds one of the names, in whatever role or none."""
    return any(held and held <= telling.words for held in (tokens(f". {name.title()}") for name in names))


def _counted(one: Telling, other: Telling) -> bool:
    """Whether the one is counted ("the second time this year") and the other is of before, or counted otherwise."""
    if one.nth < 2 or one.nth == other.nth or not one.source.published:
        return False
    return other.nth > 0 or (other.end is not None and other.end < one.source.published[0] - _LATER)


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _body_and_person(one: Telling, other: Telling) -> bool:
    kinds = [{p.kind for p in t.fillers("patient")} for t in (one, other)]
    return kinds in ([{"Organization"}, {"Person"}], [{"Person"}, {"Organization"}])


def _goods(one: Telling, other: Telling) -> dict[str, float]:
    mine, yours = ({p.key for p in t.things if p.key} for t in (one, other))
    if not mine or not yours:
        return {}
    if mine & yours - {"goods"}:
        return {"same goods": 1.0}
    tree = cargo()
    if any(a in tree.above(b) or b in tree.above(a) for a in mine for b in yours):
        return {"goods within goods": 1.0}
    near = any(len((tree.above(a) & tree.above(b)) - {"goods"}) > 1 for a in mine for b in yours)
    return {"other goods": 0.5 if near else 1.0}


def _places(one: Telling, other: Telling) -> dict[str, float]:
    value = _agree(one.places, other.places)
    if value == 0:
        return {}
    exact = {p.iri for p in one.places if p.kind != "Country"} & {p.iri for p in other.places if p.kind != "Country"}
    return {"same place" if exact else "places in one state" if value > 0 else "other place": 1.0}


def _times(one: Telling, other: Telling) -> dict[str, float]:
    a, b = one.source.published, other.source.published
    found = {"published apart": _far(max(a[0] - b[1], b[0] - a[1], 0))} if a and b else {}
    if not one.span or not other.span:
        return found | {"time untold": 1.0}
    (s, e), (u, v) = one.span, other.span
    gap = max(s - v, u - e, 0)
    told = all(t.start is not None or t.end is not None for t in (one, other))
    if not told:
        return found | {"time untold": 1.0, "times apart": _far(gap)}
    if gap:
        return found | {"times apart": _far(gap)}
    shared = min(e, v) - max(s, u) + 1
    return found | {"times overlap": math.sqrt((shared + 3) / (max(e, v) - min(s, u) + 4))}


def _far(days: int) -> float:
    """0 for the same day, about 0.35 after a week, 0.6 after a month, 1 after a year."""
    return min(1.0, math.log1p(days) / math.log1p(365))
