"""Whom an office means: "der russische Präsident" of an article of 2021 is who held it then."""

from __future__ import annotations

from datetime import date
from functools import cache

from kg.data import load
from kg.data.actors import Actor
from kg.data.cities import plain
from kg.data.gazetteer import gazetteer
from kg.records import Language

__all__ = ["day_of", "holder", "office"]


@cache
def _words() -> dict[str, dict[str, str]]:
    """Language → words → office."""
    file = load("offices.yaml", dict[str, dict[str, list[str]]])
    return {tag: {word: name for name, words in offices.items() for word in words} for tag, offices in file.items()}


def office(name: str, language: Language) -> tuple[str, str | None] | None:
    """(office, state that the words tell) of a noun phrase that is an office and nothing more; no former or deputy one."""
    known = _words()[language]
    words = plain(name).split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if found := known.get(" ".join(words[start:end]).lower()):
                rest = [*words[:start], *words[end:]]
                states = {gazetteer().adjective(w, language) or gazetteer().country(w, language) for w in rest}
                if len(rest) <= 1 and None not in states:
                    return found, next(iter(states), None)
                return None
    return None


def day_of(published: str | None) -> date | None:
    """A day within a date of reduced precision: its middle."""
    if not published:
        return None
    year, month, day = (int(part) for part in (published + "-0-0").split("-")[:3])
    return date(year, month or 7, day or (15 if month else 1))


def holder(name: str, country: str | None, language: Language, published: str | None) -> Actor | None:
    """Who held the office that these words name, in the state that they or the mention tell, when the article appeared."""
    found, day = office(name, language), day_of(published)
    if found is None or day is None:
        return None
    state = country or found[1]
    return gazetteer().actors.holder(found[0], state, day) if state else None
