"""The worker processes: one query each at a time, a bounded queue before them, killed at the limit and replaced.

Invariant: a worker is idle, or busy with one query, or dead and being replaced; whatever becomes of a query (answer,
limit, a client that went away), its worker is idle or replaced afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.serve import worker
from kg.serve.limits import Limits
from kg.serve.refusal import Refusal

__all__ = ["Job", "Pool", "Reply"]

_STATUS = {"syntax": 400, "size": 422, "failed": 400}


@dataclass(frozen=True, slots=True)
class Job:
    """A query whose right to run was checked; ``table`` and ``graph`` name the formats, see ``accept``.

    The dataset is the union of all graphs unless ``default`` or ``named`` lists some. With ``rows`` the answer is cut
    there, without it the server's limit holds and is never passed in silence.
    """

    query: str
    prefixes: Mapping[str, str]
    table: str = "json"
    graph: str = "turtle"
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """``kind`` is "table", "graph" or "truth"; ``cut`` says that there are more rows than the job asked for."""

    kind: str
    data: bytes
    cut: bool


class Pool:
    """Start it inside a running event loop; close it before the loop ends."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._waiting = self._running = 0
        self._all: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Have every worker ready. Raises ``Refusal`` if they cannot start."""
        await asyncio.gather(*(self._spawn() for _ in range(self._limits.workers)))

    async def close(self) -> None:
        """Stop every worker, whatever it is doing."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for process in tuple(self._all):
            await self._bury(process)

    @property
    def busy(self) -> bool:
        """Whether a query runs or waits."""
        return self._waiting > 0 or self._running > 0

    async def run(self, job: Job) -> Reply:
        """The answer to a job.

        Raises ``Refusal`` where the queue is full, a limit is met or the query is wrong. Cancelling it kills the query.
        """
        if self._waiting >= self._limits.queue and self._idle.empty():
            raise Refusal(503, f"{self._waiting} queries are waiting already; try again in a moment", {"Retry-After": "5"})
        self._waiting += 1
        try:
            process = await self._idle.get()
        finally:
            self._waiting -= 1
        done = False
        self._running += 1
        try:
            async with asyncio.timeout(self._limits.seconds):
                reply, data = await _ask(process, self._message(job))
            done = True
        except TimeoutError:
            raise Refusal(504, f"stopped after {self._limits.seconds:g} s, the time limit; ask for less, or bind more") from None
        except (EOFError, ConnectionError):
            raise Refusal(500, "the query brought its worker down, most likely by the memory it needs; ask for less") from None
        finally:
            self._running -= 1
            if done:
                self._idle.put_nowait(process)
            else:
                self._replace(process)
        if "error" in reply:
            raise Refusal(_STATUS[reply["error"]], reply["message"])
        return Reply(reply["kind"], data, reply["cut"])

    def _message(self, job: Job) -> bytes:
        limits = self._limits
        return json.dumps({
            "query": job.query, "prefixes": dict(job.prefixes), "table": job.table, "graph": job.graph,
            "default": job.default, "named": job.named, "seconds": limits.seconds, "size": limits.size,
            "rows": limits.rows if job.rows is None else job.rows, "cut": job.rows is not None,
        }).encode()  # fmt: skip

    async def _spawn(self) -> None:
        # -P: the folder of the script holds modules with names of their own
        command = (sys.executable, "-P", worker.__file__, str(self._store), str(self._limits.memory))
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        self._all.add(process)
        try:
            async with asyncio.timeout(60):
                await _read(process)
        except (TimeoutError, EOFError):
            await self._bury(process)
            raise Refusal(500, "a worker process did not start") from None
        self._idle.put_nowait(process)

    def _replace(self, process: Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if not self._closed:
            task = asyncio.create_task(self._renew(process))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _renew(self, process: Process) -> None:
        await self._bury(process)
        while not self._closed:
            try:
                await self._spawn()
                return
            except (Refusal, OSError):
                await asyncio.sleep(1)

    async def _bury(self, process: Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        self._all.discard(process)


async def _ask(process: Process, message: bytes) -> tuple[dict[str, Any], bytes]:
    assert process.stdin is not None
    process.stdin.write(worker.HEAD.pack(len(message), 0) + message)
    await process.stdin.drain()
    return await _read(process)


async def _read(process: Process) -> tuple[dict[str, Any], bytes]:
    """One frame. Raises ``EOFError`` if the worker is gone."""
    assert process.stdout is not None
    head, body = worker.HEAD.unpack(await process.stdout.readexactly(worker.HEAD.size))
    reply: dict[str, Any] = json.loads(await process.stdout.readexactly(head)) if head else {}
    return reply, await process.stdout.readexactly(body)
