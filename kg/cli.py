"""The command line. Each command opens a graph, asks a room for an answer, and prints it.

The rooms are imported by the command that needs them, so that ``kg --help`` answers at once.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg.bench.cli import app as measuring
from kg.errors import InputError, KgError, NotAGraph, OutputError
from kg.output import below_folders, file_to_write
from kg.train.cli import app as training

__all__ = ["app", "main"]


class _Commands(TyperGroup):
    """A user's mistake is one line and an exit code, whichever command meets it."""

    def invoke(self, ctx: Any) -> Any:
        from kg.terminal import say

        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KgError as error:
            say(f"kg: {' '.join(str(error).split())}", "red")
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            say("kg: stopped", "yellow")
            raise typer.Exit(130) from None
        except BrokenPipeError:  # the reader (head, less) has seen enough
            _forget_output()
            raise typer.Exit(1) from None
        except OSError as error:  # what no room has put into words: a full disk under standard output
            _forget_output()
            say(f"kg: {error.filename or 'standard output'}: {error.strerror or error}", "red")
            raise typer.Exit(2) from None


def _forget_output() -> None:
    """Let what is still to be written to standard output go nowhere, so that leaving raises no second error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    name="kg",
    cls=_Commands,
    help="News articles in, an evidence-backed knowledge graph out.\n\nStart with: kg build corpus --graph graph",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

GraphDir = Annotated[Path, typer.Option("--graph", "-g", help="The graph folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show a letter is no reason to stop
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app()


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"kg {version('kg-news')}")
        raise typer.Exit


@app.callback()
def kg(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
    """News articles in, an evidence-backed knowledge graph out.

    Start with: kg build corpus --graph graph
    """


@app.command()
def build(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, http addresses, - for standard input.")],
    graph: GraphDir = Path("graph"),
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes that read articles.")] = 1,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles that are not among the sources.")] = False,
    since: Annotated[str | None, typer.Option("--since", help="Only articles published on or after this day (2024-01-31).")] = None,
    language: Annotated[list[str] | None, typer.Option("--language", help="Only articles in nl, de, en or fr; may be repeated.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Only the first so many articles.")] = None,
    field: Annotated[list[str] | None, typer.Option("--field", help="NAME=COLUMN: the column of a table that holds text, title, ...")] = None,
    allow_network: Annotated[list[str] | None, typer.Option("--allow-network", help="A private network to fetch from (10.0.0.0/8).")] = None,
    engine: Annotated[str, typer.Option("--engine", help="local, or dask: workers that may be on other machines.")] = "local",
    scheduler: Annotated[str | None, typer.Option("--scheduler", metavar="ADDRESS", help="With dask: the scheduler of a cluster.")] = None,
    store: Annotated[str | None, typer.Option("--store", metavar="URL", help="A SPARQL 1.1 server that is to hold a new graph.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name every article; show where the program failed.")] = False,
) -> None:
    """Read articles into a graph. What did not change is not read again; exit code 1 says that a file was skipped.

    Text, Markdown, HTML, PDF, Word, JSON and JSON Lines, CSV, RSS, Atom, NewsML-G2, mail, WARC and WACZ, also in zip, gz, bz2, xz.

    Example: kg build corpus more/articles --graph graph --workers 2

    Example: kg build export.csv --field text=Body --field published=Day --since 2024-01-31 --language nl
    """
    from kg import pipeline
    from kg.graph import Graph
    from kg.read import Fetcher, ReadOptions, Wanted, field_mapping, find_sources, networks, wanted_languages
    from kg.terminal import Reading, console, say, summary_table, warn

    how = ReadOptions(field_mapping(field or ()), Fetcher(networks(allow_network or ())))
    wanted = Wanted(_day(since), wanted_languages(language or ()))
    reader = next((known for known in pipeline.ENGINES if known == engine), None)
    if reader is None:
        raise InputError(f"--engine {engine}: choose one of {', '.join(pipeline.ENGINES)}")
    if scheduler is not None and reader != "dask":
        raise InputError("--scheduler: is for --engine dask")
    find_sources(sources)  # complain before a graph folder is made
    with Graph.create(graph, server=store) as opened:
        reading = Reading(verbose=verbose)
        try:
            with reading:
                summary = pipeline.build(
                    sources, opened, workers=workers, prune=prune, wanted=wanted, limit=limit, how=how,
                    engine=reader, scheduler=scheduler, progress=reading,
                )  # fmt: skip
        except KeyboardInterrupt:
            warn(f"kg: stopped after {reading.done} of {reading.total} articles; {graph} holds what was read: run the same command to go on")
            raise typer.Exit(130) from None
        size = len(opened)
    for skipped in summary.skipped:
        warn(f"skipped {skipped.name}: {skipped.reason}")
        if verbose and isinstance(skipped, pipeline.Failed):
            say(skipped.trace)
    for warning in summary.warnings:
        warn(warning)
    console().print(summary_table(summary))
    print(f"{graph}: {size} statements")
    if summary.skipped:
        raise typer.Exit(1)


@app.command()
def export(
    graph: GraphDir = Path("graph"),
    form: Annotated[str, typer.Option("--format", "-f", help="turtle, trig, nquads, jsonld, graphml, gexf or csv.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File (folder for csv); standard output without it.")] = None,
) -> None:
    """Write the graph in a standard format; the same graph always gives the same bytes.

    Example: kg export --format turtle -o graph.ttl
    """
    from kg.graph import Graph
    from kg.graph.export import FORMATS, serialise
    from kg.graph.export import export as write
    from kg.terminal import working, wrote

    suffixes = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "jsonld", ".graphml": "graphml", ".gexf": "gexf"}
    known = suffixes.get(output.suffix.lower()) if output else "turtle"
    chosen = next((f for f in FORMATS if f == (form or known)), None)
    if chosen is None and form:
        raise InputError(f"--format {form}: choose one of {', '.join(FORMATS)}")
    if chosen is None:
        raise InputError(f"{output}: the name does not tell the format; say --format with one of {', '.join(FORMATS)}")
    if output is None and chosen == "csv":
        raise InputError("--format csv writes a folder of tables: name it with -o FOLDER")
    if output is not None and chosen != "csv":
        file_to_write(output)
    elif output is not None and below_folders(output).is_file():
        raise OutputError(f"{output}: is a file; csv is written as a folder of tables")
    with Graph.open(graph) as opened:
        if output is None:
            sys.stdout.buffer.write(serialise(opened, chosen))
            return
        with working("writing"):
            paths = list(write(opened, chosen, output))
        for path in paths:
            wrote(path)


@app.command()
def query(
    what: Annotated[str, typer.Argument(help="The name of a query (see --list) or SPARQL text.")] = "",
    values: Annotated[list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="Parameters of a named query.")] = None,
    graph: GraphDir = Path("graph"),
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv, json or turtle.")] = "table",
    list_: Annotated[bool, typer.Option("--list", help="List the named queries, or the parameters of one.")] = False,
) -> None:
    """Ask the graph: a named query with parameters, or SPARQL.

    Example: kg query shipments from=Iran

    Example: kg query 'SELECT ?e WHERE { ?e a kg:Shipment }' --format csv
    """
    from kg.graph import Graph
    from kg.graph.answer import as_csv, as_json, as_turtle
    from kg.graph.query import query as ask
    from kg.terminal import answer_table, console, query_list, say, working

    if list_ or not what:
        console().print(query_list(what))
        return
    if form not in ("table", "csv", "json", "turtle"):
        raise InputError(f"--format {form}: choose one of table, csv, json, turtle")
    given = dict(map(_pair, values or ()))
    with Graph.open(graph) as opened:
        with working("asking"):
            answer = ask(opened, what, given)
        match form:
            case "csv":
                print(as_csv(answer), end="")
            case "json":
                print(as_json(answer), end="")
            case "turtle":
                print(as_turtle(opened, answer), end="")
            case _:
                out = console()
                out.print(answer_table(opened, answer, out.width))
        if not answer.rows:
            say("nothing in the graph answers this")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"{text}: a parameter is written NAME=VALUE")
    return name, value


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="An IRI, or the name of an actor, country, event or article.")],
    graph: GraphDir = Path("graph"),
    as_json: Json = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Of an incident: draw how the number grew (.png, .svg or .pdf).")] = None,
) -> None:
    """Show an event, actor or article with its evidence, or an incident as a dossier.

    Example: kg show Iran

    Example: kg show incident:2f1c9a0b7d3e4f56 --plot numbers.png
    """
    from kg.graph import Graph
    from kg.graph import show as shows
    from kg.terminal import console, working, wrote

    if not name.strip():
        raise InputError("name what to show: an IRI, an ISO code, an actor, a file")
    if plot is not None:
        file_to_write(plot)
    with Graph.open(graph) as opened:
        with working("looking"):
            found = shows.show(opened, name)
        if plot is not None:
            from kg.analyse.growth import plot_growth

            wrote(plot_growth(*shows.numbers(found, name), plot))
        if as_json:
            _print_json([shows.as_json(one) for one in found])
            return
        for one in found:
            console().print(shows.as_rich(one))


@app.command()
def check(
    graph: GraphDir = Path("graph"),
    reference: Annotated[bool, typer.Option("--reference", help="Use pySHACL itself: slow, the reference.")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Read everything back: every statement, every text, what is derived.")] = False,
    as_json: Json = False,
) -> None:
    """Check every rule of the vocabulary (SHACL) and read every offset back from the stored texts.

    Exit code 1 says that something is wrong.

    Example: kg check --graph graph
    """
    from dataclasses import asdict

    from kg.graph import Graph
    from kg.graph.check import check as examine
    from kg.terminal import console, findings_table, working

    with Graph.open(graph) as opened, working("checking"):
        articles = len(opened.articles())
        findings = examine(opened, reference=reference, deep=deep)
    if as_json:
        _print_json([asdict(finding) for finding in findings])
    elif findings:
        console().print(findings_table(findings))
    else:
        print(f"{articles} {'article' if articles == 1 else 'articles'}: every rule holds, every offset reads back")
    if findings:
        raise typer.Exit(1)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="A gold file or a folder of them (YAML).")],
    graph: Annotated[Path, typer.Option("--graph", "-g", help="The graph folder, or a Turtle, TriG or N-Quads file.")] = Path("graph"),
    only: Annotated[str | None, typer.Option("--only", help="Score one event type alone.")] = None,
    as_json: Json = False,
) -> None:
    """Measure a graph against gold annotation: by type, by slot, by language, and why it errs.

    Example: kg score corpus/gold --graph graph
    """
    from kg import score as scoring
    from kg.records import EVENT_TYPES
    from kg.terminal import console, working

    if only is not None and only not in EVENT_TYPES:
        raise InputError(f"--only {only}: choose one of {', '.join(EVENT_TYPES)}")
    if not graph.exists():
        raise NotAGraph(f"{graph}: does not exist; make one with: kg build SOURCE --graph {graph}")
    with working("scoring"):
        figures = scoring.score(graph, gold, only=only)
        resolved = scoring.score_resolution(graph, gold) if only is None and graph.is_dir() else None
    if as_json:
        plain = scoring.as_json(figures)
        _print_json(plain | {"resolution": scoring.resolution_json(resolved)} if resolved else plain)
        return
    for table in (*scoring.tables(figures), *(scoring.resolution_tables(resolved) if resolved else ())):
        console().print(table)


@app.command()
def view(
    graph: GraphDir = Path("graph"),
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file.")] = Path("graph.html"),
    around: Annotated[str | None, typer.Option("--around", help="Show what stands around this actor or country.")] = None,
    hops: Annotated[int, typer.Option("--hops", min=1, max=6, help="How many events may lie between.")] = 1,
    types: Annotated[list[str] | None, typer.Option("--type", help="Only events of this type; may be repeated.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Only events on or after this day (2024-01-31).")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Only events on or before this day.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many nodes, the best connected; 0 shows all.")] = 2000,
    language: Annotated[str, typer.Option("--language", "-l", help="The language in which the page opens: nl, de, en or fr.")] = "en",
) -> None:
    """Write the graph as one HTML page that opens from disk, with no network.

    Example: kg view --around Iran --hops 2 -o iran.html
    """
    from kg.graph import Graph
    from kg.terminal import warn, working, wrote
    from kg.view import write_page

    first, last = _day(since), _day(until)
    if first and last and first > last:
        raise InputError(f"--since {since} is after --until {until}")
    file_to_write(output)
    with Graph.open(graph) as opened, working("reading and drawing the graph"):
        page = write_page(
            opened, output, around=around, hops=hops, types=types or (), since=first, until=last, limit=limit or None, language=language
        )  # fmt: skip
    shown = f"{page.nodes} of {page.selection.all_nodes}" if page.selection.cut else f"{page.nodes}"
    wrote(page.path, f": {shown} nodes, {page.edges} edges")
    if page.selection.cut:
        events = f"{len(page.selection.events)} of {page.selection.all_events}"
        warn(f"kg: the page holds {events} events, those around the names met most; narrow it with --around, --type or --since, or raise --limit")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise InputError(f"{text}: not a day; a day is written 2024-01-31") from None


@app.command()
def analyse(
    topic: Annotated[
        str, typer.Argument(help="summary, supply, brokers, routes, communities, motifs, sources, contradictions or single-source.")
    ] = "summary",
    graph: GraphDir = Path("graph"),
    as_json: Json = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Write a plot (.png, .svg or .pdf).")] = None,
    include_denied: Annotated[bool, typer.Option("--include-denied", help="Count what is denied, negated or only planned too.")] = False,
    source: Annotated[str | None, typer.Option("--from", help="Of routes: where they begin (a name, an ISO code, an IRI).")] = None,
    target: Annotated[str | None, typer.Option("--to", help="Of routes: where they end.")] = None,
    months: Annotated[int | None, typer.Option("--months", min=1, help="The length of the window of supply, communities and motifs.")] = None,
    rows: Annotated[int, typer.Option("--rows", "-n", min=1, help="At most so many rows of a table, or routes.")] = 15,
) -> None:
    """Answer a question about the whole network: a table, JSON, or a plot.

    Who supplies whom by month; brokers and chokepoints; routes between two; communities through time; motifs of evasion;
    sources; contradictions; what rests on a single source. Without a topic: the network in figures.

    Example: kg analyse --plot network.png

    Example: kg analyse routes --from Iran --to Russia
    """
    from kg import analyse as analysing
    from kg.graph import Graph
    from kg.terminal import console, say, working, wrote

    known = ("summary", *analysing.TOPICS, "routes")
    if topic not in known:
        raise InputError(f"{topic}: no such analysis; choose one of {', '.join(known)}")
    if (topic == "routes") != (source is not None and target is not None) or (topic != "routes" and (source or target)):
        raise InputError("routes need --from and --to, and nothing else takes them: kg analyse routes --from Iran --to Russia")
    if months is not None and topic in ("summary", "routes"):
        raise InputError(f"--months: {topic} has no window")
    if plot is not None:
        file_to_write(plot)
    with Graph.open(graph) as opened:
        if topic == "summary":
            with working("analysing"):
                analysis = analysing.analyse(opened, all_events=include_denied)
            if plot is not None:
                wrote(analysing.plot(analysis, plot))
            if as_json:
                _print_json(analysing.as_json(analysis))
                return
            for table in analysing.tables(analysis, rows=rows):
                console().print(table)
            return
        with working("analysing"):
            material = analysing.Material.of(opened, all_events=include_denied)
            if source is not None and target is not None:
                found = analysing.find_routes(opened, material, source, target, rows)
            else:
                found = analysing.find(material, topic, months)
    if plot is not None:
        wrote(analysing.plot_finding(found, plot))
    if as_json:
        _print_json(analysing.finding_json(found))
        return
    for sheet in found.sheets:
        console().print(analysing.as_rich(sheet, rows))
    if topic == "routes" and not found.data:
        say(f"no chain of events leads from {source} to {target}")


@app.command()
def report(
    graph: GraphDir = Path("graph"),
    output: Annotated[Path, typer.Option("--output", "-o", help="The report: .html with plots, or .md.")] = Path("report.html"),
    rows: Annotated[int, typer.Option("--rows", "-n", min=1, help="At most so many rows of a table.")] = 10,
) -> None:
    """Write every analysis as one illustrated report, each row linked to the sentences that it rests on.

    Example: kg report -o report.html
    """
    from kg import analyse as analysing
    from kg.graph import Graph
    from kg.terminal import working, wrote

    file_to_write(output)
    with working("analysing"):
        with Graph.open(graph) as opened:
            material = analysing.Material.of(opened)
        path = analysing.write_report(material, output, rows=rows)
    wrote(path)


@app.command()
def serve(
    graph: GraphDir = Path("graph"),
    host: Annotated[str, typer.Option("--host", help="The address to listen on; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    seconds: Annotated[float, typer.Option("--seconds", help="The time that a query may take.")] = 30,
    rows: Annotated[int, typer.Option("--rows", min=1, help="The rows that an answer may have.")] = 100_000,
    cors: Annotated[list[str] | None, typer.Option("--cors", metavar="ORIGIN", help="A site whose pages may read answers; may be repeated.")] = None,
) -> None:
    """Serve the graph: a SPARQL endpoint and pages to explore it, read-only, on this machine unless told otherwise.

    Example: kg serve --graph graph --port 8000
    """
    from kg.serve import Limits
    from kg.serve import serve as run
    from kg.terminal import working

    with ExitStack() as starting:
        starting.enter_context(working("reading the graph"))

        def ready(address: str) -> None:
            starting.close()
            print(f"{graph}: {address} (SPARQL at {address}sparql); Ctrl-C stops", flush=True)

        run(graph, host=host, port=port, limits=Limits(seconds=seconds, rows=rows), origins=cors or (), ready=ready)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


@app.command()
def review(
    graph: GraphDir = Path("graph"),
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many questions.")] = 20,
    user: Annotated[str, typer.Option("--user", help="Who judges; your login name without it.")] = "",
    export_to: Annotated[Path | None, typer.Option("--export", help="Write the questions as CSV, to fill in the verdicts.")] = None,
    import_from: Annotated[Path | None, typer.Option("--import", help="Take the verdicts of such a file.")] = None,
) -> None:
    """Judge which names are one actor and which reports one incident: same, different, unsure, undo.

    Judgements lie in the graph folder (judgements.jsonl), hold for every build and are never overwritten.

    Example: kg review --graph graph

    Example: kg review --export questions.csv, then kg review --import questions.csv
    """
    import getpass

    from kg.graph import Graph
    from kg.graph.review import candidates, to_table
    from kg.resolve.judgement import Judgement, from_csv
    from kg.review import ask
    from kg.terminal import say, wrote

    if export_to is not None and import_from is not None:
        raise InputError("--export and --import: one at a time")
    if export_to is not None:
        file_to_write(export_to)
    with Graph.open(graph, write=export_to is None) as opened:
        log = opened.judgements
        assert log is not None  # a graph opened from a folder has one
        if import_from is not None:
            given = from_csv(import_from)
            name = user or getpass.getuser()
            log.append(j if j.user else Judgement(j.kind, j.one, j.other, j.verdict, name, j.time, j.reason) for j in given)
            opened.resolve()
            print(f"{len(given)} {'judgement' if len(given) == 1 else 'judgements'} taken")
            return
        questions = candidates(opened)[:limit]
        if export_to is not None:
            export_to.parent.mkdir(parents=True, exist_ok=True)
            export_to.write_text(to_table(questions), encoding="utf-8")
            wrote(export_to, f": {len(questions)} questions")
            return
        if not questions:
            say("nothing to judge: every likeness is clear, or judged")
            return
        count = ask(questions, log, user or getpass.getuser(), input)
        opened.resolve()
        print(f"{count} {'judgement' if count == 1 else 'judgements'} kept in {log.path}")


app.add_typer(training, name="train")
app.add_typer(measuring, name="bench")
