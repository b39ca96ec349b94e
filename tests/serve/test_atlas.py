"""The map: places where they lie, a view that holds what it shows, and states that are there."""

from __future__ import annotations

import pytest

from kg.data.gazetteer import gazetteer
from kg.serve.atlas import draw, spot_of
from tests.serve.client import send
from tests.serve.test_pages import BASE, check

TEHRAN, MOSCOW, SYDNEY = (f"{BASE}place/geonames-{number}" for number in (112931, 524901, 2147714))
NAMES = {TEHRAN: "Tehran", MOSCOW: "Moscow", SYDNEY: "Sydney"}


def test_a_city_lies_where_it_lies() -> None:
    x, y = spot_of(TEHRAN) or (0, 0)
    assert (x / 4 - 180, 90 - y / 4) == pytest.approx((51.42, 35.69), abs=0.05)
    assert spot_of(f"{BASE}place/geonames-1") is None
    assert spot_of(f"{BASE}place/the-border") is None


def test_the_view_holds_every_place_and_is_twice_as_wide_as_high() -> None:
    for places in ([TEHRAN], [TEHRAN, MOSCOW], [TEHRAN, MOSCOW, SYDNEY]):
        made = draw(places, NAMES)
        assert made is not None
        left, top, wide, high = made.view
        assert wide == pytest.approx(2 * high) or wide == 1440
        assert all(left < spot.x < left + wide and top < spot.y < top + high for spot in made.spots)
        assert 0 <= left <= left + wide <= 1440


def test_what_is_told_more_is_larger_and_the_rest_is_counted() -> None:
    made = draw([TEHRAN, MOSCOW, MOSCOW, MOSCOW], NAMES)
    assert made is not None
    assert [(spot.name, spot.count) for spot in made.spots] == [("Moscow", 3), ("Tehran", 1)]
    assert made.spots[0].radius > made.spots[1].radius
    assert made.more == 0


def test_only_states_in_view_are_drawn_and_those_with_a_part_are_marked() -> None:
    made = draw([TEHRAN], NAMES, ["IR", "XX"])
    assert made is not None
    assert [code for code, _, marked in made.states if marked] == ["IR"]
    drawn = {code for code, _, _ in made.states}
    assert {"IR", "IQ", "TM"} <= drawn
    assert not {"AU", "BR", "US"} & drawn


def test_every_state_of_the_map_is_one_that_the_program_knows_and_nothing_gives_no_map() -> None:
    world = draw([], {}, gazetteer().codes())
    assert world is not None
    assert len(world.states) > 170
    assert {code for code, _, _ in world.states} <= set(gazetteer().codes())
    assert draw([f"{BASE}place/the-border"], {}) is None
    assert draw([], {}, ["XX"]) is None


def test_the_page_of_a_country_has_its_map_and_no_foreign_markup(address: str) -> None:
    html = send(address, "/id/country/IR", accept="text/html").text
    check(html)
    assert '<figure class="map">' in html
    assert html.count('class="state marked"') == 1
    assert "Natural Earth" in html
    assert '<figure class="map">' not in send(address, "/list/countries", accept="text/html").text
