"""Gold in, figures out."""

from kg.score.figures import Cause, Figures, Ratio, Tally
from kg.score.gold import GoldArticle, GoldEvent, read_gold
from kg.score.report import as_json, tables
from kg.score.score import score

__all__ = [
    "Cause",
    "Figures",
    "GoldArticle",
    "GoldEvent",
    "Ratio",
    "Tally",
    "as_json",
    "read_gold",
    "score",
    "tables",
]
