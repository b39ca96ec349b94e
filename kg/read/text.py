"""Plain text and Markdown: the article is the file, character for character."""

from __future__ import annotations

from collections.abc import Iterator

from kg.read.article import MAX_BYTES, make_article
from kg.read.skipped import Unreadable
from kg.read.source import Input
from kg.records import Article

__all__ = ["decode", "read_text"]


def read_text(given: Input) -> Iterator[Article]:
    """The one article of a text file."""
    text = decode(given.all(MAX_BYTES))
    if not text.strip():
        raise Unreadable("empty")
    yield make_article(given.name, text)


def decode(data: bytes) -> str:
    """UTF-8 (with or without a mark) or UTF-16 with a mark; line ends become ``\\n``. Raises ``Unreadable`` for anything else."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        kind = "a binary file" if b"\0" in data[:8192] else "not valid UTF-8"
        raise Unreadable(f"{kind}; save it as UTF-8 text")
    return text.replace("\r\n", "\n").replace("\r", "\n")
