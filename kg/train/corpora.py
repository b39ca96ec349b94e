"""The sources of ``sources.toml``: read, cleared of test sentences, counted."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.train.names import READERS
from kg.train.proper import with_proper_nouns
from kg.train.sentence import Sentence
from kg.train.treebanks import read_gold, read_treebank

__all__ = ["Corpus", "Loaded", "load_gold", "load_training", "read_sources"]

SOURCES = Path(__file__).with_name("sources.toml")
OWN = "corpus:"


@dataclass(frozen=True, slots=True)
class Corpus:
    """One entry of ``sources.toml``; ``repeat`` is how often an epoch sees it.

    ``proper_nouns``: take half-told names from a treebank's proper nouns.
    """

    name: str
    path: str
    reader: str
    language: str
    licence: str = ""
    repeat: float = 1.0
    leave_out: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    optional: bool = False
    proper_nouns: bool = False

    def file(self, data: Path, own: Path) -> Path:
        """Where the corpus lies, given the data folder and the project's corpus folder."""
        if self.path.startswith(OWN):
            return own / self.path.removeprefix(OWN)
        return data / self.path


Loaded = list[tuple[Corpus, list[Sentence]]]
"""Corpora with their sentences."""


def _corpus(entry: dict[str, Any]) -> Corpus:
    fields: Any = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Corpus(**fields)


@lru_cache
def read_sources(path: Path = SOURCES) -> dict[str, tuple[Corpus, ...]]:
    """The corpora under "source", "test" and "dev"."""
    document = tomllib.loads(path.read_text("utf-8"))
    return {part: tuple(_corpus(entry) for entry in document[part]) for part in ("source", "test", "dev")}


def _load(corpus: Corpus, data: Path, own: Path, *, gold: bool) -> list[Sentence]:
    path = corpus.file(data, own)
    if not path.is_file() and corpus.optional:
        return []
    if corpus.reader == "treebank":
        read = read_gold if gold else read_treebank
        return read(path, corpus.language, leave_out=corpus.leave_out)
    return READERS[corpus.reader](path, corpus.language)


def load_gold(corpus: Corpus, data: Path, own: Path) -> list[Sentence]:
    """A test set with its own tokens (names: cut as spaCy's tokenizer cuts them)."""
    return _load(corpus, data, own, gold=True)


def _key(sentence: Sentence) -> str:
    return "".join("".join(sentence.words).casefold().split())


def load_training(data: Path, own: Path) -> Loaded:
    """Every training corpus without the sentences (of five words or more) that a test set holds."""
    sources = read_sources()
    held = {_key(sentence) for part in ("test", "dev") for corpus in sources[part] for sentence in _load(corpus, data, own, gold=True)}
    loaded = []
    for corpus in sources["source"]:
        kept = [
            with_proper_nouns(sentence) if corpus.proper_nouns else sentence
            for sentence in _load(corpus, data, own, gold=False)
            if len(sentence.words) < 5 or _key(sentence) not in held
        ]
        loaded.append((corpus, kept))
    return loaded
