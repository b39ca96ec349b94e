"""Peak memory is that of the process itself."""

from __future__ import annotations

import subprocess
import sys

from kg.bench.memory import peak


def test_what_the_parent_had_does_not_count() -> None:
    held = b"x" * (400 << 20)
    assert peak() > 400
    code = "from kg.bench.memory import peak; print(peak())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert len(held)
    assert 1 < float(done.stdout) < 300
