"""What one query may cost, and how many may run and wait."""

from __future__ import annotations

import os
from dataclasses import dataclass

from kg.errors import InputError

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one server; a query beyond one of them is answered with an error that names the limit, never cut.

    ``seconds`` of wall time from the moment a worker takes the query; ``rows`` of a result or triples of a graph;
    ``size`` of an answer and ``request`` of a query in bytes; ``memory`` of a worker in bytes; ``workers`` run one
    query each; ``queue`` more may wait. Raises ``InputError`` for a limit that is not above zero.
    """

    seconds: float = 30.0
    rows: int = 100_000
    size: int = 64_000_000
    request: int = 1_000_000
    memory: int = 4 << 30
    workers: int = os.cpu_count() or 1
    queue: int = 100

    def __post_init__(self) -> None:
        for name in ("seconds", "rows", "size", "request", "memory", "workers", "queue"):
            if getattr(self, name) <= 0:
                raise InputError(f"the limit {name} must be above zero, not {getattr(self, name)}")
