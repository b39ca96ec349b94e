"""The search for expressions of time in one sentence: rules that begin alike are tried as one, up to where they part.

The rules of a level are a tree of prefixes (a trie): each edge is an element, with the words that can start it. Nested expressions are
matched once per place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.timepatterns import Atom, Length, Literal, Node, Reference, Rule

if TYPE_CHECKING:
    from kg.extract.timegrammar import Grammar

__all__ = ["Branch", "Fit", "Search", "tree"]

_YEARS = range(1800, 2101)


class Fit(NamedTuple):
    """A way in which a rule fits: the rule and its number among those of its level, where each element starts (and the last ends), and the node."""

    number: int
    rule: Rule
    ends: tuple[int, ...]
    node: Node


@dataclass(frozen=True, slots=True)
class Branch:
    """An element behind some others: the words that can start it, whether such a word is all of it, the rules (with their numbers) that end
    with it, what may follow, and that by the word that can start it.
    """

    element: Literal | Reference
    starts: frozenset[str]
    word: bool
    rules: list[tuple[int, Rule]] = field(default_factory=list)
    following: list[Branch] = field(default_factory=list)
    after: dict[str, list[Branch]] = field(default_factory=dict)


def tree(rules: Iterable[Rule], starts: Callable[[Literal | Reference], Iterable[str]]) -> Mapping[str, list[Branch]]:
    """The rules of a level by the word that can start them; "#" stands for digits."""
    roots: list[Branch] = []
    for number, rule in enumerate(rules):
        row, path = roots, list[Branch]()
        for element in rule.elements:
            word = isinstance(element, Literal) and all(len(choice) == 1 for choice in element.choices)
            path += [one for one in row if one.element == element] or [Branch(element, frozenset(starts(element)), word)]
            if path[-1] not in row:
                row.append(path[-1])
            row = path[-1].following
        path[-1].rules.append((number, rule))
    found: dict[str, list[Branch]] = {}
    _by_start(roots, found)
    return found


def _by_start(branches: Iterable[Branch], found: dict[str, list[Branch]]) -> None:
    for branch in branches:
        for key in sorted(branch.starts):
            found.setdefault(key, []).append(branch)
        _by_start(branch.following, branch.after)


class Search:
    """One sentence under search."""

    def __init__(self, grammar: Grammar, row: list[Atom]) -> None:
        self._grammar = grammar
        self._row = row
        self.keys = ["#" if atom.is_number else atom.low for atom in row]
        self._memo: dict[tuple[str, int], list[tuple[int, object]]] = {}

    def fits(self, level: Mapping[str, list[Branch]], i: int) -> list[Fit]:
        """All ways in which the rules of a level fit at ``i``, in the order of the rules."""
        found: list[Fit] = []
        for branch in level.get(self.keys[i], ()):  # mostly none
            self._descend(branch, (i,), {}, found)
        found.sort(key=lambda fit: fit.number)
        return found

    def _descend(self, branch: Branch, ends: tuple[int, ...], bound: dict[str, object], found: list[Fit]) -> None:
        """What a branch that can start at the last of ``ends`` comes to."""
        i, element = ends[-1], branch.element
        steps: Iterable[tuple[int, dict[str, object]]]
        if branch.word:
            steps = ((i + 1, bound),)
        elif isinstance(element, Literal):
            steps = ((i + len(choice), bound) for choice in element.choices if self._literal(choice, i))
        else:
            steps = ((end, bound | {element.bind: value}) for end, value in self._reference(element.name, i))
        for end, now in steps:
            reached = (*ends, end)
            for number, rule in branch.rules:
                found.append(Fit(number, rule, reached, Node(rule.op, now)))
            if branch.after and end < len(self._row):
                key, low = self.keys[end], self._row[end].low
                for following in branch.after.get(key, ()):
                    self._descend(following, reached, now, found)
                if low != key:  # a number that stands in a rule as it is
                    for following in branch.after.get(low, ()):
                        if key not in following.starts:
                            self._descend(following, reached, now, found)

    def _literal(self, choice: tuple[str, ...], i: int) -> bool:
        row = self._row
        if i >= len(row) or row[i].low != choice[0]:  # nearly always
            return False
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
                whole = (digits in _YEARS and len(atom.text) == 4) or (digits is not None and len(atom.text) == 2)
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
            case nested if nested in self._grammar.inner:
                return list(self._nested(nested, i))
            case table:
                return list(self._table(table, i))

    def _nested(self, name: str, i: int) -> list[tuple[int, Node]]:
        return [(fit.ends[-1], fit.node) for fit in self.fits(self._grammar.inner[name], i)]

    def _day(self, i: int) -> list[tuple[int, object]]:
        day, after = int(self._row[i].text), self._row[i + 1] if i + 1 < len(self._row) else None
        if after is not None and after.glued and after.low in self._grammar.day_suffixes:
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
        for entry in self._grammar.tables.get(name, {}).get(row[i].low, ()):
            if not self._literal(entry.lows, i) or (entry.lower and row[i].text[0].isupper() and not self._opens(i)):
                continue
            if name not in ("month", "mon", "weekday") or self._cased(i):
                found.append((i + len(entry.lows), entry.value))
        return found

    def _cased(self, i: int) -> bool:
        """Names of months and days have a capital or none, as the language has it; a first word may have one."""
        text = self._row[i].text
        if self._grammar.capital:
            return text[0].isupper()
        return text[0].islower() or text.isupper() or self._opens(i)

    def _opens(self, i: int) -> bool:
        """Whether it is the first word of the sentence."""
        return all(not a.low.isalnum() for a in self._row[:i])


def _times(count: int, unit: str) -> Length:
    """ "3 month" twice is six months."""
    number, _, name = unit.rpartition(" ")
    return Length(count * int(number or 1), name)
