"""Characters that no news text needs and that can do harm, taken out before offsets are counted.

Only text that a reader takes out of something (a page, a row, a header) goes through here; a text file stands as it is.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

__all__ = ["extracted", "one_line", "safe_name", "web_address"]

_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_SIGNS = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls: they steer terminals and are no XML
    "\u00ad\u200b\u2060\ufeff"  # invisible: they split a word for every search
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # writing direction: shows a text in another order than it has
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
_HARMFUL = re.compile(f"[{_SIGNS}]")
_NOT_IN_NAMES = re.compile(f"[{_SIGNS}\x09-\x0d\u2028\u2029\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_TITLE = 500  # characters; no headline or name is longer
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]{1,2000}", re.IGNORECASE)


def extracted(text: str) -> str:
    """Text as an article may hold it: composed characters (NFC), line ends as ``\\n``, no harmful character, no idle blank."""
    text = _SURROGATES.sub("\ufffd", _HARMFUL.sub("", _BREAKS.sub("\n", text)))
    lines = (_BLANKS.sub(" ", line).strip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str | None) -> str | None:
    """A title or name on one line, or None where nothing is left of it."""
    if text is None:
        return None
    line = " ".join(extracted(text[: 4 * _TITLE]).split())
    return line[:_TITLE].strip() or None


def safe_name(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 and control characters are written out, so that every name can be stored."""
    return _NOT_IN_NAMES.sub(lambda match: _written_out(match[0]), name)


def _written_out(letter: str) -> str:
    if "\udc80" <= letter <= "\udcff":  # how Python shows a byte of a file name that is no UTF-8
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return letter.encode("unicode_escape").decode()


def web_address(text: str | None) -> str | None:
    """An http or https address without a harmful character, or None for anything else: a link is never a script."""
    text = (text or "").strip()
    if not _ADDRESS.fullmatch(text) or _NOT_IN_NAMES.search(text):
        return None
    try:
        urlsplit(text)
    except ValueError:  # "http://[x"
        return None
    return text
