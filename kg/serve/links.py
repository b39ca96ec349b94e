"""Where an IRI of the data is found on this server, and which IRI an address of this server means.

An IRI below the base of the graph is found at the same path below ``/id/``; any other at ``/about?iri=``. Two IRIs
never have one address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.graph.iri import slug

__all__ = ["Links"]

_ID, _ABOUT = "/id/", "/about?iri="
_DOTS = re.compile(r"(^|/)(\.{0,2})(/|$)")  # segments that a browser would fold away


@dataclass(frozen=True, slots=True)
class Links:
    """Links for a graph with that base IRI."""

    base: str

    def href(self, iri: str) -> str:
        """The address of an IRI's page."""
        local = iri[len(self.base) :] if iri.startswith(self.base) else ""
        if local and not _DOTS.search(local):
            return _ID + quote(local, safe="/:@!$'()*,;=~")
        return _ABOUT + quote(iri, safe=":/")

    def tool(self, path: str, iri: str) -> str:
        """The address of a tool of this server (``/view``, ``/turtle``) for an IRI."""
        return f"{path}?iri={quote(iri, safe=':/')}"

    def meant(self, path: str, raw: bytes) -> Iterator[ox.NamedNode]:
        """The IRIs that a path below ``/id/`` can mean, the likeliest first.

        ``path`` is decoded, ``raw`` as it was sent. Links of this server are percent-encoded once more than the IRI
        is; who types the IRI itself sends its own percent signs, with those that letters of other scripts are sent as.
        """
        typed = raw.partition(b"?")[0].decode("ascii", "replace").partition(_ID)[2]
        minted = "/".join(slug(part) if (part := unquote(piece)) else "" for piece in typed.split("/"))
        for local in dict.fromkeys((path, typed, minted)):
            try:
                yield ox.NamedNode(self.base + local)
            except ValueError:
                continue
