"""Reading on Dask workers: articles go out in parts, shards of N-Quads come back, one bulk load puts them into the graph.

The workers run the same code as a build on one machine. They share the graph folder with the process that asks: each
writes the shards of its parts there, under the hash of what they hold, so a worker may die at any moment and its part
is read again by another. What stands when a build is broken off is loaded by the next.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kg.errors import GraphAccess, InputError, KgError, MissingExtra
from kg.graph import Build, Graph
from kg.pipeline import Failed, Part, Told, parts, read_part
from kg.program import this_build
from kg.records import Article

__all__ = ["read_parts"]

_AHEAD = 2  # parts in flight per worker
_PATIENCE = 10  # seconds to reach a scheduler


def read_parts(articles: Iterator[Article], graph: Graph, state: Build, workers: int, scheduler: str | None) -> Iterator[Told | Failed]:
    """Read articles on the workers of ``scheduler`` (of a cluster on this machine without it) and load what they tell.

    Raises ``MissingExtra`` without ``distributed``, ``InputError`` where the graph has no folder or the scheduler does not
    answer, ``GraphAccess`` where the workers do not see the folder, ``KgError`` where parts kill worker after worker.
    """
    if graph.path is None:
        raise InputError("--engine dask: the workers write into the graph folder, and this graph has none")
    distributed = _distributed()
    batches = parts(articles, graph)
    first = next(batches, None)
    if first is None or (shards := graph.shards()) is None:
        return
    with _client(distributed, workers, scheduler) as client:
        count = max(len(client.scheduler_info(n_workers=-1)["workers"]), 1)
        running = distributed.as_completed()

        def submit(batch: tuple[Article, ...]) -> None:
            running.add(client.submit(_read_part, batch, shards.absolute(), graph.minter.base, state.fingerprint, pure=False))

        submit(first)
        for batch in islice(batches, count * _AHEAD - 1):
            submit(batch)
        try:
            for future in running:
                part = future.result()
                if isinstance(part.shard, Path) and not part.shard.is_file():
                    raise GraphAccess(f"{shards}: a worker wrote there, and nothing came: the graph must lie in a folder that all workers share")
                graph.tell(part.accounts)
                yield from part.told
                for batch in islice(batches, 1):
                    submit(batch)
        except distributed.KilledWorker as error:
            raise KgError(f"the same articles ended several workers, perhaps for want of memory; what was finished is kept ({error})") from error


def _read_part(articles: tuple[Article, ...], shards: Path, base: str, fingerprint: str) -> Part:
    """On a worker: read some articles and write one shard."""
    if this_build().fingerprint != fingerprint:
        raise InputError("a worker runs another version of kg than this process; install the same on all")
    return read_part(articles, shards, base, fingerprint)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise MissingExtra("--engine dask needs the extra: pip install 'kg-news[dask]'") from error
    return distributed


def _client(distributed: Any, workers: int, scheduler: str | None) -> Any:
    """A client that closes the cluster with itself if it is its own."""
    if scheduler is not None:
        try:
            return distributed.Client(scheduler, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            raise InputError(f"--scheduler {scheduler}: no Dask scheduler answers there ({error})") from error
    return distributed.Client(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL)
