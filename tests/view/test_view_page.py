"""The page's file: self-contained, its text stays text, and it says what was left out."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kg.errors import BadParameter, NotFound
from kg.graph.facts import facts
from kg.view import select, write_page
from kg.view.select import doubt, spoken
from tests.graph.sample import sample
from tests.view.large import large


def data(html: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert block is not None
    found: dict[str, Any] = json.loads(block[1])
    return found


def test_around_a_name_by_hops() -> None:
    found = facts(sample().quads())
    one = select(found, around="Polen")
    assert {e.type for e in one.events} == {"Expulsion"}
    near = select(found, around="Teheran", hops=1)
    far = select(found, around="IR", hops=2)
    assert len(near.events) < len(far.events)
    with pytest.raises(NotFound, match="Atlantis"):
        select(found, around="Atlantis")


def test_by_type_and_time() -> None:
    found = facts(sample().quads())
    assert {e.type for e in select(found, types=["expulsion", "Agreement"]).events} == {"Expulsion", "Agreement"}
    assert len(select(found, since=date(2023, 3, 31)).events) == 1
    assert select(found, since=date(2023, 4, 1)).events == ()
    assert select(found, until=date(2023, 2, 28)).events == ()
    with pytest.raises(BadParameter, match="Party"):
        select(found, types=["Party"])


def test_a_large_graph_is_cut_to_whole_events_by_nodes_and_by_edges() -> None:
    found = large(events=300, entities=60, links=2400)
    few = select(found, limit=100)
    edges = sum(len({r.filler for r in e.roles}) + len(spoken(e)) for e in few.events)
    assert few.cut
    assert few.nodes <= 100
    assert 200 < edges <= 250  # the limit of edges is reached first: eight an event
    heavy = {r.filler for e in few.events for r in e.roles}
    assert "https://example.org/id/entity/0" in heavy
    assert select(found, limit=None).events == tuple(found.events.values())


def test_a_page_that_was_cut_holds_whole_events_and_says_so(tmp_path: Path) -> None:
    page = write_page(sample(), tmp_path / "v.html", limit=6)
    assert page.nodes <= 6 < page.selection.all_nodes
    found = data(page.path.read_text(encoding="utf-8"))
    assert (found["cut"], found["allNodes"]) == (True, page.selection.all_nodes)
    nodes = {n["id"] for n in found["nodes"]}
    assert all({e["from"], e["to"]} <= nodes for e in found["edges"])


def test_doubtful_events_are_told_from_sure_ones(tmp_path: Path) -> None:
    events = facts(sample().quads()).events
    assert {doubt(e) for e in events.values()} == {None, "denied", "rumoured", "negated"}
    found = data(write_page(sample(), tmp_path / "v.html").path.read_text(encoding="utf-8"))
    status = {t["iri"]: t["status"] for t in found["things"] if "status" in t}
    wanted = {None: "sure", "denied": "refuted", "negated": "refuted", "rumoured": "doubtful"}
    assert status == {iri: wanted[doubt(e)] for iri, e in events.items()}
    assert all(e["dashes"] is (found["things"][e["from"]]["status"] != "sure") for e in found["edges"] if "stance" not in e)


def test_whoever_is_quoted_is_joined_to_what_it_speaks_of(tmp_path: Path) -> None:
    found = data(write_page(sample(), tmp_path / "v.html").path.read_text(encoding="utf-8"))
    things = found["things"]
    lines = {(things[e["from"]]["labels"]["en"], e["stance"], things[e["to"]]["type"]) for e in found["edges"] if "stance" in e}
    assert ("Ukraine", "asserts", "Shipment") in lines
    assert ("Iran", "denies", "Shipment") in lines
    said = {(things[c["by"]]["iri"], t["iri"]) for t in things if "type" in t for c in t["claims"] if not c["own"]}
    assert {(things[e["from"]]["iri"], things[e["to"]]["iri"]) for e in found["edges"] if "stance" in e} == said
    own = [c["by"] for t in things if "type" in t for c in t["claims"] if c["own"]]
    assert own  # an outlet in its own voice is told in the panel and no line of the graph
    assert not {e["from"] for e in found["edges"] if "stance" in e} & set(own)


def test_the_same_graph_gives_the_same_bytes_and_whole_places(tmp_path: Path) -> None:
    one, two = (write_page(sample(), tmp_path / name).path.read_bytes() for name in ("a.html", "b.html"))
    assert one == two
    assert all(isinstance(n[axis], int) for n in data(one.decode())["nodes"] for axis in "xy")


def test_text_cannot_leave_its_block(tmp_path: Path) -> None:
    html = write_page(sample(), tmp_path / "v.html", title="<script>alert(2)</script>").path.read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "script>alert(1)" in json.dumps(data(html)).replace("<", "")
    assert html.count("</script>") == 3


def test_no_address_is_fetched(tmp_path: Path) -> None:
    html = unescape(write_page(sample(), tmp_path / "v.html").path.read_text(encoding="utf-8"))
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"']?(https?:)?//", html)
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert "sourceMappingURL" not in html


def test_a_language_that_the_page_does_not_speak(tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="it speaks nl, de, en, fr"):
        write_page(sample(), tmp_path / "v.html", language="es")
    assert '<html lang="fr">' in write_page(sample(), tmp_path / "v.html", language="fr").path.read_text(encoding="utf-8")
