"""The spaCy component: every head of the model in one pass over a Doc.

Registered as the factory ``kg_annotator``. Its config names the model folder (empty: the one in
the package), the heads to use, the threads of a session and the size of a window.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, SENT_START  # type: ignore[import-not-found, unused-ignore]
from spacy.language import Language
from spacy.symbols import IDS  # type: ignore[import-not-found, unused-ignore]
from spacy.tokens import Doc, Span

from kg.annotate.lemmas import apply_script
from kg.annotate.proposals import Proposal, propose, set_proposals
from kg.annotate.session import FILES, Model
from kg.annotate.spans import best_tags, spans_of
from kg.annotate.tree import best_tree, label_scores
from kg.annotate.windows import MAX_PIECES, Piece, sentences

__all__ = ["FACTORY", "HEADS", "MODEL_FOLDER", "Annotator"]

FACTORY = "kg_annotator"
HEADS = ("upos", "feats", "lemma", "sentences", "dependencies", "names", "events")
MODEL_FOLDER = Path(__file__).parents[1] / "data" / "model"
_STOPS = frozenset(".!?")
SPACE_DEP = "dep"  # what spaCy's own parsers call the arc of a whitespace token


@lru_cache
def _model(folder: Path, threads: int) -> Model:
    """One model a folder and process: the pipelines of all languages share it."""
    return Model(folder, threads=threads)


class Annotator:
    """Sets pos, morph, lemma, dep, head, sentence starts and ents of a Doc, and proposals of events in its user data.

    Sentence starts that are set on the Doc beforehand hold: ``is_sent_start`` True begins a
    sentence there, False forbids it. A blank line begins a sentence where ``paragraphs`` is true.
    ``language`` says whose lexicon of lemmas to use where the Doc itself does not.
    """

    def __init__(
        self,
        name: str,
        model: Model,
        heads: Sequence[str],
        *,
        language: str = "",
        max_pieces: int = MAX_PIECES,
        paragraphs: bool = True,
    ) -> None:
        unknown = sorted(set(heads) - set(HEADS))
        if unknown:
            raise ValueError(f"no such head: {', '.join(unknown)}; there are {', '.join(HEADS)}")
        self.name, self.model, self.heads = name, model, frozenset(heads)
        self.language, self.max_pieces, self.paragraphs = language, max_pieces, paragraphs
        self._morphs: dict[tuple[int, ...], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place."""
        words = [token.i for token in doc if not token.is_space]
        fixed = self._fixed(doc, words)
        texts = [doc[index].text for index in words]
        values = _Values(doc)
        spans: list[Span] = []
        proposals: list[Proposal] = []
        for piece in sentences(self.model, texts, fixed, self.max_pieces):
            places = words[piece.start : piece.end]
            self._fill(doc, values, piece, places)
            if "names" in self.heads and piece.scores.names is not None:
                scores = piece.scores.names[_rows(piece)]
                path = best_tags(scores, self.model.labels.names)
                for start, end, label in spans_of(path, self.model.labels.names):
                    spans.extend(_unspaced(doc, places[start:end], label))
            if "events" in self.heads:
                rows = _rows(piece)
                proposals.extend(propose(piece.scores, range(rows.start, rows.stop), words[piece.offset :]))
        _attach_spaces(doc, values, set(words))
        values.write("dependencies" in self.heads)
        if "names" in self.heads:
            doc.set_ents(spans, default="outside")
        if proposals:
            set_proposals(doc, proposals)
        return doc

    def _fixed(self, doc: Doc, words: Sequence[int]) -> list[int]:
        """For each word 1, -1 or 0: a sentence starts there, does not, or may.

        A start set on a whitespace token holds for the word after it. A full stop after a word in small letters ends a sentence where
        a capital follows.
        """
        preset = doc.to_array([SENT_START]).astype(np.int64).reshape(-1)
        fixed: list[int] = []
        at = 0
        for word in words:
            before = range(at, word)
            start = int(preset[word])
            if any(preset[index] == 1 for index in before) or (start == 0 and _follows_stop(doc, word)):
                start = 1
            if self.paragraphs and sum(doc[index].text.count("\n") for index in before) > 1:
                start = 1
            fixed.append(start)
            at = word + 1
        return fixed

    def _fill(self, doc: Doc, values: _Values, piece: Piece, places: Sequence[int]) -> None:
        scores, labels, strings = piece.scores, self.model.labels, doc.vocab.strings
        rows = _rows(piece)
        tags = [""] * len(places) if scores.upos is None else [labels.upos[index] for index in scores.upos[rows]]
        values.start[places[0]] = 1
        if "upos" in self.heads and scores.upos is not None:
            values.pos[places] = [IDS[tag] for tag in tags]
        if "feats" in self.heads and scores.feats is not None:
            values.morph[places] = [self._morph(doc, tuple(row)) for row in scores.feats[rows].tolist()]
        if "lemma" in self.heads and scores.lemmas is not None:
            language = doc.user_data.get("language", self.language)
            values.lemma[places] = [
                strings.add(self._lemma(doc[place].text, tag, choices, language))
                for place, tag, choices in zip(places, tags, scores.lemmas[rows].tolist(), strict=True)
            ]
        if "dependencies" in self.heads and scores.arcs is not None:
            heads, names = self._tree(piece)
            values.head[places] = [places[head - 1] - place if head else 0 for place, head in zip(places, heads, strict=True)]
            values.dep[places] = [strings.add(name) for name in names]

    def _tree(self, piece: Piece) -> tuple[list[int], list[str]]:
        """1-based heads within the sentence, 0 the root, and the labels of the arcs."""
        scores, labels = piece.scores, self.model.labels.deprels
        rows = _rows(piece)
        assert scores.arcs is not None
        assert scores.label_child is not None
        assert scores.label_head is not None
        columns = np.concatenate(([0], np.arange(rows.start, rows.stop) + 1))
        heads = best_tree(scores.arcs[rows][:, columns])
        fit = label_scores(scores.label_child[rows], scores.label_head[[rows.start + head if head else 0 for head in heads]])
        root = labels.index("root")
        fit[:, root] = -np.inf
        best = fit.argmax(1).tolist()
        return heads, ["ROOT" if not h else labels[b] for h, b in zip(heads, best, strict=True)]

    def _morph(self, doc: Doc, row: tuple[int, ...]) -> int:
        if row not in self._morphs:
            pairs = (f"{name}={values[index]}" for (name, values), index in zip(self.model.labels.feats.items(), row, strict=True) if index)
            self._morphs[row] = "|".join(sorted(pairs))
        return int(doc.vocab.morphology.add(self._morphs[row]))

    def _lemma(self, form: str, upos: str, choices: Iterable[int], language: str) -> str:
        """From the lexicon, else by the best script that fits the form, else the form itself."""
        known = self.model.lexicon.find(language, upos, form)
        if known is not None:
            return known
        scripts = self.model.labels.lemmas
        found = (apply_script(scripts[index], form) for index in choices)
        return next((lemma for lemma in found if lemma), form)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_morphs": {}}

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Copy the model folder, so that the saved pipeline stands alone."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if (self.model.folder / name).is_file():
                shutil.copyfile(self.model.folder / name, folder / name)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Annotator:
        """Use the model in ``path``."""
        self.model = _model(Path(path).resolve(), self.model.threads)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing: the weights are the package's own, or those of the folder in the config."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Annotator:
        """The counterpart of to_bytes."""
        return self


class _Values:
    """The columns of attributes of a Doc, filled sentence by sentence and written at once."""

    def __init__(self, doc: Doc) -> None:
        size = len(doc)
        self.doc = doc
        self.pos = np.zeros(size, dtype=np.uint64)
        self.morph = np.full(size, doc.vocab.morphology.add(""), dtype=np.uint64)
        self.lemma = np.zeros(size, dtype=np.uint64)
        self.dep = np.zeros(size, dtype=np.uint64)
        self.head = np.zeros(size, dtype=np.int64)
        self.start = np.full(size, -1, dtype=np.int64)

    def write(self, parsed: bool) -> None:
        """Into the Doc. Heads imply sentence starts; without them the starts are written."""
        if not len(self.doc):
            return
        columns = {POS: self.pos, MORPH: self.morph, LEMMA: self.lemma}
        if parsed:
            columns |= {DEP: self.dep, HEAD: self.head.view(np.uint64)}
        else:
            columns[SENT_START] = self.start.view(np.uint64)
        used = {key: column for key, column in columns.items() if column.any()}
        table: Any = np.stack(list(used.values()), axis=1)
        self.doc.from_array(list(used), table)


def _follows_stop(doc: Doc, word: int) -> bool:
    """Whether a word with a capital stands right behind the end of a sentence; abbreviations keep their stop in one token."""
    if word < 2 or doc[word - 1].text not in _STOPS or not doc[word].text[:1].isupper():
        return False
    last = doc[word - 2].text
    return len(last) > 2 and last[-1:].islower() and last.isalpha()


def _rows(piece: Piece) -> slice:
    """The rows of a sentence in its window's scores."""
    return slice(piece.start - piece.offset, piece.end - piece.offset)


def _unspaced(doc: Doc, places: Sequence[int], label: str) -> list[Span]:
    """The span over some words; whitespace inside a line is kept, a line break splits it."""
    spans: list[Span] = []
    start = places[0]
    for left, right in zip(places, [*places[1:], -1], strict=True):
        broken = right < 0 or any("\n" in doc[i].text for i in range(left + 1, right))
        if broken:
            spans.append(Span(doc, start, left + 1, label=label))
            start = right
    return spans


def _attach_spaces(doc: Doc, values: _Values, words: set[int]) -> None:
    """Whitespace hangs on the word before it; where a sentence was set to start, after it."""
    preset = doc.to_array([SENT_START]).astype(np.int64).reshape(-1)
    size = len(doc)
    index = 0
    while index < size:
        if index in words:
            index += 1
            continue
        stop = index
        while stop < size and stop not in words:
            stop += 1
        opening = next((i for i in range(index, stop) if preset[i] == 1), stop)
        for i in range(index, stop):
            values.pos[i] = IDS["SPACE"]
            values.lemma[i] = doc.vocab.strings.add(doc[i].text)
            values.dep[i] = doc.vocab.strings.add(SPACE_DEP)
            forward = i >= opening or index == 0
            host = (stop if stop < size else opening if i >= opening else 0) if forward else index - 1
            values.head[i] = host - i
            if forward and i == (opening if index else 0):
                values.start[i] = 1
                if stop < size:
                    values.start[stop] = -1
            if host == i:
                values.dep[i] = doc.vocab.strings.add("ROOT")
        index = stop


@Language.factory(
    FACTORY,
    assigns=[
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "doc.ents",
        "doc.sents",
    ],
    default_config={
        "model": "",
        "heads": list(HEADS),
        "threads": 1,
        "max_pieces": MAX_PIECES,
        "paragraphs": True,
    },
)
def make_annotator(
    nlp: Language,
    name: str,
    model: str,
    heads: list[str],
    threads: int,
    max_pieces: int,
    paragraphs: bool,
) -> Annotator:
    """The factory: ``model`` is a folder, empty for the one in the package."""
    folder = Path(model).resolve() if model else MODEL_FOLDER
    return Annotator(name, _model(folder, threads), heads, language=nlp.lang or "", max_pieces=max_pieces, paragraphs=paragraphs)
