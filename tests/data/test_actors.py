"""The reference actors."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from datetime import date

import pytest

from kg.data import load
from kg.data.actors import ActorsFile, folded
from kg.data.gazetteer import gazetteer
from kg.records import LANGUAGES

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_BODIES = {"EU", "UN", "NATO", "IAEA", "ICC"}


@pytest.fixture(scope="module")
def file() -> ActorsFile:
    return load("actors.yaml", ActorsFile)


def test_schema(file: ActorsFile) -> None:
    codes = set(gazetteer().codes())
    assert len(file.actors) >= 600
    for key, actor in file.actors.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key), key
        assert actor.kind in {"person", "organization", "group"}, key
        assert actor.names, key
        assert len(set(actor.names)) == len(actor.names), key
        assert set(actor.label) <= set(LANGUAGES), key
        assert actor.country is None or actor.country in codes, key
        assert actor.wikidata is None or re.fullmatch(r"Q[1-9]\d*", actor.wikidata), key
        assert actor.kind == "person" or not actor.offices, key
        for office in actor.offices:
            assert office.country is None or office.country in codes | _BODIES, key
            for day in (office.start, office.end):
                assert day is None or _DATE.fullmatch(day), key
            assert not (office.start and office.end) or office.start <= office.end, key


def test_no_name_of_two_actors(file: ActorsFile) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for key, actor in file.actors.items():
        for name in [*actor.names, *actor.label.values()]:
            owners[folded(name)].add(key)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_wikidata_is_of_one_actor(file: ActorsFile) -> None:
    known = [actor.wikidata for actor in file.actors.values() if actor.wikidata]
    assert len(known) == len(set(known))


def test_nobody_shares_an_office(file: ActorsFile) -> None:
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for key, actor in file.actors.items():
        for office in actor.offices:
            held[office.office, office.country or actor.country or ""].append((office.start or "", office.end or "9999", key))
    for office_of, terms in held.items():
        terms.sort()
        for before, after in itertools.pairwise(terms):
            known = min(len(before[1]), len(after[0]))  # a year alone may be shared by two
            assert before[1][:known] <= after[0][:known], (office_of, before, after)


def test_common_words_are_names_of_actors(file: ActorsFile) -> None:
    names = {folded(name) for actor in file.actors.values() for name in [*actor.names, *actor.label.values()]}
    assert {folded(name) for name in file.common} <= names


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Putin", "vladimir-putin"),
        ("Poetins", "vladimir-putin"),
        ("Vladimir Poutine", "vladimir-putin"),
        ("KIM JONG UN", "kim-jong-un"),
        ("Kim Jong-uns", "kim-jong-un"),
        ("Selenskyj", "volodymyr-zelenskyy"),
        ("Erdoğan", "recep-tayyip-erdogan"),
        ("NIS", "national-intelligence-service"),
        ("Zuid-Koreaanse inlichtingendienst", "national-intelligence-service"),
        ("het Russische ministerie van Defensie", "ru-defence-ministry"),
        ("russischen Verteidigungsministeriums", "ru-defence-ministry"),
        ("ministère russe de la Défense", "ru-defence-ministry"),
        ("South Korean Coast Guard", "kr-coast-guard"),
        ("Wagnergroep", "wagner-group"),
        ("the Houthis", "houthi-movement"),
        ("Weißen Hauses", "white-house"),
        ("VN-Veiligheidsraad", "united-nations-security-council"),
        ("Le Monde", "le-monde"),
        ("le monde", None),
        ("Nis", None),
        ("Kim", None),
        ("Verteidigungsministerium", None),
        ("russischen", None),
        ("", None),
    ],
)
def test_find(name: str, key: str | None) -> None:
    actor = gazetteer().actor(name)
    assert (actor.id if actor else None) == key


def test_common_words_need_a_tag() -> None:
    assert gazetteer().actor("Die Zeit") is None
    found = gazetteer().actor("Die Zeit", tagged=True)
    assert found is not None
    assert found.id == "die-zeit"


@pytest.mark.parametrize(
    ("office", "country", "day", "key"),
    [
        ("president", "US", date(2018, 1, 1), "donald-trump"),
        ("president", "US", date(2022, 1, 1), "joe-biden"),
        ("president", "KR", date(2024, 9, 1), "yoon-suk-yeol"),
        ("leader", "KP", date(2017, 9, 3), "kim-jong-un"),
        ("prime-minister", "DE", date(2015, 1, 1), "angela-merkel"),
        ("prime-minister", "NL", date(2020, 1, 1), "mark-rutte"),
        ("foreign-minister", "RU", date(2020, 1, 1), "sergey-lavrov"),
        ("defence-minister", "DE", date(2014, 5, 1), "ursula-von-der-leyen"),
        ("secretary-general", "UN", date(2017, 9, 1), "antonio-guterres"),
        ("president", "KR", date(1950, 1, 1), None),
    ],
)
def test_holder(office: str, country: str, day: date, key: str | None) -> None:
    actor = gazetteer().actors.holder(office, country, day)
    assert (actor.id if actor else None) == key


def test_bodies() -> None:
    actors = gazetteer().actors
    service = actors.body("intelligence-service", "KR")
    assert service is not None
    assert service.id == "national-intelligence-service"
    assert actors.body("defence-ministry", "ZZ") is None
    for actor in actors.by_id.values():
        assert actor.names
        assert {tag for _, tag in actor.labels} == set(LANGUAGES)
