"""Frog (Van den Bosch et al. 2007), an external program for Dutch, measured beside our own model where it is installed.

Its trees follow the Alpino scheme and its tags the CGN's, so only lemmas and parts of speech in classes that both have are compared.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from kg.train.figures import parsed
from kg.train.sentence import UNKNOWN, Sentence

__all__ = ["Compared", "beside_frog"]

# Classes that CGN and Universal Dependencies draw alike; what one of them splits is one class here.
CGN = {
    "N": "noun", "SPEC": "noun", "ADJ": "adjective", "WW": "verb", "TW": "number", "VNW": "pronoun", "LID": "pronoun",
    "VZ": "adposition", "VG": "conjunction", "BW": "adverb", "TSW": "interjection", "LET": "punctuation",
}  # fmt: skip
UPOS = {
    "NOUN": "noun", "PROPN": "noun", "X": "noun", "ADJ": "adjective", "VERB": "verb", "AUX": "verb", "NUM": "number", "PRON": "pronoun",
    "DET": "pronoun", "ADP": "adposition", "CCONJ": "conjunction", "SCONJ": "conjunction", "ADV": "adverb", "INTJ": "interjection",
    "PUNCT": "punctuation", "SYM": "punctuation",
}  # fmt: skip
# Tagger and lemmatiser only; the text is tokenised.
COMMAND = ("frog", "--skip=tmnacp", "-n", "-t")


@dataclass(frozen=True, slots=True)
class Compared:
    """Percentages on the words of a Dutch test set, and words a CPU second with the start of the program."""

    lemma: float
    pos: float
    speed: float


def beside_frog(nlp: Language, gold: Sequence[Sentence]) -> tuple[Compared, Compared] | None:
    """(Frog, ours) on gold tokens; None where Frog is not installed. Sentences that Frog cuts otherwise are left out for both."""
    if shutil.which("frog") is None:
        return None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answers = list(_frogged(gold))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    ours = [[(t.lemma_, UPOS.get(t.pos_, "")) for t in doc[at : at + len(s.words)]] for s, at, doc in parsed(nlp, list(gold))]
    took = resource.getrusage(resource.RUSAGE_SELF).ru_utime - start
    pairs = [(s, f, o) for s, f, o in zip(gold, answers, ours, strict=True) if len(f) == len(s.words)]
    words = sum(len(s.words) for s in gold)
    return _compare(((s, f) for s, f, _ in pairs), words / spent), _compare(((s, o) for s, _, o in pairs), words / took)


def _frogged(gold: Sequence[Sentence]) -> Iterator[list[tuple[str, str]]]:
    """(lemma, class) of each word; an empty list where Frog answers with other words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text"
        path.write_text("".join(" ".join(s.words) + "\n" for s in gold), "utf-8")
        done = subprocess.run([*COMMAND, str(path)], capture_output=True, text=True, check=True, cwd=folder)
    blocks = [[line.split("\t") for line in block.split("\n")] for block in done.stdout.strip().split("\n\n")]
    if len(blocks) != len(gold):
        raise RuntimeError(f"Frog gave {len(blocks)} sentences for {len(gold)}")
    for sentence, rows in zip(gold, blocks, strict=True):
        same = [row[1] for row in rows] == list(sentence.words)
        yield [(row[2], CGN.get(re.split(r"[(]", row[4])[0], "")) for row in rows] if same else []


def _compare(pairs: Iterable[tuple[Sentence, list[tuple[str, str]]]], speed: float) -> Compared:
    lemmas = [0, 0]
    tags = [0, 0]
    for sentence, answers in pairs:
        assert sentence.lemmas is not None
        assert sentence.upos is not None
        for (lemma, tag), wanted, upos in zip(answers, sentence.lemmas, sentence.upos, strict=True):
            if wanted != UNKNOWN:
                lemmas[0] += lemma == wanted.replace("_", "")
                lemmas[1] += 1
            tags[0] += tag == UPOS.get(upos)
            tags[1] += 1
    return Compared(100 * lemmas[0] / max(1, lemmas[1]), 100 * tags[0] / max(1, tags[1]), speed)
