"""CSV and other tables of text with a line of column names: an article a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from kg.read.fields import EMPTY, articles_of_rows
from kg.read.skipped import Skipped, Unreadable
from kg.read.source import Input
from kg.records import Article

__all__ = ["delimiter", "read_table"]

_DELIMITERS = ",;\t|"
_CELL = 2_000_000  # characters; the standard library's own limit (131,072) is shorter than a long article
_COLUMNS = 2_000


def read_table(given: Input) -> Iterator[Article | Skipped]:
    """An article a row; what stands between the cells (comma, semicolon, tab, bar) is read from the first line."""
    return articles_of_rows(given, _rows(given))


def delimiter(header: str) -> str:
    """The delimiter that a line of column names uses."""
    return max(_DELIMITERS, key=header.count)


def _rows(given: Input) -> Iterator[tuple[int, Mapping[str, object] | Unreadable, bytes]]:
    csv.field_size_limit(_CELL)
    text = io.TextIOWrapper(given.stream, encoding="utf-8-sig", newline="")
    try:
        header = text.readline(_CELL)
        columns = next(csv.reader([header], delimiter=delimiter(header)), [])
        if len(columns) > _COLUMNS:
            raise Unreadable(f"{len(columns)} columns; no table of articles has so many")
        empty = 0
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter(header)), 1):
            if not any(cell.strip() for cell in cells):
                empty += 1
                if empty > EMPTY:
                    raise Unreadable(f"more than {EMPTY} empty rows; the rest is not read")
            else:
                yield number, dict(zip(columns, cells, strict=False)), "\x1f".join(cells).encode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise Unreadable("not valid UTF-8; save it as UTF-8 text") from None
    except csv.Error as error:
        raise Unreadable(f"not a table of text: {error}; the rest is not read") from None
    finally:
        text.detach()
