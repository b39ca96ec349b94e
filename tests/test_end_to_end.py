"""Articles in, graph out: the project's own corpus always, the shared real articles where they are at hand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from kg.graph import Graph
from kg.graph.check import check
from kg.graph.export import FORMATS, export, serialise
from kg.graph.facts import facts
from kg.graph.query import named_queries, query
from kg.program import this_build
from kg.records import EVENT_TYPES
from kg.score import score
from kg.view import write_page
from tests.conftest import CORPUS, ROOT, built

SHARED = ROOT.parent / "shared"
KG = "https://w3id.org/kg-news/ontology#"
shared_articles = pytest.mark.skipif(
    not (SHARED / "articles").is_dir(), reason="../shared/articles is not here: real articles are not part of the project"
)


def values(graph: Graph, local: str) -> dict[str, str]:
    """Node → value of one of our properties."""
    return {str(q.subject): q.object.value for q in graph.quads() if q.predicate.value == KG + local and isinstance(q.object, ox.Literal)}


def reads_back(graph: Graph, articles: dict[str, str]) -> int:
    """How many mentions there are; each must read back from the text of its file, apart from what the program checks."""
    starts, ends, words, names = (values(graph, name) for name in ("start", "end", "exact", "sourceName"))
    article = {str(q.subject): str(q.object) for q in graph.quads() if q.predicate.value == KG + "inArticle"}
    for node, exact in words.items():
        text = articles[names[article[node]]]
        assert text[int(starts[node]) : int(ends[node])] == exact
    return len(words)


# -- corpus -----------------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_the_graph_of_the_corpus(corpus_graph: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        assert len(graph.articles()) == len(CORPUS) == 56
        assert check(graph) == ()


def test_the_reference_shacl_engine_agrees(small_graph: Path, tmp_path: Path) -> None:
    shutil.copytree(small_graph, tmp_path / "one")  # of one article: the reference engine is slow
    with Graph.open(tmp_path / "one", write=True) as graph:
        for name in sorted(graph.articles())[1:]:
            graph.remove(name)
        graph.finish(this_build())
        assert check(graph, reference=True) == check(graph) == ()


def test_every_offset_reads_back_from_the_file(corpus_graph: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        assert reads_back(graph, {path.name: path.read_text(encoding="utf-8") for path in CORPUS}) > 500


def test_no_event_without_evidence_and_no_claim_without_its_words(corpus_graph: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        told = facts(graph.quads()).events.values()
    assert all(event.evidence and event.claims for event in told)
    assert all(claim.evidence for event in told for claim in event.claims)
    assert {event.type for event in told} <= set(EVENT_TYPES)
    assert any(event.denied for event in told)
    assert {event.modality for event in told} > {"actual", "negated", "planned"}


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_runs(name: str, corpus_graph: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        answer = query(graph, name)
    assert answer.columns
    assert len(answer.rows) < 2000  # more is a product of rows that have nothing to do with each other


def test_most_questions_have_an_answer_in_the_corpus(corpus_graph: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        silent = [name for name in named_queries() if not query(graph, name).rows]
    assert len(named_queries()) >= 15
    assert len(silent) <= len(named_queries()) - 12, silent


def test_figures_on_the_corpus_have_not_fallen_by_a_point(corpus_graph: Path) -> None:
    before = yaml.safe_load((ROOT / "tests" / "score" / "figures.yaml").read_text(encoding="utf-8"))
    figures = score(corpus_graph, ROOT / "corpus" / "gold")
    assert figures.unread == ()
    now = {"all": figures.facts.f1, "event_precision": figures.events.precision}
    now |= {language: tally.f1 for language, tally in figures.languages.items()}
    assert now.keys() == before.keys()
    assert {name: value for name, value in now.items() if value < before[name] - 0.01} == {}


# -- text from the web ------------------------------------------------------------------------------------------

HOSTILE = """ date 2023-05

Iran levert <script>alert(1)</script> munitie aan Rusland

Teheran stuurde \u202edrones\u202c naar Moskou, zei minister "} ; DROP ALL # <img src=x onerror=alert(2)>. \
Iran leverde \x1b[31mtien raketten\x1b[0m aan Rusland. [bold]Iran[/bold] verkocht vijf tanks aan Syrië, zei ' OR 1=1 -- [/red]. \
Rusland ontkent dat Iran =HYPERLINK("http://example.org") drones \x0b\x01\x7f leverde aan Rusland. \
De regering van Iran stuurde <iframe src=//example.org> granaten naar Rusland. </script><script>alert(3)</script>
"""
MARKUP = re.compile(r"<(script|iframe|img)\b")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / '<b>"evil"\u202e.txt').write_text(HOSTILE, encoding="utf-8")
    return built([folder], folder / "graph")


def test_hostile_text_stays_text_in_the_graph_and_in_every_export(hostile: Path, tmp_path: Path) -> None:
    import networkx as nx

    with Graph.open(hostile) as graph:
        assert check(graph) == ()
        assert reads_back(graph, dict.fromkeys(graph.articles(), HOSTILE)) > 10
        for form in FORMATS:
            export(graph, form, tmp_path / form)
        union = {q.triple for q in graph.quads()}
        for form in ("trig", "nquads"):
            again = ox.parse(path=str(tmp_path / form), format=ox.RdfFormat.TRIG if form == "trig" else ox.RdfFormat.N_QUADS)
            assert set(again) == set(graph.quads())
        assert {q.triple for q in ox.parse(path=str(tmp_path / "turtle"), format=ox.RdfFormat.TURTLE)} == union
    assert nx.read_graphml(tmp_path / "graphml").number_of_nodes() == nx.read_gexf(tmp_path / "gexf").number_of_nodes() > 0
    for table in (tmp_path / "csv").iterdir():
        assert not re.search(r"(^|,)\"?[=+@-]\w", table.read_text(encoding="utf-8"), re.MULTILINE)


def test_hostile_text_cannot_steer_the_terminal(hostile: Path) -> None:
    said = ""
    for asked in ("show Iran", "query article", "query timeline", "analyse"):
        command = [sys.executable, "-m", "kg", *asked.split(), "--graph", str(hostile)]
        said += subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert MARKUP.search(said)
    assert "\ufffd" in said
    assert not set("\x1b\x0b\x01\x7f\u202e\u202c") & set(said)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium")
def test_hostile_text_stays_text_in_a_browser(hostile: Path, tmp_path: Path) -> None:
    with Graph.open(hostile) as graph:
        page = write_page(graph, tmp_path / "v.html")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--virtual-time-budget=5000",
               f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.path.as_uri()]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    assert f'data-nodes="{page.nodes}"' in shown
    assert not re.search(r"<(img|iframe)\b", shown)
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', shown, re.DOTALL)
    assert block is not None
    assert MARKUP.search(json.dumps(json.loads(block[1])))
    assert not re.search(r"<script>\s*alert", shown.replace(block[0], ""))


# -- real articles ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(sorted((SHARED / "articles").iterdir()), tmp_path_factory.mktemp("real") / "graph")


@shared_articles
def test_nothing_is_wrong_with_the_graph_of_real_articles(real_graph: Path) -> None:
    with Graph.open(real_graph) as graph:
        assert check(graph) == ()
        texts = {path.name: path.read_text(encoding="utf-8") for path in (SHARED / "articles").iterdir()}
        assert reads_back(graph, texts) > 100


@shared_articles
def test_real_articles_answer_at_least_twelve_questions(real_graph: Path) -> None:
    with Graph.open(real_graph) as graph:
        answered = [name for name in named_queries() if query(graph, name).rows]
    assert len(answered) >= 12, answered


@shared_articles
def test_figures_on_real_articles_are_those_of_the_shared_scorer(real_graph: Path, tmp_path: Path) -> None:
    figures = score(real_graph, SHARED / "gold" / "articles.yaml")
    assert figures.facts.f1 >= 0.40
    assert figures.events.precision >= 0.70
    with Graph.open(real_graph) as graph:
        (tmp_path / "g.ttl").write_bytes(serialise(graph, "turtle"))
    command = [sys.executable, str(SHARED / "score.py"), str(tmp_path / "g.ttl")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    fact = re.search(r"^fact F1 ([\d.]+)", said, re.MULTILINE)
    event = re.search(r"^events +P ([\d.]+) +R ([\d.]+)", said, re.MULTILINE)
    assert fact is not None
    assert event is not None
    # the shared scorer breaks ties by hash order, which moves its figures by a few thousandths
    assert float(fact[1]) == pytest.approx(figures.facts.f1, abs=0.012)
    assert float(event[1]) == pytest.approx(figures.events.precision, abs=0.012)
    assert float(event[2]) == pytest.approx(figures.events.recall, abs=0.012)
