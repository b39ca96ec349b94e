"""Make a graph, check it, judge it, hand it on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.common import GraphDir, Json, print_json, read_day
from kg.errors import InputError, OutputError
from kg.output import below_folders, file_to_write

__all__ = ["build", "check", "export", "review"]


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
    wanted = Wanted(read_day(since), wanted_languages(language or ()))
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
        print_json([asdict(finding) for finding in findings])
    elif findings:
        console().print(findings_table(findings))
    else:
        print(f"{articles} {'article' if articles == 1 else 'articles'}: every rule holds, every offset reads back")
    if findings:
        raise typer.Exit(1)


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
