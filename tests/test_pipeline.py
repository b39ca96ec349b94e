"""Building: what is read again and what is not, and that nothing but texts and program decides the graph."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from kg import pipeline, pool, program
from kg.errors import InputError
from kg.graph import Graph, store
from kg.graph.check import check_offsets
from kg.graph.export import FORMATS, export, serialise
from kg.graph.facts import facts
from kg.pipeline import Failed, build
from kg.program import this_build
from kg.read import Skipped, Wanted, make_article
from kg.read.files import MAX_BYTES
from kg.records import LANGUAGES, Article, Linked
from tests.conftest import ONE_A_LANGUAGE
from tests.effort import calls
from tests.read import made

GRAIN = "Rusland leverde in mei 2023 duizend ton graan aan Syrië.\n"
TANKS = "Iran stuurde maandag twintig tanks naar Syrië. Teheran ontkent dat.\n"
DRONES = "China verkocht drones aan Iran, zei de Amerikaanse regering.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in (("a.txt", GRAIN), ("b.txt", TANKS), ("c.txt", DRONES)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def turtle(folder: Path) -> bytes:
    with Graph.open(folder) as graph:
        return serialise(graph, "turtle")


def test_the_number_of_workers_and_the_order_of_files_change_nothing(small_graph: Path, tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        summary = build(reversed(ONE_A_LANGUAGE), graph, workers=2)
        assert (summary.read, summary.skipped) == (4, [])
        with Graph.open(small_graph) as one:
            for form in FORMATS:
                if form != "csv":
                    assert serialise(graph, form) == serialise(one, form), form
            one_table, other = (export(g, "csv", tmp_path / name) for g, name in ((one, "1"), (graph, "2")))
            assert [p.read_bytes() for p in one_table] == [p.read_bytes() for p in other]


def test_only_what_changed_is_read_again(articles: Path, tmp_path: Path) -> None:
    told: list[str] = []
    with Graph.create(tmp_path / "g") as graph:
        assert build([articles], graph).read == 3
        before = {name: set(graph.quads(stored.node)) for name, stored in graph.articles().items()}
        (articles / "b.txt").write_text(TANKS.replace("twintig", "dertig"), encoding="utf-8")
        original, seen = pipeline.read_article, told.append

        def watched(article: Article) -> Linked:
            seen(article.name)
            return original(article)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "read_article", watched)
            summary = build([articles], graph)
        assert (summary.read, summary.unchanged) == (1, 2)
        assert told == ["b.txt"]
        after = {name: set(graph.quads(stored.node)) for name, stored in graph.articles().items()}
        assert (after["a.txt"], after["c.txt"]) == (before["a.txt"], before["c.txt"])
        assert after["b.txt"] != before["b.txt"]
    with Graph.create(tmp_path / "fresh") as fresh:
        build([articles], fresh)
    assert turtle(tmp_path / "g") == turtle(tmp_path / "fresh")


def test_articles_whose_file_is_gone_stay_until_pruned(articles: Path, tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        build([articles], graph)
        (articles / "a.txt").unlink()
        assert build([articles], graph).removed == 0
        assert list(graph.articles()) == ["a.txt", "b.txt", "c.txt"]
        assert build([articles], graph, prune=True).removed == 1
        assert list(graph.articles()) == ["b.txt", "c.txt"]
        assert len(list((tmp_path / "g" / "texts").iterdir())) == 2
    with Graph.create(tmp_path / "fresh") as fresh:
        build([articles], fresh)
    assert turtle(tmp_path / "g") == turtle(tmp_path / "fresh")


def test_a_file_that_became_unreadable_keeps_its_place(articles: Path, tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        build([articles], graph)
        (articles / "a.txt").write_bytes(b"\xff\0")
        summary = build([articles], graph, prune=True)
        assert [s.name for s in summary.skipped] == ["a.txt"]
        assert (summary.removed, summary.unchanged) == (0, 2)
        assert "a.txt" in graph.articles()


def test_one_article_that_the_program_fails_on_keeps_no_other_out(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = pipeline.read_article

    def failing(article: Article) -> Linked:
        if article.name == "b.txt":
            raise IndexError("list index\nout of range")
        return original(article)

    monkeypatch.setattr(pipeline, "read_article", failing)
    with Graph.create(tmp_path / "g") as graph:
        summary = build([articles], graph)
        assert list(graph.articles()) == ["a.txt", "c.txt"]
    [failed] = summary.skipped
    assert isinstance(failed, Failed)
    assert failed.reason == "the program failed on it, please report this: IndexError: list index out of range"
    assert "in failing" in failed.trace


def test_an_interrupt_leaves_what_was_read_and_nothing_half(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_PART", 1)

    def stop(done: int, total: int, name: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with Graph.create(tmp_path / "g") as graph:
        with pytest.raises(KeyboardInterrupt):
            build([articles], graph, progress=stop)
        assert list(graph.articles()) == ["a.txt", "b.txt"]
    for name in ("a.txt", "b.txt"):
        shutil.copy(articles / name, tmp_path)
    with Graph.create(tmp_path / "fresh") as fresh:
        build([tmp_path / "a.txt", tmp_path / "b.txt"], fresh)
    assert turtle(tmp_path / "g") == turtle(tmp_path / "fresh")


def test_progress_counts_every_source_once(articles: Path, tmp_path: Path) -> None:
    (articles / "bad.txt").write_bytes(b"\xff\xff\xff")
    told: list[tuple[int, int, str]] = []
    with Graph.create(tmp_path / "g") as graph:
        build([articles], graph, progress=lambda *step: told.append(step))
        assert [done for done, _, _ in told] == [0, 1, 2, 3, 4]
        assert {total for _, total, _ in told} == {4}
        assert sorted(name for _, _, name in told) == ["", "a.txt", "b.txt", "bad.txt", "c.txt"]


def test_the_texts_that_a_graph_keeps_are_no_articles(articles: Path) -> None:
    with Graph.create(articles / "graph") as graph:
        assert build([articles], graph).read == 3
        again = build([articles], graph, prune=True)
        assert (again.unchanged, again.read, again.removed) == (3, 0, 0)
        with pytest.raises(InputError, match="stored texts"):
            build([articles / "graph"], graph)


def test_the_state_of_the_program_is_told_cheaply_and_depends_on_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    this_build.cache_clear()
    assert calls(this_build) < 60_000  # it is asked at every command
    state = this_build()
    assert state.models
    monkeypatch.setattr(program, "_version", lambda name: "4.0.0" if name == "spacy" else "1")
    this_build.cache_clear()
    assert this_build().fingerprint != state.fingerprint
    monkeypatch.undo()
    this_build.cache_clear()
    assert this_build() == state


def test_another_state_of_the_program_reads_everything_again(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Graph.create(tmp_path / "g") as graph:
        build([articles], graph)
        monkeypatch.setattr(program, "_version", lambda name: "2")
        this_build.cache_clear()
        try:
            assert build([articles], graph).read == 3
        finally:
            this_build.cache_clear()


def test_a_worker_that_dies_is_told_plainly(articles: Path) -> None:
    results = pool.results(pipeline._work, iter(_Deadly(path.stem, path.read_text(encoding="utf-8")) for path in sorted(articles.iterdir())), 2)
    with pytest.raises(pipeline.KgError, match="a worker process died"):
        list(results)


class _Deadly:
    """Sent to a worker, it ends the process, as the system does to one that takes too much memory."""

    def __init__(self, name: str, text: str) -> None:
        self.article = make_article(name, text)

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (9,)


def test_a_source_that_vanishes_is_skipped(articles: Path, tmp_path: Path) -> None:
    def vanish(done: int, total: int, name: str) -> None:
        (articles / "c.txt").unlink(missing_ok=True)

    with Graph.create(tmp_path / "g") as graph:
        summary = build([articles], graph, progress=vanish)
    assert summary.skipped == [Skipped("c.txt", "No such file or directory")]
    assert summary.read == 2


def test_the_longest_text_that_is_read_goes_whole_through_the_pipeline() -> None:
    for language in LANGUAGES:
        assert pipeline._pipeline(language).max_length >= MAX_BYTES


# -- sources of every kind ------------------------------------------------------------------------------------------


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder of several formats; the story of ``made`` is in five of them."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    rows = [{"id": 1, "text": GRAIN, "date": "2023-06-01"}, {"id": 2, "text": DRONES, "date": "2024-06-01"}, {"id": 3}]
    files = {
        "a.html": made.html().encode(), "b.pdf": made.pdf(), "c.docx": made.word(), "d.eml": made.mail(),
        "e.zip": made.zipped({"x/y.txt": TANKS.encode()}),
        "f.jsonl": "\n".join(map(json.dumps, rows)).encode(), "g.xml": made.newsml(), "dead.pdf": b"%PDF-1.4",
    }  # fmt: skip
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


NAMES = ["a.html", "b.pdf", "c.docx", "d.eml", "e.zip/x/y.txt", "f.jsonl#1", "f.jsonl#2", "g.xml"]


def test_a_mixed_folder_is_read_and_told_the_same_by_two_workers(mixed: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    with Graph.create(tmp_path / "g") as graph:
        summary = build([mixed], graph, progress=lambda *step: told.append(step))
        assert list(graph.articles()) == NAMES
        assert [s.name for s in summary.skipped] == ["dead.pdf", "f.jsonl#3"]
        assert told[-1][:2] == (10, 10)
        assert all(done <= total for done, total, _ in told)
        assert list(check_offsets(graph)) == []
        again = build([mixed], graph)
        assert (again.read, again.unchanged, again.copies) == (0, 8, summary.copies)
    with Graph.create(tmp_path / "two") as graph:
        build([mixed / name for name in sorted(os.listdir(mixed), reverse=True)], graph, workers=2)
    assert turtle(tmp_path / "g") == turtle(tmp_path / "two")


def test_one_text_with_several_sources_is_linked_once(mixed: Path, tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        assert build([mixed], graph).copies == 4
        found = facts(graph.quads())
        copies = {a.name: found.articles[a.copy_of].name for a in found.articles.values() if a.copy_of}
        assert copies == dict.fromkeys(("b.pdf", "c.docx", "d.eml", "g.xml"), "a.html")
        (mixed / "a.html").unlink()
        assert build([mixed], graph, prune=True).copies == 3


def test_metadata_that_changed_is_read_again(mixed: Path, tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        build([mixed], graph)
        (mixed / "a.html").write_text(made.html().replace("Anna Visser", "Jan Bakker"), encoding="utf-8")
        assert build([mixed], graph).read == 1
        authors = {a.name: a.author for a in facts(graph.quads()).articles.values()}
        assert (authors["a.html"], authors["b.pdf"]) == ("Jan Bakker", "Anna Visser")


def test_what_is_not_wanted_is_left_out_and_counted(mixed: Path, tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        summary = build([mixed], graph, wanted=Wanted(date(2024, 1, 1), frozenset({"nl"})))
        assert list(graph.articles()) == ["a.html", "d.eml", "f.jsonl#2", "g.xml"]
        assert summary.left_out == {"of unknown date, so perhaps before 2024-01-01": 3, "from before 2024-01-01": 1}
        assert build([mixed], graph, limit=2).unchanged == 1
        assert list(graph.articles()) == ["a.html", "b.pdf", "d.eml", "f.jsonl#2", "g.xml"]
        assert build([mixed], graph, limit=2, prune=True).removed == 3
        assert list(graph.articles()) == ["a.html", "b.pdf"]


def test_an_archive_that_became_unreadable_keeps_its_articles(mixed: Path, tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        build([mixed], graph)
        for name in ("e.zip", "f.jsonl"):
            (mixed / name).write_bytes(b"\xff\xff\n" * 200)
        assert build([mixed], graph, prune=True).removed == 0
        assert list(graph.articles()) == NAMES


def test_pages_that_a_graph_wrote_are_no_articles(articles: Path) -> None:
    with Graph.create(articles / "graph") as graph:
        build([articles], graph)
        (articles / "graph" / "graph.html").write_text(made.html(), encoding="utf-8")
        assert build([articles], graph).read == 0


def test_articles_are_loaded_in_bulk_while_others_are_still_read(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("_PART", pipeline), ("_BULK", store)):
        monkeypatch.setattr(size, name, 1)
    seen: list[int] = []
    with Graph.create(tmp_path / "g") as graph:
        build([articles], graph, progress=lambda done, total, name: seen.append(len(graph.articles())))
        assert seen == [0, 1, 2, 3]
        (articles / "b.txt").write_text(TANKS.replace("twintig", "dertig"), encoding="utf-8")
        assert build([articles], graph).read == 1
    monkeypatch.undo()
    with Graph.create(tmp_path / "fresh") as fresh, Graph.memory() as memory:
        build([articles], fresh)
        build([articles], memory, workers=2)
        assert serialise(memory, "nquads") == serialise(fresh, "nquads")
    assert turtle(tmp_path / "g") == turtle(tmp_path / "fresh")


def test_a_file_named_twice_is_read_once(articles: Path, tmp_path: Path) -> None:
    with Graph.create(tmp_path / "g") as graph:
        assert build([articles, articles / "a.txt"], graph).read == 3
