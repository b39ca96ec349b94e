"""The pipelines as they are used: nothing lost, nothing cut, the same whatever the batches."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.matcher import DependencyMatcher
from spacy.tokens import Doc

import kg.annotate
from kg.annotate import LANGUAGES, MODEL_FOLDER, load

pytestmark = pytest.mark.skipif(not (MODEL_FOLDER / "model.onnx").is_file(), reason="the weights are not in this checkout")

TEXTS = {
    "nl": "Noord-Korea stuurde in 2024 soldaten naar Rusland. De minister ontkende dat woensdag.",
    "de": "Der Minister reiste am Montag nach Berlin. Er sprach mit den Soldaten aus Polen.",
    "en": "The ship left Rotterdam on Friday. It carried ammunition for the army, officials said.",
    "fr": "Le président a quitté Paris lundi. Il a parlé de la guerre avec le ministre allemand.",
}
ODD = [
    "",
    " ",
    "\n\n\n",
    "!",
    "👩‍👩‍👧‍👦 🇳🇱 🚀🚀",
    "رئيس كوريا الشمالية زار موسكو. Kim zei niets.",
    "平壌 ミサイル",
    "a\tb\r\n\r\nc \u200b d\u00a0e",
    "Zin een.\n\n\n   Zin twee.   \n",
    "x" * 10_000,
    "-" * 3_000,
    "Kop zonder punt\n\nEn dan de tekst.",
]


@pytest.fixture(scope="module")
def dutch() -> Language:
    return load("nl")


def seen(doc: Doc) -> list[object]:
    """All that the pipeline sets."""
    tokens = [(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]
    return [tokens, [(e.start, e.end, e.label_) for e in doc.ents]]


def check_whole(doc: Doc, text: str) -> None:
    """The text is all there, every token in one sentence with one root, every entity clean."""
    assert doc.text == text
    assert sum(len(sent) for sent in doc.sents) == len(doc)
    for sent in doc.sents:
        roots = [token for token in sent if token.head.i == token.i]
        assert len(roots) == 1, sent.text[:80]
        assert roots[0].dep_ == "ROOT"
        assert all(token.head in sent for token in sent)
    for ent in doc.ents:
        assert ent.text == ent.text.strip()
        assert "\n" not in ent.text


@pytest.mark.parametrize("lang", [*LANGUAGES, "auto"])
def test_every_layer_is_there(lang: str) -> None:
    nlp = load(lang)
    for language, text in TEXTS.items():
        if lang in (language, "auto"):
            doc = nlp(text)
            check_whole(doc, text)
            assert len(list(doc.sents)) == 2
            assert all(token.pos_ and token.lemma_ and token.dep_ for token in doc)
            assert any(token.morph for token in doc)
            assert any(token.dep_ == "nsubj" for token in doc)
            assert doc.ents
            assert not any(token.tag_ for token in doc)


def test_auto_says_which_language(dutch: Language) -> None:
    nlp = load("auto")
    for language, text in TEXTS.items():
        assert nlp(text).user_data["language"] == language


@pytest.mark.parametrize("text", ODD)
def test_odd_input_neither_fails_nor_loses_text(dutch: Language, text: str) -> None:
    check_whole(dutch(text), text)


def test_random_characters(dutch: Language) -> None:
    rng = random.Random(3)
    alphabet = "aB é.,!?\"'«»()\n\t \u00ad🙂ك漢0-%€"
    for _ in range(40):
        text = "".join(rng.choice(alphabet) for _ in range(rng.randint(1, 60)))
        check_whole(dutch(text), text)


def test_long_text_without_a_stop(dutch: Language) -> None:
    text = "woord " * 3_000
    check_whole(dutch(text), text)


def test_text_of_a_hundred_thousand_words() -> None:
    nlp = load("nl", heads=("sentences", "names"))
    text = "Kim zei het. Hij kwam gisteren aan in Moskou.\n" * 10_000
    doc = nlp(text)
    assert doc.text == text
    assert len(doc) > 100_000
    assert sum(len(sent) for sent in doc.sents) == len(doc)
    assert doc.ents[-1].end > len(doc) - 5


def test_results_do_not_depend_on_grouping_or_order(dutch: Language) -> None:
    texts = [" ".join(TEXTS.values()) * n for n in (1, 3, 2)] + list(TEXTS.values())
    alone = [seen(dutch(text)) for text in texts]
    assert [seen(doc) for doc in dutch.pipe(texts, batch_size=2)] == alone
    order = [4, 0, 6, 2, 1, 5, 3]
    shuffled = list(dutch.pipe([texts[i] for i in order], batch_size=7))
    assert [seen(doc) for doc in shuffled] == [alone[i] for i in order]


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_processes_give_the_same(dutch: Language) -> None:
    texts = list(TEXTS.values()) * 2
    alone = [seen(dutch(text)) for text in texts]
    assert [seen(doc) for doc in dutch.pipe(texts, n_process=2, batch_size=3)] == alone


def test_threads_give_the_same(dutch: Language) -> None:
    text = " ".join(TEXTS.values()) * 3
    assert seen(load("nl", threads=2)(text)) == seen(dutch(text))


def test_set_starts_hold(dutch: Language) -> None:
    text = "Minister in Moskou Soldaten naar Koersk gestuurd. Dat zei hij."
    doc = dutch.make_doc(text)
    doc[3].is_sent_start = True
    doc[9 if doc[8].text == "." else 8].is_sent_start = False
    doc = dutch(doc)
    check_whole(doc, text)
    starts = [token.i for token in doc if token.is_sent_start]
    assert starts[:2] == [0, 3]
    assert len(starts) == 2


def test_set_starts_hold_on_white_space(dutch: Language) -> None:
    doc = dutch.make_doc("Een kop\nDe tekst komt hier.")
    newline = next(token for token in doc if token.is_space)
    newline.is_sent_start = True
    doc = next(iter(dutch.pipe([doc])))
    assert [sent.start for sent in doc.sents] == [0, newline.i]


def test_blank_line_ends_a_sentence(dutch: Language) -> None:
    doc = dutch("Raket boven Japan\n\nNoord-Korea vuurde een raket af.")
    assert "Noord-Korea" in [sent[0].text for sent in doc.sents]


def test_saved_pipeline_stands_alone(dutch: Language, tmp_path: Path) -> None:
    dutch.to_disk(tmp_path / "nlp")
    assert (tmp_path / "nlp" / kg.annotate.FACTORY / "model.onnx").is_file()
    again = spacy.load(tmp_path / "nlp")
    assert seen(again(TEXTS["nl"])) == seen(dutch(TEXTS["nl"]))


def test_auto_pipeline_can_be_saved(tmp_path: Path) -> None:
    nlp = load("auto")
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    assert seen(again(TEXTS["fr"])) == seen(nlp(TEXTS["fr"]))


def test_component_can_be_pickled(dutch: Language) -> None:
    component = pickle.loads(pickle.dumps(dutch.get_pipe(kg.annotate.FACTORY)))
    assert seen(component(dutch.make_doc(TEXTS["nl"]))) == seen(dutch(TEXTS["nl"]))


def test_fewer_heads_set_fewer_layers() -> None:
    doc = load("nl", heads=("names",))(TEXTS["nl"])
    assert doc.ents
    assert not any(token.pos_ or token.lemma_ or token.dep_ for token in doc)


def test_unknown_language_and_head_are_named() -> None:
    with pytest.raises(ValueError, match="'sv'"):
        load("sv")
    with pytest.raises(ValueError, match="sentiment"):
        load("nl", heads=("sentiment",))


def test_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"model\.onnx"):
        load("nl", model=tmp_path)


def test_matchers_and_displacy_work(dutch: Language) -> None:
    doc = dutch("De minister bezocht de soldaten.")
    matcher = DependencyMatcher(dutch.vocab)
    matcher.add(
        "SUBJECT",
        [
            [
                {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"POS": "VERB"}},
                {
                    "LEFT_ID": "verb",
                    "REL_OP": ">",
                    "RIGHT_ID": "subject",
                    "RIGHT_ATTRS": {"DEP": "nsubj"},
                },
            ]
        ],
    )
    assert [doc[i].text for i in matcher(doc)[0][1]] == ["bezocht", "minister"]
    assert "<svg" in displacy.render(doc, style="dep", jupyter=False)


def test_no_torch_at_run_time() -> None:
    # spaCy itself imports torch where it finds it, so torch is made impossible to find.
    code = "import sys; sys.modules['torch'] = None; import kg.annotate; kg.annotate.load('de')('Ja.')"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
