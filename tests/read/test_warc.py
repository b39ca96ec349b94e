"""Crawls: every page that was fetched well, by its address."""

from tests.read.made import FIRST, SECOND, TITLE, articles, every, html, wacz, warc

PAGES = {
    "https://courant.example/nieuws/1": html(),
    "https://courant.example/nieuws/2": html("Tweede bericht over de haven", (SECOND, FIRST), "https://courant.example/nieuws/2"),
}


def test_pages_of_a_crawl(tmp_path):
    for name, data in (("a.warc.gz", warc(PAGES)), ("a.warc", warc(PAGES, gzip=False)), ("a.wacz", wacz(PAGES))):
        path = tmp_path / name
        path.write_bytes(data)
        first, second = articles(path)
        place = f"{name}/archive/data.warc.gz" if name == "a.wacz" else name
        assert [first.name, second.name] == [f"{place}#{address}" for address in PAGES]
        assert (first.title, first.url, first.text) == (TITLE, "https://courant.example/nieuws/1", f"{TITLE}\n\n{FIRST}\n\n{SECOND}")


def test_a_crawl_that_breaks_off_keeps_what_came_before(tmp_path):
    path = tmp_path / "a.warc.gz"
    data = warc(PAGES)
    path.write_bytes(data[: len(data) * 3 // 5])
    found = every(path)
    assert found[0].name.endswith("nieuws/1")
    path.write_bytes(b"this is no crawl\n" * 100)
    assert every(path)
    path = tmp_path / "b.warc"
    path.write_bytes(b"this is no crawl\n" * 100)
    assert "not a WARC file" in every(path)[0].reason
