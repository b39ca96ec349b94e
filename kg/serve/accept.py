"""Which format a client wants: content negotiation (RFC 9110, 12.5.1) over the formats of SPARQL 1.1 results and RDF."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["GRAPHS", "PAGE", "TABLES", "choose", "content_type", "named", "weights"]

PAGE: Mapping[str, tuple[str, ...]] = MappingProxyType({"html": ("text/html", "application/xhtml+xml")})
"""A page for a person."""
TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
})  # fmt: skip
"""Formats of SELECT and ASK → media types, the one that is answered first; the first format is the default."""
GRAPHS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "turtle": ("text/turtle", "application/x-turtle"),
    "ntriples": ("application/n-triples", "text/plain"),
    "jsonld": ("application/ld+json", "application/json"),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
})  # fmt: skip
"""The same for CONSTRUCT and DESCRIBE."""
_SHORT = {"ttl": "turtle", "nt": "ntriples", "n3": "turtle", "json-ld": "jsonld", "rdf+xml": "rdfxml", "xml": "rdfxml"}


def weights(header: str) -> list[tuple[str, float]]:
    """What a header (Accept, Accept-Language) lists, with its weight; what cannot be read counts for nothing."""
    found = []
    for part in header.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        if media:
            found.append((media, weight))
    return found


def _weight(media: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the most telling range that holds ``media``."""
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        for name, weight in ranges:
            if name == pattern:
                return weight
    return 0.0


def choose(header: str | None, formats: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    """The format that the client likes best and its media type, the first in doubt; None if it takes none of them."""
    ranges = weights(header) if header and header.strip() else [("*/*", 1.0)]
    liked = {(name, media): _weight(media, ranges) for name, types in formats.items() for media in types}
    best = max(liked, key=liked.__getitem__)
    return best if liked[best] > 0 else None


def named(value: str | None, formats: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    """What a ``format=`` parameter means, by name or media type; None if it fits none of ``formats``."""
    wanted = (value or "").strip().lower()
    for name, types in formats.items():
        if wanted in (name, *types) or _SHORT.get(wanted) == name:
            return name, wanted if wanted in types else types[0]
    return None


def content_type(media: str) -> str:
    """A media type as a Content-Type."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
