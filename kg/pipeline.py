"""The way through the house: read → annotate → extract → resolve → store."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc

from kg import annotate
from kg.data import data_path
from kg.data.cargo import ontology_dir
from kg.extract import extract
from kg.graph import Build, Graph
from kg.read import Skipped, Source, find_sources, read_source
from kg.records import Article, Linked
from kg.resolve import link

__all__ = ["Summary", "build", "read_article", "this_build"]

_STOPS = frozenset(".!?")
_AHEAD = 4  # articles in flight per worker: enough to keep it busy, few enough for memory to stay flat


@dataclass(slots=True)
class Summary:
    """What a build did."""

    read: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)


@cache
def this_build() -> Build:
    """The state of the program that decides what it extracts: version, model, and a digest of its data and code."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    rooms = [p for room in ("annotate", "extract", "read", "resolve", "data") for p in (package / room).rglob("*")]
    for path in sorted(p for p in [*rooms, *ontology_dir().glob("*.ttl")] if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    try:
        release = version("kg-news")
    except PackageNotFoundError:
        release = "0"
    return Build(release, ("kg-encoder",) if data_path("model").is_dir() else (), digest.hexdigest()[:16])


def read_article(article: Article) -> Linked:
    """One article through annotate, extract and resolve."""
    pipeline = annotate.load(article.language)
    return link(extract(article, pipeline(_doc(article, pipeline.make_doc(article.text)))))


def _doc(article: Article, doc: Doc) -> Doc:
    """The article's tokens with a sentence start at every block's edge, so that no sentence crosses one."""
    for token in doc[1:]:
        before = doc[token.i - 1]
        if before.text in _STOPS and token.text[:1].isupper() and before.i > 0 and _ends_sentence(doc[before.i - 1].text):
            token.is_sent_start = True
    starts = iter(sorted({edge for block in article.blocks for edge in (block.span.start, block.span.end)}))
    edge = next(starts, None)
    for token in doc:
        if edge is not None and token.idx >= edge and not token.is_space:
            token.is_sent_start = True
            while edge is not None and edge <= token.idx:
                edge = next(starts, None)
    return doc


def _ends_sentence(word: str) -> bool:
    """A full stop after a word in small letters ends a sentence; abbreviations keep theirs in one token."""
    return len(word) > 2 and word[-1:].islower() and word.isalpha()


def _work(source: Source) -> Linked | Skipped:
    article = read_source(source)
    return article if isinstance(article, Skipped) else read_article(article)


def build(
    paths: Iterable[Path],
    graph: Graph,
    *,
    workers: int = 1,
    prune: bool = False,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Summary:
    """Read files and folders into a graph, article by article.

    An article whose text and reader are those of the graph is left as it is, so interrupted work resumes. With ``prune``,
    articles whose source is no longer among ``paths`` are removed. ``progress`` is called with (done, total, name).
    Raises ``InputError`` for a path that cannot be read at all; a single bad file is reported in the summary.
    """
    state, summary = this_build(), Summary()
    sources = find_sources(paths)
    stored = graph.articles()
    todo: list[Source] = []
    for source in sources:
        article = read_source(source)
        if isinstance(article, Skipped):
            summary.skipped.append(article)
        elif graph.is_current(article, state, stored):
            summary.unchanged += 1
        else:
            todo.append(source)
    done = len(sources) - len(todo)
    progress(done, len(sources), "")
    for result in _results(todo, workers):
        done += 1
        if isinstance(result, Skipped):
            summary.skipped.append(result)
            progress(done, len(sources), result.name)
            continue
        graph.add(result, state)
        _count(result, summary)
        progress(done, len(sources), result.report.article.name)
    if prune:
        names = {source.name for source in sources}
        for name in sorted(set(graph.articles()) - names):
            summary.removed += graph.remove(name)
    graph.finish(state)
    return summary


def _results(todo: Sequence[Source], workers: int) -> Iterator[Linked | Skipped]:
    """Results in the order of the sources, whatever the number of workers."""
    if workers <= 1 or len(todo) < 2:
        yield from map(_work, todo)
        return
    pool = ProcessPoolExecutor(max_workers=workers)
    with pool, nullcontext():
        waiting = iter(todo)
        running = [pool.submit(_work, source) for source in islice(waiting, workers * _AHEAD)]
        while running:
            yield running.pop(0).result()
            running.extend(pool.submit(_work, source) for source in islice(waiting, 1))


def _count(linked: Linked, summary: Summary) -> None:
    report = linked.report
    summary.read += 1
    summary.languages[report.article.language] += 1
    summary.warnings.extend(f"{report.article.name}: {w}" for w in report.warnings)
    for event in report.events:
        summary.events[event.type] += 1
        summary.claims.update(claim.stance.value for claim in event.claims if claim.source is not None)
