"""Finding expressions of time: a grammar read from ``kg/data/times`` and its matcher.

Works on words, numbers and signs cut from the sentence's text, so that it does not depend on what a tokenizer makes of
"2019-2021" or "March 3-5". Rules are indexed by the words that can start them; nested expressions are matched once per
place (``timesearch``), so the time is linear in the sentence for all but contrived input.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from kg.data import load
from kg.data.units import units
from kg.extract.timepatterns import Atom, Entry, Literal, Node, Reference, Rule, TimeFile, atoms, forms, lows_of, rules
from kg.extract.timesearch import Search, tree
from kg.records import Language

__all__ = ["Grammar", "Match", "expressions", "grammar"]

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
        self.capital, self.day_suffixes = file.capital, frozenset(file.day_suffixes)
        self.tables: dict[str, dict[str, list[Entry]]] = {}
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
        for table_ in self.tables.values():
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
        self._outer = tree(outer, self._starts)
        self.inner = {name: tree(named, self._starts) for name, named in self._named.items()}
        self._not_after = frozenset(file.not_after)

    def _put(self, table: str, form: str, value: int | str) -> None:
        if table == "mon" and not form.endswith(".") and len(form) < _FULL_NAME:
            self._put(table, form + ".", value)
        lows = lows_of(form.lstrip("="))
        entry = Entry(lows, value, form.startswith("="))
        entries = self.tables.setdefault(table, {}).setdefault(lows[0], [])
        if entry not in entries:
            entries.append(entry)

    def _compile(self, level: dict[str, list[str]]) -> list[Rule]:
        return [rule for op, patterns in level.items() for pattern in patterns for rule in rules(op, pattern)]

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
                return {"#", *self.tables.get("number", {}), *self.tables.get("length", {})}
            case "number":
                return {"#", *self.tables.get("number", {})}
            case name if name in self._named:
                return {s for r in self._named[name] for s in self._starts(r.elements[0])}
            case name if name in self.tables:
                return set(self.tables[name])
            case name:
                raise ValueError(f"times/{self.language}.yaml: a rule asks for the table {name!r}, which is not there")

    def find(self, row: list[Atom]) -> Iterator[Match]:
        """The expressions of a sentence from left to right, each the longest that starts where it does."""
        search = Search(self, row)
        i = 0
        while i < len(row):
            best = self._longest(search, row, i) if search.keys[i] in self._outer else None
            if best is not None and best.first > i:  # a word before the expression was asked for: "in [mei en juni]"
                other = self._longest(search, row, best.first)
                best = other if other is not None and other.last > best.last else best
            if best is None:
                i += 1
            else:
                yield best
                i = max(best.last + 1, i + 1)

    def _longest(self, search: Search, row: list[Atom], i: int) -> Match | None:
        """The longest expression found at ``i``; of equally long ones that of the first rule."""
        best: Match | None = None
        for fit in search.fits(self._outer, i):
            match = Match(fit.node, fit.ends[fit.rule.opens], fit.ends[fit.rule.closes] - 1, fit.ends[-1])
            if (best is None or (match.last, match.end) > (best.last, best.end)) and self._stands(row, i, match.end):
                best = match
        return best

    def _stands(self, row: list[Atom], begin: int, end: int) -> bool:
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
        if not after.low.isalpha() or any(before in self.tables.get(name, ()) for name in ("mon", "season", "yearword")):
            return False
        counted = units().find(after.low, self.language) is not None
        round_number = int(row[end - 1].text) % 100 == 0 if row[end - 1].text.isdecimal() else False
        capital = self.language == "de" and after.text[0].isupper() and not before.isalpha()
        return counted or round_number or capital
