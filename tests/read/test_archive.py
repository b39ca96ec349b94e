"""Archives and compressed files: read without being unpacked to disk, and without believing what they say."""

import bz2
import gzip
import json
import lzma
import zipfile

import pytest

from kg.read import Skipped
from tests.read.made import FIRST, SECOND, TITLE, every, html, one, reason, zipped


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_compressed_files(suffix, pack, tmp_path):
    path = tmp_path / f"a.txt.{suffix}"
    path.write_bytes(pack(FIRST.encode()))
    assert (one(path).name, one(path).text) == (path.name, FIRST)
    path.write_bytes(pack(FIRST.encode()) + pack(SECOND.encode()))
    assert one(path).text == FIRST + SECOND
    path = tmp_path / f"unnamed.{suffix}"
    path.write_bytes(pack(json.dumps({"title": TITLE, "text": FIRST}).encode()))
    assert one(path).title == TITLE
    for data in (b"", pack(FIRST.encode())[:-9], b"\x1f\x8b\x08" + b"\xff" * 40):
        path.write_bytes(data)
        assert reason(path)


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
@pytest.mark.parametrize(("inner", "filling", "why"), [
    ("txt", b"a", "MB"), ("jsonl", b"\n", "empty lines"), ("jsonl", b"{}\n", "none of the first 100 rows"), ("jsonl", b" ", "200 times its size"),
    ("csv", b"\n", "empty rows"), ("csv", b"a", "200 times its size"), ("xml", b"<a>", "200 times its size"), ("eml", b"a\n", "200 times its size"),
])  # fmt: skip
def test_bombs(suffix, pack, inner, filling, why, tmp_path):
    path = tmp_path / f"a.{inner}.{suffix}"
    path.write_bytes(pack(filling * 2_000_000))
    assert why in reason(path)


def test_an_xz_file_that_wants_all_memory(tmp_path):
    path = tmp_path / "a.txt.xz"
    path.write_bytes(lzma.compress(b"text" * 100, filters=[{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 30}]))
    assert "memory" in reason(path).lower()


def test_a_mixed_archive(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({
        "b/a.txt": FIRST.encode(), "c.html": html().encode(), "d.jsonl.gz": gzip.compress(json.dumps({"text": SECOND}).encode()), "e.png": b"\x89PNG",
        ".hidden.txt": b"no", "__MACOSX/a.txt": b"no", "inner.zip": zipped({"f.txt": SECOND.encode()}),
    }))  # fmt: skip
    assert [r.name for r in every(path)] == ["a.zip/b/a.txt", "a.zip/c.html", "a.zip/d.jsonl.gz#1", "a.zip/inner.zip/f.txt"]


def test_names_that_reach_outside_are_refused(tmp_path):
    path = tmp_path / "a.zip"
    names = ("../out.txt", "/etc/out.txt", "a/../../out.txt", "C:/out.txt", "..\\out.txt", "\\\\host\\out.txt")
    path.write_bytes(zipped({name: FIRST.encode() for name in names}))
    found = every(path)
    assert [r.reason for r in found] == ["a name that reaches outside the archive"] * len(names)
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_bombs_in_archives(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": b"a" * 5_000_000, "b.jsonl": b"\n" * 60_000_000, "c.txt": FIRST.encode()}))
    first, second, good = every(path)
    assert "MB" in first.reason
    assert "empty lines" in second.reason
    assert good.text == FIRST
    packed = zipped({"a.txt": FIRST.encode()})
    for _ in range(8):
        packed = zipped({"a.zip": packed})
    path.write_bytes(packed)
    assert "within each other" in reason(path)


def test_a_size_that_lies(tmp_path):
    path = tmp_path / "a.zip"
    data = zipped({"a.txt": b"a" * 5_000_000})
    path.write_bytes(data.replace((5_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert isinstance(every(path)[0], Skipped)


def test_damaged_and_encrypted_archives(tmp_path):
    path = tmp_path / "a.zip"
    for data in (b"", b"PK\x03\x04" + b"\0" * 100, zipped({"a.txt": FIRST.encode()})[:-10]):
        path.write_bytes(data)
        assert "zip" in reason(path)
    path.write_bytes(zipped({"a.txt": FIRST.encode() * 9}))
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("a.txt").header_offset
    data = bytearray(path.read_bytes())
    data[start + 60 : start + 70] = b"\xff" * 10
    path.write_bytes(bytes(data))
    assert reason(path)
    path.write_bytes(zipped({"a.txt": FIRST.encode()}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"))
    assert reason(path) == "encrypted"
