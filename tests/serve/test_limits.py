"""One query costs what it may and no more, and none is lost."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from kg.errors import InputError
from kg.serve import Limits
from tests.serve.client import HOUR, ask, running, send

ROWS = 40


@pytest.fixture(scope="module")
def tight(graph_folder: Path) -> Iterator[str]:
    """A server with small limits, and room for sixty in its queue."""
    limits = f"limits=Limits(seconds=1, rows={ROWS}, size=20_000, request=5_000, memory=1 << 30, workers=2, queue=60)"
    with running(graph_folder, limits) as where:
        yield where


@pytest.fixture
def patient(graph_folder: Path) -> Iterator[str]:
    """A server with a time limit that no test waits for."""
    with running(graph_folder, "limits=Limits(seconds=60, workers=2)") as where:
        yield where


def alive(address: str) -> bool:
    return ask(address, "ASK {}").status == 200


def test_a_query_that_would_run_for_an_hour_is_stopped_and_the_next_one_answers(tight: str) -> None:
    start = time.monotonic()
    found = ask(tight, HOUR)
    assert (found.status, found.text) == (504, "stopped after 1 s, the time limit; ask for less, or bind more\n")
    assert 1 <= time.monotonic() - start < 30
    assert alive(tight)


def test_stopping_both_workers_leaves_two(tight: str) -> None:
    with ThreadPoolExecutor(6) as many:
        found = list(many.map(lambda query: ask(tight, query).status, [HOUR, HOUR, *["ASK {}"] * 4]))
    assert found == [504, 504, 200, 200, 200, 200]


def test_fifty_clients_at_once_and_none_is_lost(tight: str) -> None:
    def one(number: int) -> int:
        body = ask(tight, f"SELECT ?x {{ VALUES ?x {{ {number} }} ?s ?p ?o }} LIMIT 1").body
        return int(json.loads(body)["results"]["bindings"][0]["x"]["value"])

    with ThreadPoolExecutor(50) as many:
        assert list(many.map(one, range(50))) == list(range(50))


def test_the_queue_is_bounded_and_says_so(tight: str) -> None:
    with ThreadPoolExecutor(70) as many:
        found = list(many.map(lambda _: ask(tight, HOUR if _ < 2 else "ASK {}"), range(70)))
    seen = Counter(answer.status for answer in found)
    assert set(seen) <= {200, 503, 504}
    assert seen[503] >= 1  # two run, sixty wait
    refused = next(answer for answer in found if answer.status == 503)
    assert "try again" in refused.text
    assert refused.headers["retry-after"].isdigit()
    assert alive(tight)


def test_an_answer_beyond_the_rows_is_refused_not_cut(tight: str) -> None:
    found = ask(tight, "SELECT * { ?s ?p ?o }")
    assert (found.status, found.text) == (422, f"the answer has more than {ROWS} rows; add a LIMIT or ask for less\n")
    assert len(json.loads(ask(tight, f"SELECT ?p {{ ?s ?p ?o }} LIMIT {ROWS}").body)["results"]["bindings"]) == ROWS
    assert ask(tight, "CONSTRUCT WHERE { ?s ?p ?o }").status == 422


def test_an_answer_beyond_the_bytes_is_refused(tight: str) -> None:
    long = f"SELECT (CONCAT({', '.join(['?t'] * 100)}) AS ?long) {{ VALUES ?n {{ {' '.join(map(str, range(30)))} }} BIND ('0123456789' AS ?t) }}"
    assert "20000 bytes" in ask(tight, long).text


def test_a_query_beyond_the_bytes_is_refused(tight: str) -> None:
    found = send(tight, "/sparql", method="POST", body=b"#" * 6_000, content_type="application/sparql-query")
    assert (found.status, found.text) == (413, "a query may have 5000 bytes\n")


def test_a_query_that_takes_all_memory_takes_its_worker_alone(tight: str) -> None:
    double = "BIND ('0123456789abcdef' AS ?v0) " + " ".join(f"BIND (CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
    assert ask(tight, f"SELECT (STRLEN(?v40) AS ?n) {{ {double} }}").status in (422, 500, 504)
    assert alive(tight)


def test_a_client_that_goes_away_frees_its_worker(patient: str) -> None:
    where = urlsplit(patient)
    for _ in range(4):  # twice as many as there are workers
        with socket.create_connection((where.hostname, where.port)) as connection:
            connection.sendall(f"GET /sparql?{urlencode({'query': HOUR})} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.05)
    start = time.monotonic()
    assert alive(patient)
    assert time.monotonic() - start < 40  # the time limit would have freed one after a minute


def processes() -> Iterator[tuple[int, str]]:
    """Every process and its command."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                yield int(folder.name), (folder / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ").strip()


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_a_worker_that_is_killed_is_replaced(tight: str) -> None:
    workers: list[int] = []
    for _ in range(100):  # one that the test before had killed may still be starting
        workers = [pid for pid, what in processes() if "worker.py" in what and what.endswith(str(1 << 30))]
        if len(workers) == 2:
            break
        time.sleep(0.1)
    assert len(workers) == 2
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    tries = [ask(tight, "ASK {}").status for _ in range(4)]
    assert tries[2:] == [200, 200]  # each dead worker may be found out by one query
    assert set(tries) <= {200, 500}


def test_limits_are_above_zero() -> None:
    with pytest.raises(InputError, match="rows"):
        Limits(rows=0)
