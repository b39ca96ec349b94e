"""A short label of an event in each language: "Shipment: Iran → Russia (drones)"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from kg.graph import ontology
from kg.graph.names import CARGO, SKOS
from kg.graph.reference import country_labels
from kg.records import LANGUAGES, Entity, Event, Kind, Mention

__all__ = ["event_labels"]


def _in(language: str, names: Mapping[str, str], entity: Entity) -> str:
    """The entity's name in a language, else in English, else in any."""
    return names.get(language) or names.get("en") or next(iter(names.values()), entity.key)


@lru_cache(maxsize=1024)  # an article's entities are in several of its events
def _names(entity: Entity) -> Mapping[str, str]:
    """The names of an entity by language."""
    names = {lang: text for text, lang in reversed(entity.labels)}
    if entity.kind is Kind.COUNTRY:
        names |= {lang: text for text, lang in country_labels(entity.key)}
    if entity.kind is Kind.CARGO:
        known = entity.key in ontology.cargo_slugs()
        for triple in ontology.cargo().triples.get(CARGO[entity.key], ()) if known else ():
            if triple.predicate == SKOS["prefLabel"]:
                names[getattr(triple.object, "language", None) or "en"] = getattr(triple.object, "value", "")
    return names


def event_labels(event: Event, entity: Callable[[Mention], Entity]) -> Iterator[tuple[str, str]]:
    """(label, language) in every language in which the ontology names the event's type; English at least."""
    fillers: dict[str, list[tuple[Mapping[str, str], Entity]]] = defaultdict(list)
    for argument in event.arguments:
        filler = entity(argument.mention)
        fillers[argument.role].append((_names(filler), filler))
    for language in LANGUAGES:
        kind = ontology.labels().get((event.type, language))
        if kind is None and language == "en":
            kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", event.type).capitalize()
        if kind is None:
            continue

        def names(*roles: str, language: str = language) -> str:
            return ", ".join(dict.fromkeys(_in(language, known, filler) for role in roles for known, filler in fillers[role]))

        ends = [names("agent", "participant"), names("patient") or names("destination")]
        ends = [ends[0] or names("origin"), ends[1]]
        course = " → ".join(end or "?" for end in ends) if ends[1] else ends[0]
        detail = names("object") or names("place")
        kind = kind[:1].upper() + kind[1:]
        label = f"{kind}: {course}" if course else kind
        yield (f"{label} ({detail})" if detail else label), language
