"""What the program knows, as data: files beside this module, read once and checked against a schema."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

__all__ = ["data_path", "load"]

T = TypeVar("T")


def data_path(name: str) -> Path:
    """The path of a data file that ships with the package."""
    return Path(__file__).parent / name


@cache
def _parse(name: str) -> Any:
    with data_path(name).open("rb") as stream:
        return yaml.load(stream, Loader=yaml.CSafeLoader)


def load(name: str, schema: type[T]) -> T:
    """Read a YAML data file as ``schema`` (a msgspec Struct or a plain type).

    Raises ``msgspec.ValidationError``, naming the place, where the file does not fit its schema.
    """
    return msgspec.convert(_parse(name), schema)
