"""Whatever the bytes, a reader gives articles that can be stored, or one clear line, in little time.

The long run: ``python -m pytest tests/read/test_hostile.py --cases 100000``.
"""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.read import Skipped
from kg.read.article import MAX_BYTES
from kg.read.formats import identify, read
from kg.read.source import Input
from kg.records import Article
from tests.effort import within
from tests.read import made

BIDI = set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")
PAGES = {"https://courant.example/nieuws/1": made.html()}
with zipfile.ZipFile(io.BytesIO(made.word())) as archive:
    PARTS = {name: archive.read(name) for name in archive.namelist() if name == "word/document.xml" or not name.startswith(("word/", "customXml/"))}
TABLE = f"title;text;date;author;url\n{made.TITLE};\"{made.FIRST}\n{made.SECOND}\";{made.DAY};Anna Visser;https://courant.example/1\n".encode()
ROW = {"title": made.TITLE, "text": made.FIRST, "date": made.DAY, "authors": ["Anna"], "url": "https://courant.example/1", "source": {"name": "x"}}


def packed(part: bytes) -> bytes:
    """A Word file with this as the XML of its text, without the template's styles, a hundred times its size."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name, data in {**PARTS, "word/document.xml": part}.items():
            new.writestr(zipfile.ZipInfo(name), data)  # without the time of day
    return stream.getvalue()


FILES: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    ".txt": (f" date {made.DAY}\n\n{made.TITLE}\n\n{made.FIRST}\n".encode(), bytes),
    ".html": (made.html().encode(), bytes),
    ".pdf": (made.pdf(compressed=False), bytes),
    ".docx": (PARTS["word/document.xml"], packed),
    ".jsonl": (json.dumps(ROW).encode() + b"\n" + json.dumps(ROW, ensure_ascii=False).encode(), bytes),
    ".json": (json.dumps({"articles": [ROW]}).encode(), bytes),
    ".csv": (TABLE, bytes),
    ".rss": (made.feed(), bytes),
    ".atom": (made.feed(True), bytes),
    ".xml": (made.newsml(), bytes),
    ".eml": (made.mail(), bytes),
    ".warc": (made.warc(PAGES, gzip=False), bytes),
    ".zip": (made.zipped({"a.txt": made.FIRST.encode(), "b.jsonl": json.dumps(ROW).encode()}), bytes),
    ".gz": (made.warc(PAGES), bytes),
}
NASTY = [
    b"\0", b"\xff", b"\x1b[31m", "\u202e".encode(), "\ufeff".encode(), b"<", b">", b"&", b"&#x202e;", b"&#0;", b"<!ENTITY a 'b'>", b"]]>",
    b"<![CDATA[", b"--", b'"', b"\\ud800", b"\n", b"\r", b"\n\n", b"{", b"[", b"9" * 5000, b"1e999", b"-1", b"NaN", b"A" * 3000, b"<b>" * 300,
    b"(" * 300, b"\xed\xa0\x80", b"%PDF", b"obj", b"/Length 999999999", b"/Kids [1 0 R]", b"Content-Length: 99999999999\r\n",
    b"=?utf-8?b?//?=", b"charset=utf-7", b"2024-02-31", b"0000-00-00",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with some stretches lost, doubled, or filled with what readers stumble over."""
    data = whole
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        match draw(st.sampled_from(["fill", "lose", "double", "bytes", "end"])):
            case "fill":
                data = data[:start] + draw(st.sampled_from(NASTY)) + data[end:]
            case "lose":
                data = data[:start] + data[end:]
            case "double":
                data = data[:end] + data[start:end] * draw(st.integers(1, 30)) + data[end:]
            case "bytes":
                data = data[:start] + draw(st.binary(max_size=20)) + data[end:]
            case _:
                data = data[:start]
    return data


def results(suffix: str, data: bytes) -> list[Article | Skipped]:
    """What a file gives, in at most a second for 100 kB."""
    return within(max(1.0, len(data) / 100_000), lambda: list(read(Input(f"a{suffix}", suffix, io.BytesIO(data), len(data)))))


def storable(result: Article | Skipped) -> None:
    """Everything that the rest of the program builds on."""
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in result.name)
    if isinstance(result, Skipped):
        assert result.reason == " ".join(result.reason.split())
        assert result.reason
        return
    assert result.text.strip()
    assert len(result.text) <= MAX_BYTES
    assert ox.Literal(result.text).value == result.text
    for line in (result.title, result.author, result.publisher):
        assert line is None or (line == " ".join(line.split()) and 0 < len(line) <= 500 and not BIDI & set(line))
    assert result.published is None or date.fromisoformat((result.published + "-01-01")[:10])
    assert result.url is None or result.url.lower().startswith(("http://", "https://"))
    assert not any(unicodedata.category(c) in ("Cc", "Cs") or c in BIDI for c in result.url or "")
    assert list(result.pages) == sorted(result.pages)
    assert all(0 <= page <= len(result.text) for page in result.pages)
    assert all(0 <= b.span.start < b.span.end <= len(result.text) for b in result.blocks)


@pytest.mark.parametrize("suffix", FILES)
def test_damaged_files(suffix: str) -> None:
    whole, pack = FILES[suffix]
    assert any(isinstance(result, Article) for result in results(suffix, pack(whole)))

    @given(damaged(whole))
    @example(b"")
    def tried(data: bytes) -> None:
        for result in results(suffix, pack(data)):
            storable(result)

    tried()


@pytest.mark.parametrize("suffix", FILES)
def test_the_same_bytes_give_the_same_records(suffix: str) -> None:
    whole, pack = FILES[suffix]

    @settings(max_examples=max(10, settings().max_examples // 10))
    @given(damaged(whole))
    def tried(data: bytes) -> None:
        assert results(suffix, pack(data)) == results(suffix, pack(data))

    tried()


@given(st.binary(max_size=400), st.sampled_from(sorted(FILES)))
def test_any_bytes_under_any_name(data: bytes, suffix: str) -> None:
    for result in results(suffix, data):
        storable(result)
    for result in results(identify(data), data):
        storable(result)


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(exclude_categories=()), max_size=40))
KEYS = ["title", "text", "date", "author", "url", "id", "source", "x"]


def nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["name", "rendered", "a"]), inner, max_size=3))


@given(st.dictionaries(st.sampled_from(KEYS), st.recursive(SCALARS, nested, max_leaves=6)))
def test_any_json(row: dict[str, object]) -> None:
    for result in results(".jsonl", json.dumps(row).encode()):
        storable(result)


LONG = [
    "!", "?!", "\n", " ", "|", "(", "a", "A", "1", "1.", "1,", "·", "\u0301", "a\n", "A b ", "de ", "5 maart ", "Bron: ", "<b>", "&amp;", "<!--",
    "[](", "\"'", "- ",
]  # fmt: skip


@pytest.mark.parametrize("piece", LONG)
def test_one_thing_over_and_over(piece: str) -> None:
    """No expression looks at the same stretch again and again: a hundred thousand characters take a second or so."""
    text = (piece * 100_000)[:100_000]
    files = {
        ".txt": text,
        ".html": f"<html><body><article><p>{text}</p></article></body></html>",
        ".eml": f"Subject: {text[:2000]}\n\n{text}",
        ".jsonl": json.dumps({"text": text, "title": text, "date": text, "author": text}),
        ".rss": f"<rss><channel><item><description><![CDATA[{text}]]></description><pubDate>{'1' * 999}</pubDate></item></channel></rss>",
    }
    for suffix, content in files.items():
        data = content.encode()
        for result in within(4, lambda suffix=suffix, data=data: list(read(Input(f"a{suffix}", suffix, io.BytesIO(data))))):
            storable(result)
