"""The countries file and what the gazetteer finds with it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from babel import Locale

from kg.data import load
from kg.data.gazetteer import CountriesFile, gazetteer
from kg.records import LANGUAGES, Language

SPOT_CHECKS: dict[str, dict[Language, str]] = yaml.safe_load((Path(__file__).parent / "spot_checks.yaml").read_text(encoding="utf-8"))


def test_all_territories_of_cldr_are_named() -> None:
    gaz = gazetteer()
    for code in gaz.codes():
        for language in LANGUAGES:
            assert gaz.label(code, language)
    assert {"XK", "SU", "KP", "PS", "TW"} <= set(gaz.codes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_cldr_lead_to_their_territory(language: Language) -> None:
    gaz = gazetteer()
    for code, name in Locale(language).territories.items():
        if code in gaz.codes():
            assert gaz.country(name, language) == code, name


def test_every_territory_has_adjectives_or_is_an_exception() -> None:
    gaz, file = gazetteer(), load("countries.yaml", CountriesFile)
    lacking = {code for code in gaz.codes() if not all(gaz.adjective_forms(code, language) for language in LANGUAGES)}
    assert lacking <= set(file.no_adjective)


def test_no_form_stands_for_two_states_in_one_language_unless_listed() -> None:
    file = load("countries.yaml", CountriesFile)
    listed = {a.form for a in file.ambiguous}
    for field in ("names", "adjectives", "people", "capital"):
        for language in LANGUAGES:
            codes: dict[str, set[str]] = defaultdict(set)
            for code, country in file.countries.items():
                for form in getattr(getattr(country, language), field):
                    codes[form.removesuffix("+")].add(code)
            assert {form for form, found in codes.items() if len(found) > 1} <= listed, (field, language)


def test_ambiguous_forms_name_known_states() -> None:
    gaz, file = gazetteer(), load("countries.yaml", CountriesFile)
    for entry in file.ambiguous:
        assert set(entry.countries) <= set(gaz.codes())
        assert entry.other or len(entry.countries) > 1
    assert gaz.ambiguous("Georgia")
    assert gaz.readings("Congo") == ("CD", "CG")
    assert not gaz.ambiguous("Noorwegen")


def test_file_is_in_composed_letters() -> None:
    file = load("countries.yaml", CountriesFile)
    for country in [*file.countries.values(), *file.regions.values()]:
        for language in LANGUAGES:
            words = getattr(country, language)
            for form in words.names + words.adjectives + words.people + words.capital:
                assert form == unicodedata.normalize("NFC", form).strip()
                assert form


@pytest.mark.parametrize(("code", "rows"), SPOT_CHECKS.items())
def test_spot_checks(code: str, rows: dict[Language, str]) -> None:
    gaz = gazetteer()
    for language, row in rows.items():
        name, adjective, people, capital = row.split(" ")
        for form, look_up in ((name, gaz.country), (adjective, gaz.adjective), (people, gaz.people), (capital, gaz.capital)):
            if form != "-":
                assert look_up(form, language) == code, (form, language)


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("de Verenigde Staten", "nl", "US"),
        ("Verenigde Arabische Emiraten", "nl", "AE"),
        ("China’s", "nl", "CN"),
        ("des Irans", "de", "IR"),
        ("Vereinigten Staaten", "de", "US"),
        ("Island", "de", "IS"),
        ("Island", "nl", None),
        ("Island", "en", None),
        ("les États-Unis", "fr", "US"),
        ("l’Iran", "fr", "IR"),
        ("Rusland", "de", "RU"),
        ("Georgia", "nl", None),
        ("Georgia", "en", "GE"),
        ("Korea", "en", None),
        ("Sovjet-Unie", "nl", "SU"),
        ("Amsterdam", "nl", None),
        ("rusland", "nl", None),
        ("", "nl", None),
    ],
)
def test_country(text: str, language: Language, code: str | None) -> None:
    assert gazetteer().country(text, language) == code


def test_adjectives_at_the_head_of_a_sentence() -> None:
    gaz = gazetteer()
    assert gaz.adjective("Russische", "de") == "RU"
    assert gaz.adjective("Russen", "de") is None
    assert gaz.adjective("Belges", "fr") is None
    assert gaz.people("Belges", "fr") == "BE"
    assert gaz.adjective("russische", "nl") is None


@pytest.mark.parametrize(
    ("text", "language", "region", "country"),
    [
        ("Donbass", "de", "donbas", "UA"),
        ("Krim", "nl", "crimea", "UA"),
        ("Oost-Rusland", "nl", "eastern-russia", "RU"),
        ("Gazastreifen", "de", "gaza", "PS"),
        ("Europese", "nl", "europe", None),
        ("afrikanischen", "de", "africa", None),
        ("Westerse", "nl", "west", None),
        ("Sahel", "fr", "sahel", None),
        ("Koreaanse", "nl", "korea", None),
    ],
)
def test_region(text: str, language: Language, region: str, country: str | None) -> None:
    found = gazetteer().region(text, language)
    assert found is not None
    assert (found.id, found.country) == (region, country)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Odessa", "UA"),
        ("Tripoli", "LY"),
        ("Wladiwostok", "RU"),
        ("Helmond", "NL"),
        ("Rotterdam", "NL"),
        ("Port Sudan", "SD"),
        ("Saint-Pétersbourg", "RU"),
        ("Londen", "GB"),
    ],
)
def test_place(name: str, country: str) -> None:
    place = gazetteer().place(name)
    assert place is not None
    assert place.country == country
    assert place.population >= 15000


def test_places_of_one_name() -> None:
    assert {"LY", "LB"} <= {place.country for place in gazetteer().places("Tripoli")}
    assert gazetteer().place("odessa") is None
    assert gazetteer().place("Xyzzyx") is None


def test_every_name_adjective_and_national_leads_to_its_state() -> None:
    """Over 250 states and territories in four languages: at least 99 of 100 forms; the rest are listed as ambiguous or are homonyms."""
    gaz, file = gazetteer(), load("countries.yaml", CountriesFile)
    assert len(gaz.codes()) >= 250
    right = total = 0
    wrong: list[tuple[str, str, str]] = []
    for language in LANGUAGES:
        for code in gaz.codes():
            country = file.countries.get(code)
            words = getattr(country, language) if country else None
            people = [form.removesuffix("+") for form in words.people] if words else []
            names = [gaz.label(code, language), *(words.names if words else [])]
            for forms, look_up in ((names, gaz.country), (gaz.adjective_forms(code, language), gaz.adjective), (people, gaz.people)):
                for form in forms:
                    total += 1
                    found = look_up(form, language)
                    right += found == code
                    if found != code and not gaz.ambiguous(form):
                        wrong.append((code, language, form))
    assert total > 5000
    assert right / total >= 0.99, wrong[:20]
    assert len(wrong) / total < 0.005, wrong
