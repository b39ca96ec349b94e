"""When a predicted event, filler, amount or time meets the gold one: the rules, each a pure function.

| slot | met when |
|---|---|
| place in the text | evidence and quote share most of the shorter one (three words at least, or one inside the other) |
| filler | ISO code of the node or of its country; or its label equal to, inside or around an accepted name |
| quantity | the value is equal, or a bound lies within 0.1 % (one unit at least) |
| time | both given ends within seven days |
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.graph.facts import EventFact, Facts, QuantityFact
from kg.score.gold import SCORED_ROLES, GoldEvent, day

__all__ = ["Names", "RoleMatch", "assign", "claims", "quantity", "roles", "time", "touches"]

_SLACK = dt.timedelta(7)


@lru_cache(maxsize=65536)
def norm(text: str) -> str:
    """Letters and digits in lower case without accents, words apart by one space."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", text))


def touches(quote: str, passage: str) -> bool:
    """Whether two passages of one text share most of the shorter one."""
    a, b = norm(quote), norm(passage)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    words = short.split()
    need = max(3, int(len(words) * 0.6))
    return any(" ".join(words[i : i + need]) in long for i in range(len(words) - need + 1))


class Names:
    """Whether a node of the graph answers to a gold filler."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._cache: dict[tuple[str, str], bool] = {}

    def meets(self, filler: str, node: str) -> bool:
        """``filler`` holds accepted names with ``|`` between them; two capitals are an ISO code."""
        key = filler, node
        if key not in self._cache:
            self._cache[key] = self._meets(filler, node)
        return self._cache[key]

    def _meets(self, filler: str, node: str) -> bool:
        entity = self._facts.entities[node]
        labels = {norm(t) for t in (*(text for _, text in entity.labels), *entity.others)} - {""}
        for want in filler.split("|"):
            w = norm(want)
            if re.fullmatch(r"[A-Z]{2}", want):
                if want in entity.codes or w in labels:
                    return True
                continue
            for label in labels:
                if w == label or f" {w} " in f" {label} " or (len(label) > 3 and f" {label} " in f" {w} "):
                    return True
        return False


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """How the fillers of one event pair up: (role, filler) hit, missed, and (role, node) made up."""

    hits: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]
    spurious: tuple[tuple[str, str], ...]

    @property
    def f1(self) -> float:
        """Of this event's fillers alone; 0 where there are none."""
        total = 2 * len(self.hits) + len(self.missed) + len(self.spurious)
        return 2 * len(self.hits) / total if total else 0.0


def roles(names: Names, gold: GoldEvent, event: EventFact | None) -> RoleMatch:
    """Pair gold fillers with predicted ones of the same role; each prediction serves one filler.

    A second node for a filler that is already met (a name and its country) is neither hit nor made up.
    """
    predicted = scored(event) if event else []
    used: set[int] = set()
    hits, missed = [], []
    for role, filler in gold.roles:
        found = next((i for i, (r, n) in enumerate(predicted) if i not in used and r == role and names.meets(filler, n)), None)
        if found is None:
            missed.append((role, filler))
        else:
            used.add(found)
            hits.append((role, filler))
    spurious = tuple(
        (role, node)
        for i, (role, node) in enumerate(predicted)
        if i not in used and not any(r == role and names.meets(f, node) for r, f in gold.roles)
    )
    return RoleMatch(tuple(hits), tuple(missed), spurious)


def scored(event: EventFact) -> list[tuple[str, str]]:
    """The (general role, node) pairs of an event that count, sorted."""
    return sorted({(r.role, r.filler) for r in event.roles if r.role in SCORED_ROLES})


def place(gold: GoldEvent, event: EventFact) -> bool:
    """Whether the event's evidence lies where the gold quote does."""
    return any(touches(gold.quote, text) for p in event.evidence for text in (p.sentence, p.exact))


def assign(names: Names, gold: tuple[GoldEvent, ...], events: tuple[EventFact, ...]) -> dict[int, int]:
    """Gold index → event index: the pairing of same type and place with the most fillers in common in all."""
    if not gold or not events:
        return {}
    weight = np.zeros((len(gold), len(events)))
    for i, want in enumerate(gold):
        for j, event in enumerate(events):
            if want.type in event.types and place(want, event):
                near = any(norm(p.exact) and norm(p.exact) in norm(want.quote) for p in event.evidence)
                weight[i, j] = 1 + roles(names, want, event).f1 + 0.5 * near
    rows, columns = linear_sum_assignment(weight, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if weight[i, j] > 0}


def claims(names: Names, gold: GoldEvent, event: EventFact | None) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
    """(hit, missed, made up) as (who, stance). Where gold has no claims, the article's own voice is fine."""
    got = [(c.by, c.stance) for c in event.claims if c.by] if event else []
    used: set[int] = set()
    hit, missed = [], []
    for want in gold.claims:
        found = next(
            (k for k, (by, stance) in enumerate(got)
             if k not in used and stance == want.stance and names.meets(want.by, by)), None,
        )  # fmt: skip
        if found is None:
            missed.append((want.by, want.stance))
        else:
            used.add(found)
            hit.append((want.by, want.stance))
    extra = [c for k, c in enumerate(got) if k not in used] if gold.claims else []
    return hit, missed, extra


def quantity(gold: Iterable[tuple[str, float]], found: Iterable[QuantityFact]) -> bool:
    """Whether any amount of an event meets the gold one."""
    wanted = dict(gold)
    for amount in found:
        if "value" in wanted and amount.value == wanted["value"]:
            return True
        for bound, got in (("minimum", amount.minimum), ("maximum", amount.maximum)):
            number = amount.value if got is None else got
            if bound in wanted and number is not None and abs(number - wanted[bound]) <= max(1, wanted[bound] * 0.001):
                return True
    return False


def time(gold: tuple[dt.date | None, dt.date | None], event: EventFact) -> bool:
    """Whether both ends that gold gives are met within a week."""
    first, last = day(event.earliest), day(event.latest, last=True)
    if first is None and last is None:
        return False
    return all(want is None or (got is not None and abs(got - want) <= _SLACK) for want, got in zip(gold, (first, last), strict=True))
