"""JSON Lines (an object a line) and JSON (an object, a list of them, or an object that holds such a list)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from kg.read.fields import EMPTY, articles_of_rows
from kg.read.skipped import Skipped, Unreadable
from kg.read.source import Input
from kg.records import Article

__all__ = ["read_json", "read_json_lines"]

_LINE = 5_000_000  # bytes of one record with all its fields
_FILE = 100_000_000  # bytes of a JSON file, which is read whole; JSON Lines may be of any size
_LISTS = ("articles", "items", "results", "docs", "posts", "documents", "data", "response")
"""Where web services keep their list: NewsAPI, JSON Feed, The Guardian, The New York Times."""


def read_json_lines(given: Input) -> Iterator[Article | Skipped]:
    """An article a line. Raises ``Unreadable`` at a line that never ends."""
    return articles_of_rows(given, _lines(given))


def _lines(given: Input) -> Iterator[tuple[int, Mapping[str, object] | Unreadable, bytes]]:
    number = empty = 0
    while line := given.stream.readline(_LINE + 1):
        number += 1
        if len(line) > _LINE:
            raise Unreadable(f"line {number} is longer than {_LINE / 1e6:.0f} MB; the rest is not read")
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            empty += 1
            if empty > EMPTY:
                raise Unreadable(f"more than {EMPTY} empty lines; the rest is not read")
        else:
            yield number, _object(line.removeprefix(b"\xef\xbb\xbf")), line


def _object(line: bytes) -> Mapping[str, object] | Unreadable:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        return Unreadable(f"not JSON: {error}")
    return row if isinstance(row, dict) else Unreadable("not a JSON object")


def read_json(given: Input) -> Iterator[Article | Skipped]:
    """An article for each object in the file. Raises ``Unreadable`` where there is none."""
    data = given.all(_FILE)
    try:
        value = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        if b"\n{" in data:  # JSON Lines under another name
            return articles_of_rows(given, ((n, _object(line), line) for n, line in enumerate(data.splitlines(), 1) if line.strip()))
        raise Unreadable(f"not JSON: {error}") from None
    rows = _list(value)
    if rows is None:
        raise Unreadable("no articles in it: neither an object with text nor a list of them")
    return articles_of_rows(given, ((n, row, msgspec.json.encode(row)) for n, row in enumerate(rows, 1)))


def _list(value: object, depth: int = 0) -> list[Mapping[str, object]] | None:
    if isinstance(value, list):
        rows: list[Mapping[str, object]] = [row for row in value if isinstance(row, dict)]
        return rows or None
    if isinstance(value, dict):
        for name in _LISTS if depth < 3 else ():
            if isinstance(value.get(name), list | dict) and (inner := _list(value[name], depth + 1)):
                return inner
        return [value]
    return None
