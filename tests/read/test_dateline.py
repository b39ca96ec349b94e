"""The publication date comes from the text alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.dateline import published


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (" date 2020-10 Ook in tijden van crisis gaat het door.", "nl", "2020-10"),
        (" date 2017-08 TDV\n\n25/08/17 - 14u10 Bron: CNN\n\nTekst.", "nl", "2017-08-25"),
        ("date 2019\nTekst", "nl", "2019"),
        ("Gepubliceerd: 12 maart 2024 14:05\nTekst", "nl", "2024-03-12"),
        ("Treffen in Wien, sagt Minister – 18.12.2024 um 13:39 Uhr.\nText", "de", "2024-12-18"),
        ("Stand: 3. März 2021\nText", "de", "2021-03-03"),
        ("Updated 3:15 PM EST, Tue March 5, 2024\nText", "en", "2024-03-05"),
        ("Publié le 1er février 2022 à 8h30\nTexte", "fr", "2022-02-01"),
        ("NAIROBI, 3 March 2024 - Soldiers left.", "en", "2024-03-03"),
        ("28. Juni 2024. Der Mann lächelt bis zuletzt und geht dann mit seinem Anwalt aus dem Saal.", "de", "2024-06-28"),
        # a header tells the month, the line that opens the story the day
        (" date 2024-12 De Haven\n\nKop\n\nKUALA LUMPUR, 17 december - De kustwacht heeft een schip aangehouden.", "nl", "2024-12-17"),
        (" date 2024-04 Wire\n\nNIAMEY, April 12 (Sahel Wire) - Instructors landed.", "en", "2024-04-12"),
        (" date 2024-03 Gazette\n\n14 mars. Pour Washington, le bateau venait d'ailleurs.", "fr", "2024-03-14"),
        (" date 2024-03 Bode\n\nOp 14 februari. kwam niemand.", "nl", "2024-03"),
        ("NIAMEY, April 12 (Sahel Wire) - Instructors landed.", "en", None),  # of which year?
        # a date inside the story is when something happened, not when it was printed
        ("Op 12 maart 2019 viel het leger de stad aan en trok zich daarna weer terug uit het hele gebied.", "nl", None),
        ("Updated 03/04/2024\nText", "en", None),  # March in New York, April in London
        ("Geen datum hier", "nl", None),
        ("", "nl", None),
    ],
)
def test_published(text, language, expected):
    assert published(text, language) == expected


def test_a_header_keeps_a_contradicting_date_out():
    assert published(" date 2020-10\n\n25/08/17 - 14u10", "nl") == "2020-10"


@given(st.text(max_size=200), st.sampled_from(["nl", "de", "en", "fr"]))
def test_never_fails(text, language):
    result = published(text, language)
    assert result is None or len(result) in (4, 7, 10)
