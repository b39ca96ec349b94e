"""Quantities, by language. A case is a sentence and what it counts, in the order of the text.

``5 soldier`` is a value and its unit, ``5`` a bare number, ``>5`` a minimum, ``<5`` a maximum, ``5~7`` a range and
``~5`` nearly five: about five and not above it. Nothing: no quantity.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.languages import blank
from kg.data.units import units
from kg.extract.quantities import measures
from kg.extract.tokens import Tokens
from kg.records import LANGUAGES, Language, Quantity

TOKENIZERS = {language: blank(language) for language in LANGUAGES}


def written(quantity: Quantity) -> str:
    value, low, high = (None if n is None else f"{n:.15g}" for n in (quantity.value, quantity.minimum, quantity.maximum))
    if value is not None and high is not None:
        number = f"~{value}"
    elif value is not None:
        number = value
    elif low is not None and high is not None:
        number = f"{low}~{high}"
    else:
        number = f">{low}" if low is not None else f"<{high}"
    return f"{number} {quantity.unit}" if quantity.unit else number


DUTCH = [
    ("Het land stuurde tien soldaten", ["10 soldier"]),
    ("meer dan tien ladingen", [">10 shipment"]),
    ("ruim 1 miljoen stuks", [">1000000 piece"]),
    ("minstens 20 doden", [">20 person"]),
    ("13.000 containers", ["13000 container"]),
    ("13 000 ton graan", ["13000 tonne"]),
    ("13\u00a0000 ton graan", ["13000 tonne"]),
    ("1,28 miljoen militairen", ["1280000 soldier"]),
    ("2,5 ton", ["2.5 tonne"]),
    ("bijna 3000 soldaten", ["~3000 soldier"]),
    ("maximaal vijf schepen", ["<5 ship"]),
    ("tot 150 tanks", ["<150 vehicle"]),
    ("zo'n 500 drones", ["500 drone"]),
    ("ongeveer tweehonderdvijftig raketten", ["250 missile"]),
    ("tientallen standbeelden", [">20 artwork"]),
    ("enkele honderdduizenden granaten", [">200000 shell"]),
    ("duizenden arbeiders", [">2000 worker"]),
    ("een half miljoen vaten", ["500000 barrel"]),
    ("de half miljoen vaten", ["500000 barrel"]),
    ("anderhalf miljoen euro", ["1500000 euro"]),
    ("anderhalve ton", ["1.5 tonne"]),
    ("een miljoen dollar", ["1000000 us-dollar"]),
    ("tussen 5 en 10 schepen", ["5~10 ship"]),
    ("vijf tot tien schepen", ["5~10 ship"]),
    ("5 à 6 vliegtuigen", ["5~6 aircraft"]),
    ("5- tot 6.000 manschappen", ["5000~6000 soldier"]),
    ("twee tot drie miljoen vaten", ["2000000~3000000 barrel"]),
    ("€ 5 mln voor wapens", ["5000000 euro"]),
    ("$2,4 miljoen", ["2400000 us-dollar"]),
    ("één spion", ["1 spy"]),
    ("slechts een soldaat", ["1 soldier"]),
    ("100 of meer", [">100"]),
    ("een dozijn schepen", ["12 ship"]),
    ("een tiental vrachtwagens", ["10 truck"]),
    ("vier doden en dertig gewonden", ["4 person", "30 person"]),
    ("500 containerschepen", ["500 ship"]),
    ("veroordeeld tot acht jaar cel", ["8 year"]),
    ("twintig procent van de soldaten", []),
    ("10% meer", []),
    ("een soldaat", []),
    ("de 52-jarige man", []),
    ("Kim, 52, en zijn vrouw", []),
    ("om 10 uur", []),
    ("om 10.30 uur", []),
    ("op 3 maart 2020", []),
    ("drie weken geleden", []),
    ("in 2015", []),
    ("de F-16 en de T-72", []),
    ("een 152 mm kanon", []),
    ("artikel 5", []),
    ("resolutie 2270", []),
    ("Agni-5", []),
    ("de 5e brigade", []),
    ("twee derde van het land", []),
    ("drie keer", []),
    ("de Hwasong-11A", []),
    ("bel +31 20 5550100", []),
]

GERMAN = [
    ("Das Land schickte zehn Soldaten", ["10 soldier"]),
    ("mehr als 13.000 Containern", [">13000 container"]),
    ("über 100 Tonnen", [">100 tonne"]),
    ("gut 20 Panzer", [">20 vehicle"]),
    ("mindestens fünf Tote", [">5 person"]),
    ("1.500 Spezialkräfte", ["1500 troops"]),
    ("20 000 Mann", ["20000 person"]),
    ("1'500 Soldaten", ["1500 soldier"]),
    ("1,28 Millionen Soldaten", ["1280000 soldier"]),
    ("mehr als 8 Millionen Granaten", [">8000000 shell"]),
    ("3 Mrd. Euro", ["3000000000 euro"]),
    ("2 Mio. Dollar", ["2000000 us-dollar"]),
    ("bis zu 150 Panzer", ["<150 vehicle"]),
    ("höchstens drei Schiffe", ["<3 ship"]),
    ("fast 3000 Soldaten", ["~3000 soldier"]),
    ("knapp 100 Verletzte", ["~100 person"]),
    ("rund 500 Drohnen", ["500 drone"]),
    ("etwa zweihundertfünfzig Raketen", ["250 missile"]),
    ("Tausende von Truppen", [">2000 troops"]),
    ("Dutzende Schiffe", [">20 ship"]),
    ("mehrere Hundert Arbeiter", [">200 worker"]),
    ("Hunderttausende Granaten", [">200000 shell"]),
    ("eine halbe Million Barrel", ["500000 barrel"]),
    ("eineinhalb Millionen Fässer", ["1500000 barrel"]),
    ("anderthalb Tonnen", ["1.5 tonne"]),
    ("zweieinhalb Milliarden Euro", ["2500000000 euro"]),
    ("eine Million Granaten", ["1000000 shell"]),
    ("ein Dutzend Schiffe", ["12 ship"]),
    ("zwischen 10 und 20 Tote", ["10~20 person"]),
    ("zehn bis zwölf Raketen", ["10~12 missile"]),
    ("5-10 Tonnen", ["5~10 tonne"]),
    ("zwei bis drei Millionen Barrel", ["2000000~3000000 barrel"]),
    ("nur ein Soldat", ["1 soldier"]),
    ("ein einziger Soldat", ["1 soldier"]),
    ("100 oder mehr", [">100"]),
    ("zwei nordkoreanische Spione", ["2 spy"]),
    ("500 Panzerabwehrraketen", ["500 missile"]),
    ("5 Millionen €", ["5000000 euro"]),
    ("acht Jahre Haft", ["8 year"]),
    ("vier Tote und dreißig Verletzte", ["4 person", "30 person"]),
    ("ein Soldat", []),
    ("einer Rakete", []),
    ("den 58-Jährigen", []),
    ("der 58 Jahre alte Mann", []),
    ("Kim (52)", []),
    ("20 Prozent", []),
    ("um 10.30 Uhr", []),
    ("gegen 5 Uhr", []),
    ("am 8. Oktober 2024", []),
    ("der 8. Angriff", []),
    ("vor drei Wochen", []),
    ("2015 begann der Krieg", []),
    ("152-mm-Granaten", []),
    ("Artikel 5", []),
    ("Resolution 2087", []),
    ("der T-72", []),
    ("zwei Drittel", []),
    ("im Alter von 58 Jahren", []),
]

ENGLISH = [
    ("They sent ten soldiers", ["10 soldier"]),
    ("13,000 rounds", ["13000 round"]),
    ("1.5 tonnes", ["1.5 tonne"]),
    ("more than ten shipments", [">10 shipment"]),
    ("at least 20 people", [">20 people"]),
    ("over 100 tanks", [">100 vehicle"]),
    ("up to 150 drones", ["<150 drone"]),
    ("as many as 150", ["<150"]),
    ("fewer than five ships", ["<5 ship"]),
    ("nearly 3,000 troops", ["~3000 troops"]),
    ("almost 500 workers", ["~500 worker"]),
    ("about 500 missiles", ["500 missile"]),
    ("roughly two hundred and fifty men", ["250 person"]),
    ("twenty-one soldiers", ["21 soldier"]),
    ("dozens of drones", [">20 drone"]),
    ("hundreds of thousands of shells", [">200000 shell"]),
    ("several hundred workers", [">200 worker"]),
    ("thousands of troops", [">2000 troops"]),
    ("half a million barrels", ["500000 barrel"]),
    ("one and a half million barrels", ["1500000 barrel"]),
    ("a million shells", ["1000000 shell"]),
    ("a dozen ships", ["12 ship"]),
    ("two dozen ships", ["24 ship"]),
    ("half a dozen ships", ["6 ship"]),
    ("2.4 million barrels", ["2400000 barrel"]),
    ("$2.4m", ["2400000 us-dollar"]),
    ("$2.4 million", ["2400000 us-dollar"]),
    ("£5bn", ["5000000000 pound-sterling"]),
    ("2.4bn euros", ["2400000000 euro"]),
    ("more than $5 million", [">5000000 us-dollar"]),
    ("between 5 and 10 ships", ["5~10 ship"]),
    ("five to ten ships", ["5~10 ship"]),
    ("3-4 tonnes", ["3~4 tonne"]),
    ("two to three million barrels", ["2000000~3000000 barrel"]),
    ("two artillery shells", ["2 shell"]),
    ("one soldier", ["1 soldier"]),
    ("a single ship", ["1 ship"]),
    ("a couple of ships", ["2 ship"]),
    ("1,000 or more", [">1000"]),
    ("four dead and thirty civilians", ["4", "30 person"]),
    ("eight years in prison", ["8 year"]),
    ("a soldier", []),
    ("one of the men", []),
    ("no one", []),
    ("a 52-year-old man", []),
    ("Kim, 52, said", []),
    ("a man aged 52", []),
    ("20 percent", []),
    ("20%", []),
    ("at 10:30", []),
    ("at 5 p.m.", []),
    ("on March 3, 2020", []),
    ("three weeks ago", []),
    ("in 2015", []),
    ("an F-16 and a T-72", []),
    ("155 mm guns", []),
    ("155mm guns", []),
    ("Article 5", []),
    ("resolution 2270", []),
    ("the 5th brigade", []),
    ("two-thirds of them", []),
    ("a 24-hour ceasefire", []),
    ("three times", []),
]

FRENCH = [
    ("Ils envoyèrent dix soldats", ["10 soldier"]),
    ("13 000 obus", ["13000 shell"]),
    ("13\u00a0000 obus", ["13000 shell"]),
    ("13\u202f000 obus", ["13000 shell"]),
    ("2,4 millions de barils", ["2400000 barrel"]),
    ("2,4 millions d'euros", ["2400000 euro"]),
    ("plus de 100 morts", [">100 person"]),
    ("plus d'un million de tonnes", [">1000000 tonne"]),
    ("au moins vingt chars", [">20 vehicle"]),
    ("moins de cinq navires", ["<5 ship"]),
    ("jusqu'à 150 chars", ["<150 vehicle"]),
    ("près de 500 obus", ["~500 shell"]),
    ("presque 3000 soldats", ["~3000 soldier"]),
    ("environ 500 drones", ["500 drone"]),
    ("quelque 200 ouvriers", ["200 worker"]),
    ("deux cent cinquante hommes", ["250 person"]),
    ("quatre-vingt-dix soldats", ["90 soldier"]),
    ("vingt et un morts", ["21 person"]),
    ("des dizaines de drones", [">20 drone"]),
    ("plusieurs centaines de soldats", [">200 soldier"]),
    ("des centaines de milliers d'obus", [">200000 shell"]),
    ("des milliers de travailleurs", [">2000 worker"]),
    ("une centaine de soldats", ["100 soldier"]),
    ("une dizaine de navires", ["10 ship"]),
    ("un demi-million de barils", ["500000 barrel"]),
    ("un million et demi de barils", ["1500000 barrel"]),
    ("deux millions et demi de barils", ["2500000 barrel"]),
    ("un million de dollars", ["1000000 us-dollar"]),
    ("trois milliards d'euros", ["3000000000 euro"]),
    ("5 M€", ["5000000 euro"]),
    ("500 €", ["500 euro"]),
    ("entre 5 et 10 navires", ["5~10 ship"]),
    ("de 5 à 10 navires", ["5~10 ship"]),
    ("cinq à dix navires", ["5~10 ship"]),
    ("deux à trois millions de barils", ["2000000~3000000 barrel"]),
    ("un seul soldat", ["1 soldier"]),
    ("100 ou plus", [">100"]),
    ("deux espions", ["2 spy"]),
    ("quatre morts et trente blessés", ["4 person", "30 person"]),
    ("huit ans de prison", ["8 year"]),
    ("un soldat", []),
    ("une fusée", []),
    ("quelqu'un", []),
    ("un homme âgé de 52 ans", []),
    ("Jean, 52 ans, a parlé", []),
    ("10 % des soldats", []),
    ("à 10 h 30", []),
    ("à 10h30", []),
    ("le 3 mars 2020", []),
    ("il y a trois semaines", []),
    ("en 2015", []),
    ("un F-16 et un T-72", []),
    ("des canons de 155 mm", []),
    ("l'article 5", []),
    ("la résolution 2270", []),
    ("le 1er bataillon", []),
    ("deux tiers", []),
    ("trois fois", []),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(language, *case) for language, table in zip(("nl", "de", "en", "fr"), (DUTCH, GERMAN, ENGLISH, FRENCH), strict=True) for case in table],
)
def test_quantity(language: Language, text: str, expected: list[str]) -> None:
    found = measures(Tokens(TOKENIZERS[language](text))[:], language)
    assert [written(m.quantity) for m in found] == expected
    for measure in found:
        span = measure.quantity.span
        assert text[span.start : span.end] == measure.quantity.text


def test_the_words_of_a_bound_belong_to_the_quantity() -> None:
    doc = Tokens(TOKENIZERS["de"]("Er kam. Sie exportierten mehr als 13.000 Container nach Russland."))
    (found,) = measures(doc[3 : len(doc)], "de")
    assert found.quantity.text == "mehr als 13.000 Container"
    assert doc[found.first : found.last + 1].text == "mehr als 13.000"
    assert found.noun is not None
    assert found.noun.text == "Container"


@pytest.mark.parametrize(
    ("form", "language", "unit"),
    [
        ("Panzerabwehrraketen", "de", "missile"),
        ("containerschepen", "nl", "ship"),
        ("Frachtschiffe", "de", "ship"),
        ("warships", "en", None),  # English writes its compounds apart
        ("Raketen", "de", None),  # no compound: find() knows it
        ("xx", "nl", None),
    ],
)
def test_the_head_of_a_compound_names_the_unit(form: str, language: Language, unit: str | None) -> None:
    assert units().head(form, language) == unit


PIECES = "5 13.000 13,000 2,4 1.5 - – tot bis to à two zwei deux twee Millionen million bn € $ % een ein un half"
PIECES += " mehr als more than soldaten Tonnen ² ١ 'n ( ) , . + mm"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join)
    | st.lists(st.sampled_from(PIECES.split()), max_size=6).map("".join)
    | st.text(max_size=40),
    st.sampled_from(LANGUAGES),
)
def test_odd_input(text: str, language: Language) -> None:
    """Never raises; spans read back and lie in the sentence; bounds are in order."""
    doc = Tokens(TOKENIZERS[language](text))
    if len(doc) < 2:
        return
    sentence = doc[1 : len(doc)]
    for measure in measures(sentence, language):
        quantity = measure.quantity
        assert sentence.start_char <= quantity.span.start < quantity.span.end <= sentence.end_char
        assert doc.text[quantity.span.start : quantity.span.end] == quantity.text
        assert sentence.start <= measure.first <= measure.last < sentence.end
        assert (quantity.value, quantity.minimum, quantity.maximum) != (None, None, None)
        if quantity.minimum is not None and quantity.maximum is not None:
            assert quantity.minimum <= quantity.maximum
