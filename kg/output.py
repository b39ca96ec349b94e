"""Where a command is to write: a slip is told before the work is done."""

from __future__ import annotations

from pathlib import Path

from kg.errors import OutputError

__all__ = ["below_folders", "file_to_write"]


def file_to_write(path: Path) -> Path:
    """``path``, which may become a file. Raises ``OutputError``."""
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it")
    return below_folders(path)


def below_folders(path: Path) -> Path:
    """``path``, above which there are only folders. Raises ``OutputError``."""
    if blocking := next((parent for parent in path.parents if parent.exists() and not parent.is_dir()), None):
        raise OutputError(f"{path}: {blocking} is a file, not a folder")
    return path
