"""Names: what the tagger found and what the gazetteer knows, made one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Span

from kg.extract.names import NameKind, names
from kg.extract.tokens import Tokens
from kg.records import Language
from tests.extract.docs import Text, text

FLAT = "flat:name"


def found(article: Text) -> list[tuple[str, NameKind, str | None]]:
    language = article.article.language
    return [(article.doc[n.start : n.end].text, n.kind, n.country) for n in names(Tokens(article.doc), language)]


KINDS: list[tuple[str, Language, str, tuple[str, NameKind, str]]] = [
    ("country", "nl", "Rusland/PROPN/root", ("Rusland", NameKind.COUNTRY, "RU")),
    ("country of two words", "en", "North/PROPN/root Korea/PROPN/flat/North", ("North Korea", NameKind.COUNTRY, "KP")),
    ("short form", "nl", "de/DET/det/VS VS/PROPN/root", ("VS", NameKind.COUNTRY, "US")),
    ("genitive", "de", "Russlands/PROPN/nmod/Armee Armee/NOUN/root", ("Russlands", NameKind.COUNTRY, "RU")),
    ("capital", "de", "Pjöngjang/PROPN/root", ("Pjöngjang", NameKind.CAPITAL, "KP")),
    ("metonym", "fr", "le/DET/det/Kremlin Kremlin/PROPN/root", ("Kremlin", NameKind.METONYM, "RU")),
    ("adjective", "nl", "Noord-Koreaanse/ADJ/amod/granaten granaten/NOUN/root", ("Noord-Koreaanse", NameKind.ADJECTIVE, "KP")),
    ("adjective in lower case", "de", "russische/ADJ/amod/Waffen Waffen/NOUN/root", ("russische", NameKind.ADJECTIVE, "RU")),
    ("nationals", "de", "Nordkoreaner/NOUN/root", ("Nordkoreaner", NameKind.PEOPLE, "KP")),
    ("region of a state", "nl", "Donbas/PROPN/root", ("Donbas", NameKind.REGION, "UA")),
    ("reference person", "en", "Vladimir/PROPN/root Putin/PROPN/flat/Vladimir", ("Vladimir Putin", NameKind.PERSON, "RU")),
    ("town of the tagger", "nl", "Rotterdam/PROPN/root[@LOC]", ("Rotterdam", NameKind.PLACE, "NL")),
    ("body named after its state", "en", "Iran/PROPN/root[@ORG] Air/PROPN/flat/Iran[@ORG]", ("Iran Air", NameKind.ORGANIZATION, "IR")),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "phrase", "name"), KINDS, ids=[f"{k[1]}: {k[0]}" for k in KINDS])
def test_kind_and_country(why: str, language: Language, phrase: str, name: tuple[str, NameKind, str]) -> None:
    assert found(text(language, phrase)) == [name]


def test_a_longer_name_wins_over_a_country_inside_it() -> None:
    article = text("en", "Bank/PROPN/root[@ORG] of/ADP/case/China[@ORG] China/PROPN/nmod/Bank[@ORG]")
    assert found(article) == [("Bank of China", NameKind.ORGANIZATION, "CN")]


def test_the_gazetteer_wins_over_the_tagger() -> None:
    """A state that the tagger took for a person stays a state."""
    assert found(text("nl", "Jordanië/PROPN/root[@PER]")) == [("Jordanië", NameKind.COUNTRY, "JO")]


def test_a_common_word_in_lower_case_is_no_name() -> None:
    assert found(text("en", "a/DET/det/turkey turkey/NOUN/root with/ADP/case/china china/NOUN/nmod/turkey")) == []


def test_a_name_never_crosses_a_sentence() -> None:
    article = text("en", "Go/VERB/root North/ADV/advmod/Go", "Korea/PROPN/nsubj/waits waits/VERB/root")
    assert ("North Korea", NameKind.COUNTRY, "KP") not in found(article)


def test_a_surname_taken_for_a_place_is_the_person_named_before() -> None:
    article = text(
        "nl",
        f"Pieter/PROPN/nsubj/sprak[@PER] Zandstra/PROPN/{FLAT}/Pieter[@PER] sprak/VERB/root",
        "Zandstra/PROPN/nsubj/zweeg[@LOC] zweeg/VERB/root",
    )
    assert found(article)[-1] == ("Zandstra", NameKind.PERSON, None)


@pytest.mark.parametrize("label", ["ORG", "LOC", "MISC"])
def test_a_name_behind_a_word_for_ships_is_a_ship_throughout(label: str) -> None:
    article = text(
        "en",
        f"the/DET/det/tanker tanker/NOUN/nsubj/sank Zorblax/PROPN/flat/tanker[@{label}] sank/VERB/root",
        f"Zorblax/PROPN/nsubj/burned[@{label}] burned/VERB/root",
    )
    assert [kind for _, kind, _ in found(article)] == [NameKind.VESSEL, NameKind.VESSEL]


def test_a_person_behind_a_comma_is_no_ship() -> None:
    article = text("en", f"the/DET/det/tanker tanker/NOUN/nsubj/sank ,/PUNCT/punct/tanker Jo/PROPN/nsubj/sank[@PER] Doe/PROPN/{FLAT}/Jo[@PER] sank/VERB/root")
    assert [kind for _, kind, _ in found(article)] == [NameKind.PERSON]


def test_a_place_that_nobody_is_called_stays_a_place() -> None:
    article = text("nl", "Zandstra/PROPN/nsubj/brandt[@LOC] brandt/VERB/root")
    assert found(article) == [("Zandstra", NameKind.PLACE, None)]


def test_an_adjective_behind_the_article_at_a_sentences_head() -> None:
    article = text("en", "The/DET/det/agency Russian/ADJ/amod/agency agency/NOUN/root")
    assert [kind for _, kind, _ in found(article)] == [NameKind.ADJECTIVE]
    assert article.mention("agency").country == "RU"


def test_what_the_tagger_cannot_class_is_kept() -> None:
    assert found(text("en", "Zorblax/PROPN/root[@MISC]")) == [("Zorblax", NameKind.OTHER, None)]


LINE = (
    "Russian/ADJ/amod/envoys envoys/NOUN/nsubj/met of/ADP/case/Vladimir Vladimir/PROPN/nmod/envoys Putin/PROPN/flat/Vladimir met/VERB/root "
    "North/PROPN/amod/Korea Korea/PROPN/nmod/leaders leaders/NOUN/obj/met in/ADP/case/Moscow Moscow/PROPN/obl/met ./PUNCT/punct/met"
)
_SPANS = st.lists(st.tuples(st.integers(0, 11), st.integers(1, 4), st.sampled_from(["PER", "ORG", "LOC", "MISC"])), max_size=5)


@settings(max_examples=60, deadline=None)
@given(_SPANS)
def test_whatever_the_tagger_says_names_stand_in_order_and_apart(spans: list[tuple[int, int, str]]) -> None:
    article = text("en", LINE)
    taken: set[int] = set()
    ents = []
    for start, length, label in spans:
        inside = set(range(start, min(start + length, len(article.doc))))
        if not inside & taken:
            taken |= inside
            ents.append(Span(article.doc, min(inside), max(inside) + 1, label=label))
    article.doc.set_ents(ents)
    kept = names(Tokens(article.doc), "en")
    assert all(left.end <= right.start for left, right in pairwise(kept))
    assert all(0 <= name.start < name.end <= len(article.doc) for name in kept)


def test_a_surname_that_the_tagger_overlooks_is_the_person_named_before() -> None:
    article = text("en", "Fabio/PROPN/nsubj/left Terenzi/PROPN/flat/Fabio left/VERB/root and/CCONJ/cc/left Terenzi/PROPN/conj/left")
    article.doc.set_ents([Span(article.doc, 0, 2, label="PER")])
    persons = [article.doc[name.start : name.end].text for name in names(Tokens(article.doc), "en") if name.kind is NameKind.PERSON]
    assert persons == ["Fabio Terenzi", "Terenzi"]
