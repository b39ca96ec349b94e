"""What several commands share: options, a day, JSON on standard output."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import InputError

__all__ = ["GraphDir", "Json", "print_json", "read_day"]

GraphDir = Annotated[Path, typer.Option("--graph", "-g", help="The graph folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def read_day(text: str | None) -> date | None:
    """A day as an option gives it; None for none. Raises ``InputError``."""
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise InputError(f"{text}: not a day; a day is written 2024-01-31") from None


def print_json(value: object) -> None:
    """Readable, in the letters of the language."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
