"""Make an ``Article`` of a text and what is known of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from kg.read.blocks import blocks
from kg.read.clean import extracted, one_line, web_address
from kg.read.dateline import published
from kg.read.language import detect
from kg.read.skipped import Unreadable
from kg.records import LANGUAGES, Article, Block, BlockKind, Language

__all__ = ["MAX_BYTES", "Metadata", "make_article", "taken_out", "with_title"]

MAX_BYTES = 500_000  # a long book chapter; no news article comes near, and one file must not hold up a build
_SHORT = 200  # characters; on less text what a file says of its language is better than a guess
_AGENCIES = re.compile(r"(?:Bron|Quelle|Source|Herkunft)\s*:\s*([^|\n–-]{2,40})", re.IGNORECASE)
_SOURCE_AFTER_DATE = re.compile(r"^\s*date[:\s]\s*[\d-]+\s+([A-Z][\w.&' ]{1,30})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands beside a text: in the head of a page, in the fields of a row. Any of it may be missing or hostile.

    ``published`` is ISO 8601 of reduced precision; ``language`` a tag of any language; ``raw`` the SHA-256 of the bytes.
    """

    title: str | None = None
    author: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    raw: str | None = None
    pages: tuple[int, ...] = ()


def make_article(name: str, text: str, known: Metadata | None = None) -> Article:
    """The article that a text is; every offset in the record counts code points of ``text`` as given.

    What ``known`` tells goes before what the text tells of itself.
    """
    known = known or Metadata()
    cut = blocks(text)
    story = "\n".join(text[b.span.start : b.span.end] for b in cut if b.kind is not BlockKind.BOILERPLATE)
    language = _language(story or text, known.language)
    return Article(
        name=name,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        language=language,
        title=one_line(known.title) or one_line(_title(text, cut)),
        published=known.published or published(text, language),
        publisher=one_line(known.publisher) or one_line(_publisher(text, cut)),
        blocks=cut,
        author=one_line(known.author),
        url=web_address(known.url),
        raw=known.raw,
        pages=known.pages,
    )


def taken_out(name: str, text: str, known: Metadata) -> Article:
    """The article of a text that a reader took out of something else. Raises ``Unreadable`` where it is empty or too long."""
    if len(text) > MAX_BYTES:  # before it is worked on
        raise Unreadable(f"its text of {len(text) / 1e6:.1f} MB is more than the {MAX_BYTES / 1e6:.1f} MB that one article may have")
    if not known.pages:  # where there are pages, their offsets count the text as it stands
        text = extracted(text)
    if not text:
        raise Unreadable("no text in it")
    return make_article(name, text, known)


def with_title(title: str | None, text: str) -> str:
    """The text with its headline above it: the headline is evidence too."""
    head, body = one_line(title), extracted(text[: MAX_BYTES + 1])
    if not head:
        return body
    if body.startswith(head) and body[len(head) : len(head) + 1] in ("", "\n"):
        body = body[len(head) :].lstrip()
    return f"{head}\n\n{body}" if body else head


def _language(text: str, told: str | None) -> Language:
    """What a file says of its language is a page template's word: a longer text knows better."""
    code = (told or "").strip().lower()[:2]
    if len(text) < _SHORT:
        for language in LANGUAGES:
            if language == code:
                return language
    return detect(text)


def _title(text: str, cut: tuple[Block, ...]) -> str | None:
    headline = next((b for b in cut if b.kind is BlockKind.HEADLINE), None)
    return text[headline.span.start : headline.span.end] if headline else None


def _publisher(text: str, cut: tuple[Block, ...]) -> str | None:
    """The source that a header line names, where one does."""
    for block in cut[:4]:
        if block.kind is BlockKind.DATELINE:
            line = text[block.span.start : block.span.end]
            match = _SOURCE_AFTER_DATE.match(line) or _AGENCIES.search(line)
            if match:
                return match[1].strip()
    return None
