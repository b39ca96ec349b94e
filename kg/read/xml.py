"""XML of any origin, without entities that could grow or reach outside (defusedxml)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from kg.read.clean import one_line
from kg.read.skipped import Unreadable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["child", "children", "parse", "prose", "tag", "text_of"]

_PARAGRAPHS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "li", "br", "div", "blockquote", "tr", "title", "body.head", "body.content",
    "hedline", "headline", "lead",
})  # fmt: skip
_HIDDEN = frozenset({"script", "style", "head", "media", "object"})
_DEPTH = 200  # elements within each other; no feed or news item comes near


def parse(data: bytes) -> Element:
    """The root element. Raises ``Unreadable``."""
    try:
        root: Element = fromstring(data)
    except DefusedXmlException as error:
        raise Unreadable(f"XML with entities of its own, which can be made to grow without end: {type(error).__name__}") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(f"not well-formed XML: {error}") from None
    return root


def tag(element: Element) -> str:
    """An element's name without its namespace, in lower case."""
    return element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The direct children of a local name."""
    return (c for c in (() if element is None else element) if tag(c) == name.lower())


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of local names, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str | None:
    """All text below an element on one line; None where there is none."""
    return one_line("".join(element.itertext())) if element is not None else None


def prose(element: Element) -> str:
    """The text below an element, a blank line between paragraphs, as its elements cut it. Raises ``Unreadable``."""
    parts: list[str] = []

    def walk(node: Element, depth: int) -> None:
        if depth > _DEPTH:
            raise Unreadable(f"more than {_DEPTH} elements within each other")
        breaks = tag(node) in _PARAGRAPHS
        if breaks:
            parts.append("\n")
        if tag(node) not in _HIDDEN or not depth:
            parts.append((node.text or "").replace("\n", " "))
            for inner in node:
                walk(inner, depth + 1)
                parts.append((inner.tail or "").replace("\n", " "))
        if breaks:
            parts.append("\n")

    walk(element, 0)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)
