"""The most memory that this process has had."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

__all__ = ["peak"]


def peak() -> float:
    """In MB. Linux counts in ``ru_maxrss`` what the parent had when it started this process, but not in ``VmHWM`` (man 5 proc)."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        status = ""
    if found := re.search(r"^VmHWM:\s*(\d+) kB", status, re.MULTILINE):
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
