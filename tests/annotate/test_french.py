"""French tokens: every rule on words that try it, and nothing of a text lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.annotate.languages import blank

FRENCH = blank("fr")

WORDS = {
    "prefix": ["sous-marins", "ex-ministre", "ANTI-MISSILE", "franco-allemande", "sud-coréens", "arrière-grand-mère", "vice‑président", "ex-URSS"],
    "numeral": ["dix-sept", "quatre-vingt-treize", "Vingt-Sept", "soixante-dix"],
    "verb": ["porte-avions", "garde-côtes", "couvre-feu", "cessez-le-feu"],
    "name": ["Saint-Denis", "Port-au-Prince", "Port-d’Espagne", "Île-de-France", "Jean-Claude"],
    "link": ["Nogent-sur-Marne", "arc-en-ciel", "Seine-Saint-Denis", "vis-à-vis", "Arc-et-l'Étoile"],
    "elided": ["grand'mère", "entr’acte", "prud'hommes"],
    "word": ["aujourd'hui", "Aujourd’hui", "peut-être", "Peut-être", "Celui-ci", "États-Unis", "ETATS-UNIS", "rendez-vous"],
    "abbreviation": ["M.", "MM.", "av.", "janv.", "etc.", "n°"],
    "number": ["F-16", "3,5"],
}
CUT = {
    "L'ex-président d’Iran": "L' ex-président d’ Iran",
    "qu'aujourd'hui": "qu' aujourd'hui",
    "jusqu'au": "jusqu' au",
    "l'aide-soignante": "l' aide - soignante",
    "Al-Qaïda": "Al - Qaïda",
    "ajoute-t-il": "ajoute -t -il",
    "passe-t-elle": "passe -t -elle",
    "porte-t-on": "porte -t -on",
    "Est-ce": "Est -ce",
    "est-il": "est -il",
    "n'est-ce": "n' est -ce",
    "S'EST-IL": "S' EST -IL",
    "cet homme-là": "cet homme -là",
    "J.-C.": "J. -C.",
    "le Dr. Roux": "le Dr. Roux",
    "mort.": "mort .",
    "(porte-parole),": "( porte-parole ) ,",
    "[F-16].": "[ F-16 ] .",
    "« non-lieu »": "« non-lieu »",
    "5%": "5 %",
    "sous-": "sous-",
    "porte-": "porte-",
    "20km": "20 km",
}


def cut(text: str) -> list[str]:
    return [token.text for token in FRENCH.tokenizer(text)]


@pytest.mark.parametrize("word", [word for words in WORDS.values() for word in words])
def test_a_word_stays_whole(word: str) -> None:
    assert cut(word) == [word]
    assert cut(f"({word}),") == ["(", word, ")", ","]


@pytest.mark.parametrize(("text", "tokens"), CUT.items())
def test_a_text_is_cut(text: str, tokens: str) -> None:
    assert cut(text) == tokens.split()


@given(st.text(st.sampled_from("aàeéïœNSMQt0159 .,;:!?'’-‐‑–—«»()[]°%€\n\u00a0🙂"), max_size=40))
def test_no_character_is_lost(text: str) -> None:
    doc = FRENCH.tokenizer(text)
    assert doc.text == text
    assert all(token.text for token in doc)


@given(st.lists(st.sampled_from(sorted({word for words in WORDS.values() for word in words})), max_size=8))
def test_words_do_not_change_each_other(words: list[str]) -> None:
    assert cut(" ".join(words)) == words


@pytest.mark.parametrize(
    ("word", "number"), [("deux", True), ("Dix-sept", True), ("vingtième", True), ("3,5", True), ("avion", False), ("uni", False)]
)
def test_a_number_is_like_one(word: str, number: bool) -> None:
    assert FRENCH.vocab[word].like_num is number


def test_noun_chunks_are_those_of_spacy() -> None:
    words = ["Le", "ministre", "dort"]
    doc = Doc(FRENCH.vocab, words, pos=["DET", "NOUN", "VERB"], heads=[1, 2, 2], deps=["det", "nsubj", "ROOT"])
    assert [chunk.text for chunk in doc.noun_chunks] == ["Le ministre"]


def test_a_saved_pipeline_cuts_the_same(tmp_path: Path) -> None:
    text = " ".join([*CUT, *(word for words in WORDS.values() for word in words)])
    FRENCH.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    assert again.lang == "fr"
    assert [token.text for token in again(text)] == cut(text)
