"""NewsML-G2 of the IPTC (https://iptc.org/standards/newsml-g2/): news items by themselves, or in a news message.

Text is taken from ``contentSet``: ``inlineXML`` (XHTML or NITF) or ``inlineData``. An item that its agency has withdrawn is no article.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

from kg.read.article import Metadata, taken_out, with_title
from kg.read.dates import as_date
from kg.read.markup import looks_like_markup, plain
from kg.read.skipped import Skipped, Unreadable
from kg.read.source import Input
from kg.read.xml import child, children, parse, prose, tag, text_of
from kg.records import Article

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["ITEMS", "read_news"]

ITEMS = frozenset({"newsitem", "newsmessage"})
"""What the first element of NewsML-G2 is called, in lower case."""

_WITHDRAWN = ("canceled", "withheld")
_FILE = 50_000_000  # bytes


def read_news(given: Input, root: Element | None = None) -> Iterator[Article | Skipped]:
    """An article for each news item of text. Raises ``Unreadable`` where there is none."""
    root = parse(given.all(_FILE)) if root is None else root
    items = [root] if tag(root) == "newsitem" else [e for e in root.iter() if tag(e) == "newsitem"]
    if not items:
        raise Unreadable("no news item in it")
    for number, item in enumerate(items, 1):
        name = given.name if len(items) == 1 else f"{given.name}#{item.get('guid') or number}"
        try:
            yield _article(name, item)
        except Unreadable as error:
            yield Skipped(name, str(error))


def _article(name: str, item: Element) -> Article:
    meta, content = child(item, "itemMeta"), child(item, "contentMeta")
    status = (e.get("qcode") or e.get("uri") or "" for e in children(meta, "pubStatus"))
    if found := next((s for s in status if s.rsplit(":", 1)[-1].rsplit("/", 1)[-1] in _WITHDRAWN), None):
        raise Unreadable(f"withdrawn by its publisher ({found})")
    held = child(item, "contentSet")
    parts = [e for e in (() if held is None else held) if tag(e) in ("inlinexml", "inlinedata")]
    body = next((text for part in parts if (text := _text(part))), "")
    if not body:
        raise Unreadable("no text in it: a picture, a film or a list")
    title = text_of(child(content, "headline")) or text_of(child(meta, "title"))
    language = child(content, "language")
    known = Metadata(
        title, text_of(child(content, "by")) or _name(child(content, "creator")),
        next((day for e in (child(content, "contentCreated"), child(meta, "firstCreated"), child(meta, "versionCreated"))
              if (day := as_date(text_of(e)))), None),
        _name(child(meta, "provider")) or _name(child(content, "infoSource")),
        (language.get("tag") if language is not None else None) or item.get("{http://www.w3.org/XML/1998/namespace}lang"),
        next((e.get("href") for e in children(meta, "link") if "alternate" in (e.get("rel") or "")), None),
        hashlib.sha256(tostring(item)).hexdigest(),
    )  # fmt: skip
    return taken_out(name, with_title(title, body), known)


def _text(part: Element) -> str:
    if len(part):
        bodies = (child(part, kind, "body") for kind in ("html", "nitf"))
        return prose(next((body for body in bodies if body is not None), part))
    text = (part.text or "").strip()
    return plain(text) if looks_like_markup(text) else text


def _name(party: Element | None) -> str | None:
    """A party's name, else its literal, else its code without the scheme."""
    if party is None:
        return None
    code = party.get("literal") or (party.get("qcode") or "").rpartition(":")[2] or (party.get("uri") or "").rstrip("/").rpartition("/")[2]
    return text_of(child(party, "name")) or code or None
