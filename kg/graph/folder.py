"""The graph folder on disk: layout, manifest, lock and texts; what is in it is ``store``'s business.

```
DIR/manifest.json   format version, base IRI and, where the store is a server, its address; written once
DIR/lock            held shared by readers, alone by a writer; holds the writer's process id
DIR/store/          the Oxigraph store, unless the store is a server
DIR/texts/<sha256>.txt   the stored text of every article, for reading offsets back
DIR/shards/<sha256>.nq   what workers wrote and the store has still to take in (``kg.graph.shards``)
DIR/shards/loading       there while shards are loaded: until that is done again, the store is not whole
DIR/tellings.db          what each article tells, for the resolution (``kg.resolve.shelf``); made anew where it is gone
DIR/judgements.jsonl     what persons decided about who is who (``kg.resolve.judgement``), once there is anything
```
Which article was read with which text stands in the store itself, so that a crash can never leave two truths.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from kg.errors import GraphAccess, GraphError, GraphFormat, GraphLocked, NotAGraph
from kg.graph.faults import said

try:
    import fcntl
except ImportError:  # no POSIX locks: the store's own lock still keeps two writers apart
    fcntl = None  # type: ignore[assignment]

__all__ = ["FORMAT", "Folder", "Lock"]

FORMAT = 1


class Lock:
    """A lock file held shared (reading) or alone (writing); ``release`` or leaving the context lets go."""

    def __init__(self, path: Path, *, alone: bool) -> None:
        self._handle: int | None = None
        if fcntl is None:
            return
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:
            if alone or not path.exists():
                if alone:
                    raise
                return  # read-only medium without a lock file: nobody can be writing
            handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
            os.close(handle)
            who = f"process {holder} is writing it" if holder else "another process is reading it"
            raise GraphLocked(f"{path.parent}: in use, {who}; try again when it has finished") from None
        self._handle = handle
        if alone:
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        self._alone = alone

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._handle is not None:
            if self._alone:
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.release()


def _write(path: Path, text: str) -> None:
    """Write a file so that it is either there in full or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(text.encode("utf-8"))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Folder:
    """A graph folder whose manifest has been read."""

    path: Path
    base: str
    server: str | None = None

    @classmethod
    def open(cls, path: Path) -> Folder:
        """Read the manifest of an existing graph.

        Raises ``NotAGraph``, ``GraphFormat`` or ``GraphAccess``.
        """
        manifest = path / "manifest.json"
        try:
            found = json.loads(manifest.read_text(encoding="utf-8"))
            version, base, server = found["format"], found["base"], found.get("store")
        except FileNotFoundError:
            what = "is not a graph folder" if path.exists() else "does not exist"
            raise NotAGraph(f"{path}: {what}; make one with: kg build SOURCE --graph {path}") from None
        except NotADirectoryError:
            raise NotAGraph(f"{path}: is a file, not a graph folder") from None
        except PermissionError:
            raise GraphAccess(f"{path}: no permission to read it") from None
        except OSError as error:
            raise GraphAccess(f"{path}: {said(error)}") from error
        except (ValueError, KeyError, TypeError):
            raise NotAGraph(f"{manifest}: not the manifest of a graph") from None
        if version != FORMAT:
            newer = isinstance(version, int) and version > FORMAT
            todo = "install the newer kg that wrote it" if newer else "build it anew in another folder"
            raise GraphFormat(f"{path}: graph format {version}, this program reads {FORMAT}; {todo}")
        return cls(path, base, server)

    @classmethod
    def create(cls, path: Path, base: str, server: str | None = None) -> Folder:
        """Make a new graph folder, or open the one that is there if its base and (where one is named) its server are the same.

        A folder that holds other files is refused, so that a slip of the keyboard spoils nothing.
        """
        if (path / "manifest.json").exists():
            folder = cls.open(path)
            if folder.base != base:
                raise GraphFormat(f"{path}: its base IRI is {folder.base}, not {base}")
            if server is not None and folder.server != server:
                raise GraphFormat(f"{path}: its store is {folder.server or 'in the folder'}, not {server}; give another --graph folder")
            return folder
        try:
            path.mkdir(parents=True, exist_ok=True)
            if strange := sorted(p.name for p in path.iterdir() if p.name not in {"lock", "texts", "store", "shards"}):
                raise NotAGraph(f"{path}: holds other files ({strange[0]}); give an empty or a new folder")
            (path / "texts").mkdir(exist_ok=True)
            manifest = {"format": FORMAT, "base": base} | ({"store": server} if server else {})
            _write(path / "manifest.json", json.dumps(manifest, indent=1) + "\n")
        except GraphError:
            raise
        except FileExistsError:
            raise NotAGraph(f"{path}: is a file, not a folder") from None
        except PermissionError:
            raise GraphAccess(f"{path}: no permission to write there") from None
        except OSError as error:
            raise GraphAccess(f"{path}: {said(error)}") from error
        return cls(path, base, server)

    @property
    def store(self) -> Path:
        """Where the Oxigraph store lies."""
        return self.path / "store"

    @property
    def shards(self) -> Path:
        """Where workers write what is still to be loaded."""
        return self.path / "shards"

    @property
    def shelf(self) -> Path:
        """Where what the articles tell is kept for the resolution."""
        return self.path / "tellings.db"

    @property
    def loading(self) -> Path:
        """The marker of a load that is not done."""
        return self.shards / "loading"

    def text(self, digest: str) -> str:
        """The stored text with that digest. Raises ``GraphAccess`` if it is gone."""
        try:
            return (self.path / "texts" / f"{digest}.txt").read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise GraphAccess(f"{self.path}: the stored text {digest[:12]} cannot be read: {error}") from error

    def keep_text(self, digest: str, text: str) -> None:
        """Store a text under its digest, unless it is there."""
        target = self.path / "texts" / f"{digest}.txt"
        if not target.exists():
            try:
                _write(target, text)
            except OSError as error:
                raise GraphAccess(f"{target}: {said(error)}") from error

    def text_digests(self) -> frozenset[str]:
        """The digests of all stored texts, by their names."""
        return frozenset(path.stem for path in (self.path / "texts").iterdir())

    def drop_texts(self, keep: set[str]) -> None:
        """Delete every stored text whose digest is not in ``keep``."""
        for path in sorted((self.path / "texts").iterdir()):
            if path.stem not in keep:
                path.unlink(missing_ok=True)
