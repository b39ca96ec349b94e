"""Finding expressions of time: a grammar read from ``kg/data/times`` and its matcher.

Works on words, numbers and signs cut from the sentence's text, so that it does not depend on what a tokenizer makes of
"2019-2021" or "March 3-5". Rules are indexed by the words that can start them; nested expressions are matched once per
place, so the time is linear in the sentence for all but contrived input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from kg.data import load
from kg.data.units import units
from kg.extract.timepatterns import Atom, Entry, Length, Literal, Node, Reference, Rule, TimeFile, atoms, forms, lows_of, rules
from kg.records import Language

__all__ = ["Grammar", "Match", "expressions", "grammar"]

_YEARS = range(1800, 2101)
_SIGNS = frozenset("€$£%°")
_FULL_NAME = 6  # letters from which the name of a month is not taken for an abbreviation
_RELATIVE = frozenset({"last", "this", "next", "same", "following", "preceding", "prior"})


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits ``atoms[begin:end]``; the expression itself is ``atoms[first:last + 1]``."""

    node: Node
    first: int
    last: int
    end: int


@cache
def grammar(language: Language) -> Grammar:
    """The grammar of a language, read once."""
    return Grammar(load(f"times/{language}.yaml", TimeFile), language)


@lru_cache(maxsize=4)  # times and quantities of a sentence ask one after the other
def expressions(text: str, language: Language) -> tuple[list[Atom], tuple[Match, ...]]:
    """The words of a sentence and the expressions of time in it; neither is to be changed."""
    row = atoms(text)
    return row, tuple(grammar(language).find(row))


class Grammar:
    """Rules and tables of one language, indexed by the words that can start them."""

    def __init__(self, file: TimeFile, language: Language) -> None:
        self.language = language
        self._file = file
        self._capital = file.capital
        self._tables: dict[str, dict[str, list[Entry]]] = {}
        for name, table in file.tables.items():
            for form, value in table.items():
                for one in forms(form):
                    self._put(name, one, value)
        locale = Locale.parse(language)
        for context in ("format", "stand-alone"):
            for number, name in locale.months[context]["wide"].items():
                self._put("month", name, number)
                self._put("mon", name, number)
            for number, name in locale.months[context]["abbreviated"].items():
                self._put("mon", name.rstrip("."), number)
            for number, name in locale.days[context]["wide"].items():
                for part in ("", *file.day_parts):
                    self._put("weekday", name + part, number)
        for table_ in self._tables.values():
            for entries in table_.values():
                entries.sort(key=lambda entry: -len(entry.lows))
        inner = [r for r in self._compile(file.point) if r.opens == 0 and r.closes == len(r.elements)]
        self._named = {
            "point": inner + self._compile(file.nested),
            "relative_year": [r for r in inner if r.op in _RELATIVE],
        }
        self._named["partial"] = self._compile(file.part)
        self._named["time"] = self._named["point"] + self._named["partial"]
        outer = self._compile(file.point) + self._compile(file.part) + self._compile(file.top)
        self._index = self._indexed(outer)
        self._inner = {name: self._indexed(named) for name, named in self._named.items()}
        self._not_after = frozenset(file.not_after)

    def _put(self, table: str, form: str, value: int | str) -> None:
        if table == "mon" and not form.endswith(".") and len(form) < _FULL_NAME:
            self._put(table, form + ".", value)
        lows = lows_of(form.lstrip("="))
        entry = Entry(lows, value, form.startswith("="))
        entries = self._tables.setdefault(table, {}).setdefault(lows[0], [])
        if entry not in entries:
            entries.append(entry)

    def _compile(self, level: dict[str, list[str]]) -> list[Rule]:
        return [rule for op, patterns in level.items() for pattern in patterns for rule in rules(op, pattern)]

    def _indexed(self, rules: list[Rule]) -> _Index:
        index: _Index = {}
        for rule in rules:
            first, *more = rule.elements
            single = isinstance(first, Literal) and all(len(choice) == 1 for choice in first.choices)
            second = frozenset(self._starts(more[0])) if single and more else None
            for key in sorted(self._starts(first)):
                index.setdefault(key, []).append((rule, second))
        return index

    def _starts(self, element: Literal | Reference) -> set[str]:
        """The lower-case words that an element can start with; "#" stands for digits."""
        if isinstance(element, Literal):
            return {choice[0] for choice in element.choices}
        match element.name:
            case "day" | "yy" | "monthnumber" | "tens" | "plainyear":
                return {"#"}
            case "year":
                return {"#", "'"} | {s for r in self._named["relative_year"] for s in self._starts(r.elements[0])}
            case "length":
                return {"#", *self._tables.get("number", {}), *self._tables.get("length", {})}
            case "number":
                return {"#", *self._tables.get("number", {})}
            case name if name in self._named:
                return {s for r in self._named[name] for s in self._starts(r.elements[0])}
            case name if name in self._tables:
                return set(self._tables[name])
            case name:
                raise ValueError(f"times/{self.language}.yaml: a rule asks for the table {name!r}, which is not there")

    def find(self, row: list[Atom]) -> Iterator[Match]:
        """The expressions of a sentence from left to right, each the longest that starts where it does."""
        search = _Search(self, row)
        i = 0
        while i < len(row):
            best = self._longest(search, row, i)
            if best is not None and best.first > i:  # a word before the expression was asked for: "in [mei en juni]"
                other = self._longest(search, row, best.first)
                best = other if other is not None and other.last > best.last else best
            if best is None:
                i += 1
            else:
                yield best
                i = max(best.last + 1, i + 1)

    def _longest(self, search: _Search, row: list[Atom], i: int) -> Match | None:
        """The longest expression found at ``i``; of equally long ones that of the first rule."""
        best: Match | None = None
        for rule in _fitting(self._index, row, i):
            for end, node, ends in search.rule(rule, i):
                match = Match(node, ends[rule.opens], ends[rule.closes] - 1, end)
                if (best is None or (match.last, end) > (best.last, best.end)) and self._stands(row, i, end, node):
                    best = match
        return best

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
        if (after.glued and after.low.isalnum()) or (after.text in _SIGNS and row[end - 1].is_number):
            return False
        if after.glued and end + 1 < len(row) and row[end + 1].glued:
            beyond = row[end + 1]
            if (after.low in "-/" and beyond.low.isalnum()) or (after.low in ".:," and beyond.is_number and row[end - 1].is_number):
                return False
        return not (row[end - 1].is_number and len(row[end - 1].text) == 4 and self._counts(row, end))

    def _counts(self, row: list[Atom], end: int) -> bool:
        """Whether a number that could be a year is followed by what it counts ("2000 soldiers")."""
        after, before = row[end], row[end - 2].low if end > 1 else ""
        if after.low in self._file.not_before:
            return True
        if not after.low.isalpha() or any(before in self._tables.get(name, ()) for name in ("mon", "season", "yearword")):
            return False
        counted = units().find(after.low, self.language) is not None
        round_number = int(row[end - 1].text) % 100 == 0 if row[end - 1].text.isdecimal() else False
        capital = self.language == "de" and after.text[0].isupper() and not before.isalpha()
        return counted or round_number or capital


_Index = dict[str, list[tuple[Rule, frozenset[str] | None]]]
"""Rules by the word that can start them, with the words that can follow it; None where any may."""


def _fitting(index: _Index, row: list[Atom], i: int) -> Iterator[Rule]:
    """The rules that the word at ``i`` and the next one leave."""
    following = _key(row[i + 1]) if i + 1 < len(row) else None
    for rule, second in index.get(_key(row[i]), ()):
        if second is None or following in second:
            yield rule


def _key(atom: Atom) -> str:
    return "#" if atom.is_number else atom.low


class _Search:
    """One sentence under search; nested expressions are matched once per place."""

    def __init__(self, grammar: Grammar, row: list[Atom]) -> None:
        self._grammar = grammar
        self._row = row
        self._memo: dict[tuple[str, int], list[tuple[int, object]]] = {}

    def rule(self, rule: Rule, i: int) -> list[tuple[int, Node, list[int]]]:
        """All ways in which a rule fits at ``i``: end, node, and where each element starts (and the last ends)."""
        states: list[tuple[list[int], dict[str, object]]] = [([i], {})]
        for element in rule.elements:
            following: list[tuple[list[int], dict[str, object]]] = []
            for ends, bound in states:
                if isinstance(element, Literal):
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
            case nested if nested in self._grammar._named:
                return list(self._nested(nested, i))
            case table:
                return list(self._table(table, i))

    def _nested(self, name: str, i: int) -> list[tuple[int, Node]]:
        fitting = _fitting(self._grammar._inner[name], self._row, i)
        return [(end, node) for rule in fitting for end, node, _ in self.rule(rule, i)]

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
            if not self._literal(entry.lows, i) or (entry.lower and row[i].text[0].isupper() and not self._opens(i)):
                continue
            if name not in ("month", "mon", "weekday") or self._cased(i):
                found.append((i + len(entry.lows), entry.value))
        return found

    def _cased(self, i: int) -> bool:
        """Names of months and days have a capital or none, as the language has it; a first word may have one."""
        text = self._row[i].text
        if self._grammar._capital:
            return text[0].isupper()
        return text[0].islower() or text.isupper() or self._opens(i)

    def _opens(self, i: int) -> bool:
        """Whether it is the first word of the sentence."""
        return all(not a.low.isalnum() for a in self._row[:i])


def _times(count: int, unit: str) -> Length:
    """ "3 month" twice is six months."""
    number, _, name = unit.rpartition(" ")
    return Length(count * int(number or 1), name)
