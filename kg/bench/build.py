"""``kg bench build``: whole builds with one and more workers beside the encoder alone, in one run, and how they grow.

Each build is a process of its own, from its start to its end, as a user runs it. CPU seconds are those of the process
and its workers: on a shared machine they tell more than the clock does.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kg.bench.curves import Panel, draw
from kg.bench.memory import peak
from kg.errors import KgError
from kg.records import Article
from kg.score.ablation import read_all

__all__ = ["Run", "bench_build", "growth", "plot_growth", "ratios", "table"]

_START = "start of a "

# A process that runs one build and writes what it took on its last line: its own and its workers' CPU seconds, the
# largest memory of any of them in kB.
_BUILD = """
import resource, sys
from kg.bench.memory import peak
from kg.cli import app
try:
    app(["build", *sys.argv[1:]])
except SystemExit as end:
    code = end.code or 0
own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
print(own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime, max(1024 * peak(), workers.ru_maxrss), code)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds by the clock and of CPU, peak memory of a process (MB), the graph on disk (MB; 0 where none)."""

    name: str
    articles: int
    words: int
    seconds: float
    cpu: float
    memory: float
    disk: float = 0.0
    statements: int = 0


def bench_build(articles: Sequence[Article], paths: Sequence[Path], workers: Iterable[int]) -> Iterator[Run]:
    """The encoder alone on the texts of ``articles``, then builds of their files, ``paths``: of one file a language, then of all."""
    yield encoder(articles)
    first = {language: path for path in reversed(paths) for language in {article.language for article in read_all([path])}}
    starts = sorted(set(first.values()))
    for number in workers:
        yield replace(run := whole(read_all(starts), starts, number), name=f"{_START}{run.name}")
        yield whole(articles, paths, number)


def encoder(articles: Sequence[Article]) -> Run:
    """The encoder with all its heads on every text, once it is loaded, in this process."""
    from kg.pipeline import annotate_article

    for article in {article.language: article for article in articles}.values():
        annotate_article(article)  # the pipeline of each language is loaded
    began, cpu = time.perf_counter(), time.process_time()
    for article in articles:
        annotate_article(article)
    took, used = time.perf_counter() - began, time.process_time() - cpu
    return Run("encoder alone", len(articles), _words(articles), took, used, peak())


def whole(articles: Sequence[Article], paths: Sequence[Path], workers: int) -> Run:
    """A build from nothing, start-up and all. Raises ``KgError`` where it fails."""
    from kg.graph import Graph

    with tempfile.TemporaryDirectory(prefix="kg-bench-") as place:
        graph = Path(place) / "graph"
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _BUILD, *map(str, paths), "--graph", str(graph), "--workers", str(workers)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        took = time.perf_counter() - began
        last = done.stdout.splitlines()[-1:] or [""]
        cpu, memory, code = [*last[0].split(), "", "", ""][:3]
        if done.returncode or code != "0":
            raise KgError(f"the build that was to be measured failed: {' '.join(done.stderr.split())[-300:]}")
        size = sum(path.stat().st_size for path in graph.rglob("*") if path.is_file()) / 1e6
        with Graph.open(graph) as opened:
            statements = len(opened)
    name = f"build, {workers} worker{'s' * (workers > 1)}"
    return Run(name, len(articles), _words(articles), took, float(cpu), float(memory) / 1024, size, statements)


def growth(articles: Sequence[Article], paths: Sequence[Path], points: int = 4) -> Iterator[Run]:
    """Builds with one worker of ever more articles: an eighth, a quarter, a half, all."""
    for place in reversed(range(points)):
        count = max(len(paths) >> place, 1)
        yield whole(articles[:count], paths[:count], 1)


def table(runs: Sequence[Run]) -> str:
    """In Markdown, each beside the first."""
    lines = [
        "| run | articles | words | s | CPU s | articles/s | words/s | words/CPU s | CPU beside the first | peak MB | graph MB | statements |",
        "|---|" + "---|" * 11,
    ]
    for run in runs:
        beside = run.cpu / run.words / (runs[0].cpu / runs[0].words)
        lines.append(
            f"| {run.name} | {run.articles} | {run.words:,} | {run.seconds:.1f} | {run.cpu:.1f} | {run.articles / run.seconds:.2f} "
            f"| {run.words / run.seconds:,.0f} | {run.words / run.cpu:,.0f} | {beside:.2f} | {run.memory:.0f} | {run.disk:.1f} | {run.statements:,} |"
        )
    return "\n".join(lines)


def ratios(runs: Sequence[Run]) -> str:
    """What a build costs beside the encoder, and what a second worker is worth, with and without the start of each."""
    alone, pairs = runs[0], [(start, run) for start, run in pairwise(runs) if start.name == f"{_START}{run.name}" and start.words < run.words]
    lines = []
    for start, run in pairs:
        more = (run.cpu - start.cpu) / (run.words - start.words) / (alone.cpu / alone.words)
        lines.append(f"{run.name}: {run.cpu / alone.cpu:.2f} times the encoder's CPU time, {more:.2f} times without the start")
    for start, run in pairs[1:]:
        (slow_start, slow) = pairs[0]
        apart = (slow.seconds - slow_start.seconds) / (run.seconds - start.seconds)
        lines.append(f"{run.name}: {slow.seconds / run.seconds:.2f} times as fast as {slow.name}, {apart:.2f} times without the start")
    return "\n".join(lines)


def plot_growth(runs: Sequence[Run], path: Path) -> Path:
    """CPU seconds, peak memory and size against the number of articles. Raises as ``draw`` does."""
    columns: tuple[tuple[str, Callable[[Run], float]], ...] = (
        ("CPU seconds", lambda run: run.cpu), ("peak memory, MB", lambda run: run.memory), ("graph on disk, MB", lambda run: run.disk),
    )  # fmt: skip
    return draw([Panel(title, {"kg": [(run.articles, value(run)) for run in runs]}) for title, value in columns], "articles", path)


def _words(articles: Iterable[Article]) -> int:
    return sum(len(article.text.split()) for article in articles)
