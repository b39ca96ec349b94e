"""The way through the house: read → annotate → extract → resolve → store.

Invariant: what stands in the graph after a build depends on the texts and on the program alone, never on the order of
the files, the number of workers, or how often the work was broken off. The rooms that read are imported when there is
something to read.
"""

from __future__ import annotations

import gc
import signal
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from pyoxigraph import NamedNode

from kg.errors import EvidenceError, InputError, KgError
from kg.graph import Build, Graph, Minter, quads
from kg.graph.faults import disk
from kg.graph.reference import reference_quads
from kg.graph.shards import shard, write_shard
from kg.graph.tellings import account
from kg.pool import results
from kg.program import this_build
from kg.read import ReadOptions, Skipped, Source, Wanted, find_sources, read_source
from kg.records import Article, Linked
from kg.resolve.shelf import Account

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

__all__ = ["ENGINES", "Engine", "Failed", "Summary", "Told", "annotate_article", "build", "read_article", "tell"]

Engine = Literal["local", "dask"]
ENGINES: tuple[Engine, ...] = get_args(Engine)

_OBJECTS = 10_000  # made before garbage is looked for: about those of an article
_GRACE = 1.0  # seconds that an interrupted build takes to bring what it read together
_PART = 4000  # characters of text that a worker is given at a time: about a second of work


@dataclass(slots=True)
class Summary:
    """What a build did: numbers of articles, what was skipped and why, and what the articles read anew tell."""

    read: int = 0
    unchanged: int = 0
    removed: int = 0
    copies: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """How many articles and bad files have been dealt with."""
        return self.read + self.unchanged + len(self.skipped) + self.left_out.total()

    def take(self, told: Told | Failed) -> None:
        """Count what one article told, or that it could not be read."""
        if isinstance(told, Failed):
            self.skipped.append(told)
            return
        self.read += 1
        self.languages[told.language] += 1
        self.warnings.extend(f"{told.name}: {warning}" for warning in told.warnings)
        self.events.update(told.events)
        self.claims.update(told.claims)


@dataclass(frozen=True, slots=True)
class Told:
    """What a summary keeps of one article: its warnings, the types of its events, the stances of its sources."""

    name: str
    language: str
    warnings: tuple[str, ...]
    events: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Failed(Skipped):
    """An article on which the program itself failed; ``trace`` says where. The others are read all the same."""

    trace: str = ""


def read_article(article: Article) -> Linked:
    """One article through annotate, extract and resolve. Raises ``InputError`` where the model is missing."""
    from kg.extract import extract
    from kg.resolve.link import link

    return link(extract(article, annotate_article(article)))


def annotate_article(article: Article) -> Doc:
    """The whole text of an article, annotated, no sentence of which crosses the edge of a block."""
    pipeline = _pipeline(article.language)
    return pipeline(_doc(article, pipeline.make_doc(article.text)))


@cache
def _pipeline(language: str) -> Pipeline:
    from kg import annotate
    from kg.read.files import MAX_BYTES

    try:
        pipeline = annotate.load(language)
    except FileNotFoundError as error:
        raise InputError(f"{error}; install kg anew") from error
    pipeline.max_length = MAX_BYTES  # spaCy's own limit spares the memory of parsers that we do not use
    return pipeline


def _doc(article: Article, doc: Doc) -> Doc:
    """The article's tokens with a sentence start at every block's edge, so that no sentence crosses one."""
    starts = iter(sorted({edge for block in article.blocks for edge in (block.span.start, block.span.end)}))
    edge = next(starts, None)
    for token in doc:
        if edge is not None and token.idx >= edge and not token.is_space:
            token.is_sent_start = True
            while edge is not None and edge <= token.idx:
                edge = next(starts, None)
    return doc


def _work(article: Article) -> Linked | Failed:
    """The article read, or why the program failed on it: one text must not keep a thousand others out of the graph."""
    try:
        return read_article(article)
    except (KgError, ImportError):  # not this article's: it would be the same on every other
        raise
    except Exception as error:
        reason = f"the program failed on it, please report this: {type(error).__name__}: {error}"
        return Failed(article.name, " ".join(reason.split()), traceback.format_exc())


def build(
    paths: Iterable[str | Path],
    graph: Graph,
    *,
    workers: int = 1,
    prune: bool = False,
    wanted: Wanted | None = None,
    limit: int | None = None,
    how: ReadOptions | None = None,
    engine: Engine = "local",
    scheduler: str | None = None,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Summary:
    """Read files, folders, addresses and standard input ("-") into a graph, article by article.

    An article whose text and reader are those of the graph is left as it is, so interrupted work resumes. ``wanted`` leaves
    articles out, ``limit`` takes the first so many that are wanted. With ``prune``, articles that a fresh build of the same
    would not read are removed. ``progress`` is called with (done, total, name); the total grows as archives are opened.
    ``engine`` says who reads: processes of this machine, or Dask workers, those of ``scheduler`` or of this machine.
    However it ends, also by ``KeyboardInterrupt``, the graph is whole: each article is in it entirely or not at all. An
    interrupted build takes a second to bring together what was read; what it does not come to is left to the next.
    Raises ``InputError`` for a path that cannot be read at all; a single bad file is reported in the summary.
    """
    sources = [source for source in find_sources(paths) if not _is_of_a_graph(source)]
    if not sources:
        raise InputError("nothing but the stored texts of a graph there; name the folder of the articles")
    state, summary, stored, wanted = this_build(), Summary(), graph.articles(), wanted or Wanted()
    names: set[str] = set()
    total = len(sources)

    def new() -> Iterator[Article]:
        nonlocal total
        for source in sources:
            total -= 1
            for article in read_source(source, how):
                total += 1
                if isinstance(article, Skipped):
                    summary.skipped.append(article)
                elif reason := wanted.reason_against(article):
                    summary.left_out[reason] += 1
                elif limit is not None and len(names) >= limit:
                    total = summary.done
                    return
                else:
                    names.add(article.name)
                    if not graph.is_current(article, state, stored):
                        yield article
                        continue
                    summary.unchanged += 1
                progress(summary.done, total, article.name)

    progress(0, total, "")
    try:
        try:
            for told in _read(new(), graph, state, workers, engine, scheduler):
                summary.take(told)
                progress(summary.done, total, told.name)
        finally:
            graph.load_shards()
        if prune:
            unread = {skipped.name for skipped in summary.skipped}
            gone = [name for name in graph.articles() if name not in names and not unread & set(_around(name))]
            summary.removed = sum(graph.remove(name) for name in gone)
        summary.copies = graph.link_copies()
    except KeyboardInterrupt:
        with _at_most(_GRACE):
            graph.finish(state)
        raise
    except BaseException:
        graph.finish(state)
        raise
    graph.finish(state)
    summary.skipped.sort(key=lambda skipped: skipped.name)
    return summary


def _read(
    articles: Iterator[Article], graph: Graph, state: Build, workers: int, engine: Engine, scheduler: str | None
) -> Iterator[Told | Failed]:  # fmt: skip
    """The articles read and put into the graph, by whom it was asked."""
    if engine == "dask":
        from kg.cluster import read_parts

        yield from read_parts(articles, graph, state, workers, scheduler)
        return
    folder = graph.shards()
    work = partial(read_part, shards=folder, base=graph.minter.base, fingerprint=state.fingerprint)
    for part in results(work, parts(articles, graph), workers):
        graph.take(part.shard)
        graph.tell(part.accounts)
        yield from part.told


def parts(articles: Iterable[Article], graph: Graph) -> Iterator[tuple[Article, ...]]:
    """The articles a few at a time, each with its text kept: so much is lost when a worker dies, and no more."""
    some: list[Article] = []
    for article in articles:
        some.append(graph.keep_text(article))
        if sum(len(one.text) for one in some) >= _PART:
            yield tuple(some)
            some.clear()
    if some:
        yield tuple(some)


def _around(name: str) -> Iterator[str]:
    """An article's name and those of the archives or files in which it lies."""
    yield name
    yield from (name[:place] for place, letter in enumerate(name) if letter in "#/~")


def _is_of_a_graph(source: Source) -> bool:
    """Whether a graph keeps this file: what lies in a graph folder below the articles is no article."""
    folders = source.path.parents[:2] if source.path else ()
    return any((folder / "manifest.json").is_file() and (folder / "texts").is_dir() for folder in folders)


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles read: their shard, a file or where there is no folder for it what would be in it; what they tell; what is to be said of them."""

    shard: Path | bytes
    accounts: tuple[Account, ...]
    told: tuple[Told | Failed, ...]


def read_part(articles: Sequence[Article], shards: Path | None, base: str, fingerprint: str) -> Part:
    """Read some articles into one shard; one on which the program fails keeps no other out. Raises ``GraphAccess`` where the disk is full."""
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    minter = Minter(base)
    found: list[Quad] = []
    accounts, told = [], []
    for article in articles:
        some, one = tell(article, minter, fingerprint)
        told.append(one)
        if some:
            found += some
            accounts.append(account(some, minter))
    used = {NamedNode(iri) for one in accounts for iri in one.points_at()}
    data = shard(found, reference_quads(used, minter))
    for language in sorted({article.language for article in articles}):
        _settle(language)
    if shards is None or not found:
        return Part(data, tuple(accounts), tuple(told))
    with disk(shards):
        return Part(write_shard(shards, data), tuple(accounts), tuple(told))


@cache
def _settle(language: str) -> None:
    """Leave all that was loaded for a language out of garbage collection: it is kept for good, and to go through it again and again took a
    twentieth of a build.
    """
    gc.collect()
    gc.freeze()


def tell(article: Article, minter: Minter, fingerprint: str) -> tuple[list[Quad], Told | Failed]:
    """An article read, as the quads of its graph and what they come to; no quads where the program failed on it."""
    result = _work(article)
    if isinstance(result, Failed):
        return [], result
    try:
        return list(quads(result, minter, fingerprint)), _told(result)
    except (EvidenceError, ValueError) as error:
        return [], _wrong(article, error)


def _wrong(article: Article, error: Exception) -> Failed:
    reason = f"the program told it wrongly, please report this: {error}"
    return Failed(article.name, " ".join(reason.split()), traceback.format_exc())


def _told(linked: Linked) -> Told:
    report = linked.report
    stances = (claim.stance.value for event in report.events for claim in event.claims if claim.source is not None)
    events = tuple(event.type for event in report.events)
    return Told(report.article.name, report.article.language, tuple(report.warnings), events, tuple(stances))


class _TimeUp(BaseException):  # no handler of errors on the way is to stop it
    """The time of ``_at_most`` is over."""


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Break off what is done inside after so long, without an error; where there are no timers it takes its time."""

    def stop(number: int, frame: object) -> None:
        raise _TimeUp

    try:
        before = signal.signal(signal.SIGALRM, stop)
    except (AttributeError, ValueError):  # not on this system, or not in the main thread
        yield
        return
    try:
        with suppress(_TimeUp):
            signal.setitimer(signal.ITIMER_REAL, seconds)
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
