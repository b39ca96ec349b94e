"""Lemmas of forms that the treebanks hold, for the run time to look up before it guesses.

A form is kept, by language and part of speech, where nearly all its occurrences have one lemma.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.annotate.lexicon import Lexicon
from kg.train.sentence import UNKNOWN, Sentence

__all__ = ["collect_lexicon"]

SHARE = 0.9  # of the occurrences, to have the lemma
OPEN = frozenset(("ADJ", "ADP", "ADV", "AUX", "DET", "NOUN", "PRON", "PROPN", "VERB"))


def collect_lexicon(sentences: Iterable[Sentence]) -> Lexicon:
    """The lexicon of the sentences that have lemmas and parts of speech."""
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        if sentence.lemmas is None or sentence.upos is None:
            continue
        rows = zip(sentence.words, sentence.upos, sentence.lemmas, strict=True)
        for place, (form, upos, lemma) in enumerate(rows):
            if upos not in OPEN or lemma == UNKNOWN or not form[:1].isalpha():
                continue
            if place == 0 and upos != "PROPN" and (sentence.language, upos) != ("de", "NOUN"):
                form = form[:1].lower() + form[1:]
            counts[sentence.language, upos, form][lemma] += 1
    entries: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for (language, upos, form), lemmas in sorted(counts.items()):
        lemma, count = lemmas.most_common(1)[0]
        if count >= SHARE * lemmas.total():
            entries[language][upos, form] = lemma
    return Lexicon(dict(entries))
