"""What a graph of some size costs whoever opens it: the endpoint and its pages, the page, every analysis, the report, the check.

What reads the whole graph (``kg view``, ``kg analyse``, ``kg report``) shares one reading here, which is measured by itself: a command
costs its own figure and that of the reading. The endpoint is asked as a browser asks it. Each is measured in a process of its own.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from kg.bench.graph import Step
from kg.errors import KgError

__all__ = ["Figure", "asked", "checked", "look", "looked", "made", "table"]

Made = TypeVar("Made")

_PATIENCE = 600.0
"""Seconds after which a command is stopped and said to have been."""
_FIRST = re.compile(r'<li><a href="(/id/[^"]+)"')
_LOOK = "import sys; from kg.bench.probe import look; look(sys.argv[1])"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a task took: seconds by the clock and of CPU, the peak memory of its process until then in MB (each None where unknown)."""

    task: str
    seconds: float
    cpu: float | None = None
    memory: float | None = None
    note: str = ""


def made(make: Callable[[], Iterable[Step]]) -> list[Figure]:
    """Each step of the making of a graph, and what all of it took, workers and all."""
    began = time.perf_counter()
    steps = [Figure(f"make: {step.name}", step.seconds) for step in make()]
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime
    note = f"workers at most {workers.ru_maxrss / 1024:,.0f} MB each" if workers.ru_maxrss else ""
    return [*steps, Figure("make: all", time.perf_counter() - began, cpu, own.ru_maxrss / 1024, note)]


def looked(graph: Path) -> Iterator[Figure]:
    """Reading the graph, then the page, every analysis and the report of what was read."""
    yield from _figures([sys.executable, "-c", _LOOK, str(graph)])


def look(graph: str) -> None:
    """Print those figures as lines of JSON; run in a process of its own by ``looked``."""
    from kg import analyse as analysing
    from kg.graph import Graph
    from kg.view import write_page

    with tempfile.TemporaryDirectory(prefix="kg-bench-") as place, Graph.open(graph) as opened:
        task = "reading the graph (view, analyse, report)"
        material = _told(task, lambda: analysing.Material.of(opened), lambda m: f"{len(m.facts.events):,} events")

        def page() -> str:
            made = write_page(material.facts, Path(place) / "view.html", limit=2000)
            return f"{made.nodes:,} nodes, {made.edges:,} edges; {len(made.selection.events):,} of {made.selection.all_events:,} events"

        _told("kg view", page, str)
        _told("kg analyse", lambda: analysing.analyse(material.facts), lambda found: f"betweenness {found.method}")
        for topic in analysing.TOPICS:
            _told(f"kg analyse {topic}", partial(analysing.find, material, topic), lambda found: f"{sum(len(s.rows) for s in found.sheets):,} rows")
        one, other = [iri for iri, entity in material.facts.entities.items() if entity.kind == "Country"][:2]
        _told("kg analyse routes", lambda: analysing.find_routes(opened, material, one, other, 15), lambda found: f"{len(found.data)} routes")
        report = Path(place) / "report.html"
        _told("kg report", lambda: analysing.write_report(material, report), lambda path: f"{path.stat().st_size / 1e6:.1f} MB")


def _told(task: str, run: Callable[[], Made], note: Callable[[Made], str]) -> Made:
    began, cpu = time.perf_counter(), time.process_time()
    made = run()
    took, used = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(asdict(Figure(task, took, used, peak, note(made)))), flush=True)
    return made


def _figures(command: list[str]) -> Iterator[Figure]:
    """The figures that a process prints, as it prints them. Raises ``KgError`` where it fails."""
    with tempfile.TemporaryFile() as errors, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield Figure(**json.loads(line))
        if process.wait():
            errors.seek(0)
            raise KgError(f"what was to be measured failed: {' '.join(errors.read().decode(errors='replace').split())[-300:]}")


def checked(graph: Path) -> Figure:
    """``kg check``: every rule and every offset."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([sys.executable, "-m", "kg", "check", "--graph", str(graph)], stdout=out, stderr=subprocess.DEVNULL)
        note, used = _ended(process, began + _PATIENCE)
        out.seek(0)
        said = out.read().decode(errors="replace").strip().splitlines()
    return Figure("kg check", time.perf_counter() - began, *used, note or (said[-1] if said else "no answer"))


def _ended(process: subprocess.Popen[bytes], until: float) -> tuple[str, tuple[float, float]]:
    """Wait for a process, kill it when its time is up; what to say of that, and its CPU seconds and peak memory in MB."""
    note = ""
    while True:
        pid, _, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = 0
            return note, (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        if not note and time.perf_counter() > until:
            note = f"stopped after {_PATIENCE:.0f} s"
            process.kill()
        time.sleep(0.05)


def asked(graph: Path) -> Iterator[Figure]:
    """``kg serve``: from its start to the first answer, then pages of each kind, the first time that each is asked for."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(graph), "--port", "0"]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        found = re.search(rb"http://\S+/", process.stdout.readline())
        if found is None:
            raise KgError("kg serve, which was to be measured, did not start")
        address = found[0].decode().rstrip("/")
        figure, _ = _page(address, "/", "kg serve: start to first page")
        yield Figure(figure.task, time.perf_counter() - began, note=figure.note)
        for section in ("countries", "actors", "incidents", "articles"):
            figure, text = _page(address, f"/list/{section}", f"page: list of {section}")
            yield figure
            if first := _FIRST.search(text):
                kind = {"countries": "country", "actors": "actor", "incidents": "incident", "articles": "article"}[section]
                figure, told = _page(address, first[1], f"page: the {kind} told most" if kind != "article" else "page: the last article")
                yield figure
                if kind in ("country", "actor"):
                    yield _page(address, f"{first[1]}?page=20", f"page: the {kind} told most, 20th page")[0]
                if kind == "country":
                    iri = re.search(r'<p class="iri">([^<]+)</p>', told)
                    yield _page(address, f"/view?iri={iri[1]}" if iri else "/view", "page: graph around it")[0]
        yield _page(address, "/search?q=bank", "page: search")[0]
        for name in ("shipments", "denials", "incidents", "corroborated"):
            yield _page(address, f"/query?name={name}", f"named query: {name}")[0]
    finally:
        process.send_signal(signal.SIGINT)
        _, (cpu, memory) = _ended(process, time.perf_counter() + _PATIENCE)
        if process.stdout is not None:
            process.stdout.close()
    yield Figure("kg serve, all of this", time.perf_counter() - began, cpu, memory, "the server, without its workers")


def _page(address: str, path: str, task: str) -> tuple[Figure, str]:
    began = time.perf_counter()
    request = urllib.request.Request(address + path, headers={"Accept": "text/html", "Accept-Language": "en"})
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
            text = response.read().decode()
            note = f"{len(text) / 1000:.0f} kB"
    except urllib.error.HTTPError as error:
        text, note = "", f"answered {error.code}"
    return Figure(task, time.perf_counter() - began, note=note), text


def table(figures: list[Figure]) -> str:
    """In Markdown."""
    lines = ["| task | s | CPU s | peak MB | |", "|---|--:|--:|--:|---|"]
    for figure in figures:
        cpu, memory = ("" if value is None else f"{value:,.{places}f}" for value, places in ((figure.cpu, 2), (figure.memory, 0)))
        lines.append(f"| {figure.task} | {figure.seconds:,.2f} | {cpu} | {memory} | {figure.note} |")
    return "\n".join(lines)
