"""Who says so, in four languages, over trees written by hand."""

from __future__ import annotations

import pytest

from kg.extract.attribution import attribute, consistent
from kg.extract.quotes import quoted
from kg.extract.reading import Reading, span_of
from kg.records import Claim, Event, Kind, Language, Mention, Modality, Span, Stance
from tests.extract.treebank import reading, word


def told(read: Reading, trigger: str) -> set[tuple[str, str]]:
    """Who claims an event, and how: (name, stance)."""
    return {(c.source.resolved().name, c.stance.value) for c in attribute(read).claims(word(read, trigger)) if c.source}


INVERTED = """
Schepen NOUN nsubj 2
brachten VERB parataxis 0 brengen Tense=Past|VerbForm=Fin
graan NOUN obj 2
naar ADP case 5
Beiroet PROPN obl 2
, PUNCT punct 7
zeggen VERB parataxis 2 zeggen Tense=Pres|VerbForm=Fin
twee NUM nummod 9
reders NOUN nsubj 7
. PUNCT punct 2
"""
THAT = """
Gisteren ADV advmod 2
meldde VERB root 0 melden Tense=Past|VerbForm=Fin
Ankara PROPN nsubj 2
dat SCONJ mark 7
Libië PROPN nsubj 7
munitie NOUN obj 7
kocht VERB advcl 2 kopen Tense=Past|VerbForm=Fin
. PUNCT punct 2
"""
LAUT = """
Laut ADP case 2
Warschau PROPN obl 5
haben AUX aux 5
Händler NOUN nsubj 5
Panzer NOUN obj 6
verkauft VERB root 0 verkaufen VerbForm=Part
. PUNCT punct 6
"""
OVERZEUGUNG = """
Nach ADP case 2
Überzeugung NOUN obl 5
des DET det 4
Gerichts NOUN nmod 2 Gericht Case=Gen
lieferte VERB root 0 liefern Tense=Past|VerbForm=Fin
er PRON nsubj 5
Motoren NOUN obj 5
. PUNCT punct 5
"""
DECLARE = """
Alger PROPN nsubj 3
a AUX aux:tense 3
livré VERB root 0 livrer VerbForm=Part
du DET det 5
gaz NOUN obj 3
, PUNCT punct 8
a AUX aux:tense 8
déclaré VERB conj 3 déclarer VerbForm=Part
lundi NOUN obl:mod 8
un DET det 11
ministre NOUN obj 8
. PUNCT punct 3
"""
SAYS = """
The DET det 2
drones NOUN nsubj:pass 4
were AUX aux:pass 4
shipped VERB root 0 ship VerbForm=Part
from ADP case 6
Oman PROPN obl 4
, PUNCT punct 9
Ottawa PROPN nsubj 9
said VERB parataxis 4 say Tense=Past|VerbForm=Fin
. PUNCT punct 4
"""
DENIES = """
Lima PROPN nsubj 2
denies VERB root 0 deny Tense=Pres|VerbForm=Fin
arming VERB xcomp 2 arm VerbForm=Ger
rebels NOUN obj 3
. PUNCT punct 2
"""


CLOSING = """
Une DET det 2
attaque NOUN nsubj 3
frappe VERB root 0 frapper Tense=Pres|VerbForm=Fin
une DET det 5
base NOUN obj 3
, PUNCT punct 9
selon ADP case 9
l' DET det 9
ONU PROPN nmod 5
. PUNCT punct 3
"""
COMPOUND = """
Russland PROPN nsubj 2
lieferte VERB root 0 liefern Tense=Past|VerbForm=Fin
nach ADP case 4
UN-Angaben NOUN obl 2 UN-Angabe
Panzer NOUN obj 2
. PUNCT punct 2
"""
TAGGED_NOUN = """
Téhéran PROPN nsubj 3
a AUX aux 3
démenti NOUN root 0
avoir AUX aux 5
reçu VERB acl 3 recevoir Tense=Past|VerbForm=Part
des DET det 7
drones NOUN obj 5
. PUNCT punct 3
"""


ASIDE = """
Moskou PROPN nsubj 2
leverde VERB root 0 leveren Tense=Past|VerbForm=Fin
drones NOUN obj 2
, PUNCT punct 8
zoals SCONJ mark 8
een DET det 7
onderzoeker NOUN nsubj 8
vermoedt VERB advcl 2 vermoeden Tense=Pres|VerbForm=Fin
. PUNCT punct 2
"""
ACTING = """
Police NOUN nsubj 2
arrested VERB root 0 arrest Tense=Past|VerbForm=Fin
two NUM nummod 4
men NOUN obj 2 man Number=Plur
suspected VERB acl 4 suspect Tense=Past|VerbForm=Part
of SCONJ mark 7
smuggling VERB advcl 5 smuggle VerbForm=Ger
rifles NOUN obj 7 rifle Number=Plur
. PUNCT punct 2
"""
SUSPICION = """
De DET det 2
politie NOUN nsubj 5
heeft AUX aux 5
hem PRON obj 5
aangehouden VERB root 0 aanhouden VerbForm=Part
op ADP case 7
verdenking NOUN obl 5
van ADP case 9
smokkel NOUN nmod 7
. PUNCT punct 5
"""
BLAMED = """
Kiew PROPN nsubj 2
macht VERB root 0 machen Tense=Pres|VerbForm=Fin
Moskau PROPN obj 2
für ADP case 6
den DET det 6
Angriff NOUN obl 2
verantwortlich ADJ xcomp 2
. PUNCT punct 2
"""


@pytest.mark.parametrize(
    ("language", "tree", "trigger", "expected"),
    [
        ("nl", ASIDE, "leverde", {("onderzoeker", "suspects")}),
        ("en", ACTING, "smuggling", {("Police", "suspects")}),
        ("nl", SUSPICION, "smokkel", {("politie", "suspects")}),
        ("de", BLAMED, "Angriff", {("Kiew", "asserts")}),
        ("fr", CLOSING, "frappe", {("ONU", "asserts")}),
        ("de", COMPOUND, "lieferte", {("UN", "asserts")}),
        ("fr", TAGGED_NOUN, "reçu", {("Téhéran", "denies")}),
        ("nl", INVERTED, "brachten", {("reders", "asserts")}),
        ("nl", THAT, "kocht", {("Ankara", "asserts")}),
        ("de", LAUT, "verkauft", {("Warschau", "asserts")}),
        ("de", OVERZEUGUNG, "lieferte", {("Gerichts", "asserts")}),
        ("fr", DECLARE, "livré", {("ministre", "asserts")}),
        ("en", SAYS, "shipped", {("Ottawa", "asserts")}),
        ("en", DENIES, "arming", {("Lima", "denies")}),
    ],
)
def test_source(language: Language, tree: str, trigger: str, expected: set[tuple[str, str]]) -> None:
    assert told(reading(language, tree), trigger) == expected


def test_the_speakers_own_clause_is_not_what_is_said() -> None:
    tree = """
De DET det 2
minister NOUN nsubj 6
die PRON nsubj 5
wapens NOUN obj 5
kocht VERB acl:relcl 2 kopen Tense=Past|VerbForm=Fin
zegt VERB root 0 zeggen Tense=Pres|VerbForm=Fin
dat SCONJ mark 9
schepen NOUN nsubj 9
vertrokken VERB ccomp 6 vertrekken Tense=Past|VerbForm=Fin
. PUNCT punct 6
"""
    read = reading("nl", tree)
    assert told(read, "kocht") == set()
    assert told(read, "vertrokken") == {("minister", "asserts")}


def test_a_negated_confirmation_is_a_doubt() -> None:
    tree = """
Oslo PROPN nsubj 3
could AUX aux 3
confirm VERB root 0 confirm VerbForm=Inf
not PART advmod 3
the DET det 6
delivery NOUN obj 3
. PUNCT punct 3
"""
    assert told(reading("en", tree), "delivery") == {("Oslo", "doubts")}


def test_a_refused_comment_claims_nothing() -> None:
    tree = """
Rom PROPN nsubj 2
äußerte VERB root 0 äußern Tense=Past|VerbForm=Fin
sich PRON expl:pv 2 sich Reflex=Yes
nicht ADV advmod 2
zur ADP case 6
Lieferung NOUN obl 2
. PUNCT punct 2
"""
    assert told(reading("de", tree), "Lieferung") == set()


def test_konjunktiv_goes_on() -> None:
    first = """
Dublin PROPN nsubj 2
sagte VERB root 0 sagen Tense=Past|VerbForm=Fin
, PUNCT punct 6
Schiffe NOUN nsubj 6
seien AUX aux 6 sein Mood=Sub
ausgelaufen VERB ccomp 2 auslaufen VerbForm=Part
. PUNCT punct 2
"""
    second = """
Sie PRON nsubj 4
hätten AUX aux 4 haben Mood=Sub
Waffen NOUN obj 4
geliefert VERB root 0 liefern VerbForm=Part
. PUNCT punct 4
"""
    third = """
Polizisten NOUN nsubj 2
verhafteten VERB root 0 verhaften Tense=Past|VerbForm=Fin
den DET det 4
Kapitän NOUN obj 2
. PUNCT punct 2
"""
    read = reading("de", first, second, third)
    assert told(read, "geliefert") == {("Dublin", "asserts")}
    assert told(read, "verhafteten") == set()


def test_who_says_that_its_own_side_did_not_denies() -> None:
    tree = """
„ PUNCT punct 3
Peru PROPN nsubj 3
verkoopt VERB root 0 verkopen Tense=Pres|VerbForm=Fin
geen DET det 5
tanks NOUN obj 3
” PUNCT punct 3
, PUNCT punct 8
zei VERB parataxis 3 zeggen Tense=Past|VerbForm=Fin
Lima PROPN nsubj 8
. PUNCT punct 3
"""
    assert told(reading("nl", tree), "verkoopt") == {("Lima", "denies")}


def _event(read: Reading, trigger: str) -> Event:
    token = word(read, trigger)
    own = (Claim(None, Stance.ASSERTS, span_of(token)),)
    return Event("Shipment", span_of(token), span_of(token.sent), (), (), None, Modality.ACTUAL, own, 0.5)


@pytest.mark.parametrize(
    ("language", "second", "expected"),
    [
        (
            "de",
            "Das PRON obj 2 der PronType=Dem\nbestreitet VERB root 0 bestreiten Tense=Pres|VerbForm=Fin\nKabul PROPN nsubj 2\n. PUNCT punct 2",
            "denies",
        ),
        (
            "de",
            "Das PRON obj 2 der PronType=Dem\nteilte VERB root 0 teilen Tense=Past|VerbForm=Fin\n"
            "Kabul PROPN nsubj 2\nmit ADP compound:prt 2\n. PUNCT punct 2",
            "asserts",
        ),
        (
            "nl",
            "Kabul PROPN nsubj 2\nverwerpt VERB root 0 verwerpen Tense=Pres|VerbForm=Fin\nde DET det 4\naantijging NOUN obj 2\n. PUNCT punct 2",
            "denies",
        ),
        (
            "en",
            "Kabul PROPN nsubj 2\nrejects VERB root 0 reject Tense=Pres|VerbForm=Fin\nthe DET det 4\ncharge NOUN obj 2\n. PUNCT punct 2",
            "denies",
        ),
        ("en", "Kabul PROPN nsubj 2\nsuspects VERB root 0 suspect Tense=Pres|VerbForm=Fin\nTehran PROPN obj 2\n. PUNCT punct 2", "suspects"),
        ("nl", "Kabul PROPN nsubj 2\nvermoedt VERB root 0 vermoeden Tense=Pres|VerbForm=Fin\nhet PRON obj 2\n. PUNCT punct 2", "suspects"),
        ("fr", "Kaboul PROPN nsubj 2\ndément VERB root 0 démentir Tense=Pres|VerbForm=Fin\n. PUNCT punct 2", "denies"),
    ],
)
def test_a_cue_without_content_looks_back(language: Language, second: str, expected: str) -> None:
    first = "Trucks NOUN nsubj 2\nexported VERB root 0\nrifles NOUN obj 2\n. PUNCT punct 2"
    read = reading(language, first, second)
    event = _event(read, "exported")
    (after,) = attribute(read).told_before([event], read.sentences[1])
    (claim,) = after.claims
    assert claim.source is not None
    assert claim.source.resolved().country == "AF"
    assert claim.stance.value == expected


def test_who_suspects_is_not_told() -> None:
    passive = """
Er PRON nsubj:pass 3
wird AUX aux:pass 3 werden VerbForm=Fin
verdächtigt VERB root 0 verdächtigen VerbForm=Part|Voice=Pass
, PUNCT punct 7
Drohnen NOUN obj 7
zu PART mark 7
liefern VERB xcomp 3 liefern VerbForm=Inf
. PUNCT punct 3
"""
    read = reading("de", passive)
    found = attribute(read)
    assert found.claims(word(read, "liefern")) == ()
    assert found.voice(word(read, "liefern")) == Claim(None, Stance.SUSPECTS, span_of(word(read, "verdächtigt")))


def test_quotation_marks_pair_by_their_kind() -> None:
    said = "Er PRON nsubj 2\nsagte VERB root 0\n: PUNCT punct 2\n„ PUNCT punct 2\nJa INTJ obj 2\n“ PUNCT punct 2"
    read = reading("de", said + "\n« PUNCT punct 2\nNein INTJ obj 2\n» PUNCT punct 2")
    assert quoted(read.doc) == [-1, -1, -1, -1, 0, -1, -1, 1, -1]


def test_who_denies_an_event_does_not_tell_it_too() -> None:
    source = Mention(Span(0, 4), "Iran", Kind.COUNTRY, "Iran", "IR")
    other = Mention(Span(9, 14), "Paris", Kind.COUNTRY, "Paris", "FR")
    told = tuple(Claim(who, stance, Span(5, 8)) for who, stance in ((source, Stance.ASSERTS), (other, Stance.ASSERTS), (source, Stance.DENIES)))
    assert consistent(told) == told[1:]


OWN_ACCOUNT = """
Ankara PROPN nsubj 2
kauft VERB root 0 kaufen Tense=Pres|VerbForm=Fin
nach ADP case 5
eigener DET det:poss 5
Darstellung NOUN obl 2
kein DET det 7
Öl NOUN obj 2
. PUNCT punct 2
"""
NE_PAS = """
Ankara PROPN nsubj 2
assure VERB root 0 assurer Mood=Ind|Tense=Pres|VerbForm=Fin
ne ADV advmod 2
pas ADV advmod 2
acheter VERB ccomp 2 acheter VerbForm=Inf
de DET det 7
pétrole NOUN obj 5
. PUNCT punct 2
"""
OUT_OF = """
Man PRON nsubj 2
liefere VERB ccomp 7 liefern Mood=Sub|Tense=Pres|VerbForm=Fin
niemandem PRON iobj 2
Waffen NOUN obj 2
, PUNCT punct 2
so ADV advmod 7
hieß VERB root 0 heißen Tense=Past|VerbForm=Fin
es PRON nsubj 7
aus ADP case 10
Ankara PROPN obl 7
. PUNCT punct 7
"""


@pytest.mark.parametrize(("language", "tree", "trigger"), [("de", OWN_ACCOUNT, "kauft"), ("fr", NE_PAS, "acheter")])
def test_who_says_that_he_did_not_denies_it(language: Language, tree: str, trigger: str) -> None:
    read = reading(language, tree)
    ((_, stance),) = told(read, trigger)
    assert stance == "denies"


def test_a_seat_speaks_for_its_state() -> None:
    read = reading("de", OUT_OF)
    sources = [c.source for c in attribute(read).claims(word(read, "liefere")) if c.source]
    assert [(s.kind, s.country) for s in sources] == [(Kind.COUNTRY, "TR")]
