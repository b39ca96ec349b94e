"""Web pages: text without the page's furniture, and what its head tells (trafilatura)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from kg.read.article import Metadata, taken_out, with_title
from kg.read.dates import as_date
from kg.read.extra import need, quiet, within
from kg.read.skipped import Unreadable
from kg.read.source import Input
from kg.records import Article

__all__ = ["read_page"]

_PAGE = 10_000_000  # bytes; the heaviest pages of news sites have two million
_SECONDS = 20
_LEAST = 60  # characters; less is a menu, a caption or a notice
_DAYS = {"original_date": True, "extensive_search": False, "min_date": "1990-01-01", "max_date": "2099-12-31"}
"""The date as the page's head and markup give it. The library's own bounds lean on today's date, which we never ask."""


def read_page(given: Input) -> Iterator[Article]:
    """The one article of a page. Raises ``Unreadable`` where the page has no running text."""
    trafilatura = need("trafilatura", "a web page")
    quiet("trafilatura", "htmldate", "courlan", "justext")
    data = given.all(_PAGE)
    with within(_SECONDS):
        page = trafilatura.bare_extraction(
            data, url=given.url, with_metadata=True, include_comments=False, include_tables=False, deduplicate=False,
            favor_precision=True, date_extraction_params=dict(_DAYS),
        )  # fmt: skip
    if page is None or len(page.text or "") < _LEAST:
        raise Unreadable("no article in this page")
    known = Metadata(
        page.title, page.author, as_date(page.date), page.sitename or _host(page.url), page.language or _language(data), page.url or given.url,
        hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    yield taken_out(given.name, with_title(page.title, page.text.replace("\n", "\n\n")), known)


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _language(data: bytes) -> str | None:
    """What ``<html lang>`` says."""
    match = re.search(rb"<html\b[^<>]{0,500}?\blang=[\"']?([a-zA-Z]{2})", data[:20_000], re.IGNORECASE)
    return match[1].decode() if match else None
