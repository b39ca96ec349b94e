"""A request that is not answered as asked: the HTTP status and one line that says why and what to do."""

from __future__ import annotations

__all__ = ["Refusal"]


class Refusal(Exception):
    """Becomes the response with that status; ``headers`` go with it."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers or {}
