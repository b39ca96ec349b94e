"""Training windows: consecutive sentences of a source, as pieces and targets, batched by length."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from kg.annotate.labels import EVENTS, LINKS, MODALITIES, Labels
from kg.annotate.lemmas import edit_script
from kg.annotate.pieces import Pieces
from kg.train.corpora import Corpus
from kg.train.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Batch", "Encoder", "Window", "batches", "epoch_windows"]

IGNORE = -100
TARGETS = ("upos", "lemmas", "heads", "deprels", "starts", "names", "triggers", "modalities")
MAX_PIECES = 240
MAX_SENTENCE = 160
MAX_PASSAGE = 300  # of a text annotated with events, which may be several sentences
DROP_STOP = 0.08  # share of sentences that lose their final full stop, as headlines do
UPPER, TITLE = 0.015, 0.02  # shares in capitals, or with every word capitalised
QUOTES = (("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ("”", "”"))
CURLY = 0.15


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of some sentences and their targets; IGNORE where the source is silent."""

    ids: list[int]
    first: list[int]
    last: list[int]
    sentence: list[int]
    upos: list[int]
    feats: list[list[int]]
    lemmas: list[int]
    heads: list[int]
    deprels: list[int]
    starts: list[int]
    names: list[int]
    triggers: list[int]
    modalities: list[int]
    links: list[tuple[int, list[tuple[int, int]]]]  # (trigger, (token, label) of what is linked to it)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to a common length. ``names`` index rows of Encoder.name_sets.

    ``told`` holds the (window, trigger) of each event; ``links`` its [events, tokens] labels.
    """

    ids: Tensor
    lengths: Tensor
    first: Tensor
    last: Tensor
    sentence: Tensor  # -1 on padding
    upos: Tensor
    feats: Tensor
    lemmas: Tensor
    heads: Tensor
    deprels: Tensor
    starts: Tensor
    names: Tensor
    triggers: Tensor
    modalities: Tensor
    told: Tensor
    links: Tensor


class Encoder:
    """Sentences to windows."""

    def __init__(self, labels: Labels, pieces: Pieces) -> None:
        self.labels, self.pieces = labels, pieces
        self._upos = {tag: i for i, tag in enumerate(labels.upos)}
        self._scripts = {script: i for i, script in enumerate(labels.lemmas)}
        self._deprels = {label: i for i, label in enumerate(labels.deprels)}
        self._feats = [(name, {value: i for i, value in enumerate(values)}) for name, values in labels.feats.items()]
        self._sets: dict[str, int] = {}
        self._bundles: dict[tuple[str, bool], list[int]] = {}
        self._lemmas: dict[tuple[str, str], int] = {}

    @property
    def name_sets(self) -> Tensor:
        """[sets, tags]: which tags each set of alternatives allows."""
        table = torch.zeros(len(self._sets), len(self.labels.names), dtype=torch.bool)
        for key, row in self._sets.items():
            for tag in key.split("|"):
                table[row, self.labels.names.index(tag)] = True
        return table

    def window(self, sentences: list[Sentence]) -> Window:
        """One window of consecutive sentences of one source."""
        out = Window([self.pieces.begin], *([] for _ in range(13)))
        for number, sentence in enumerate(sentences):
            self._add(out, sentence, number)
        out.ids.append(self.pieces.end)
        return out

    def _add(self, out: Window, sentence: Sentence, number: int) -> None:
        offset = len(out.first)
        size = len(sentence.words)
        for ids in self.pieces.words(sentence.words):
            out.first.append(len(out.ids))
            out.ids.extend(ids)
            out.last.append(len(out.ids) - 1)
        out.sentence.extend([number] * size)
        silent = [IGNORE] * size
        out.upos.extend(silent if sentence.upos is None else [self._upos.get(t, IGNORE) for t in sentence.upos])
        if sentence.feats is None:
            out.feats.extend([[IGNORE] * len(self._feats)] * size)
        else:
            out.feats.extend(self._bundle(f, sentence.partial_feats) for f in sentence.feats)
        out.lemmas.extend(
            silent if sentence.lemmas is None else [self._lemma(form, lemma) for form, lemma in zip(sentence.words, sentence.lemmas, strict=True)]
        )
        if sentence.heads is None or sentence.deprels is None:
            out.heads.extend(silent)
            out.deprels.extend(silent)
        else:
            out.heads.extend(0 if h == 0 else h + offset for h in sentence.heads)
            out.deprels.extend(self._deprels.get(r, IGNORE) for r in sentence.deprels)
        if sentence.bounded:
            out.starts.extend([1 if number else IGNORE] + [0] * (size - 1))
        else:
            out.starts.extend(silent)
        if sentence.names is None:
            out.names.extend(silent)
        else:
            out.names.extend(self._sets.setdefault(t, len(self._sets)) for t in sentence.names)
        out.modalities.extend(silent)
        out.triggers.extend(silent if sentence.events is None else [0] * size)
        for event in sentence.events or ():
            for token in event.beside:
                out.triggers[offset + token] = IGNORE
        for event in sentence.events or ():
            trigger = offset + event.trigger
            out.triggers[trigger] = EVENTS.index(event.type)
            out.modalities[trigger] = MODALITIES.index(event.modality)
            out.links.append((trigger, [(offset + token, LINKS.index(label)) for token, label in event.links]))

    def _bundle(self, feats: str, partial: bool) -> list[int]:
        found = self._bundles.get((feats, partial))
        if found is None:
            pairs = dict(pair.split("=", 1) for pair in feats.split("|") if pair)
            absent = IGNORE if partial else 0
            found = [values.get(pairs[name], IGNORE) if name in pairs else absent for name, values in self._feats]
            self._bundles[feats, partial] = found
        return found

    def _lemma(self, form: str, lemma: str) -> int:
        key = (form, lemma)
        if key not in self._lemmas:
            script = "" if lemma == "?" and form != "?" else edit_script(form, lemma)
            self._lemmas[key] = self._scripts.get(script, IGNORE)
        return self._lemmas[key]

    @cached_property
    def attributes(self) -> int:
        """How many feature attributes there are."""
        return len(self._feats)


def vary(sentence: Sentence, rng: random.Random) -> Sentence:
    """Now and then: no final stop, curly quotes, capitals; the annotation stays."""
    if sentence.heads is not None and len(sentence.words) > 3 and rng.random() < DROP_STOP:
        size = len(sentence.words)
        if sentence.words[-1] == "." and size not in sentence.heads:
            sentence = replace(
                sentence,
                **{
                    layer: value[:-1]
                    for layer in ("words", "upos", "feats", "lemmas", "heads", "deprels", "names")
                    if (value := getattr(sentence, layer)) is not None
                },
            )
    if ('"' in sentence.words or "'" in sentence.words) and rng.random() < CURLY:
        pair, turn, words = rng.choice(QUOTES), 0, []
        for word in sentence.words:
            if word in "\"'":
                word, turn = pair[turn], 1 - turn
            words.append(word)
        sentence = replace(sentence, words=tuple(words))
    chance = rng.random()
    if chance < UPPER + TITLE and len(sentence.words) < 20:
        change = str.upper if chance < UPPER else lambda word: word[:1].upper() + word[1:]
        words = [change(w) if len(change(w)) == len(w) else w for w in sentence.words]
        # The lemma stays what it was, so other scripts lead to it.
        sentence = replace(sentence, words=tuple(words))
    return sentence


def epoch_windows(corpora: Iterable[tuple[Corpus, list[Sentence]]], encoder: Encoder, seed: int) -> list[Window]:
    """An epoch: every source as often as its ``repeat`` says, in windows of random length."""
    rng = random.Random(seed)
    windows: list[Window] = []
    for corpus, sentences in corpora:
        rounds = [sentences] * int(corpus.repeat)
        share = corpus.repeat - int(corpus.repeat)
        if share:  # whole stretches, so that windows hold consecutive sentences
            stretch = 20
            starts = range(0, len(sentences), stretch)
            chosen = sorted(rng.sample(starts, round(share * len(starts))))
            rounds.append([s for at in chosen for s in sentences[at : at + stretch]])
        for part in rounds:
            windows.extend(_cut(part, encoder, rng))
    return windows


def _cut(part: list[Sentence], encoder: Encoder, rng: random.Random) -> list[Window]:
    windows: list[Window] = []
    current: list[Sentence] = []
    used, limit = 0, rng.randint(20, MAX_PIECES)
    for sentence in part:
        sentence = vary(sentence, rng)
        size = sum(map(len, encoder.pieces.words(sentence.words)))
        if size > (MAX_SENTENCE if sentence.events is None else MAX_PASSAGE):
            continue
        if current and used + size > limit:
            windows.append(encoder.window(current))
            current, used, limit = [], 0, rng.randint(20, MAX_PIECES)
        current.append(sentence)
        used += size
    if current:
        windows.append(encoder.window(current))
    return windows


def batches(windows: list[Window], pieces: int, rng: random.Random) -> list[list[Window]]:
    """Batches of about ``pieces`` pieces with padding, of like lengths, in random order."""
    order = sorted(range(len(windows)), key=lambda i: (len(windows[i].ids), rng.random()))
    out: list[list[Window]] = []
    current: list[Window] = []
    for index in order:
        window = windows[index]
        if current and (len(current) + 1) * len(window.ids) > pieces:
            out.append(current)
            current = []
        current.append(window)
    if current:
        out.append(current)
    rng.shuffle(out)
    return out


def collate(windows: list[Window], attributes: int, pad: int) -> Batch:
    """Padded tensors."""
    count = len(windows)
    pieces = max(len(w.ids) for w in windows)
    tokens = max(len(w.first) for w in windows)
    ids = np.full((count, pieces), pad)
    layers = {name: np.full((count, tokens), fill) for name, fill in (("first", 0), ("last", 0), ("sentence", -1))}
    layers |= {name: np.full((count, tokens), IGNORE) for name in TARGETS}
    feats = np.full((count, tokens, attributes), IGNORE)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = window.ids
        for name, array in layers.items():
            array[row, : len(window.first)] = getattr(window, name)
        feats[row, : len(window.first)] = window.feats
    tensors = {name: torch.from_numpy(array) for name, array in layers.items()}
    lengths = torch.tensor([len(w.ids) for w in windows])
    told = np.array([(row, trigger) for row, window in enumerate(windows) for trigger, _ in window.links], dtype=np.int64).reshape(-1, 2)
    links = np.full((len(told), tokens), IGNORE)
    for event, (_, linked) in enumerate(link for window in windows for link in window.links):
        row, trigger = told[event]
        links[event, layers["sentence"][row] >= 0] = 0  # what a text beside it tells is linked to nothing here
        for token, label in linked:
            links[event, token] = label
        links[event, trigger] = IGNORE
    return Batch(
        ids=torch.from_numpy(ids),
        lengths=lengths,
        feats=torch.from_numpy(feats),
        told=torch.from_numpy(told),
        links=torch.from_numpy(links),
        **tensors,
    )
