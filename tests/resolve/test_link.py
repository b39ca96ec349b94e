"""Names to entities: the same in every language and article where the words tell it, never more than they tell."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import Metadata, make_article
from kg.records import Argument, Claim, Entity, Event, Kind, Language, Linked, Mention, Modality, Report, Span, Stance
from kg.resolve.link import described, link, normalise


def mention(text: str, kind: Kind, start: int = 0, **known: str) -> Mention:
    return Mention(Span(start, start + len(text)), text, kind, known.pop("name", text), **known)  # type: ignore[arg-type]


def shipment(agents: tuple[Mention, ...], claims: tuple[Claim, ...] = ()) -> Event:
    roles = tuple(Argument("agent", agent) for agent in agents)
    return Event("Shipment", Span(0, 2), Span(0, 30), roles, (), None, Modality.ACTUAL, claims, 1.0)


def linked(
    *mentions: Mention, name: str = "a.txt", text: str = "De regering stuurde wapens naar het front.", language: Language | None = None
) -> Linked:
    """The link of an event that has these mentions as agents."""
    article = make_article(name, text, Metadata(language=language))
    return link(Report(article, (shipment(tuple(mentions)),)))


def entity(m: Mention, *others: Mention, **where: Any) -> Entity:
    return dict(linked(m, *others, **where).entities)[m]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kim Jong-un", "kim jong un"), ("de NAVO", "NAVO"), ("Die Bundeswehr", "bundeswehr"), ("l’ONU", "L'ONU"), ("Hervé Morin", "herve morin")],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) != ""


def test_names_of_nothing_but_marks_are_empty() -> None:
    assert normalise(" — ") == ""


@pytest.mark.parametrize(("words", "language"), [("Noord-Korea", "nl"), ("Nordkorea", "de"), ("North Korea", "en"), ("Corée du Nord", "fr")])
def test_a_state_is_one_node_in_every_language(words: str, language: Language) -> None:
    found = entity(mention(words, Kind.COUNTRY, country="KP"))
    assert (found.kind, found.key, found.country) == (Kind.COUNTRY, "KP", "KP")
    assert (words, language) in found.labels


def test_part_of_a_persons_name_is_the_full_name_met_in_the_article() -> None:
    full, part = mention("Yoo Sang-bum", Kind.PERSON), mention("Yoo", Kind.PERSON, 20)
    assert entity(part, full).key == entity(full).key == "yoo-sang-bum"
    assert entity(part).key == "yoo"


def test_an_unknown_actor_is_one_node_by_name_in_two_articles() -> None:
    one = entity(mention("Jansen Transport", Kind.ORGANIZATION), name="a.txt")
    two = entity(mention("Jansen Transport", Kind.ORGANIZATION), name="b.txt", text="Een heel andere tekst over vrachtwagens.")
    assert one.key == two.key
    assert one.score < 1


def test_what_only_one_article_describes_stays_its_own() -> None:
    words = mention("bewoners van het dorp", Kind.GROUP)
    one, two = entity(words), entity(words, text="In een andere tekst wonen ook bewoners van een dorp.")
    assert one.key != two.key
    assert one.key == entity(words, name="renamed.txt").key  # by content and place, not by file name


def test_a_pronoun_stands_for_its_antecedent() -> None:
    state = mention("Iran", Kind.COUNTRY, country="IR")
    pronoun = Mention(Span(30, 34), "dat land", Kind.COUNTRY, "dat land", antecedent=state)
    assert entity(pronoun).key == "IR"


def test_a_known_good_is_its_concept_and_an_unknown_one_hangs_below_goods() -> None:
    assert entity(mention("olie", Kind.CARGO, concept="oil")).key == "oil"
    odd = entity(mention("zeldzame knopen", Kind.CARGO))
    assert odd.broader == "goods"


def test_a_city_is_its_gazetteer_entry_unless_the_text_puts_it_elsewhere() -> None:
    beirut = entity(mention("Beiroet", Kind.PLACE))
    assert beirut.key.startswith("geonames-")
    assert beirut.country == "LB"
    assert not entity(mention("Beiroet", Kind.PLACE, country="NL")).key.startswith("geonames-")


def test_sources_of_claims_are_linked_and_the_result_depends_on_the_report_alone() -> None:
    article = make_article("a.txt", "Teheran ontkent dat Iran olie leverde.")
    source = mention("Teheran", Kind.COUNTRY, country="IR")
    agent = mention("Iran", Kind.COUNTRY, 20, country="IR")
    event = shipment((agent,), (Claim(source, Stance.DENIES, Span(8, 15)),))
    once, again = link(Report(article, (event,))), link(Report(article, (event,)))
    assert once == again
    assert {m.text for m, _ in once.entities} == {"Teheran", "Iran"}


@pytest.mark.parametrize("name", ["Vladimir Poetin", "Wladimir Putin", "Vladimir Putin", "Vladimir Poutine"])
def test_a_reference_actor_is_one_node_whatever_the_spelling(name: str) -> None:
    found = entity(mention(name, Kind.PERSON))
    assert found.key == entity(mention("Vladimir Putin", Kind.PERSON)).key
    assert found.same_as == ("http://www.wikidata.org/entity/Q7747",)
    assert (found.country, found.score, found.reason) == ("RU", 1.0, "reference actor")


@pytest.mark.parametrize("name", ["NAVO", "de NAVO", "NATO", "OTAN"])
def test_a_reference_body_is_one_node_in_every_language(name: str) -> None:
    assert entity(mention(name, Kind.ORGANIZATION)).key == entity(mention("NATO", Kind.ORGANIZATION)).key


def test_a_namesake_of_another_state_is_not_the_reference_actor() -> None:
    namesake = entity(mention("Vladimir Putin", Kind.PERSON, country="FR"))
    assert namesake.reason == "by name"
    assert namesake.country == "FR"


def test_a_surname_met_with_its_full_name_is_the_reference_actor() -> None:
    full, part = mention("Vladimir Putin", Kind.PERSON), mention("Putin", Kind.PERSON, 20)
    assert entity(part, full).key == entity(full).key


def test_two_persons_of_one_surname_keep_their_full_names() -> None:
    one, other = mention("Anna Bakker", Kind.PERSON), mention("Jan Bakker", Kind.PERSON, 15)
    assert {entity(one, other).key, entity(other, one).key} == {"anna-bakker", "jan-bakker"}


def test_an_unknown_name_has_one_key_in_two_languages() -> None:
    name = mention("Zandstra Holding", Kind.ORGANIZATION)
    dutch = entity(name, text="De regering van Nederland verkocht vorig jaar schepen en graan aan het buitenland.")
    german = entity(name, text="Die Regierung verkaufte im vergangenen Jahr Schiffe und Getreide an das Ausland.")
    assert dutch.labels != german.labels
    assert dutch.key == german.key == "zandstra-holding"


def test_a_body_without_a_name_is_one_a_state() -> None:
    """The same two words mean the same service in two articles, if the state is known."""
    service = mention("inlichtingendienst", Kind.ORGANIZATION, country="KR")
    other = mention("inlichtingendienst", Kind.ORGANIZATION, country="NL")
    assert entity(service).key == entity(service, text="Een heel andere tekst over vrachtwagens.").key
    assert entity(service).key != entity(other).key


def test_a_body_without_name_and_state_stays_its_articles_own() -> None:
    bare = mention("inlichtingendienst", Kind.ORGANIZATION)
    assert entity(bare).key != entity(bare, text="Een heel andere tekst over vrachtwagens.").key


@pytest.mark.parametrize(
    ("name", "language", "noun"),
    [("Chinese companies", "en", "companies"), ("Letse veiligheidsdienst", "nl", "veiligheidsdienst"), ("Politie Singapore", "nl", "politie"),
     ("Islamic State", "en", ""), ("Malian Armed Forces", "en", ""), ("Radio Niger", "fr", ""), ("Russische Botschaft", "de", ""),
     ("Baykar", "en", "")],
)  # fmt: skip
def test_a_state_and_a_noun_describe_and_name_nobody(name: str, language: Language, noun: str) -> None:
    assert described(name, language) == noun


def test_what_a_state_and_a_noun_describe_is_no_actor_by_that_name() -> None:
    firms = entity(mention("Chinese bedrijven", Kind.ORGANIZATION, country="CN"), language="nl")
    assert (len(firms.key), firms.country) == (16, "CN")
    assert entity(mention("Politie Singapore", Kind.ORGANIZATION, country="SG"), language="nl").key == "sg-police"
    assert len(entity(mention("Libische havenstad", Kind.PLACE, country="LY"), language="nl").key) == 16


def test_the_union_is_one_actor_whether_it_acts_or_lies_somewhere() -> None:
    both = [entity(mention(words, kind), language="fr") for words, kind in (("L'UE", Kind.PLACE), ("Union européenne", Kind.ORGANIZATION))]
    assert {(e.kind, e.key) for e in both} == {(Kind.ORGANIZATION, "european-union")}


def test_a_german_noun_for_bodies_or_sites_is_no_name() -> None:
    for word, kind in (("Firmen", Kind.ORGANIZATION), ("Verteidigungsministerium", Kind.ORGANIZATION), ("Markt", Kind.PLACE)):
        one, other = (entity(mention(word, kind), text=text, language="de") for text in ("Ein Bericht.", "Ein anderer."))
        assert one.key != other.key, word
    assert entity(mention("Commerzbank", Kind.ORGANIZATION), language="de").key == "commerzbank"


@pytest.mark.parametrize(("word", "language"), [("marine", "nl"), ("Marine", "de"), ("navy", "en"), ("marine", "fr")])
def test_the_body_of_a_state_by_its_noun_alone_is_one_in_every_language(word: str, language: Language) -> None:
    assert entity(mention(word, Kind.ORGANIZATION, country="IR"), language=language).key == "ir-navy"
    assert entity(mention(word, Kind.ORGANIZATION), language=language).key != "ir-navy"


@pytest.mark.parametrize(("words", "language"), [("Golf van Aden", "nl"), ("Golf von Aden", "de"), ("Gulf of Aden", "en"), ("golfe d'Aden", "fr")])
def test_a_sea_is_one_place_in_every_language(words: str, language: Language) -> None:
    assert entity(mention(words, Kind.PLACE), language=language).key == "gulf-of-aden"


def test_a_ship_is_known_by_its_name_in_every_language() -> None:
    keys = {entity(mention("True Confidence", Kind.VESSEL), language=tag).key for tag in ("nl", "de", "en", "fr")}
    assert keys == {"true-confidence"}


def test_a_known_group_is_no_local_description() -> None:
    assert entity(mention("Hezbollah", Kind.GROUP)).reason == "reference actor"


def test_two_groups_of_one_article_are_two_nodes() -> None:
    here, there = mention("soldaten", Kind.GROUP, 3), mention("soldaten", Kind.GROUP, 20)
    assert entity(here, there).key != entity(there, here).key


def test_a_place_without_a_name_stays_its_articles_own() -> None:
    port = mention("haven", Kind.PLACE)
    assert entity(port).key != entity(port, text="Een heel andere tekst over vrachtwagens.").key


def test_an_unknown_place_is_known_by_its_name() -> None:
    assert entity(mention("Zorblaxstad", Kind.PLACE)).key == "zorblaxstad"


def test_minted_goods_are_one_concept_in_two_articles() -> None:
    odd = mention("zeldzame knopen", Kind.CARGO)
    assert entity(odd).key == entity(odd, text="De boeren verkochten een heel ander product.").key


def test_a_concept_that_the_scheme_lacks_is_minted() -> None:
    found = entity(mention("wondermiddel", Kind.CARGO, concept="no-such-concept"))
    assert (found.broader, found.key == "no-such-concept") == ("goods", False)


def test_a_concept_is_labelled_in_every_language() -> None:
    assert [language for _, language in entity(mention("olie", Kind.CARGO, concept="oil")).labels] == ["nl", "de", "en", "fr"]


def test_a_state_without_a_code_is_no_country_of_the_list() -> None:
    nowhere = mention("Zorblaxië", Kind.COUNTRY)
    assert entity(nowhere).country is None


_NAMES = st.sampled_from(
    ["Anna Bakker", "Bakker", "Jan Bakker", "Vladimir Putin", "Putin", "NAVO", "Iran", "soldaten", "olie", "Beiroet", "Zandstra"]
)
_MENTIONS = st.lists(st.tuples(_NAMES, st.sampled_from(list(Kind)), st.integers(0, 30), st.sampled_from([None, "RU", "NL"])), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None)
@given(_MENTIONS, st.randoms(use_true_random=False))
def test_the_order_of_mentions_changes_nothing(rows: list[tuple[str, Kind, int, str | None]], shuffle: Random) -> None:
    made = [Mention(Span(start, start + len(name)), name, kind, name, country) for name, kind, start, country in rows]
    mixed = list(made)
    shuffle.shuffle(mixed)
    assert dict(linked(*made).entities) == dict(linked(*mixed).entities)


@settings(max_examples=80, deadline=None)
@given(_MENTIONS)
def test_every_mention_gets_one_entity_with_a_key(rows: list[tuple[str, Kind, int, str | None]]) -> None:
    made = [Mention(Span(start, start + len(name)), name, kind, name, country) for name, kind, start, country in rows]
    found = linked(*made).entities
    assert {m for m, _ in found} == set(made)
    assert all(e.key and e.labels for _, e in found)


@given(st.text(max_size=30))
def test_a_normalised_name_has_no_edges_case_or_marks(name: str) -> None:
    once = normalise(name)
    assert once == once.strip("-") == once.casefold()
    assert all(part.isalnum() for part in once.split("-") if part)
