"""Mail messages: the text of a newsletter under its subject."""

import pytest

from tests.read.made import DAY, FIRST, SECOND, TITLE, mail, one, reason


@pytest.mark.parametrize("markup", [False, True])
def test_a_newsletter(markup, tmp_path):
    path = tmp_path / "a.eml"
    path.write_bytes(mail(markup))
    article = one(path)
    assert article.text == f"{TITLE}\n\n{FIRST}\n\n{SECOND}"
    assert (article.title, article.author, article.published, article.publisher) == (TITLE, "Anna Visser", DAY, "courant.example")
    assert one(path) == article


def test_what_is_no_mail_that_can_be_read(tmp_path):
    path = tmp_path / "a.eml"
    for data in (
        b"", b"no header at all", b"\0\xff" * 50, b"Subject: x\nContent-Type: image/png\n\nabc",
        b"Subject: x\nContent-Type: text/plain; charset=klingon\n\nqapla",
    ):  # fmt: skip
        path.write_bytes(data)
        assert reason(path)
