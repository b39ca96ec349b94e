"""Fit what the features of a pair of events weigh, on the gold clusters of the corpus, and write it into ``incidents.yaml``.

Every pair that blocking proposes among events found in the gold is an example; it is positive where both stand in one gold incident.
A logistic regression with a quadratic penalty (scikit-learn) gives one readable weight a feature.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import MissingExtra
from kg.graph import Graph
from kg.graph.facts import facts_in
from kg.graph.resolution import read_tellings
from kg.resolve.blocks import pairs
from kg.resolve.clusters import Constraints
from kg.resolve.features import AGAINST, EITHER, FEATURES, features
from kg.resolve.shelf import Shelf
from kg.score.resolution import located

__all__ = ["Fitted", "fit", "write"]

_PENALTY = 0.5  # scikit-learn's C: some hundred positive pairs do not bear much freedom
_AT_MOST = {
    "other day": -1.5, "other name": -3.0, "another time": -2.5, "body and person": -1.0, "bodies of another kind": -2.0, "other quantity": -1.0,
    "times apart": -1.1, "nothing particular": -0.8, "other harm": -4.0, "counted apart": -4.0, "told beside": -3.5, "not the news": -2.0,
    "once and ever since": -2.0, "doer befallen": -2.0,
}  # fmt: skip
"""Weights that no fit may bring nearer to 0: the corpus seldom shows two happenings that differ in nothing else, the news often does."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights, and from how many pairs they come."""

    bias: float
    weights: dict[str, float]
    pairs: int
    positive: int


def fit(graph: Graph, gold: Path, keep: Callable[[str], bool]) -> Fitted:
    """Weights from the articles that ``keep`` chooses by file name. Raises ``MissingExtra`` without scikit-learn."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise MissingExtra("fitting weights needs scikit-learn: pip install 'kg-news[train]'") from error
    places = located(facts_in(graph.store), gold, keep)
    nodes = [stored.node for stored in graph.articles().values()]
    with Shelf() as shelf:
        read_tellings(graph.store, graph.minter, nodes, Constraints(), shelf)
        tellings = [telling for telling in shelf if telling.event in places]
    compared = ((tellings[one], tellings[other]) for one, other in pairs(tellings).tolist())
    rows = [(features(a, b), places[a.event] == places[b.event]) for a, b in compared]
    names = list(FEATURES)
    while True:  # a feature that came out with the wrong sign carried another's weight: without it, the other shows
        model = LogisticRegression(C=_PENALTY, max_iter=1000)
        model.fit([[row.get(name, 0.0) for name in names] for row, _ in rows], [same for _, same in rows])
        weights = dict(zip(names, map(float, model.coef_[0]), strict=True))
        wrong = [n for n, value in weights.items() if (n in AGAINST and value > 0) or (n not in AGAINST | EITHER and value < 0)]
        if not wrong:
            break
        names = [name for name in names if name not in wrong]
    rounded = {name: round(min(weights.get(name, 0.0), _AT_MOST.get(name, 100.0)), 3) for name in FEATURES}
    return Fitted(round(float(model.intercept_[0]), 3), rounded, len(rows), sum(same for _, same in rows))


def write(fitted: Fitted, path: Path) -> None:
    """Put the weights in the place of those in the file; all else in it stays."""
    text = path.read_text(encoding="utf-8")
    head = re.split(r"^bias:", text, maxsplit=1, flags=re.MULTILINE)[0]
    lines = [f"bias: {fitted.bias}", "weights:", *(f"  {name}: {value}" for name, value in fitted.weights.items())]
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
