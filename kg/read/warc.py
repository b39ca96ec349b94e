"""WARC files (ISO 28500), such as Common Crawl's news crawl: every page that was fetched well (warcio)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import IO, Any, cast

from kg.read.clean import one_line, web_address
from kg.read.extra import need
from kg.read.skipped import Skipped
from kg.read.source import Input

__all__ = ["TYPES", "open_warc"]

TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf",
    "application/rss+xml": ".xml", "application/atom+xml": ".xml", "text/xml": ".xml", "application/xml": ".xml",
    "application/json": ".json", "application/feed+json": ".json", "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl",
    "text/csv": ".csv", "text/markdown": ".md", "message/rfc822": ".eml", "application/warc": ".warc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip", "application/gzip": ".gz", "application/x-gzip": ".gz",
}  # fmt: skip
"""Content type → the suffix of the same format."""
_PAGES = (".html", ".pdf")
_RECORD = 10_000_000  # bytes


def open_warc(given: Input) -> Iterator[Input | Skipped]:
    """The pages and PDF files in a WARC file, named by their addresses; what else a crawl fetches is passed over."""
    iterator = need("warcio.archiveiterator", "a WARC file")
    exceptions = need("warcio.exceptions", "a WARC file")
    try:
        records = iterator.ArchiveIterator(_Prompt(given.stream))
        while (record := _next(records)) is not None:
            address = web_address(record.rec_headers.get_header("WARC-Target-URI"))
            suffix = _suffix(record)
            if address is None or suffix not in _PAGES:
                continue
            name = f"{given.name}#{one_line(address)}"
            data = record.content_stream().read(_RECORD + 1)
            if len(data) > _RECORD:
                yield Skipped(name, f"more than {_RECORD / 1e6:.0f} MB")
            else:
                yield given.inner(name, suffix, io.BytesIO(data), len(data), address)
    except exceptions.ArchiveLoadFailed as error:
        yield Skipped(given.name, f"not a WARC file, or damaged: {error}; the rest is not read")


def _next(records: Iterator[Any]) -> Any:
    """The next record, or None at the end; what the library would print of a damaged one is not for the user."""
    with redirect_stderr(io.StringIO()):
        return next(records, None)


class _Prompt:
    """A stream that hands over what is there at once, so that damage further on spoils no record before it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = cast(io.BufferedReader, stream)

    def read(self, size: int = 1 << 16) -> bytes:
        return self._stream.read1(size)


def _suffix(record: object) -> str:
    kind, headers, http = (getattr(record, name, None) for name in ("rec_type", "rec_headers", "http_headers"))
    if kind == "response" and http is not None and http.get_statuscode() == "200":
        declared = http.get_header("Content-Type")
    elif kind == "resource" and headers is not None:
        declared = headers.get_header("Content-Type")
    else:
        return ""
    return TYPES.get((declared or "").partition(";")[0].strip().lower(), "")
