"""The network: a BERT encoder (Devlin et al. 2019) and its heads, all on one forward pass.

A token's vector is the mean of its first and last piece. Heads: linear classifiers for UPOS, each
feature attribute, lemma scripts, sentence starts and name tags; deep biaffine attention for arcs
and their labels (Dozat & Manning 2017). The encoder is written out here, in forty lines, so that
no model library is needed and the exported graph holds nothing that inference does not use.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor, nn

from kg.annotate.labels import EVENTS, LINKS, MODALITIES, Labels

__all__ = ["Heads", "Network", "Shape"]

NORM_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; ``heads`` lists the tasks that it has heads for."""

    layers: int = 6
    hidden: int = 384
    inner: int = 1536
    attention_heads: int = 12
    positions: int = 512
    vocabulary: int = 48_000
    arc: int = 256
    label: int = 128
    dropout: float = 0.1
    head_dropout: float = 0.15
    heads: tuple[str, ...] = ("upos", "feats", "lemma", "sentences", "dependencies", "names", "events")
    link: int = 128

    def as_dict(self) -> dict[str, Any]:
        """For ``meta.json`` and checkpoints."""
        return asdict(self)


class Layer(nn.Module):
    """Self-attention and feed-forward, each followed by the layer norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        size = shape.hidden
        self.count = shape.attention_heads
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.attention_norm = nn.LayerNorm(size, eps=NORM_EPSILON)
        self.up = nn.Linear(size, shape.inner)
        self.down = nn.Linear(shape.inner, size)
        self.norm = nn.LayerNorm(size, eps=NORM_EPSILON)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, size = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.count, size // self.count)
        query, key, value = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        if mask is None:  # one window without padding: the export's case
            scores = (query * (size // self.count) ** -0.5) @ key.transpose(-1, -2)
            mixed = scores.softmax(-1) @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, size)
        x = self.attention_norm(x + self.dropout(self.out(mixed)))
        inner = self.down(functional.gelu(self.up(x)))
        normed: Tensor = self.norm(x + self.dropout(inner))
        return normed


class Encoder(nn.Module):
    """Piece ids to vectors."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        # Sparse gradients: a step touches a few hundred of the rows.
        self.words = nn.Embedding(shape.vocabulary, shape.hidden, sparse=True)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=NORM_EPSILON)
        self.dropout = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, ids: Tensor, lengths: Tensor | None = None) -> Tensor:
        size = ids.shape[1]
        x = self.words(ids) + self.positions.weight[:size]
        x = self.dropout(self.norm(x))
        mask = None
        if lengths is not None:
            mask = (torch.arange(size)[None] < lengths[:, None])[:, None, None]
        for layer in self.layers:
            x = layer(x, mask)
        vectors: Tensor = x
        return vectors

    def load_pretrained(self, tensors: dict[str, NDArray[np.float32]]) -> None:
        """Take the weights over by the names of Hugging Face's BertModel."""
        take = {name: torch.from_numpy(value) for name, value in tensors.items()}
        state = {
            "words.weight": take["embeddings.word_embeddings.weight"],
            # There is one segment only: its vector goes into the positions.
            "positions.weight": take["embeddings.position_embeddings.weight"] + take["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": take["embeddings.LayerNorm.weight"],
            "norm.bias": take["embeddings.LayerNorm.bias"],
        }
        names = {
            "out": "attention.output.dense",
            "attention_norm": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm": "output.LayerNorm",
        }
        for index in range(len(self.layers)):
            old, new = f"encoder.layer.{index}.", f"layers.{index}."
            for part in ("weight", "bias"):
                state[f"{new}qkv.{part}"] = torch.cat([take[f"{old}attention.self.{x}.{part}"] for x in ("query", "key", "value")])
                for ours, theirs in names.items():
                    state[f"{new}{ours}.{part}"] = take[f"{old}{theirs}.{part}"]
        self.load_state_dict(state)


class Heads(nn.Module):
    """One module a task; which there are is the shape's list."""

    def __init__(self, shape: Shape, labels: Labels) -> None:
        super().__init__()
        size = shape.hidden
        self.shape, self.labels = shape, labels
        self.dropout = nn.Dropout(shape.head_dropout)
        self.feat_sizes = [len(values) for values in labels.feats.values()]
        sizes = {
            "upos": len(labels.upos),
            "feats": sum(self.feat_sizes),
            "lemma": len(labels.lemmas),
            "sentences": 1,
            "names": len(labels.names),
        }
        self.linear = nn.ModuleDict({task: nn.Linear(size, sizes[task]) for task in shape.heads if task in sizes})
        if "dependencies" in shape.heads:
            self.root = nn.Parameter(torch.randn(size) * 0.5)
            self.arc_child = self._project(shape.arc)
            self.arc_head = self._project(shape.arc)
            self.label_child = self._project(shape.label)
            self.label_head = self._project(shape.label)
            self.arc_bilinear = nn.Linear(shape.arc + 1, shape.arc + 1, bias=False)
            self.label_bilinear = nn.Linear(shape.label + 1, len(labels.deprels) * (shape.label + 1), bias=False)
            nn.init.normal_(self.arc_bilinear.weight, std=0.02)
            nn.init.normal_(self.label_bilinear.weight, std=0.02)
        if "events" in shape.heads:
            self.triggers = nn.Linear(size, len(EVENTS))
            self.modalities = nn.Linear(size, len(MODALITIES))
            self.link_trigger = self._project(shape.link)
            self.link_token = self._project(shape.link)
            self.link_bilinear = nn.Linear(shape.link + 1, len(LINKS) * (shape.link + 1), bias=False)
            nn.init.normal_(self.link_bilinear.weight, std=0.02)

    def _project(self, size: int) -> nn.Sequential:
        return nn.Sequential(nn.Linear(self.shape.hidden, size), nn.LeakyReLU(0.1), nn.Dropout(0.2))

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        """Scores of token vectors [batch, tokens, hidden].

        ``arcs`` is [batch, tokens, tokens + 1] with the root first; ``label_child`` and
        ``label_head`` multiply to the label scores of any arc, ``link_trigger`` and ``link_token``
        to those of what a token is to an event that another tells.
        """
        scores: dict[str, Tensor] = {task: layer(x) for task, layer in self.linear.items()}
        if "dependencies" in self.shape.heads:
            rooted = self.rooted(x)
            scores["arcs"] = self.arcs(x, rooted)
            child, head = self.label_child(x), self.label_head(rooted)
            scores["label_child"] = self.label_bilinear(_with_one(child))
            scores["label_head"] = _with_one(head)
        if "events" in self.shape.heads:
            scores["triggers"] = self.triggers(x)
            scores["modalities"] = self.modalities(x)
            scores["link_trigger"] = self.link_bilinear(_with_one(self.link_trigger(x)))
            scores["link_token"] = _with_one(self.link_token(x))
        return scores

    def rooted(self, x: Tensor) -> Tensor:
        """The token vectors with the root's before them."""
        return torch.cat([self.root.expand(x.shape[0], 1, -1), x], 1)

    def arcs(self, x: Tensor, rooted: Tensor) -> Tensor:
        """Arc scores [batch, tokens, tokens + 1]."""
        child = self.arc_bilinear(_with_one(self.arc_child(x)))
        head = _with_one(self.arc_head(rooted))
        scores: Tensor = child @ head.transpose(1, 2) * (4 / self.shape.arc**0.5)
        return scores

    def labels_of(self, x: Tensor, rooted: Tensor, heads: Tensor, known: Tensor) -> Tensor:
        """Label scores of the arcs from the ``known`` tokens to their heads (0 is the root)."""
        chosen = rooted.gather(1, heads[..., None].expand(-1, -1, x.shape[-1]))[known]
        head = _with_one(self.label_head(chosen))
        child = self.label_bilinear(_with_one(self.label_child(x[known])))
        child = child.view(len(head), len(self.labels.deprels), self.shape.label + 1)
        scores: Tensor = (child @ head[..., None]).squeeze(-1)
        return scores

    def links_of(self, x: Tensor, told: Tensor) -> Tensor:
        """Link scores [events, tokens, labels] of the events ``told``, pairs of (window, trigger)."""
        trigger = self.link_bilinear(_with_one(self.link_trigger(x[told[:, 0], told[:, 1]])))
        trigger = trigger.view(len(told), len(LINKS), self.shape.link + 1)
        tokens = _with_one(self.link_token(x))[told[:, 0]]
        scores: Tensor = tokens @ trigger.transpose(1, 2)
        return scores


def _with_one(x: Tensor) -> Tensor:
    """A last component of 1, which gives the bilinear form its linear terms."""
    return functional.pad(x, (0, 1), value=1.0)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, shape: Shape, labels: Labels) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.heads = Heads(shape, labels)

    def tokens(self, ids: Tensor, first: Tensor, last: Tensor, lengths: Tensor) -> Tensor:
        """Token vectors of pieces [batch, pieces], for tokens that start at first, end at last."""
        x = self.encoder(ids, lengths)
        width = x.shape[-1]
        left = x.gather(1, first[..., None].expand(-1, -1, width))
        right = x.gather(1, last[..., None].expand(-1, -1, width))
        vectors: Tensor = self.heads.dropout((left + right) * 0.5)
        return vectors

    def take_over(self, state: dict[str, Tensor], labels: Labels) -> None:
        """Begin with the weights of an earlier network with the same encoder.

        Its lemma scripts may have been others: rows are taken by script. Heads that it did not have
        stay as they are.
        """
        own = self.state_dict()
        rows = {script: i for i, script in enumerate(labels.lemmas)}
        pairs = [(i, rows[script]) for i, script in enumerate(self.heads.labels.lemmas) if script in rows]
        new, old = (torch.tensor(side) for side in zip(*pairs, strict=True))
        for name in ("heads.linear.lemma.weight", "heads.linear.lemma.bias"):
            own[name][new] = state[name][old]
        self.load_state_dict({name: own[name] if ".lemma." in name else state.get(name, own[name]) for name in own})
