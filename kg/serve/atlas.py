"""A map drawn on the server as SVG: the states in outline (``world.toml``), the places of some events, and nothing from elsewhere.

Plate carrée: a quarter of a degree is one unit, x from 180° W, y from 90° N. The view is as narrow as what it has to show allows.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.data.cities import cities

__all__ = ["Atlas", "Spot", "draw", "spot_of"]

_UNITS = 4
_WIDE, _TOP, _BOTTOM = 360 * _UNITS, 4 * _UNITS, 150 * _UNITS  # from 86° N to 60° S: nobody ships anything to the rest
_LEAST = 160
"""The least width of a view; its height is half of it."""
_EDGE = 0.12
_MOST = 60
"""Places on one map, those told most."""
_NAMED = 8
_GEONAMES = re.compile(r"/place/geonames-(\d+)$")
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: where, in how many events, the radius of its dot, and whether there is room for its name."""

    iri: str
    name: str
    x: float
    y: float
    count: int
    radius: float
    named: bool


@dataclass(frozen=True, slots=True)
class Atlas:
    """A map: the view box, the outlines in it (code, path, whether it is marked), the graticule, the places, how many more there are."""

    view: Box
    states: tuple[tuple[str, str, bool], ...]
    graticule: str
    spots: tuple[Spot, ...]
    more: int

    @property
    def size(self) -> float:
        """The height of letters."""
        return round(self.view[2] / 45, 1)


@cache
def _world() -> Mapping[str, tuple[str, Box]]:
    """Code → outline and its box."""
    paths: Mapping[str, str] = tomllib.loads(files(__package__).joinpath("world.toml").read_text(encoding="utf-8"))
    return {code: (path, _box(_points(path))) for code, path in paths.items()}


def _points(path: str) -> Iterable[tuple[float, float]]:
    for part in filter(None, path.split("z")):
        x = y = 0
        numbers = list(map(int, re.findall(r"-?\d+", part)))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y


def _box(points: Iterable[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def spot_of(iri: str) -> tuple[float, float] | None:
    """Where a place lies, in units of the map; None for one that is no city of GeoNames."""
    match = _GEONAMES.search(iri)
    city = cities().numbered(int(match[1])) if match else None
    return ((city.longitude + 180) * _UNITS, (90 - city.latitude) * _UNITS) if city else None


def draw(places: Iterable[str], names: Mapping[str, str], marked: Iterable[str] = ()) -> Atlas | None:
    """The map of places (IRIs, each as often as it is told) and of marked states (ISO codes); None where nothing of them is known.

    ``names`` holds the names of places; one without a name is called by its IRI.
    """
    counts = {iri: count for iri, count in Counter(places).items() if spot_of(iri)}
    told = sorted(counts, key=lambda iri: (-counts[iri], names.get(iri, iri), iri))
    states = {code for code in marked if code in _world()}
    at = {iri: spot for iri in told[:_MOST] if (spot := spot_of(iri))}
    if not at and not states:
        return None
    view = _view([*at.values()], [_world()[code][1] for code in sorted(states)])
    shown = tuple((code, path, code in states) for code, (path, box) in _world().items() if _meet(box, view))
    most = max(counts.values(), default=1)
    spots: list[Spot] = []
    taken: list[Box] = []
    for iri, (x, y) in at.items():
        radius = view[2] / 190 * (1 + 1.6 * math.sqrt(counts[iri] / most))
        name, size = names.get(iri, iri), view[2] / 45
        label = (x, y - size, radius + len(name) * size * 0.6, size * 1.3)
        room = len(taken) < _NAMED and label[0] + label[2] < view[0] + view[2] and not any(_meet(label, other) for other in taken)
        if room:
            taken.append(label)
        spots.append(Spot(iri, name, round(x, 1), round(y, 1), counts[iri], round(radius, 1), room))
    return Atlas(view, shown, _graticule(view), tuple(spots), len(told) - len(at))


def _view(spots: list[tuple[float, float]], boxes: list[Box]) -> Box:
    """The box of all that is to be shown, with a margin, twice as wide as high and inside the world."""
    xs = [*(x for x, _ in spots), *(x for box in boxes for x in (box[0], box[0] + box[2]))]
    ys = [*(y for _, y in spots), *(y for box in boxes for y in (box[1], box[1] + box[3]))]
    wide, high = (max(xs) - min(xs)) * (1 + 2 * _EDGE), (max(ys) - min(ys)) * (1 + 2 * _EDGE)
    wide = min(max(wide, 2 * high, _LEAST), _WIDE)
    high = min(wide / 2, _BOTTOM - _TOP)
    x = min(max((max(xs) + min(xs) - wide) / 2, 0), _WIDE - wide)
    y = min(max((max(ys) + min(ys) - high) / 2, _TOP), _BOTTOM - high)
    return round(x, 1), round(y, 1), round(wide, 1), round(high, 1)


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[0] + other[2] and other[0] <= one[0] + one[2] and one[1] <= other[1] + other[3] and other[1] <= one[1] + one[3]


def _graticule(view: Box) -> str:
    """Lines every 30 degrees, on a narrow view every 10."""
    step = (30 if view[2] > _WIDE / 3 else 10) * _UNITS
    left, top, right, bottom = view[0], view[1], view[0] + view[2], view[1] + view[3]
    across = (f"M{x} {top:g}V{bottom:g}" for x in range(0, _WIDE + 1, step) if left <= x <= right)
    along = (f"M{left:g} {y}H{right:g}" for y in range(0, 180 * _UNITS + 1, step) if top <= y <= bottom)
    return "".join((*across, *along))
