"""A mail message (RFC 5322) as an article: newsletters, alerts, an article sent on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.utils import parseaddr
from functools import lru_cache
from typing import Any

from kg.read.article import Metadata, taken_out, with_title
from kg.read.dates import as_date
from kg.read.markup import plain
from kg.read.skipped import Unreadable
from kg.read.source import Input
from kg.records import Article

__all__ = ["read_mail"]

_MESSAGE = 25_000_000  # bytes with attachments, what mail servers let through
_HEADER = 1000  # characters; a longer header is not kept in memory


@lru_cache(maxsize=64)
def _parsed(name: str, value: str) -> Any:
    return policy.default.header_fetch_parse(name, value)


class _Remembering(policy.EmailPolicy):
    """The library's default policy; its parser asks for the type of every part again and again, and would parse it anew."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return _parsed(name, value) if len(value) <= _HEADER else super().header_fetch_parse(name, value)


_POLICY = _Remembering()


def read_mail(given: Input) -> Iterator[Article]:
    """The message's text (its plain part, else its HTML part) under its subject; attachments are not read."""
    data = given.all(_MESSAGE)
    try:
        message = message_from_bytes(data, policy=_POLICY)
        title = _header(message, "subject")
        body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
        if body is None:
            raise Unreadable("a mail without text")
        text = body.get_content()
    except (LookupError, MessageError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise Unreadable(f"not a mail that can be read: {error}") from None
    if not isinstance(text, str) or not any(message.keys()):
        raise Unreadable("not a mail")
    if body.get_content_type() == "text/html":
        text = plain(text)
    name, address = parseaddr(_header(message, "from") or "")
    publisher = _header(message, "list-id") or address.rpartition("@")[2]
    known = Metadata(
        title, name, as_date(_header(message, "date")), publisher.partition("<")[0].strip(' "') or publisher.strip("<> "),
        _header(message, "content-language"), None, hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    yield taken_out(given.name, with_title(title, text), known)


def _header(message: Message, name: str) -> str | None:
    """A header as text. The library fails on some that are hostile; such a one is as good as missing."""
    try:
        value = message.get(name)
    except Exception:
        return None
    return str(value) if value else None
