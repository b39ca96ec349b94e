"""Finding expressions of time: the pattern language of ``kg/data/times`` and its matcher.

A data file holds tables (class of words → form → value) and rules (operation → patterns). A pattern is a row of
literals (``a|b`` alternatives) and references in braces: a table (``{month}``), a number in digits (``{day}``,
``{year}`` ...) or a nested expression (``{point}``, ``{time}``); ``{month:b}`` binds under another name, ``a_b`` is
a literal of two words, ``[...]`` is optional, the first ``^`` marks where the expression starts and a second one where it ends, so that words around it
can be asked for without being part of it. Levels keep the grammar free of recursion: ``part`` rules nest points,
``top`` rules nest points and parts. What an operation means is told once for all languages in ``timevalues``.

The pattern language is our own; the division of labour (expressions as data, one evaluator) follows HeidelTime
(Strötgen and Gertz 2010).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

import msgspec
from babel import Locale

from kg.data import load
from kg.data.units import units
from kg.records import Language

__all__ = ["Atom", "Grammar", "Length", "Node", "atoms", "grammar"]

_ATOM = re.compile(r"\d+(?:[.,]\d{3})+(?!\d)|\d+|[^\W\d_]+|\S")
_ELEMENT = re.compile(r"\[|\]|\^|\{[^}]*\}|[^\s\[\]{}^]+")
_YEARS = range(1800, 2101)
_OPTIONAL_GROUPS = 5  # a pattern with more would make too many variants
_SIGNS = frozenset("€$£%°")


class TimeFile(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``kg/data/times/*.yaml``.

    A form ``stem/a/b`` stands for "stema" and "stemb"; ``=word`` must be in lower case. Values of units are "day",
    "week" ... or "3 month".
    """

    capital: bool  # whether month and day names have a capital
    day_suffixes: list[str]
    day_parts: list[str]  # joined to the name of a weekday: "dinsdagavond"
    not_after: list[str]  # words before a number that is no year: "resolutie 2087"
    tables: dict[str, dict[str, int | str]]
    point: dict[str, list[str]]
    nested: dict[str, list[str]]
    part: dict[str, list[str]]
    top: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Atom:
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


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits ``atoms[begin:end]``; the expression itself is ``atoms[first:last + 1]``."""

    node: Node
    first: int
    last: int
    end: int


def atoms(text: str) -> list[Atom]:
    """Cut a sentence into words, numbers and signs, whatever its tokenizer did."""
    found: list[Atom] = []
    for match in _ATOM.finditer(text):
        low = match[0].lower()
        glued = bool(found) and found[-1].end == match.start()
        found.append(Atom(match[0], "'" if low in "’‘ʼ`´" else "-" if low in "–—‑‐" else low, match.start(), match.end(), glued))
    return found


def _forms(form: str) -> list[str]:
    stem, *endings = form.split("/")
    return [stem + ending for ending in endings] or [stem]


def _lows(text: str) -> tuple[str, ...]:
    return tuple(a.low for a in atoms(text))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A form of a table; ``lower`` if a capital would make it another word (German "morgen" and "Morgen")."""

    lows: tuple[str, ...]
    value: int | str
    lower: bool


@dataclass(frozen=True, slots=True)
class _Literal:
    choices: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Reference:
    name: str
    bind: str


@dataclass(frozen=True, slots=True)
class _Rule:
    op: str
    elements: tuple[_Literal | _Reference, ...]
    opens: int  # number of elements before the expression
    closes: int  # number of elements up to the expression's end


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


def _rules(op: str, pattern: str) -> Iterator[_Rule]:
    for pieces in _variants(pattern):
        elements: list[_Literal | _Reference] = []
        marks: list[int] = []
        for piece in pieces:
            if piece == "^":
                marks.append(len(elements))
            elif piece.startswith("{"):
                name, _, bind = piece[1:-1].partition(":")
                elements.append(_Reference(name, bind or name))
            else:
                elements.append(_Literal(tuple(_lows(choice.replace("_", " ")) for choice in piece.split("|"))))
        if elements:
            opens, closes = [*marks, *[0, len(elements)][len(marks) :]][:2]
            yield _Rule(op, tuple(elements), opens, closes)


@cache
def grammar(language: Language) -> Grammar:
    """The grammar of a language, read once."""
    return Grammar(load(f"times/{language}.yaml", TimeFile), language)


class Grammar:
    """Rules and tables of one language, indexed by the words that can start them."""

    def __init__(self, file: TimeFile, language: Language) -> None:
        self.language = language
        self._file = file
        self._capital = file.capital
        self._tables: dict[str, dict[str, list[_Entry]]] = {}
        for name, table in file.tables.items():
            for form, value in table.items():
                for one in _forms(form):
                    self._put(name, one, value)
        locale = Locale.parse(language)
        for context in ("format", "stand-alone"):
            for number, name in locale.months[context]["wide"].items():
                self._put("month", name, number)
                self._put("mon", name, number)
            for number, name in locale.months[context]["abbreviated"].items():
                self._put("mon", name.rstrip("."), number)
                self._put("mon", name.rstrip(".") + ".", number)
            for number, name in locale.days[context]["wide"].items():
                for part in ("", *file.day_parts):
                    self._put("weekday", name + part, number)
        for table_ in self._tables.values():
            for entries in table_.values():
                entries.sort(key=lambda entry: -len(entry.lows))
        self._named = {
            "point": self._compile(file.point) + self._compile(file.nested),
            "relative_year": [r for r in self._compile(file.point) if r.op in ("last", "this", "next", "same", "following", "preceding")],
        }
        self._named["partial"] = self._compile(file.part)
        self._named["time"] = self._named["point"] + self._named["partial"]
        outer = self._compile(file.top) + self._compile(file.part) + self._compile(file.point)
        self._index: dict[str, list[_Rule]] = {}
        for rule in outer:
            for key in sorted(self._starts(rule)):
                self._index.setdefault(key, []).append(rule)
        self._inner: dict[str, dict[str, list[_Rule]]] = {}
        for name, rules in self._named.items():
            index = self._inner.setdefault(name, {})
            for rule in rules:
                for key in sorted(self._starts(rule)):
                    index.setdefault(key, []).append(rule)
        self._not_after = frozenset(file.not_after)

    def _put(self, table: str, form: str, value: int | str) -> None:
        lows = _lows(form.lstrip("="))
        entry = _Entry(lows, value, form.startswith("="))
        entries = self._tables.setdefault(table, {}).setdefault(lows[0], [])
        if entry not in entries:
            entries.append(entry)

    def _compile(self, rules: dict[str, list[str]]) -> list[_Rule]:
        return [rule for op, patterns in rules.items() for pattern in patterns for rule in _rules(op, pattern)]

    def _starts(self, rule: _Rule) -> set[str]:
        """The lower-case words that a rule can start with; "#" stands for digits."""
        first = rule.elements[0]
        if isinstance(first, _Literal):
            return {choice[0] for choice in first.choices}
        match first.name:
            case "day" | "yy" | "monthnumber" | "tens" | "plainyear":
                return {"#"}
            case "year":
                return {"#", "'"} | {s for r in self._named["relative_year"] for s in self._starts(r)}
            case "length":
                return {"#", *self._tables.get("number", {}), *self._tables.get("length", {})}
            case "number":
                return {"#", *self._tables.get("number", {})}
            case name if name in self._named:
                return {s for r in self._named[name] for s in self._starts(r)}
            case name if name in self._tables:
                return set(self._tables[name])
            case name:
                raise ValueError(f"times/{self.language}.yaml: no table {name!r} for the rule {rule.op!r}")

    def find(self, row: list[Atom]) -> Iterator[Match]:
        """The expressions of a sentence from left to right, each the longest that starts where it does."""
        search = _Search(self, row)
        i = 0
        while i < len(row):
            best: Match | None = None
            for rule in self._index.get(_key(row[i]), ()):
                for end, node, ends in search.rule(rule, i):
                    first, last = ends[rule.opens], ends[rule.closes] - 1
                    if (best is None or (last, end) > (best.last, best.end)) and self._stands(row, i, end, node):
                        best = Match(node, first, last, end)
            if best is None:
                i += 1
            else:
                yield best
                i = max(best.last + 1, i + 1)

    def _stands(self, row: list[Atom], begin: int, end: int, node: Node) -> bool:
        """Whether the words stand for themselves and are no piece of a name, a price or a bigger number."""
        first, before = row[begin], row[begin - 1] if begin else None
        if before is not None and first.glued:
            if before.low.isalnum() or before.text in _SIGNS:
                return False
            if before.glued and before.low in "-/" and begin > 1 and row[begin - 2].low.isalnum():
                return False
            if before.low in ".," and first.is_number and begin > 1 and row[begin - 2].is_number and before.glued:
                return False
        if first.is_number and before is not None and (before.text in _SIGNS or before.low in self._not_after):
            return False
        if end >= len(row):
            return True
        after = row[end]
        if after.glued and after.low.isalnum() or after.text in _SIGNS and row[end - 1].is_number:
            return False
        if after.glued and end + 1 < len(row) and row[end + 1].glued:
            beyond = row[end + 1]
            if after.low in "-/" and beyond.low.isalnum() or after.low in ".:," and beyond.is_number and row[end - 1].is_number:
                return False
        return not (row[end - 1].is_number and len(row[end - 1].text) == 4 and self._counts(row, end))

    def _counts(self, row: list[Atom], end: int) -> bool:
        """Whether a number that could be a year is followed by what it counts ("2000 soldiers")."""
        after, before = row[end], row[end - 2].low if end > 1 else ""
        if not after.low.isalpha() or any(before in self._tables.get(name, ()) for name in ("mon", "season", "yearword")):
            return False
        counted = units().find(after.low, self.language) is not None
        round_number = int(row[end - 1].text) % 100 == 0 if row[end - 1].text.isdecimal() else False
        capital = self.language == "de" and after.text[0].isupper() and not before.isalpha()
        return counted or round_number or capital


def _key(atom: Atom) -> str:
    return "#" if atom.is_number else atom.low


class _Search:
    """One sentence under search; nested expressions are matched once per place."""

    def __init__(self, grammar: Grammar, row: list[Atom]) -> None:
        self._grammar = grammar
        self._row = row
        self._memo: dict[tuple[str, int], list[tuple[int, object]]] = {}

    def rule(self, rule: _Rule, i: int) -> list[tuple[int, Node, list[int]]]:
        """All ways in which a rule fits at ``i``: end, node, and where each element starts (and the last ends)."""
        states: list[tuple[list[int], dict[str, object]]] = [([i], {})]
        for element in rule.elements:
            following: list[tuple[list[int], dict[str, object]]] = []
            for ends, bound in states:
                if isinstance(element, _Literal):
                    for choice in element.choices:
                        if self._literal(choice, ends[-1]):
                            following.append(([*ends, ends[-1] + len(choice)], bound))
                else:
                    for end, value in self._reference(element.name, ends[-1]):
                        following.append(([*ends, end], bound | {element.bind: value}))
            states = following
            if not states:
                return []
        return [(ends[-1], Node(rule.op, bound), ends) for ends, bound in states]

    def _literal(self, choice: tuple[str, ...], i: int) -> bool:
        row = self._row
        return i + len(choice) <= len(row) and all(row[i + k].low == low for k, low in enumerate(choice))

    def _reference(self, name: str, i: int) -> list[tuple[int, object]]:
        if i >= len(self._row):
            return []
        if (name, i) not in self._memo:
            self._memo[name, i] = self._look(name, i)
        return self._memo[name, i]

    def _look(self, name: str, i: int) -> list[tuple[int, object]]:
        row, atom = self._row, self._row[i]
        digits = int(atom.text) if atom.text.isdecimal() and len(atom.text) <= 4 else None
        match name:
            case "day":
                return self._day(i) if digits and digits <= 31 and len(atom.text) <= 2 else []
            case "monthnumber":
                return [(i + 1, digits)] if digits and digits <= 12 and len(atom.text) <= 2 else []
            case "tens":
                whole = digits in _YEARS and len(atom.text) == 4 or digits is not None and len(atom.text) == 2
                return [(i + 1, digits)] if whole and digits is not None and digits % 10 == 0 else []
            case "yy":
                return [(i + 1, digits)] if digits is not None and len(atom.text) == 2 else []
            case "plainyear":
                return [(i + 1, digits)] if digits in _YEARS and len(atom.text) == 4 else []
            case "year":
                found: list[tuple[int, object]] = []
                if digits in _YEARS and len(atom.text) == 4:
                    found.append((i + 1, digits))
                elif atom.low == "'" and i + 1 < len(row) and row[i + 1].glued and re.fullmatch(r"\d\d", row[i + 1].text):
                    short = int(row[i + 1].text)
                    found.append((i + 2, 2000 + short if short < 50 else 1900 + short))
                relative = self._nested("relative_year", i)
                return found + [(e, n) for e, n in relative if isinstance(n, Node) and n.args.get("unit") == "year"]
            case "number":
                return self._number(i)
            case "length":
                return self._length(i)
            case nested if nested in self._grammar._named:
                return list(self._nested(nested, i))
            case table:
                return list(self._table(table, i))

    def _nested(self, name: str, i: int) -> list[tuple[int, Node]]:
        rules = self._grammar._inner[name].get(_key(self._row[i]), ())
        return [(end, node) for rule in rules for end, node, _ in self.rule(rule, i)]

    def _day(self, i: int) -> list[tuple[int, object]]:
        day, after = int(self._row[i].text), self._row[i + 1] if i + 1 < len(self._row) else None
        if after is not None and after.glued and after.low in self._grammar._file.day_suffixes:
            return [(i + 2, day)]
        return [(i + 1, day)]

    def _number(self, i: int) -> list[tuple[int, object]]:
        text = self._row[i].text
        if text.isdecimal():
            return [(i + 1, int(text))] if len(text) <= 3 else []
        return list(self._table("number", i))

    def _length(self, i: int) -> list[tuple[int, object]]:
        found: list[tuple[int, object]] = []
        for end, number in self._number(i):
            if end < len(self._row) and self._row[end].low == "-":  # "a two-day"
                end += 1
            for last, unit in self._reference("unit", end):
                found.append((last, _times(int(str(number)), str(unit))))
        return found + [(end, _times(1, str(value))) for end, value in self._table("length", i)]

    def _table(self, name: str, i: int) -> list[tuple[int, int | str]]:
        row, found = self._row, []
        for entry in self._grammar._tables.get(name, {}).get(row[i].low, ()):
            if not self._literal(entry.lows, i) or (entry.lower and row[i].text[0].isupper()):
                continue
            if name not in ("month", "mon", "weekday") or self._cased(i):
                found.append((i + len(entry.lows), entry.value))
        return found

    def _cased(self, i: int) -> bool:
        """Names of months and days have a capital or none, as the language has it; a first word may have one."""
        text = self._row[i].text
        if self._grammar._capital:
            return text[0].isupper()
        return text[0].islower() or text.isupper() or all(not a.low.isalnum() for a in self._row[:i])


def _times(count: int, unit: str) -> Length:
    """ "3 month" twice is six months."""
    number, _, name = unit.rpartition(" ")
    return Length(count * int(number or 1), name)
