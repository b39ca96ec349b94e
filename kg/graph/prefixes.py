"""Which prefixes an export needs: those of which some IRI begins with the namespace, be it that of a literal's datatype."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.graph.names import RDF, XSD

__all__ = ["Prefixes"]

_UNWRITTEN = {XSD.iri: re.compile(rb'" [^"\n]*$', re.MULTILINE), RDF.iri: re.compile(rb'"@[^"\n]*$', re.MULTILINE)}
"""How a literal ends whose datatype no line shows: xsd:string, rdf:langString."""


class Prefixes:
    """Prefix → namespace for what is met in lines of N-Triples or N-Quads."""

    def __init__(self, every: Mapping[str, str]) -> None:
        self._every = dict(sorted(every.items()))
        self._missing = dict(self._every)

    def look(self, lines: bytes) -> None:
        """Take note of the IRIs of many lines."""
        self._missing = {prefix: iri for prefix, iri in self._missing.items() if not _is_met(iri, lines)}

    def used(self) -> dict[str, str]:
        """Those that were met, sorted."""
        return {prefix: iri for prefix, iri in self._every.items() if prefix not in self._missing}


def _is_met(iri: str, lines: bytes) -> bool:
    if (ends := _UNWRITTEN.get(iri)) and ends.search(lines):
        return True
    start = b"<" + iri.encode()
    place = lines.find(start)
    while place >= 0:
        begin, end = lines.rfind(b"\n", 0, place) + 1, lines.find(b"\n", place)
        if b'"' not in lines[begin:place]:
            return True
        if lines[place - 3 : place] == b'"^^' and b'"' not in lines[place:end]:  # not the words of a literal, which may hold anything
            return True
        place = lines.find(start, place + 1)
    return False
