"""Word files (.docx): paragraphs and tables in their order, and the properties of the document (python-docx)."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator

from kg.read.archive import check_members
from kg.read.article import MAX_BYTES, Metadata, taken_out
from kg.read.clean import one_line
from kg.read.extra import need, within
from kg.read.skipped import Unreadable
from kg.read.source import Input
from kg.records import Article

__all__ = ["read_docx"]

_FILE = 50_000_000  # bytes
_PART = 50_000_000  # bytes of one part unpacked; pictures apart, the text of a book has five million
_SECONDS = 30


def read_docx(given: Input) -> Iterator[Article]:
    """The one article of a Word file. Raises ``Unreadable``."""
    docx = need("docx", "a Word file")
    data = given.all(_FILE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in check_members(archive) if entry.filename.endswith((".xml", ".rels")))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"not a Word file: {error}") from None
    if unpacked > _PART:
        raise Unreadable(f"unpacks to {unpacked / 1e6:.0f} MB of text: perhaps made to fill the machine")
    with within(_SECONDS):
        document = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        length = 0
        for block in document.iter_inner_content():
            for line in [block.text] if hasattr(block, "text") else (cell.text for row in block.rows for cell in row.cells):
                length += len(line)
                if length > MAX_BYTES:
                    raise Unreadable(f"its text is more than the {MAX_BYTES / 1e6:.1f} MB that one article may have")
                lines.append(line)
        facts = document.core_properties
        title, author, language = one_line(facts.title), one_line(facts.author), facts.language
    text = "\n\n".join(lines)
    known = Metadata(
        title if title and title in text else None,  # else it is the name of a template
        None if author == "python-docx" else author, None, None, language, given.url, hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    yield taken_out(given.name, text, known)
