"""The shelf: tellings come back as they were put there, or with the actors that they were resolved to, however many there are."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import GraphAccess
from kg.resolve import shelf as shelves
from kg.resolve.actors import Seen
from kg.resolve.clusters import Constraints
from kg.resolve.incidents import incidents
from kg.resolve.shelf import Account, Shelf
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
        shelf.add(Account.of(A, "", (), [putin, Seen("p:jan", "Person", "Jan Jansen", (), False)]))
        shelf.add(Account.of(B, "", (), [replace(putin, name="Poetin", countries=("c:BY",))]))
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


def test_a_shelf_in_a_file_is_there_the_next_time(tmp_path: Path) -> None:
    one, other = shipment("1", A), shipment("2", B)
    with Shelf(tmp_path / "shelf") as shelf:
        shelf.add(Account.of(A, "read once", [one], [Seen("p:jan", "Person", "Jan Jansen", (), False)], ["country/IR", "country/RU"]))
        shelf.add(Account.of(B, "read once", [other], (), ["country/IR"]))
        assert shelf.used() == {"country/IR", "country/RU"}
    with Shelf(tmp_path / "shelf") as shelf:
        assert list(shelf) == [one, other]
        assert shelf.readings() == {A.iri: "read once", B.iri: "read once"}
        assert [row[0].iri for row in shelf.actors()] == ["p:jan"]
        shelf.add(Account.of(A, "read twice", [replace(one, event="event/3")]))
        assert [telling.event for telling in shelf] == ["event/3", other.event]
        assert shelf.readings()[A.iri] == "read twice"
        assert list(shelf.actors()) == []
        shelf.drop([A.iri, "article/none"])
        assert list(shelf) == [other]
        assert shelf.used() == {"country/IR"}


def test_what_is_no_shelf_of_this_layout_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "shelf"
    for spoilt in (b"", b"no database at all" * 1000):
        path.write_bytes(spoilt)
        with Shelf(path) as shelf:
            assert shelf.readings() == {}
            shelf.add(Account.of(A, "read", [shipment("1", A)]))
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 999")
    base.close()
    with Shelf(path) as shelf:
        assert list(shelf) == []


def test_an_account_is_put_down_in_full_or_not_at_all(tmp_path: Path) -> None:
    told = shipment("1", A)
    with Shelf(tmp_path / "shelf") as shelf:
        shelf.add(Account.of(A, "read once", [told]))
        broken = replace(Account.of(A, "read twice", [shipment("2", A)]), tellings=(("event/2", "kind", b""), ("event/2", "kind", b"")))
        with pytest.raises(GraphAccess, match=r"shelf: .*delete this file and run the same command again"):
            shelf.add(broken)
        assert list(shelf) == [told]
    with Shelf(tmp_path / "shelf") as shelf:
        assert shelf.readings() == {A.iri: "read once"}


@pytest.mark.parametrize(("name", "words"), [(None, "is full; make room, or set TMPDIR"), ("shelf", "shelf: the disk is full; nothing that was")])
def test_a_full_disk_is_told_in_one_line(name: str | None, words: str, tmp_path: Path) -> None:
    with Shelf(tmp_path / name if name else None) as shelf:
        shelf._base.execute("PRAGMA max_page_count = 20")
        many = Account.of(A, "", [shipment(f"{n}", A) for n in range(500)])
        with pytest.raises(GraphAccess, match=words) as caught:
            shelf.add(many)
        assert name is None or list(shelf) == []
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)
