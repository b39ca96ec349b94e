"""Answers about the whole network: who supplies whom, who stands between, along which routes, who says so, who differs."""

from kg.analyse.analyse import Analysis, analyse
from kg.analyse.drawings import plot_finding
from kg.analyse.material import Material
from kg.analyse.paper import write_report
from kg.analyse.plot import plot
from kg.analyse.report import as_json, finding_json, tables
from kg.analyse.sheet import Sheet, as_rich
from kg.analyse.topics import TOPICS, Finding, find, find_routes

__all__ = [
    "TOPICS", "Analysis", "Finding", "Material", "Sheet", "analyse", "as_json", "as_rich", "find", "find_routes", "finding_json", "plot",
    "plot_finding", "tables", "write_report",
]  # fmt: skip
