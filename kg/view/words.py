"""What the page says: its own strings (``words.toml``) and the ontology's names, in each language of the program."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from kg.errors import BadParameter
from kg.graph import ontology
from kg.records import LANGUAGES

__all__ = ["known", "names", "strings"]


@cache
def strings() -> Mapping[str, Mapping[str, str]]:
    """Key → language → text."""
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return found


def names(used: Iterable[str]) -> dict[str, dict[str, str]]:
    """Class, property, stance or modality → language → the ontology's label, where it has one."""
    labels = ontology.labels()
    return {name: {k: labels[name, k] for k in LANGUAGES if (name, k) in labels} for name in sorted(set(used))}


def known(language: str) -> str:
    """The language if the page speaks it. Raises ``BadParameter``."""
    if language not in LANGUAGES:
        raise BadParameter(f"the page does not speak {language}; it speaks {', '.join(LANGUAGES)}")
    return language
