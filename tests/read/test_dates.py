"""Dates as feeds, tables and headers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read import Wanted, make_article, wanted_languages
from kg.read.article import Metadata
from kg.read.dateline import published
from kg.read.dates import as_date, last_day


@pytest.mark.parametrize(("written", "day"), [
    ("2024-03-05", "2024-03-05"), ("2024-03-05T23:30:00-08:00", "2024-03-05"), ("2024-03-05 09:30:00.123", "2024-03-05"),
    ("20240305T093000Z", "2024-03-05"),
    ("Tue, 05 Mar 2024 23:30:00 -0800", "2024-03-05"), (1709629200, "2024-03-05"), ("1709629200000", "2024-03-05"), (1709629200.5, "2024-03-05"),
    ("5 maart 2024", "2024-03-05"), ("5. März 2024", "2024-03-05"), ("March 5, 2024", "2024-03-05"), ("5 mars 2024", "2024-03-05"),
    ("05.03.2024", "2024-03-05"), ("2024-03", "2024-03"), ("2024", "2024"), ("03/04/2024", "2024-04-03"),
    ("2024-02-31", None), ("0000-00-00", None), ("99999999999999999999", None), ("", None), (None, None), (True, None), ("morgen", None),
    ("2024-13", "2024"), ("٢٠٢٤-٠٣-٠٥", "2024-03-05"), ([], None), ({}, None), ("12345-01-01", None), ("Tue, 99 Foo 20244 99:99:99 +9999", None),
    (float("nan"), None), (10**400, None),
])  # fmt: skip
def test_written_and_meant(written, day):
    assert as_date(written) == day


LIKE_A_DATE = st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}( .{0,9})?", fullmatch=True)


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), LIKE_A_DATE))
def test_a_date_is_a_date_or_nothing(value):
    found = as_date(value)
    assert found is None or date.fromisoformat(found + "-01-01"[len(found) - 4 :] if len(found) < 10 else found)


@pytest.mark.parametrize("text", [" date 2024-02-31\n\nEen bericht.", "31 februari 2024, 10:30 uur\n\nx", " date ٢٠٢٤-٠٣\n\nx", "٣١/٠٢/٢٠٢٤\nx"])
def test_a_day_that_no_calendar_has_is_not_taken_from_a_text(text):
    found = published(text, "nl")
    assert found is None or found.isascii()
    assert found in (None, "2024", "2024-02", "2024-03")


def test_the_last_day_that_may_be_meant():
    assert [last_day(day) for day in ("2024", "2024-02", "2024-02-03")] == ["2024-12-31", "2024-02-31", "2024-02-03"]


def test_which_articles_are_wanted():
    text = "De regering stuurde maandag twee schepen met graan naar de haven van Beiroet."
    articles = {day: make_article("a", text, Metadata(published=day)) for day in (None, "2023", "2024", "2024-02", "2024-03-05")}
    wanted = Wanted(date(2024, 3, 1), wanted_languages(["NL"]))
    assert [day for day, article in articles.items() if wanted.reason_against(article) is None] == ["2024", "2024-03-05"]
    assert Wanted(languages=wanted_languages(["de"])).reason_against(articles[None]) == "in another language (nl)"
    with pytest.raises(InputError, match="--language es"):
        wanted_languages(["es"])
