"""The measures give the figures of the published worked example, and keep their bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.score.coreference import agreement


def test_the_worked_example_of_the_reference_paper() -> None:
    """Pradhan et al. 2014, section 4: key {abc}{defg}, response {ab}{cd}{fghi}."""
    found = agreement(["abc", "defg"], ["ab", "cd", "fghi"])
    assert (found.muc.recall, found.muc.precision) == pytest.approx((0.40, 0.40))
    assert (found.b3.recall, found.b3.precision) == pytest.approx((0.42, 0.50), abs=0.005)
    assert (found.ceafe.recall, found.ceafe.precision) == pytest.approx((0.65, 0.43), abs=0.005)
    assert found.conll == pytest.approx((found.muc.f1 + found.b3.f1 + found.ceafe.f1) / 3)
    assert (found.mentions, found.found) == (7, 6)


def test_nothing_predicted_is_nothing_right() -> None:
    assert agreement(["ab"], []).conll == 0


@given(st.lists(st.integers(0, 4), min_size=2, max_size=12), st.lists(st.integers(0, 4), min_size=2, max_size=12))
def test_bounds_and_the_perfect_score(one: list[int], other: list[int]) -> None:
    def clusters(row: list[int]) -> list[list[int]]:
        return [[i for i, home in enumerate(row) if home == c] for c in sorted(set(row))]

    found = agreement(clusters(one), clusters(other))
    for rate in (found.muc, found.b3, found.ceafe):
        assert 0 <= rate.precision <= 1
        assert 0 <= rate.recall <= 1
    same = agreement(clusters(one), clusters(one))
    assert same.b3.f1 == same.ceafe.f1 == pytest.approx(1)
