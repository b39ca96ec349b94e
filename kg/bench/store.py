"""``kg bench store``: load, named queries and export of many statements, beside raw pyoxigraph and rdflib's memory store.

The statements are those of a graph that was built, told again and again under other keys: what one article alone
describes (events, mentions, claims, its own names) and what was found of it (happenings, links) gets keys of its own in
each copy, what articles share (countries, goods, known actors) stays one, so that joins meet what they would meet in a
graph of so many articles.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rdflib.plugins.sparql.sparql import SPARQLError

from kg.bench.contenders import Contender, Cost, Setting
from kg.bench.curves import Panel, draw
from kg.graph import Graph
from kg.graph.names import NAMESPACES
from kg.graph.query import filled, named_queries
from kg.graph.shards import head

__all__ = ["Row", "bench_store", "growth", "plot_growth", "synthetic", "table"]

_NAMES = re.compile(r'(sourceName> "[^"\\]*)"')
_SHORT, _RUNS = 5.0, 3  # what takes fewer CPU seconds is done so many times, and the best counts
_PARTS = (0.1, 0.3)  # of the statements: what growth is measured on, beside all of them
_DRAWN = 4  # queries, the slowest


@dataclass(frozen=True, slots=True)
class Row:
    """What a task cost kg, raw pyoxigraph and rdflib; None where it was not asked or cannot answer."""

    task: str
    statements: int
    kg: Cost
    raw: Cost
    rdflib: Cost | None


def synthetic(graph: Graph, statements: int, folder: Path) -> tuple[Path, int]:
    """Write a shard of at least so many statements; the file, and how many it holds."""
    minter = graph.minter
    own = re.compile(rf"({re.escape(minter.base)}[a-z]+/)([0-9a-f]{{16}})")
    shared, kept = [str(q) for q in graph.quads(minter.graph("reference"))], []
    articles = {stored.node for stored in graph.articles().values()}
    for quad in graph.quads():
        if quad.graph_name in articles or (quad.graph_name == minter.graph("resolution") and own.search(str(quad.subject))):
            kept.append(str(quad))
    copies = max(-(-(statements - len(shared)) // len(kept)), 0) if kept else 0

    def told(text: str, number: int) -> str:
        """The same under other keys."""
        return own.sub(lambda m: f"{m[1]}{number:05x}{m[2][5:]}", text) if number else text

    names = {str(minter.graph("reference")), str(minter.graph("resolution"))} | {told(str(a), n) for a in articles for n in range(copies)}
    part, digest = folder / "shard.part", hashlib.sha256()
    with part.open("wb") as out:

        def write(text: str) -> None:
            data = text.encode()
            digest.update(data)
            out.write(data)

        write(head(names) + "".join(f"{line} .\n" for line in shared))
        text = "".join(f"{line} .\n" for line in kept)
        for number in range(copies):
            write(_NAMES.sub(rf'\1 {number}"', told(text, number)) if number else text)
    return part.rename(folder / f"{digest.hexdigest()}.nq"), len(shared) + copies * len(kept)


def bench_store(source: Graph, statements: int, names: Sequence[str], *, rdflib: bool) -> Iterator[Row]:
    """Load, each named query, and export to Turtle, by kg and the others in turn, each in a process of its own."""
    prefixes = source.minter.prefixes() | {prefix: namespace.iri for prefix, namespace in NAMESPACES.items()}
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as place, ExitStack() as processes:
        data, total = synthetic(source, statements, Path(place))
        kg, raw, beside = (Contender(name, Setting(Path(place) / name, data, source.minter.base, prefixes)) for name in ("kg", "raw", "rdflib"))
        for contender in (kg, raw, beside):
            processes.callback(contender.close)
        yield Row("load", total, *_best(kg.load, raw.load), beside.load() if rdflib else None)
        for name in names or named_queries():
            text = filled(source, name, {})
            both, third = _best(partial(kg.ask, name, text), partial(raw.ask, name, text)), None
            if rdflib:
                with suppress(SPARQLError, TypeError):  # it does not aggregate over what is unbound, as SPARQL has it
                    third = beside.ask(name, text)
            yield Row(name, total, *both, third)
        yield Row("export to Turtle", total, *_best(kg.export, raw.export), None)


def growth(source: Graph, rows: Sequence[Row], *, parts: Sequence[float] = _PARTS) -> Iterator[Row]:
    """Load, the slowest of the queries in ``rows`` and export again, on parts of the statements; then those of ``rows``.

    Parts that would be less than the graph itself, which is told once or more, are left out.
    """
    slowest = sorted(rows[1:-1], key=lambda row: -row.kg.seconds)[:_DRAWN]
    names = [row.task for row in rows if row in slowest]
    for statements in (round(part * rows[0].statements) for part in parts):
        if statements >= len(source):
            yield from bench_store(source, statements, names, rdflib=False)
    yield from (row for row in rows if row.task in names or row in (rows[0], rows[-1]))


def table(rows: Sequence[Row]) -> str:
    """In Markdown."""
    heads = ("task", "statements", "kg s", "pyoxigraph s", "kg beside pyoxigraph", "kg CPU s", "pyoxigraph CPU s", "CPU beside",
             "kg peak MB", "pyoxigraph peak MB", "rdflib s", "rdflib peak MB")  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for row in rows:
        cells = [row.task, f"{row.statements:,}"]
        cells += [f"{row.kg.seconds:.3f}", f"{row.raw.seconds:.3f}", f"{row.kg.seconds / row.raw.seconds:.2f}"]
        cells += [f"{row.kg.cpu:.3f}", f"{row.raw.cpu:.3f}", f"{row.kg.cpu / row.raw.cpu:.2f}", f"{row.kg.memory:.0f}", f"{row.raw.memory:.0f}"]
        cells += [f"{row.rdflib.seconds:.3f}", f"{row.rdflib.memory:.0f}"] if row.rdflib else ["", ""]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def plot_growth(rows: Sequence[Row], path: Path) -> Path:
    """CPU seconds of each task against the number of statements, kg beside raw pyoxigraph. Raises as ``draw`` does."""
    panels = []
    for task in dict.fromkeys(row.task for row in rows):
        ours = [row for row in rows if row.task == task]
        panels.append(Panel(f"{task}, CPU s", {
            "kg": [(row.statements, row.kg.cpu) for row in ours], "pyoxigraph": [(row.statements, row.raw.cpu) for row in ours],
        }))  # fmt: skip
    return draw(panels, "statements", path)


def _best(one: Callable[[], Cost], other: Callable[[], Cost]) -> tuple[Cost, Cost]:
    """What two ways cost, in turn; where both are quick, the best of several runs."""
    runs = [(one(), other())]
    while len(runs) < _RUNS and max(cost.cpu for cost in runs[-1]) < _SHORT:
        runs.append((one(), other()))
    ours, theirs = (Cost(min(c.seconds for c in costs), min(c.cpu for c in costs), max(c.memory for c in costs)) for costs in zip(*runs, strict=True))
    return ours, theirs
