"""Docs in, ``Report`` records out: one module a kind of extraction, one grammar for all languages."""

from kg.extract.report import Method, extract

__all__ = ["Method", "extract"]
