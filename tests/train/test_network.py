"""A small network through training, export and back: the served scores are the trained ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from kg.annotate.labels import LINKS, Labels  # noqa: E402  (torch must be there first)
from kg.train.export import export, output_names  # noqa: E402
from kg.train.fit import losses  # noqa: E402
from kg.train.names import TAGS  # noqa: E402
from kg.train.network import Network, Shape  # noqa: E402
from kg.train.released import released_weights  # noqa: E402
from kg.train.windows import IGNORE, Batch  # noqa: E402

LABELS = Labels(
    ("NOUN", "VERB"),
    {"Number": ("", "Plur", "Sing"), "Tense": ("", "Past")},
    ("=", "l*", "l(0*,2<en>>)", "c*"),
    ("nsubj", "obj", "root"),
    TAGS,
)
SHAPE = Shape(layers=2, hidden=24, inner=48, attention_heads=3, positions=32, vocabulary=60, arc=16, label=8, link=8)


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
        triggers=row([[0, 3, 0]]),
        modalities=row([[IGNORE, 1, IGNORE]]),
        told=row([[0, 1]]),
        links=row([[1, IGNORE, 0]]),
    )


def test_every_task_has_a_loss_and_every_weight_a_gradient(network: Network) -> None:
    sets = torch.zeros(2, len(TAGS), dtype=torch.bool)
    sets[0, 0] = True
    sets[1, 1:5] = True
    found = losses(network, batch(), sets)
    assert set(found) == {"upos", "feats", "lemma", "sentences", "names", "arcs", "labels", "triggers", "modalities", "links"}
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
    np.testing.assert_allclose(found["triggers"], expected["triggers"].log_softmax(-1).numpy(), atol=1e-4)
    links = found["link_token"][0] @ found["link_trigger"][0, 1].reshape(len(LINKS), -1).T
    with torch.no_grad():
        trained = network.heads.links_of(x, example.told)[0]
    np.testing.assert_allclose(links, trained.numpy(), atol=1e-4)


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


@pytest.mark.parametrize(("quantised", "within"), [(False, 1e-6), (True, 0.02)])
def test_a_released_graph_gives_its_weights_back(network: Network, tmp_path: Path, quantised: bool, within: float) -> None:
    with torch.no_grad():  # as after training: no two vectors are equal, which a graph would hold once
        for weight in network.parameters():
            weight.add_(torch.randn_like(weight) * 0.05)
    export(network, tmp_path / "model.onnx", quantised=quantised)
    found = released_weights(tmp_path)
    wanted = network.state_dict()
    assert set(found) == set(wanted)
    for name, weight in wanted.items():
        torch.testing.assert_close(found[name], weight, atol=within * float(weight.abs().max().clamp(min=1e-3)), rtol=0)


def test_heads_that_the_earlier_network_lacked_stay_as_they_are(network: Network) -> None:
    state = {name: weight for name, weight in network.state_dict().items() if not name.startswith("heads.link")}
    other = Network(SHAPE, LABELS)
    before = other.heads.link_bilinear.weight.clone()
    other.take_over(state, LABELS)
    assert torch.equal(other.heads.link_bilinear.weight, before)
    assert torch.equal(other.heads.triggers.weight, network.heads.triggers.weight)
