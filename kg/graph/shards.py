"""Shards: graphs of articles as N-Quads files, written by workers, to be loaded in bulk.

A shard begins with a comment for each graph that it replaces, ``# <iri>``, so that whoever loads it need not read it through. It is
named by the SHA-256 of all that is in it and is there in full or not at all, so a part of the work that is done twice leaves one
file, and a file that was cut short gives itself away. Loading is made safe by a marker: while it is there, the same load is to be done
again, and what came of the first attempt is no graph to read.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["chained", "digest_of", "graph_names", "head", "is_whole", "replaced_by", "shard", "write_graph", "write_shard"]

_BLOCK = 1 << 20  # bytes read at a time


def shard(quads: Iterable[ox.Quad], beside: Iterable[ox.Quad] = ()) -> bytes:
    """What a shard holds: graphs in full, and ``beside`` them statements that are added to what their graphs hold."""
    told = list(quads)
    names = {str(name) for name in {quad.graph_name for quad in told}}
    lines = _lines(told) | _lines(beside)
    return head(names).encode() + b"".join(sorted(lines))


def _lines(quads: Iterable[ox.Quad]) -> set[bytes]:
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    return set(data.splitlines(keepends=True)) if data is not None else set()


def head(names: Iterable[str]) -> str:
    """The first lines of a shard: the graphs that it replaces, each given as ``<iri>``."""
    return "".join(f"# {name}\n" for name in sorted(names))


def write_shard(folder: Path, data: bytes) -> Path:
    """Write a shard to a file that is there in full or not at all. Raises ``OSError``."""
    return _write(folder, (data,))


def write_graph(folder: Path, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> Path:
    """Write a shard of one graph of any size, in the order in which it comes: memory stays flat. Raises ``OSError``."""
    return _write(folder, (line.encode() for line in chain((head((str(graph),)),), (f"{quad} .\n" for quad in quads))))


def _write(folder: Path, parts: Iterable[bytes]) -> Path:
    digest, part = hashlib.sha256(), folder / f"{os.uname().nodename}.{os.getpid()}.part"
    try:
        with part.open("wb") as out:
            for data in parts:
                digest.update(data)
                out.write(data)
            out.flush()
            os.fsync(out.fileno())
        path = folder / f"{digest.hexdigest()}.nq"
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(shard: Path) -> bool:
    """Whether the file holds what its name says."""
    return digest_of(shard) == shard.stem


def replaced_by(shard: Path) -> set[ox.NamedNode]:
    """The graphs that a shard replaces."""
    with shard.open("rb") as lines:
        return set(graph_names(lines))


def graph_names(lines: BinaryIO) -> Iterator[ox.NamedNode]:
    """Those of the head of a shard, or where it has none, since an earlier kg wrote it, those of every line."""
    headed = lines.read(1) == b"#"
    lines.seek(0)
    for line in takewhile(lambda line: line.startswith(b"#"), lines) if headed else lines:
        yield ox.NamedNode(line[line.rindex(b"<") + 1 : line.rindex(b">")].decode())


def chained(shards: Sequence[Path]) -> io.BufferedReader:
    """Many shards to be read as one file: one bulk load of them all takes less than one of each."""
    return io.BufferedReader(_Chain(shards), _BLOCK)


class _Chain(io.RawIOBase):
    """Files one after the other."""

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
            self.close_file()

    def close_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def close(self) -> None:
        self.close_file()
        super().close()
