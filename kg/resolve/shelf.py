"""Tellings on a shelf: all that articles tell, in an SQLite database, so that memory does not grow with their number.

The shelf of a graph folder is a file beside the store. It holds nothing that the graphs of the articles do not say: what is missing or was
told by another reading is read from them anew, and a file of another layout, or a damaged one, is thrown away. A shelf without a file
lies in memory and, where that would take too much, where the system keeps such (``SQLITE_TMPDIR``, ``TMPDIR``, ``/var/tmp``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import TracebackType

import msgspec

from kg.errors import DISK_FULL, GraphAccess
from kg.resolve.actors import Seen
from kg.resolve.clusters import Constraints
from kg.resolve.likeness import sound
from kg.resolve.rules import rules
from kg.resolve.telling import Source, Telling

__all__ = ["Account", "Shelf"]

_AT_HAND = 1 << 13  # tellings that stay decoded, some kB each
_SOURCES = 1 << 11
_CACHE = 64_000  # kB of the database in memory
_LAYOUT = 1  # of the tables below and of the records in them
_TABLES = (
    "CREATE TABLE source (iri TEXT PRIMARY KEY, reading TEXT, used BLOB, seen BLOB, events BLOB, data BLOB) WITHOUT ROWID",
    "CREATE TABLE telling (event TEXT PRIMARY KEY, kind TEXT, data BLOB) WITHOUT ROWID",
    "CREATE INDEX by_kind ON telling (kind, event)",
    f"PRAGMA user_version = {_LAYOUT}",
)
_BESIDE = (
    "CREATE TEMP TABLE sighting (iri TEXT, data BLOB)",
    "CREATE TEMP TABLE actor (kind TEXT, sound TEXT, iri TEXT, data BLOB)",
)
_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Account:
    """All that one article tells, packed for the shelf, so that what reads articles can be another process than what resolves.

    ``reading`` tells from which reading of which text it comes, ``used`` the IRIs of the reference terms that it points at.
    """

    source: str
    reading: str
    used: bytes
    seen: bytes
    events: bytes
    data: bytes
    tellings: tuple[tuple[str, str, bytes], ...]

    @classmethod
    def of(cls, source: Source, reading: str, tellings: Sequence[Telling], seen: Iterable[Seen] = (), used: Iterable[str] = ()) -> Account:
        """Pack what an article tells, the actors that it names and the reference terms that it points at."""
        pointer = Source(source.iri, "", "", "", None, ())
        return cls(
            source.iri, reading, _encode(sorted(used)), _encode(list(seen)), _encode([t.event for t in tellings]), _encode(source),
            tuple((t.event, rules().group(t.type), _encode(replace(t, source=pointer))) for t in tellings),
        )  # fmt: skip

    def points_at(self) -> list[str]:
        """The IRIs of the reference terms that it points at, sorted."""
        return _texts(self.used)


class Shelf:
    """Every telling by its event, as told or, after ``merge``, with each actor as the one that it was resolved to.

    Usable as a context manager. Raises ``GraphAccess`` where the disk is full.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._into: Mapping[str, str] = {}
        with self._told_plainly():
            self._base = _opened(path)
        self._telling = msgspec.msgpack.Decoder(Telling).decode
        self._source = msgspec.msgpack.Decoder(Source).decode
        self._seen = msgspec.msgpack.Decoder(list[Seen]).decode
        self._actor = msgspec.msgpack.Decoder(Seen).decode
        self.telling = lru_cache(_AT_HAND)(self._read)
        self.source = lru_cache(_SOURCES)(self._read_source)

    @classmethod
    def of(cls, tellings: Iterable[Telling]) -> Shelf:
        """A shelf of some tellings."""
        shelf = cls()
        by_source: dict[Source, list[Telling]] = {}
        for telling in tellings:
            by_source.setdefault(telling.source, []).append(telling)
        for source, told in by_source.items():
            shelf.add(Account.of(source, "", told))
        return shelf

    def close(self) -> None:
        """Keep what was added where there is a file, and let go."""
        try:
            self.keep()
        finally:
            self._base.close()

    def keep(self) -> None:
        """What was added until now outlasts this process, however it ends."""
        with self._told_plainly():
            if self._base.in_transaction:
                self._base.execute("COMMIT")

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def add(self, account: Account) -> None:
        """Put on the shelf what an article tells, in the place of what it told before."""
        row = (account.source, account.reading, account.used, account.seen, account.events, account.data)
        with self._told_plainly(), self._all_or_nothing():
            self._drop(account.source)
            self._base.executemany("INSERT INTO telling VALUES (?, ?, ?)", account.tellings)
            self._base.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", row)

    def drop(self, sources: Iterable[str]) -> None:
        """Take away what these articles told."""
        for source in sources:
            with self._told_plainly(), self._all_or_nothing():
                self._drop(source)

    def _drop(self, source: str) -> None:
        row = self._base.execute("SELECT events FROM source WHERE iri = ?", (source,)).fetchone()
        if row is not None:
            self._base.executemany("DELETE FROM telling WHERE event = ?", ((event,) for event in _texts(row[0])))
            self._base.execute("DELETE FROM source WHERE iri = ?", (source,))
            self.telling.cache_clear()
            self.source.cache_clear()

    def readings(self) -> dict[str, str]:
        """Of which reading of each article the account is."""
        return dict(self._rows("SELECT iri, reading FROM source"))

    def used(self) -> set[str]:
        """The IRIs of the reference terms that any article points at."""
        return {iri for row in self._rows("SELECT used FROM source") for iri in _texts(row[0])}

    def merge(self, into: Mapping[str, str]) -> None:
        """Give each of these actors as another from now on."""
        self._into = into
        self.telling.cache_clear()

    def __iter__(self) -> Iterator[Telling]:
        """All tellings, sorted by event."""
        yield from map(self.telling, self._column("SELECT event FROM telling ORDER BY event"))

    def parts(self, judged: Constraints) -> Iterator[tuple[str, ...]]:
        """Events that may be one happening with others of the same part alone: by groups of types, and by what a person called the same."""
        kinds = self._column("SELECT DISTINCT kind FROM telling ORDER BY kind")
        home = {kind: {kind} for kind in kinds}
        for pair in judged.same:
            met = [kind for event in pair for kind in self._column("SELECT kind FROM telling WHERE event = ?", event)]
            if len(set(met)) > 1:
                joined = set[str]().union(*(home[kind] for kind in met))
                home.update(dict.fromkeys(joined, joined))
        for part in sorted({tuple(sorted(kinds)) for kinds in home.values()}):
            marks = ", ".join("?" * len(part))
            yield tuple(self._column(f"SELECT event FROM telling WHERE kind IN ({marks}) ORDER BY event", *part))

    def actors(self) -> Iterator[tuple[Seen, ...]]:
        """Every actor that articles name, those of a class that sound alike together, sorted by IRI."""
        with self._told_plainly():
            self._base.execute("DELETE FROM sighting")
            self._base.executemany("INSERT INTO sighting VALUES (?, ?)", ((one.iri, _encode(one)) for one in self._sightings()))
            self._base.execute("DELETE FROM actor")
            self._base.executemany("INSERT INTO actor VALUES (?, ?, ?, ?)", ((a.kind, sound(a.name), a.iri, _encode(a)) for a in self._named()))
        rows = self._rows("SELECT kind, sound, data FROM actor ORDER BY kind, sound, iri")
        for _, alike in groupby(rows, key=lambda row: row[:2]):
            yield tuple(self._actor(row[2]) for row in alike)

    def _sightings(self) -> Iterator[Seen]:
        for row in self._rows("SELECT seen FROM source"):
            yield from self._seen(row[0])

    def _named(self) -> Iterator[Seen]:
        """Each actor once: under the first of its names, with all its states."""
        rows = self._rows("SELECT iri, data FROM sighting ORDER BY iri")
        for _, sightings in groupby(rows, key=lambda row: row[0]):
            met = sorted(self._actor(row[1]) for row in sightings)
            countries = tuple(sorted({country for one in met for country in one.countries}))
            yield replace(met[0], name=min(one.name for one in met), countries=countries, articles=sum(one.articles for one in met))

    def _read(self, event: str) -> Telling:
        row = next(self._rows("SELECT data FROM telling WHERE event = ?", event), None)
        if row is None:
            raise KeyError(event)
        telling = self._telling(row[0])
        return self._resolved(replace(telling, source=self.source(telling.source.iri)))

    def _read_source(self, iri: str) -> Source:
        (row,) = self._rows("SELECT data FROM source WHERE iri = ?", iri)
        return self._source(row[0])

    def _resolved(self, telling: Telling) -> Telling:
        into = self._into
        if not any(p.iri in into for _, p in telling.parties) and not any(s.by in into for s in telling.stands):
            return telling
        parties = tuple(sorted((role, replace(p, iri=into.get(p.iri, p.iri))) for role, p in telling.parties))
        stands = tuple(sorted(replace(s, by=into.get(s.by, s.by)) for s in telling.stands))
        return replace(telling, parties=parties, stands=stands)

    def _column(self, query: str, *values: str) -> list[str]:
        return [row[0] for row in self._rows(query, *values)]

    def _rows(self, query: str, *values: str) -> Iterator[tuple]:  # type: ignore[type-arg]
        with self._told_plainly():
            yield from self._base.execute(query, values)

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """What an article tells is there in full or not at all, whatever breaks in."""
        if not self._base.in_transaction:
            self._base.execute("BEGIN")
        if self._path is None:  # it has no journal, and nobody reads it after an error
            yield
            return
        self._base.execute("SAVEPOINT article")
        try:
            yield
        except BaseException:
            if self._base.in_transaction:  # of a full disk SQLite undoes all that was not yet kept
                self._base.execute("ROLLBACK TO article")
            raise
        finally:
            if self._base.in_transaction:
                self._base.execute("RELEASE article")

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if self._path is None:
                raise GraphAccess(f"the temporary file of the resolution: {error}; make room, or set TMPDIR to a larger disk") from error
            full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            todo = DISK_FULL if full else f"{error}; delete this file and run the same command again: it is made anew"
            raise GraphAccess(f"{self._path}: {todo}") from error


_texts = msgspec.msgpack.Decoder(list[str]).decode


def _opened(path: Path | None) -> sqlite3.Connection:
    """A database with the tables of a shelf; a file that is none, or of another layout, is made anew."""
    if path is not None and path.exists() and not _is_shelf(path):
        path.unlink()
    new = path is None or not path.exists()
    base = sqlite3.connect(path or "", isolation_level=None)
    # the file can be made anew, so no write need wait for the disk; a process that is killed leaves it whole all the same
    journal = "OFF" if path is None else "TRUNCATE"
    settings = (f"PRAGMA journal_mode = {journal}", "PRAGMA synchronous = OFF", f"PRAGMA cache_size = -{_CACHE}")
    for line in (*settings, *(("BEGIN", *_TABLES, "COMMIT") if new else ()), *_BESIDE):
        base.execute(line)
    return base


def _is_shelf(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as base:
            return bool(base.execute("PRAGMA user_version").fetchone() == (_LAYOUT,))
    except sqlite3.DatabaseError:
        return False
