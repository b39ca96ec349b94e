"""Exports: RDF in four syntaxes, the projection as GraphML and GEXF, tables as CSV.

Every export is sorted, so that the same graph gives the same bytes whatever the order in which it was built.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal as OneOf
from typing import get_args

import pyoxigraph as ox

from kg.errors import OutputError
from kg.graph import projection, tables
from kg.graph.facts import facts_in
from kg.graph.names import NAMESPACES
from kg.graph.store import Graph

__all__ = ["FORMATS", "Format", "export", "serialise"]

Format = OneOf["turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
_RDF: Mapping[str, ox.RdfFormat] = MappingProxyType({
    "turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
})  # fmt: skip
_GRAPH: Mapping[str, Callable[[projection.Projection], bytes]] = MappingProxyType({
    "graphml": projection.graphml, "gexf": projection.gexf,
})  # fmt: skip


def _prefixes(graph: Graph, text: set[str]) -> dict[str, str]:
    """Prefix → namespace for every namespace that some IRI in ``text`` starts with, sorted."""
    every = graph.minter.prefixes() | {prefix: namespace.iri for prefix, namespace in NAMESPACES.items()}
    return {p: n for p, n in sorted(every.items()) if any(iri.startswith(n) for iri in text)}


def _iris(quads: list[ox.Quad]) -> set[str]:
    found: set[str] = set()
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode):
                found.add(term.value)
            elif isinstance(term, ox.Literal):
                found.add(term.datatype.value)
    return found


def serialise(graph: Graph, form: Format) -> bytes:
    """One file's worth of bytes in any format but ``csv``. Turtle is the union of all graphs, the others keep them."""
    if form in _GRAPH:
        return _GRAPH[form](projection.project(facts_in(graph.store)))
    quads = sorted(graph.quads(), key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))
    prefixes = _prefixes(graph, _iris(quads))
    if form == "turtle":
        triples = sorted({q.triple for q in quads}, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
        return bytes(ox.serialize(triples, format=_RDF[form], prefixes=prefixes) or b"")
    return bytes(ox.serialize(quads, format=_RDF[form], prefixes=prefixes) or b"")


def export(graph: Graph, form: Format, out: str | Path | io.BufferedIOBase) -> list[Path]:
    """Write the graph to a file, an open binary stream or, for ``csv``, a folder; the paths written.

    A file is there in full or not at all. Raises ``OutputError`` where it cannot be written.
    """
    if form not in FORMATS:
        raise OutputError(f"no such format: {form}; one of {', '.join(FORMATS)}")
    try:
        if form == "csv":
            if not isinstance(out, str | Path):
                raise OutputError("csv writes several tables; give a folder")
            return tables.write(facts_in(graph.store), Path(out))
        data = serialise(graph, form)
        if not isinstance(out, str | Path):
            out.write(data)
            return []
        return [write_whole(Path(out), data)]
    except OSError as error:
        raise OutputError(f"{error.filename or out}: {error.strerror or error}") from error


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file by way of a temporary one beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
