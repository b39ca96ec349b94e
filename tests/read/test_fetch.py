"""Addresses: fetched politely, within limits, and never from inside the user's own network unless allowed."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from kg.errors import InputError
from kg.read import Fetcher, ReadOptions, Skipped, find_sources, networks, read_source
from kg.read import fetch as fetching
from kg.read.skipped import Unreadable
from tests.read.made import FIRST, SECOND, TITLE, feed, html


class Site(BaseHTTPRequestHandler):
    """A site with pages of every temper; ``asked`` remembers what was asked of it."""

    asked: ClassVar[list[tuple[str, str]]] = []
    robots: ClassVar[tuple[int, bytes]] = (404, b"")

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        match self.path.partition("?")[0]:
            case "/robots.txt":
                self.answer(self.robots[0], self.robots[1], "text/plain")
            case "/page" | "/private/page":
                self.answer(200, html().encode(), "text/html; charset=utf-8")
            case "/feed":
                self.answer(200, feed(), "application/rss+xml")
            case "/packed":
                self.answer(200, gzip.compress(html().encode()), "text/html", ("Content-Encoding", "gzip"))
            case "/bomb":
                self.answer(200, gzip.compress(bytes(50_000_000)), "text/html", ("Content-Encoding", "gzip"))
            case "/moved":
                self.answer(302, b"", "text/html", ("Location", "/page"))
            case "/loop":
                self.answer(301, b"", "text/html", ("Location", "/loop"))
            case "/inside":
                self.answer(302, b"", "text/html", ("Location", f"http://127.0.0.2:{self.server.server_address[1]}/page"))
            case "/file":
                self.answer(302, b"", "text/html", ("Location", "file:///etc/passwd"))
            case "/big":
                self.answer(200, b"a" * 300_000, "text/plain")
            case "/drips":
                self.answer(200, b"", "text/plain", ("Content-Length", "1000"))
                try:
                    for _ in range(100):
                        self.wfile.write(b"a")
                        self.wfile.flush()
                        threading.Event().wait(0.05)
                except OSError:
                    pass
            case "/unnamed":
                self.answer(200, f"{FIRST}\n{SECOND}\n".encode(), "")
            case _:
                self.answer(404, b"gone", "text/plain")

    def answer(self, status: int, body: bytes, kind: str, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), *headers):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Site, "asked", [])
    monkeypatch.setattr(Site, "robots", (404, b""))
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


HERE = networks(["127.0.0.1"])


def why(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(Unreadable) as raised:
        fetcher.fetch(url)
    return str(raised.value)


def test_a_page_and_a_feed_by_their_addresses(site):
    how = ReadOptions(fetcher=Fetcher(HERE))
    [source] = find_sources([f"{site}/page?x=1"])
    [article] = read_source(source, how)
    assert (article.name, article.title, article.url) == (f"{site}/page?x=1", TITLE, "https://courant.example/nieuws/1")
    assert [a.name for a in read_source(find_sources([f"{site}/feed"])[0], how)] == [
        f"{site}/feed#https://courant.example/nieuws/{n}" for n in (1, 2)
    ]  # fmt: skip
    [article] = read_source(find_sources([f"{site}/unnamed"])[0], how)
    assert article.text == f"{FIRST}\n{SECOND}\n"
    assert all(agent.startswith("kg-news") for _, agent in Site.asked)


def test_redirects_and_packed_answers(site):
    fetcher = Fetcher(HERE)
    assert fetcher.fetch(f"{site}/moved").url == f"{site}/page"
    assert fetcher.fetch(f"{site}/packed").data == html().encode()
    assert "redirects" in why(fetcher, f"{site}/loop")
    assert "not an http" in why(fetcher, f"{site}/file")


def test_private_addresses_are_refused(site):
    port = site.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "[::ffff:127.0.0.1]",
                 "[64:ff9b::7f00:1]", "[fe80::1]", "2130706433", "0x7f000001", "224.0.0.1"):  # fmt: skip
        reason = why(Fetcher(), f"http://{host}:{port}/page")
        assert "private network" in reason or "no such host" in reason, host
    [skipped] = read_source(find_sources([f"{site}/page"])[0])
    assert isinstance(skipped, Skipped)
    assert "--allow-network 127.0.0.1" in skipped.reason
    assert Site.asked == []


def test_no_redirect_leads_inside(site):
    assert "private network (127.0.0.2)" in why(Fetcher(HERE), f"{site}/inside")
    assert [path for path, _ in Site.asked] == ["/robots.txt", "/inside"]


def test_a_name_is_resolved_once_for_check_and_use(site, monkeypatch):
    """A name that answers a public address at first and a private one later gains nothing: the first is the one that is used."""
    answers = iter(["127.0.0.1", "127.0.0.1", "10.0.0.1"])
    asked: list[str] = []

    def resolve(host: str, port: int, **more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(fetching.socket, "create_connection", _direct)
    fetcher = Fetcher(HERE)
    port = site.rpartition(":")[2]
    assert fetcher.fetch(f"http://news.example:{port}/page").data == html().encode()  # one look-up for robots.txt, one for the page
    assert "private network (10.0.0.1)" in why(fetcher, f"http://news.example:{port}/page")
    assert asked == ["news.example"] * 3


def _direct(address: tuple[str, int], timeout: float | None = None) -> socket.socket:
    """A connection without any look-up of its own."""
    assert address[0] == "127.0.0.1"
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.settimeout(timeout)
    connection.connect(address)
    return connection


def test_one_private_address_among_several_is_enough_to_refuse(monkeypatch):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: rows)
    assert "private network (10.0.0.1)" in why(Fetcher(), "http://news.example/")


def test_robots_are_honoured(site, monkeypatch):
    monkeypatch.setattr(Site, "robots", (200, b"\xef\xbb\xbfUser-agent: kg-news\nDisallow: /private/\n\nUser-agent: *\nDisallow: /\n"))
    fetcher = Fetcher(HERE)
    assert "robots.txt" in why(fetcher, f"{site}/private/page")
    assert fetcher.fetch(f"{site}/page").data
    assert [path for path, _ in Site.asked] == ["/robots.txt", "/page"]


def test_a_site_that_cannot_tell_its_rules_is_left_alone(site, monkeypatch):
    monkeypatch.setattr(Site, "robots", (503, b""))
    assert "robots.txt" in why(Fetcher(HERE), f"{site}/page")


def test_sizes_and_times_have_bounds(site, monkeypatch):
    monkeypatch.setattr(fetching, "MOST", 200_000)
    fetcher = Fetcher(HERE)
    assert "more than" in why(fetcher, f"{site}/big")
    assert "more than" in why(fetcher, f"{site}/bomb")
    monkeypatch.setattr(fetching, "_SECONDS", 0.3)
    assert "seconds" in why(fetcher, f"{site}/drips")


def test_what_is_no_address_or_does_not_answer(site):
    fetcher = Fetcher(HERE)
    assert why(fetcher, f"{site}/gone") == "the server answers 404 Not Found"
    assert "password" in why(fetcher, "http://me:secret@127.0.0.1/")
    for url in ("http://", "http://[", "http://a:b/", "ftp://x.example/", "http://127.0.0.1:1/", "http://x..example/", "http://" + "a" * 300):
        assert why(fetcher, url)


def test_networks_as_the_user_writes_them():
    assert [str(network) for network in networks(["10.1.2.3/8", "::1"])] == ["10.0.0.0/8", "::1/128"]
    with pytest.raises(InputError, match="--allow-network intranet"):
        networks(["intranet"])
