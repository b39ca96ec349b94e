"""Rows of tables and JSON objects → articles, by the names of their fields.

Which names mean what is in ``fields.yaml``; the user's ``--field NAME=COLUMN`` goes before it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from kg.data import load
from kg.errors import InputError
from kg.read.article import Metadata, taken_out, with_title
from kg.read.clean import one_line, web_address
from kg.read.dates import as_date
from kg.read.markup import looks_like_markup, plain
from kg.read.skipped import Skipped, Unreadable
from kg.read.source import Input
from kg.records import Article

__all__ = ["EMPTY", "FIELDS", "article_of_row", "articles_of_rows", "field_mapping", "knows"]

FIELDS = ("text", "title", "published", "author", "publisher", "url", "language", "id")
EMPTY = 20_000  # rows without a word; a file that has more is made to waste time
_BAD = 100  # rows
_PARTS = 50  # of a list; no article has more authors


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    return {field: tuple(map(_key, names)) for field, names in load("fields.yaml", dict[str, list[str]]).items()}


def field_mapping(options: Iterable[str]) -> dict[str, str]:
    """``text=Body`` and the like as a mapping; ``text=Lead+Body`` joins two. Raises ``InputError``."""
    mapping: dict[str, str] = {}
    for option in options:
        field, equals, column = option.partition("=")
        if not equals or not column or field not in FIELDS:
            raise InputError(f"--field {option}: write NAME=COLUMN with one of {', '.join(FIELDS)}")
        mapping[field] = column
    return mapping


def knows(columns: Iterable[str]) -> bool:
    """Whether names of columns are those of articles: one that holds text and one more that we know."""
    keys = {_key(column) for column in columns}
    return bool(keys & set(_names()["text"])) and sum(bool(keys & set(names)) for names in _names().values()) > 1


def articles_of_rows(given: Input, rows: Iterable[tuple[int, Mapping[str, object] | Unreadable, bytes]]) -> Iterator[Article | Skipped]:
    """An article for each row (number, fields or why there are none, bytes); a bad row is skipped, not the file.

    Raises ``Unreadable`` where the first hundred are all bad: then it is the file, and one line says so.
    """
    bad: list[Skipped] | None = []
    for number, row, raw in rows:
        try:
            if isinstance(row, Unreadable):
                raise row
            article = article_of_row(given, number, row, raw)
        except Unreadable as error:
            skipped = Skipped(f"{given.name}#{number}", str(error))
            if bad is None:
                yield skipped
                continue
            bad.append(skipped)
            if len(bad) == _BAD:
                raise Unreadable(f"none of the first {_BAD} rows is an article: {error}") from None
        else:
            yield from bad or ()
            bad = None
            yield article
    yield from bad or ()


def article_of_row(given: Input, number: int, row: Mapping[str, object], raw: bytes) -> Article:
    """The article of one row; named by its id, else its address, else its number. Raises ``Unreadable`` where it has no text."""
    flat = {_key(name): value for name, value in row.items()}

    def value(field: str) -> object:
        if column := given.fields.get(field):
            parts = [_string(_reach(flat, _key(part))) for part in column.split("+")]
            return "\n\n".join(part for part in parts if part)
        return next((found for name in _names()[field] if _string(found := _reach(flat, name))), None)

    title, text, publisher, url = (_string(value(field)) for field in ("title", "text", "publisher", "url"))
    if looks_like_markup(text):
        text = plain(text)
    if looks_like_markup(title):
        title = plain(title)
    if host := web_address(publisher):
        publisher = urlsplit(host).hostname or ""
    if not text:
        wanted = given.fields.get("text")
        raise Unreadable(f"nothing in {wanted}" if wanted else "no field with text; name it with --field text=COLUMN")
    known = Metadata(
        title, _string(value("author")), as_date(value("published")), publisher, _string(value("language")), url,
        hashlib.sha256(raw).hexdigest(),
    )  # fmt: skip
    name = one_line(_string(value("id"))) or web_address(url) or str(number)
    return taken_out(f"{given.name}#{name}", with_title(title, text), known)


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", str(name)[:200]).casefold()


def _reach(flat: Mapping[str, object], name: str) -> object:
    """The value of a field, or of one inside an object ("content.rendered"); a list of objects gives their names."""
    if name in flat:
        return flat[name]
    head, _, rest = name.partition(".")
    inner = flat.get(head)
    if rest and isinstance(inner, dict):
        return _reach({_key(key): value for key, value in inner.items()}, rest)
    return None


def _string(value: object) -> str:
    """A field as text: a list joined, an object by its name; empty for what is no text."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(part for item in value[:_PARTS] if (part := _string(item if not isinstance(item, dict) else item.get("name"))))
    return ""
