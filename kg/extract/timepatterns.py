"""The pattern language of ``kg/data/times``: how a data file is read into tables and rules.

A data file holds tables (class of words → form → value) and rules (operation → patterns). A pattern is a row of
literals (``a|b`` alternatives, ``a_b`` two words) and references in braces: a table (``{month}``), a number in digits
(``{day}``, ``{year}`` ...) or a nested expression (``{point}``, ``{time}``); ``{month:b}`` binds under another name,
``[...]`` is optional, the first ``^`` marks where the expression starts and a second one where it ends, so that words
around it can be asked for without being part of it. Levels keep the grammar free of recursion: ``part`` rules nest
points, ``top`` rules nest points and parts. What an operation means is told once for all languages in ``timevalues``.

The pattern language is our own; the division of labour (expressions as data, one evaluator) follows HeidelTime
(Strötgen and Gertz 2010).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import msgspec

__all__ = ["Atom", "Entry", "Length", "Literal", "Node", "Reference", "Rule", "TimeFile", "atoms", "forms", "lows_of", "rules"]

_ATOM = re.compile(r"\d+(?:[.,]\d{3})+(?!\d)|\d+|[^\W\d_]+|\S")
_ELEMENT = re.compile(r"\[|\]|\^|\{[^{}]*\}|[^\s\[\]{}^]+")
_OPTIONAL_GROUPS = 5  # a pattern with more would make too many variants


class TimeFile(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``kg/data/times/*.yaml``.

    A form ``stem/a/b`` stands for "stema" and "stemb"; ``=word`` must be in lower case. Values of units are "day",
    "week" ... or "3 month".
    """

    capital: bool  # whether month and day names have a capital
    day_suffixes: list[str]
    day_parts: list[str]  # joined to the name of a weekday: "dinsdagavond"
    not_after: list[str]  # words before a number that is no year: "resolutie 2087"
    not_before: list[str]  # words behind one: "2010 mal"
    tables: dict[str, dict[str, int | str]]
    point: dict[str, list[str]]
    nested: dict[str, list[str]]
    part: dict[str, list[str]]
    top: dict[str, list[str]]


class Atom(NamedTuple):
    """A word, a number or a sign of a sentence; ``start`` counts from the sentence's first code point."""

    text: str
    low: str
    start: int
    end: int
    glued: bool  # no white space before it

    @property
    def is_number(self) -> bool:
        return self.text[0].isdecimal()


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit of time."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Node:
    """An expression as matched: an operation and what its references were bound to."""

    op: str
    args: Mapping[str, object]


def atoms(text: str) -> list[Atom]:
    """Cut a sentence into words, numbers and signs, whatever its tokenizer did."""
    found: list[Atom] = []
    for match in _ATOM.finditer(text):
        low = match[0].lower()
        glued = bool(found) and found[-1].end == match.start()
        found.append(Atom(match[0], "'" if low in "’‘ʼ`´" else "-" if low in "–—‑‐" else low, match.start(), match.end(), glued))
    return found


def forms(form: str) -> list[str]:
    """The forms that a table's key stands for."""
    stem, *endings = form.split("/")
    return [stem + ending for ending in endings] or [stem]


def lows_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case."""
    return tuple(a.low for a in atoms(text))


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of a table; ``lower`` if a capital would make it another word (German "morgen" and "Morgen")."""

    lows: tuple[str, ...]
    value: int | str
    lower: bool


@dataclass(frozen=True, slots=True)
class Literal:
    """One of some words."""

    choices: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A table, a number or a nested expression, and the name that its value is bound to."""

    name: str
    bind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern without options; the expression is what ``elements[opens:closes]`` matched."""

    op: str
    elements: tuple[Literal | Reference, ...]
    opens: int
    closes: int


def _variants(pattern: str) -> Iterator[list[str]]:
    """The pattern with and without each optional group."""
    parts: list[list[list[str]]] = [[[]]]
    for piece in _ELEMENT.findall(pattern):
        if piece == "[":
            parts.append([[], []])
        elif piece == "]":
            parts.append([[]])
        else:
            parts[-1][0].append(piece)
    if sum(len(part) == 2 for part in parts) > _OPTIONAL_GROUPS:
        raise ValueError(f"more than {_OPTIONAL_GROUPS} optional groups in the pattern {pattern!r}")
    for chosen in product(*parts):
        yield [piece for part in chosen for piece in part]


def rules(op: str, pattern: str) -> Iterator[Rule]:
    """The rules that a pattern stands for, one for each choice of its optional groups."""
    for pieces in _variants(pattern):
        elements: list[Literal | Reference] = []
        marks: list[int] = []
        for piece in pieces:
            if piece == "^":
                marks.append(len(elements))
            elif piece.startswith("{"):
                name, _, bind = piece[1:-1].partition(":")
                elements.append(Reference(name, bind or name))
            else:
                elements.append(Literal(tuple(lows_of(choice.replace("_", " ")) for choice in piece.split("|"))))
        if elements:
            opens, closes = [*marks, *[0, len(elements)][len(marks) :]][:2]
            yield Rule(op, tuple(elements), opens, closes)
