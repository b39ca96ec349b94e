"""Gold annotation: the YAML format, read and checked into frozen records.

A file is a list of articles; a folder is all its ``*.yaml`` files but those that say which events and names belong
together (``incidents``, ``actors``, ``parallel``), which are not annotation of one article. Each article has ``article`` (the file name),
``language`` and ``events``; each event ``type``, ``quote``, roles as lists of fillers, and the optional slots
``quantity``, ``time``, ``modality``, ``claims`` and ``optional``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from kg.errors import GoldError
from kg.records import EVENT_TYPES, Modality, Stance

__all__ = ["SCORED_ROLES", "GoldArticle", "GoldClaim", "GoldEvent", "read_gold"]

SCORED_ROLES: tuple[str, ...] = (
    "agent", "patient", "participant", "object", "place", "origin", "destination", "instrument",
)  # fmt: skip
_OTHER_KEYS = frozenset({"type", "quote", "quantity", "time", "modality", "claims", "optional"})
_ACROSS_ARTICLES = frozenset({"incidents", "actors", "parallel"})
_UNSCORED_ROLES = frozenset({"principal", "intermediary", "stage", "price"})


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """Who (accepted names with ``|`` between them) takes which stance."""

    by: str
    stance: str


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One annotated event. ``time`` is (earliest, latest), None for an open end, or None where it is not scored."""

    type: str
    quote: str
    roles: tuple[tuple[str, str], ...]
    quantity: tuple[tuple[str, float], ...] = ()
    time: tuple[dt.date | None, dt.date | None] | None = None
    modality: str = "actual"
    claims: tuple[GoldClaim, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One annotated article; ``name`` is the file name without folders."""

    name: str
    language: str
    events: tuple[GoldEvent, ...]


def day(value: object, *, last: bool = False) -> dt.date | None:
    """A date of reduced precision ("2017", "2017-08", "2017-08-25") as its first or last day. None stays None."""
    if value is None:
        return None
    text = str(value)
    if re.fullmatch(r"\d{4}", text):
        text += "-12-31" if last else "-01-01"
    elif re.fullmatch(r"\d{4}-\d\d", text):
        year, month = map(int, text.split("-"))
        if last:
            return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
        text += "-01"
    return dt.date.fromisoformat(text[:10])


def read_gold(path: str | Path) -> tuple[GoldArticle, ...]:
    """Read a gold file or a folder of them.

    Raises ``GoldError`` naming file, article and event where something does not fit the format.
    """
    path = Path(path)
    files = [path]
    if path.is_dir():
        files = sorted(f for f in (*path.rglob("*.yaml"), *path.rglob("*.yml")) if f.stem not in _ACROSS_ARTICLES)
    if not files:
        raise GoldError(f"{path}: no .yaml files in it")
    articles = [article for file in files for article in _file(file)]
    seen: set[str] = set()
    for article in articles:
        if article.name in seen:
            raise GoldError(f"{path}: {article.name} is annotated twice")
        seen.add(article.name)
    return tuple(articles)


def _file(path: Path) -> list[GoldArticle]:
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    except yaml.YAMLError as error:
        raise GoldError(f"{path}: {' '.join(str(error).split())}") from error
    if not isinstance(rows, list) or not all(isinstance(r, dict) and "article" in r for r in rows):
        raise GoldError(f"{path}: a list of articles is expected, each with the key 'article'")
    return [_article(path, row) for row in rows]


def _article(path: Path, row: Mapping[str, Any]) -> GoldArticle:
    name = PurePosixPath(str(row["article"])).name
    events = []
    for number, event in enumerate(row.get("events") or (), 1):
        try:
            events.append(_event(event))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            what = f"{error} is missing" if isinstance(error, KeyError) else error
            raise GoldError(f"{path}: {name}, event {number}: {what}") from error
    return GoldArticle(name, str(row.get("language") or "?"), tuple(events))


def _event(row: Mapping[str, Any]) -> GoldEvent:
    if row["type"] not in EVENT_TYPES:
        raise ValueError(f"no such event type: {row['type']}")
    if strange := set(row) - _OTHER_KEYS - set(SCORED_ROLES) - _UNSCORED_ROLES:
        raise ValueError(f"unknown key {sorted(strange)[0]!r}")
    claims = tuple(GoldClaim(str(c["by"]), Stance(c["stance"]).value) for c in row.get("claims") or ())
    quantity = {k: float(v) for k, v in (row.get("quantity") or {}).items() if k in ("value", "minimum", "maximum")}
    time = row.get("time")
    return GoldEvent(
        type=row["type"],
        quote=str(row["quote"]),
        roles=tuple((role, str(f)) for role in SCORED_ROLES for f in row.get(role) or ()),
        quantity=tuple(quantity.items()),
        time=(day(time[0]), day(time[1], last=True)) if time else None,
        modality=Modality(row.get("modality") or "actual").value,
        claims=claims,
        optional=bool(row.get("optional")),
    )
