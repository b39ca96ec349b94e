"""The command line: what all commands share, and which there are."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg.bench.cli import app as measuring
from kg.commands.ask import query, score, show
from kg.commands.explore import analyse, report, serve, view
from kg.commands.make import build, check, export, review
from kg.errors import KgError
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


for command in (build, export, query, show, check, score, view, analyse, report, serve, review):
    app.command()(command)
app.add_typer(training, name="train")
app.add_typer(measuring, name="bench")
