"""What a reader gets: a name, a stream of bytes, and what the surroundings tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import IO

from kg.read.skipped import Skipped, Unreadable
from kg.records import Article

__all__ = ["Container", "Input", "Reader"]


@dataclass(frozen=True, slots=True)
class Input:
    """Bytes to be read as ``suffix`` says (".pdf").

    ``size`` is the number of bytes where it is known beforehand; ``url`` is where they come from, if from the web;
    ``fields`` maps our names of fields to columns of a table, as the user asked; ``depth`` counts the archives around.
    """

    name: str
    suffix: str
    stream: IO[bytes]
    size: int | None = None
    url: str | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    depth: int = 0

    def all(self, most: int) -> bytes:
        """Every byte. Raises ``Unreadable`` where there are more than ``most``, before more than that is held."""
        limit = f"more than the {most / 1e6:.1f} MB that one article may have"
        if self.size is not None and self.size > most:
            raise Unreadable(f"{self.size / 1e6:.1f} MB is {limit}")
        data = self.stream.read(most + 1)
        if len(data) > most:
            raise Unreadable(limit)
        return data

    def inner(self, name: str, suffix: str, stream: IO[bytes], size: int | None = None, url: str | None = None) -> Input:
        """Something that lies in this one."""
        return Input(name, suffix, stream, size, url or self.url, self.fields, self.depth + 1)


Reader = Callable[[Input], Iterator[Article | Skipped]]
"""Makes articles of one format."""

Container = Callable[[Input], Iterator[Input | Skipped]]
"""Opens what holds other files."""
