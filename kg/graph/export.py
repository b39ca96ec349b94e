"""Exports: RDF in four syntaxes, the projection as GraphML and GEXF, tables as CSV.

Every export is sorted, so that the same graph gives the same bytes whatever the order in which it was built.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import IO, cast, get_args
from typing import Literal as OneOf

import pyoxigraph as ox

from kg.errors import OutputError
from kg.graph import projection, tables
from kg.graph.facts import facts_in
from kg.graph.lines import sorted_lines
from kg.graph.names import NAMESPACES
from kg.graph.prefixes import Prefixes
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


def serialise(graph: Graph, form: Format) -> bytes:
    """One file's worth of bytes in any format but ``csv``. Turtle is the union of all graphs, the others keep them."""
    out = io.BytesIO()
    _write(graph, form, out)
    return out.getvalue()


def _write(graph: Graph, form: Format, out: IO[bytes], folder: Path | None = None) -> None:
    """Write any format but ``csv``; what of RDF is sorted and does not fit in memory lies in ``folder`` until then."""
    if form in _GRAPH:
        out.write(_GRAPH[form](projection.project(facts_in(graph.store))))
        return
    prefixes = Prefixes(graph.minter.prefixes() | {prefix: namespace.iri for prefix, namespace in NAMESPACES.items()})
    read, told = (_triples, ox.RdfFormat.N_TRIPLES) if form == "turtle" else (_quads, ox.RdfFormat.N_QUADS)
    with sorted_lines(read(graph), prefixes.look, folder) as lines:
        if form != "turtle":
            lines = (line.partition(b" ")[2] for line in lines)
        statements = (quad for some in _some(lines) for quad in ox.parse(some, format=told, lenient=True))  # the store checked them
        ox.serialize(
            (quad.triple for quad in statements) if form == "turtle" else statements, out, format=_RDF[form], prefixes=prefixes.used()
        )  # fmt: skip


def _triples(graph: Graph) -> Iterator[str]:
    """The union as lines, property by property: each term that need not be looked up in the store is a third of the time saved."""
    found = graph.store.query("SELECT DISTINCT ?p WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    for predicate in [row[0] for row in found]:
        found = graph.store.query(f"SELECT ?s ?o WHERE {{ ?s {predicate} ?o }}", use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        for row in found:
            yield f"{row[0]} {predicate} {row[1]} .\n"


def _quads(graph: Graph) -> Iterator[str]:
    """Every statement, behind the name of its graph, by which it is sorted first."""
    return (f"{quad.graph_name} {quad} .\n" for quad in graph.quads())


def _some(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Many lines at once."""
    return iter(lambda: b"".join(islice(lines, 10_000)), b"")


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
        if not isinstance(out, str | Path):
            _write(graph, form, cast(IO[bytes], out))
            return []
        with _whole(Path(out)) as file:
            _write(graph, form, file, Path(out).parent)
        return [Path(out)]
    except OSError as error:
        raise OutputError(f"{error.filename or out}: {error.strerror or error}") from error


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file by way of a temporary one beside it."""
    with _whole(path) as file:
        file.write(data)
    return path


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
