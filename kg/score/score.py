"""Score a graph against gold annotation: one pass over the articles, every slot counted once.

Fact F1 is micro F1 over: the event itself, each role filler, each claim, and quantity, time and modality (where it is
not ``actual``). An event that was not predicted costs recall in every slot; one that was made up costs precision with
each of its fillers; an optional gold event costs nothing when it is missed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from kg.graph.facts import EventFact, Facts, facts
from kg.graph.store import Graph
from kg.score import match
from kg.score.figures import Cause, Figures, Ratio, Tally
from kg.score.gold import GoldArticle, GoldEvent, read_gold

__all__ = ["score", "score_facts"]

_EXAMPLES = 5


def score(graph: Graph | str | Path, gold: str | Path, *, only: str | None = None) -> Figures:
    """Figures of a graph, a graph folder or an exported file against a gold file or folder of them.

    ``only`` scores one event type alone. Raises ``GoldError`` and what opening a graph raises.
    """
    annotated = read_gold(gold)
    if isinstance(graph, Graph):
        return score_facts(facts(graph.quads()), annotated, only=only)
    with Graph.open(graph) if Path(graph).is_dir() else Graph.load(graph) as opened:
        return score_facts(facts(opened.quads()), annotated, only=only)


def score_facts(found: Facts, gold: Iterable[GoldArticle], *, only: str | None = None) -> Figures:
    """Figures of facts already read."""
    by_name: dict[str, list[EventFact]] = defaultdict(list)
    read: set[str] = set()
    for article in found.articles.values():
        name = PurePosixPath(article.name).name
        read.add(name)
        by_name[name] += [e for e in found.by_article[article.iri] if not only or only in e.types]
    count = _Count(found)
    gold = tuple(gold)
    for annotated in gold:
        wanted = tuple(e for e in annotated.events if not only or e.type == only)
        count.article(annotated.name, annotated.language, wanted, tuple(by_name[annotated.name]))
    return count.figures(len(gold), tuple(sorted(a.name for a in gold if a.name not in read)))


class _Count:
    """Counts while the articles pass."""

    def __init__(self, found: Facts) -> None:
        self.found = found
        self.names = match.Names(found)
        self.tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
        self.ratios: dict[str, Ratio] = defaultdict(Ratio)
        self.causes: Counter[str] = Counter()
        self.examples: dict[str, list[str]] = defaultdict(list)
        self.name = self.language = ""

    def article(self, name: str, language: str, gold: tuple[GoldEvent, ...], events: tuple[EventFact, ...]) -> None:
        self.name, self.language = name, language
        pairs = match.assign(self.names, gold, events)
        taken = set(pairs.values())
        spare = [e for j, e in enumerate(events) if j not in taken]
        for i, want in enumerate(gold):
            event = events[pairs[i]] if i in pairs else None
            if event is None and want.optional:
                continue
            self.event(want, event, spare)
            self.role(want, event)
            self.claim(want, event)
            self.slots(want, event)
        for event in spare:
            self.made_up(event, gold)

    def fact(self, hits: int, gold: int, predicted: int, *slots: tuple[str, str]) -> None:
        tally = Tally(hits, gold, predicted)
        for slot in (("facts", ""), ("language", self.language), *slots):
            self.tallies[slot] += tally

    def cause(self, name: str, words: str) -> None:
        self.causes[name] += 1
        if len(self.examples[name]) < _EXAMPLES:
            self.examples[name].append(f"{self.name}: {' '.join(words.split())[:120]}")

    def event(self, want: GoldEvent, event: EventFact | None, spare: list[EventFact]) -> None:
        hit = event is not None
        self.fact(hit, 1, hit, ("events", ""), ("type", want.type), ("language event", self.language))
        if event is None:
            other = next((e for e in spare if match.place(want, e)), None)
            if other is None:
                self.cause(f"missed event: {want.type}", want.quote)
            else:
                self.cause(f"wrong type: {want.type} as {other.type}", want.quote)

    def role(self, want: GoldEvent, event: EventFact | None) -> None:
        found = match.roles(self.names, want, event)
        for role, _ in found.hits:
            self.fact(1, 1, 1, ("fillers", ""), ("role", role))
        for role, filler in found.missed:
            self.fact(0, 1, 0, ("fillers", ""), ("role", role))
            if event is not None:
                self.cause(f"missed {role}", f"{filler} ({want.type}: {want.quote})")
        for role, node in found.spurious:
            self.fact(0, 0, 1, ("fillers", ""), ("role", role))
            self.cause(f"made-up {role}", f"{self.found.name(node)} ({want.type}: {want.quote})")

    def claim(self, want: GoldEvent, event: EventFact | None) -> None:
        hit, missed, extra = match.claims(self.names, want, event)
        self.fact(len(hit), len(hit) + len(missed), len(hit) + len(extra), ("claims", ""))
        if event is not None:
            for by, stance in missed:
                self.cause(f"missed claim: {stance}", f"{by} ({want.type}: {want.quote})")
            for by, stance in extra:
                self.cause(f"made-up claim: {stance}", f"{self.found.name(by)} ({want.type}: {want.quote})")

    def slots(self, want: GoldEvent, event: EventFact | None) -> None:
        if want.quantity:
            right = event is not None and match.quantity(want.quantity, event.quantities)
            self.slot("quantity", right, event, bool(event and event.quantities), want)
        if want.time:
            right = event is not None and match.time(want.time, event)
            self.slot("time", right, event, bool(event and (event.earliest or event.latest)), want)
        same = event is not None and event.modality == want.modality
        if want.modality != "actual":
            self.fact(same, 1, event is not None and event.modality != "actual")
        if event is not None:
            self.ratios["modality"] += Ratio(same, 1)
            if not same:
                self.cause(f"modality: {want.modality} as {event.modality}", f"{want.type}: {want.quote}")

    def slot(self, name: str, right: bool, event: EventFact | None, there: bool, want: GoldEvent) -> None:
        self.fact(right, 1, there)
        if event is not None:
            self.ratios[name] += Ratio(right, 1)
            if not right:
                self.cause(f"{'wrong' if there else 'missed'} {name}", f"{want.type}: {want.quote}")

    def made_up(self, event: EventFact, gold: tuple[GoldEvent, ...]) -> None:
        self.fact(0, 0, 1, ("events", ""), ("type", event.type), ("language event", self.language))
        for role, _ in match.scored(event):
            self.fact(0, 0, 1, ("fillers", ""), ("role", role))
        words = next((p.sentence or p.exact for p in event.evidence), "")
        again = any(event.type == want.type and match.place(want, event) for want in gold)
        self.cause(f"{'repeated' if again else 'made-up'} event: {event.type}", words)

    def group(self, name: str) -> Mapping[str, Tally]:
        found = {key: tally for (slot, key), tally in self.tallies.items() if slot == name}
        return dict(sorted(found.items(), key=lambda kv: (-kv[1].gold, -kv[1].predicted, kv[0])))

    def figures(self, articles: int, unread: tuple[str, ...]) -> Figures:
        causes = sorted(self.causes.items(), key=lambda kv: (-kv[1], kv[0]))
        one = {slot: self.tallies[slot, ""] for slot in ("facts", "events", "fillers", "claims")}
        return Figures(
            articles=articles, **one,
            times=self.ratios["time"], quantities=self.ratios["quantity"], modalities=self.ratios["modality"],
            types=self.group("type"), roles=self.group("role"), languages=self.group("language"),
            language_events=self.group("language event"),
            causes=tuple(Cause(name, n, tuple(self.examples[name])) for name, n in causes), unread=unread,
        )  # fmt: skip
