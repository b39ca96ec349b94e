"""What tells two happenings apart though their roles do not, and that no incident holds two tellings that exclude each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from kg.resolve.clusters import Constraints, agglomerate
from kg.resolve.features import features, probability
from kg.resolve.proper import recalling
from kg.resolve.rules import rules
from kg.resolve.telling import Amount, Party, Telling
from tests.resolve.tellings import country, goods, incidents, person, shells, shipment, source

A, B = source("a.txt"), source("b.txt", "2024-03-11")


def test_what_an_article_sets_beside_what_it_told_before_is_another() -> None:
    first, more = shipment("1", A, at=10, words=frozenset()), shipment("2", A, ("patient", country("RU")), at=200, beside=True)
    assert features(first, more)["told beside"] == features(more, first)["told beside"] == 1
    assert probability(first, more) < probability(first, replace(more, beside=False)) / 2
    assert "told beside" not in features(shipment("1", A, at=10), shipment("2", A, at=200))
    assert "told beside" not in features(shipment("1", A, at=10, beside=True), shipment("2", A, at=200))  # beside something else
    assert "told beside" not in features(first, shipment("2", B, at=200, beside=True))
    assert "told beside" not in features(shipment("1", A, at=0, headline=True), more)  # the text tells what its headline told


def test_one_sentence_that_counts_twice_tells_two() -> None:
    three, four = (Amount("person", n, n, str(n)) for n in (3, 4))
    dead = shipment("1", A, sentence="three died, four burned", amounts=(three,))
    assert features(dead, shipment("2", A, sentence="three died, four burned", amounts=(four,)))["counted apart"] == 1
    assert "counted apart" not in features(dead, shipment("2", A, sentence="three died, four burned", amounts=(three,)))
    assert "counted apart" not in features(dead, shipment("2", A, sentence="a later toll", amounts=(four,)))


def test_sentences_without_a_state_in_common() -> None:
    bulgaria = shipment("1", A, ("object", goods("drone")), states=frozenset({country("BG").iri}))
    assert features(bulgaria, shipment("2", B))["two states"] == 1
    assert "two states" not in features(bulgaria, shipment("2", B, states=frozenset({country("BG").iri})))
    assert "two states" not in features(shipment("1", A, ("object", goods("drone"))), shipment("2", B))  # what is untold does not differ


def test_what_goes_on_is_not_what_happened_once() -> None:
    since = shipment("1", A, days=("2023-11-11", None))
    assert features(since, shipment("2", B, days=("2024-03-06", "2024-03-06")))["once and ever since"] == 1
    assert "once and ever since" not in features(since, shipment("2", B, days=("2023-01-01", "2023-12-31")))


def test_a_headline_tells_news() -> None:
    headline = shipment("1", source("a.txt", "2024-04-05"), days=(None, None), headline=True)
    assert features(headline, shipment("2", B, days=("2024-03-11", "2024-03-11")))["not the news"] == 1
    assert "not the news" not in features(headline, shipment("2", B, days=("2024-04-03", "2024-04-03")))


def test_years_are_not_euros() -> None:
    years, months, euros = (Amount(unit, n, n, unit) for unit, n in (("year", 4), ("month", 6), ("euro", 900_000)))
    prison, fine = shipment("1", A, amounts=(years,)), shipment("2", B, amounts=(euros,))
    assert features(prison, fine)["other measure"] == 1
    assert "other measure" not in features(prison, shipment("2", B, amounts=(months,)))


def test_a_number_that_many_things_have_says_less() -> None:
    few, many = (features(shipment("1", A, amounts=(shells(n, n),)), shipment("2", B, amounts=(shells(n, n),))) for n in (10, 12_400))
    assert few["same quantity"] < many["same quantity"] == 1


def test_a_name_that_the_other_sentence_holds_is_no_other_name() -> None:
    one = shipment("1", A, ("patient", person("Antony Blinken")), words=frozenset({"blink", "anton", "kalla", "kaja"}))
    assert "other name" not in features(one, shipment("2", B, ("patient", person("Kaja Kallas"))))
    assert "other name" in features(one, shipment("2", B, ("patient", person("Ursula Meier"))))


def test_articles_alike_say_less_where_they_tell_many_of_the_type() -> None:
    def pair(often: int) -> dict[str, float]:
        places = [source(n, profile=("x", "y", "z", "u", "v", "w")) for n in ("a.txt", "b.txt")]
        one, other = (shipment(s.name, type(s)(s.iri, s.name, s.voice, "nl", s.published, (), s.profile, (("Shipment", often),))) for s in places)
        return features(one, other)

    assert pair(1)["seldom told"] == pair(1)["articles in common"] == 1
    assert pair(4)["seldom told"] == 0.25


@pytest.mark.parametrize("seed", range(3))
def test_no_set_holds_two_that_exclude_each_other_however_large_it_is(seed: int) -> None:
    names = [f"{n:02}" for n in range(20)]
    foes = {("00", "19"), ("09", "10"), ("12", "18")}  # most are beyond the sample of a set
    known = {pair: 0.01 if pair in foes else 0.9 for pair in combinations(names, 2)}
    rows = list(known.items())
    Random(seed).shuffle(rows)
    found = agglomerate(names, dict(rows), lambda a, b: known[a, b], 0.5, Constraints(), veto=0.08)
    assert found == agglomerate(names, known, lambda a, b: known[a, b], 0.5, Constraints(), veto=0.08)
    assert sum(map(len, found)) == 20
    assert len(found) < 5
    assert not any(set(pair) <= set(row) for pair in foes for row in found)


def test_nothing_attaches_that_a_telling_of_the_happening_or_another_plan_excludes() -> None:
    told = [shipment(str(n), source(f"{n}.txt"), amounts=(shells(800, 800),)) for n in range(4)]
    plans = [shipment(f"p{n}", B, modality="planned", sentence="two plans", at=5, amounts=(shells(size, size),)) for n, size in enumerate((800, 90))]
    found = incidents([*told, *plans])
    for incident in found:
        assert all(probability(a, b) >= rules().veto for a, b in combinations(incident.all, 2))
    assert max(len(i.attached) for i in found) == 1


def test_who_strikes_in_the_one_is_not_struck_in_the_other() -> None:
    by_yemen = shipment("1", A, ("agent", country("YE")), ("patient", goods("ship")), type="Attack")
    on_yemen = shipment("2", B, ("agent", country("US")), ("place", country("YE")), type="Attack")
    assert features(by_yemen, on_yemen)["doer befallen"] == features(on_yemen, by_yemen)["doer befallen"] == 1
    assert "doer befallen" not in features(by_yemen, shipment("2", B, ("agent", country("YE")), ("place", country("YE")), type="Attack"))
    assert len(incidents([by_yemen, on_yemen])) == 2


def test_the_weapon_is_the_one_named_last_before() -> None:
    def made(event: str, name: str, at: int, sentence: str, kind: str = "Production") -> Telling:
        thing = Party("cargo/weapon", "CargoType", name, None, "weapon")
        return shipment(event, replace(A, language="en"), ("agent", country("IN")), ("object", thing), type=kind, at=at, sentence=sentence)

    named = made("1", "Agni-Prime", 5, "India tested the Agni-Prime.", "WeaponTest")
    pointing = made("2", "weapon", 60, "The weapon is being developed by a laboratory.")
    found = {t.event[-1]: t.recalled for t in recalling([pointing, named])}
    assert found == {"1": frozenset(), "2": frozenset({"agni prime"})}
    other = made("3", "Agni-5", 5, "India tested the Agni-5.", "WeaponTest")
    (again,) = (t for t in recalling([other, replace(pointing, event="e/4")]) if t.recalled)
    assert features(recalling([named, pointing])[1], again)["other name"] == 1
    for words in ("A weapon is being developed.", "Weapons are developed."):
        assert not any(t.recalled for t in recalling([named, made("2", "weapon", 60, words)]))
    between = made("3", "weapon", 30, "A weapon was shown.")
    assert not any(t.recalled for t in recalling([named, between, pointing]))
    drones = replace(pointing, parties=(("object", Party("cargo/oil", "CargoType", "weapon", None, "oil")),))
    assert not any(t.recalled for t in recalling([named, drones]))
