"""Self-training (Yarowsky 1995; for parsing McClosky et al. 2006): text parsed by a model, of which the trees that it is sure of are kept.

German has few free trees. The sentences of the German name corpora are parsed, and those whose every arc is likely become training data
of their own ("silver"): trees, parts of speech and features; nothing that the model itself is unsure of is learned again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.annotate.session import Model, Scores
from kg.annotate.tree import best_tree, label_scores
from kg.train.corpora import Corpus, Loaded
from kg.train.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SILVER", "parse_surely", "with_silver"]

SURE = 0.95  # least geometric mean of the arcs' probabilities
LEAST = 0.5  # least probability of a single arc
LENGTHS = range(6, 41)  # words; fragments teach nothing, long sentences hide errors
SILVER = Corpus(
    name="German sentences of the name corpora, parsed by an earlier model: its surest trees",
    path="",
    reader="silver",
    language="de",
    licence="CC BY-SA 4.0",
    repeat=1.0,
)
TREELESS = ("germeval", "smartdata", "mobie", "europarl")  # readers of the corpora that are parsed


def with_silver(corpora: Loaded, model: Model) -> Loaded:
    """The corpora with the silver sentences as the last of them, in the place of earlier ones."""
    kept = [(corpus, sentences) for corpus, sentences in corpora if corpus.reader != SILVER.reader]
    texts = (sentence for corpus, sentences in kept if corpus.language == SILVER.language and corpus.reader in TREELESS for sentence in sentences)
    return [*kept, (SILVER, list(parse_surely(texts, model)))]


def parse_surely(sentences: Iterable[Sentence], model: Model) -> Iterator[Sentence]:
    """The sentences that the model parses surely, with its trees, parts of speech and features."""
    for sentence in sentences:
        if len(sentence.words) not in LENGTHS:
            continue
        scores = model.run(model.pieces.words(sentence.words))
        tree = _sure_tree(scores)
        if tree is None or scores.upos is None or scores.feats is None:
            continue
        heads, labels = tree
        values = list(model.labels.feats.items())
        yield replace(
            sentence,
            source=SILVER.reader,
            names=None,  # they are learned from the source itself
            heads=tuple(heads),
            deprels=tuple("root" if not head else model.labels.deprels[label] for head, label in zip(heads, labels, strict=True)),
            upos=tuple(model.labels.upos[tag] for tag in scores.upos),
            feats=tuple(
                "|".join(f"{name}={choices[index]}" for (name, choices), index in zip(values, row, strict=True) if index)
                for row in scores.feats.tolist()
            ),
        )


def _sure_tree(scores: Scores) -> tuple[list[int], Sequence[int]] | None:
    """Heads (1-based, 0 the root) and label indices of a tree that the model is sure of."""
    if scores.arcs is None or scores.label_child is None or scores.label_head is None:
        return None
    heads = best_tree(scores.arcs)
    words = np.arange(len(heads))
    arcs = scores.arcs.copy()
    arcs[words, words + 1] = -np.inf  # no word is its own head: nothing was learned of that score
    shares = _softmax(arcs)[words, heads]
    if shares.min() < LEAST or np.exp(np.log(shares).mean()) < SURE:
        return None
    return heads, label_scores(scores.label_child, scores.label_head[heads]).argmax(1).tolist()


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    normed: NDArray[np.float32] = shares / shares.sum(-1, keepdims=True)
    return normed
