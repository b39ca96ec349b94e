"""Find what a user names (files, folders, addresses, ``-``) and read each, with one clear reason for all that gives no article."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.read.archive import suffix_of
from kg.read.article import MAX_BYTES
from kg.read.clean import safe_name
from kg.read.fetch import Fetcher
from kg.read.formats import SUFFIXES, read
from kg.read.skipped import Skipped, Unreadable
from kg.read.source import Input
from kg.read.warc import TYPES
from kg.records import Article

__all__ = ["MAX_BYTES", "SUFFIXES", "ReadOptions", "Source", "find_sources", "read_source"]

_NOT_ARTICLES = frozenset({"readme.md", "readme.txt", "license", "license.md", "license.txt", "changelog.md"})
_STDIN = "-"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One thing to read.

    ``name`` is a file's path below the folder that the user gave, with forward slashes; an address; or ``stdin``.
    """

    name: str
    path: Path | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: which column holds what (``fields``), and how to fetch."""

    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fetcher: Fetcher = field(default_factory=Fetcher)


def find_sources(paths: Iterable[str | Path]) -> list[Source]:
    """What ``paths`` (files, folders searched below, http addresses, ``-``) name, sorted by name, each once.

    Raises ``InputError`` for a path that does not exist and for a folder that holds no file of a format that is read.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for source in _below(path):
            known = found.get(source.name)
            if known and known.path and source.path and known.path.resolve() != source.path.resolve():
                # Two folders may hold files of one name: the parent's name tells them apart.
                source = Source(f"{safe_name(Path(path).resolve().name)}/{source.name}", source.path)
            found.setdefault(source.name, source)
    return sorted(found.values(), key=lambda source: source.name)


def _below(given: str | Path) -> Iterator[Source]:
    if given == _STDIN:
        yield Source("stdin")
        return
    if isinstance(given, str) and given.lower().startswith(("http://", "https://")):
        yield Source(safe_name(given), url=given)
        return
    path = Path(given)
    if path.is_file():
        yield Source(safe_name(path.name), path)
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
        raise InputError(f"{path}: no .txt or .md file in this folder, nor another that is read ({' '.join(sorted(SUFFIXES))})")
    for file in files:
        parts = file.relative_to(path).parts
        if not any(part.startswith(".") for part in parts):
            yield Source(safe_name("/".join(parts)), file)


def read_source(source: Source, how: ReadOptions | None = None) -> Iterator[Article | Skipped]:
    """Every article in a source, each with a name of its own; what cannot be read is a ``Skipped``. At least one of either."""
    seen: Counter[str] = Counter()
    for result in _read(source, how or ReadOptions()):
        seen[result.name] += 1
        if isinstance(result, Article) and seen[result.name] > 1:
            yield replace(result, name=f"{result.name}~{seen[result.name]}")
        else:
            yield result
    if not seen:
        yield Skipped(source.name, "no articles in it")


def _read(source: Source, how: ReadOptions) -> Iterator[Article | Skipped]:
    try:
        if source.url:
            page = how.fetcher.fetch(source.url)
            suffix = _told(page.type, urlsplit(page.url).path)
            yield from read(Input(source.name, suffix, io.BytesIO(page.data), len(page.data), page.url, how.fields))
        elif source.path is None:
            yield from read(Input(source.name, "", sys.stdin.buffer, fields=how.fields))
        else:
            suffix = suffix_of(source.path.name)
            with source.path.open("rb") as stream:
                size = source.path.stat().st_size
                yield from read(Input(source.name, suffix if suffix in SUFFIXES else "", stream, size, fields=how.fields))
    except Unreadable as error:
        yield Skipped(source.name, str(error))
    except PermissionError:
        yield Skipped(source.name, "no permission to read it")
    except OSError as error:
        yield Skipped(source.name, error.strerror or "cannot be read")


def _told(kind: str, path: str) -> str:
    """The suffix of what a server sent: by the type it tells, else by the address, else (empty) by the first bytes."""
    ending = suffix_of(path)
    if kind in ("", "application/octet-stream", "text/plain", "binary/octet-stream"):
        return ending if ending in SUFFIXES else ""
    return ending if kind.endswith("gzip") and ending in SUFFIXES else TYPES.get(kind, "")
