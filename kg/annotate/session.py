"""One ONNX Runtime session over a model folder: a window of words in, scores out.

Windows run one at a time, without padding. The int8 graph takes its activation ranges from the
tensor at hand, so a window that shared a batch with others would get other results; alone it
always gets the same, whatever else is in the queue.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.annotate.labels import Labels
from kg.annotate.lexicon import Lexicon
from kg.annotate.pieces import Pieces

__all__ = ["Model", "Scores"]

MODEL = "model.onnx"
LABELS = "labels.json"
TOKENIZER = "tokenizer.json"
META = "meta.json"
LEXICON = "lemmas.tsv.gz"
FILES = (MODEL, LABELS, TOKENIZER, LEXICON, META, "MODEL_CARD.md")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the graph says about the words of a window; a head that it lacks is None.

    ``upos`` and ``feats`` are the best values' indices, ``lemmas`` the best few scripts' indices,
    ``starts`` logits, ``names`` log-probabilities, ``arcs`` [words, words + 1] with the root
    first; ``label_child`` and ``label_head`` multiply to the label scores of any arc.
    ``triggers`` and ``modalities`` are log-probabilities; ``link_trigger`` and ``link_token``
    multiply to the scores of what one word is to the event that another tells.
    """

    upos: NDArray[np.int64] | None
    feats: NDArray[np.int64] | None
    lemmas: NDArray[np.int64] | None
    starts: NDArray[np.float32] | None
    names: NDArray[np.float32] | None
    arcs: NDArray[np.float32] | None
    label_child: NDArray[np.float32] | None
    label_head: NDArray[np.float32] | None
    triggers: NDArray[np.float32] | None
    modalities: NDArray[np.float32] | None
    link_trigger: NDArray[np.float32] | None
    link_token: NDArray[np.float32] | None


class Model:
    """A model folder, its session opened on first use in each process."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        missing = [name for name in (MODEL, LABELS, TOKENIZER) if not (folder / name).is_file()]
        if missing:
            raise FileNotFoundError(f"{folder}: no model here, {', '.join(missing)} missing")
        self.folder, self.threads = folder, threads
        self.labels = Labels.read(folder / LABELS)
        self.pieces = Pieces.read(folder / TOKENIZER)
        self.lexicon = Lexicon.read(folder / LEXICON)
        self._session: Any = None
        self._outputs: list[str] = []
        self._process = -1

    def _open(self) -> Any:
        # A session does not survive a fork: every worker opens its own.
        if self._session is None or self._process != os.getpid():
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self.threads
            options.inter_op_num_threads = 1
            options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(str(self.folder / MODEL), options, providers=["CPUExecutionProvider"])
            self._outputs = [output.name for output in self._session.get_outputs()]
            self._process = os.getpid()
        return self._session

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_session": None, "_process": -1}

    def run(self, words: Sequence[list[int]]) -> Scores:
        """Scores of a window, given the pieces of each of its words (at least one word)."""
        ids = [self.pieces.begin]
        first: list[int] = []
        last: list[int] = []
        for pieces in words:
            first.append(len(ids))
            ids.extend(pieces)
            last.append(len(ids) - 1)
        ids.append(self.pieces.end)
        feed = {
            "ids": np.array([ids], dtype=np.int64),
            "first": np.array([first], dtype=np.int64),
            "last": np.array([last], dtype=np.int64),
        }
        session = self._open()
        found = dict(zip(self._outputs, session.run(None, feed), strict=True))
        return Scores(**{name: found[name][0] if name in found else None for name in Scores.__dataclass_fields__})
