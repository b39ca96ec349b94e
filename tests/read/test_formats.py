"""The format of nameless bytes is told by what they start with."""

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys

import pytest

from kg.errors import InputError
from kg.read.fields import field_mapping
from kg.read.formats import identify, read
from kg.read.source import Input
from kg.records import Article
from tests.conftest import ROOT
from tests.read.made import FIRST, TITLE, feed, html, mail, newsml, pdf, warc, word, zipped

ROW = {"title": TITLE, "text": FIRST}
NAMELESS = {
    ".html": html().encode(), ".pdf": pdf(), ".docx": word(), ".xml": feed(), ".eml": mail(), ".warc": warc({}, gzip=False),
    ".gz": gzip.compress(b"x"), ".bz2": bz2.compress(b"x"), ".xz": lzma.compress(b"x"), ".zip": zipped({"a.txt": b"x"}), ".txt": FIRST.encode(),
    ".jsonl": json.dumps(ROW).encode() + b"\n" + json.dumps(ROW).encode(), ".json": json.dumps([ROW], indent=1).encode(),
    ".csv": b"title;text;id\na;b;c\n",
}  # fmt: skip


@pytest.mark.parametrize("suffix", NAMELESS)
def test_the_first_bytes_tell(suffix):
    assert identify(NAMELESS[suffix][:4096]) == suffix


def test_more_shapes_of_the_same():
    assert identify(newsml()) == ".xml"
    assert identify(feed(True)) == ".xml"
    assert identify(json.dumps({"articles": [ROW]}).encode()) == ".json"
    assert identify(json.dumps(ROW, indent=2).encode()) == ".json"
    assert identify(json.dumps(ROW).encode()) == ".jsonl"
    assert identify(b"") == ".txt"
    assert identify(f"Iran: {FIRST}".encode()) == ".txt"


class Drips(io.RawIOBase):
    """Bytes one at a time, as a slow pipe gives them."""

    def __init__(self, data: bytes) -> None:
        self.rest = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.rest.read(1)
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".docx", ".xml", ".eml", ".txt", ".jsonl", ".json"])
def test_a_pipe_that_drips(suffix):
    results = list(read(Input("stdin", "", io.BufferedReader(Drips(NAMELESS[suffix])))))
    assert results
    assert all(isinstance(result, Article) for result in results), results


@pytest.mark.parametrize("data", [zipped({"a.txt": FIRST.encode()}), gzip.compress(json.dumps(ROW).encode())])
def test_standard_input(data):
    code = "from kg.read import *; [a] = read_source(*find_sources(['-'])); print(a.name, len(a.text))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, input=data, capture_output=True, check=True)
    assert run.stdout.startswith(b"stdin")


def test_which_column_holds_what():
    assert field_mapping(["text=Body+Lead", "published=day"]) == {"text": "Body+Lead", "published": "day"}
    for wrong in ("text", "text=", "body=text", "=x"):
        with pytest.raises(InputError, match="NAME=COLUMN"):
            field_mapping([wrong])
