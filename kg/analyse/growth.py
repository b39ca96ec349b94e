"""How the number grew: the amounts told of one incident by date of publication, as a picture (matplotlib, extra ``plot``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.analyse.plot import picture
from kg.errors import InputError

__all__ = ["plot_growth"]


def plot_growth(title: str, told: Mapping[str, Sequence[tuple[str, float, float]]], out: Path) -> Path:
    """One panel a unit; a bar from the lowest to the highest amount for each article. The same amounts give the same bytes.

    Raises ``InputError`` where no dated article tells an amount, ``MissingExtra`` and ``OutputError`` as ``plot`` does.
    """
    if not told:
        raise InputError("no dated article tells an amount of it: there is nothing to plot")
    with picture(out, (9, 3 * len(told))) as figure:
        figure.suptitle(title)
        for axes, (unit, rows) in zip(figure.subplots(len(told), squeeze=False)[:, 0], told.items(), strict=True):
            places = range(len(rows))
            axes.vlines(places, [low for _, low, _ in rows], [high for _, _, high in rows], color="#3b6ea5", linewidth=4)
            axes.plot(places, [high for _, _, high in rows], "o", color="#3b6ea5")
            axes.set_xticks(places, [day for day, _, _ in rows], rotation=30, ha="right")
            axes.set_ylabel(unit)
            axes.set_ylim(bottom=0)
    return out
