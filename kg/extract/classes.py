"""Semantic classes of goods and nouns of measure, from the data files that define them."""

from __future__ import annotations

from functools import cache

from kg.data import load
from kg.data.cargo import cargo
from kg.records import Language

__all__ = ["cargo_classes", "partitives", "unit_classes"]


def cargo_classes(slug: str) -> frozenset[str]:
    """The semantic classes of a cargo concept, by what stands above it."""
    above = cargo().above(slug)
    classes = _cargo_roots()
    out = {klass for klass, roots in classes.items() if above & roots}
    if not out & {"people", "not_goods"}:
        out |= {"goods"} if "carriers" in out else {"goods", "freight"}
    return frozenset(out)


@cache
def partitives(language: Language) -> frozenset[str]:
    """Nouns that name a part of what follows them, in lower case."""
    return frozenset(word.lower() for word in load("partitives.yaml", dict[str, list[str]])[language])


def unit_classes(unit: str | None) -> frozenset[str]:
    """The semantic classes of a measure (``ontology/units.ttl``) that stands for what it measures."""
    out = {klass for klass, members in _unit_classes().items() if unit in members}
    return frozenset(out | {"freight"} if "goods" in out else out)


@cache
def _unit_classes() -> dict[str, frozenset[str]]:
    return {klass: frozenset(members) for klass, members in load("unit_classes.yaml", dict[str, list[str]]).items()}


@cache
def _cargo_roots() -> dict[str, frozenset[str]]:
    return {klass: frozenset(roots) for klass, roots in load("cargo_classes.yaml", dict[str, list[str]]).items()}
