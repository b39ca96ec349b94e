"""The graph: one Oxigraph store, one named graph per article, kept in a folder or in memory.

Invariant: whoever may open the store finds in it, for each article, the whole graph of one reading or nothing: an article is replaced in
one transaction, or many are in bulk under a marker, until whose end nobody may read. Nothing else in the program touches the store.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.errors import GraphAccess, GraphError, NotAGraph
from kg.graph.copies import copy_quads
from kg.graph.faults import disk
from kg.graph.folder import Folder, Lock
from kg.graph.iri import DEFAULT_BASE, Minter
from kg.graph.names import KG, NAMESPACES, PROV, SCHEMA
from kg.graph.provenance import Build, build_quads
from kg.graph.quads import quads
from kg.graph.reference import reference_quads, used_reference
from kg.graph.remote import RemoteStore
from kg.graph.resolution import is_resolved, resolution_quads, state
from kg.graph.shards import chained, graph_names, is_whole, replaced_by, write_graph
from kg.graph.tellings import account, reading
from kg.read.duplicates import copies
from kg.records import Article, Linked
from kg.resolve.judgement import Log
from kg.resolve.shelf import Account, Shelf

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["Graph", "Stored"]

_AT_ONCE = 100_000  # statements of a transaction, some 100 MB
_BY_SHARD = 10_000  # statements from which a bulk load is cheaper than a transaction
_BULK = 10_000_000  # bytes of shards that are loaded at once: half a second of work
_NAMED = (ox.NamedNode, ox.Literal)


@dataclass(frozen=True, slots=True)
class Stored:
    """An article in the graph: its node (and graph), the digests of its text and metadata, the build that read it."""

    node: ox.NamedNode
    digest: str
    build: str
    metadata: str | None = None

    @property
    def reading(self) -> str:
        """What decides what the article tells."""
        return reading(self.digest, self.metadata, self.build)


class Graph:
    """A knowledge graph. Make one with ``Graph.open``, ``Graph.create`` or ``Graph.memory``; close it after use.

    Usable as a context manager. One process may write while nobody reads, or any number may read.
    """

    def __init__(self, store: ox.Store, minter: Minter, folder: Folder | None, lock: Lock | None, writable: bool) -> None:
        self._store: ox.Store | None = store
        self._folder, self._lock, self._writable = folder, lock, writable
        self._texts: dict[str, str] = {}
        self._pending: list[Path] = []
        self._shelf: Shelf | None = None
        self.minter = minter

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False) -> Graph:
        """Open an existing graph folder, for reading unless ``write``.

        Raises ``NotAGraph``, ``GraphFormat``, ``GraphLocked`` or ``GraphAccess``.
        """
        return cls._open(Folder.open(Path(path)), write)

    @classmethod
    def create(cls, path: str | Path, base: str = DEFAULT_BASE, *, server: str | None = None) -> Graph:
        """Open a graph folder for writing, making it first if it is not there. Raises as ``open`` does.

        With ``server``, the address of a SPARQL 1.1 server, the statements of a new graph lie there; the folder keeps the
        texts, the judgements and the address. Raises ``InputError`` for what is no address.
        """
        Minter(base)
        if server is not None:
            RemoteStore(server).close()  # complain before a folder is made
        return cls._open(Folder.create(Path(path), base, server), True)

    @classmethod
    def memory(cls, base: str = DEFAULT_BASE) -> Graph:
        """A graph in memory, gone when it is closed."""
        return cls(ox.Store(), Minter(base), None, None, True)

    @classmethod
    def load(cls, path: str | Path, base: str = DEFAULT_BASE) -> Graph:
        """Read a Turtle, TriG, N-Quads or N-Triples file into memory (no stored texts). Raises ``NotAGraph``."""
        graph = cls.memory(base)
        kind = ox.RdfFormat.from_extension(Path(path).suffix.lstrip(".").lower())
        if kind is None:
            raise NotAGraph(f"{path}: not a graph folder nor a Turtle, TriG, N-Quads or N-Triples file")
        try:
            graph.store.load(path=str(path), format=kind)
        except (OSError, SyntaxError, ValueError) as error:
            raise NotAGraph(f"{path}: {error}") from error
        return graph

    @classmethod
    def _open(cls, folder: Folder, write: bool) -> Graph:
        with disk(folder.path):
            lock = Lock(folder.path / "lock", alone=write)
            try:
                if folder.server is not None:
                    store = cast(ox.Store, RemoteStore(folder.server))  # it has the methods of one that are used
                else:
                    store = ox.Store(folder.store) if write else ox.Store.read_only(str(folder.store))
            except BaseException:
                lock.release()
                raise
        graph = cls(store, Minter(folder.base), folder, lock, write)
        try:
            if write:
                graph.load_shards()
            elif folder.loading.exists():
                raise GraphAccess(f"{folder.path}: a build was broken off while it loaded; run the same kg build again")
        except BaseException:
            graph.close()
            raise
        return graph

    @property
    def store(self) -> ox.Store:
        """The Oxigraph store. Raises ``GraphError`` after ``close``."""
        if self._store is None:
            raise GraphError("this graph has been closed")
        return self._store

    @property
    def path(self) -> Path | None:
        """The graph folder, or None for a graph in memory."""
        return self._folder.path if self._folder else None

    def close(self) -> None:
        """Write out what is pending and let go of the folder; a second call does nothing."""
        if self._store is not None and self._writable and self._folder is not None:
            with disk(self.path):
                self._store.flush()
        self._store = None
        try:
            if self._shelf is not None:
                self._shelf.close()
        finally:
            self._shelf = None
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of statements, each graph's counted."""
        return len(self.store)

    # -- writing ------------------------------------------------------------------------------------------------

    def is_current(self, article: Article, build: Build, stored: Mapping[str, Stored] | None = None) -> bool:
        """Whether this very article was already read by this very build; ``stored`` saves asking ``articles`` again."""
        known = (self.articles() if stored is None else stored).get(article.name)
        return known is not None and (known.digest, known.metadata, known.build) == (
            article.digest, article.metadata_digest, self.minter.build(build.fingerprint).value,
        )  # fmt: skip

    def add(self, linked: Linked, build: Build) -> None:
        """Put one article in, replacing what an article of that name had told, in one transaction.

        Raises ``EvidenceError`` (and changes nothing) if a span does not read back.
        """
        article = linked.report.article
        new = list(quads(linked, self.minter, build.fingerprint))
        self.keep_text(article)
        self.replace(self.minter.article(article.name), new)

    def replace(self, graph: ox.NamedNode, new: list[ox.Quad]) -> None:
        """Replace one named graph, adding what the reference graph tells of the terms in it, in one transaction."""
        self._swap(graph, new, list(reference_quads(used_reference(new, self.minter), self.minter)))

    def _swap(self, graph: ox.NamedNode, new: list[ox.Quad], reference: list[ox.Quad]) -> None:
        with disk(self.path):
            server: object = self.store
            if isinstance(server, RemoteStore):  # a graph is replaced in one request, after what it points at
                server.extend(reference)
                server.put(graph, new)
                return
            if not self.store.contains_named_graph(graph):
                self.store.extend(new + reference)
                return
            # an update, unlike remove_graph and extend one after the other, is a single transaction
            body, more = (" .\n".join(str(q.triple) for q in part) for part in (new, reference))
            name = self.minter.graph("reference")
            self.store.update(f"DROP GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{ {body} }} GRAPH {name} {{ {more} }} }}")

    def shards(self) -> Path | None:
        """The folder into which workers write shards, made if need be; None for a graph in memory."""
        if self._folder is None:
            return None
        with disk(self.path):
            self._folder.shards.mkdir(exist_ok=True)
        return self._folder.shards

    def take(self, shard: Path | bytes) -> None:
        """Take in a shard that a worker made: at once into memory; into a folder in bulk, with those that came before it."""
        if isinstance(shard, bytes):
            self._replace_by(graph_names(io.BytesIO(shard)))
            self.store.load(shard, format=ox.RdfFormat.N_QUADS)
            return
        self._pending.append(shard)
        if sum(path.stat().st_size for path in self._pending) >= _BULK:
            with disk(self.path):
                self._load(self._pending)
            self._pending.clear()

    def load_shards(self) -> None:
        """Take in every shard that workers left, each article replacing what it told before; no shard is left.

        Broken off at any moment, it is done again by whoever opens the graph for writing next. Nobody may be writing shards meanwhile.
        """
        self._pending.clear()
        if self._folder is None or not self._folder.shards.is_dir():
            return
        with disk(self.path):
            self._load([shard for shard in sorted(self._folder.shards.glob("*.nq")) if is_whole(shard)])
            shutil.rmtree(self._folder.shards)

    def _load(self, shards: list[Path]) -> None:
        assert self._folder is not None
        if shards:
            self._folder.loading.touch()
            self._replace_by(name for shard in shards for name in replaced_by(shard))
            with chained(shards) as lines:
                self.store.bulk_load(lines, format=ox.RdfFormat.N_QUADS)
            self.store.flush()
            if self._shelf is not None:
                self._shelf.keep()
            for shard in shards:
                shard.unlink()
        self._folder.loading.unlink(missing_ok=True)

    def _replace_by(self, names: Iterable[ox.NamedNode]) -> None:
        """Empty the graphs that are about to be loaded; a large one statement by statement, which one transaction would not bear."""
        server: object = self.store
        for name in set(names):
            if not self.store.contains_named_graph(name):
                continue
            held = iter(()) if isinstance(server, RemoteStore) else self.store.quads_for_pattern(None, None, None, name)
            if len(some := list(islice(held, _AT_ONCE))) == _AT_ONCE:
                for quad in chain(some, held):
                    self.store.remove(quad)
            else:
                self.store.remove_graph(name)

    def remove(self, name: str) -> bool:
        """Withdraw the article of that source name; whether there was one."""
        node = self.minter.article(name)
        with disk(self.path):
            found = self.store.contains_named_graph(node)
            if found:
                self.store.remove_graph(node)
        return found

    def link_copies(self) -> int:
        """Find the articles that are one text and say so in the graph ``copies``; how many are copies of another.

        The original is the one with the earliest date, else the first by name, so the order of reading has no say.
        """
        articles = self.articles()
        days = self._values(SCHEMA["datePublished"])
        names = sorted(articles, key=lambda name: (days.get(articles[name].node.value) or "9999", name))
        found = list(copies(names, lambda name: self.text(articles[name].digest)))
        self._swap(self.minter.graph("copies"), list(copy_quads(found, self.minter)), [])
        return len(found)

    def finish(self, build: Build) -> None:
        """After a build: the reference graph holds what is used and no more, the build graph says what ran."""
        articles = self.articles()
        shelf = self._told(self._own_shelf(), articles)
        used = {ox.NamedNode(iri) for iri in shelf.used()}
        self._swap(self.minter.graph("reference"), list(reference_quads(used, self.minter)), [])
        self._swap(self.minter.graph("build"), list(build_quads(self.store, build, self.minter)), [])
        self._resolve(articles, shelf)
        if self._folder is not None and not self._folder.shards.is_dir():  # what lies in shards has its texts too
            self._folder.drop_texts({a.digest for a in articles.values()})

    def resolve(self) -> bool:
        """Make the resolution graph of the articles and judgements as they stand; whether anything had changed.

        Raises ``InputError`` where the judgement log cannot be read.
        """
        return self._resolve(self.articles(), None)

    def _resolve(self, articles: Mapping[str, Stored], shelf: Shelf | None) -> bool:
        """``shelf`` is what the articles tell, if it is at hand: where nothing changed it is not needed."""
        standing = self.judgements.standing() if self.judgements else ()
        digest = state(((a.node.value, a.digest, a.build) for a in articles.values()), standing, self.minter.base)
        if is_resolved(self.store, self.minter, digest):
            return False
        if shelf is None:
            shelf = self._told(self._own_shelf(), articles)
        self._write(self.minter.graph("resolution"), resolution_quads(shelf, self.minter, standing, digest))
        return True

    def tell(self, accounts: Iterable[Account]) -> None:
        """Keep what articles tell, of which the graphs come to the store by ``take``: it need not be read back from there."""
        shelf = self._own_shelf()
        for one in accounts:
            shelf.add(one)

    def _own_shelf(self) -> Shelf:
        if self._shelf is None:
            self._shelf = Shelf(self._folder.shelf if self._folder is not None else None)
        return self._shelf

    def _told(self, shelf: Shelf, articles: Mapping[str, Stored]) -> Shelf:
        """The shelf with what all articles tell as they stand in the store: only those that it has not are read."""
        nodes = {stored.node.value: stored for stored in articles.values()}
        there = shelf.readings()
        shelf.drop(set(there) - set(nodes))
        for iri in sorted(nodes):
            if there.get(iri) != nodes[iri].reading:
                shelf.add(account(list(self.quads(nodes[iri].node)), self.minter))
        shelf.merge({})
        return shelf

    def _write(self, graph: ox.NamedNode, new: Iterator[ox.Quad]) -> None:
        """Replace a graph of any size: in one transaction, or where that would take more time and memory, by way of a shard."""
        first = list(islice(new, _BY_SHARD))
        beyond = list(islice(new, 1))
        shards = self.shards() if beyond else None
        if shards is None:
            self._swap(graph, [*first, *beyond, *new], [])
        else:
            with disk(self.path):
                write_graph(shards, graph, chain(first, beyond, new))
            self.load_shards()

    @property
    def judgements(self) -> Log | None:
        """The judgement log of the graph folder; None for a graph in memory."""
        return Log(self._folder.path / "judgements.jsonl") if self._folder else None

    def keep_text(self, article: Article) -> Article:
        """Store the text of an article, from which its evidence is read back; the article."""
        if self._folder is not None:
            self._folder.keep_text(article.digest, article.text)
        else:
            self._texts[article.digest] = article.text
        return article

    # -- reading ------------------------------------------------------------------------------------------------

    def tellings(self) -> Shelf:
        """What the articles tell, on a shelf of its own, to be closed after use."""
        return self._told(Shelf(), self.articles())

    def articles(self) -> Mapping[str, Stored]:
        """Source name → what is stored of that article, sorted by name."""
        digests, builds, beside = (self._values(predicate) for predicate in (KG["textDigest"], PROV["wasGeneratedBy"], KG["metadataDigest"]))
        found: dict[str, Stored] = {}
        for quad in self.store.quads_for_pattern(None, KG["sourceName"], None):
            if isinstance(node := quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                found[quad.object.value] = Stored(node, digests.get(node.value, ""), builds.get(node.value, ""), beside.get(node.value))
        return MappingProxyType(dict(sorted(found.items())))

    def _values(self, predicate: ox.NamedNode) -> dict[str, str]:
        """What a property says of each article that has it, as text; a text that many share is held once."""
        rows = self.store.quads_for_pattern(None, predicate, None)
        return {q.subject.value: sys.intern(q.object.value) for q in rows if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, _NAMED)}

    def has_texts(self) -> bool:
        """Whether the texts of the articles are at hand (they are not when read from an exported file)."""
        return self._folder is not None or bool(self._texts)

    def text(self, digest: str) -> str:
        """The stored text with that digest. Raises ``GraphAccess`` if it is not there."""
        if self._folder is not None:
            return self._folder.text(digest)
        if digest not in self._texts:
            raise GraphAccess(f"the text {digest[:12]} is not stored in this graph")
        return self._texts[digest]

    def text_digests(self) -> frozenset[str]:
        """The digests of all stored texts."""
        return self._folder.text_digests() if self._folder is not None else frozenset(self._texts)

    def dataset(self) -> Dataset:
        """The graph as an rdflib ``Dataset`` whose default graph is the union of all named graphs.

        Raises ``GraphAccess`` where the store is a server: rdflib has its own ``SPARQLStore`` for that.
        """
        if self._folder is not None and self._folder.server is not None:
            raise GraphAccess(f"{self.path}: its store is a server; open {self._folder.server} with rdflib's SPARQLStore")
        from oxrdflib import OxigraphStore  # half of what it takes to import this room, for those alone who ask for it
        from rdflib import Dataset

        dataset = Dataset(store=OxigraphStore(store=self.store), default_union=True)
        for prefix, namespace in (self.minter.prefixes() | {k: v.iri for k, v in NAMESPACES.items()}).items():
            dataset.bind(prefix, namespace)
        return dataset

    def quads(self, graph: ox.NamedNode | None = None) -> Iterable[ox.Quad]:
        """All quads, or those of one named graph, in no order."""
        return self.store.quads_for_pattern(None, None, None, graph)

    def backup(self, target: str | Path) -> None:
        """A snapshot of the store (hard links where possible) to serve from while this graph is being written."""
        with disk(Path(target)):
            self.store.backup(str(target))
