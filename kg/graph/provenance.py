"""The build graph (PROV-O): which state of the program read which articles, and how much came of it.

No time of day is written: the same articles and the same program give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iri import Minter
from kg.graph.names import KG, PROV, RDF, RDFS, XSD

__all__ = ["Build", "build_quads"]


@dataclass(frozen=True, slots=True)
class Build:
    """A state of the program: its version, the models it runs, and a digest of its lexicons and other data."""

    version: str
    models: tuple[str, ...] = ()
    data: str = ""

    @property
    def fingerprint(self) -> str:
        """Changes when anything that could change an extraction does."""
        return hashlib.sha256("\x1f".join((self.version, self.data, *self.models)).encode()).hexdigest()


def build_quads(store: ox.Store, build: Build, minter: Minter) -> Iterator[Quad]:
    """What the build graph says: one activity for each state of the program that read an article, with counts."""
    graph = minter.graph("build")
    agent = minter.build(f"agent {build.fingerprint}")
    current = minter.build(build.fingerprint)
    yield Quad(agent, RDF["type"], PROV["SoftwareAgent"], graph)
    yield Quad(agent, RDFS["label"], Literal(f"kg {build.version}", language="en"), graph)
    yield Quad(agent, KG["softwareVersion"], Literal(build.version), graph)
    for model in build.models:
        yield Quad(agent, KG["model"], Literal(model), graph)
    readings: dict[str, Counter[str]] = {}  # article → the counts of its activity
    counts: dict[NamedNode, Counter[str]] = {}
    for quad in store.quads_for_pattern(None, PROV["wasGeneratedBy"], None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            readings[quad.subject.value] = counts.setdefault(quad.object, Counter())
            readings[quad.subject.value]["articleCount"] += 1
    for kind, name in (("Event", "eventCount"), ("Claim", "claimCount")):
        for quad in store.quads_for_pattern(None, RDF["type"], KG[kind]):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value in readings:
                readings[quad.graph_name.value][name] += 1
    for node in sorted(counts, key=lambda n: n.value):
        yield Quad(node, RDF["type"], PROV["Activity"], graph)
        if node == current:
            yield Quad(node, PROV["wasAssociatedWith"], agent, graph)
        for name in ("articleCount", "eventCount", "claimCount"):
            yield Quad(node, KG[name], Literal(str(counts[node][name]), datatype=XSD["integer"]), graph)
