"""``kg bench store``: load, named queries and export of many statements, beside raw pyoxigraph and rdflib's memory store.

The statements are those of a graph that was built, told again and again under other keys: what one article alone
describes (events, mentions, claims, its own names) gets keys of its own in each copy, what articles share (countries,
goods, known actors) stays one, so that joins meet what they would meet in a graph of so many articles.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset
from rdflib.plugins.sparql.sparql import SPARQLError

from kg.graph import Graph
from kg.graph.export import export
from kg.graph.names import NAMESPACES
from kg.graph.query import filled, named_queries, query
from kg.graph.shards import digest_of

__all__ = ["Row", "bench_store", "synthetic", "table"]

_NAMES = re.compile(r'(sourceName> "[^"\\]*)"')


@dataclass(frozen=True, slots=True)
class Row:
    """Seconds of one task by kg, by raw pyoxigraph and by rdflib; None where it was not asked or cannot answer."""

    task: str
    kg: float
    raw: float | None
    rdflib: float | None


def synthetic(graph: Graph, statements: int, path: Path) -> int:
    """Write an N-Quads file of at least so many statements; how many it holds."""
    articles = {stored.node for stored in graph.articles().values()}
    kept = [f"{q} .\n" for q in graph.quads() if q.graph_name in articles]
    shared = [f"{q} .\n" for q in graph.quads(graph.minter.graph("reference"))]
    own = re.compile(rf"({re.escape(graph.minter.base)}[a-z]+/)([0-9a-f]{{16}})")
    total = len(shared)
    with path.open("w", encoding="utf-8") as out:
        out.writelines(shared)
        for number in count():
            if total >= statements or not kept:
                return total
            lines = "".join(kept)
            if number:
                lines = own.sub(lambda m, n=number: f"{m[1]}{n:05x}{m[2][5:]}", lines)  # type: ignore[misc]
                lines = _NAMES.sub(rf'\1 {number}"', lines)
            out.write(lines)
            total += len(kept)
    raise AssertionError


def bench_store(source: Graph, statements: int, names: Sequence[str], *, rdflib: bool) -> Iterator[Row]:
    """Load, each named query, and export to Turtle. The stores of kg and of pyoxigraph lie on disk, rdflib's in memory."""
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as place:
        folder, data = Path(place), Path(place) / "all.nq"
        total = synthetic(source, statements, data)
        raw = ox.Store(str(folder / "raw"))
        raw_load = _time(lambda: raw.bulk_load(path=str(data), format=ox.RdfFormat.N_QUADS))
        memory = Dataset(default_union=True)
        rdf_load = _time(lambda: memory.parse(str(data), format="nquads")) if rdflib else None
        with Graph.create(folder / "kg", source.minter.base) as graph:

            def load() -> None:
                shards = graph.shards()
                assert shards is not None
                shutil.copy(data, shards / f"{digest_of(data)}.nq")
                graph.load_shards()

            yield Row(f"load of {total:,} statements", _time(load), raw_load, rdf_load)
            prefixes = graph.minter.prefixes() | {prefix: namespace.iri for prefix, namespace in NAMESPACES.items()}
            head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())
            for name in names or named_queries():
                text = filled(graph, name, {})

                def ask(text: str = text) -> object:
                    return list(raw.query(text, use_default_graph_as_union=True, prefixes=prefixes))  # type: ignore[arg-type]

                def ask_rdflib(text: str = text) -> object:
                    return list(memory.query(head + text))

                ask()  # both stores have read their files once
                query(graph, name)
                beside = None
                if rdflib:
                    with suppress(SPARQLError, TypeError):  # it does not aggregate over what is unbound, as SPARQL has it
                        beside = _time(ask_rdflib)
                yield Row(name, _time(lambda n=name: query(graph, n)), _time(ask), beside)  # type: ignore[misc]
            yield Row("export to Turtle", _time(lambda: export(graph, "turtle", folder / "kg.ttl")), _time(lambda: _dump(raw, folder)), None)


def table(rows: Sequence[Row]) -> str:
    """In Markdown."""
    lines = ["| task | kg s | pyoxigraph s | kg beside pyoxigraph | rdflib s |", "|---|---|---|---|---|"]
    for row in rows:
        beside = f"{row.kg / row.raw:.2f}" if row.raw else ""
        lines.append(f"| {row.task} | {row.kg:.3f} | {'' if row.raw is None else f'{row.raw:.3f}'} | {beside} "
                     f"| {'' if row.rdflib is None else f'{row.rdflib:.3f}'} |")  # fmt: skip
    return "\n".join(lines)


def _dump(store: ox.Store, folder: Path) -> None:
    """The union as Turtle, unsorted: the least that a store must do."""
    ox.serialize((quad.triple for quad in store), str(folder / "raw.ttl"), format=ox.RdfFormat.TURTLE)


def _time(task: Callable[[], object]) -> float:
    began = time.perf_counter()
    task()
    return time.perf_counter() - began
