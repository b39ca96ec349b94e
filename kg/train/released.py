"""The weights of a released model, taken back out of its ONNX graph to train on from.

Quantised matrices come back as scale times integer: within half a step of what was trained.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.annotate.session import MODEL
from kg.train.export import OUTPUTS

__all__ = ["released_weights"]

_OWN = "network."
_QUANTISED = "_quantized"


def released_weights(model: Path) -> dict[str, Tensor]:
    """The state of the network in the folder ``model``, by the names of ``kg.train.network``."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(model / MODEL)).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    state = {name.removeprefix(_OWN): array for name, array in arrays.items() if name.startswith(_OWN)}
    if "table" in arrays:
        state["encoder.words.weight"] = arrays["table"] * arrays["scale"]
    for node in graph.node:
        if node.op_type in ("MatMul", "MatMulInteger") and node.input[1] in arrays:
            state[_parameter(node.name)] = _matrix(node.input[1], arrays).T
    return {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in state.items()}


def _matrix(name: str, arrays: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    """A constant of the graph, [inputs, outputs], in floats."""
    if not name.endswith(_QUANTISED):
        return arrays[name]
    base = name.removesuffix(_QUANTISED)
    steps = arrays[name].astype(np.float32) - arrays[f"{base}_zero_point"].astype(np.float32)
    return steps * arrays[f"{base}_scale"]


def _parameter(node: str) -> str:
    """``/layers.0/qkv/MatMul_quant`` → ``encoder.layers.0.qkv.weight``."""
    parts = node.strip("/").split("/")[:-1]
    if parts[0] != "heads":
        return ".".join(["encoder", *parts, "weight"])
    inner = parts[1:]
    if len(inner) == 2:  # a layer of a sequence is named with its sequence
        return f"heads.{inner[1]}.weight"
    # Linear heads lie in a dictionary of tasks; the tracer leaves its name out.
    return f"heads.linear.{inner[0]}.weight" if inner[0] in OUTPUTS else f"heads.{inner[0]}.weight"
