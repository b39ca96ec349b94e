"""Figures of the event heads on sentences held out: triggers with type, what is linked to them, modality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.proposals import proposals
from kg.train.sentence import Sentence

__all__ = ["event_figures"]

SURE = 0.5


def event_figures(nlp: Language, gold: Iterable[Sentence]) -> dict[str, float]:
    """Precision, recall and F1 of triggers (token and type) in percent; F1 of links (trigger, token, label) and accuracy
    of modality on the triggers that were found."""
    count: Counter[str] = Counter()
    for sentence in gold:
        doc = Doc(nlp.vocab, words=list(sentence.words))
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        found = {(p.token, p.types[0][0]): p for p in proposals(doc) if p.types[0][1] >= SURE}
        events = {(e.trigger, e.type): e for e in sentence.events or ()}
        beside = {token for e in events.values() for token in e.beside}
        count["found"] += sum(key in events or key[0] not in beside for key in found)
        count["told"] += len(events)
        for key in events.keys() & found.keys():
            count["right"] += 1
            count["modality"] += found[key].modality == events[key].modality
            links = {(link.token, link.label) for link in found[key].links if link.probability >= SURE}
            told = set(events[key].links)
            count["links right"] += len(links & told)
            count["links found"] += len(links)
            count["links told"] += len(told)

    def percent(part: int, whole: int) -> float:
        return 100 * part / whole if whole else 0.0

    return {
        "P": percent(count["right"], count["found"]),
        "R": percent(count["right"], count["told"]),
        "F1": percent(2 * count["right"], count["found"] + count["told"]),
        "F1 links": percent(2 * count["links right"], count["links found"] + count["links told"]),
        "modality": percent(count["modality"], count["right"]),
    }
