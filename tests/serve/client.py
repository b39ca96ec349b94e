"""A server in a process of its own, and the plainest client there is."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.conftest import ROOT

HOUR = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER (?c != ?f && ?f != ?i && ?i != ?l) }"
"""Joins everything with everything three times over: 10^11 rows on a small graph."""


@dataclass(frozen=True)
class Answer:
    """A response as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "")


@contextmanager
def running(folder: Path, code: str = "") -> Iterator[str]:
    """The address of ``kg serve`` on a free port, or of ``serve`` called from Python with the arguments in ``code``."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(folder), "--port", "0"]
    if code:
        start = f"from kg.serve import Limits, serve; serve({str(folder)!r}, port=0, ready=lambda a: print(a, flush=True), {code})"
        command = [sys.executable, "-c", start]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        address = next((word for word in line.split() if word.startswith("http")), "")
        assert address, f"{line}{server.stderr.read() if server.stderr else ''}"
        yield address.rstrip("/")
        assert server.poll() is None, "the server has died"
    finally:
        server.send_signal(signal.SIGINT)
        try:
            _, said = server.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            raise
    assert "Traceback" not in said, said


def send(address: str, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """One request; ``accept``, ``content_type`` and the like are its headers. Redirects are not followed."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def ask(address: str, query: str, accept: str = "*/*", **more: str | list[str]) -> Answer:
    """A query by GET."""
    return send(address, f"/sparql?{urlencode({'query': query, **more}, doseq=True)}", accept=accept)
