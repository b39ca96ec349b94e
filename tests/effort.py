"""How much work something takes, told so that a busy machine is not taken for a slow program."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")


def within(seconds: float, act: Callable[[], Result]) -> Result:
    """What it gives, in so many processor seconds: the best of three, since a hang is there every time and a busy neighbour is not."""
    taken = []
    for _ in range(3):
        before = time.process_time()
        result = act()
        taken.append(time.process_time() - before)
        if taken[-1] < seconds:
            return result
    raise AssertionError(f"{min(taken):.1f} processor seconds, where {seconds:.1f} are allowed")


def calls(act: Callable[[], object]) -> int:
    """How many functions are called, Python's and C's: the same number on every machine."""
    count = 0

    def seen(_frame: FrameType, what: str, _argument: object) -> None:
        nonlocal count
        count += what in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count
