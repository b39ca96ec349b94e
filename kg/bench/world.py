"""The made-up world of ``kg bench graph``: who and what there is, and what happened, day by day (``news.toml``).

Everything is drawn from a seed: the same number of events gives the same world. A few names are in most of the news and most names are
rare (weights fall as 1 / rank); states deal with those of their own sphere more often than with others.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any

from kg.data.cargo import cargo
from kg.data.cities import cities
from kg.data.gazetteer import gazetteer
from kg.records import LANGUAGES, Entity, Kind
from kg.resolve.link import normalise

__all__ = ["Happening", "Party", "World", "matter"]

_SPHERES = 7
_AT_HOME = 0.55
"""The share of ties within a state's own sphere."""
_SPELT_TWICE = 0.05
"""The share of made-up names that have a second spelling."""
_SPEAKERS = frozenset({Kind.COUNTRY, Kind.PERSON, Kind.ORGANIZATION})
_CITIES = 3
"""Cities of a state in which things happen: its largest."""


@cache
def matter() -> Mapping[str, Any]:
    """Words and weights (``news.toml``)."""
    return tomllib.loads(files(__package__).joinpath("news.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what can fill a role: ``names`` by language, ``spelling`` another way to write a name that no reference knows."""

    kind: Kind
    key: str
    names: tuple[tuple[str, str], ...]
    country: str | None = None
    concept: str | None = None
    same_as: tuple[str, ...] = ()
    spelling: str | None = None

    def name(self, language: str) -> str:
        """The name in a language, else the only one."""
        return dict(self.names).get(language) or self.names[0][1]

    def entity(self, language: str, spelt: str | None = None) -> Entity:
        """What resolution makes of the name; ``spelt`` is the other spelling, which is a name of its own."""
        if spelt:
            return Entity(self.kind, normalise(spelt), ((spelt, language),), self.country, score=0.8, reason="by name")
        labels = tuple((text, tag or language) for tag, text in self.names)
        made = self.names[0][0] == ""
        return Entity(
            self.kind, self.key, labels, self.country, same_as=self.same_as, score=0.8 if made else 1.0,
            reason="by name" if made else "reference",
        )  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """What happened on a day: ``roles`` are (role, party), ``amount`` is told of what is passed on, 0 where none is; ``denied`` by whom."""

    day: date
    number: int
    type: str
    roles: tuple[tuple[str, Party], ...]
    amount: int
    denied: Party | None


class _Ranked:
    """Draws from a list in which the weight of a place falls as 1 / rank."""

    def __init__(self, items: Sequence[Party]) -> None:
        self.items = items
        self._sums = list(accumulate(1 / (rank + 1) for rank in range(len(items))))

    def draw(self, rng: Random) -> Party:
        return self.items[min(bisect_left(self._sums, rng.random() * self._sums[-1]), len(self.items) - 1)]


class World:
    """The world in which so many happenings take place; ``happenings`` are in the order of time."""

    def __init__(self, happenings: int, seed: int) -> None:
        rng = Random(f"{seed} world")
        self._states = [_state(code) for code in matter()["states"]]
        self._sphere = {state.country: index % _SPHERES for index, state in enumerate(self._states)}
        made = max(20, happenings // 16)
        # bodies of states and firms that are known; of living persons nothing is made up
        known = [a for a in gazetteer().actors.by_id.values() if a.country in self._sphere and a.kind != Kind.PERSON]
        rng.shuffle(known)
        actors = [Party(Kind(a.kind), a.id, tuple((t, n) for n, t in a.labels), a.country, same_as=_wikidata(a.wikidata)) for a in known]
        kinds = {
            "state": self._states,
            "body": actors,
            "person": [self._person(rng) for _ in range(made)],
            "company": [self._company(rng) for _ in range(made)],
            "vessel": [self._vessel(rng) for _ in range(made)],
            "city": [city for state in self._states for city in _cities(state.country or "")],
            "goods": [_goods(slug) for slug in matter()["goods"]],
            "topic": [Party(Kind.TOPIC, key, tuple(words.items())) for key, words in matter()["topics"].items()],
            "people": [Party(Kind.GROUP, key, tuple(words.items())) for key, words in matter()["people"].items()],
        }
        self._pools = {name: _Ranked(_unique(pool)) for name, pool in kinds.items()}
        self._near = {
            (name, sphere): _Ranked(near) for name, pool in self._pools.items() for sphere in range(_SPHERES)
            if (near := [p for p in pool.items if self._sphere.get(p.country) == sphere])
        }  # fmt: skip
        self.happenings = sorted(self._happening(number, rng) for number in range(happenings))

    def source(self, rng: Random) -> Party:
        """Somebody who says something."""
        return self._pools[rng.choice(("state", "state", "body", "person"))].draw(rng)

    def _happening(self, number: int, rng: Random) -> Happening:
        first, last = matter()["first"], matter()["last"]
        kinds = matter()["types"]
        kind = rng.choices(list(kinds), [k["weight"] for k in kinds.values()])[0]
        roles: list[tuple[str, Party]] = []
        for role, pools in kinds[kind]["roles"].items():
            for _ in range(2 if role == "participant" else 1):
                if rng.random() < kinds[kind]["often"].get(role, 1.0):
                    party = self._party(rng.choice(pools), roles[0][1].country if roles else None, rng)
                    if party not in [p for _, p in roles]:
                        roles.append((role, party))
        amount = rng.choice((rng.randrange(2, 20), rng.randrange(20, 400), 100 * rng.randrange(5, 90)))
        actors = [p for role, p in roles if role in ("agent", "patient") and p.kind in _SPEAKERS]
        denied = rng.choice(actors) if actors and rng.random() < 0.2 else None
        day = date.fromordinal(rng.randrange(first.toordinal(), last.toordinal() + 1))
        return Happening(day, number, kind, tuple(roles), amount if rng.random() < kinds[kind]["amount"] else 0, denied)

    def _party(self, pool: str, beside: str | None, rng: Random) -> Party:
        near = self._near.get((pool, self._sphere.get(beside, -1)))
        return (near if near is not None and rng.random() < _AT_HOME else self._pools[pool]).draw(rng)

    def _made(self, kind: Kind, name: str, rng: Random) -> Party:
        country = rng.choice(self._states).country
        return Party(kind, normalise(name), (("", name),), country, spelling=_doubled(name) if rng.random() < _SPELT_TWICE else None)

    def _person(self, rng: Random) -> Party:
        return self._made(Kind.PERSON, f"{rng.choice(matter()['names']['given'])} {_word(rng, 3)}", rng)

    def _company(self, rng: Random) -> Party:
        return self._made(Kind.ORGANIZATION, f"{_word(rng, 3)} {rng.choice(matter()['names']['companies'])}", rng)

    def _vessel(self, rng: Random) -> Party:
        return self._made(Kind.VESSEL, f"{_word(rng, 2)} {rng.choice(matter()['names']['vessels'])}", rng)


def _unique(pool: Sequence[Party]) -> list[Party]:
    """The first of each key: two names that came out alike are one."""
    return list({(p.kind, p.key): p for p in reversed(pool)}.values())[::-1]


def _word(rng: Random, most: int) -> str:
    return "".join(rng.choice(matter()["names"]["parts"]) for _ in range(rng.randrange(2, most + 1))).capitalize()


def _doubled(name: str) -> str:
    """Another spelling that sounds the same: the first consonant inside the last word twice."""
    first, _, last = name.rpartition(" ")
    place = next((i for i in range(2, len(last)) if last[i] in "dfglmnprt"), 0)
    return f"{first} {last[:place]}{last[place]}{last[place:]}" if place else f"{name}h"


def _wikidata(item: str | None) -> tuple[str, ...]:
    return (f"http://www.wikidata.org/entity/{item}",) if item else ()


def _state(code: str) -> Party:
    return Party(Kind.COUNTRY, code, tuple((tag, gazetteer().label(code, tag)) for tag in LANGUAGES), code)


def _cities(code: str) -> list[Party]:
    return [Party(Kind.PLACE, f"geonames-{city.id}", (("en", city.name),), city.country) for city in cities().largest(code, _CITIES)]


def _goods(slug: str) -> Party:
    names = ((tag, cargo().label(slug, tag)) for tag in LANGUAGES)
    return Party(Kind.CARGO, slug, tuple((tag, name) for tag, name in names if name), concept=slug)
