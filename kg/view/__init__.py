"""The graph as one self-contained HTML page."""

from kg.view.page import Page, write_page
from kg.view.select import Selection, select

__all__ = ["Page", "Selection", "select", "write_page"]
