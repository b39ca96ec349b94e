"""Tables of text, whatever stands between their cells."""

import csv
import io

import pytest

from kg.read import ReadOptions, Skipped
from tests.read.made import DAY, FIRST, SECOND, TITLE, articles, every, one, reason


def table(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_with_lines_and_quotes_in_their_cells(delimiter, tmp_path):
    path = tmp_path / "a.csv"
    row = {"Headline": TITLE, "Publication Date": "5 maart 2024", "Body": f'{FIRST}\n\n"{SECOND}"', "By-line": "Anna Visser", "URL": "https://courant.example/1"}
    path.write_bytes(b"\xef\xbb\xbf" + table([row, row | {"URL": ""}], delimiter).encode())
    first, second = articles(path)
    assert first.text == f'{TITLE}\n\n{FIRST}\n\n"{SECOND}"'
    assert (first.name, first.published, first.author, first.url) == ("a.csv#https://courant.example/1", DAY, "Anna Visser", "https://courant.example/1")
    assert second.name == "a.csv#2"


def test_columns_that_nobody_knows_have_to_be_named(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text(table([{"c1": TITLE, "c2": FIRST}], "\t"), encoding="utf-8")
    assert "--field text=COLUMN" in reason(path)
    assert one(path, ReadOptions({"text": "c2", "title": "c1"})).title == TITLE


def test_a_bad_row_spoils_no_other(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(table([{"text": FIRST, "id": "1"}, {"text": "", "id": "2"}, {"text": SECOND, "id": "3"}]), encoding="utf-8")
    assert [r.name for r in every(path)] == ["a.csv#1", "a.csv#2", "a.csv#3"]


def test_what_is_no_table(tmp_path):
    path = tmp_path / "a.csv"
    for data in (b"", b"text\n", b"caf\xe9,text\n1,2\n", b"text,id\n" + b"a" * 3_000_000, ("a," * 5000).encode()):
        path.write_bytes(data)
        assert all(isinstance(result, Skipped) for result in every(path))
