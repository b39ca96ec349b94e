"""Documents from the web: only an address that the user gave, politely, and never from inside the user's own network.

An address is resolved once, the number that came out is checked, and the connection goes to that number, so that a name
cannot lead elsewhere between check and use. Every redirect is checked anew. ``robots.txt`` is honoured as RFC 9309 says.
"""

from __future__ import annotations

import gzip
import http.client
import io
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from kg.errors import InputError
from kg.read.skipped import Unreadable

__all__ = ["MOST", "Fetched", "Fetcher", "networks"]

MOST = 20_000_000  # bytes of one document
_SECONDS = 60.0  # for one document with all its redirects
_PATIENCE = 15.0  # seconds without a byte
_REDIRECTS = 5
_ROBOTS = 512_000  # bytes; RFC 9309 asks for 500 KiB at least
_PAUSE = 10.0  # seconds; the longest Crawl-delay that is kept
_CHUNK = 1 << 16
_SAFE = "/?:@!$&'()*+,;=%-._~[]"
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "2002::/16", "2001::/32")))
"""NAT64, 6to4 and Teredo: addresses that stand for another one, perhaps a private one."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: bytes, the address after redirects, the content type in lower case ("" where none was told)."""

    data: bytes
    url: str
    type: str


def networks(options: Iterable[str]) -> tuple[Network, ...]:
    """Networks or addresses as the user writes them ("127.0.0.1", "10.0.0.0/8"). Raises ``InputError``."""
    found: list[Network] = []
    for option in options:
        try:
            found.append(ipaddress.ip_network(option, strict=False))
        except ValueError:
            raise InputError(f"--allow-network {option}: write an address or a network, such as 10.0.0.0/8") from None
    return tuple(found)


class Fetcher:
    """Fetches documents; remembers what each host's ``robots.txt`` allows. ``allowed`` are private networks to be reached all the same."""

    def __init__(self, allowed: Iterable[Network] = ()) -> None:
        self._allowed = tuple(allowed)
        self._robots: dict[str, RobotFileParser] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """The document at an http or https address. Raises ``Unreadable``."""
        deadline = time.monotonic() + _SECONDS
        for _ in range(_REDIRECTS + 1):
            parts = _parts(url)
            self._ask_robots(parts, deadline)
            status, headers, data = self._get(parts, deadline, MOST)
            if status in (301, 302, 303, 307, 308) and (target := headers.get("location")):
                url = urljoin(url, target)
                continue
            if status != 200:
                raise Unreadable(f"the server answers {status} {http.client.responses.get(status, '')}".rstrip())
            return Fetched(data, url, (headers.get("content-type") or "").partition(";")[0].strip().lower())
        raise Unreadable(f"more than {_REDIRECTS} redirects")

    def _ask_robots(self, parts: SplitResult, deadline: float) -> None:
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            self._robots[host] = self._read_robots(host, deadline)
        robots = self._robots[host]
        if not robots.can_fetch(_agent(), parts.geturl()):
            raise Unreadable("robots.txt of that site asks not to read it")
        delay = min(float(robots.crawl_delay(_agent()) or 0), _PAUSE)
        wait = self._last.get(host, 0.0) + delay - time.monotonic()
        if delay and host in self._last and wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()

    def _read_robots(self, host: str, deadline: float) -> RobotFileParser:
        """The rules of a host; none where it has none; nothing is allowed where it cannot be asked (RFC 9309, 2.3.1)."""
        robots, url = RobotFileParser(), f"{host}/robots.txt"
        robots.modified()  # the parser allows nothing before it has seen the file
        for _ in range(_REDIRECTS + 1):
            status, headers, data = self._get(_parts(url), deadline, _ROBOTS, cut=True)
            if status in (301, 302, 303, 307, 308) and (target := headers.get("location")):
                url = urljoin(url, target)
                continue
            if status >= 500:
                robots.parse(["User-agent: *", "Disallow: /"])
            elif status == 200:
                robots.parse(data.decode("utf-8", "replace").lstrip("\ufeff").splitlines())
            return robots
        return robots

    def _get(self, parts: SplitResult, deadline: float, most: int, *, cut: bool = False) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body of one request to one checked address."""
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        address = self._address(host, port)
        kind = _PinnedTls if parts.scheme == "https" else _Pinned
        connection = kind(host, port, timeout=_PATIENCE)
        connection.address = address
        target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
        try:
            connection.request("GET", target, headers={"User-Agent": _agent(), "Accept": "*/*", "Accept-Encoding": "identity"})
            answer = connection.getresponse()
            body = _body(answer, deadline, most, cut=cut)
            return answer.status, answer.headers, body
        except ssl.SSLCertVerificationError as error:
            raise Unreadable(f"its certificate does not hold: {error.verify_message}") from None
        except TimeoutError:
            raise Unreadable(f"no answer within {_PATIENCE:.0f} seconds") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreadable(f"cannot be fetched: {getattr(error, 'strerror', None) or error or type(error).__name__}") from None
        finally:
            connection.close()

    def _address(self, host: str, port: int) -> str:
        """The number to connect to: the first of the host's, all of which must be public or allowed."""
        try:
            found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            raise Unreadable(f"no such host: {host} ({getattr(error, 'strerror', None) or error})") from None
        for address in found:
            if not self._may_reach(address):
                raise Unreadable(f"{host} is in a private network ({address}); allow it with --allow-network {address} if you mean it")
        return found[0]

    def _may_reach(self, text: str) -> bool:
        address = ipaddress.ip_address(text.partition("%")[0])
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        if any(address in network for network in self._allowed):
            return True
        if isinstance(address, ipaddress.IPv6Address) and any(address in network for network in _TRANSLATED):
            return False
        return address.is_global and not address.is_multicast


class _Pinned(http.client.HTTPConnection):
    """Connects to ``address``, whatever the name would lead to by now."""

    address = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _PinnedTls(_Pinned, http.client.HTTPSConnection):
    """The same over TLS; the certificate must be the name's."""

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _agent() -> str:
    try:
        return f"kg-news/{version('kg-news')}"
    except PackageNotFoundError:
        return "kg-news"


def _parts(url: str) -> SplitResult:
    """The parts of an address that may be fetched. Raises ``Unreadable``."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise Unreadable("not an address") from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise Unreadable(f"not an http or https address: {url[:200]}")
    if parts.username is not None or parts.password is not None:
        raise Unreadable("an address with a password in it; it would end up in the graph")
    return parts


def _body(answer: http.client.HTTPResponse, deadline: float, most: int, *, cut: bool) -> bytes:
    """The body, unpacked where the server packed it unasked. Raises ``Unreadable`` where it is too long or too slow."""
    parts, length = [], 0
    while data := answer.read1(_CHUNK):
        if time.monotonic() > deadline:
            raise Unreadable(f"takes more than {_SECONDS:.0f} seconds to fetch")
        parts.append(data)
        length += len(data)
        if length > most:
            if cut:
                break
            raise Unreadable(f"more than {most / 1e6:.0f} MB")
    body = b"".join(parts)
    if (answer.headers.get("content-encoding") or "").strip().lower() in ("gzip", "x-gzip"):
        try:
            body = gzip.GzipFile(fileobj=io.BytesIO(body)).read(most + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise Unreadable(f"packed, and damaged: {error}") from None
        if len(body) > most and not cut:
            raise Unreadable(f"more than {most / 1e6:.0f} MB unpacked")
    return body
