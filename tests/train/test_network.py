"""A small network through training, export and back: the served scores are the trained ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from kg.annotate.labels import Labels  # noqa: E402  (torch must be there first)
from kg.train.export import export, output_names  # noqa: E402
from kg.train.fit import losses  # noqa: E402
from kg.train.names import TAGS  # noqa: E402
from kg.train.network import Network, Shape  # noqa: E402
from kg.train.windows import IGNORE, Batch  # noqa: E402

LABELS = Labels(
    ("NOUN", "VERB"),
    {"Number": ("", "Plur", "Sing"), "Tense": ("", "Past")},
    ("=", "l*", "l(0*,2<en>>)", "c*"),
    ("nsubj", "obj", "root"),
    TAGS,
)
SHAPE = Shape(layers=2, hidden=24, inner=48, attention_heads=3, positions=32, vocabulary=60, arc=16, label=8)


@pytest.fixture
def network() -> Network:
    torch.manual_seed(0)
    return Network(SHAPE, LABELS)


def batch() -> Batch:
    """One window of five pieces and three words, annotated in part."""
    row = torch.tensor
    return Batch(
        ids=row([[0, 5, 6, 7, 8, 2]]),
        lengths=row([6]),
        first=row([[1, 2, 4]]),
        last=row([[1, 3, 4]]),
        sentence=row([[0, 0, 0]]),
        upos=row([[0, 1, IGNORE]]),
        feats=row([[[1, IGNORE], [0, 1], [IGNORE, IGNORE]]]),
        lemmas=row([[0, 1, IGNORE]]),
        heads=row([[2, 0, 2]]),
        deprels=row([[0, 2, IGNORE]]),
        starts=row([[IGNORE, 0, 0]]),
        names=row([[0, 1, IGNORE]]),
    )


def test_every_task_has_a_loss_and_every_weight_a_gradient(network: Network) -> None:
    sets = torch.zeros(2, len(TAGS), dtype=torch.bool)
    sets[0, 0] = True
    sets[1, 1:5] = True
    found = losses(network, batch(), sets)
    assert set(found) == {"upos", "feats", "lemma", "sentences", "names", "arcs", "labels"}
    torch.stack(list(found.values())).sum().backward()
    without = [name for name, weight in network.named_parameters() if weight.grad is None]
    assert without == []


def test_graph_gives_the_networks_scores(network: Network, tmp_path: Path) -> None:
    import onnxruntime

    export(network, tmp_path / "model.onnx", quantised=False)
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    example = batch()
    feed = {"ids": example.ids.numpy(), "first": example.first.numpy(), "last": example.last.numpy()}
    found = dict(zip(output_names(network), session.run(None, feed), strict=True))
    with torch.no_grad():
        x = network.tokens(example.ids, example.first, example.last, example.lengths)
        expected = network.heads(x)
    np.testing.assert_allclose(found["arcs"], expected["arcs"].numpy(), atol=1e-4)
    np.testing.assert_allclose(found["names"], expected["names"].log_softmax(-1).numpy(), atol=1e-4)
    assert (found["upos"] == expected["upos"].argmax(-1).numpy()).all()
    assert found["feats"].shape == (1, 3, 2)
    assert found["lemmas"].shape == (1, 3, 3)


def test_int8_graph_runs_on_any_length(network: Network, tmp_path: Path) -> None:
    import onnxruntime

    export(network, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    for words in (1, 2, 25):
        ids = np.arange(words + 2)[None]
        places = np.arange(1, words + 1)[None]
        found = session.run(["arcs"], {"ids": ids, "first": places, "last": places})[0]
        assert found.shape == (1, words, words + 1)


def test_heads_of_the_config_alone_are_built(tmp_path: Path) -> None:
    network = Network(Shape(**{**SHAPE.as_dict(), "heads": ("upos", "names")}), LABELS)
    assert output_names(network) == ["upos", "names"]
    export(network, tmp_path / "model.onnx", quantised=False)


def test_weights_are_taken_over_by_lemma_script(network: Network) -> None:
    later = Labels(LABELS.upos, LABELS.feats, ("=", "c*", "u*", "l*"), LABELS.deprels, TAGS)
    other = Network(SHAPE, later)
    other.take_over(network.state_dict(), LABELS)
    old, new = network.heads.linear["lemma"].weight, other.heads.linear["lemma"].weight
    assert torch.equal(new[1], old[3])
    assert torch.equal(new[3], old[1])
    assert torch.equal(other.encoder.words.weight, network.encoder.words.weight)
