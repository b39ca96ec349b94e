"""How what is measured grows: one small plot beside the other, each with a curve or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.analyse.plot import picture

__all__ = ["Panel", "draw"]

_COLOURS = ("#1f5a8a", "#b3541e")


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot: its title, and name → points of each curve."""

    title: str
    curves: Mapping[str, Sequence[tuple[float, float]]]


def draw(panels: Sequence[Panel], along: str, path: Path) -> Path:
    """Write the panels as one picture, three in a row; ``along`` names what runs to the right. Raises as ``kg.analyse.plot.picture`` does."""
    rows = -(-len(panels) // 3)
    with picture(path, (9, 3 * rows)) as figure:
        places = list(figure.subplots(rows, 3, squeeze=False).flat)
        for axes in places[len(panels) :]:
            axes.set_visible(False)
        for axes, panel in zip(places, panels, strict=False):
            for colour, (name, points) in zip(_COLOURS, panel.curves.items(), strict=False):
                axes.plot([x for x, _ in points], [y for _, y in points], marker="o", color=colour, label=name)
            axes.set(xlabel=along, title=panel.title, xlim=(0, None), ylim=(0, None))
            axes.spines[["top", "right"]].set_visible(False)
            if len(panel.curves) > 1:
                axes.legend(frameon=False)
    return path
