"""Which reader reads what: by the name's ending, else by the first bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import IO

from kg.read.archive import open_compressed, open_wacz, open_zip
from kg.read.feed import read_xml
from kg.read.fields import knows
from kg.read.jsonlines import read_json, read_json_lines
from kg.read.mail import read_mail
from kg.read.pdf import read_pdf
from kg.read.skipped import Skipped, Unreadable
from kg.read.source import Container, Input, Reader
from kg.read.table import delimiter, read_table
from kg.read.text import read_text
from kg.read.warc import open_warc
from kg.read.webpage import read_page
from kg.read.word import read_docx
from kg.records import Article

__all__ = ["SUFFIXES", "identify", "read"]

_READERS: Mapping[str, Reader] = MappingProxyType({
    ".txt": read_text, ".md": read_text,
    ".html": read_page, ".htm": read_page, ".xhtml": read_page, ".pdf": read_pdf, ".docx": read_docx,
    ".jsonl": read_json_lines, ".ndjson": read_json_lines, ".json": read_json, ".csv": read_table, ".tsv": read_table,
    ".xml": read_xml, ".rss": read_xml, ".atom": read_xml, ".rdf": read_xml, ".eml": read_mail,
})  # fmt: skip
_CONTAINERS: Mapping[str, Container] = MappingProxyType({
    ".zip": open_zip, ".wacz": open_wacz, ".warc": open_warc,
    ".gz": open_compressed, ".bz2": open_compressed, ".xz": open_compressed,
})  # fmt: skip
SUFFIXES = frozenset(_READERS) | frozenset(_CONTAINERS)
"""Every ending of a file name that is read."""

_DEPTH = 4  # archives within each other: a WARC file in a WACZ archive in a zip file
_HEAD = 4096  # bytes by which a format is told
_MAGIC = ((b"%PDF-", ".pdf"), (b"\x1f\x8b", ".gz"), (b"BZh", ".bz2"), (b"\xfd7zXZ\0", ".xz"), (b"WARC/", ".warc"), (b"PK\x03\x04", ".zip"))
_HEADER = rb"(?:from|to|subject|date|message-id|received|return-path|mime-version|delivered-to|list-id)"
_MAIL = re.compile(rb"(?:" + _HEADER + rb" ?:[^\n]*\n(?:[ \t][^\n]*\n)*){2}", re.IGNORECASE)

_ADDRESS = re.compile(r"0x[0-9a-f]{6,}|\b[0-9]{12,}\b")  # in memory, which some errors tell: it is another in every run
_FIRST_ELEMENT = re.compile(r"(?:<\?[^>]*>\s*|<!--[^>]*-->\s*|<!doctype[^>]*>\s*)*<([\w:.-]+)")
_XML = frozenset({"rss", "feed", "rdf", "newsitem", "newsmessage"})
_LIST = re.compile(r'\{\s*"(?:articles|docs|items|response|results|status|version)"')


def read(given: Input) -> Iterator[Article | Skipped]:
    """All articles in something; whatever is wrong with it is a ``Skipped``, so that nothing stops the others."""
    try:
        if not given.suffix:
            head, stream = _ahead(given.stream)
            given = replace(given, suffix=identify(head), stream=stream)
        if reader := _READERS.get(given.suffix):
            yield from reader(given)
        elif container := _CONTAINERS.get(given.suffix):
            if given.depth >= _DEPTH:
                raise Unreadable(f"more than {_DEPTH} archives within each other")
            for inner in container(given):
                if isinstance(inner, Skipped):
                    yield inner
                elif inner.suffix in SUFFIXES or not inner.suffix:
                    yield from read(inner)
        else:
            raise Unreadable(f"kg does not read {given.suffix} files")
    except Unreadable as error:
        yield Skipped(given.name, str(error))
    except OSError as error:
        yield Skipped(given.name, error.strerror or str(error))
    except Exception as error:  # libraries fail on damaged files in ways that nobody can list
        yield Skipped(given.name, f"damaged, or not what its name says: {type(error).__name__}: {_ADDRESS.sub('…', str(error))}")


class _Joined(io.RawIOBase):
    """Bytes read ahead, and the stream that they came from."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        size = len(buffer)
        data, self._head = (self._head[:size], self._head[size:]) if self._head else (self._rest.read(size), b"")
        buffer[: len(data)] = data
        return len(data)


def _ahead(stream: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """The first bytes, also where they come in drips, and a stream that still holds them."""
    head = b""
    while len(head) < _HEAD and (more := stream.read(_HEAD - len(head))):
        head += more
    if stream.seekable():
        stream.seek(-len(head), io.SEEK_CUR)
        return head, stream
    return head, io.BufferedReader(_Joined(head, stream))


def identify(head: bytes) -> str:
    """The suffix of the format that the first bytes show; ``.txt`` where they show none."""
    if found := next((suffix for magic, suffix in _MAGIC if head.startswith(magic)), None):
        if found == ".zip" and b"word/" in head:
            return ".docx"
        return ".docx" if head[30:49] == b"[Content_Types].xml" else found
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    low = text[:1000].lower()
    if low.startswith("<"):
        first = _FIRST_ELEMENT.match(low)
        name = first[1].rpartition(":")[2] if first else ""
        return ".xml" if name in _XML or (low.startswith("<?xml") and name != "html") else ".html"
    if low.startswith("{"):  # an object a line, unless the first holds the list or goes on in the next line
        one_line = re.match(r"\{[^\n]*\}\s*\n\s*\{", text) or "\n" not in text.rstrip()
        return ".jsonl" if one_line and not _LIST.match(low) else ".json"
    if re.match(r"\[\s*\{", low):
        return ".json"
    if _MAIL.match(head.replace(b"\r\n", b"\n")):
        return ".eml"
    header = text.partition("\n")[0]
    return ".csv" if knows(header.replace('"', "").split(delimiter(header))) else ".txt"
