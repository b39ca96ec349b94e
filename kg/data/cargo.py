"""The cargo concepts of ``ontology/cargo.ttl`` as a lexicon: labels to concepts, and what stands above each."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.data import load
from kg.records import Language

__all__ = ["Cargo", "cargo", "ontology_dir"]

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LABELS = {_SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel")}
_BASE = "https://w3id.org/kg-news/cargo/"


def ontology_dir() -> Path:
    """Where the ontology lies: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "ontology"
    return inside if inside.is_dir() else package.parent / "ontology"


class Cargo:
    """Look-up of goods by their words. Concepts are named by the last part of their IRI ("artillery-shell")."""

    def __init__(self, file: Path) -> None:
        self._forms: dict[str, dict[str, str]] = defaultdict(dict)
        self._preferred: dict[tuple[str, str], str] = {}
        broader: dict[str, set[str]] = defaultdict(set)
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            if not isinstance(quad.subject, NamedNode) or not quad.subject.value.startswith(_BASE):
                continue
            slug = quad.subject.value[len(_BASE) :]
            predicate = quad.predicate.value
            if predicate in _LABELS and isinstance(quad.object, Literal):
                language = quad.object.language or ""
                for tag in (language,) if language else ("nl", "de", "en", "fr"):
                    self._forms[tag].setdefault(quad.object.value.lower(), slug)
                if predicate.endswith("prefLabel"):
                    self._preferred[slug, language] = quad.object.value
            elif predicate == _SKOS + "broader" and isinstance(quad.object, NamedNode):
                broader[slug].add(quad.object.value[len(_BASE) :])
        self._above = {slug: self._closure(slug, broader) for slug in sorted({s for s, _ in self._preferred} | set(broader))}

    @staticmethod
    def _closure(slug: str, broader: dict[str, set[str]]) -> frozenset[str]:
        seen: set[str] = set()
        todo = [slug]
        while todo:
            if (one := todo.pop()) not in seen:
                seen.add(one)
                todo.extend(broader.get(one, ()))
        return frozenset(seen)

    def find(self, form: str, language: Language) -> str | None:
        """The concept that a word or phrase names as a whole."""
        return self._forms[language].get(form.lower())

    def head(self, form: str, language: Language, *, at_least: int = 5) -> tuple[str, str] | None:
        """(first part, concept) of a compound that ends in a label of a concept; the longest end wins."""
        low, known = form.lower(), self._forms[language]
        if low in _lookalikes():
            return None
        for cut in range(3, len(low) - at_least + 1):
            if (slug := known.get(low[cut:])) is not None:
                return low[:cut].rstrip("-"), slug
        return None

    def above(self, slug: str) -> frozenset[str]:
        """The concept and everything broader."""
        return self._above.get(slug, frozenset({slug}))

    def label(self, slug: str, language: str) -> str | None:
        """The preferred label in a language."""
        return self._preferred.get((slug, language))

    def __contains__(self, slug: object) -> bool:
        return slug in self._above


@cache
def _lookalikes() -> frozenset[str]:
    """Words that end like goods and are none (Diebstahl is no steel)."""
    return frozenset(word.lower() for words in load("lookalikes.yaml", dict[str, list[str]]).values() for word in words)


@cache
def cargo() -> Cargo:
    """The cargo concepts, read once."""
    return Cargo(ontology_dir() / "cargo.ttl")
