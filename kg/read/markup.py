"""HTML fragments (of feeds, mails, rows) as plain text, by the standard library alone, so that every installation reads them alike."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["looks_like_markup", "plain"]

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "iframe", "object", "svg"})
_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|a|span|ul|ol|li|b|i|em|strong|img|figure|blockquote|table)\b[^<>]{0,2000}>|&(?:[a-z]{2,8}|#\d{1,6});", re.IGNORECASE
)


def looks_like_markup(text: str) -> bool:
    """Whether a field that may hold either holds HTML."""
    return _TAG.search(text) is not None


def plain(markup: str) -> str:
    """The text of an HTML fragment, a blank line between paragraphs; scripts and styles are left out."""
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n\n".join(line for line in lines if line)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden is None and tag in _HIDDEN:
            self._hidden = tag
        elif tag in _BLOCKS or tag == "br":
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS or tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = None
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._hidden is None:
            self.parts.append(data.replace("\n", " "))
