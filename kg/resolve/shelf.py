"""Tellings on a shelf: all that articles tell, in a temporary database, so that memory does not grow with their number.

What was read last lies in memory, the rest in a file that SQLite makes where the system keeps such (``SQLITE_TMPDIR``, ``TMPDIR``,
``/var/tmp``) and that is gone with the shelf; a small shelf never leaves memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from types import TracebackType

import msgspec

from kg.errors import GraphAccess
from kg.resolve.actors import Seen
from kg.resolve.clusters import Constraints
from kg.resolve.likeness import sound
from kg.resolve.rules import rules
from kg.resolve.telling import Source, Telling

__all__ = ["Shelf"]

_AT_HAND = 1 << 13  # tellings that stay decoded, some kB each
_SOURCES = 1 << 11
_CACHE = 64_000  # kB of the database in memory
_TABLES = (
    "CREATE TABLE source (iri TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID",
    "CREATE TABLE telling (event TEXT PRIMARY KEY, kind TEXT, data BLOB) WITHOUT ROWID",
    "CREATE TABLE sighting (iri TEXT, data BLOB)",
    "CREATE TABLE actor (kind TEXT, sound TEXT, iri TEXT, data BLOB)",
)


class Shelf:
    """Every telling by its event, as told or, after ``merge``, with each actor as the one that it was resolved to.

    Usable as a context manager. Raises ``GraphAccess`` where the disk is full.
    """

    def __init__(self) -> None:
        self._into: Mapping[str, str] = {}
        self._base = sqlite3.connect("", isolation_level=None)
        for line in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", f"PRAGMA cache_size = -{_CACHE}", *_TABLES, "BEGIN"):
            self._base.execute(line)
        self._encode = msgspec.msgpack.Encoder().encode
        self._telling = msgspec.msgpack.Decoder(Telling).decode
        self._source = msgspec.msgpack.Decoder(Source).decode
        self._seen = msgspec.msgpack.Decoder(Seen).decode
        self.telling = lru_cache(_AT_HAND)(self._read)
        self.source = lru_cache(_SOURCES)(self._read_source)

    @classmethod
    def of(cls, tellings: Iterable[Telling]) -> Shelf:
        """A shelf of some tellings."""
        shelf = cls()
        shelf.add(tellings)
        return shelf

    def close(self) -> None:
        """Throw all away."""
        self._base.close()

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def add(self, tellings: Iterable[Telling]) -> None:
        """Put tellings on the shelf, all of an article at once."""
        told = list(tellings)
        sources = {t.source.iri: t.source for t in told}
        with _told_plainly():
            self._base.executemany("INSERT OR REPLACE INTO source VALUES (?, ?)", ((iri, self._encode(s)) for iri, s in sources.items()))
            self._base.executemany(
                "INSERT OR REPLACE INTO telling VALUES (?, ?, ?)",
                ((t.event, rules().group(t.type), self._encode(replace(t, source=_pointer(t.source)))) for t in told),
            )

    def see(self, seen: Iterable[Seen]) -> None:
        """Remember the actors that one article names."""
        with _told_plainly():
            self._base.executemany("INSERT INTO sighting VALUES (?, ?)", ((one.iri, self._encode(one)) for one in seen))

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
        with _told_plainly():
            self._base.execute("DELETE FROM actor")
            self._base.executemany("INSERT INTO actor VALUES (?, ?, ?, ?)", ((a.kind, sound(a.name), a.iri, self._encode(a)) for a in self._named()))
        rows = self._rows("SELECT kind, sound, data FROM actor ORDER BY kind, sound, iri")
        for _, alike in groupby(rows, key=lambda row: row[:2]):
            yield tuple(self._seen(row[2]) for row in alike)

    def _named(self) -> Iterator[Seen]:
        """Each actor once: under the first of its names, with all its states."""
        rows = self._rows("SELECT iri, data FROM sighting ORDER BY iri")
        for _, sightings in groupby(rows, key=lambda row: row[0]):
            met = sorted(self._seen(row[1]) for row in sightings)
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
        with _told_plainly():
            yield from self._base.execute(query, values)


def _pointer(source: Source) -> Source:
    """A source of which only the IRI is kept."""
    return Source(source.iri, "", "", "", None, ())


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise GraphAccess(f"the temporary file of the resolution: {error}; make room, or set TMPDIR to a larger disk") from error
