"""Ask a graph: queries, dossiers, its figures against gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.common import GraphDir, Json, print_json
from kg.errors import InputError, NotAGraph
from kg.output import file_to_write

__all__ = ["query", "score", "show"]


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
            print_json([shows.as_json(one) for one in found])
            return
        for one in found:
            console().print(shows.as_rich(one))


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
        print_json(plain | {"resolution": scoring.resolution_json(resolved)} if resolved else plain)
        return
    for table in (*scoring.tables(figures), *(scoring.resolution_tables(resolved) if resolved else ())):
        console().print(table)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"{text}: a parameter is written NAME=VALUE")
    return name, value
