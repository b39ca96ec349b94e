"""Which tellings are one happening: what joins, what never does, and that neither order nor articles elsewhere matter."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from kg.resolve.apart import differ
from kg.resolve.blocks import pairs
from kg.resolve.clusters import Constraints
from kg.resolve.features import AGAINST, EITHER, FEATURES, features, probability, reason
from kg.resolve.rules import rules
from kg.resolve.telling import Incident, Party, Telling
from tests.resolve.tellings import country, goods, incidents, person, shells, shipment, source, stand

A, B, C = source("a.txt"), source("b.txt", "2024-03-11"), source("c.txt", "2024-03-12")


def groups(found: tuple[Incident, ...]) -> list[set[str]]:
    return sorted(({t.event.rsplit("/", 1)[-1] for t in i.all} for i in found), key=sorted)


def test_one_happening_in_three_articles_and_another_elsewhere() -> None:
    other = (("agent", country("CN")), ("patient", country("PK")), ("object", goods("missile")))
    told = [shipment("1", A), shipment("2", B), shipment("3", C), shipment("4", C, *other, words=frozenset({"china", "pakis"}))]
    found = incidents(told)
    assert groups(found) == [{"1", "2", "3"}, {"4"}]
    for _ in range(5):
        Random(7).shuffle(told)
        assert incidents(told) == found


def test_an_article_withdrawn_takes_only_its_support() -> None:
    told = [shipment("1", A), shipment("2", B), shipment("3", C)]
    (whole,), (less,) = incidents(told), incidents(told[:2])
    assert whole.key == less.key
    assert (len(whole.origins), len(less.origins)) == (3, 2)
    assert whole.support > less.support > 0


def test_plans_denials_and_negations_attach_and_are_no_happening_of_their_own() -> None:
    denial = shipment("2", B, stands=(stand("denies", "country/IR", own=False, known=True),))
    plan = shipment("3", C, modality="planned")
    (one,) = incidents([shipment("1", A), denial, plan])
    assert one.happened
    assert [t.event[-1] for t in one.tellings] == ["1"]
    assert {t.event[-1] for t in one.attached} == {"2", "3"}
    assert {c.kind for c in one.conflicts} == {"polarity"}
    assert "denied by" in one.arithmetic
    alone = incidents([denial, plan])
    assert not any(i.happened for i in alone)
    assert all(i.support == 0 for i in alone)


def test_a_judgement_outweighs_every_likeness() -> None:
    told = [shipment("1", A), shipment("2", B), shipment("3", C)]
    one, two = told[0].event, told[1].event
    apart = incidents(told, Constraints(different=[(one, two)]))
    assert not any({one, two} <= {t.event for t in i.all} for i in apart)
    far = shipment("9", C, ("agent", country("US")), days=("2020-01-01", "2020-01-02"), words=frozenset())
    joined = incidents([told[0], far], Constraints(same=[(one, far.event)]))
    assert groups(joined) == [{"1", "9"}]
    assert groups(incidents([told[0], far])) == [{"1"}, {"9"}]


def test_a_plan_judged_apart_does_not_attach() -> None:
    happening, plan = shipment("1", A), shipment("2", B, modality="planned")
    assert groups(incidents([happening, plan], Constraints(different=[(happening.event, plan.event)]))) == [{"1"}, {"2"}]


def test_conflicts_keep_both_sides() -> None:
    one, two = shipment("1", A, amounts=(shells(800, 800),)), shipment("2", B, amounts=(shells(500, 500),))
    (found,) = incidents([one, two], Constraints(same=[(one.event, two.event)]))
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.one, conflict.other) == ("quantity", "500–500 shells", "800–800 shells")
    assert (conflict.one_events, conflict.other_events) == ((two.event,), (one.event,))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [((10, 10), (10, 10), False), ((10, None), (12, 12), False), ((20, None), (12, 12), True),
     ((None, 150), (200, 200), True), ((1000, 1000), (1020, 1020), False)],
)  # fmt: skip
def test_amounts_that_exclude_each_other(one: tuple[float, float], other: tuple[float, float], apart: bool) -> None:
    assert differ(shells(*one), shells(*other)) is differ(shells(*other), shells(*one)) is apart


def test_goods_go_by_the_tree() -> None:
    def with_goods(slug: str) -> Telling:
        return shipment(slug, A if slug == "weapon" else B, ("agent", country("IR")), ("object", goods(slug)))

    def of(one: str, other: str) -> set[str]:
        return {name for name in features(with_goods(one), with_goods(other)) if "goods" in name}

    assert of("artillery-shell", "artillery-shell") == {"same goods"}
    assert of("weapon", "artillery-shell") == {"goods within goods"}
    assert of("oil", "artillery-shell") == {"other goods"}


def test_features_say_what_differs_and_do_not_depend_on_the_side() -> None:
    one = shipment("1", A, ("agent", person("Alexei Orlov")), ("patient", country("RU")), days=("2024-03-01", "2024-03-01"))
    other = shipment("2", B, ("agent", person("Piet Jansen")), ("patient", country("SY")), days=("2024-03-09", "2024-03-09"))
    found = features(one, other)
    assert {"other doer", "other receiver", "other day", "other name"} <= set(found)
    assert found == features(other, one)
    assert probability(one, other) == probability(other, one) < 0.1
    assert "has another name in the other (-" in reason(one, other)


def called(number: str, name: str, kind: str, **more: Any) -> Telling:
    struck = Party(f"{kind.lower()}/{name}", kind, name, named=kind == "Vessel")
    return shipment(number, A if number == "1" else B, ("agent", country("YE")), ("patient", struck), type="Attack", **more)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [(("True Confidence", "Vessel"), ("Pinocchio", "Topic"), True), (("Agni-5", "CargoType"), ("Agni-Prime", "CargoType"), True),
     (("Agni-5", "CargoType"), ("Agni-V", "CargoType"), False), (("Pinocchio", "Vessel"), ("Pinocchio", "Place"), False),
     (("True Confidence", "Vessel"), ("Iranian ship", "CargoType"), False), (("True Confidence", "Vessel"), ("Iran", "Topic"), False)],
)  # fmt: skip
def test_proper_names_tell_apart_whatever_they_were_read_as(one: tuple[str, str], other: tuple[str, str], apart: bool) -> None:
    pair = called("1", *one), called("2", *other)
    assert ("other name" in features(*pair)) is apart
    assert len(incidents(pair)) == 1 + apart


def test_a_second_time_is_not_the_first() -> None:
    january = shipment("1", A, days=("2024-01-11", "2024-01-11"))
    again = shipment("2", B, days=("2024-01-01", "2024-12-31"), nth=2)
    assert features(january, again)["another time"] == 1
    assert "another time" not in features(again, shipment("3", B, days=("2024-03-10", "2024-03-10")))


def test_bodies_are_told_apart_by_what_describes_them() -> None:
    def hit(number: str, name: str, state: str | None) -> Telling:
        body = Party(f"organization/{number}", "Organization", name, state)
        return shipment(number, replace(A, iri=number, language="en"), ("agent", country("US")), ("patient", body), type="Sanction")

    assert "bodies of another kind" in features(hit("1", "state oil company", None), hit("2", "Chinese firms", "country/CN"))
    assert "bodies of another kind" not in features(hit("1", "companies", None), hit("2", "Chinese firms", "country/CN"))


def test_an_event_is_compared_with_a_fixed_number_however_dense_the_news() -> None:
    told = [shipment(f"{n:03}", A) for n in range(60)]
    met = Counter(pairs(told).ravel().tolist())
    assert len(met) == 60
    assert sum(met.values()) <= 2 * 60 * rules().candidates


def test_every_feature_has_a_weight_of_the_right_sign() -> None:
    weights = rules().weights
    assert list(weights) == list(FEATURES)
    for name, weight in weights.items():
        assert weight <= 0 if name in AGAINST else weight >= 0 or name in EITHER, name


def test_dead_and_wounded_are_two() -> None:
    dead = shipment("1", A, type="Casualty", harm="dead")
    wounded = shipment("2", B, type="Casualty", harm="wounded")
    assert features(dead, wounded)["other harm"] == 1
    assert probability(dead, wounded) < probability(dead, shipment("2", B, type="Casualty", harm="dead"))
