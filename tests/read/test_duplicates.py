"""One text with several sources is found, whatever the order; different texts stay apart."""

from __future__ import annotations

import random
import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.read.duplicates import Copy, copies, likeness, shingles, signature
from tests.conftest import CORPUS, ROOT

WORDS = [f"woord{n}" for n in range(3000)]


def text(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def found(texts: dict[str, str], order: list[str] | None = None) -> list[Copy]:
    return list(copies(order or list(texts), texts.__getitem__))


def test_copies_with_a_change_here_and_there_are_found():
    first = text(1).split()
    edited = first.copy()
    edited[::40] = ["ander"] * len(edited[::40])
    texts = {
        "original": " ".join(first), "same": " ".join(first).upper().replace(" ", ",  "), "edited": " ".join(edited),
        "longer": " ".join(first) + " " + text(2, 60), "cut": " ".join(first[:180]), "other": text(3), "half": " ".join(first[:100]) + text(4, 200),
    }  # fmt: skip
    pairs = {pair.copy: pair for pair in found(texts)}
    assert set(pairs) == {"same", "edited", "longer", "cut"}
    assert {pair.original for pair in pairs.values()} == {"original"}
    assert pairs["same"].likeness == 1
    assert 0.6 < pairs["edited"].likeness < 1


def test_the_articles_of_the_corpus_are_all_different_texts():
    texts = {path.name: path.read_text(encoding="utf-8") for path in CORPUS}
    assert found(texts) == []


def test_nothing_is_a_copy_of_a_copy_and_the_first_is_the_original():
    base = text(5).split()
    chain = {f"t{n}": " ".join(base[n * 40 : n * 40 + 200]) for n in range(4)}
    pairs = found(chain)
    assert not {pair.copy for pair in pairs} & {pair.original for pair in pairs}
    same = {"b": text(6), "a": text(6), "c": text(6)}
    assert [(p.copy, p.original) for p in found(same)] == [("a", "b"), ("c", "b")]


def test_short_texts_are_copies_only_when_equal():
    assert found({"a": "Iran ontkent", "b": "iran ontkent!", "c": "Iran bevestigt", "d": "", "e": ""}) == [Copy("b", "a", 1.0)]


def test_every_pair_that_is_alike_is_found_among_many():
    texts = {f"{n:04}": text(n, 150) for n in range(300)}
    for n in range(0, 300, 10):
        words = texts[f"{n:04}"].split()
        words[70] = "gewijzigd"
        texts[f"{n:04}-kopie"] = " ".join(words)
    assert {(p.copy, p.original) for p in found(texts)} == {(f"{n:04}-kopie", f"{n:04}") for n in range(0, 300, 10)}


def test_the_signature_estimates_the_resemblance():
    words = text(7, 400).split()
    for shared in (100, 200, 300, 400):
        one, other = shingles(" ".join(words)), shingles(" ".join(words[:shared]) + " " + text(8, 400 - shared))
        assert abs(float(np.mean(signature(one) == signature(other))) - likeness(one, other)[0]) < 0.15


def test_another_process_finds_the_same_numbers():
    code = "from kg.read.duplicates import shingles, signature; print(signature(shingles('een twee drie vier vijf')).tolist())"
    environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(signature(shingles("een twee drie vier vijf")).tolist())


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_a_share(one, other):
    resemblance, containment = likeness(shingles(one), shingles(other))
    assert 0 <= resemblance <= containment <= 1
    assert likeness(shingles(one), shingles(one)) in ((1, 1), (0, 0))
