"""Names half told: a treebank marks proper nouns and how they hang together, not their classes.

Dutch trees tell where a name begins and ends (a proper noun and the proper nouns that
hang on it by ``flat``), and that most small words are no names. That is worth learning where
annotated names are few: the class is left open, and the loss sums over the classes. And
plural proper nouns (Duitsers) and adjectives with a capital (Duitse) name peoples: NORP.
"""

from __future__ import annotations

from dataclasses import replace

from kg.train.names import CLASSES, alternatives
from kg.train.sentence import Sentence

__all__ = ["with_proper_nouns"]

# Parts of speech that, written small, are in no name.
PLAIN = frozenset(("VERB", "AUX", "PRON", "SCONJ", "ADV", "NOUN", "ADJ", "PUNCT", "PART", "INTJ"))
OPEN = alternatives("", CLASSES, outside=True)


def with_proper_nouns(sentence: Sentence) -> Sentence:
    """The sentence with ``names``: spans of open class, plain words outside, the rest open."""
    if sentence.upos is None or sentence.heads is None or sentence.deprels is None:
        return sentence
    size = len(sentence.words)
    names = [OPEN] * size
    for i, (word, tag) in enumerate(zip(sentence.words, sentence.upos, strict=True)):
        if tag in PLAIN and word == word.lower():
            names[i] = "O"
    first = min((i for i, word in enumerate(sentence.words) if word[0].isalnum()), default=0)
    for head in range(size):
        if sentence.upos[head] != "PROPN" or _hangs(sentence, head):
            continue
        span = _span(sentence, head)
        words = [sentence.words[i] for i in span]
        contiguous = span == list(range(span[0], span[0] + len(span)))
        if contiguous and words[0][0].isupper() and (span[0] != first or len(words[0]) > 1):
            for place, i in enumerate(span):
                begins, ends = place == 0, place == len(span) - 1
                part = ("S" if ends else "B") if begins else ("E" if ends else "I")
                names[i] = alternatives(part, CLASSES, outside=False)
        elif len(span) == 1 and words[0] == words[0].lower():
            names[head] = "O"  # maandag, januari
    for i in range(size):
        if i != first and _people(sentence, i):
            names[i] = "S-NORP"
    return replace(sentence, names=tuple(names))


def _people(sentence: Sentence, i: int) -> bool:
    """A capitalised adjective, or a plural proper noun, that stands in no longer name."""
    assert sentence.upos is not None
    assert sentence.feats is not None
    assert sentence.deprels is not None
    assert sentence.heads is not None
    word = sentence.words[i]
    around = sentence.words[max(0, i - 1) : i] + sentence.words[i + 1 : i + 2]
    if not word[0].isupper() or not word[1:].islower() or any(w[0].isupper() for w in around):
        return False
    if sentence.upos[i] == "ADJ":
        return "Degree=Pos" in sentence.feats[i]
    plural = sentence.upos[i] == "PROPN" and "Number=Plur" in sentence.feats[i]
    return plural and not _hangs(sentence, i) and word.endswith(("en", "s"))


def _hangs(sentence: Sentence, i: int) -> bool:
    """Is the token a later part of a name?"""
    assert sentence.heads is not None
    assert sentence.deprels is not None
    head = sentence.heads[i] - 1
    return head >= 0 and sentence.deprels[i].startswith("flat")


def _span(sentence: Sentence, head: int) -> list[int]:
    assert sentence.heads is not None
    inside = [head]
    for i in range(len(sentence.words)):
        if sentence.heads[i] == head + 1 and _hangs(sentence, i):
            inside.append(i)
    return sorted(inside)
