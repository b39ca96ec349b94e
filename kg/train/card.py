"""The model card: what the model was trained on, its figures, its limits, its licences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from kg.annotate.session import META
from kg.train.bench import table
from kg.train.figures import Figures

__all__ = ["read_figures", "write_card"]

TEMPLATE = Path(__file__).with_name("card.md")
FIGURES = "figures.json"


def read_figures(path: Path) -> list[Figures]:
    """What ``kg train evaluate --output`` wrote."""
    return [Figures(**row) for row in json.loads(path.read_text("utf-8"))]


def write_card(folder: Path, figures: Sequence[Figures], floats: Sequence[Figures] = ()) -> None:
    """``MODEL_CARD.md`` beside the weights, from ``card.md`` and the model's ``meta.json``.

    ``floats`` are figures of the same network in 32-bit floats; the card shows what int8 costs.
    """
    meta = json.loads((folder / META).read_text("utf-8"))
    rows = [
        f"| {entry['name']} | {entry['language']} | {entry['sentences']:,} | {entry['words']:,} | {entry['repeat']:g} | {entry['licence']} |"
        for entry in meta["training"]
    ]
    shape = meta["shape"]
    text = TEMPLATE.read_text("utf-8")
    values = {
        "name": meta["name"],
        "layers": str(shape["layers"]),
        "vocabulary": f"{shape['vocabulary']:,}",
        "made": meta["made"],
        "minutes": f"{meta['minutes']:.0f}",
        "steps": f"{meta['steps']:,}",
        "size": f"{sum(f.stat().st_size for f in folder.iterdir() if f.is_file()) / 1e6:.0f}",
        "history": "".join(f"\n- {line}" for line in meta.get("history", ())),
        "origin": meta["encoder"]["origin"],
        "training": "\n".join(rows),
        "figures": table(figures).rstrip(),
        "quantisation": _quantisation(figures, floats),
    }
    for key, value in values.items():
        text = text.replace("{{" + key + "}}", value)
    (folder / "MODEL_CARD.md").write_text(text, "utf-8")


def _quantisation(figures: Sequence[Figures], floats: Sequence[Figures]) -> str:
    """Int8 less float, in points, on the main measure of each test set."""
    if not floats:
        return "Not measured for these weights."
    exact = {found.test: found.values for found in floats}
    lines = ["| test | measure | float | int8 | change |", "|---|---|---|---|---|"]
    for found in figures:
        for measure in ("LAS", "UPOS", "F1"):
            if measure in found.values and measure in exact.get(found.test, {}):
                before, after = exact[found.test][measure], found.values[measure]
                lines.append(f"| {found.test} | {measure} | {before:.2f} | {after:.2f} | {after - before:+.2f} |")
    return "\n".join(lines)
