"""Each analysis on a graph by hand whose answer is known."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.analyse.chokepoints import chokepoints
from kg.analyse.disputes import contradictions, lone
from kg.analyse.engine import has_igraph, igraph_betweenness, sampled_betweenness
from kg.analyse.eras import eras
from kg.analyse.motifs import motifs
from kg.analyse.routes import routes
from kg.analyse.sources import sources
from kg.analyse.supply import supply
from kg.graph.groupings import ConflictFact
from tests.analyse.hand import E, event, grouping, material


def test_supply_by_month_and_class_with_new_and_ceased_flows() -> None:
    found = supply(material(
        event("1", "Shipment", "A", "B", "2022-01-05"), event("2", "Shipment", "A", "B", "2022-01-20", article="a2"),
        event("3", "Shipment", "C", "B", "2023-11-01"), event("4", "Shipment", "A", "B", "2022-03-01", cargo="oil"),
        event("5", "Shipment", "A", "D", "2022-01-01"), event("6", "Shipment", "A", "D", "2023-12-01"),
    ), window=6)  # fmt: skip
    rows = {(f.supplier, f.recipient, f.cargo): f for f in found.flows}
    assert rows["A", "B", "arms"].months == (("2022-01", 2),)
    assert rows["A", "B", "arms"].articles == 2
    assert {key: f.state for key, f in rows.items()} == {
        ("A", "B", "arms"): "ceased", ("C", "B", "arms"): "new", ("A", "B", "energy"): "ceased", ("A", "D", "arms"): "steady",
    }  # fmt: skip
    assert (found.months[0], found.months[-1], len(found.months)) == ("2022-01", "2023-12", 24)


def test_denied_negated_and_planned_shipments_are_no_flows_unless_asked() -> None:
    events = (
        event("1", "Shipment", "A", "B", claims=[("A", "denies")]), event("2", "Shipment", "A", "B", modality="negated"),
        event("3", "Shipment", "A", "B", modality="planned"),
    )  # fmt: skip
    assert supply(material(*events)).flows == ()
    assert len(supply(material(*events, all_events=True)).flows[0].events) == 3


def test_an_event_without_a_time_is_dated_by_its_article_and_says_so() -> None:
    flow = supply(material(event("1", "Shipment", "A", "B"))).flows[0]
    assert (flow.months, flow.by_article) == ((("2024-01", 1),), 1)


def test_the_middle_of_a_chain_is_a_broker_and_an_articulation_point() -> None:
    found = chokepoints(material(event("1", "Shipment", "A", "M"), event("2", "Shipment", "M", "B"), event("3", "Shipment", "M", "C")))
    (middle,) = found.nodes
    assert (middle.name, middle.betweenness, middle.articulation, middle.cuts) == ("M", 1.0, True, ("B", "C"))
    assert middle.constraint == pytest.approx(1 / 3)  # three ties that know nothing of each other (Burt 1992)
    assert middle.between == (("A", "B"), ("A", "C"))


def test_engines_agree() -> None:
    graph = nx.gnm_random_graph(30, 60, seed=1)
    nx.set_edge_attributes(graph, {edge: 2.0 ** -(i % 3) for i, edge in enumerate(sorted(graph.edges))}, "distance")
    # exact in binary: igraph tells ties with a tolerance, networkx does not
    wanted = nx.betweenness_centrality(graph, weight="distance")
    assert sampled_betweenness(graph, 30) == pytest.approx(wanted)
    if has_igraph():
        assert igraph_betweenness(graph) == pytest.approx(wanted)
        several = igraph_betweenness(graph, 20)  # an estimate: near on average, and the same each time
        assert several == igraph_betweenness(graph, 20)
        assert sum(several.values()) == pytest.approx(sum(wanted.values()), rel=0.3)


def test_routes_lead_through_intermediaries_and_a_country_stands_for_its_own() -> None:
    made = material(
        event("1", "Shipment", "A", "B", intermediary="firm"), event("2", "Shipment", "guard", "M"), event("3", "Shipment", "M", "N"),
        event("4", "Shipment", "N", "B"), event("5", "Shipment", "M", "B", modality="planned"), guard="A",
    )  # fmt: skip
    found = routes(made, [E + "A"], [E + "B"], count=5)
    assert [r.stops for r in found] == [("A", "firm", "B"), ("guard", "M", "N", "B")]
    assert found[1].events == (E + "2", E + "3", E + "4")
    assert routes(made, [E + "B"], [E + "A"]) == ()


def test_a_relay_lies_within_its_window_and_bears_one_class() -> None:
    made = material(
        event("1", "Shipment", "A", "B", "2023-01-10"), event("2", "Shipment", "B", "C", "2023-03-10"),
        event("3", "Shipment", "B", "D", "2023-02-10", cargo="oil"),
        event("4", "Shipment", "B", "F", "2022-12-10"), event("s", "Sanction", "Z", "C"),
    )  # fmt: skip
    (relay,) = motifs(made, window=2).relays
    assert (relay.source, relay.middle, relay.target, relay.months, relay.sanctioned) == ("A", "B", "C", 2.0, True)
    assert motifs(made, window=1).relays == ()


def test_goods_out_and_technology_back_are_an_exchange() -> None:
    made = material(event("1", "Shipment", "A", "B", "2023-01-10"), event("2", "Shipment", "B", "A", "2023-04-10", cargo="oil"))
    (exchange,) = motifs(made, window=3).exchanges
    assert (exchange.giver, exchange.taker, exchange.goods, exchange.back) == ("A", "B", "arms", "energy")
    assert motifs(made, window=2).exchanges == ()


def test_a_community_goes_on_and_tells_who_joined() -> None:
    triangle = [("A", "B"), ("B", "C"), ("A", "C")]
    before = [event(f"x{i}", "Meeting", a, b, "2022-05-01") for i, (a, b) in enumerate(triangle)]
    after = [event(f"y{i}", "Meeting", a, b, "2023-05-01") for i, (a, b) in enumerate([*triangle, ("A", "D"), ("B", "D")])]
    late, early = eras(material(*before, *after), window=12).communities
    assert (late.line, late.joined, late.left, late.likeness) == (early.line, ("D",), (), 0.75)


def test_sources_are_counted_and_linked() -> None:
    made = material(
        event("1", "Shipment", "A", "B", claims=[("agency", "asserts"), ("outlet1", "asserts")]),
        event("2", "Shipment", "A", "B", article="a2", claims=[("ministry", "denies")]), groupings=[grouping("i", "1", "2")],
    )  # fmt: skip
    found = sources(made)

    assert {(k.how, k.other) for k in found.links} >= {("cites", "agency"), ("cites", "ministry"), ("denies", "agency"), ("follows", "outlet1")}
    assert {r.name: r.stances for r in found.rows}["ministry"] == (("denies", 1),)


def test_contradictions_and_single_sources() -> None:
    conflict = ConflictFact("quantity", "10", "20", (E + "1",), (E + "2",))
    made = material(
        event("1", "Shipment", "A", "B"), event("2", "Shipment", "A", "B", article="a2"), event("3", "Shipment", "A", "C"),
        groupings=[grouping("two", "1", "2", origins=("o", "p"), conflicts=[conflict]), grouping("one", "3")],
    )  # fmt: skip
    (row,) = contradictions(made)
    assert (row.incident, row.kind, row.one, row.other) == ("two", "quantity", "10", "20")
    assert [s.incident for s in lone(made)] == ["one"]
