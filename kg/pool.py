"""Processes on this machine that read articles, whose results come back in the order of the articles."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing.process import BaseProcess
from typing import TypeVar

from kg.errors import KgError

__all__ = ["results"]

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2  # items in flight per worker: enough to keep it busy, few enough for memory to stay flat and for the first to be told soon


def results(work: Callable[[Item], Result], articles: Iterator[Item], workers: int) -> Iterator[Result]:
    """Results in the order of the articles, whatever the number of workers. Raises ``KgError`` where a worker dies."""
    first = list(islice(articles, 2 if workers > 1 else 0))
    if len(first) < 2:  # a process of its own is not worth its start
        yield from map(work, chain(first, articles))
        return
    # Processes are spawned: a fork would copy the locks of the store's and the progress bar's threads as they stand.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_die_of_interrupt)
    others, started = set(multiprocessing.active_children()), set[BaseProcess]()
    waiting = chain(first, articles)
    try:
        with _deaf_children():
            running: deque[Future[Result]] = deque([pool.submit(work, next(waiting))])
        started = set(multiprocessing.active_children()) - others
        running.extend(pool.submit(work, article) for article in islice(waiting, workers * _AHEAD - 1))
        while running:
            yield running.popleft().result()
            running.extend(pool.submit(work, article) for article in islice(waiting, 1))
        pool.shutdown()
        started.clear()
    except BrokenProcessPool as error:
        raise KgError(
            "a worker process died, perhaps for want of memory; what was finished is kept: try again with fewer --workers"
            " (in a script of your own, call kg below: if __name__ == '__main__')"
        ) from error
    finally:
        for process in started:  # only after an interrupt or an error is there any left
            process.terminate()
        pool.shutdown(cancel_futures=True)


def _die_of_interrupt() -> None:
    """A worker that is interrupted dies without a word; its parent tells the user."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started meanwhile ignore an interrupt until ``_die_of_interrupt``, instead of printing where they were."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
