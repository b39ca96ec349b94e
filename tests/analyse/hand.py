"""Small graphs by hand, as facts: shipments with known ends, cargo and days, so that every answer is known beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analyse.material import Material
from kg.graph.facts import ArticleFact, Assertion, Entity, EventFact, Facts, Passage, Role
from kg.graph.groupings import ConflictFact, Grouping
from kg.graph.names import CARGO

E = "https://example.org/id/"


def event(
    key: str, kind: str, agent: str, patient: str, day: str | None = None, *, cargo: str = "ammunition", article: str = "a1",
    modality: str = "actual", claims: Sequence[tuple[str, str]] = (), **more: str,
) -> EventFact:  # fmt: skip
    """An event; ``claims`` are (who, stance), ``more`` are further roles."""
    roles = {"agent": agent, "patient": patient, **more}
    filled = [Role(role, role, E + name) for role, name in roles.items() if name]
    filled.append(Role("object", "cargo", CARGO[cargo].value))
    words = (Passage(0, 7, "shipped", f"They shipped it, says {key} & <b>more</b>.", f"{E}mention/{key}"),)
    told = tuple(Assertion(f"{E}claim/{key}-{i}", E + who, stance, who.startswith("outlet"), words) for i, (who, stance) in enumerate(claims))
    return EventFact(
        E + key, kind, frozenset({kind, "Event"}), E + article, (("en", f"{kind} {key}"),), modality, 0.8, day, day, day,
        tuple(sorted(filled)), (), told, words,
    )  # fmt: skip


def material(*events: EventFact, groupings: Sequence[Grouping] = (), all_events: bool = False, **countries: str) -> Material:
    """Material of events; ``countries`` says which country an actor belongs to. Single letters are countries."""
    names = {r.filler for e in events for r in e.roles} | {c.by for e in events for c in e.claims}
    entities = {}
    for iri in sorted(names):
        name = iri.rsplit("/", 1)[-1]
        kind = "CargoType" if CARGO.local(iri) else "Country" if len(name) == 1 else "Organization"
        home = (E + countries[name],) if name in countries else ()
        entities[iri] = Entity(iri, kind, (("en", name),), (), (), home)
    articles = {
        e.article: ArticleFact(e.article, e.article[len(E) :], "en", f"Title <{e.article[len(E) :]}>", f"2024-01-0{e.article[-1]}",
                               f"{E}outlet{e.article[-1]}", None)
        for e in events
    }  # fmt: skip
    return Material(Facts(articles, {e.iri: e for e in events}, entities), tuple(groupings), {}, all_events)


def grouping(key: str, *events: str, origins: Sequence[str] = ("o",), conflicts: Sequence[ConflictFact] = (), support: float = 0.5) -> Grouping:
    """An incident of these events."""
    iris = tuple(E + e for e in events)
    return Grouping(E + key, True, (("en", key),), iris, len(iris), tuple(origins), support, "", None, None, (), tuple(conflicts), ())
