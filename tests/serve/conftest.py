"""One server for all that only ask: two articles, an incident over both, and labels made to break pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import Graph
from kg.graph.names import KG, RDF, RDFS, XSD
from kg.records import Claim, Entity, Interval, Kind, Linked, Stance
from tests.graph.sample import Writer, dutch, fill, german
from tests.serve.client import running

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></textarea></script><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "javascript:alert(1)//",
    "]]><!-- <a href=javascript:alert(1)> -->",
    "&lt;b&gt;&#60;i&#62;\u202egnp.exe",
)


def hostile() -> Linked:
    """An article whose title, publisher, actors and sentences are all attacks."""
    text = f"{HOSTILE[3]} & titel\n\n" + "".join(f"Actor {h} leverde drones aan Doel {h}, zei Bron {h}.\n" for h in HOSTILE)
    w = Writer(f"nl/{HOSTILE[1]}.txt", text, "nl", publisher=HOSTILE[0], published="2024-05-01")
    for number, attack in enumerate(HOSTILE):
        sentence = f"Actor {attack} leverde drones aan Doel {attack}, zei Bron {attack}."
        giver = w.mention(f"Actor {attack}", Entity(Kind.ORGANIZATION, f"a{number}/{attack}", ((attack, "nl"),)), sentence)
        taker = w.mention(f"Doel {attack}", Entity(Kind.PERSON, f"b{number}", ((f"Doel {attack}", "en"),), "RU"), sentence)
        source = w.mention(f"Bron {attack}", Entity(Kind.GROUP, f"c{number}", ((attack, "en"),)), sentence)
        w.event(
            "Shipment", "leverde", sentence, (("agent", giver), ("patient", taker)),
            interval=Interval(date(2024, 1 + number, 1), None, attack, w.span(attack, sentence)),
            claims=(Claim(source, Stance.DENIES, w.span("zei", sentence)),),
        )  # fmt: skip
    return w.linked()


def incident(graph: Graph) -> None:
    """Both deliveries of drones as one incident."""
    name, place = ox.NamedNode(f"{graph.minter.base}incident/1"), graph.minter.graph("resolution")
    conflict = ox.NamedNode(f"{graph.minter.base}conflict/1")
    events = [row["e"] for row in graph.store.query(
        f"SELECT ?e {{ ?e a {KG['Shipment']} ; {KG['cargo']} ?c . ?c {RDFS['label']} 'drones'@en }}", use_default_graph_as_union=True)]  # fmt: skip
    said = [(RDF["type"], KG["Incident"]), (RDFS["label"], ox.Literal("Drones for Russia", language="en")),
            (KG["corroboratedBy"], ox.Literal("2", datatype=XSD["integer"])),
            (KG["conflict"], conflict), *((KG["includes"], e) for e in events)]  # fmt: skip
    sides = [(KG["conflictKind"], "quantity"), (KG["oneSays"], "drie containers"), (KG["otherSays"], HOSTILE[0])]
    graph.store.extend([ox.Quad(name, p, o, place) for p, o in said])
    graph.store.extend([ox.Quad(conflict, p, ox.Literal(words), place) for p, words in sides])


@pytest.fixture(scope="session")
def graph_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder with all of the above."""
    folder = tmp_path_factory.mktemp("serve") / "graph"
    with Graph.create(folder) as graph:
        incident(fill(graph, dutch(), german(), hostile()))
    return folder


@pytest.fixture(scope="session")
def address(graph_folder: Path) -> Iterator[str]:
    """Where ``kg serve`` serves that folder."""
    with running(graph_folder) as where:
        yield where
