"""What is being served: a snapshot, its index and its workers, swapped whole when the graph folder was written."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.graph.store import Graph
from kg.serve.index import Index
from kg.serve.limits import Limits
from kg.serve.pool import Job, Pool, Reply
from kg.serve.refusal import Refusal
from kg.serve.snapshot import Snapshot, stamp

__all__ = ["Service"]

_LOOK = 2.0
"""Seconds between looks at the graph folder."""
_LINGER = 30.0
"""Seconds for which pages that are being made may still read a snapshot that was swapped out."""


@dataclass(frozen=True)
class _Current:
    """One snapshot with all that hangs on it."""

    snapshot: Snapshot
    index: Index
    pool: Pool

    @property
    def graph(self) -> Graph:
        return self.snapshot.graph

    async def close(self) -> None:
        await self.pool.close()
        self.snapshot.close()


class Service:
    """Serves a graph folder; ``start`` it inside the event loop and ``close`` it before the loop ends."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        """Raises as ``Graph.open`` does, so that a wrong folder is told before a port is opened."""
        self._folder, self._limits = folder, limits
        self._now = self._read()
        self._watch: asyncio.Task[None] | None = None
        self._old: set[asyncio.Task[None]] = set()

    def _read(self) -> _Current:
        snapshot = Snapshot(self._folder)
        try:
            return _Current(snapshot, Index(snapshot.graph), Pool(snapshot.store, self._limits))
        except BaseException:
            snapshot.close()
            raise

    def served(self) -> _Current:
        """What is served now."""
        return self._now

    async def run(self, job: Job) -> Reply:
        """The answer to a query. Raises ``Refusal``."""
        return await self._now.pool.run(job)

    async def start(self) -> None:
        """Start the workers, and watch the folder."""
        await self._now.pool.start()
        self._watch = asyncio.create_task(self._look())

    async def close(self) -> None:
        """Stop everything and remove the snapshots."""
        tasks = [*self._old, *([self._watch] if self._watch else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._now.close()

    async def _look(self) -> None:
        seen = self._now.snapshot.stamp
        while True:
            await asyncio.sleep(_LOOK)
            now = await asyncio.to_thread(stamp, self._folder)
            if now in (self._now.snapshot.stamp, ()):
                continue
            if now != seen:  # still being written, it seems: wait for it to be quiet
                seen = now
                continue
            try:
                new = await asyncio.to_thread(self._read)
                await new.pool.start()
            except (KgError, Refusal):
                continue  # locked by a writer, or between two states; the old snapshot serves on
            old, self._now = self._now, new
            task = asyncio.create_task(_retire(old))
            self._old.add(task)
            task.add_done_callback(self._old.discard)


async def _retire(old: _Current) -> None:
    """Close a snapshot when nothing reads it any more."""
    try:
        await asyncio.sleep(_LINGER)
        while old.pool.busy:
            await asyncio.sleep(0.2)
    finally:
        await old.close()
