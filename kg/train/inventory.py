"""Which labels the training data hold often enough to be learned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.annotate.labels import Labels
from kg.annotate.lemmas import KEEP, edit_script
from kg.train.names import TAGS
from kg.train.sentence import UNKNOWN, Sentence

__all__ = ["collect"]

# What extraction can use; treebank-internal attributes (PunctType, AdpType ...) are left out.
ATTRIBUTES = (
    "Number",
    "Person",
    "Case",
    "VerbForm",
    "Tense",
    "Mood",
    "Voice",
    "Definite",
    "Polarity",
    "Gender",
    "PronType",
    "Poss",
    "Reflex",
    "Degree",
    "NumType",
    "Number[psor]",
    "Person[psor]",
    "Foreign",
    "Abbr",
)
MIN_VALUE = 40
MIN_SCRIPT = 3
MIN_DEPREL = 5


def collect(sentences: Iterable[Sentence]) -> Labels:
    """The inventories of the sentences: labels below a minimal count are not learned."""
    upos: Counter[str] = Counter()
    values: dict[str, Counter[str]] = defaultdict(Counter)
    scripts: Counter[str] = Counter()
    deprels: Counter[str] = Counter()
    for sentence in sentences:
        upos.update(sentence.upos or ())
        deprels.update(sentence.deprels or ())
        for bundle in sentence.feats or ():
            for pair in filter(None, bundle.split("|")):
                name, _, value = pair.partition("=")
                values[name][value] += 1
        for form, lemma in zip(sentence.words, sentence.lemmas or (), strict=False):
            if lemma != UNKNOWN:
                scripts[edit_script(form, lemma)] += 1
    upos.pop(UNKNOWN, None)
    return Labels(
        tuple(sorted(upos)),
        {
            name: ("", *sorted(v for v, count in values[name].items() if count >= MIN_VALUE))
            for name in ATTRIBUTES
            if any(count >= MIN_VALUE for count in values[name].values())
        },
        (KEEP, *sorted(s for s, n in scripts.items() if n >= MIN_SCRIPT and s != KEEP)),
        tuple(sorted(label for label, count in deprels.items() if count >= MIN_DEPREL)),
        TAGS,
    )
