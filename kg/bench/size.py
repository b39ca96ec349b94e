"""``kg bench size``: what memory a build takes as articles come in, from the first to the last and while it resolves.

The articles are briefs of made-up news, as short as news can be, since what matters here is how many they are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.analyse.plot import picture
from kg.bench import news
from kg.errors import KgError

__all__ = ["Moment", "bench_size", "plot", "table", "write_briefs"]

SEED = 20260202
_TOLD = 1  # happenings of a brief
_EVERY = 10.0  # seconds between two looks
_A_WORKER = 50.0  # MB; what is left when the workers have ended, the process that watches over shared memory, is smaller


@dataclass(frozen=True, slots=True)
class Moment:
    """A look at a running build: seconds since its start, articles whose text is kept, MB of the process and of its workers together.

    Memory is the proportional set size: pages that processes share, such as the model's file, count once in the sum.
    """

    seconds: float
    articles: int
    own: float
    workers: float


def write_briefs(path: Path, count: int) -> None:
    """Write so many briefs as JSON Lines; the same number gives the same file."""
    world = news.world(count * _TOLD, SEED)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            article = news.brief(world, SEED, number)
            row = {"id": number, "title": article.title, "text": article.text, "date": article.published, "source": article.publisher}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def bench_size(folder: Path, count: int, workers: int) -> Iterator[Moment]:
    """Build a graph of so many briefs in ``folder``, and look at it every ten seconds. Raises ``KgError`` where the build fails."""
    briefs, graph = folder / "briefs.jsonl", folder / "graph"
    write_briefs(briefs, count)
    command = [sys.executable, "-m", "kg", "build", str(briefs), "--graph", str(graph), "--workers", str(workers)]
    began = time.perf_counter()
    with (folder / "build.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        while process.poll() is None:
            moment = Moment(time.perf_counter() - began, _kept(graph), _memory(process.pid), sum(map(_memory, _children(process.pid))))
            if moment.own:
                yield moment
            time.sleep(_EVERY)
    if process.returncode:
        raise KgError(f"the build that was to be measured failed: {(folder / 'build.log').read_text(errors='replace')[-300:]}")


def _kept(graph: Path) -> int:
    try:
        with os.scandir(graph / "texts") as entries:
            return sum(1 for _ in entries)
    except FileNotFoundError:
        return 0


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _memory(pid: int) -> float:
    """In MB; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def table(moments: Sequence[Moment], count: int) -> str:
    """In Markdown: the most that each stretch of the build took."""
    lines = ["| articles read | until s | process MB | workers MB | together MB |", "|---|---|---|---|---|"]
    last = max((place for place, moment in enumerate(moments) if moment.workers > _A_WORKER), default=-1)
    stretches = [(f"{low:,} to {high:,}", [m for m in moments[: last + 1] if low < m.articles <= high]) for low, high in _stretches(count)]
    for name, some in (*stretches, ("all; copies, reference, resolution", moments[last + 1 :])):
        if some:
            most = max(some, key=lambda moment: moment.own + moment.workers)
            lines.append(f"| {name} | {some[-1].seconds:,.0f} | {most.own:,.0f} | {most.workers:,.0f} | {most.own + most.workers:,.0f} |")
    return "\n".join(lines)


def _stretches(count: int) -> Iterator[tuple[int, int]]:
    for part in range(10):
        yield count * part // 10, count * (part + 1) // 10


def plot(moments: Sequence[Moment], path: Path) -> Path:
    """Memory against time, and articles beside it. Raises as ``kg.analyse.plot.picture`` does."""
    minutes = [moment.seconds / 60 for moment in moments]
    with picture(path, (7, 3.5)) as figure:
        axes = figure.subplots()
        axes.stackplot(minutes, [m.own for m in moments], [m.workers for m in moments], labels=["process", "workers"], colors=["#1f5a8a", "#9cc3df"])
        axes.set(xlabel="minutes", ylabel="memory, MB", xlim=(0, None), ylim=(0, None))
        axes.legend(loc="upper left", frameon=False)
        beside = axes.twinx()
        beside.plot(minutes, [moment.articles for moment in moments], color="#b5542b")
        beside.set(ylabel="articles read", ylim=(0, None))
    return path
