"""Archives and compressed files: what is in them is read as a stream, within limits, and never written to disk.

Nothing declared is believed: what comes out of a compressed stream is counted against what went in, so that a bomb is
found after one megabyte, whatever its header says.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, cast

from kg.read.clean import safe_name
from kg.read.skipped import Skipped, Unreadable
from kg.read.source import Input

__all__ = ["Bounded", "check_members", "open_compressed", "open_wacz", "open_zip", "suffix_of"]

_RATIO = 200  # text shrinks three to ten times, the emptiest of tables fifty times
_FREE = 1_000_000  # bytes that may come out before the ratio counts
_MEMBERS = 200_000
_MEMORY = 200_000_000  # bytes that an xz dictionary may take
_CHUNK = 1 << 16


class Bounded(io.RawIOBase):
    """A stream that stops with ``Unreadable`` where what comes out is out of all proportion to what went in."""

    def __init__(self, inner: zipfile.ZipExtFile | gzip.GzipFile | _Unpacked, packed: Counting | int) -> None:
        self._inner, self._packed, self._out = inner, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._inner.read1(len(buffer))  # what comes before the damage counts
        except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, lzma.LZMAError, OSError) as error:
            raise Unreadable(f"the compressed file is damaged: {error}") from None
        except Exception as error:  # zlib has an error of its own, and a password is a RuntimeError
            raise Unreadable(f"cannot be unpacked: {error}") from None
        self._out += len(data)
        packed = self._packed if isinstance(self._packed, int) else self._packed.count
        if self._out > _FREE and self._out > _RATIO * packed:
            raise Unreadable(f"unpacks to more than {_RATIO} times its size: perhaps made to fill the machine; unpack it yourself if you trust it")
        buffer[: len(data)] = data
        return len(data)


class Counting(io.RawIOBase):
    """A stream that counts the bytes read from it."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner, self.count = inner, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._inner.read(_CHUNK if size < 0 else size)
        self.count += len(data)
        return data


class _Unpacked(io.RawIOBase):
    """bz2 and xz streams, several after another; unlike the standard library's files, with a bound on memory for xz."""

    def __init__(self, inner: Counting, xz: bool) -> None:
        self._inner, self._xz, self._rest = inner, xz, b""
        self._machine: bz2.BZ2Decompressor | lzma.LZMADecompressor = self._new()

    def _new(self) -> bz2.BZ2Decompressor | lzma.LZMADecompressor:
        return lzma.LZMADecompressor(memlimit=_MEMORY) if self._xz else bz2.BZ2Decompressor()

    def readable(self) -> bool:
        return True

    def read1(self, size: int) -> bytes:
        """Some bytes, at most ``size``; none at the end."""
        while True:
            if self._machine.eof:
                self._rest = self._machine.unused_data.lstrip(b"\0") or self._inner.read(_CHUNK).lstrip(b"\0")
                if not self._rest:
                    return b""
                self._machine = self._new()
            if self._machine.needs_input and not self._rest:
                self._rest = self._inner.read(_CHUNK)
                if not self._rest:
                    raise EOFError("it ends in the middle")
            data = self._machine.decompress(self._rest, max_length=size)
            self._rest = b""
            if data:
                return data


def open_compressed(given: Input) -> Iterator[Input]:
    """The one file in a .gz, .bz2 or .xz; its format is told by the name without that ending ("news.jsonl.gz")."""
    packed = Counting(given.stream)
    if given.suffix == ".gz":
        inner: gzip.GzipFile | _Unpacked = gzip.GzipFile(fileobj=packed)
    else:
        inner = _Unpacked(packed, given.suffix == ".xz")
    name = PurePosixPath(given.name.rpartition("#")[2])
    suffix = suffix_of(name.stem) if name.suffix.lower() == given.suffix else ""
    yield given.inner(given.name, suffix, io.BufferedReader(Bounded(inner, packed)))


def suffix_of(name: str) -> str:
    """The ending of a file name that tells its format, in lower case."""
    return PurePosixPath(name).suffix.lower()


def open_zip(given: Input) -> Iterator[Input | Skipped]:
    """The files in a zip archive, by name. One whose name reaches outside the archive is refused."""
    return _members(given, "")


def open_wacz(given: Input) -> Iterator[Input | Skipped]:
    """The WARC files in a WACZ archive (https://specs.webrecorder.net/wacz/)."""
    return _members(given, "archive/")


def _members(given: Input, folder: str) -> Iterator[Input | Skipped]:
    with _zip(given) as archive:
        for entry in check_members(archive):
            name, parts = entry.filename, PurePosixPath(entry.filename.replace("\\", "/")).parts
            inner = f"{given.name}/{safe_name(name)}"
            if entry.is_dir() or not name.startswith(folder) or "__MACOSX" in parts:
                continue
            if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
                yield Skipped(inner, "a name that reaches outside the archive")
            elif any(part.startswith(".") for part in parts):
                continue
            elif entry.flag_bits & 1:
                yield Skipped(inner, "encrypted")
            else:
                try:
                    opened = cast(zipfile.ZipExtFile, archive.open(entry))
                    stream = io.BufferedReader(Bounded(opened, entry.compress_size))
                except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
                    yield Skipped(inner, f"cannot be unpacked: {error}")
                else:
                    yield given.inner(inner, suffix_of(name), stream, entry.file_size)


def _zip(given: Input) -> zipfile.ZipFile:
    """The archive. Raises ``Unreadable``."""
    stream = given.stream if given.depth == 0 and given.stream.seekable() else io.BytesIO(given.all(200_000_000))
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"not a zip archive that can be read: {error}") from None


def check_members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The archive's entries by name. Raises ``Unreadable`` where there are absurdly many."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
    if len(entries) > _MEMBERS:
        raise Unreadable(f"{len(entries)} files in one archive")
    return entries
