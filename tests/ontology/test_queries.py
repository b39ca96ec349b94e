"""The competency questions: each says what it asks, parses, answers, and joins nothing by accident."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from .conftest import HERE, ONTOLOGY

QUERIES = sorted((ONTOLOGY / "queries").glob("*.rq"))
SLOT = re.compile(r"VALUES \?(\w+) \{ UNDEF \} # param")
FORBIDDEN = re.compile(r"\b(CONTAINS|SERVICE|FROM|GRAPH)\b")
ID = "https://w3id.org/kg-news/id/"


def rows(store: ox.Store, text: str) -> list[dict[str, str]]:
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    columns = [v.value for v in found.variables]
    return [{c: getattr(row[c], "value", str(row[c])) for c in columns if row[c] is not None} for row in found]


def bind(name: str, **values: str) -> str:
    """The query with IRIs, or literals in quotes, in the place of its parameters."""
    text = (ONTOLOGY / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    for parameter, value in values.items():
        slot = f"VALUES ?{parameter} {{ UNDEF }} # param"
        assert slot in text
        text = text.replace(slot, f"VALUES ?{parameter} {{ {value} }}")
    return text


@pytest.fixture(scope="module")
def example() -> ox.Store:
    store = ox.Store()
    store.load(path=str(HERE / "conforming.ttl"), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ID + "g"))
    return store


def test_enough() -> None:
    assert len(QUERIES) >= 16


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_head(path: Path) -> None:
    """Title, description, and a line for each parameter that the text has, and for no other."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert re.fullmatch(r"# title: \S.*", lines[0])
    assert re.fullmatch(r"# description: \S.*", lines[1])
    declared = re.findall(r"^# param: (\w+) \| [^|]+ \| [^|]+$", text, re.MULTILINE)
    assert len(declared) == text.count("# param: ")
    assert set(declared) == set(SLOT.findall(text))
    assert text.count("UNDEF") == len(SLOT.findall(text))


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_tuned(path: Path) -> None:
    """No scan of texts, no other graph, and an order, so that two runs give the same page."""
    body = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    assert not FORBIDDEN.search(body)
    assert "ORDER BY" in body


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_parses_and_runs_on_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prepareQuery(text)
    assert rows(ox.Store(), text) == []


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_answers(example: ox.Store, path: Path) -> None:
    """On the example each has an answer, without two rows alike."""
    found = rows(example, path.read_text(encoding="utf-8"))
    assert found
    assert len({tuple(sorted(r.items())) for r in found}) == len(found)


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_joins_nothing_by_accident(example: ox.Store, path: Path) -> None:
    """Things that nothing points to change no answer: an unbound role must not match every label in the graph."""
    text = path.read_text(encoding="utf-8")
    more = ox.Store()
    more.extend(list(example))
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    country = ox.NamedNode("https://w3id.org/kg-news/ontology#country")
    for i in range(20):
        node = ox.NamedNode(f"{ID}stray{i}")
        more.add(ox.Quad(node, label, ox.Literal(f"stray {i}", language="en" if i % 2 else "nl"), ox.NamedNode(ID + "g")))
        more.add(ox.Quad(node, country, ox.NamedNode(ID + "KP"), ox.NamedNode(ID + "g")))
    assert rows(more, text) == rows(example, text)


def test_shipments_by_parties_cargo_and_time(example: ox.Store) -> None:
    both = rows(example, bind("shipments", **{"from": f"<{ID}KP>", "to": f"<{ID}RU>"}))
    assert [r["source"] for r in both] == ["havenbericht.txt", "lagebericht.txt"]
    assert both[0] | {"event": ""} == {
        "event": "", "supplier": "North Korea", "recipient": "Russia", "cargo": "artillery shell",
        "quantity": "tien containers", "earliest": "2024-01-01", "latest": "2024-01-31", "modality": "actual",
        "source": "havenbericht.txt", "evidence": "De zin met leverde erin.",
    }  # fmt: skip
    arms = rows(example, bind("shipments", kind="<https://w3id.org/kg-news/cargo/weapon>"))
    assert len(arms) == 4  # what stands below the kind counts too
    day = '"2024-02-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert [r["source"] for r in rows(example, bind("shipments", since=day))] == ["lagebericht.txt"]
    assert [r["source"] for r in rows(example, bind("shipments", until='"2024-01-15"'))] == ["havenbericht.txt"]


def test_denial_beside_assertion(example: ox.Store) -> None:
    found = rows(example, bind("denials", who=f"<{ID}KP>"))
    assert [(r["denier"], r["other"], r["stance"]) for r in found] == [("North Korea", "Ukraine", "asserts")]
    assert rows(example, bind("denials", who=f"<{ID}UA>")) == []


def test_denied_and_negated_are_no_flow(example: ox.Store) -> None:
    found = rows(example, bind("shipments-by-month"))
    assert [(r["month"], r["supplier"], r["shipments"]) for r in found] == [
        ("2024-02", "North Korea", "1"), ("unknown", "Russia", "1"),
    ]  # fmt: skip


def test_conflicting_quantities(example: ox.Store) -> None:
    (found,) = rows(example, bind("conflicting-quantities"))
    assert (found["unit"], float(found["lowest"]), float(found["highest"]), found["reports"]) == ("container", 10, 30, "2")


def test_state_stands_for_its_people(example: ox.Store) -> None:
    assert {r["type"] for r in rows(example, bind("expulsions-and-arrests", who=f"<{ID}KP>"))} == {"Arrest", "Conviction"}
    assert rows(example, bind("meetings", who=f"<{ID}UA>"))[0]["participants"].split(", ") == ["Jan Voorbeeld", "Russia"]


def test_everything_of_one_article(example: ox.Store) -> None:
    found = rows(example, bind("article", article=f"<{ID}a2>"))
    assert {r["source"] for r in found} == {"lagebericht.txt"}
    assert [int(r["start"]) for r in found] == sorted(int(r["start"]) for r in found)
    assert "agent: North Korea" in found[0]["parts"]


SAME = """
@prefix kg: <https://w3id.org/kg-news/ontology#> . @prefix : <https://w3id.org/kg-news/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
:o1 a kg:Organization ; rdfs:label "Voorbeeldbank"@nl . :o2 a kg:Organization ; rdfs:label "Vorbildbank"@nl ; kg:sameActorAs :o1 .
:n1 a kg:Article ; kg:sourceName "n1.txt" ; schema:publisher :p . :n2 a kg:Article ; kg:sourceName "n2.txt" ; schema:publisher :p .
:w kg:sentence "Een zin." .
:x1 a kg:Event, kg:{type} ; kg:inArticle :n1 ; kg:modality kg:actual ; kg:evidence :w{more} ;
    kg:{gives} :o1 ; kg:agent :o1 ; kg:{gets} :KP ; kg:patient :KP .
:x2 a kg:Event, kg:{type} ; kg:inArticle :n2 ; kg:modality kg:actual ; kg:evidence :w{more} ;
    kg:{gives} :o2 ; kg:agent :o2 ; kg:{gets} :KP ; kg:patient :KP .
:c1 kg:about :x1 ; kg:assertedBy :o1 ; kg:stance kg:confirms . :c2 kg:about :x2 ; kg:assertedBy :o2 ; kg:stance kg:confirms .
"""


@pytest.mark.parametrize(
    ("name", "type", "gives", "gets", "column", "count"),
    [
        ("claimers", "Sanction", "imposer", "sanctioned", "claimer", "claims"),
        ("sanctions", "Sanction", "imposer", "sanctioned", "imposer", "events"),
        ("assistance", "Assistance", "provider", "recipient", "provider", "events"),
        ("shipments-by-month", "Shipment", "supplier", "recipient", "supplier", "shipments"),
        ("cargo-flows", "Shipment", "supplier", "recipient", "supplier", "shipments"),
        ("corroborated", "Sanction", "imposer", "sanctioned", "agent", "events"),
        ("carriers", "Shipment", "carrier", "recipient", "carrier", "events"),
    ],
)
def test_two_names_of_one_actor_count_as_one(name: str, type: str, gives: str, gets: str, column: str, count: str) -> None:
    store = ox.Store()
    text = SAME.format(type=type, gives=gives, gets=gets, more=" ; kg:cargo :oil" if type == "Shipment" else "")
    store.load(text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ID + "g"))
    found = [row for row in rows(store, bind(name)) if row.get(column, "").endswith("bank")]
    assert [(row[column], row[count]) for row in found] == [("Voorbeeldbank", "2")]
    assert "Vorbildbank" not in str(rows(store, bind("single-source")))
    if name in ("claimers", "sanctions", "assistance", "shipments-by-month"):  # either name asks for the actor
        slot = {"claimers": "who"}.get(name, "from")
        (by_other,) = rows(store, bind(name, **{slot: f"<{ID}o2>"}))
        (by_own,) = rows(store, bind(name, **{slot: f"<{ID}o1>"}))
        assert by_own[count] == "2"
        assert by_other[count] == "1"  # what was told under that very name


def test_who_gives_and_receives_under_two_names_stands_at_both_ends() -> None:
    store = ox.Store()
    text = SAME.format(type="Sanction", gives="imposer", gets="sanctioned", more="") + ":x3 a kg:Event, kg:Attack ; kg:patient :o2 ."
    store.load(text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ID + "g"))
    (row,) = rows(store, bind("both-ends"))
    assert (row["actor"], row["gives"], row["receives"]) == ("Voorbeeldbank", "2", "1")
