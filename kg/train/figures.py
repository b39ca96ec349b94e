"""Figures of a model folder on the test sets, with gold tokens and sentences, as it is served.

The test sentences go through the same spaCy component as any text: twenty consecutive ones make
a Doc whose sentence starts are set beforehand. Accuracies count punctuation; LAS compares full
labels. Contractions ("zum", "du") are one token, as spaCy has them. Sentence F1 is end to end:
raw text, nothing set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.train.corpora import Corpus, load_gold, read_sources
from kg.train.event_figures import event_figures
from kg.train.sentence import UNKNOWN, Sentence
from kg.train.treebanks import harmonise, read_texts

__all__ = ["Figures", "measure", "measure_corpus"]

GROUP = 20
FEATS = ("Case", "Number", "Person", "Tense", "VerbForm")  # compared where gold has them


@dataclass(slots=True)
class Figures:
    """Percentages by measure for one test set; ``counts`` says out of how many."""

    test: str
    values: dict[str, float] = field(default_factory=dict)
    words: int = 0
    sentences: int = 0


def measure(pipelines: dict[str, Language], data: Path, own: Path, *, only: Sequence[str] = ()) -> list[Figures]:
    """Figures on every test set whose language has a pipeline."""
    return [
        measure_corpus(pipelines[corpus.language], corpus, data, own)
        for corpus in read_sources()["test"]
        if corpus.language in pipelines and (not only or corpus.name in only)
    ]


def measure_corpus(nlp: Language, corpus: Corpus, data: Path, own: Path) -> Figures:
    """Figures of one pipeline on one test set."""
    gold = load_gold(corpus, data, own)
    figures = Figures(corpus.name, words=sum(len(s.words) for s in gold), sentences=len(gold))
    if corpus.reader == "treebank":
        figures.values = _trees(nlp, gold)
        figures.values["sentences"] = sentence_f1(nlp, read_texts(corpus.file(data, own)))
    elif corpus.reader.startswith("events"):
        figures.values = event_figures(nlp, gold)
    else:
        figures.values = _names(nlp, gold, corpus.classes)
    return figures


def parsed(nlp: Language, gold: list[Sentence]) -> Iterator[tuple[Sentence, int, Doc]]:
    """Each sentence with the index of its first token in the Doc that holds it."""
    pipes = [pipe for _, pipe in nlp.pipeline]
    for at in range(0, len(gold), GROUP):
        group = gold[at : at + GROUP]
        words = [word for sentence in group for word in sentence.words]
        starts: list[bool | int | None] = [i == 0 for sentence in group for i in range(len(sentence.words))]
        doc = Doc(nlp.vocab, words=words, sent_starts=starts)
        for pipe in pipes:
            doc = pipe(doc)
        offset = 0
        for sentence in group:
            yield sentence, offset, doc
            offset += len(sentence.words)


def _lemma(text: str, language: str) -> str:
    return text.replace("_", "") if language == "nl" and len(text) > 1 else text


def _trees(nlp: Language, gold: list[Sentence]) -> dict[str, float]:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()

    def count(measure: str, correct: bool) -> None:
        total[measure] += 1
        right[measure] += correct

    for sentence, offset, doc in parsed(nlp, gold):
        same = harmonise(sentence)
        assert sentence.heads
        assert sentence.deprels
        assert sentence.upos
        assert same.deprels
        assert sentence.lemmas
        assert sentence.feats
        for i, head in enumerate(sentence.heads):
            token = doc[offset + i]
            found = 0 if token.head.i == token.i else token.head.i - offset + 1
            label = token.dep_.replace("ROOT", "root")
            count("UPOS", token.pos_ == sentence.upos[i])
            count("UAS", found == head)
            count("LAS", found == head and label == sentence.deprels[i])
            count("LAS one scheme", found == head and label == same.deprels[i])
            main = sentence.deprels[i].split(":")[0]
            count("LAS main labels", found == head and label.split(":")[0] == main)
            if sentence.lemmas[i] != UNKNOWN:
                lemma = _lemma(sentence.lemmas[i], sentence.language)
                count("lemma", token.lemma_ == lemma)
            for name in FEATS:
                value = dict(p.split("=", 1) for p in sentence.feats[i].split("|") if p).get(name)
                if value is not None:
                    count("feats", value in token.morph.get(name, []))
    return {name: 100 * right[name] / total[name] for name in total}


def sentence_f1(nlp: Language, texts: Sequence[str]) -> float:
    """End to end: how well sentence starts and ends are found in running text.

    A sentence counts as found if it covers the same characters, white space apart.
    """
    right = found = 0
    for at in range(0, len(texts), GROUP):
        group = texts[at : at + GROUP]
        expected = _extents(group)
        got = _extents([span.text for span in nlp(" ".join(group)).sents])
        right += len(expected & got)
        found += len(got)
    return 100 * 2 * right / (found + len(texts))


def _extents(texts: Sequence[str]) -> set[tuple[int, int]]:
    """Where each text begins and ends, counted in characters without white space."""
    extents, offset = set(), 0
    for text in texts:
        size = len("".join(text.split()))
        extents.add((offset, offset + size))
        offset += size
    return extents


def _names(nlp: Language, gold: list[Sentence], classes: Sequence[str]) -> dict[str, float]:
    """Span F1 over the classes that the test set annotates, and by class.

    Where a set has MISC but no NORP of its own (CoNLL-2002), our NORP counts as its MISC; where
    it leaves a class out, our spans of that class are not counted.
    """
    norp = any("NORP" in tag and "|" not in tag for s in gold for tag in s.names or ())
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for sentence, offset, doc in parsed(nlp, gold):
        assert sentence.names is not None
        expected = {span for span in gold_spans(sentence.names) if span[2] in classes}
        got = set()
        for ent in doc[offset : offset + len(sentence.words)].ents:
            label = ent.label_
            if label == "NORP" and not norp and "MISC" in classes:
                label = "MISC"
            if label in classes:
                got.add((ent.start - offset, ent.end - offset, label))
        for name, spans in (("right", expected & got), ("found", got), ("wanted", expected)):
            counter = {"right": right, "found": found, "wanted": wanted}[name]
            counter.update(span[2] for span in spans)
    values = {"P": _ratio(right.total(), found.total()), "R": _ratio(right.total(), wanted.total())}
    values["F1"] = _ratio(2 * right.total(), found.total() + wanted.total())
    for name in classes:
        values[f"F1 {name}"] = _ratio(2 * right[name], found[name] + wanted[name])
    return values


def _ratio(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def gold_spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Spans of unambiguous BIOES tags; tags with alternatives are outside."""
    spans = set()
    start = 0
    for i, tag in enumerate(tags):
        if "|" in tag or tag == "O":
            continue
        if tag[0] in "BS":
            start = i
        if tag[0] in "ES":
            spans.add((start, i + 1, tag[2:]))
    return spans
