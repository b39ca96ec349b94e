"""The steps of training: data, vocabulary, network, fit, export; each from files to files."""

from __future__ import annotations

import json
import pickle
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kg.annotate.labels import Labels
from kg.annotate.pieces import Pieces
from kg.annotate.session import LABELS, LEXICON, META, MODEL, TOKENIZER, Model
from kg.train.corpora import Loaded, load_training
from kg.train.export import export
from kg.train.fit import CHECKPOINT, Plan, fit
from kg.train.inventory import collect
from kg.train.lexicon import collect_lexicon
from kg.train.network import Network, Shape
from kg.train.released import released_weights
from kg.train.silver import with_silver
from kg.train.vocabulary import trim
from kg.train.weights import load_pretrained
from kg.train.windows import Encoder

__all__ = ["Workshop"]

CORPORA = "corpora.pickle"


@dataclass(frozen=True, slots=True)
class Workshop:
    """A folder in which a model is made; ``data`` and ``own`` are where the corpora lie."""

    folder: Path
    data: Path
    own: Path

    def prepare(self) -> Loaded:
        """Read the corpora and write the label inventories; keep both for the next steps."""
        self.folder.mkdir(parents=True, exist_ok=True)
        loaded = load_training(self.data, self.own)
        with (self.folder / CORPORA).open("wb") as stream:
            pickle.dump(loaded, stream)
        collect(s for _, sentences in loaded for s in sentences).write(self.folder / LABELS)
        return loaded

    def corpora(self) -> Loaded:
        """What prepare read; prepares first if need be."""
        path = self.folder / CORPORA
        if not path.is_file():
            return self.prepare()
        with path.open("rb") as stream:
            loaded: Loaded = pickle.load(stream)
        return loaded

    def encoder(self, pretrained: Path | None = None) -> None:
        """The pretrained encoder with its vocabulary cut to our languages."""
        sentences = [s for _, part in self.corpora() for s in part]
        trimmed = trim(load_pretrained(pretrained), sentences)
        (self.folder / TOKENIZER).write_text(json.dumps(trimmed.tokenizer, ensure_ascii=False), "utf-8")
        with (self.folder / "encoder.pickle").open("wb") as stream:
            pickle.dump((trimmed.tensors, trimmed.origin), stream)

    def silver(self, model: Path) -> int:
        """Add the surest parses of an earlier model to the corpora (self-training); how many sentences they are."""
        loaded = with_silver(self.corpora(), Model(model))
        with (self.folder / CORPORA).open("wb") as stream:
            pickle.dump(loaded, stream)
        return len(loaded[-1][1])

    def network(self, shape: Shape) -> Network:
        """A network of untrained heads on the pretrained encoder."""
        if not (self.folder / "encoder.pickle").is_file():
            self.encoder()
        with (self.folder / "encoder.pickle").open("rb") as stream:
            tensors, _ = pickle.load(stream)
        network = Network(shape, Labels.read(self.folder / LABELS))
        network.encoder.load_pretrained(tensors)
        return network

    def heads(
        self,
        plan: Plan,
        shape: Shape,
        log: Callable[[str], None],
        *,
        earlier: Path | None = None,
    ) -> Network:
        """Train encoder and heads together; resumes by itself.

        ``earlier`` is the work folder of an earlier run, or a released model folder, whose weights
        to begin with.
        """
        torch.manual_seed(plan.seed)
        corpora = self.corpora()
        network = self.network(shape)
        if earlier is not None:  # with its pieces: the rows of the embedding table are theirs
            shutil.copyfile(earlier / TOKENIZER, self.folder / TOKENIZER)
            network.take_over(_weights(earlier), Labels.read(earlier / LABELS))
        encoder = Encoder(network.heads.labels, Pieces.read(self.folder / TOKENIZER))
        fit(network, corpora, encoder, plan, self.folder, log)
        return network

    def export(self, target: Path, shape: Shape, *, quantised: bool = True) -> None:
        """The model folder that ``kg.annotate`` loads, from the last checkpoint."""
        target.mkdir(parents=True, exist_ok=True)
        network = Network(shape, Labels.read(self.folder / LABELS))
        state = torch.load(self.folder / CHECKPOINT, weights_only=False)
        network.load_state_dict(state["network"])
        export(network, target / MODEL, quantised=quantised)
        for name in (LABELS, TOKENIZER):
            shutil.copyfile(self.folder / name, target / name)
        collect_lexicon(s for _, part in self.corpora() for s in part).write(target / LEXICON)
        (target / META).write_text(json.dumps(self._meta(shape, state), ensure_ascii=False, indent=1) + "\n", "utf-8")

    def _history(self) -> list[str]:
        """What is known of the runs before the last: one line each, from ``history.txt``."""
        path = self.folder / "history.txt"
        return path.read_text("utf-8").splitlines() if path.is_file() else []

    def _meta(self, shape: Shape, state: dict[str, Any]) -> dict[str, Any]:
        with (self.folder / "encoder.pickle").open("rb") as stream:
            _, origin = pickle.load(stream)
        return {
            "name": f"kg multilingual encoder, {shape.layers} layers",
            "languages": ["nl", "de", "en", "fr"],
            "licence": "CC BY-SA 4.0",
            "encoder": {"origin": origin, "licence": "MIT"},
            "shape": shape.as_dict(),
            "steps": state["step"],
            "minutes": round(state["spent"] / 60, 1),
            "history": self._history(),
            "made": time.strftime("%Y-%m-%d", time.gmtime()),
            "training": [
                {
                    "name": corpus.name,
                    "language": corpus.language,
                    "licence": corpus.licence,
                    "sentences": len(sentences),
                    "words": sum(len(s.words) for s in sentences),
                    "repeat": corpus.repeat,
                }
                for corpus, sentences in self.corpora()
                if sentences
            ],
        }


def _weights(folder: Path) -> dict[str, Tensor]:
    """What an earlier run left: its checkpoint, or the model made of it."""
    if not (folder / CHECKPOINT).is_file():
        return released_weights(folder)
    weights: dict[str, Tensor] = torch.load(folder / CHECKPOINT, weights_only=False)["network"]
    return weights
