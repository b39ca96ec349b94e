"""What the command line shows: progress on standard error, summaries and answers on standard output."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.graph.check import Finding
    from kg.graph.query import Answer
    from kg.pipeline import Summary

__all__ = ["Reading", "answer_table", "console", "findings_table", "query_list", "say", "summary_table", "warn", "working", "wrote"]

_PATIENCE = 2.0  # seconds; shorter work needs no progress in a log
_PAUSE = 10.0  # seconds between two lines in a log
_STEERING = dict.fromkeys(
    (*(c for c in range(0xA0) if (c < 0x20 or c > 0x7E) and c not in (0x09, 0x0A)), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
)
_READABLE = 24  # characters; a column of text narrower than this is better read as a record


class _Harmless(Console):
    """A console on which text from articles cannot steer the terminal: no escape sequence, no reversed writing."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(segment.text.translate(_STEERING), segment.style)


def console() -> Console:
    """Standard output, for tables."""
    return _Harmless(highlight=False)


def say(text: str, style: str = "") -> None:
    """One line on standard error, as it is: text from articles is never taken for markup."""
    _Harmless(stderr=True).print(Text(text, style=style), soft_wrap=True, highlight=False)


def warn(text: str) -> None:
    """One line that the user should see."""
    say(text, "yellow")


class Reading:
    """Progress of a build, or of other long work: a bar on a terminal; elsewhere a line now and then, once it has taken two seconds."""

    def __init__(self, *, verbose: bool, work: str = "reading", unit: str = "articles") -> None:
        self.done = self.total = 0
        self._unit = unit
        self._verbose = verbose
        self._next = time.monotonic() + _PATIENCE
        self._console = _Harmless(stderr=True)
        self._bar = Progress(
            TextColumn(work), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[name]}"),
            console=self._console, transient=True, disable=not self._console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("read", total=None, name="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def __call__(self, done: int, total: int, name: str) -> None:
        """The callback of ``kg.pipeline.build``."""
        self.done, self.total = done, total
        self._bar.update(self._task, completed=done, total=total, name=escape(name))
        if self._verbose and name:
            self._console.print(Text(name), soft_wrap=True)
        elif not self._console.is_terminal and done < total and time.monotonic() >= self._next:
            self._console.print(Text(f"{done} of {total} {self._unit}"), soft_wrap=True)
            self._next = time.monotonic() + _PAUSE


@contextmanager
def working(what: str) -> Iterator[None]:
    """Tell that something takes its time: the seconds on a terminal, elsewhere one line, once it has taken two."""
    out = _Harmless(stderr=True)
    if out.is_terminal:
        with Progress(TextColumn(what), BarColumn(), TimeElapsedColumn(), console=out, transient=True) as bar:
            bar.add_task("", total=None)
            yield
        return
    line = threading.Timer(_PATIENCE, say, (f"{what} ...",))
    line.daemon = True
    line.start()
    try:
        yield
    finally:
        line.cancel()


def summary_table(summary: Summary) -> Table:
    """What a build did, and what the articles that it read tell."""
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("articles read", str(summary.read))
    _rows(table, summary.languages)
    for label, number in (
        ("unchanged", summary.unchanged), ("removed", summary.removed), ("copies of another", summary.copies),
        *((f"left out: {reason}", number) for reason, number in sorted(summary.left_out.items())),
        ("skipped", len(summary.skipped)), ("warnings", len(summary.warnings)),
    ):  # fmt: skip
        if number:
            table.add_row(label, str(number))
    if summary.read:
        table.add_section()
        table.add_row("events", str(summary.events.total()))
        _rows(table, summary.events)
        table.add_section()
        table.add_row("claims by a source", str(summary.claims.total()))
        _rows(table, summary.claims)
    return table


def _rows(table: Table, counts: Mapping[str, int]) -> None:
    for name, number in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        table.add_row(f"  {name}", str(number))


def answer_table(graph: Graph, answer: Answer, width: int, title: str | None = None) -> Table:
    """An answer as a table, or as a record a row where its columns would be too narrow to read on ``width``."""
    from kg.graph.answer import as_table, shorten

    rows = [[shorten(graph, term) for term in row] for row in answer.rows]
    longest = [max(map(len, column)) for column in zip(answer.columns, *rows, strict=True)] if rows else []
    if not rows or sum(min(length, _READABLE) + 3 for length in longest) < width:
        return as_table(graph, answer, title)
    table = Table(show_header=False, title=title and escape(title), title_justify="left")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        for name, value in zip(answer.columns, row, strict=True):
            if value:
                table.add_row(escape(name), escape(value))
        table.add_section()
    return table


def query_list(name: str = "") -> Table:
    """The named queries with their parameters, or one of them in full. Raises ``UnknownQuery``."""
    from kg.errors import UnknownQuery
    from kg.graph.query import named_queries

    queries = named_queries()
    if not name:
        table = Table("name", "what it answers", "parameters")
        for query in queries.values():
            table.add_row(query.name, escape(query.title), escape(", ".join(p.name for p in query.parameters)))
        return table
    if name not in queries:
        raise UnknownQuery(f"no query named {name}; there are: {', '.join(queries)}")
    query = queries[name]
    table = Table("parameter", "what it takes", "default", title=escape(f"{query.title}. {query.description}"), title_justify="left")
    for parameter in query.parameters:
        table.add_row(parameter.name, escape(parameter.description), escape(parameter.default or "any"))
    return table


def findings_table(findings: Iterable[Finding]) -> Table:
    """What is wrong with a graph, a finding a row."""
    table = Table("article", "kind", "severity", "node", "what is wrong")
    for finding in findings:
        table.add_row(*map(escape, (finding.article, finding.kind, finding.severity, finding.node, finding.message)))
    return table


def wrote(path: Path, more: str = "") -> None:
    """Say which file is there now."""
    say(f"wrote {path}{more}")
