"""The command line. Each command opens a graph, asks a room for an answer, and prints it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kg.errors import InputError, KgError

__all__ = ["app", "main"]

app = typer.Typer(
    name="kg",
    help="News articles in, an evidence-backed knowledge graph out.\n\nStart with: kg build corpus --graph graph",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
out = Console()
err = Console(stderr=True)

GraphDir = Annotated[Path, typer.Option("--graph", "-g", help="The graph folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def main() -> None:
    """Run the command line; a user's mistake is one line and exit code 2."""
    try:
        app(standalone_mode=True)
    except KgError as error:
        err.print(f"kg: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        err.print("kg: stopped; what was finished is kept, run the same command to go on", style="yellow")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)


@app.command()
def build(
    sources: Annotated[list[Path], typer.Argument(help="Files and folders of .txt and .md articles.")],
    graph: GraphDir = Path("graph"),
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes that read articles.")] = 1,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles whose file is gone.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name every article.")] = False,
) -> None:
    """Read articles into a graph.

    Example: kg build corpus more/articles --graph graph --workers 2
    """
    from kg import pipeline
    from kg.graph import Graph
    from kg.read import find_sources

    find_sources(sources)  # complain before a graph folder is made
    bar = Progress(
        TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[name]}"),
        console=err, transient=True,
    )  # fmt: skip
    with Graph.create(graph) as opened, bar:
        task = bar.add_task("read", total=None, name="")

        def tell(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, name=name)
            if verbose and name:
                err.print(name, markup=False, highlight=False)

        summary = pipeline.build(sources, opened, workers=workers, prune=prune, progress=tell)
        size = len(opened)
    for skipped in summary.skipped:
        err.print(f"skipped {skipped.name}: {skipped.reason}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    for warning in summary.warnings:
        err.print(warning, style="yellow", markup=False, highlight=False, soft_wrap=True)
    out.print(_summary(summary, graph, size))
    if summary.skipped:
        raise typer.Exit(1)


def _summary(summary: Any, graph: Path, size: int) -> Table:
    table = Table(title=f"{graph}: {size} statements", title_justify="left")
    table.add_column("")
    table.add_column("", justify="right")
    table.add_row("articles read", str(summary.read))
    for label, number in (("unchanged", summary.unchanged), ("removed", summary.removed), ("skipped", len(summary.skipped)), ("warnings", len(summary.warnings))):
        if number:
            table.add_row(label, str(number))
    for language, number in sorted(summary.languages.items()):
        table.add_row(f"  in {language}", str(number))
    table.add_section()
    table.add_row("events", str(sum(summary.events.values())))
    for kind, number in sorted(summary.events.items(), key=lambda kv: (-kv[1], kv[0])):
        table.add_row(f"  {kind}", str(number))
    table.add_section()
    table.add_row("claims by a source", str(sum(summary.claims.values())))
    for stance, number in sorted(summary.claims.items(), key=lambda kv: (-kv[1], kv[0])):
        table.add_row(f"  {stance}", str(number))
    return table


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
    from kg.graph.export import FORMATS
    from kg.graph.export import export as write

    suffixes = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "jsonld", ".graphml": "graphml", ".gexf": "gexf"}
    form = form or suffixes.get(output.suffix.lower() if output else "", "turtle")
    if form not in FORMATS:
        raise InputError(f"--format {form}: choose one of {', '.join(FORMATS)}")
    if output is None and form == "csv":
        raise InputError("--format csv writes a folder of tables: name it with -o FOLDER")
    with Graph.open(graph) as opened:
        written = write(opened, form, output if output is not None else sys.stdout.buffer)  # type: ignore[arg-type]
    for path in written:
        err.print(f"wrote {path}", highlight=False, markup=False)


@app.command()
def query(
    what: Annotated[str, typer.Argument(help="The name of a query (see --list) or SPARQL text.")] = "",
    values: Annotated[list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="Parameters of a named query.")] = None,
    graph: GraphDir = Path("graph"),
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv, json or turtle.")] = "table",
    list_: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
) -> None:
    """Ask the graph: a named query with parameters, or SPARQL.

    Example: kg query who-shipped-what supplier=Iran

    Example: kg query 'SELECT ?e WHERE { ?e a kg:Shipment }' --format csv
    """
    from kg.graph import Graph
    from kg.graph.answer import as_csv, as_json, as_table, as_turtle
    from kg.graph.query import named_queries
    from kg.graph.query import query as ask

    if list_ or not what:
        table = Table("name", "what it answers", "parameters")
        for name, named in named_queries().items():
            table.add_row(name, named.title, ", ".join(p.name for p in named.parameters))
        out.print(table)
        return
    given = dict(_pair(value) for value in values or ())
    with Graph.open(graph) as opened:
        answer = ask(opened, what, given)
        match form:
            case "table":
                out.print(as_table(opened, answer))
            case "csv":
                print(as_csv(answer), end="")
            case "json":
                print(as_json(answer))
            case "turtle":
                print(as_turtle(opened, answer), end="")
            case _:
                raise InputError(f"--format {form}: choose one of table, csv, json, turtle")


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
) -> None:
    """Show an event or actor with its evidence.

    Example: kg show Iran
    """
    from kg.graph import Graph
    from kg.graph import show as shows

    with Graph.open(graph) as opened:
        found = shows.show(opened, name)
        if as_json:
            print(json.dumps([shows.as_json(one) for one in found], ensure_ascii=False, indent=2))
            return
        for one in found:
            out.print(shows.as_rich(one))


@app.command()
def check(
    graph: GraphDir = Path("graph"),
    reference: Annotated[bool, typer.Option("--reference", help="Use pySHACL itself: slow, the reference.")] = False,
    as_json: Json = False,
) -> None:
    """Check every rule of the vocabulary (SHACL) and read every offset back from the stored texts.

    Example: kg check --graph graph
    """
    from dataclasses import asdict

    from kg.graph import Graph
    from kg.graph.check import check as examine

    with Graph.open(graph) as opened:
        articles = len(opened.articles())
        findings = examine(opened, reference=reference)
    if as_json:
        print(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=2))
    elif findings:
        table = Table("article", "kind", "severity", "node", "what is wrong")
        for finding in findings:
            table.add_row(finding.article, finding.kind, finding.severity, finding.node, finding.message)
        out.print(table)
    else:
        out.print(f"{articles} articles: every rule holds, every offset reads back", highlight=False)
    if findings:
        raise typer.Exit(1)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="A gold file or a folder of them (YAML).")],
    graph: GraphDir = Path("graph"),
    only: Annotated[str | None, typer.Option("--only", help="Score one event type alone.")] = None,
    as_json: Json = False,
) -> None:
    """Measure a graph against gold annotation: by type, by slot, by language, and why it errs.

    Example: kg score corpus/gold --graph graph
    """
    from kg import score as scoring

    figures = scoring.score(graph, gold, only=only)
    if as_json:
        print(json.dumps(scoring.as_json(figures), ensure_ascii=False, indent=2))
        return
    for table in scoring.tables(figures):
        out.print(table)


@app.command()
def view(
    graph: GraphDir = Path("graph"),
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file.")] = Path("graph.html"),
    around: Annotated[str | None, typer.Option("--around", help="Show what stands around this actor or country.")] = None,
    hops: Annotated[int, typer.Option("--hops", min=1, max=6, help="How many steps around it.")] = 2,
    types: Annotated[list[str] | None, typer.Option("--type", help="Only events of this type; may be repeated.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Only events on or after this day (2024-01-31).")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Only events on or before this day.")] = None,
) -> None:
    """Write the graph as one HTML page that opens from disk, with no network.

    Example: kg view --around Iran --hops 2 -o iran.html
    """
    from kg.graph import Graph
    from kg.view import write_page

    with Graph.open(graph) as opened:
        page = write_page(opened, output, around=around, hops=hops, types=tuple(types or ()), since=_day(since), until=_day(until))
    err.print(f"wrote {page}", highlight=False, markup=False)


def _day(text: str | None) -> Any:
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text}: a day is written 2024-01-31") from None


@app.command()
def analyse(
    graph: GraphDir = Path("graph"),
    as_json: Json = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Write a plot (.png or .svg).")] = None,
    include_denied: Annotated[bool, typer.Option("--include-denied", help="Count denied and negated events as flows too.")] = False,
) -> None:
    """Who stands where in the network: degree, betweenness, PageRank, communities, brokers, flows, events by month.

    Example: kg analyse --plot network.png
    """
    from kg import analyse as analysing
    from kg.graph import Graph

    with Graph.open(graph) as opened:
        analysis = analysing.analyse(opened, include_denied=include_denied)
    if plot is not None:
        err.print(f"wrote {analysing.write_plot(analysis, plot)}", highlight=False, markup=False)
    if as_json:
        print(json.dumps(analysing.as_json(analysis), ensure_ascii=False, indent=2))
        return
    for table in analysing.tables(analysis):
        out.print(table)
