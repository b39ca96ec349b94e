"""A selection as nodes, edges and options of vis-network, held by ``pyvis.network.Network`` as their model.

pyvis writes no page here: its template lets script through and loads from other hosts (see ``kg.view.page``).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import networkx as nx

from kg.analyse.layout import layout
from kg.graph import ontology
from kg.graph.facts import Entity, EventFact, Facts
from kg.view.select import Selection, doubt

__all__ = ["build", "style"]

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 150, "multiselect": False, "keyboard": False},
    "nodes": {"scaling": {"label": {"drawThreshold": 3}}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "font": {"size": 11, "align": "middle", "strokeWidth": 0},
        "smooth": {"enabled": False},
        "width": 1,
    },
}


@cache
def style() -> Mapping[str, Any]:
    """Shapes and colours (``style.toml``)."""
    return tomllib.loads(files(__package__).joinpath("style.toml").read_text(encoding="utf-8"))


@cache
def _family() -> Mapping[str, str]:
    return {kind: name for name, family in style()["family"].items() for kind in family["types"]}


def build(facts: Facts, selection: Selection, language: str = "en") -> dict[str, Any]:
    """Nodes, edges and options as plain data, with positions; every text is text, never markup."""
    from pyvis.network import Network  # imports IPython: only who draws pays

    net = Network(directed=True, notebook=False, cdn_resources="in_line")
    graph: nx.Graph[str] = nx.Graph()
    fillers = sorted({r.filler for e in selection.events for r in e.roles})
    graph.add_nodes_from([e.iri for e in selection.events] + fillers)
    graph.add_edges_from((e.iri, r.filler) for e in selection.events for r in e.roles)
    # whole numbers: vis-network cuts fractions off
    drawn = layout(graph, spacing=150.0, aspect=1.5, room=(110.0, 56.0))
    places = {iri: (round(x), round(y)) for iri, (x, y) in drawn.items()}
    for event in selection.events:  # vis-network draws the label of an edge that is quite level in the wrong place
        x, y = places[event.iri]
        level = {places[r.filler][1] for r in event.roles}
        while y in level:
            y += 3
        places[event.iri] = (x, y)
    for iri in fillers:
        node = _entity(facts.entities[iri], language, graph.degree(iri))
        _add(net, iri, node, places[iri])
    for event in selection.events:
        _add(net, event.iri, _event(facts, event, language), places[event.iri])
        dashed = doubt(event) is not None
        for filler in dict.fromkeys(r.filler for r in event.roles):
            words = dict.fromkeys(_word(r.property, language) for r in event.roles if r.filler == filler)
            net.add_edge(event.iri, filler, label=", ".join(words), dashes=dashed)
    nodes, edges, *_ = net.get_network_data()
    for node in nodes:  # pyvis sets colours of its own; the page takes them from its palette
        node.pop("color", None)
        node.pop("font", None)
    for index, edge in enumerate(edges):
        edge["id"] = index
    return {"nodes": nodes, "edges": edges, "options": json.loads(json.dumps(_OPTIONS))}


def _add(net: Any, iri: str, node: dict[str, Any], place: tuple[int, int]) -> None:
    label, shape = node.pop("label"), node.pop("shape")
    net.add_node(iri, label=label, shape=shape, x=place[0], y=place[1], **node)


def _word(name: str, language: str) -> str:
    """The ontology's label of a class or property, else its name."""
    return ontology.labels().get((name, language)) or ontology.labels().get((name, "en")) or name


def _short(text: str, length: int = 32) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _entity(entity: Entity, language: str, degree: int) -> dict[str, Any]:
    look = style()["entity"].get(entity.kind) or style()["entity"]["Topic"]
    detail = [("what", look["title"])]
    if entity.codes:
        detail.append(("country", ", ".join(entity.codes)))
    if entity.others:
        detail.append(("also called", ", ".join(entity.others)))
    detail.append(("events shown", str(degree)))
    name = entity.label(language)
    return {
        "label": _short(name), "shape": look["shape"], "size": 12 + min(3 * degree, 24), "paint": entity.kind,
        "letters": 15 + min(degree, 15),
        "heading": name, "detail": detail,
    }  # fmt: skip


def _event(facts: Facts, event: EventFact, language: str) -> dict[str, Any]:
    why = doubt(event)
    kind = _word(event.type, language)
    kind = kind[:1].upper() + kind[1:]
    article = facts.articles[event.article]
    detail: list[tuple[str, str]] = []
    if why:
        detail.append((why, style()["doubt"][why]))
    detail += [(_word(r.property, language), facts.name(r.filler, language)) for r in event.roles]
    detail += [("amount", q.text) for q in event.quantities]
    if event.earliest or event.latest:
        detail.append(("time", f"{event.earliest or '…'} to {event.latest or '…'}"))
    detail += [(c.stance, facts.name(c.by, language)) for c in event.claims]
    detail += [("sentence", p.sentence) for p in event.evidence]
    published = f", {article.published}" if article.published else ""
    detail.append(("article", f"{article.title} ({article.name}{published})"))
    return {
        "label": f"{kind}\n({why})" if why else kind, "shape": "box", "paint": _family().get(event.type, "transfer"),
        "heading": event.label(language), "detail": detail, "doubt": why or "",
        "shapeProperties": {"borderDashes": [5, 4] if why else False}, "borderWidth": 2 if why else 1,
    }  # fmt: skip
