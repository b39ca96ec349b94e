"""PDF files: running text with the page on which each stretch stands (pypdf)."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator

from kg.read.article import MAX_BYTES, Metadata, taken_out
from kg.read.clean import extracted, one_line
from kg.read.extra import need, quiet, within
from kg.read.skipped import Unreadable
from kg.read.source import Input
from kg.records import Article

__all__ = ["read_pdf", "running_text"]

_FILE = 50_000_000  # bytes
_PAGES = 500
_SECONDS = 60
_TRIED = 100  # objects of a damaged file that may be its root; each is looked for in the whole file
_ENDS = re.compile(r"[.!?…:;]['\"”“»’)\]]*$")
_NUMBER = re.compile(r"(?:(?:page|pagina|seite|p\.) ?)?(?:[-–—] ?)?\d{1,4}(?: ?[-–—])?(?: ?(?:/|of|van|von|sur|de) ?\d{1,4})?", re.IGNORECASE)
_FULL = 0.88  # of the longest line; letters differ in width, so a full line may have fewer of them
_EDGE = 2  # lines at the top and bottom of a page that may be its running head or foot


def read_pdf(given: Input) -> Iterator[Article]:
    """The one article of a PDF file. Raises ``Unreadable`` for one without text: a scan, an encrypted file."""
    pypdf = need("pypdf", "a PDF file")
    data = given.all(_FILE)
    quiet("pypdf")
    with within(_SECONDS):
        document = pypdf.PdfReader(io.BytesIO(data), root_object_recovery_limit=_TRIED)
        if document.is_encrypted and not document.decrypt(""):
            raise Unreadable("encrypted with a password")
        if len(document.pages) > _PAGES:
            raise Unreadable(f"{len(document.pages)} pages; more than {_PAGES} are a book")
        pages, length = [], 0
        for page in document.pages:
            pages.append(extracted(page.extract_text()))
            length += len(pages[-1])
            if length > MAX_BYTES:
                break  # ``taken_out`` says that it is too long
        head = document.metadata or {}
        facts = {name: str(head.get(f"/{name}") or "") for name in ("Title", "Author")}
    text, starts = running_text(pages)
    if not text:
        raise Unreadable("no text in it: perhaps a scan, which needs character recognition first")
    title = one_line(facts["Title"])
    known = Metadata(
        title=title if title and title in " ".join(text.split()) else None,  # else it is the name of a template or file
        author=facts["Author"], url=given.url, raw=hashlib.sha256(data).hexdigest(), pages=starts,
    )  # fmt: skip
    yield taken_out(given.name, text, known)


def running_text(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    """The text of all pages with lines joined to paragraphs and hyphens at line ends taken out, and where each page starts.

    Page numbers, and lines that stand at the edge of most pages, are left out.
    """
    kept = _without_edges([page.split("\n") for page in pages])
    text, starts, broken = "", [0] * len(pages), True
    for number, page in enumerate(kept):
        longest = max(map(len, page), default=0)
        for place, line in enumerate(page):
            if not line:
                broken = True
                continue
            if text and not broken and _splits_word(text, line):
                text = text.removesuffix("-")
            elif text:
                text += "\n\n" if broken else " "
            if not any(page[:place]):
                starts[number] = len(text)
            text += line
            broken = _ends_paragraph(line, page[place + 1] if place + 1 < len(page) else None, longest)
    for number in range(len(pages)):
        if not any(kept[number]):
            starts[number] = starts[number + 1] if number + 1 < len(pages) and any(kept[number + 1]) else len(text)
    return text, tuple(starts)


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    edges = Counter(line for page in pages for line in {*page[:_EDGE], *page[-_EDGE:]} if line)
    repeated = {line for line, count in edges.items() if count > 1 and count > len(pages) / 2}
    return [
        [
            line
            for number, line in enumerate(page)
            if _EDGE <= number < len(page) - _EDGE or not (line in repeated or _NUMBER.fullmatch(" ".join(line.split())))
        ]
        for page in pages
    ]


def _splits_word(text: str, line: str) -> bool:
    return re.search(r"[^\W\d_]-$", text[-2:]) is not None and line[:1].islower()


def _ends_paragraph(line: str, following: str | None, longest: int) -> bool:
    """Whether a line was broken off on purpose: the next one's first word would have had room in it."""
    if following is None:  # the page ends
        return _ENDS.search(line) is not None
    return len(line) + 1 + len(following.split(" ", 1)[0]) < _FULL * longest
