"""No regular expression of the program backtracks itself to death: whatever it matches, told over and over, takes time in proportion.

A process of its own notes every pattern that kg's modules compile while they are imported and read an article a language. Each pattern is then
asked of long texts, by the methods by which the program asks it: one that it matches, of which a piece is repeated. The long run:
``python -m pytest tests/test_patterns.py --cases 1000``, a hundred texts for each pattern.
"""

from __future__ import annotations

import ast
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ONE_A_LANGUAGE, ROOT
from tests.effort import within

_LENGTH = 50_000  # characters, for which half a second is allowed: a second for 100 kB
_NOTED = """
import importlib, json, pkgutil, re, sys
from pathlib import Path
found, compile = {}, re._compile

def noted(pattern, flags):  # every way to a pattern leads through here
    frame = sys._getframe(1)
    while frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    if (place := Path(frame.f_code.co_filename)).is_relative_to(sys.argv[1]) and isinstance(pattern, str):
        found[pattern, int(flags)] = str(place), frame.f_lineno
    return compile(pattern, flags)

re._compile = noted
import kg
for module in pkgutil.walk_packages(kg.__path__, "kg."):
    if not module.name.startswith("kg.train.") and not module.name.endswith("__main__"):  # torch is not here
        importlib.import_module(module.name)
from kg.pipeline import read_article
from kg.read import make_article
for path in map(Path, sys.argv[2:]):
    read_article(make_article(path.name, path.read_text(encoding="utf-8")))
print(json.dumps(sorted((place, pattern, flags) for (pattern, flags), place in found.items())))
"""


Place = tuple[str, int]
"""A file and a line in it."""


@cache
def patterns() -> list[tuple[Place, re.Pattern[str]]]:
    """The place and the pattern of each."""
    command = [sys.executable, "-c", _NOTED, str(ROOT / "kg"), *map(str, ONE_A_LANGUAGE)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return [((file, line), re.compile(pattern, flags)) for (file, line), pattern, flags in json.loads(told.splitlines()[-1])]


@cache
def texts(number: int) -> st.SearchStrategy[str]:
    """What a pattern finds something in."""
    return st.from_regex(patterns()[number][1], alphabet=st.characters())


@cache
def tree(file: str) -> ast.Module:
    return ast.parse(Path(file).read_text(encoding="utf-8"))


@cache
def asked() -> dict[str, set[str]]:
    """Name of a pattern, or of a function that gives one → the methods that are called on it anywhere in the program."""
    found: dict[str, set[str]] = {}
    for file in (ROOT / "kg").rglob("*.py"):
        for node in ast.walk(tree(str(file))):
            if isinstance(node, ast.Attribute) and node.attr in WAYS:
                inner = node.value.func if isinstance(node.value, ast.Call) else node.value
                if isinstance(inner, ast.Name):
                    found.setdefault(inner.id, set()).add(node.attr)
    return found


def ways(place: Place) -> set[str]:
    """The methods by which the pattern that is compiled at a place is asked; all where that cannot be seen."""
    file, line = place
    here = [node for node in ast.walk(tree(file)) if isinstance(node, ast.stmt | ast.expr) and node.lineno <= line <= (node.end_lineno or 0)]
    inline = {node.func.attr for node in here if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)} & WAYS.keys()
    direct = {node.attr for node in here if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call)} & WAYS.keys()
    return inline or direct or set().union(*(asked().get(name, set()) for name in names(here))) or set(WAYS)


def names(around: list[ast.stmt | ast.expr]) -> Iterator[str]:
    """What is assigned, and the functions, around a place."""
    for node in around:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield from (name.id for name in ast.walk(target) if isinstance(name, ast.Name))
        elif isinstance(node, ast.FunctionDef):
            yield node.name


WAYS = {
    "search": lambda pattern, text: pattern.search(text),
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "findall": lambda pattern, text: pattern.findall(text),
    "finditer": lambda pattern, text: list(pattern.finditer(text)),
    "split": lambda pattern, text: pattern.split(text),
    "sub": lambda pattern, text: pattern.sub("", text),
}


def test_there_are_patterns_from_all_rooms() -> None:
    rooms = {Path(file).relative_to(ROOT / "kg").parts[0] for (file, _), _ in patterns()}
    assert {"annotate", "data", "extract", "graph", "read", "resolve", "serve", "view"} <= rooms
    assert len(patterns()) > 60
    assert len([place for place, _ in patterns() if ways(place) != set(WAYS)]) > 50


def test_every_pattern_takes_time_in_proportion_to_the_text() -> None:
    few = settings(derandomize=True, max_examples=max(settings().max_examples // 10, 1))  # a slow pattern is found in every run or in none
    for number in range(len(patterns())):
        few(asking(number))()


def asking(number: int) -> Callable[[], None]:
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        ask_long(number, data)

    return ask


def ask_long(number: int, data: st.DataObject) -> None:
    """A pattern is asked of what it finds something in, with a piece told again and again."""
    (file, line), pattern = patterns()[number]
    text = data.draw(texts(number))
    begin = data.draw(st.integers(0, len(text)))
    piece = text[begin : begin + data.draw(st.integers(1, 4))] or data.draw(st.sampled_from([" ", "\n", "a", "1", ".", "-", "\u00ad"]))
    long = text[:begin] + piece * (_LENGTH // len(piece)) + data.draw(st.sampled_from(["", text[begin:], "\0", "\0" + text]))
    for way in sorted(ways((file, line))):
        try:
            in_time(way, pattern, long)
        except AssertionError as error:
            raise AssertionError(f"{file}:{line}: {way} of {pattern.pattern[:200]!r} on {text!r} with {piece!r} told again: {error}") from error


def in_time(way: str, pattern: re.Pattern[str], text: str) -> None:
    """A method of a pattern, broken off where it would take for ever."""

    def late(_number: int, _frame: object) -> None:
        raise AssertionError("more than ten processor seconds")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, 10)
    try:
        within(_LENGTH / 100_000, lambda: WAYS[way](pattern, text))
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
