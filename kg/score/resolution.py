"""Resolution against gold: which events are one incident, which names one actor, and how far four languages agree.

``incidents.yaml``, ``actors.yaml`` and ``parallel.yaml`` beside the annotation say what belongs together. A gold event is found where an
event of its type has its evidence in the quote; gold events that no incident names are incidents of one event. What is not found is no
matter of resolution, so the clusters are compared over the events and names that are there; how many are is told too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import Any

import pyoxigraph as ox
import yaml

from kg.errors import GoldError
from kg.graph.facts import Entity, EventFact, Facts, facts_in
from kg.graph.groupings import groupings, same_actors
from kg.graph.names import KG
from kg.graph.store import Graph
from kg.score.coreference import Agreement, agreement, aligned
from kg.score.figures import Tally
from kg.score.gold import read_gold
from kg.score.match import norm, touches

__all__ = ["Resolution", "located", "resolution", "score_resolution"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Agreement with the gold clusters; ``linking`` is the share of names that stand under the actor aligned with theirs.

    ``languages`` is the agreement of parallel articles: twice the facts in common over the facts of both, pair by pair.
    """

    incidents: Agreement
    actors: Agreement
    linking: Tally
    languages: Tally
    stories: Mapping[str, Tally]


def score_resolution(graph: str | Path, gold: str | Path) -> Resolution | None:
    """``resolution`` of a graph folder. Raises ``GoldError`` and what opening a graph raises."""
    with Graph.open(graph) as opened:
        return resolution(opened, Path(gold))


def resolution(graph: Graph, gold: Path, keep: Callable[[str], bool] = lambda article: True) -> Resolution | None:
    """The figures of a graph against the folder of gold; None where it holds no clusters. ``keep`` chooses articles by name.

    Raises ``GoldError``.
    """
    folder = gold if gold.is_dir() else gold.parent
    if not (folder / "incidents.yaml").exists():
        return None
    found = facts_in(graph.store)
    places = located(found, folder, keep)
    home = {event: group.iri for group in groupings(graph) for event in group.events}
    key = _clusters((slug, event) for event, slug in places.items())
    response = _clusters((home.get(event, event), event) for event in places)
    events = agreement(key, response)
    missed = sum(1 for _ in _gold_events(folder, keep)) - len(places)
    events = Agreement(events.muc, events.b3, events.ceafe, events.mentions + missed, events.found)
    actors, linking = _actors(graph, found, folder, keep)
    stories = _stories(found, folder, {e: s for e, s in places.items() if not s.startswith("alone ")}, same_actors(graph), keep)
    total = sum(stories.values(), Tally())
    return Resolution(events, actors, linking, total, stories)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GoldError(f"{path}: {' '.join(str(error).split())}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise GoldError(f"{path}: a list of entries is expected")
    return rows


def _clusters(rows: Iterable[tuple[str, str]]) -> list[list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for home, member in rows:
        found[home].append(member)
    return [sorted(found[home]) for home in sorted(found)]


def _gold_events(folder: Path, keep: Callable[[str], bool]) -> Iterable[tuple[str, str, str, str]]:
    """(incident, article, type, quote) of every gold event that counts."""
    slugs: dict[tuple[str, str, str], str] = {}
    for row in _read(folder / "incidents.yaml"):
        for event in row["events"]:
            slugs[event["article"], event["type"], norm(event["quote"])] = row["incident"]
    for (name, kind, quote), slug in slugs.items():
        if keep(name):
            yield slug, name, kind, quote
    for article in read_gold(folder):
        for event in article.events:
            quote = norm(event.quote)
            if keep(article.name) and not event.optional and not any(
                (a, t) == (article.name, event.type) and (quote in q or q in quote) for a, t, q in slugs
            ):  # fmt: skip
                yield f"alone {article.name} {event.type} {quote}", article.name, event.type, event.quote


def located(found: Facts, folder: Path, keep: Callable[[str], bool]) -> dict[str, str]:
    """Event IRI → gold incident, each gold event and each event at most once."""
    by_name: dict[str, list[EventFact]] = defaultdict(list)
    for article in found.articles.values():
        by_name[PurePosixPath(article.name).name] += found.by_article[article.iri]
    places: dict[str, str] = {}
    for slug, name, kind, quote in _gold_events(folder, keep):
        wanted = norm(quote)
        ranked = []
        for event in by_name.get(name, ()):
            if kind in event.types and event.iri not in places:
                inside = any(norm(p.exact) and norm(p.exact) in wanted for p in event.evidence)
                if any(touches(quote, p.sentence) for p in event.evidence) and inside:
                    ranked.append((-len(event.roles), event.iri))
        if ranked:
            places[min(ranked)[1]] = slug
    return places


def _actors(graph: Graph, found: Facts, folder: Path, keep: Callable[[str], bool]) -> tuple[Agreement, Tally]:
    same = same_actors(graph)
    nodes: dict[str, dict[str, str]] = defaultdict(dict)
    names = {a.iri: PurePosixPath(a.name).name for a in found.articles.values()}
    for quad in graph.store.quads_for_pattern(None, KG["mentionOf"], None):
        words = next((q.object for q in graph.store.quads_for_pattern(quad.subject, KG["exact"], None)), None)
        article = names.get(str(getattr(quad.graph_name, "value", "")), "")
        target = str(getattr(quad.object, "value", ""))
        if isinstance(words, ox.Literal):
            nodes[article].setdefault(norm(words.value), same.get(target, target))
    places: dict[tuple[str, str], str] = {}
    homes: dict[tuple[str, str], str] = {}
    wanted = 0
    for row in _read(folder / "actors.yaml"):
        for mention in row["mentions"]:
            if keep(mention["article"]):
                wanted += 1
                text = norm(mention["text"])
                told = nodes.get(mention["article"], {})
                hit = told.get(text) or next((n for words, n in sorted(told.items()) if f" {text} " in f" {words} " and _fits(n, row["class"])), None)
                if hit:
                    places[mention["article"], text] = row["actor"]
                    homes[mention["article"], text] = hit
    key, response = (_grouped(side) for side in (places, homes))
    compared = agreement(key, response)
    right = sum(len(key[i] & response[j]) for i, j in aligned(key, response))
    return Agreement(compared.muc, compared.b3, compared.ceafe, wanted, len(places)), Tally(right, len(places), len(places))


def _fits(node: str, kind: str) -> bool:
    return f"/{kind}/" in node or (kind == "group" and "/organization/" in node)


def _grouped(rows: Mapping[tuple[str, str], str]) -> list[frozenset[Any]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for mention, home in rows.items():
        found[home].add(mention)
    return [frozenset(found[home]) for home in sorted(found)]


def _stories(
    found: Facts, folder: Path, places: Mapping[str, str], same: Mapping[str, str], keep: Callable[[str], bool]
) -> Mapping[str, Tally]:
    """Story → facts in common (hits) and facts of the two sides (gold, predicted), over all pairs of its articles."""
    told: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    cores = {row["story"]: (row["articles"], set(row["core"])) for row in _read(folder / "parallel.yaml")}
    names = {a.iri: PurePosixPath(a.name).name for a in found.articles.values()}
    for iri, slug in places.items():
        told[names[found.events[iri].article]].update(_facts(slug, found, found.events[iri], same))
    tallies = {}
    for story, (articles, core) in sorted(cores.items()):
        if all(keep(article) for article in articles):
            sides = [{fact for fact in told[article] if fact[0] in core} for article in articles]
            tallies[story] = sum((Tally(len(a & b), len(a), len(b)) for a, b in combinations(sides, 2)), Tally())
    return tallies


def _facts(slug: str, found: Facts, event: EventFact, same: Mapping[str, str]) -> Iterable[tuple[str, ...]]:
    """What an event says that another language can say too: what only words name (groups, topics, nameless bodies, places that one
    article describes) counts by its state.
    """
    yield slug, "event", event.type
    yield slug, "modality", event.modality
    for role in event.roles:
        entity = found.entities[role.filler]
        if _nameless(entity):
            for country in entity.countries:
                yield slug, role.role, country
        else:
            yield slug, role.role, same.get(role.filler, role.filler)
    for amount in event.quantities:
        value = next((v for v in (amount.value, amount.minimum, amount.maximum) if v is not None), None)
        if value is not None:
            yield slug, "quantity", f"{value:g}"
    for claim in event.claims:
        if not claim.own_voice and claim.by and not _nameless(found.entities[claim.by]):
            yield slug, "claim", claim.stance, same.get(claim.by, claim.by)


def _nameless(entity: Entity) -> bool:
    """Whether nothing but words of one language tells who or what this is."""
    return entity.kind in ("Group", "Topic") or (
        entity.kind in ("Organization", "Place") and re.fullmatch("[0-9a-f]{16}", entity.iri.rsplit("/", 1)[-1]) is not None
    )
