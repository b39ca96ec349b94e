"""Parts of stretches of the calendar: none ends before it begins, whatever the stretch."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract.timecalendar import Whole, edge_of, half_of, unit_around

_BEGINS = st.dates(date(1801, 1, 1), date(2090, 1, 1))


def test_edges_of_known_stretches() -> None:
    weekend = unit_around(date(2024, 2, 24), "weekend")
    assert [edge_of(edge, weekend) for edge in ("begin", "middle", "end")] == [
        Whole(date(2024, 2, 24), date(2024, 2, 24)), weekend, Whole(date(2024, 2, 25), date(2024, 2, 25)),
    ]  # fmt: skip
    two_years = Whole(date(2022, 1, 1), date(2023, 12, 31))
    assert edge_of("begin", two_years) == Whole(date(2022, 1, 1), date(2022, 8, 31))
    assert edge_of("end", two_years) == Whole(date(2023, 5, 1), date(2023, 12, 31))
    assert edge_of("end", Whole(date(2024, 3, 3), date(2024, 3, 12))) == Whole(date(2024, 3, 10), date(2024, 3, 12))
    assert edge_of("end", Whole(date(2024, 5, 1), date(2024, 6, 30))) == Whole(date(2024, 6, 11), date(2024, 6, 30))


@given(_BEGINS, st.integers(1, 4000))
@example(date(2024, 1, 31), 46)
def test_edges_and_halves_follow_each_other(first: date, length: int) -> None:
    whole = Whole(first, first + timedelta(length - 1))
    begin, middle, end = (edge_of(edge, whole) for edge in ("begin", "middle", "end"))
    assert begin is not None
    assert middle is not None
    assert end is not None
    assert all(part.first <= part.last for part in (begin, middle, end))
    assert begin.first <= middle.first <= end.first
    assert begin.last <= middle.last <= end.last
    one, other = half_of(1, whole), half_of(2, whole)
    if length > 1:
        assert one is not None
        assert other is not None
        assert first == one.first <= one.last < other.first <= other.last == whole.last
