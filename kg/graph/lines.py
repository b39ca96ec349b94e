"""Lines sorted in bounded memory: what is too much at once is sorted in parts, laid aside on disk, and merged.

The order is that of code points, which in UTF-8 is also the order of the bytes.
"""

from __future__ import annotations

import heapq
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import IO

__all__ = ["sorted_lines"]

_PART = 200_000
"""Lines sorted at a time: some 160 MB of memory however many there are, and 500 parts, each an open file, of 100 million statements."""


@contextmanager
def sorted_lines(lines: Iterable[str], seen: Callable[[bytes], None], folder: Path | None = None, part: int = _PART) -> Iterator[Iterator[bytes]]:
    """Lines, each with its line feed, in order and none twice, as UTF-8.

    ``seen`` is given every line, many at once, before the first is given out. Parts lie in ``folder``, or where the
    system has its temporary files. Raises ``OSError`` where a part cannot be laid aside.
    """
    with ExitStack() as files:
        parts: list[IO[bytes]] = []
        last = b""
        for text in _parts(iter(lines), part):
            if last:
                file = files.enter_context(tempfile.TemporaryFile(dir=folder))
                file.write(last)
                file.seek(0)
                parts.append(file)
            last = text
            seen(text)
        yield (line for line, _ in groupby(heapq.merge(*parts, io.BytesIO(last))))


def _parts(lines: Iterator[str], size: int) -> Iterator[bytes]:
    while some := sorted(line.encode() for line in islice(lines, size)):
        yield b"".join(some)
