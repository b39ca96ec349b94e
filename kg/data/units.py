"""Units of quantities: the concepts of ``ontology/units.ttl`` by their words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.data.cargo import ontology_dir
from kg.records import Language

__all__ = ["Units", "units"]

_BASE = "https://w3id.org/kg-news/unit/"
_MODIFIER, _HEAD = 3, 5  # fewest letters of a compound's first and last part
_LABELS = {"http://www.w3.org/2004/02/skos/core#" + name for name in ("prefLabel", "altLabel", "hiddenLabel")}


class Units:
    """Look-up of units. A unit is named by the last part of its IRI ("barrel")."""

    def __init__(self, file: Path) -> None:
        self._forms: dict[tuple[str, str], str] = {}
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            subject, label = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(label, Literal) and quad.predicate.value in _LABELS:
                self._forms.setdefault((label.language or "", label.value.lower()), subject.value[len(_BASE) :])

    def head(self, form: str, language: Language) -> str | None:
        """The unit that heads a Dutch or German compound ("Panzerabwehrraketen" → missile); the longest head wins."""
        if language not in ("nl", "de"):
            return None
        low = form.lower().rpartition("-")[2]
        for cut in range(_MODIFIER, len(low) - _HEAD + 1):
            unit = self._forms.get((language, low[cut:]))
            if unit is not None:
                return unit
        return self._forms.get((language, low)) if low != form.lower() else None

    def find(self, form: str, language: Language) -> str | None:
        """The unit that a word names in a language."""
        return self._forms.get((language, form.lower())) or self._forms.get(("", form.lower()))


@cache
def units() -> Units:
    """The units, read once."""
    return Units(ontology_dir() / "units.ttl")
