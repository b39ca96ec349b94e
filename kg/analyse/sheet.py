"""A table that every way of showing an analysis shares: the terminal, Markdown, and HTML with a link to the evidence of each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.markup import escape
from rich.table import Table

__all__ = ["Sheet", "as_markdown", "as_rich", "plain"]

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under a title. ``evidence`` holds, for each row, the IRIs of the events it was made of; ``note`` says what to know."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    evidence: tuple[tuple[str, ...], ...]
    note: str = ""

    def text(self, cell: Cell) -> str:
        """A cell as text; a fraction with three places."""
        return f"{cell:.3f}" if isinstance(cell, float) else str(cell)

    def numeric(self, column: int) -> bool:
        """Whether a column holds figures, which stand to the right."""
        return bool(self.rows) and all(not isinstance(row[column], str) for row in self.rows)


def as_rich(sheet: Sheet, rows: int) -> Table:
    """The first rows for a terminal; text from articles is never taken for markup."""
    table = Table(title=escape(sheet.title), title_justify="left", caption_justify="left")
    for index, column in enumerate(sheet.columns):
        table.add_column(column, justify="right" if sheet.numeric(index) else "left")
    for row in sheet.rows[:rows]:
        table.add_row(*(escape(sheet.text(cell)) for cell in row))
    more = len(sheet.rows) - rows
    notes = [sheet.note, f"{more} more rows: --rows {len(sheet.rows)}, or --json" if more > 0 else "" if sheet.rows else "nothing found"]
    table.caption = escape("\n".join(n for n in notes if n)) or None
    return table


def as_markdown(sheet: Sheet, rows: int, links: Sequence[str] = ()) -> str:
    """The first rows as a Markdown table, with a column of ``links`` (one a row) if there are any."""
    head = [*sheet.columns, *(["evidence"] if links else [])]
    bars = ["--:" if sheet.numeric(i) else "---" for i in range(len(sheet.columns))] + (["---"] if links else [])
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(bars) + "|"]
    for index, row in enumerate(sheet.rows[:rows]):
        cells = [plain(sheet.text(cell)) for cell in row] + ([links[index]] if links else [])
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def plain(text: str) -> str:
    """Text that no Markdown reader takes for markup."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~&])", r"\\\1", " ".join(text.split()))
