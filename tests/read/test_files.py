"""Every file gives an article or one clear reason."""

import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read import Skipped, Source, find_sources, make_article, read_source
from kg.read.files import MAX_BYTES
from tests.read.made import one

DUTCH = "De regering stuurde maandag twee schepen met graan naar de haven van Beiroet.\n"


def skipped(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    [result] = read_source(Source(path.name, path))
    assert isinstance(result, Skipped)
    return result.reason


def test_reads_text_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(DUTCH.encode())
    article = one(path)
    assert article.text == DUTCH
    assert article.language == "nl"
    assert article.published is None


def test_byte_order_marks_and_windows_lines(tmp_path):
    path = tmp_path / "a.txt"
    for data in (b"\xef\xbb\xbf" + DUTCH.encode(), DUTCH.replace("\n", "\r\n").encode(), DUTCH.encode("utf-16")):
        path.write_bytes(data)
        assert one(path).text == DUTCH


def test_clear_reasons(tmp_path):
    path = tmp_path / "bad.txt"
    assert skipped(path, b"") == "empty"
    assert skipped(path, b" \n\n") == "empty"
    assert "UTF-8" in skipped(path, b"caf\xe9 au lait")
    assert "binary" in skipped(path, b"\x7fELF\0\0\0")
    assert "MB" in skipped(path, b"a" * (MAX_BYTES + 1))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_no_permission(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(DUTCH)
    path.chmod(0)
    [result] = read_source(Source("a.txt", path))
    assert "permission" in result.reason


def test_folders_are_searched_and_sorted(tmp_path):
    for name in ("b.txt", "sub/a.md", "sub/skip.doc", ".hidden/c.txt", "README.md"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(DUTCH)
    assert [s.name for s in find_sources([tmp_path])] == ["b.txt", "sub/a.md"]


def test_a_folder_without_articles_and_a_missing_path(tmp_path):
    with pytest.raises(InputError, match=r"no \.txt or \.md file"):
        find_sources([tmp_path])
    with pytest.raises(InputError, match="no such file"):
        find_sources([tmp_path / "nowhere"])


def test_two_files_of_one_name_stay_apart(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(DUTCH)
    assert [s.name for s in find_sources([tmp_path / "x", tmp_path / "y"])] == ["a.txt", "y/a.txt"]


def test_title_publisher_and_date():
    article = make_article("a", " date 2023-05 Het Dagblad\n\nLeger trekt zich terug uit de stad\n\nDe troepen vertrokken.")
    assert (article.title, article.publisher, article.published) == ("Leger trekt zich terug uit de stad", "Het Dagblad", "2023-05")
