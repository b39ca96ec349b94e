"""Make an ``Article`` of a text."""

from __future__ import annotations

import hashlib
import re

from kg.read.blocks import blocks
from kg.read.dateline import published
from kg.read.language import detect
from kg.records import Article, Block, BlockKind

__all__ = ["make_article"]

_AGENCIES = re.compile(r"(?:Bron|Quelle|Source|Herkunft)\s*:\s*([^|\n–-]{2,40})", re.IGNORECASE)
_SOURCE_AFTER_DATE = re.compile(r"^\s*date[:\s]\s*[\d-]+\s+([A-Z][\w.&' ]{1,30})$", re.IGNORECASE)


def make_article(name: str, text: str) -> Article:
    """The article that a text is; every offset in the record counts code points of ``text`` as given."""
    cut = blocks(text)
    story = "\n".join(text[b.span.start : b.span.end] for b in cut if b.kind is not BlockKind.BOILERPLATE)
    language = detect(story or text)
    return Article(
        name=name,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        language=language,
        title=_title(text, cut),
        published=published(text, language),
        publisher=_publisher(text, cut),
        blocks=cut,
    )


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
