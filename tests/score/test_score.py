"""Figures against gold: each slot by itself, and the same as the reference scorer's."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from kg.errors import GoldError
from kg.graph.export import export
from kg.graph.facts import facts
from kg.score import Tally, as_json, read_gold, score, tables
from kg.score.gold import day
from kg.score.match import touches
from tests.graph.sample import sample

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parent / "shared" / "score.py"
GOLD = """
- article: iran.txt
  language: nl
  events:
  - type: Shipment
    quote: "Iran heeft in maart 2023 drie containers met drones aan Rusland geleverd"
    agent: [IR]
    patient: [RU]
    object: [drones]
    quantity: {value: 3, unit: container}
    time: [2023-03-01, 2023-03-31]
    claims: [{by: UA|Kiev, stance: asserts}]
  - type: Shipment
    quote: "Teheran ontkent de levering van"
    agent: [KP]
    object: [munitie]
    claims: [{by: IR, stance: denies}]
  - type: Deployment
    quote: "Pyongyang zou 500 soldaten naar Rusland sturen"
    agent: [KP]
    object: [soldaten|soldiers]
    destination: [RU]
    quantity: {minimum: 600}
    modality: planned
  - type: Meeting
    quote: "Rusland en Noord-Korea sloten een verdrag"
    participant: [RU, KP]
  - type: Arrest
    quote: "Het land bestelde"
    optional: true
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.yaml"
    path.write_text(GOLD, encoding="utf-8")
    return path


@pytest.fixture
def one_article(tmp_path: Path) -> Path:
    """The Dutch article alone, as an exported file."""
    from kg.graph import Graph
    from tests.graph.sample import dutch, fill

    return export(fill(Graph.memory(), dutch()), "turtle", tmp_path / "g.ttl")[0]


def test_each_slot(one_article: Path, gold: Path) -> None:
    found = score(one_article, gold)
    assert found.events == Tally(3, 4, 5)
    assert found.types["Meeting"] == Tally(0, 1, 0)
    assert found.roles["agent"] == Tally(2, 3, 3)
    assert found.roles["participant"] == Tally(0, 2, 2)
    assert found.claims == Tally(2, 2, 2)
    assert (found.times.right, found.times.of) == (1, 1)
    assert (found.quantities.right, found.quantities.of) == (1, 2)
    assert (found.modalities.right, found.modalities.of) == (2, 3)
    assert list(found.languages) == ["nl"]
    assert found.languages["nl"] == found.facts


def test_causes_name_what_went_wrong(one_article: Path, gold: Path) -> None:
    causes = {c.name: c for c in score(one_article, gold).causes}
    assert causes["wrong type: Meeting as Agreement"].count == 1
    assert causes["missed agent"].count == 1
    assert causes["modality: planned as possible"].count == 1
    assert causes["wrong quantity"].examples[0].startswith("iran.txt: Deployment")
    assert "made-up event: Shipment" in causes


def test_graph_folder_and_file_give_the_same(gold: Path, tmp_path: Path) -> None:
    from kg.graph import Graph
    from tests.graph.sample import dutch, fill

    with Graph.create(tmp_path / "g") as graph:
        fill(graph, dutch())
        live = score(graph, gold)
        path = export(graph, "nquads", tmp_path / "g.nq")[0]
    assert score(tmp_path / "g", gold) == live == score(path, gold)


def test_only_one_type(one_article: Path, gold: Path) -> None:
    assert list(score(one_article, gold, only="Deployment").types) == ["Deployment"]


def test_an_article_that_was_not_read_is_named(one_article: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text("- {article: absent.txt, events: [{type: Attack, quote: x}]}")
    found = score(one_article, path)
    assert found.unread == ("absent.txt",)
    assert found.facts == Tally(0, 1, 0)


@pytest.mark.skipif(not REFERENCE.exists(), reason="there is no reference scorer beside the checkout")
def test_same_figures_as_the_reference_scorer(gold: Path, one_article: Path) -> None:
    command = [
        sys.executable,
        str(REFERENCE),
        str(one_article),
        "--gold",
        str(gold),
        "--ontology",
        str(ROOT / "ontology"),
    ]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = score(one_article, gold)
    for name, tally in (("events", found.events), ("roles", found.fillers), ("claims", found.claims)):
        counts = rf"{name} .*\({tally.hits} of {tally.gold} gold, {tally.predicted} predicted\)"
        assert re.search(counts, printed), (name, tally, printed)
    assert f"fact F1 {found.facts.f1:.3f}" in printed
    assert f"time      {found.times.right} of {found.times.of} " in printed
    assert f"quantity {found.quantities.right} of {found.quantities.of} " in printed
    assert f"modality {found.modalities.right} of {found.modalities.of} " in printed
    for kind, tally in found.types.items():
        assert re.search(rf"{kind} .*\({tally.hits} of {tally.gold} gold, {tally.predicted} predicted\)", printed)


def test_tables_and_json(one_article: Path, gold: Path) -> None:
    found = score(one_article, gold)
    console = Console(width=120)
    with console.capture() as captured:
        for table in tables(found):
            console.print(table)
    assert "wrong type" in captured.get()
    plain = json.loads(json.dumps(as_json(found)))
    assert plain["facts"]["hits"] == found.facts.hits
    assert plain["causes"][0]["count"] >= plain["causes"][-1]["count"]


@pytest.mark.parametrize(("row", "words"), [
    ("- {article: a.txt, events: [{type: Party, quote: x}]}", "Party"),
    ("- {article: a.txt, events: [{type: Attack}]}", "quote"),
    ("- {article: a.txt, events: [{type: Attack, quote: x, agnet: [RU]}]}", "agnet"),
    ("- {article: a.txt, events: [{type: Attack, quote: x, modality: maybe}]}", "maybe"),
    ("- {article: a.txt}\n- {article: b/a.txt}", "twice"),
    ("events: []", "list"),
    ("- [", "gold.yaml"),
])  # fmt: skip
def test_broken_gold_is_named(tmp_path: Path, row: str, words: str) -> None:
    path = tmp_path / "gold.yaml"
    path.write_text(row)
    with pytest.raises(GoldError, match=words):
        read_gold(path)


def test_dates_of_reduced_precision() -> None:
    assert day("2016") == dt.date(2016, 1, 1)
    assert day("2016-02", last=True) == dt.date(2016, 2, 29)
    assert day("2016-12", last=True) == dt.date(2016, 12, 31)
    assert day(None) is None


def test_passages_touch() -> None:
    assert touches("twee Noord-Koreaanse spionnen", "De twee noord-koreaanse Spionnen werden betrapt")
    assert not touches("twee spionnen", "drie tanks")
    assert not touches("", "drie tanks")


def test_facts_read_foreign_graphs() -> None:
    found = facts(sample().quads())
    assert {e.type for e in found.events.values()} == {"Shipment", "Deployment", "Agreement", "Expulsion",
                                                       "SanctionsEvasion"}  # fmt: skip
