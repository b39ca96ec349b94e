"""Readers that need a package of the extra ``sources``: told in one line where it is missing, and bounded in time."""

from __future__ import annotations

import importlib
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType

from kg.read.skipped import Unreadable

__all__ = ["need", "quiet", "within"]


def need(module: str, what: str) -> ModuleType:
    """A module of the extra. Raises ``Unreadable`` with what to install where it is not there."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise Unreadable(f"{what} needs a package that is not installed: pip install 'kg-news[sources]'") from None


def quiet(*names: str) -> None:
    """Turns loggers of libraries off: what is wrong with a file is told once, by us."""
    for logger in map(logging.getLogger, names):
        if logger.level != logging.CRITICAL:  # to set a level empties what every logger remembers
            logger.setLevel(logging.CRITICAL)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Work of a library on one file, broken off with ``Unreadable`` after so long.

    Only the main thread of a POSIX system can be broken off; elsewhere the work takes the time it takes.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise Unreadable(f"takes more than {seconds:.0f} seconds to read")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
