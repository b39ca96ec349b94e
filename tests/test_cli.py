"""Every command as a user types it: what it prints, where, and with which exit code; mistakes are one clear line."""

from __future__ import annotations

import csv
import ctypes
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph import Graph
from kg.graph.export import FORMATS, serialise
from kg.graph.query import named_queries
from tests.conftest import CORPUS, ONE_A_LANGUAGE, ROOT

COMMANDS = ("build", "export", "query", "show", "check", "score", "view", "analyse", "review")
DUTCH = "Iran stuurde maandag twee schepen met raketten naar de haven van Beiroet. Teheran ontkent dat.\n"
BODY = "PREFIX : <https://w3id.org/kg-news/ontology#> SELECT ?e WHERE { ?e a :Shipment } ORDER BY ?e"


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def mistake(*arguments: str | Path, code: int = 2) -> str:
    """The one line that a mistake gets."""
    result = kg(*arguments)
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("kg: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def ran(*arguments: str | Path) -> str:
    result = kg(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


# -- help -------------------------------------------------------------------------------------------------------


def loaded(code: str) -> set[str]:
    """The large libraries that a process has loaded by then."""
    code += "; import sys; print(*{'spacy', 'rdflib', 'pyoxigraph', 'networkx', 'onnxruntime', 'rich.progress'} & set(sys.modules))"
    return set(subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())


def test_help_loads_no_room_and_a_question_does_not_load_what_reads() -> None:
    assert loaded("import kg.cli") == set()
    assert "Usage" in subprocess.run([sys.executable, "-m", "kg", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert loaded("import kg.graph.query") == {"pyoxigraph"}


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shows_an_example(command: str) -> None:
    assert f"Example: kg {command}" in ran(command, "--help")


def test_help_names_every_command_and_usage_errors_are_typers() -> None:
    text = ran("--help")
    assert all(command in text for command in COMMANDS)
    assert kg("frobnicate").exit_code == 2
    assert "Usage:" in kg("build").stderr
    assert ran("--version").startswith("kg ")


# -- build ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A folder with one good and several bad files, built."""
    folder = tmp_path_factory.mktemp("cli")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "good.txt").write_text(DUTCH, encoding="utf-8")
    (articles / "latin.txt").write_bytes(b"caf\xe9 au lait")
    (articles / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (articles / "empty.md").write_bytes(b"")
    with (articles / "big.txt").open("wb") as stream:
        stream.truncate(50_000_000)
    return folder, kg("build", articles, "--graph", folder / "graph")


def test_each_bad_file_is_one_line_and_nothing_is_lost(built: tuple[Path, Result]) -> None:
    folder, result = built
    assert result.exit_code == 1
    assert [line for line in result.stderr.splitlines() if line.startswith("skipped")] == [
        "skipped big.txt: 50.0 MB is more than the 0.5 MB that one article may have",
        "skipped binary.txt: a binary file; save it as UTF-8 text",
        "skipped empty.md: empty",
        "skipped latin.txt: not valid UTF-8; save it as UTF-8 text",
    ]
    assert "skipped" in result.stdout
    assert "Shipment" in result.stdout
    assert "1 article: every rule holds" in ran("check", "--graph", folder / "graph")


def test_a_second_build_reads_nothing(built: tuple[Path, Result]) -> None:
    folder, _ = built
    again = kg("build", folder / "articles" / "good.txt", "--graph", folder / "graph", "--verbose")
    assert again.exit_code == 0
    assert "unchanged" in again.stdout
    assert "Shipment" not in again.stdout
    assert "good.txt" in again.stderr


def test_quick_work_shows_no_progress_in_a_log(built: tuple[Path, Result]) -> None:
    folder, _ = built
    again = kg("build", folder / "articles" / "good.txt", "--graph", folder / "graph")
    assert again.stderr == ""


@contextmanager
def unprivileged() -> Iterator[None]:
    """The file system as somebody without privileges sees it, also where the tests run as the superuser."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None)
    libc.setfsuid(65534)
    try:
        yield
    finally:
        libc.setfsuid(0)


@pytest.mark.skipif(sys.platform != "linux", reason="permissions are tested with Linux's file-system user id")
def test_no_permission(tmp_path: Path, small_graph: Path) -> None:
    for parent in (tmp_path, *tmp_path.parents):
        if parent.owner() == Path.home().owner() and parent != Path("/tmp"):
            parent.chmod(0o755)
    secret, closed = tmp_path / "secret.txt", tmp_path / "closed"
    secret.write_text(DUTCH, encoding="utf-8")
    secret.chmod(0)
    closed.mkdir()
    closed.chmod(0o555)
    open_ = tmp_path / "open"
    open_.mkdir()
    open_.chmod(0o777)
    graph = tmp_path / "copy"
    shutil.copytree(small_graph, graph)
    ran("export", "--graph", graph)  # what is imported on first use is imported now
    ran("view", "--graph", graph, "-o", tmp_path / "x.html")
    with unprivileged():
        skipped = kg("build", secret, "--graph", open_ / "graph")
        assert skipped.exit_code == 1
        assert "skipped secret.txt: no permission to read it" in skipped.stderr
        assert "no permission" in mistake("build", ONE_A_LANGUAGE[0], "--graph", closed / "graph")
        assert "Permission denied" in mistake("export", "--graph", graph, "-o", closed / "x.ttl")
        assert "Permission denied" in mistake("view", "--graph", graph, "-o", closed / "x.html")


def test_a_missing_or_empty_folder_makes_no_graph(tmp_path: Path) -> None:
    assert "no such file or folder" in mistake("build", tmp_path / "nowhere", "--graph", tmp_path / "g")
    (tmp_path / "empty").mkdir()
    assert "no .txt or .md file" in mistake("build", tmp_path / "empty", "--graph", tmp_path / "g")
    assert not (tmp_path / "g").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    assert "holds other files (thesis.doc)" in mistake("build", ONE_A_LANGUAGE[0], "--graph", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_graph_in_use_says_so(small_graph: Path, tmp_path: Path) -> None:
    shutil.copytree(small_graph, tmp_path / "g")
    with Graph.open(tmp_path / "g", write=True):
        assert f"process {os.getpid()} is writing it" in mistake("query", "denials", "--graph", tmp_path / "g")
        assert "in use" in mistake("build", ONE_A_LANGUAGE[0], "--graph", tmp_path / "g")
    with Graph.open(tmp_path / "g"):
        assert "another process is reading it" in mistake("build", ONE_A_LANGUAGE[0], "--graph", tmp_path / "g")
        assert ran("check", "--graph", tmp_path / "g")


# -- broken off -------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize(("stop", "workers"), [(signal.SIGINT, 1), (signal.SIGINT, 2), (signal.SIGKILL, 1)])
def test_a_build_broken_off_leaves_a_whole_graph_and_goes_on(stop: signal.Signals, workers: int, tmp_path: Path, small_graph: Path) -> None:
    """The last article comes from standard input and never ends: however busy the machine, the build is not done when it is stopped."""
    graph = tmp_path / "graph"
    articles = [*ONE_A_LANGUAGE, *(path for path in CORPUS if path not in ONE_A_LANGUAGE)][: 4 if workers == 1 else 20]
    command = [sys.executable, "-m", "kg", "build", *map(str, articles), "-", "--graph", str(graph), "--verbose", "--workers", str(workers)]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, cwd=ROOT, text=True, start_new_session=True, **pipes) as process:
        assert process.stderr is not None
        first = process.stderr.readline()  # the first article is read
        assert first.strip() in {path.name for path in articles}
        process.send_signal(stop)
        said = process.stderr.read()
        code = process.wait(timeout=60)
    with Graph.open(graph, write=stop is signal.SIGKILL) as opened:  # what was killed, the next that writes puts right
        before = opened.articles()
    assert 1 <= len(before) <= len(articles)
    if stop is signal.SIGINT:
        assert code == 130
        told = re.search(rf"kg: stopped after (\d+) of {len(articles) + 1} articles", said)
        assert told
        assert 1 <= int(told[1]) <= len(before)  # a part that a worker had just finished is kept too
        assert "Traceback" not in said
    assert "every rule holds, every offset reads back" in ran("check", "--graph", graph)
    kept = sum(path.name in before for path in ONE_A_LANGUAGE)
    assert re.search(rf"unchanged +│ +{kept} ", ran("build", *ONE_A_LANGUAGE, "--prune", "--graph", graph))
    with Graph.open(graph) as resumed, Graph.open(small_graph) as direct:
        assert serialise(resumed, "nquads") == serialise(direct, "nquads")


# -- asking -----------------------------------------------------------------------------------------------------


def test_query_in_every_format(small_graph: Path) -> None:
    table = ran("query", "shipments", "--graph", small_graph)
    assert "supplier" in table
    rows = list(csv.DictReader(io.StringIO(ran("query", "shipments", "--graph", small_graph, "--format", "csv"))))
    assert rows
    assert {"supplier", "recipient", "cargo", "source", "evidence"} <= rows[0].keys()
    found = json.loads(ran("query", BODY, "--graph", small_graph, "--format", "json"))
    assert found["head"]["vars"] == ["e"]
    turtle = ran("query", "CONSTRUCT { ?e a kg:Shipment } WHERE { ?e a kg:Shipment }", "--graph", small_graph, "--format", "turtle")
    assert turtle.count("kg:Shipment") == len(found["results"]["bindings"])
    assert ran("query", "ASK { ?e a kg:Shipment }", "--graph", small_graph).count("true") == 1


def test_a_table_too_wide_for_the_terminal_is_told_as_records(small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    narrow = ran("query", "shipments", "--graph", small_graph)
    assert max(map(len, narrow.splitlines())) <= 80
    assert narrow.count("│ evidence") > 1
    monkeypatch.setenv("COLUMNS", "400")
    assert ran("query", "shipments", "--graph", small_graph).count("evidence") == 1


def test_parameters_narrow_a_query(small_graph: Path) -> None:
    def count(*values: str) -> int:
        return ran("query", "shipments", *values, "--graph", small_graph, "--format", "csv").count("\n") - 1

    assert 0 < count("from=Iran") < count()
    assert count("from=IR") == count("from=Iran")
    nothing = kg("query", "shipments", "since=2100-01-01", "--graph", small_graph)
    assert nothing.exit_code == 0
    assert "nothing in the graph answers this" in nothing.stderr


def test_the_list_of_queries(small_graph: Path) -> None:
    listed = ran("query", "--list")
    assert all(name in listed for name in named_queries())
    assert "who gives" in ran("query", "shipments", "--list")
    assert "no query named x" in mistake("query", "x", "--list")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["denails"], "did you mean denials?"),
        (["denials", "who"], "a parameter is written NAME=VALUE"),
        (["denials", "whom=Iran"], "has no parameter whom"),
        (["denials", "who=Atlantis"], "nothing in the graph has that name"),
        (["shipments", "since=gisteren"], "not a day"),
        (["SELECT ?x WHERE { ?x"], "SPARQL"),
        (["SELECT ?x WHERE { ?x a kg:Event }", "x=1"], "only named queries take"),
        (["INSERT DATA { <a:b> <a:c> <a:d> }"], "would change the graph"),
        (["SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }"], "works offline"),
        (["denials", "--format", "xml"], "choose one of table, csv, json, turtle"),
        (["denials", "--format", "turtle"], "turtle holds triples"),
    ],
)
def test_mistakes_in_a_query(arguments: list[str], said: str, small_graph: Path) -> None:
    assert said in mistake("query", *arguments, "--graph", small_graph)


@pytest.mark.parametrize("command", ["query denials", "export", "show Iran", "check", "view", "analyse", "review"])
def test_no_graph_there(command: str, tmp_path: Path) -> None:
    assert "kg build SOURCE" in mistake(*command.split(), "--graph", tmp_path / "none")
    assert "is not a graph folder" in mistake(*command.split(), "--graph", tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    assert "not the manifest of a graph" in mistake(*command.split(), "--graph", tmp_path)


def test_show(small_graph: Path) -> None:
    text = ran("show", "Iran", "--graph", small_graph)
    assert "evidence" in text
    [found] = json.loads(ran("show", "IR", "--graph", small_graph, "--json"))
    assert found["name"] == "Iran"
    assert found["events"]
    event = json.loads(ran("show", found["events"][0]["iri"], "--graph", small_graph, "--json"))
    assert event[0]["evidence"]
    assert "nothing in the graph is called 'Atlantis'" in mistake("show", "Atlantis", "--graph", small_graph, code=1)
    assert "name what to show" in mistake("show", " ", "--graph", small_graph)


def test_check(small_graph: Path, tmp_path: Path) -> None:
    assert ran("check", "--graph", small_graph) == "4 articles: every rule holds, every offset reads back\n"
    assert json.loads(ran("check", "--graph", small_graph, "--json")) == []
    spoilt = tmp_path / "spoilt"
    shutil.copytree(small_graph, spoilt)
    text = max((spoilt / "texts").iterdir())
    text.write_text("x" + text.read_text(encoding="utf-8"), encoding="utf-8")
    result = kg("check", "--graph", spoilt)
    assert result.exit_code == 1
    assert "offset" in result.stdout


def test_score(corpus_graph: Path) -> None:
    gold = ROOT / "corpus" / "gold"
    figures = json.loads(ran("score", gold, "--graph", corpus_graph, "--json"))
    assert figures["articles"] == 56
    assert "F1" in ran("score", gold, "--graph", corpus_graph, "--only", "Shipment")
    assert "choose one of Shipment" in mistake("score", gold, "--graph", corpus_graph, "--only", "Party")
    assert "No such file" in mistake("score", ROOT / "nowhere", "--graph", corpus_graph)
    assert "does not exist" in mistake("score", gold, "--graph", ROOT / "nowhere")


# -- writing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_export(form: str, small_graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    result = kg("export", "--graph", small_graph, "--format", form, "-o", target)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "wrote" in result.stderr
    if form == "csv":
        assert sorted(p.name for p in target.iterdir()) == ["actors.csv", "claims.csv", "events.csv"]
    else:
        assert kg("export", "--graph", small_graph, "--format", form).stdout_bytes == target.read_bytes()


def test_the_suffix_tells_the_format(small_graph: Path, tmp_path: Path) -> None:
    for suffix, start in ((".ttl", "@prefix"), (".trig", "@prefix"), (".nq", "<"), (".jsonld", "["), (".graphml", "<?xml"), (".gexf", "<?xml")):
        ran("export", "--graph", small_graph, "-o", tmp_path / f"x{suffix}")
        assert (tmp_path / f"x{suffix}").read_text(encoding="utf-8").lstrip().startswith((start, "{"))


def test_outputs_that_cannot_be_written(small_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    g = ("--graph", small_graph)
    assert "does not tell the format" in mistake("export", *g, "-o", tmp_path / "x.pdf")
    assert "choose one of turtle" in mistake("export", *g, "--format", "pdf")
    assert "name it with -o FOLDER" in mistake("export", *g, "--format", "csv")
    assert "is a file; csv is written as a folder" in mistake("export", *g, "--format", "csv", "-o", tmp_path / "file")
    for command in (("export", "--format", "turtle", "-o"), ("view", "-o"), ("analyse", "--plot")):
        assert "is a folder; name a file in it" in mistake(*command, tmp_path, *g)
        assert "is a file, not a folder" in mistake(*command, tmp_path / "file" / "x.svg", *g)
    assert "a plot ends in" in mistake("analyse", *g, "--plot", tmp_path / "x.doc")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["export", "query shipments", "query shipments --format csv", "analyse --json"])
def test_a_full_disk_and_a_reader_who_has_seen_enough(command: str, small_graph: Path) -> None:
    full = [sys.executable, "-m", "kg", *command.split(), "--graph", str(small_graph)]
    with Path("/dev/full").open("wb") as disk:
        done = subprocess.run(full, cwd=ROOT, stdout=disk, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "kg: standard output: No space left on device\n"
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(full, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(write)
    assert done.returncode == 1
    assert done.stderr == ""


def test_view(small_graph: Path, tmp_path: Path) -> None:
    page = tmp_path / "v.html"
    for options in ("", "--around Iran --hops 2", "--type Shipment", "--since 2000-01-01 --until 2030-12-31", "--limit 20"):
        result = kg("view", "--graph", small_graph, "-o", page, *options.split())
        assert result.exit_code == 0, result.output
        assert f"wrote {page}: " in result.stderr
    g = ("--graph", small_graph, "-o", page)
    assert "the page holds " in " ".join(kg("view", *g, "--limit", "20").stderr.split())
    assert "the page does not speak es; it speaks nl, de, en, fr" in mistake("view", *g, "--language", "es")
    assert "not a day; a day is written 2024-01-31" in mistake("view", *g, "--since", "vorige week")
    assert "is after" in mistake("view", *g, "--since", "2024-02-01", "--until", "2024-01-01")
    assert "no such event type: Party" in mistake("view", *g, "--type", "Party")
    assert "nothing in the graph is called" in mistake("view", *g, "--around", "Atlantis", code=1)


def test_analyse(small_graph: Path, tmp_path: Path) -> None:
    assert "Most-reported flows" in ran("analyse", "--graph", small_graph)
    found = json.loads(ran("analyse", "--graph", small_graph, "--json", "--plot", tmp_path / "p.svg"))
    assert found["nodes"]
    assert (tmp_path / "p.svg").stat().st_size > 1000
    more = json.loads(ran("analyse", "--graph", small_graph, "--json", "--include-denied"))
    assert more["left_out"] == 0
    assert len(more["flows"]) >= len(found["flows"])
