"""The trained network as one int8 ONNX graph, with all that the run time needs beside it.

Matrix weights are quantised per channel, activations as the window is run (dynamic quantisation);
the embedding table has one scale a row. Weights keep to seven bits, because processors without
VNNI instructions saturate sums of eight-bit products and would answer otherwise than others.
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from kg.train.network import Network

__all__ = ["export"]

OPSET = 17
LEMMA_CHOICES = 3
# The second matrix of the feed-forward stays in floats: its inputs have outliers that one scale for
# the whole tensor serves badly. It costs 10 MB and gives back two thirds of what int8 takes.
FLOAT_NODES = "/down/"
OUTPUTS = {
    "upos": "upos",
    "feats": "feats",
    "lemma": "lemmas",
    "sentences": "starts",
    "names": "names",
}


class _Exported(nn.Module):
    """Decisions where they are independent, scores where a search follows."""

    def __init__(self, network: Network, *, quantised: bool) -> None:
        super().__init__()
        self.network = network
        self.quantised = quantised
        table = network.encoder.words.weight.detach()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("table", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        network = self.network
        if self.quantised:
            assert isinstance(self.table, Tensor)
            assert isinstance(self.scale, Tensor)
            words = self.table[ids].float() * self.scale[ids]
        else:
            words = network.encoder.words(ids)
        x = network.encoder.norm(words + network.encoder.positions.weight[: ids.shape[1]])
        for layer in network.encoder.layers:
            x = layer(x, None)
        tokens = (x[:, first[0]] + x[:, last[0]]) * 0.5
        scores = network.heads(tokens)
        out: list[Tensor] = []
        for task in network.heads.shape.heads:
            if task == "upos":
                out.append(scores[task].argmax(-1))
            elif task == "feats":
                parts = scores[task].split(network.heads.feat_sizes, dim=-1)
                out.append(torch.stack([part.argmax(-1) for part in parts], -1))
            elif task == "lemma":
                out.append(scores[task].topk(LEMMA_CHOICES, dim=-1).indices)
            elif task == "sentences":
                out.append(scores[task].squeeze(-1))
            elif task == "names":
                out.append(scores[task].log_softmax(-1))
            elif task == "dependencies":
                out.extend([scores["arcs"], scores["label_child"], scores["label_head"]])
            elif task == "events":
                out.append(scores["triggers"].log_softmax(-1))
                out.append(scores["modalities"].log_softmax(-1))
                out.extend([scores["link_trigger"], scores["link_token"]])
        return tuple(out)


def output_names(network: Network) -> list[str]:
    """The graph's outputs, in order: those of kg.annotate.session.Scores."""
    names: list[str] = []
    for task in network.heads.shape.heads:
        if task == "dependencies":
            names.extend(["arcs", "label_child", "label_head"])
        elif task == "events":
            names.extend(["triggers", "modalities", "link_trigger", "link_token"])
        else:
            names.append(OUTPUTS[task])
    return names


def export(network: Network, path: Path, *, quantised: bool = True) -> None:
    """Write the graph to ``path``: int8, or 32-bit floats for comparison."""
    network.eval()
    module = _Exported(network, quantised=quantised).eval()
    example = (
        torch.tensor([[0, 10, 11, 12, 13, 2]]),
        torch.tensor([[1, 2, 4]]),
        torch.tensor([[1, 3, 4]]),
    )
    names = output_names(network)
    axes = {"ids": {1: "pieces"}, "first": {1: "words"}, "last": {1: "words"}}
    axes |= {name: {1: "words"} for name in names}
    if "arcs" in axes:
        axes["arcs"] = {1: "words", 2: "heads"}
        axes["label_head"] = {1: "heads"}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer remarks on every Python value
        plain = Path(folder) / "plain.onnx"
        with torch.no_grad():
            torch.onnx.export(
                module,
                example,
                str(plain),
                input_names=["ids", "first", "last"],
                output_names=names,
                dynamic_axes=axes,
                opset_version=OPSET,
                dynamo=False,
            )
        if quantised:
            _quantise(plain, path)
        else:
            path.write_bytes(plain.read_bytes())


def _quantise(source: Path, target: Path) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = source.with_name("prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    nodes = onnx.load(str(prepared)).graph.node
    quantize_dynamic(
        str(prepared),
        str(target),
        op_types_to_quantize=["MatMul", "Gemm"],
        nodes_to_exclude=[node.name for node in nodes if FLOAT_NODES in node.name],
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"MatMulConstBOnly": True},
    )
