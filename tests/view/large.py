"""A graph of the size that a page must hold: made from a seed, with events between hubs and rarer names."""

from __future__ import annotations

import random
from datetime import date, timedelta

from kg.graph.facts import ArticleFact, Assertion, Entity, EventFact, Facts, Passage, Role
from kg.records import EVENT_TYPES

BASE = "https://example.org/id/"


def large(events: int = 1430, entities: int = 570, links: int = 5000) -> Facts:
    """Facts of so many events and entities, joined by so many lines: roles, and one claim an event."""
    rng = random.Random(7)
    kinds = ("Country", "Organization", "Person", "Group", "Place", "CargoType")
    names = [f"{BASE}entity/{i}" for i in range(entities)]
    told = {
        iri: Entity(iri, kinds[i % 6], (("en", f"Name number {i}"), ("nl", f"Naam nummer {i}")), (), ("AF", "BE", "CN", "DE")[i % 4 :][:1], ())
        for i, iri in enumerate(names)
    }
    articles = {
        iri: ArticleFact(iri, f"{i}.txt", ("nl", "de", "en", "fr")[i % 4], f"Article {i}", "2024-01-01", None, None)
        for i in range(100)
        for iri in [f"{BASE}article/{i}"]
    }
    happened: dict[str, EventFact] = {}
    for i in range(events):
        count = links // events + (i < links % events) - 1
        fillers = [names[i % entities]]
        while len(fillers) < count:
            filler = names[min(int(rng.paretovariate(0.7)) - 1, entities - 1)] if rng.random() < 0.6 else rng.choice(names)
            if filler not in fillers:
                fillers.append(filler)
        day = (date(2015, 1, 1) + timedelta(days=rng.randrange(3600))).isoformat()
        kind = rng.choice(EVENT_TYPES)
        words = (Passage(0, 7, "shipped", f"They shipped it, as report number {i} says at some length.", f"{BASE}mention/{i}"),)
        stance = rng.choice(("asserts", "asserts", "asserts", "denies", "suspects"))
        claim = Assertion(f"{BASE}claim/{i}", rng.choice(names), stance, False, words)
        roles = tuple(Role(role, role, f) for k, f in enumerate(fillers) for role in [("agent", "patient", "object", "place")[k % 4]])
        iri = f"{BASE}event/{i:05}"
        happened[iri] = EventFact(
            iri, kind, frozenset({kind, "Event"}), f"{BASE}article/{i % 100}", (("en", f"{kind} number {i}"),), "actual", 0.8,
            day, day, day, tuple(sorted(roles)), (), (claim,), words,
        )  # fmt: skip
    return Facts(articles, happened, dict(sorted(told.items())))
