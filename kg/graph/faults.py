"""Faults of the disk and the store, put into words that say what to do."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import DISK_FULL, GraphAccess, GraphLocked, NotAGraph

__all__ = ["disk", "said"]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_HELD = re.compile(r"While lock file|lock hold by")  # by RocksDB; a lock that cannot be made is another matter
_FULL_WORDS = re.compile(r"No space left on device|Disk quota exceeded|File too large")
DAMAGED = "the store is damaged; build it anew in another folder, and copy judgements.jsonl there if there is one"


def said(error: OSError) -> str:
    """What went wrong, for a person: of a full disk also what to do. Oxigraph hands on the system's words alone."""
    words = error.strerror or str(error)
    if error.errno in _FULL or _FULL_WORDS.search(str(error)):
        return DISK_FULL
    if "Corruption" in words:
        return f"{DAMAGED} ({words})"
    return words


@contextmanager
def disk(path: Path | None) -> Iterator[None]:
    """Errors of the store and of the file system as one line."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotAGraph(f"{path}: the store in it is not complete; build it anew") from error
    except PermissionError as error:
        raise GraphAccess(f"{path}: no permission") from error
    except RuntimeError as error:
        if "read-write" in str(error):
            raise GraphAccess(f"{path}: opened for reading only") from error
        if "Corruption" in str(error):
            raise GraphAccess(f"{path}: {DAMAGED} ({error})") from error
        raise
    except OSError as error:
        if _HELD.search(str(error)):
            raise GraphLocked(f"{path}: in use by another process; try again when it has finished") from error
        raise GraphAccess(f"{path}: {said(error)}") from error
