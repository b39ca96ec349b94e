"""RSS (0.9x, 1.0, 2.0) and Atom: an article for each entry, with the fullest text that the feed gives of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree.ElementTree import tostring

from kg.read.article import Metadata, taken_out, with_title
from kg.read.clean import web_address
from kg.read.dates import as_date
from kg.read.markup import looks_like_markup, plain
from kg.read.newsml import ITEMS, read_news
from kg.read.skipped import Skipped, Unreadable
from kg.read.source import Input
from kg.read.xml import child, children, parse, prose, tag, text_of
from kg.records import Article

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["read_xml"]

_FILE = 50_000_000  # bytes
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FULL = ("encoded", "content", "description", "summary", "subtitle")  # the fullest first
_MAILBOX = re.compile(r"\S{1,100}@\S{1,100} \(([^()]+)\)")  # RSS 2.0: an address, then the name
_DATES = ("pubdate", "published", "issued", "date", "updated", "modified")


def read_xml(given: Input) -> Iterator[Article | Skipped]:
    """The articles of a feed or of NewsML-G2, by what the file's first element is. Raises ``Unreadable`` for other XML."""
    root = parse(given.all(_FILE))
    if tag(root) in ITEMS:
        return read_news(given, root)
    if tag(root) in ("rss", "rdf", "feed"):
        return _entries(given, root)
    raise Unreadable(f"XML, but no feed and no NewsML-G2: its first element is {tag(root)[:40]!r}")


def _entries(given: Input, root: Element) -> Iterator[Article | Skipped]:
    channel = root if tag(root) == "feed" else child(root, "channel")
    entries = [e for holder in (root, *children(root, "channel")) for e in holder if tag(e) in ("item", "entry")]
    for number, entry in enumerate(entries, 1):
        link = _link(entry, given.url)
        name = text_of(child(entry, "guid")) or text_of(child(entry, "id")) or link or str(number)
        try:
            yield _article(given, f"{given.name}#{name}", root, channel, entry, link)
        except Unreadable as error:
            yield Skipped(f"{given.name}#{name}", str(error))


def _article(given: Input, name: str, root: Element, channel: Element | None, entry: Element, link: str | None) -> Article:
    title = _plain(child(entry, "title"))
    body = next((text for part in _FULL if (text := _plain(child(entry, part)))), "")
    author = text_of(child(entry, "author", "name")) or text_of(child(entry, "creator")) or text_of(child(entry, "author"))
    if author and (match := _MAILBOX.fullmatch(author)):
        author = match[1]
    known = Metadata(
        title, author, next((day for part in _DATES if (day := as_date(text_of(child(entry, part))))), None),
        text_of(child(entry, "source", "title")) or text_of(child(entry, "source")) or text_of(child(channel, "title")),
        text_of(child(entry, "language")) or entry.get(_LANGUAGE) or text_of(child(channel, "language")) or root.get(_LANGUAGE),
        link, hashlib.sha256(tostring(entry)).hexdigest(),
    )  # fmt: skip
    return taken_out(name, with_title(title, body), known)


def _plain(element: Element | None) -> str:
    """A field's text: Atom's XHTML by its elements, HTML in text by its tags, else as it is."""
    if element is None:
        return ""
    if len(element):
        return prose(element)
    text = "".join(element.itertext()).strip()
    return plain(text) if looks_like_markup(text) else text


def _link(entry: Element, base: str | None) -> str | None:
    for link in children(entry, "link"):
        if link.get("rel", "alternate") == "alternate":
            target = (link.get("href") or link.text or "").strip()
            try:
                if target and (found := web_address(urljoin(base or "", target))):
                    return found
            except ValueError:  # "http://[": no address
                continue
    guid = child(entry, "guid")
    return web_address(guid.text) if guid is not None and guid.get("isPermaLink", "true") == "true" else None
