"""One article becomes one named graph that leads every statement back to its text."""

from __future__ import annotations

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.errors import EvidenceError
from kg.graph import Graph, Minter, quads
from kg.graph.facts import facts
from kg.graph.names import KG, role_table
from kg.graph.ontology import hierarchy
from kg.records import ROLES, Linked, Span
from tests.graph.sample import BUILD, dutch, fill, german, sample


def ask(graph: Graph, pattern: str) -> bool:
    prefixes = graph.minter.prefixes() | {"kg": KG.iri, "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
                                          "skos": "http://www.w3.org/2004/02/skos/core#"}  # fmt: skip
    return bool(graph.store.query(f"ASK {{ {pattern} }}", prefixes=prefixes, use_default_graph_as_union=True))


def test_no_blank_nodes_and_one_graph() -> None:
    made = list(quads(dutch(), Minter(), "f"))
    assert {q.graph_name for q in made} == {Minter().article("nl/iran.txt")}
    assert not [t for q in made for t in (q.subject, q.object) if isinstance(t, ox.BlankNode)]
    assert len(made) == len(set(made))


def test_order_of_the_report_does_not_matter() -> None:
    linked = dutch()
    turned = replace(linked.report, events=linked.report.events[::-1])
    other = Linked(turned, linked.entities[::-1])
    assert set(quads(linked, Minter(), "f")) == set(quads(other, Minter(), "f"))


def test_specific_and_general_role_stand_side_by_side() -> None:
    assert ask(sample(), "?e a kg:Shipment, kg:Event ; kg:supplier country:IR ; kg:agent country:IR ; kg:cargo ?c")
    assert ask(sample(), "?e a kg:Expulsion ; kg:agent country:PL ; kg:expelled ?g . ?g kg:country country:RU")


def test_every_specific_role_is_declared_below_its_general_one() -> None:
    properties = hierarchy()[1]
    for row in role_table().values():
        for role, special in row.items():
            assert role in ROLES
            assert role in properties[special], f"kg:{special} is not below kg:{role} in kg.ttl"


def test_numbers_dates_and_labels() -> None:
    graph = sample()
    assert ask(graph, "?q kg:value 3.0 ; kg:unit <https://w3id.org/kg-news/unit/container> ; kg:quantityText ?t")
    assert ask(graph, '?e kg:earliest ?d ; kg:timeText "in maart 2023" FILTER(STR(?d) = "2023-03-01")')
    assert ask(graph, '?e rdfs:label "Shipment: Iran → Russia (drones)"@en')
    assert ask(graph, 'country:IR skos:altLabel "Teheran"@nl ; kg:isoCode "IR" ; rdfs:label "Iran"@fr')


def test_a_pronoun_is_no_name_of_what_it_stands_for() -> None:
    assert not ask(sample(), 'country:IR skos:altLabel "Het land"@nl')
    assert ask(sample(), '?m kg:exact "Het land" ; kg:mentionOf country:IR ; kg:antecedent/kg:exact "Iran"')


def test_own_voice_is_the_publisher() -> None:
    assert ask(sample(), '?c kg:assertedBy/rdfs:label "De Proef"@nl ; kg:stance kg:asserts')
    assert ask(sample(), '?c kg:assertedBy/rdfs:label "unnamed publisher of de/iran.txt"@en')


def test_a_denial_is_a_claim_and_never_an_assertion() -> None:
    denied = [e for e in facts(sample().quads()).events.values() if e.denied]
    assert [[c.stance for c in e.claims] for e in denied] == [["denies"]]


@pytest.mark.parametrize("trigger", [Span(0, 0), Span(-1, 3), Span(10, 100_000)])
def test_no_evidence_no_triple(trigger: Span) -> None:
    linked = dutch()
    broken = replace(linked.report.events[0], trigger=trigger)
    graph = fill(Graph.memory(), dutch())
    before = len(graph)
    with pytest.raises(EvidenceError, match=r"nl/iran\.txt"):
        graph.add(replace(linked, report=replace(linked.report, events=(broken,))), BUILD)
    assert len(graph) == before


def test_a_mention_must_read_what_it_says() -> None:
    linked = dutch()
    first = linked.report.events[0]
    argument = first.arguments[0]
    moved = replace(argument.mention, span=Span(argument.mention.span.start + 1, argument.mention.span.end + 1))
    event = replace(first, arguments=(replace(argument, mention=moved),))
    entities = (*linked.entities, (moved, linked.entities[0][1]))
    with pytest.raises(EvidenceError, match="reads"):
        list(quads(Linked(replace(linked.report, events=(event,)), entities), Minter(), "f"))


def test_unknown_types_and_unlinked_mentions_are_refused() -> None:
    linked = german()
    with pytest.raises(ValueError, match="entity"):
        list(quads(Linked(linked.report, ()), Minter(), "f"))
    odd = replace(linked.report.events[0], type="Party")
    with pytest.raises(ValueError, match="Party"):
        list(quads(replace(linked, report=replace(linked.report, events=(odd,))), Minter(), "f"))


def test_no_time_of_day_in_the_graph() -> None:
    assert "dateTime" not in json.dumps([str(q) for q in sample().quads()])
