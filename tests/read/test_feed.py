"""RSS and Atom feeds: each entry with the fullest text that the feed gives."""

import pytest

from tests.read.made import DAY, FIRST, SECOND, TITLE, articles, every, feed, one, reason


@pytest.mark.parametrize(("suffix", "atom"), [("rss", False), ("atom", True), ("xml", False)])
def test_entries(suffix, atom, tmp_path):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(feed(atom))
    first, second = articles(path)
    assert first.text == f"{TITLE}\n\n{FIRST}"
    assert (first.title, first.author, first.published, first.publisher) == (TITLE, "Anna Visser", DAY, "De Courant")
    assert (first.name, first.url) == (f"a.{suffix}#https://courant.example/nieuws/1", "https://courant.example/nieuws/1")
    assert (second.published, second.text.endswith(SECOND)) == ("2024-03-06", True)
    assert articles(path) == [first, second]


def test_rss_1_and_atom_with_xhtml(tmp_path):
    path = tmp_path / "a.rdf"
    path.write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>De Courant</title></channel><item><title>{TITLE}</title><description>{FIRST}</description><dc:date>{DAY}</dc:date>"
        "<link>https://courant.example/1</link></item></rdf:RDF>", encoding="utf-8",
    )  # fmt: skip
    assert (one(path).published, one(path).publisher) == (DAY, "De Courant")
    path = tmp_path / "b.atom"
    path.write_text(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>De Courant</title><entry><title>{TITLE}</title><id>1</id><content type="xhtml">'
        f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{FIRST}</p><p>{SECOND}</p></div></content></entry></feed>', encoding="utf-8",
    )  # fmt: skip
    assert one(path).text == f"{TITLE}\n\n{FIRST}\n\n{SECOND}"


def test_an_entry_without_words_spoils_no_other(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(f"<rss><channel><item/><item><title>{TITLE}</title><link>javascript:alert(1)</link></item></channel></rss>")
    bad, good = every(path)
    assert (bad.reason, good.url, good.text) == ("no text in it", None, TITLE)


def test_other_xml(tmp_path):
    path = tmp_path / "a.xml"
    for data in (b"", b"<a>", b"<html/>", b"\0\0"):
        path.write_bytes(data)
        assert reason(path)


def test_entities_that_grow_without_end(tmp_path):
    path = tmp_path / "a.xml"
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    for inner in (f'<!ENTITY l0 "ha">{lol}', '<!ENTITY l11 SYSTEM "file:///etc/passwd">'):
        path.write_text(f"<!DOCTYPE rss [{inner}]><rss><channel><item><title>&l11;</title></item></channel></rss>")
        assert "entities" in reason(path)


def test_elements_within_each_other_without_end(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(f"<rss><channel><item><description>{'<b>' * 50_000}{'</b>' * 50_000}</description></item></channel></rss>")
    assert "within each other" in reason(path)
