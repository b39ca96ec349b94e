"""Who is who: spellings meet by sound and letters, states and judgements keep them apart, offices and namesakes go by date and state."""

from __future__ import annotations

import pytest

from kg.data.gazetteer import gazetteer
from kg.read import make_article
from kg.records import Argument, Entity, Event, Kind, Mention, Modality, Report, Span
from kg.resolve.actors import Merge, Seen, merges
from kg.resolve.clusters import Constraints
from kg.resolve.likeness import alike, nearest, sound
from kg.resolve.link import link
from kg.resolve.offices import holder, office
from kg.resolve.shelf import Shelf

NONE = Constraints()


def seen(iri: str, name: str, *countries: str, kind: str = "Person", known: bool = False, articles: int = 1) -> Seen:
    return Seen(iri, kind, name, countries, known, articles)


def merged(actors: list[Seen], judged: Constraints) -> tuple[Merge, ...]:
    """As they are resolved from the shelf."""
    with Shelf() as shelf:
        shelf.see(actors)
        return merges(shelf.actors(), judged)


def linked(*mentions: Mention, text: str = " date 2021-06-01\n\nEen regel.\n") -> list[Entity]:
    arguments = tuple(Argument("agent", m) for m in mentions)
    event = Event("Meeting", Span(0, 2), Span(0, 9), arguments, (), None, Modality.ACTUAL, (), 1.0)
    found = dict(link(Report(make_article("a.txt", text), (event,))).entities)
    return [found[m] for m in mentions]


def mention(text: str, kind: Kind, country: str | None = None, start: int = 0) -> Mention:
    return Mention(Span(start, start + len(text)), text, kind, text, country)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Vladimir Poetin", "Wladimir Putin"), ("Vladimir Putin", "Vladimir Poutine"), ("Wolodymyr Selenskyj", "Volodymyr Zelensky"),
     ("Abbas Araghchi", "Abbas Araghtschi"), ("Sergei Shoigu", "Sergej Schoigu"), ("Sergej Lavrov", "Sergueï Lavrov"),
     ("Viktor Orban", "Orbán Viktor")],
)  # fmt: skip
def test_transliterations_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Hassan Nasrallah", "Hussein Nasrallah"), ("Kim Jong-un", "Kim Jong-il"), ("Jan Jansen", "Jan Smit")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert alike(one, other) == 0


def test_an_unknown_spelling_of_a_reference_actor_is_found_within_its_state_alone() -> None:
    found = nearest("Wolodimir Zelenskyj", "person", {"UA"})
    assert found is not None
    actor, score, reason = found
    assert actor.country == "UA"
    assert 0.8 < score < 1
    assert reason.startswith("sounds like ")
    assert nearest("Wolodimir Zelenskyj", "person", {"FR"}) is None
    assert nearest("Wolodimir Zelenskyj", "organization", {"UA"}) is None
    assert nearest("Zelenskyj", "person", {"UA"}) is None  # one word alone is no name to guess by
    (entity,) = linked(mention("Wolodimir Zelenskyj", Kind.PERSON, "UA"))
    assert (entity.key, entity.reason) == (actor.id, reason)


def test_names_of_two_articles_meet_but_not_across_states_or_judgements() -> None:
    one, other = seen("p:1", "Daniel Moraru", articles=3), seen("p:2", "Daniel Moraroe", "c:RO")
    (merge,) = merged([other, one], NONE)
    assert (merge.iri, merge.into) == ("p:2", "p:1")
    assert "Daniel Moraru" in merge.reason
    assert merged([other, one], Constraints(different=[("p:1", "p:2")])) == ()
    assert merged([seen("p:1", "Daniel Moraru", "c:FR"), other], NONE) == ()
    assert merged([seen("p:1", "Daniel Moraru", kind="Vessel"), other], NONE) == ()


def test_a_reference_actor_is_kept_and_two_of_them_never_merge() -> None:
    (merge,) = merged([seen("p:a", "Jan Jansen", articles=9), seen("p:z", "Jan Janssen", known=True)], NONE)
    assert merge.into == "p:z"
    assert merged([seen("p:a", "Jan Jansen", known=True), seen("p:z", "Jan Janssen", known=True)], NONE) == ()


def test_a_judgement_joins_what_nothing_else_would() -> None:
    (merge,) = merged([seen("p:1", "The Captain"), seen("p:2", "Daniel Moraru")], Constraints(same=[("p:2", "p:1")]))
    assert merge.reason == "judged to be the same"


@pytest.mark.parametrize(
    ("words", "language", "country", "published", "who"),
    [
        ("russische Präsident", "de", None, "2021-05", "vladimir-putin"),
        ("président français", "fr", None, "2013-02-01", "francois-hollande"),
        ("Franse president", "nl", "FR", "2024", "emmanuel-macron"),
        ("American president", "en", "US", "2022-03-01", "joe-biden"),
        ("American president", "en", "US", "2018-03-01", "donald-trump"),
        ("Amerikaanse oud-president", "nl", "US", "2022", None),
        ("president", "nl", None, "2022", None),
        ("Russian president", "en", "RU", None, None),
    ],
)
def test_offices_go_by_state_and_date(words: str, language: str, country: str | None, published: str | None, who: str | None) -> None:
    found = holder(words, country, language, published)  # type: ignore[arg-type]
    assert (found.id if found else None) == who


def test_an_office_is_nothing_but_an_office() -> None:
    assert office("premier ministre", "fr") == ("prime-minister", None)
    assert office("woordvoerder van de president", "nl") is None


def test_an_office_in_an_article_is_its_holder() -> None:
    (entity,) = linked(mention("Russische president", Kind.GROUP, "RU"))
    assert (entity.kind, entity.key) == (Kind.PERSON, "vladimir-putin")
    assert "when the article appeared" in entity.reason


def test_namesakes_are_told_apart_by_the_state_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gazetteer().actors._bearers, "Jan Smit", {"emmanuel-macron", "joe-biden"})
    (alone,) = linked(mention("Jan Smit", Kind.PERSON))
    assert (alone.key, alone.reason) == ("jan-smit", "by name")
    (told,) = linked(mention("Jan Smit", Kind.PERSON, "FR"))
    assert told.key == "emmanuel-macron"
    by_context, _ = linked(mention("Jan Smit", Kind.PERSON), mention("Amerika", Kind.COUNTRY, "US", 20))
    assert by_context.key == "joe-biden"
    assert by_context.score < 1


@pytest.mark.parametrize(
    ("city", "other", "country"),
    [("Tripoli", "LB", "LB"), ("Tripoli", "DE", "LY"), ("Odessa", "UA", "UA"), ("Valencia", "VE", "VE"), ("Parijs", "US", "FR"),
     ("Cordoba", "AR", "AR")],
)  # fmt: skip
def test_a_city_lies_in_a_state_that_the_article_speaks_of(city: str, other: str, country: str) -> None:
    place, _ = linked(mention(city, Kind.PLACE), mention("elders", Kind.COUNTRY, other, 20))
    assert place.country == country
    assert place.reason
