"""One picture for each analysis, drawn from its rows (matplotlib, extra ``plot``)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.analyse.chokepoints import Chokepoints
from kg.analyse.disputes import Contradiction, Lone
from kg.analyse.eras import Eras
from kg.analyse.layout import layout
from kg.analyse.motifs import Motifs
from kg.analyse.plot import bars, picture, short
from kg.analyse.routes import Route
from kg.analyse.sources import Sources
from kg.analyse.supply import Supply
from kg.analyse.topics import Finding

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_finding"]

_ROWS = 15
_MONTHS = 60
"""At most so many months are drawn, the last ones; the tables hold all."""
_SHADES = ("#c4472f", "#3b6ea5", "#5b8c5a", "#8e6c8a", "#b5651d", "#4aa3a2", "#888888", "#c9a227", "#555555")
_STANCES = {"asserts": "#3b6ea5", "confirms": "#5b8c5a", "suspects": "#c9a227", "doubts": "#b5651d", "denies": "#c4472f"}
_STATES = {"new": "#5b8c5a", "steady": "#3b6ea5", "ceased": "#c4472f", "undated": "#888888"}


def plot_finding(found: Finding, out: str | Path) -> Path:
    """Write a PNG, SVG or PDF (by suffix). The same finding gives the same bytes.

    Raises ``MissingExtra`` without matplotlib and ``OutputError`` where the file cannot be written.
    """
    path = Path(out)
    tall = found.topic in ("supply", "routes", "motifs")
    with picture(path, (11, 7 if tall else 5.5)) as figure:
        axes = figure.subplots(1, 1)
        data: Any = found.data
        match data:
            case Supply():
                _supply(axes, data)
            case Chokepoints():
                _chokepoints(axes, data)
            case Eras():
                _eras(axes, data)
            case Motifs():
                arrows = [(r.source, r.middle, r.cargo) for r in data.relays[:_ROWS]] + [(r.middle, r.target, r.cargo) for r in data.relays[:_ROWS]]
                arrows += [(x.giver, x.taker, x.goods) for x in data.exchanges[:_ROWS]] + [(x.taker, x.giver, x.back) for x in data.exchanges[:_ROWS]]
                _arrows(axes, "Relays and exchanges", arrows)
            case Sources():
                _sources(axes, data)
            case _ if found.topic == "routes":
                routes: tuple[Route, ...] = data
                legs = [(leg.source, leg.target, ", ".join(leg.cargo)) for route in routes for leg in route.legs]
                _arrows(axes, found.sheets[0].title, legs)
            case _ if found.topic == "contradictions":
                told: tuple[Contradiction, ...] = data
                counts = sorted(Counter(c.kind for c in told).items(), key=lambda row: (-row[1], row[0]))
                bars(axes, "Contradictions by what they are about", [k for k, _ in counts], [n for _, n in counts])
            case _:
                _lone(axes, data)
    return path


def _nothing(axes: Axes, title: str) -> None:
    axes.set_axis_off()
    axes.set_title(f"{title}: nothing found", loc="left")


def _supply(axes: Axes, found: Supply) -> None:
    """A line a flow, a dot a month: as large as the events are many, in the colour of the flow's state."""
    months = found.months[-_MONTHS:]
    place = {month: i for i, month in enumerate(months)}
    rows = [f for f in found.flows if f.last in place][:_ROWS]
    if not rows:
        return _nothing(axes, "Who supplies whom")
    for row, flow in enumerate(rows):
        shown = [(place[m], n) for m, n in flow.months if m in place]
        at = [month for month, _ in shown]
        axes.plot([at[0], at[-1]], [row, row], color="#cccccc", zorder=1)
        axes.scatter(at, [row] * len(at), s=[60 + 40 * n for _, n in shown], color=_STATES[flow.state], zorder=2)
    for state, colour in _STATES.items():
        if any(f.state == state for f in rows):
            axes.scatter([], [], color=colour, label=state)
    axes.set_yticks(range(len(rows)), [f"{short(f.supplier)} → {short(f.recipient)}, {f.cargo}" for f in rows], fontsize=8)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    step = max(1, len(months) // 12)
    axes.set_xticks(range(0, len(months), step), months[::step], rotation=45, ha="right", fontsize=8)
    axes.set_title(f"Who supplies whom, {months[0]} to {months[-1]}", loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize=8)
    axes.grid(axis="x", color="#eeeeee")
    return None


def _chokepoints(axes: Axes, found: Chokepoints) -> None:
    """Betweenness against constraint: brokers stand above on the left; articulation points are red."""
    nodes = [n for n in found.nodes if n.constraint is not None][:60]
    if not nodes:
        return _nothing(axes, "Brokers and chokepoints")
    for cuts, label in ((False, "others"), (True, "articulation points")):
        rows = [n for n in nodes if n.articulation is cuts]
        sizes = [40 + 12 * len(n.cuts) for n in rows]
        axes.scatter([n.constraint or 0 for n in rows], [n.betweenness for n in rows], s=sizes, color="#c4472f" if cuts else "#3b6ea5", label=label)
    for node in nodes[:10]:
        axes.annotate(short(node.name), (node.constraint or 0, node.betweenness), xytext=(6, 4), textcoords="offset points", fontsize=8)
    axes.set_xlabel("constraint (Burt 1992): low for who spans structural holes")
    axes.set_ylabel("betweenness")
    axes.set_title("Brokers and chokepoints (size: nodes cut off without it)", loc="left")
    axes.legend(frameon=False, fontsize=8)
    return None


def _eras(axes: Axes, found: Eras) -> None:
    """The size of each community by period; what goes on is joined by a line."""
    largest = sorted(found.communities, key=lambda c: (-len(c.members), c.start, c.line))
    keep = sorted({c.line for c in largest[:_ROWS]})
    periods = sorted({c.start for c in found.communities})
    if not keep:
        return _nothing(axes, "Communities through time")
    for index, line in enumerate(keep):
        rows = sorted((c for c in found.communities if c.line == line), key=lambda c: c.start)
        colour = _SHADES[index % len(_SHADES)]
        axes.plot([periods.index(c.start) for c in rows], [len(c.members) for c in rows], "o-", color=colour)
        last = rows[-1]
        axes.annotate(short(", ".join(last.members[:2]), 40), (periods.index(last.start), len(last.members)), xytext=(6, 3),
                      textcoords="offset points", fontsize=7, color=colour)  # fmt: skip
    axes.set_xticks(range(len(periods)), periods, rotation=45, ha="right", fontsize=8)
    axes.set_ylabel("members")
    axes.set_ylim(bottom=0)
    axes.margins(x=0.12)
    axes.set_title(f"Communities of each {found.window} months", loc="left")
    return None


def _sources(axes: Axes, found: Sources) -> None:
    """Claims by stance of the sources that are quoted; outlets' own voice is left out."""
    rows = [r for r in found.rows if not r.own_voice][:_ROWS]
    if not rows:
        return _nothing(axes, "Who stands behind how many claims")
    start = [0] * len(rows)
    for stance, colour in _STANCES.items():
        counts = [dict(r.stances).get(stance, 0) for r in rows]
        if any(counts):
            axes.barh(range(len(rows)), counts, left=start, color=colour, label=stance)
        start = [a + b for a, b in zip(start, counts, strict=True)]
    axes.set_yticks(range(len(rows)), [short(r.name) for r in rows], fontsize=8)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_title("Claims of quoted sources, by stance", loc="left")
    axes.legend(frameon=False, fontsize=8)
    return None


def _lone(axes: Axes, found: tuple[Lone, ...]) -> None:
    """How well supported the incidents of a single source are."""
    if not found:
        return _nothing(axes, "Told by a single source")
    edges = [n / 10 for n in range(11)]
    axes.hist([[s.support for s in found if not s.denied], [s.support for s in found if s.denied]], bins=edges, stacked=True,
              color=["#3b6ea5", "#c4472f"], label=["undisputed", "denied"])  # fmt: skip
    axes.set_xlabel("support (0 to 1)")
    axes.set_ylabel("incidents")
    axes.set_title("Incidents told by a single source, by support", loc="left")
    axes.legend(frameon=False, fontsize=8)
    return None


def _arrows(axes: Axes, title: str, arrows: list[tuple[str, str, str]]) -> None:
    """Names joined by arrows that bear what passes."""
    if not arrows:
        return _nothing(axes, title)
    what: dict[tuple[str, str], set[str]] = {}
    for source, target, goods in arrows:
        what.setdefault((source, target), set()).add(goods)
    drawn: nx.DiGraph[str] = nx.DiGraph(sorted(what))
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(drawn))
    plain.add_edges_from(sorted(tuple(sorted(edge)) for edge in drawn.edges))
    places = layout(plain, aspect=1.6)
    axes.set_axis_off()
    axes.margins(0.15, 0.15)
    nx.draw_networkx_nodes(drawn, places, ax=axes, node_color="#3b6ea5", node_size=160)
    nx.draw_networkx_edges(drawn, places, ax=axes, edge_color="#888888", arrowsize=14, connectionstyle="arc3,rad=0.12", node_size=220)
    for (a, b), carried in sorted(what.items()):
        (x0, y0), (x1, y1) = places[a], places[b]
        axes.annotate(short(", ".join(sorted(carried)), 30), (0.55 * x1 + 0.45 * x0, 0.55 * y1 + 0.45 * y0), fontsize=7, ha="center", color="#555555")
    for node, (x, y) in places.items():
        axes.annotate(short(node), (x, y), xytext=(0, 10), textcoords="offset points", ha="center", fontsize=8)
    axes.set_title(title, loc="left")
    return None
