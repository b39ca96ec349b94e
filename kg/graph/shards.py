"""Shards: graphs of articles as N-Quads files, written by workers, to be loaded in bulk.

A shard begins with a comment for each graph in it, ``# <iri>``, so that whoever loads it need not read it through to
know what it replaces. It is named by the SHA-256 of all that is in it and is there in full or not at all, so a part of
the work that is done twice leaves one file, and a file that was cut short gives itself away. Loading is made safe by a
marker: while it is there, the same load is to be done again, and what came of the first attempt is no graph to read.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["chained", "digest_of", "graph_names", "head", "is_whole", "write_shard"]

_BLOCK = 1 << 20  # bytes read at a time


def write_shard(folder: Path, quads: Iterable[ox.Quad]) -> Path:
    """Write quads, sorted, to a file that is there in full or not at all. Raises ``OSError``."""
    names, lines = set(), set()
    for quad in quads:
        names.add(str(quad.graph_name))
        lines.add(f"{quad} .\n")
    data = (head(names) + "".join(sorted(lines))).encode("utf-8")
    path = folder / f"{hashlib.sha256(data).hexdigest()}.nq"
    part = path.with_name(f"{path.name}.{os.uname().nodename}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def head(names: Iterable[str]) -> str:
    """The first lines of a shard: its graphs, each given as ``<iri>``."""
    return "".join(f"# {name}\n" for name in sorted(names))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(shard: Path) -> bool:
    """Whether the file holds what its name says."""
    return digest_of(shard) == shard.stem


def graph_names(shard: Path) -> Iterator[ox.NamedNode]:
    """Every named graph of a shard, once: those of its head, or those of every line where an earlier kg wrote no head."""
    seen: set[str] = set()
    with shard.open(encoding="utf-8", newline="\n") as lines:
        headed = lines.read(1) == "#"
        lines.seek(0)
        for line in takewhile(lambda line: line.startswith("#"), lines) if headed else lines:
            name = line[line.rindex("<") + 1 : line.rindex(">")]
            if name not in seen:
                seen.add(name)
                yield ox.NamedNode(name)


def chained(shards: Sequence[Path]) -> io.BufferedReader:
    """Many shards to be read as one file: one bulk load of them all takes less than one of each."""
    return io.BufferedReader(_Chain(shards), _BLOCK)


class _Chain(io.RawIOBase):
    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = iter(paths)
        self._file: io.FileIO | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        while True:
            if self._file is None:
                path = next(self._paths, None)
                if path is None:
                    return 0
                self._file = io.FileIO(path)
            if count := self._file.readinto(buffer):
                return count
            self._file.close()
            self._file = None

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()
