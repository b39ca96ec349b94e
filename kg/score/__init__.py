"""Gold in, figures out."""

from kg.score.figures import Cause, Figures, Ratio, Tally
from kg.score.gold import GoldArticle, GoldEvent, read_gold
from kg.score.report import as_json, resolution_json, resolution_tables, tables
from kg.score.resolution import Resolution, score_resolution
from kg.score.score import score

__all__ = [
    "Cause",
    "Figures",
    "GoldArticle",
    "GoldEvent",
    "Ratio",
    "Resolution",
    "Tally",
    "as_json",
    "read_gold",
    "resolution_json",
    "resolution_tables",
    "score",
    "score_resolution",
    "tables",
]
