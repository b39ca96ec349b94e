"""Shards: graphs of articles as N-Quads files, written by workers, to be loaded in bulk.

A shard is named by the SHA-256 of what is in it and is there in full or not at all, so a part of the work that is done
twice leaves one file, and a file that was cut short gives itself away. Loading is made safe by a marker: while it is
there, the same load is to be done again, and what came of the first attempt is no graph to read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

__all__ = ["digest_of", "graph_names", "is_whole", "write_graph", "write_shard"]


def write_shard(folder: Path, quads: Iterable[ox.Quad]) -> Path:
    """Write quads, sorted, to a file that is there in full or not at all. Raises ``OSError``."""
    data = "".join(sorted({f"{quad} .\n" for quad in quads})).encode("utf-8")
    path = folder / f"{hashlib.sha256(data).hexdigest()}.nq"
    part = _part(folder, path.name)
    try:
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def write_graph(folder: Path, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> Path:
    """Write one graph of any size to a shard, in the order in which it comes; memory stays flat. Raises ``OSError``."""
    digest, part = hashlib.sha256(), _part(folder, "graph")
    try:
        with part.open("wb") as out:
            for quad in quads:
                line = f"{quad} .\n".encode()
                digest.update(line)
                out.write(line)
            out.flush()
            os.fsync(out.fileno())
        path = folder / f"{digest.hexdigest()}.nq"
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _part(folder: Path, name: str) -> Path:
    """A file that no other process writes."""
    return folder / f"{name}.{os.uname().nodename}.{os.getpid()}.part"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(shard: Path) -> bool:
    """Whether the file holds what its name says."""
    return digest_of(shard) == shard.stem


def graph_names(shard: Path) -> Iterator[ox.NamedNode]:
    """Every named graph of a shard, once."""
    seen: set[str] = set()
    with shard.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            name = line[line.rindex("<") + 1 : line.rindex(">")]
            if name not in seen:
                seen.add(name)
                yield ox.NamedNode(name)
