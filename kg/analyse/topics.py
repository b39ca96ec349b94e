"""The analyses by name: what each answers, its rows, its tables.

There is no prediction of links: with the last fifth to two fifths of the articles' events held out, Adamic and Adar's index and resource
allocation were no better than chance (AUC 0.49) where the plain product of degrees reached 0.75 to 1.0 on one to three new links.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.analyse import chokepoints, disputes, eras, motifs, routes, sources, supply
from kg.analyse.material import Material
from kg.analyse.sheet import Sheet
from kg.errors import InputError, NotFound
from kg.graph.query import resolve
from kg.graph.store import Graph

__all__ = ["TOPICS", "Finding", "Topic", "find", "find_routes"]


@dataclass(frozen=True)
class Finding:
    """What an analysis found: ``data`` is a record (or several) for JSON, ``sheets`` are tables of it."""

    topic: str
    data: Any
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """An analysis by name; ``months`` is the length of its window where it has one."""

    title: str
    months: int | None
    find: Callable[[Material, int], Any]
    sheets: Callable[[Any], tuple[Sheet, ...]]


TOPICS: Mapping[str, Topic] = {
    "supply": Topic("Who supplies whom over time", 6, lambda m, n: supply.supply(m, window=n), supply.sheets),
    "brokers": Topic("Brokers and chokepoints", None, lambda m, _: chokepoints.chokepoints(m), chokepoints.sheets),
    "communities": Topic("Communities through time", 12, lambda m, n: eras.eras(m, window=n), eras.sheets),
    "motifs": Topic("Motifs of evasion", 12, lambda m, n: motifs.motifs(m, window=n), motifs.sheets),
    "sources": Topic("Sources", None, lambda m, _: sources.sources(m), sources.sheets),
    "contradictions": Topic("Contradictions", None, lambda m, _: disputes.contradictions(m), disputes.sheets),
    "single-source": Topic("Told by a single source", None, lambda m, _: disputes.lone(m), disputes.lone_sheets),
}
"""Every analysis of a whole graph; routes, which need two ends, stand apart (``find_routes``)."""


def find(material: Material, topic: str, months: int | None = None) -> Finding:
    """One analysis. Raises ``InputError`` for months where the analysis has no window."""
    wanted = TOPICS[topic]
    if months is not None and wanted.months is None:
        raise InputError(f"--months: {topic} looks at all times; it is for {', '.join(n for n, t in TOPICS.items() if t.months)}")
    data = wanted.find(material, months or wanted.months or 0)
    return Finding(topic, data, wanted.sheets(data))


def find_routes(graph: Graph, material: Material, source: str, target: str, count: int) -> Finding:
    """The shortest chains between two names. Raises ``NotFound`` for a name that nothing answers to."""
    ends = []
    for name in (source, target):
        ends.append([iri for node in resolve(graph, name) if (iri := str(getattr(node, "value", ""))) in material.facts.entities])
        if not ends[-1]:
            raise NotFound(f"nothing in the graph is called {name!r}")
    found = routes.routes(material, *ends, count=count)
    return Finding("routes", found, routes.sheets(found, f"Routes from {source} to {target}"))
