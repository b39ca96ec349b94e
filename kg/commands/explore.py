"""Look at a graph: the page, analyses, the report, the endpoint."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.common import GraphDir, Json, print_json, read_day
from kg.errors import InputError
from kg.output import file_to_write

__all__ = ["analyse", "report", "serve", "view"]


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

    first, last = read_day(since), read_day(until)
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
                print_json(analysing.as_json(analysis))
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
        print_json(analysing.finding_json(found))
        return
    for sheet in found.sheets:
        console().print(analysing.as_rich(sheet, rows))
    if topic == "routes" and not found.data:
        say(f"no chain of events leads from {source} to {target}")


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
