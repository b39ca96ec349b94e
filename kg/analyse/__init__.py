"""Measures on the who–whom projection: who stands where, what is reported most, and when."""

from kg.analyse.analyse import Analysis, analyse
from kg.analyse.plot import plot
from kg.analyse.report import as_json, tables

__all__ = ["Analysis", "analyse", "as_json", "plot", "tables"]
