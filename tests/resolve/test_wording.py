"""What the words of a sentence tell that stands in no role."""

from __future__ import annotations

import pytest

from kg.resolve.wording import beside, called, harm, points_back, states


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [("Drei Seeleute wurden getötet, vier erlitten Brandwunden.", "wounded"), ("Vier opvarenden liepen brandwonden op.", "wounded"),
     ("Two men drowned.", "dead"), ("Zwei Matrosen sind verschollen.", "missing"), ("Nothing befell them.", "")],
)  # fmt: skip
def test_harm_is_that_of_the_nearest_word(sentence: str, kind: str) -> None:
    trigger = next(w for w in ("erlitten", "opvarenden", "drowned", "verschollen", "befell") if w in sentence)
    assert harm(sentence, trigger) == kind


@pytest.mark.parametrize(
    ("sentence", "found"),
    [("Bulgaria expelled ten more.", True), ("More than ten were expelled.", False), ("Auch Bulgarien wies zehn aus.", True),
     ("Dix autres diplomates ont été chassés.", True), ("Nog eens tien moesten weg.", True), ("Bulgaria expelled ten.", False)],
)  # fmt: skip
def test_words_that_set_one_beside_another(sentence: str, found: bool) -> None:
    assert beside(sentence) is found


@pytest.mark.parametrize(
    ("sentence", "language", "codes"),
    [("Bulgaria expelled ten more.", "en", {"BG"}), ("Deux firmes chinoises sanctionnées par Washington", "fr", {"CN", "US"}),
     ("Zuid-Korea en Noord-Koreaanse soldaten", "nl", {"KR", "KP"}), ("Die Behörde wies russische Diplomaten aus.", "de", {"RU"}),
     ("South Korea objected.", "en", {"KR"}), ("Nobody was hurt.", "en", set())],
)  # fmt: skip
def test_states_by_name_seat_and_adjective(sentence: str, language: str, codes: set[str]) -> None:
    assert states(sentence, language) == codes


@pytest.mark.parametrize(
    ("words", "sentence", "language", "name"),
    [("Agni", "India tested an Agni-Prime ballistic missile.", "en", "Agni-Prime"),
     ("ballistische raket", "India heeft de ballistische raket Agni-Prime getest.", "nl", "Agni-Prime"),
     ("drones", "Le pays a acheté cinq drones Bayraktar TB2.", "fr", "Bayraktar TB2"),
     ("Rakete", "Indien hat eine Rakete Pakistans getestet.", "de", "Rakete"), ("Drones", "Drones hit the port.", "en", "drones"),
     ("raket", "«Raket» schreef hij, en raket noemde hij het.", "nl", "raket"), ("it", "They tested them.", "en", "it")],
)  # fmt: skip
def test_goods_are_called_as_the_sentence_calls_them(words: str, sentence: str, language: str, name: str) -> None:
    assert called(words, sentence, language) == name


@pytest.mark.parametrize(
    ("words", "sentence", "language", "back"),
    [("weapon", "The weapon is being developed.", "en", True), ("projectiel", "Het door DRDO ontwikkelde projectiel is zwaar.", "nl", True),
     ("Waffe", "Die Behörde entwickelt eine Waffe.", "de", False), ("arme", "L'arme vient d'Inde.", "fr", True),
     ("Waffen", "Waffen kamen an.", "de", False)],
)  # fmt: skip
def test_the_last_article_tells_whether_words_point_back(words: str, sentence: str, language: str, back: bool) -> None:
    assert points_back(words, sentence, language) is back
