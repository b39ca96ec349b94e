"""One picture of an analysis: who with whom, the most-reported flows, the months (matplotlib, extra ``plot``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.analyse.analyse import Analysis
from kg.analyse.layout import layout
from kg.analyse.measures import part, together
from kg.errors import MissingExtra, OutputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["bars", "picture", "plot", "short"]

_ROWS = 12
_NODES = 40
_COLOURS = {"Country": "#3b6ea5", "Person": "#b5651d", "Organization": "#5b8c5a", "Group": "#8e6c8a"}
_OTHER = "#888888"


@contextmanager
def picture(path: Path, size: tuple[float, float]) -> Iterator[Any]:
    """A matplotlib figure that is written as PNG, SVG or PDF (by suffix) on leaving. The same drawing gives the same bytes.

    Raises ``MissingExtra`` without matplotlib and ``OutputError`` where the file cannot be written.
    """
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra("a plot needs matplotlib; install it with: pip install 'kg-news[plot]'") from None
    kinds: dict[str, dict[str, Any]] = {
        ".png": {"metadata": {"Software": None}, "dpi": 120},
        ".svg": {"metadata": {"Date": None, "Creator": None}},
        ".pdf": {"metadata": {"CreationDate": None, "Creator": None, "Producer": None}},
    }
    if path.suffix.lower() not in kinds:
        raise OutputError(f"{path}: a plot ends in {', '.join(kinds)}")
    # no date, no version and no random ids in the file, so that the bytes are the same
    with mpl.rc_context({"svg.hashsalt": "kg", "font.family": ["DejaVu Sans"], "text.parse_math": False}):
        figure = Figure(figsize=size, layout="constrained")
        FigureCanvasAgg(figure)
        yield figure
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            figure.savefig(path, **kinds[path.suffix.lower()])
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror or error}") from error


def plot(found: Analysis, out: str | Path) -> Path:
    """Write a PNG, SVG or PDF (by suffix). The same analysis gives the same bytes.

    Raises ``MissingExtra`` without matplotlib and ``OutputError`` where the file cannot be written.
    """
    path = Path(out)
    with picture(path, (13, 9)) as figure:
        axes = figure.subplot_mosaic([["graph", "graph"], ["flows", "months"]], height_ratios=[3, 2])
        _graph(axes["graph"], found)
        _flows(axes["flows"], found)
        _months(axes["months"], found)
    return path


def _graph(axes: Axes, found: Analysis) -> None:
    graph = together(found.projection)
    rows = [n for n in found.nodes if graph.degree(n.iri)][:_NODES]
    graph = part(graph, [n.iri for n in rows])
    axes.set_axis_off()
    axes.set_title("Who with whom (edges by number of articles)", loc="left")
    if not rows:
        return
    places = layout(graph, aspect=2.4)
    axes.margins(0.06, 0.12)
    colours = [_COLOURS.get(n.kind, _OTHER) for n in rows]
    widths = [0.6 + 0.8 * data["weight"] for *_, data in graph.edges(data=True)]
    nx.draw_networkx_edges(graph, places, ax=axes, edge_color="#999999", width=widths)
    sizes = [120 + 40 * (n.acts + n.acted_on) for n in rows]
    nx.draw_networkx_nodes(graph, places, nodelist=[n.iri for n in rows], ax=axes, node_size=sizes, node_color=colours)
    for row in rows:
        x, y = places[row.iri]
        axes.annotate(short(row.name), (x, y), xytext=(0, 9), textcoords="offset points", ha="center", fontsize=8)
    for kind, colour in (*_COLOURS.items(), ("other", _OTHER)):
        axes.scatter([], [], color=colour, label=kind)
    axes.legend(loc="upper right", frameon=False, fontsize=8)


def bars(axes: Axes, title: str, names: Sequence[str], values: Sequence[int]) -> None:
    """Horizontal bars, the first on top."""
    from matplotlib.ticker import MaxNLocator

    axes.set_title(title, loc="left")
    axes.barh(range(len(names)), values, color=_COLOURS["Country"])
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(max(len(names), _ROWS // 2) - 0.5, -0.5)  # few bars stay slim
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _flows(axes: Axes, found: Analysis) -> None:
    rows = found.flows[:_ROWS]
    names = [f"{short(f.source)} {'→' if f.directed else '–'} {short(f.target)}, {f.type}" for f in rows]
    bars(axes, "Most-reported flows (articles)", names, [f.articles for f in rows])


def _months(axes: Axes, found: Analysis) -> None:
    rows = found.months[-_ROWS:]
    bars(axes, "Events by month", [m.month for m in rows], [m.total for m in rows])


def short(name: str, length: int = 24) -> str:
    """A name cut to a length, with an ellipsis where it was longer."""
    return name if len(name) <= length else name[: length - 1] + "…"
