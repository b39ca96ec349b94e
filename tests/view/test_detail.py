"""What the page tells: marks on the exact words, and the details of an event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph import Graph
from kg.graph.facts import Passage, facts
from kg.view.detail import details, marks
from tests.graph.sample import dutch, fill, sample


def shown(sentence: str, *words: tuple[int, str, str]) -> list[tuple[str, str]]:
    passages = [(Passage(start, start + len(exact), exact, sentence), kind) for start, exact, kind in words]
    units = sentence.encode("utf-16-le")
    return [(units[2 * a : 2 * b].decode("utf-16-le"), kind) for a, b, kind in marks(sentence, passages)]


def test_words_are_marked_once_and_the_stronger_mark_shows() -> None:
    text = "Iran delivered drones to Russia."
    found = shown(text, (105, "delivered", "tells"), (100, "Iran", "names"), (105, "delivered drones", "names"))
    assert found == [("Iran", "names"), ("delivered", "tells"), (" drones", "names")]


def test_words_that_stand_twice_are_found_by_where_the_others_stand() -> None:
    text = "Attack on attack: the second attack failed."
    assert [a for a, _, _ in marks(text, [(Passage(129, 135, "attack", text), "tells"), (Passage(136, 142, "failed", text), "says")])] == [29, 36]


def test_signs_outside_the_first_plane_count_as_two() -> None:
    assert shown("🚢🚢 Iran ships 🛢.", (5, "ships", "tells"), (11, "🛢", "names")) == [("ships", "tells"), ("🛢", "names")]


def test_part_of_a_word_is_taken_only_where_no_whole_one_is() -> None:
    text = "Oilers sell oil."
    assert [a for a, _, _ in marks(text, [(Passage(12, 15, "oil", text), "names")])] == [12]
    assert marks("Ölexport", [(Passage(2, 8, "export", ""), "tells")]) == [(2, 8, "tells")]
    assert marks("nothing here", [(Passage(0, 4, "gone", ""), "tells"), (Passage(0, 0, "", ""), "tells")]) == []


def test_an_event_tells_roles_amounts_days_claims_and_sentences() -> None:
    found = facts(sample().quads())
    told = details(found, tuple(found.events.values()))
    [event] = [t for t in told.things if t.get("quantities") and t["type"] == "Shipment"]
    roles = {p: told.things[f]["labels"]["en"] for p, _, f in event["roles"]}
    assert roles == {"supplier": "Iran", "recipient": "Russia", "cargo": "drones"}
    assert event["countries"] == ["IR", "RU"]
    assert [q["text"] for q in event["quantities"]] == ["drie containers"]
    assert (event["from"], event["to"], event["when"]) == ("2023-03-01", "2023-03-31", "in maart 2023")
    [claim] = event["claims"]
    assert (told.things[claim["by"]]["labels"]["en"], claim["stance"], told.mentions[claim["words"][0]][3]) == ("Ukraine", "asserts", "aldus")
    [(index, parts)] = event["passages"]
    words = {told.sentences[index][a:b]: kind for a, b, kind in parts}
    assert words == {
        "Iran": "names", "in maart 2023": "time", "drie containers": "amount", "drones": "names", "Rusland": "names",
        "geleverd": "tells", "aldus": "says",
    }  # fmt: skip
    article = told.articles[event["article"]]
    assert (article["title"], article["published"]) == ("Iran verscheept drones naar Rusland", "2023-04-02")
    assert told.things[article["publisher"]]["labels"]["nl"] == "De Proef"
    assert article["link"] is None


@pytest.mark.parametrize(
    ("name", "url", "link"),
    [
        ("a.txt", "https://news.example/a", "https://news.example/a"),
        ("https://news.example/b", None, "https://news.example/b"),
        ("feed.xml#1", "javascript:alert(1)", None),
        ("https://news.example/c", "file:///etc/passwd", "https://news.example/c"),
    ],
)
def test_the_link_is_the_articles_own_address_and_nothing_else(name: str, url: str | None, link: str | None) -> None:
    read = dutch().report.article
    with fill(Graph.memory(), replace(dutch(), report=replace(dutch().report, article=replace(read, name=name, url=url)))) as graph:
        found = facts(graph.quads())
    [article] = details(found, tuple(found.events.values())).articles
    assert article["link"] == link
