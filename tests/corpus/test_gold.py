"""The annotation of corpus/: legal in itself, literal in its articles, and agreed across articles and languages."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from typing import Any

import pytest
import yaml

from kg.records import EVENT_TYPES, LANGUAGES, Modality, Stance
from kg.score import read_gold
from kg.score.gold import SCORED_ROLES
from tests.conftest import CORPUS, ROOT

GOLD = ROOT / "corpus" / "gold"
OTHER_KEYS = {"type", "quote", "quantity", "time", "modality", "claims", "optional"}


def rows(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((GOLD / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


TEXTS = {path.name: path.read_text(encoding="utf-8") for path in CORPUS}
ARTICLES = {row["article"]: row for language in LANGUAGES for row in rows(language)}
EVENTS = {(name, event["type"], event["quote"]): event for name, row in ARTICLES.items() for event in row["events"]}
INCIDENTS = {row["incident"]: [(e["article"], e["type"], e["quote"]) for e in row["events"]] for row in rows("incidents")}
STORIES = {row["story"]: row for row in rows("parallel")}


def language(article: str) -> str:
    return str(ARTICLES[article]["language"])


def well_formed(event: dict[str, Any]) -> None:
    assert event["type"] in EVENT_TYPES
    assert set(event) <= OTHER_KEYS | set(SCORED_ROLES), event["quote"]
    for role in set(event) & set(SCORED_ROLES):
        assert event[role], f"{event['quote']}: an empty {role}"
        for filler in event[role]:
            assert isinstance(filler, str), f"{event['quote']}: {filler!r} is no text to YAML, so it needs quotation marks"
            assert all(form and form == form.strip() for form in filler.split("|")), event["quote"]
    if "quantity" in event:
        assert set(event["quantity"]) & {"value", "minimum", "maximum"}
        assert set(event["quantity"]) <= {"value", "minimum", "maximum", "unit"}
        assert all(isinstance(v, int | float) for k, v in event["quantity"].items() if k != "unit")
    if "time" in event:
        first, last = event["time"]
        assert first or last, event["quote"]
        assert all(isinstance(day, dt.date) for day in (first, last) if day), event["quote"]
        assert not (first and last) or first <= last, event["quote"]
    assert event.get("modality", "actual") in set(Modality)
    for claim in event.get("claims", ()):
        assert set(claim) == {"by", "stance"}
        assert claim["by"]
        assert claim["stance"] in set(Stance)


@pytest.mark.parametrize("article", sorted(TEXTS))
def test_every_article_is_annotated_in_the_file_of_its_language(article: str) -> None:
    row = ARTICLES[article]
    assert row["language"] == article[:2]
    assert row["events"]
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", str(row.get("published", "2024")))
    for event in row["events"]:
        assert event["quote"] in TEXTS[article], f"not literally in {article}: {event['quote']}"
        well_formed(event)


def test_the_scorer_reads_the_folder_and_nothing_else_in_it() -> None:
    assert {article.name for article in read_gold(GOLD)} == set(ARTICLES) == set(TEXTS)
    assert len(EVENTS) == sum(len(row["events"]) for row in ARTICLES.values()), "one quote tells two events of one type"


def test_a_happening_is_told_by_events_of_the_gold() -> None:
    told = Counter(event for events in INCIDENTS.values() for event in events)
    assert len(INCIDENTS) == len(rows("incidents"))
    assert set(told) <= set(EVENTS), f"no such gold event: {sorted(set(told) - set(EVENTS))[:3]}"
    assert max(told.values()) == 1, f"one event, two happenings: {[e for e, n in told.items() if n > 1]}"
    for slug, events in INCIDENTS.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert len(events) >= 2, slug
        assert len({kind for _, kind, _ in events}) == 1, slug


def test_many_happenings_are_told_in_several_languages_by_old_and_new_articles() -> None:
    in_stories = {article for story in STORIES.values() for article in story["articles"]}
    wide = {slug: {a for a, _, _ in events} for slug, events in INCIDENTS.items() if len({language(a) for a, _, _ in events}) >= 3}
    assert len(wide) >= 10
    assert sum(1 for articles in wide.values() if articles & in_stories and articles - in_stories) >= 10


@pytest.mark.parametrize("actor", rows("actors"), ids=lambda row: str(row["actor"]))
def test_an_actor_is_mentioned_literally(actor: dict[str, Any]) -> None:
    assert set(actor) == {"actor", "class", "country", "mentions"}
    assert actor["class"] in {"person", "organization", "group", "vessel"}
    assert actor["country"] is None or re.fullmatch(r"[A-Z]{2}", actor["country"])
    assert actor["mentions"]
    mentions = [(m["article"], m["text"]) for m in actor["mentions"]]
    assert len(set(mentions)) == len(mentions)
    for article, text in mentions:
        assert text in TEXTS[article], f"{article} does not name {text}"


def test_no_name_of_one_article_is_two_actors() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for actor in rows("actors"):
        for mention in actor["mentions"]:
            owners[mention["article"], mention["text"]].add(actor["actor"])
    assert [names for names, actors in owners.items() if len(actors) > 1] == []


@pytest.mark.parametrize("story", sorted(STORIES))
def test_a_story_is_told_alike_in_every_language(story: str) -> None:
    row = STORIES[story]
    assert sorted(language(article) for article in row["articles"]) == sorted(LANGUAGES)
    assert len(set(row["core"])) == len(row["core"]) >= 6
    kinds = {}
    for article in row["articles"]:
        told = {slug: {kind for a, kind, _ in INCIDENTS[slug] if a == article} for slug in row["core"]}
        assert all(told.values()), f"{article} does not tell {[slug for slug, kind in told.items() if not kind]}"
        kinds[article] = Counter(kind for kind_of_one in told.values() for kind in kind_of_one)
    assert len({tuple(sorted(counted.items())) for counted in kinds.values()}) == 1, kinds


def test_the_stories_cover_every_type_and_no_article_is_in_two() -> None:
    articles = [article for story in STORIES.values() for article in story["articles"]]
    assert len(articles) == len(set(articles)) == 4 * len(STORIES)
    assert {kind for article, kind, _ in EVENTS if article in articles} == set(EVENT_TYPES)


def test_what_is_held_back_is_named_in_the_readme() -> None:
    readme = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    held = re.search(r"^## Held back\n(.*?)^## ", readme, re.S | re.M)
    assert held
    named = {name for name in TEXTS if re.search(rf"\b{name[:4]}\b", held[1])}
    assert len(named) == 19
    for story in STORIES.values():
        assert set(story["articles"]) <= named or not set(story["articles"]) & named
