"""An event or actor is shown with its evidence."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from kg.errors import NotFound
from kg.graph.facts import facts
from kg.graph.show import as_json, as_rich, show
from tests.graph.sample import sample


def text(name: str) -> str:
    console = Console(width=200, record=True, file=None, quiet=False, force_terminal=False)
    with console.capture() as captured:
        for found in show(sample(), name):
            console.print(as_rich(found))
    return captured.get()


def test_an_actor_comes_with_events_claims_and_sentences() -> None:
    shown = text("Teheran")
    assert "Iran heeft in maart 2023 drie containers" in shown
    assert "denies" in shown
    assert "nl/iran.txt" in shown


def test_markup_of_an_article_stays_text() -> None:
    assert "<script>alert(1)</script>" in text("IR")


def test_an_event_by_iri_an_article_by_name_an_entity_by_part_of_its_name() -> None:
    graph = sample()
    iri = next(iter(facts(graph.quads()).events))
    assert as_json(show(graph, iri)[0])["is"] == "event"
    assert as_json(show(graph, "de/iran.txt")[0])["is"] == "article"
    assert as_json(show(graph, "ermittler")[0])["is"] == "entity"
    json.dumps(as_json(show(graph, "Iran")[0]))


def test_who_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound, match="Atlantis"):
        show(sample(), "Atlantis")
