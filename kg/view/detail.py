"""What the page can tell of each event, entity and article, as plain data; every text is text, never markup.

Things (events, then entities) are known by their place in one list; mentions, sentences and articles by theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.graph.facts import ArticleFact, Entity, EventFact, Facts, Passage
from kg.view.select import doubt, spoken

__all__ = ["Details", "details", "marks"]

_MARKS = ("names", "time", "amount", "says", "tells")
"""What marked words do, the weaker first: where two overlap, the stronger shows."""


@dataclass(frozen=True, slots=True)
class Details:
    """``number`` gives each IRI its place among ``things``; the first ``drawn`` of them are nodes of the graph."""

    number: Mapping[str, int]
    drawn: int
    things: list[dict[str, Any]]
    articles: list[dict[str, Any]]
    mentions: list[tuple[str, int, int, str, int]]
    sentences: list[str]

    @property
    def names(self) -> set[str]:
        """Every class, property, stance and modality that is spoken of."""
        found: set[str] = {"Event", "Article"}
        for thing in self.things:
            if "type" in thing:
                found |= {thing["type"], thing["modality"], *(c["stance"] for c in thing["claims"])}
                found |= {name for role in thing["roles"] for name in role[:2]}
            else:
                found.add(thing["kind"])
        return found


def details(facts: Facts, events: Sequence[EventFact]) -> Details:
    """The details of some events and of everything that they lead to."""
    drawn = sorted({r.filler for e in events for r in e.roles} | {by for e in events for by, _ in spoken(e)})
    articles = [facts.articles[iri] for iri in sorted({e.article for e in events})]
    saying = {c.by for e in events for c in e.claims} | {a.publisher for a in articles if a.publisher}
    beside = {c for iri in saying | set(drawn) if iri in facts.entities for c in facts.entities[iri].countries}
    order = [*(e.iri for e in events), *drawn, *sorted((saying | beside) & facts.entities.keys() - set(drawn))]
    number = {iri: index for index, iri in enumerate(order)}
    place = {a.iri: index for index, a in enumerate(articles)}
    tables = _Tables({}, {})
    things = [_event(facts, e, number, place[e.article], tables) for e in events]
    things += [_entity(facts.entities[iri], number) for iri in order[len(events) :]]
    written = [_article(a, number) for a in articles]
    return Details(number, len(events) + len(drawn), things, written, list(tables.mentions), list(tables.sentences))


@dataclass(frozen=True, slots=True)
class _Tables:
    """Mentions and sentences in the order in which they were met."""

    mentions: dict[tuple[str, int, int, str, int], int]
    sentences: dict[str, int]

    def sentence(self, text: str) -> int:
        return self.sentences.setdefault(text, len(self.sentences))

    def numbers(self, passages: Iterable[Passage]) -> list[int]:
        rows = ((p.iri, p.start, p.end, p.exact, self.sentence(p.sentence)) for p in passages)
        return [self.mentions.setdefault(row, len(self.mentions)) for row in rows]


def _labels(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(reversed(pairs))


def _event(facts: Facts, event: EventFact, number: Mapping[str, int], article: int, tables: _Tables) -> dict[str, Any]:
    entities = [facts.entities[r.filler] for r in event.roles]
    why = doubt(event)
    return {
        "iri": event.iri, "type": event.type, "labels": _labels(event.labels), "article": article,
        "modality": event.modality, "confidence": event.confidence,
        "status": "sure" if why is None else "refuted" if why in ("denied", "negated") else "doubtful",
        "from": event.earliest, "to": event.latest, "when": event.time_text,
        "roles": [(r.property, r.role, number[r.filler]) for r in event.roles],
        "countries": sorted({code for entity in entities for code in entity.codes}),
        "quantities": [
            {"iri": q.iri, "text": q.text, "value": q.value, "minimum": q.minimum, "maximum": q.maximum, "unit": q.unit,
             "words": tables.numbers(q.evidence)}
            for q in event.quantities
        ],
        "claims": [
            {"iri": c.iri, "by": number.get(c.by), "stance": c.stance, "own": c.own_voice, "words": tables.numbers(c.evidence)}
            for c in event.claims
        ],
        "evidence": tables.numbers(event.evidence), "named": tables.numbers(event.named), "dated": tables.numbers(event.dated),
        "passages": _passages(event, tables),
    }  # fmt: skip


def _passages(event: EventFact, tables: _Tables) -> list[tuple[int, list[tuple[int, int, str]]]]:
    """Each sentence that tells of the event or says what somebody thinks of it, in the order of the text."""
    told = [*event.evidence, *(p for c in event.claims for p in c.evidence)]
    words: dict[str, list[tuple[Passage, str]]] = {p.sentence: [] for p in sorted(told)}
    kinds = {
        "tells": event.evidence, "says": [p for c in event.claims if not c.own_voice for p in c.evidence],
        "amount": [p for q in event.quantities for p in q.evidence], "time": event.dated, "names": event.named,
    }  # fmt: skip
    for kind, passages in kinds.items():
        for passage in passages:
            if passage.sentence in words:
                words[passage.sentence].append((passage, kind))
    return [(tables.sentence(text), marks(text, found)) for text, found in words.items()]


def marks(sentence: str, words: Iterable[tuple[Passage, str]]) -> list[tuple[int, int, str]]:
    """Where to mark words in a sentence: (start, end, kind) in UTF-16 units, as scripts count, not overlapping.

    The graph tells where words stand in the article but not where the sentence begins. Words that stand in it more
    than once are found by the beginning on which most of the others agree.
    """
    spots: list[tuple[int, list[int], int, str]] = []
    for passage, kind in words:
        exact = " ".join(passage.exact.split())
        found = _occurrences(sentence, exact)
        if found:
            spots.append((passage.start, found, len(exact), kind))
    votes: Counter[int] = Counter(start - at for start, found, _, _ in spots for at in found)
    begin = max(votes, key=lambda b: (votes[b], -b), default=0) if any(len(f) > 1 for _, f, _, _ in spots) else 0
    paint: dict[int, str] = {}
    for start, found, length, kind in sorted(spots, key=lambda s: (_MARKS.index(s[3]), s[0])):
        at = found[0] if len(found) == 1 else min(found, key=lambda i: (abs(start - begin - i), i))
        paint |= dict.fromkeys(range(at, at + length), kind)
    return _runs(sentence, paint)


def _occurrences(sentence: str, exact: str) -> list[int]:
    """Where the words stand whole; else where their letters do."""
    if not exact:
        return []
    every = [i for i in range(len(sentence) - len(exact) + 1) if sentence.startswith(exact, i)]
    whole = [i for i in every if not _letter(sentence, i - 1) and not _letter(sentence, i + len(exact))]
    return whole or every


def _letter(text: str, index: int) -> bool:
    return 0 <= index < len(text) and text[index].isalnum()


def _runs(sentence: str, paint: Mapping[int, str]) -> list[tuple[int, int, str]]:
    runs: list[tuple[int, int, str]] = []
    units = 0
    for index, character in enumerate(sentence):
        wide = 2 if ord(character) > 0xFFFF else 1
        kind = paint.get(index)
        if kind:
            if runs and runs[-1][1:] == (units, kind):
                runs[-1] = (runs[-1][0], units + wide, kind)
            else:
                runs.append((units, units + wide, kind))
        units += wide
    return runs


def _entity(entity: Entity, number: Mapping[str, int]) -> dict[str, Any]:
    countries = [number[c] for c in entity.countries if c in number]
    return {
        "iri": entity.iri, "kind": entity.kind, "labels": _labels(entity.labels), "other": entity.others,
        "codes": entity.codes, "countries": countries,
    }  # fmt: skip


def _article(article: ArticleFact, number: Mapping[str, int]) -> dict[str, Any]:
    publisher = number.get(article.publisher or "")
    return {
        "iri": article.iri, "name": article.name, "language": article.language, "title": article.title,
        "published": article.published, "publisher": publisher, "link": article.link,
    }  # fmt: skip
