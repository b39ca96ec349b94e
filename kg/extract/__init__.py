"""Docs in, ``Report`` records out: one module a kind of extraction, one grammar for all languages."""

from kg.extract.report import extract

__all__ = ["extract"]
