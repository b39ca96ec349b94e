"""JSON Lines and JSON, as web services and crawlers write them."""

import json

import pytest

from kg.read import ReadOptions, Skipped
from tests.read.made import DAY, FIRST, SECOND, TITLE, articles, every, one, reason

EXPORTS = {  # made after the documentation of each: one record with the fields that it has
    "news-please": {"maintext": FIRST, "title": TITLE, "date_publish": f"{DAY} 09:30:00", "authors": ["Anna Visser"], "source_domain": "x.example"},
    "NewsAPI": {"source": {"id": None, "name": "De Courant"}, "author": "Anna Visser", "title": TITLE, "publishedAt": DAY, "content": FIRST},
    "The Guardian": {"webTitle": TITLE, "webPublicationDate": f"{DAY}T09:30:00Z", "fields": {"bodyText": FIRST, "byline": "Anna Visser"}},
    "WordPress": {"date": f"{DAY}T09:30:00", "title": {"rendered": TITLE}, "content": {"rendered": f"<p>{FIRST}</p>\n"}, "author": "Anna Visser"},
    "trafilatura": {"title": TITLE, "author": "Anna Visser", "hostname": "courant.example", "date": DAY, "text": FIRST, "source": "https://courant.example/1"},
    "JSON Feed": {"title": TITLE, "content_html": f"<p>{FIRST}</p>", "date_published": f"{DAY}T09:30:00+01:00", "authors": [{"name": "Anna Visser"}]},
    "schema.org": {"@type": "NewsArticle", "headline": TITLE, "articleBody": FIRST, "datePublished": DAY, "author": {"name": "Anna Visser"}},
}


@pytest.mark.parametrize("export", EXPORTS)
def test_the_fields_of_known_exports_are_found(export, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(EXPORTS[export]) + "\n", encoding="utf-8")
    article = one(path)
    assert article.text == f"{TITLE}\n\n{FIRST}"
    assert (article.name, article.title, article.author, article.published) == (
        "a.jsonl#https://courant.example/1" if export == "trafilatura" else "a.jsonl#1", TITLE, "Anna Visser", DAY,
    )  # fmt: skip


def test_a_bad_line_spoils_no_other(tmp_path):
    path = tmp_path / "a.jsonl"
    good = json.dumps({"id": "x", "text": SECOND})
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(["{", good, "[1]", '{"id": 1}', "", "[" * 100_000, '{"text": "\\ud800"}', good]).encode())
    found = every(path)
    assert [(r.name, r.reason[:20] if isinstance(r, Skipped) else "") for r in found] == [
        ("a.jsonl#1", "not JSON: Input data"), ("a.jsonl#x", ""), ("a.jsonl#3", "not a JSON object"), ("a.jsonl#4", "no field with text; "),
        ("a.jsonl#6", found[4].reason[:20]), ("a.jsonl#7", found[5].reason[:20]), ("a.jsonl#x~2", ""),
    ]  # fmt: skip


def test_columns_that_the_user_names_go_first(tmp_path):
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps({"text": "teaser", "a": {"Lead": FIRST}, "b": SECOND, "when": 1709629200, "key": 7}), encoding="utf-8")
    how = ReadOptions({"text": "a.Lead+b", "published": "when", "id": "key"})
    article = one(path, how)
    assert (article.name, article.text, article.published) == ("a.ndjson#7", f"{FIRST}\n\n{SECOND}", DAY)


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: [r], lambda r: {"articles": [r]}, lambda r: {"response": {"docs": [r], "meta": {}}}])
def test_json_of_every_shape(wrap, tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(wrap({"title": TITLE, "text": FIRST}), indent=1), encoding="utf-8")
    assert one(path).title == TITLE


def test_json_lines_under_the_name_of_json(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("\n".join(json.dumps({"id": n, "text": FIRST}) for n in (1, 2)), encoding="utf-8")
    assert [a.name for a in articles(path)] == ["a.json#1", "a.json#2"]


def test_what_is_no_json(tmp_path):
    path = tmp_path / "a.json"
    for data in (b"", b"nonsense", b"[1, 2]", b"[" * 1_000_000, b'"text"'):
        path.write_bytes(data)
        assert reason(path)


def test_a_line_without_end_is_not_held(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * 6_000_000)
    assert "longer than 5 MB" in reason(path)


def test_an_address_that_is_none_costs_no_other_row(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = ({"id": n, "text": FIRST, "publisher": publisher} for n, publisher in enumerate(("A", "https://[x", "https://b.example/")))
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [a.publisher for a in articles(path)] == ["A", "https://[x", "b.example"]
