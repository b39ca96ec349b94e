"""A page of a news site: its story and what its head tells, nothing of its furniture."""

import hashlib
import sys

from tests.read.made import DAY, FIRST, SECOND, TITLE, html, one, reason


def test_story_and_head(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(html(), encoding="utf-8")
    article = one(path)
    assert article.text == f"{TITLE}\n\n{FIRST}\n\n{SECOND}"
    assert (article.name, article.title, article.author, article.published) == ("a.html", TITLE, "Anna Visser", DAY)
    assert (article.publisher, article.language, article.url) == ("De Courant", "nl", "https://courant.example/nieuws/1")
    assert article.raw == hashlib.sha256(path.read_bytes()).hexdigest()
    assert article.digest == hashlib.sha256(article.text.encode()).hexdigest()
    assert one(path) == article


def test_a_longer_text_knows_its_language_better_than_the_page_says(tmp_path):
    path = tmp_path / "a.htm"
    path.write_text(html().replace('lang="nl"', 'lang="en"'), encoding="utf-8")
    assert one(path).language == "nl"


def test_what_is_no_article(tmp_path):
    path = tmp_path / "a.html"
    for data in (b"", b"<html></html>", b"<html><body><nav><a href=/>Home</a></nav></body></html>", b"\0\xff" * 100):
        path.write_bytes(data)
        assert reason(path)


def test_a_missing_package_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    path = tmp_path / "a.html"
    path.write_text(html(), encoding="utf-8")
    assert reason(path) == "a web page needs a package that is not installed: pip install 'kg-news[sources]'"
