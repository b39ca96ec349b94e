"""How many events fall in each month or year, as bars that a page draws without script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.serve.nearby import Line

__all__ = ["Bar", "bars"]

_MOST = 48
"""More months than these are counted by year."""
_HEIGHT = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """``label`` is a month (2024-03) or a year; ``height`` is in pixels, at most 60, and 0 for none."""

    label: str
    count: int
    height: int


def bars(lines: Iterable[Line]) -> list[Bar]:
    """One bar for every month (or year) from the first dated event to the last; [] where no event is dated."""
    days = [line.day for line in lines if line.day[:4].isdigit() and len(line.day) >= 7]
    if not days:
        return []
    months = _between(min(days), max(days))
    width = 7 if len(months) <= _MOST else 4
    counts = Counter(day[:width] for day in days)
    tallest = max(counts.values())
    return [
        Bar(label, counts[label], max(2, counts[label] * _HEIGHT // tallest) if counts[label] else 0)
        for label in dict.fromkeys(month[:width] for month in months)
    ]


def _between(first: str, last: str) -> list[str]:
    """Every month from one day to another."""
    start, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
