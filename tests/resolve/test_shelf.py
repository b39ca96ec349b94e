"""The shelf: tellings come back as they were put there, or with the actors that they were resolved to, however many there are."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from kg.errors import GraphAccess
from kg.resolve import shelf as shelves
from kg.resolve.actors import Seen
from kg.resolve.clusters import Constraints
from kg.resolve.incidents import incidents
from kg.resolve.shelf import Shelf
from tests.resolve.tellings import country, person, shells, shipment, source, stand

A, B = source("a.txt", signature=tuple(range(128)), profile=("country/IR",)), source("b.txt")
JAN, JON = person("Jan Jansen", "NL"), person("Jon Jansen", "NL")


def test_a_telling_comes_back_as_it_was() -> None:
    late = shipment("1", B, ("agent", JAN), recalled=frozenset({"agni 5"}), days=(None, "2024-03-05"))
    told = [shipment("2", A, amounts=(shells(500, None),)), late]
    with Shelf.of(told) as shelf:
        assert list(shelf) == sorted(told, key=lambda telling: telling.event)
        assert shelf.telling(told[0].event) == told[0]
        assert shelf.telling(told[0].event).source == A
        with pytest.raises(KeyError):
            shelf.telling("event/none")


def test_resolved_actors_stand_for_those_that_were_told() -> None:
    told = shipment("1", A, ("agent", JON), ("patient", country("RU")), stands=(stand(by=JON.iri.rsplit("id/", 1)[-1]),))
    with Shelf.of([told]) as shelf:
        assert shelf.telling(told.event) == told
        shelf.merge({JON.iri: JAN.iri})
        found = shelf.telling(told.event)
        assert found.giver == (replace(JON, iri=JAN.iri),)
        assert [s.by for s in found.stands] == [JAN.iri]


def test_an_actor_is_the_same_however_articles_spell_it() -> None:
    putin = Seen("p:putin", "Person", "Vladimir Putin", ("c:RU",), True)
    with Shelf() as shelf:
        shelf.see([putin, Seen("p:jan", "Person", "Jan Jansen", (), False)])
        shelf.see([replace(putin, name="Poetin", countries=("c:BY",))])
        rows = list(shelf.actors())
        assert rows == list(shelf.actors())
    assert sorted(one for row in rows for one in row) == [
        Seen("p:jan", "Person", "Jan Jansen", (), False, 1), Seen("p:putin", "Person", "Poetin", ("c:BY", "c:RU"), True, 2),
    ]  # fmt: skip


def test_only_events_of_a_group_of_types_meet_unless_a_person_called_them_the_same() -> None:
    one, other, third = shipment("1", A), shipment("2", B), shipment("3", B, type="Meeting")
    with Shelf.of([third, other, one]) as shelf:
        assert sorted(shelf.parts(Constraints())) == [(one.event, other.event), (third.event,)]
        judged = Constraints(same=[(one.event, third.event), ("event/gone", one.event)])
        assert list(shelf.parts(judged)) == [(one.event, other.event, third.event)]


def test_what_is_found_does_not_depend_on_how_much_is_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [shipment(f"{n:02}", source(f"{n}.txt"), days=(f"2024-03-{n % 5 + 1:02}", "2024-03-09")) for n in range(20)]
    with Shelf.of(told) as shelf:
        wanted = list(incidents(shelf))
    monkeypatch.setattr(shelves, "_AT_HAND", 1)
    monkeypatch.setattr(shelves, "_SOURCES", 1)
    with Shelf.of(reversed(told)) as shelf:
        assert list(incidents(shelf)) == wanted


def test_a_full_disk_is_told_in_one_line() -> None:
    with Shelf() as shelf:
        shelf._base.execute("PRAGMA max_page_count = 20")
        with pytest.raises(GraphAccess, match="make room, or set TMPDIR") as caught:
            shelf.add(shipment(f"{n}", replace(A, iri=f"article/{n}")) for n in range(500))
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)
