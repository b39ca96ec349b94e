"""A graph folder of made-up news, as large as one likes: written by worker processes as shards and loaded in bulk.

It goes through the same writer, store and resolution as a build, so every command takes it for what it is: a graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

from kg.bench import news
from kg.bench.world import World
from kg.errors import NotAGraph
from kg.graph import Build, Graph, quads
from kg.graph.folder import Folder
from kg.graph.names import KG, RDF
from kg.graph.shards import shard, write_shard
from kg.pool import results

__all__ = ["SEED", "Step", "events_of", "make"]

SEED = 20260101
_PART = 200
"""Articles of a shard."""
_BUILD = Build("made-up", (), "news.toml")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the making and the seconds that it took."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class _Part:
    """The articles from ``first`` on, at most ``_PART`` of them, for a graph folder."""

    folder: Folder
    events: int
    first: int


def make(
    path: Path, events: int, *, workers: int = 2, progress: Callable[[int, int, str], None] = lambda done, total, name: None
) -> tuple[Step, ...]:
    """Make a graph folder of so many events; the steps and what each took. The same number of events gives the same statements.

    ``progress`` is called with (events done, events in all, step). Raises ``NotAGraph`` where a graph of something else is there.
    """
    if path.exists() and any(path.iterdir()):
        raise NotAGraph(f"{path}: is not empty; give a new folder with --graph, or remove it")
    steps: list[Step] = []

    @contextmanager
    def step(name: str, done: int) -> Iterator[None]:
        progress(done, events, name)
        began = perf_counter()
        yield
        steps.append(Step(name, perf_counter() - began))

    with Graph.create(path) as graph:
        folder = Folder.open(path)
        graph.shards()
        with step("write", 0):
            parts = (_Part(folder, events, first) for first in range(0, news.count(events), _PART))
            for number, _ in enumerate(results(_write, parts, workers), 1):
                progress(min(number * _PART * news.EVENTS, events), events, "write")
        with step("load", events):
            graph.load_shards()
        with step("link copies", events):
            graph.link_copies()
        with step("resolve", events):
            graph.finish(_BUILD)
    return tuple(steps)


def events_of(path: Path) -> int:
    """How many events a graph folder holds. Raises as ``Graph.open`` does."""
    with Graph.open(path) as graph:
        return len({quad.subject for quad in graph.store.quads_for_pattern(None, RDF["type"], KG["Event"])})


@cache
def _world(events: int) -> World:
    return news.world(events, SEED)


def _write(part: _Part) -> int:
    """Write the shard and the texts of some articles; how many they are."""
    minter = Graph.memory(part.folder.base).minter
    numbers = range(part.first, min(part.first + _PART, news.count(part.events)))
    told = [news.article(_world(part.events), part.events, SEED, number) for number in numbers]
    for linked in told:
        part.folder.keep_text(linked.report.article.digest, linked.report.article.text)
    write_shard(part.folder.shards, shard(quad for linked in told for quad in quads(linked, minter, _BUILD.fingerprint)))
    return len(told)
