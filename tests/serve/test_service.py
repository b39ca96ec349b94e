"""Serving goes on while the graph is written, and tells what was written; a user's slip is one line."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import NotAGraph
from kg.graph import Graph
from kg.serve.snapshot import Snapshot
from tests.conftest import ROOT
from tests.graph.sample import dutch, fill
from tests.serve.client import ask, running

COUNT = "SELECT (COUNT(*) AS ?n) { ?a a kg:Article }"


def articles(address: str) -> int:
    return int(json.loads(ask(address, COUNT).body)["results"]["bindings"][0]["n"]["value"])


def test_a_graph_that_is_built_on_is_served_anew_and_never_held(tmp_path: Path, graph_folder: Path) -> None:
    folder = tmp_path / "graph"
    shutil.copytree(graph_folder, folder)
    with running(folder) as address:
        assert articles(address) == 3
        with Graph.open(folder, write=True) as graph:  # no lock is held by the server
            fill(graph, dutch("nl/again.txt"))
            assert articles(address) == 3
        end = time.monotonic() + 60
        while articles(address) == 3:
            assert time.monotonic() < end, "the new article is not served"
            time.sleep(0.2)
        assert articles(address) == 4


def test_a_snapshot_is_as_the_graph_was_and_leaves_nothing_behind(tmp_path: Path, graph_folder: Path) -> None:
    shutil.copytree(graph_folder, tmp_path / "graph")
    snapshot = Snapshot(tmp_path / "graph")
    before = len(snapshot.graph)
    with Graph.open(tmp_path / "graph", write=True) as graph:
        graph.remove("nl/iran.txt")
        assert len(graph) < before == len(snapshot.graph)
    place = snapshot.store.parent
    snapshot.close()
    snapshot.close()
    assert not place.exists()
    with pytest.raises(NotAGraph):
        Snapshot(tmp_path / "nothing")


def test_a_wrong_folder_or_port_is_one_line(tmp_path: Path, graph_folder: Path) -> None:
    def serve(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg", "serve", *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        found = [serve("--graph", str(tmp_path / "none"), "--port", "0"), serve("--graph", str(graph_folder), "--port", port)]
    for done, words in zip(found, ("make one with", "choose another"), strict=True):
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr
