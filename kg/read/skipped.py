"""What a reader says of a file or record that gives no article."""

from __future__ import annotations

from dataclasses import dataclass

from kg.read.clean import one_line

__all__ = ["Skipped", "Unreadable"]


class Unreadable(Exception):
    """A file or record cannot be read; the message is the reason, in one line. Never leaves ``kg.read``."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or record that could not be read, and why, in one line."""

    name: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", one_line(self.reason) or "cannot be read")  # a library's words may run on, or steer a terminal

