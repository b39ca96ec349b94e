"""Which prefixes an export needs: those of which some IRI begins with the namespace, be it that of a literal's datatype."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.graph.names import RDF, XSD

__all__ = ["Prefixes"]

_UNWRITTEN = {XSD.iri: (b'"', rb'|" [^"\n]*$'), RDF.iri: (b'"@', rb'|"@[^"\n]*$')}
"""Datatypes that no line shows, xsd:string and rdf:langString: a word they do not go without, and how such a literal ends."""


class Prefixes:
    """Prefix → namespace for what is met in lines of N-Triples or N-Quads."""

    def __init__(self, every: Mapping[str, str]) -> None:
        self._every = dict(sorted(every.items()))
        self._missing = {prefix: _shown(iri) for prefix, iri in self._every.items()}

    def look(self, lines: bytes) -> None:
        """Take note of the IRIs of many lines."""
        self._missing = {p: (w, r) for p, (w, r) in self._missing.items() if not (w in lines and r.search(lines))}

    def used(self) -> dict[str, str]:
        """Those that were met, sorted."""
        return {prefix: iri for prefix, iri in self._every.items() if prefix not in self._missing}


def _shown(iri: str) -> tuple[bytes, re.Pattern[bytes]]:
    """A word without which no IRI of the namespace is there, quick to find, and how to tell it from the words of a literal."""
    start = b"<" + iri.encode()
    word, more = _UNWRITTEN.get(iri, (start, b""))
    begins = re.escape(start)
    return word, re.compile(rb'^[^"\n]*' + begins + rb'|"\^\^' + begins + rb'[^"\n]*$' + more, re.MULTILINE)
