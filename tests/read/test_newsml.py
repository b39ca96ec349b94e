"""NewsML-G2 as agencies send it."""

import pytest

from tests.read.made import DAY, FIRST, SECOND, TITLE, articles, message, newsml, one, reason


@pytest.mark.parametrize("inline", [True, False])
def test_a_news_item(inline, tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(newsml(inline=inline))
    article = one(path)
    assert article.text.split() == f"{TITLE} {FIRST} {SECOND}".split()
    assert (article.title, article.author, article.published, article.publisher, article.language) == (TITLE, "Anna Visser", DAY, "Agentschap", "nl")
    assert one(path) == article


def test_a_message_with_several_items(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(message(newsml(), newsml(inline=False).replace(b"20240305:1", b"20240305:2")))
    assert [a.name for a in articles(path)] == ["a.xml#urn:newsml:agentschap:20240305:1", "a.xml#urn:newsml:agentschap:20240305:2"]


def test_an_item_that_was_withdrawn_or_has_no_text(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(newsml("stat:canceled"))
    assert reason(path) == "withdrawn by its publisher (stat:canceled)"
    path.write_bytes(newsml().replace(b"inlineXML", b"remoteContent"))
    assert "no text" in reason(path)
    path.write_bytes(message())
    assert reason(path) == "no news item in it"
