"""The judgement log: what persons decided about who is who and which reports tell of one happening.

One JSON object a line, only ever appended: nothing is overwritten, an undo is a line of its own. The last word on a pair counts. It
lies in the graph folder (``judgements.jsonl``), survives every rebuild and is applied on each.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

import msgspec

from kg.errors import InputError
from kg.resolve.clusters import Constraints

__all__ = ["COLUMNS", "Judgement", "Log", "Verdict", "constraints", "from_csv", "to_csv"]

Verdict = Literal["same", "different", "unsure", "undo"]
COLUMNS = ("kind", "one", "other", "verdict", "user", "time", "reason")


class Judgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One decision on two IRIs: of events (``kind`` incident) or of actors. ``time`` is ISO 8601 in UTC, to the second."""

    kind: Literal["incident", "actor"]
    one: str
    other: str
    verdict: Verdict
    user: str = ""
    time: str = ""
    reason: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """Both IRIs, the smaller first."""
        return min(self.one, self.other), max(self.one, self.other)


@dataclass(frozen=True, slots=True)
class Log:
    """The log in a file; a file that is not there is an empty log."""

    path: Path

    def read(self) -> tuple[Judgement, ...]:
        """All lines, the oldest first. Raises ``InputError`` naming the line that is none."""
        found = []
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{self.path}: {getattr(error, 'strerror', None) or error}") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    found.append(msgspec.json.decode(line, type=Judgement))
                except msgspec.DecodeError as error:
                    raise InputError(f"{self.path}, line {number}: {error}; mend or delete that line") from error
        return tuple(found)

    def append(self, judgements: Iterable[Judgement]) -> None:
        """Add lines at the end; the time is filled in where it is missing."""
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        lines = [msgspec.json.encode(j if j.time else msgspec.structs.replace(j, time=now)) for j in judgements]
        with self.path.open("ab") as stream:
            stream.writelines(line + b"\n" for line in lines)

    def standing(self) -> tuple[Judgement, ...]:
        """What counts now: the last word on each pair, those undone left out, sorted by pair."""
        last: dict[tuple[str, tuple[str, str]], Judgement] = {}
        for judgement in self.read():
            last[judgement.kind, judgement.pair] = judgement
        return tuple(last[key] for key in sorted(last) if last[key].verdict != "undo")


def constraints(standing: Iterable[Judgement], kind: str) -> Constraints:
    """Standing judgements of a kind as must-links and cannot-links."""
    rows = [j for j in standing if j.kind == kind]
    return Constraints([j.pair for j in rows if j.verdict == "same"], [j.pair for j in rows if j.verdict == "different"])


def to_csv(judgements: Iterable[Judgement]) -> str:
    """Judgements as a table with a head, to be filled in or kept."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(j, name) for name in COLUMNS] for j in judgements)
    return buffer.getvalue()


def from_csv(path: Path) -> tuple[Judgement, ...]:
    """The rows of a table whose verdict is filled in; other columns than ours are passed over.

    Raises ``InputError`` naming the row that does not fit.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    found = []
    for number, row in enumerate(rows, 2):
        if missing := [name for name in COLUMNS[:4] if row.get(name) is None]:
            raise InputError(f"{path}, row {number}: no column {missing[0]}; the columns are {', '.join(COLUMNS)}")
        if not row["verdict"].strip():
            continue
        try:
            found.append(msgspec.convert({name: (row.get(name) or "").strip() for name in COLUMNS}, Judgement))
        except msgspec.ValidationError:
            raise InputError(
                f"{path}, row {number}: verdict {row['verdict']!r} of kind {row['kind']!r}; "
                f"a verdict is one of {', '.join(get_args(Verdict))}, a kind incident or actor"
            ) from None
    return tuple(found)
