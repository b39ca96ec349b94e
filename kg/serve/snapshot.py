"""A graph folder as it was at one moment, to serve from while the folder itself is written.

The store is a backup of hard links where the file system allows, so a snapshot costs milliseconds and little room;
the stored texts are those of the folder, which are named by what is in them. The folder's lock is held only while the
snapshot is made.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from kg.errors import GraphAccess
from kg.graph.store import Graph

__all__ = ["Snapshot", "stamp"]


def stamp(folder: Path) -> tuple[int, ...]:
    """Changes when the store of a graph folder is written; () where there is none."""
    try:
        return tuple(sorted(path.stat().st_mtime_ns for path in (folder / "store").iterdir() if path.name != "LOG"))
    except OSError:
        return ()


class Snapshot:
    """A snapshot of the graph folder; ``graph`` reads it, ``store`` is where its store lies. Close it after use."""

    def __init__(self, folder: Path) -> None:
        """Raises as ``Graph.open`` does."""
        self.stamp = stamp(folder)
        self._place = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        try:
            with Graph.open(folder) as live:
                live.backup(self._place / "store")
            shutil.copy(folder / "manifest.json", self._place)
            (self._place / "texts").symlink_to((folder / "texts").resolve())
            self.graph = Graph.open(self._place)
        except OSError as error:
            self._clear()
            raise GraphAccess(f"{self._place}: no snapshot can be made: {error}") from error
        except BaseException:
            self._clear()
            raise

    @property
    def store(self) -> Path:
        """The folder of the store, for any number of readers."""
        return self._place / "store"

    def close(self) -> None:
        """Remove the snapshot; a second call does nothing."""
        self.graph.close()
        self._clear()

    def _clear(self) -> None:
        shutil.rmtree(self._place, ignore_errors=True)
