"""Find the files that a user names and read each as text, with one clear reason where that fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.read.article import make_article
from kg.records import Article

__all__ = ["MAX_BYTES", "SUFFIXES", "Skipped", "Source", "find_sources", "read_source"]

SUFFIXES = frozenset({".txt", ".md"})
MAX_BYTES = 500_000  # a long book chapter; no news article comes near, and one file must not hold up a build
_NOT_ARTICLES = frozenset({"readme.md", "readme.txt", "license", "license.md", "license.txt", "changelog.md"})


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One file to read: ``name`` is its path below the folder that the user gave, with forward slashes."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be read, and why, in one line."""

    name: str
    reason: str


def find_sources(paths: Iterable[Path]) -> list[Source]:
    """The text files that ``paths`` (files or folders, searched below) name, sorted by name, each once.

    Raises ``InputError`` for a path that does not exist and for a folder that holds no text file.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for source in _below(path):
            known = found.get(source.name)
            if known and known.path.resolve() != source.path.resolve():
                # Two folders may hold files of one name: the parent's name tells them apart.
                source = Source(f"{path.resolve().name}/{source.name}", source.path)
            found.setdefault(source.name, source)
    return sorted(found.values())


def _below(path: Path) -> Iterator[Source]:
    if path.is_file():
        yield Source(path.name, path)
        return
    if not path.is_dir():
        raise InputError(f"{path}: no such file or folder")
    try:
        files = [
            f
            for f in sorted(path.rglob("*"))
            if f.suffix.lower() in SUFFIXES and f.name.lower() not in _NOT_ARTICLES and f.is_file()
        ]
    except PermissionError as error:
        raise InputError(f"{path}: no permission to read this folder") from error
    if not files:
        raise InputError(f"{path}: no .txt or .md file in this folder")
    for file in files:
        parts = file.relative_to(path).parts
        if not any(part.startswith(".") for part in parts):
            yield Source("/".join(parts), file)


def read_source(source: Source) -> Article | Skipped:
    """The article in a file, or why it cannot be read."""
    try:
        size = source.path.stat().st_size
        if size > MAX_BYTES:
            return Skipped(source.name, f"{size / 1e6:.1f} MB is more than the {MAX_BYTES / 1e6:.1f} MB that one article may have")
        data = source.path.read_bytes()
    except PermissionError:
        return Skipped(source.name, "no permission to read it")
    except OSError as error:
        return Skipped(source.name, error.strerror or "cannot be read")
    text = _decode(data)
    if text is None:
        kind = "a binary file" if b"\0" in data[:8192] else "not valid UTF-8"
        return Skipped(source.name, f"{kind}; save it as UTF-8 text")
    if not text.strip():
        return Skipped(source.name, "empty")
    return make_article(source.name, text)


def _decode(data: bytes) -> str | None:
    """UTF-8 (with or without a mark) or UTF-16 with a mark; None for anything else. Line ends become ``\\n``."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
