"""A selection as nodes, edges and options of vis-network, held by ``pyvis.network.Network`` as their model, with all
that the page tells of them.

pyvis writes no page here: its template lets script through and loads from other hosts (see ``kg.view.page``).
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import networkx as nx

from kg.analyse.layout import layout
from kg.graph.facts import Facts
from kg.graph.names import NAMESPACES
from kg.view.detail import Details, details
from kg.view.select import Selection, spoken
from kg.view.words import names

__all__ = ["build", "style"]

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "keyboard": False, "selectConnectedEdges": False},
    "edges": {"smooth": {"enabled": False}, "width": 1},
}


@cache
def style() -> Mapping[str, Any]:
    """Shapes and colours (``style.toml``)."""
    return tomllib.loads(files(__package__).joinpath("style.toml").read_text(encoding="utf-8"))


@cache
def _family() -> Mapping[str, str]:
    return {kind: name for name, family in style()["family"].items() for kind in family["types"]}


def build(facts: Facts, selection: Selection, language: str = "en") -> dict[str, Any]:
    """Nodes with positions, edges and options as vis-network takes them, and beside them what the page tells."""
    from pyvis.network import Network  # imports IPython: only who draws pays

    told = details(facts, selection.events)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(iri for iri, index in told.number.items() if index < told.drawn)
    graph.add_edges_from((e.iri, r.filler) for e in selection.events for r in e.roles)
    graph.add_edges_from((e.iri, by) for e in selection.events for by, _ in spoken(e))
    places = layout(graph, spacing=70.0, aspect=1.3, room=(64.0, 40.0))
    net = Network(directed=True, notebook=False, cdn_resources="in_line")
    for iri in graph:
        thing = told.things[told.number[iri]]
        x, y = places[iri]
        # whole numbers: vis-network cuts fractions off
        net.add_node(told.number[iri], label=facts.name(iri, language), x=round(x), y=round(y), **_look(thing, graph.degree(iri)))
    for event in selection.events:
        for filler in dict.fromkeys(r.filler for r in event.roles):
            words = list(dict.fromkeys(r.property for r in event.roles if r.filler == filler))
            start, end = told.number[event.iri], told.number[filler]
            net.add_edge(start, end, roles=words, dashes=told.things[start]["status"] != "sure")
        for by, stance in spoken(event):
            net.add_edge(told.number[by], told.number[event.iri], roles=[stance], stance=stance)
    nodes, edges, *_ = net.get_network_data()
    for node in nodes:  # pyvis sets colours of its own; the page takes them from its palette
        node.pop("color", None)
        node.pop("font", None)
    for index, edge in enumerate(edges):
        edge["id"] = index
    return {"nodes": nodes, "edges": edges, "options": json.loads(json.dumps(_OPTIONS)), **_tables(told)}


def _look(thing: Mapping[str, Any], degree: int) -> dict[str, Any]:
    if "type" in thing:
        return {"shape": "box", "size": 9, "paint": _family().get(thing["type"], "transfer")}
    kind = thing["kind"] if thing["kind"] in style()["entity"] else "Topic"
    return {"shape": style()["entity"][kind]["shape"], "size": round(min(6 + 4 * math.sqrt(degree), 34), 1), "paint": kind}


def _tables(told: Details) -> dict[str, Any]:
    return {
        "things": told.things, "articles": told.articles, "mentions": told.mentions, "sentences": told.sentences,
        "names": names(told.names), "prefixes": {prefix: space.iri for prefix, space in NAMESPACES.items()},
    }  # fmt: skip
