"""A server as the store: the same bytes out, the same answers, the same care, over the standards' two protocols."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import GraphAccess, GraphFormat, InputError, QuerySyntax
from kg.graph import Graph
from kg.graph.check import check
from kg.graph.export import serialise
from kg.graph.query import named_queries, query
from kg.graph.show import show
from tests.graph.sample import BUILD, DUTCH, dutch, fill, german

PROGRAM = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="the program oxigraph is not installed: pip install oxigraph")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([str(PROGRAM), "serve", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL) as process:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        process.kill()


def test_a_server_holds_what_a_folder_holds_and_answers_the_same(server: str, tmp_path: Path) -> None:
    with Graph.create(tmp_path / "far", server=server) as far, Graph.create(tmp_path / "near") as near:
        fill(far, dutch(text=DUTCH + "\nOud."), german("de/gone.txt"))
        fill(far, dutch(), german())
        assert far.remove("de/gone.txt")
        far.finish(BUILD)
        fill(near, dutch(), german())
        assert serialise(far, "nquads") == serialise(near, "nquads")
        assert len(far) == len(near)
    with Graph.open(tmp_path / "far") as far, Graph.open(tmp_path / "near") as near:  # the folder knows its server
        assert far.articles() == near.articles()
        assert check(far, deep=True) == ()
        for name in named_queries():
            assert sorted(map(str, query(far, name).rows)) == sorted(map(str, query(near, name).rows)), name
        construct = "CONSTRUCT { ?e a kg:Event } WHERE { ?e a kg:Shipment }"
        assert query(far, construct).rows == query(near, construct).rows
        assert query(far, "ASK { ?e a kg:Shipment }").truth
        assert show(far, "Iran") == show(near, "Iran")
        with pytest.raises(QuerySyntax):
            query(far, "SELECT ?e WHERE { ?e nope:x ?y }")
        with pytest.raises(GraphAccess, match="SPARQLStore"):
            far.dataset()
        with pytest.raises(GraphAccess, match="its own address"):
            far.backup(tmp_path / "copy")


def test_a_folder_keeps_to_its_store(server: str, tmp_path: Path) -> None:
    Graph.create(tmp_path / "near").close()
    with pytest.raises(GraphFormat, match="in the folder"):
        Graph.create(tmp_path / "near", server=server)


def test_what_is_no_server_is_told_before_a_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(GraphAccess, match="does not answer"):
        Graph.create(tmp_path / "g", server="http://127.0.0.1:9")
    with pytest.raises(InputError, match="not the address"):
        Graph.create(tmp_path / "g", server="localhost:7878")
    with pytest.raises(InputError, match="KG_STORE_LOGIN"):
        Graph.create(tmp_path / "g", server="http://me:secret@localhost:7878")
    assert not (tmp_path / "g").exists()
