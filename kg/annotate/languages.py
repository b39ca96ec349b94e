"""The languages that there are pipelines for, and a tokenizer that finds out which to use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found, unused-ignore]
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

__all__ = ["LANGUAGES", "AutoTokenizer", "blank"]

LANGUAGES = ("nl", "de", "en", "fr")
TOKENIZER = "kg.AutoTokenizer.v1"


def blank(language: str) -> Language:
    """An empty pipeline of one of LANGUAGES. Each is imported on first use: a process that reads Dutch does not wait for French."""
    if language == "fr":
        from kg.annotate.french import French

        return French.from_config()
    return spacy.blank(language)


class AutoTokenizer:
    """The tokenizer of the text's language; ``doc.user_data["language"]`` says which."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._tokenizers: dict[str, Tokenizer] = {}

    def __call__(self, text: str) -> Doc:
        from kg.read.language import detect  # reads its model: only where it is asked for

        language = detect(text)
        if language not in self._tokenizers:
            self._tokenizers[language] = self._tokenizer(language)
        doc: Doc = self._tokenizers[language](text)
        doc.user_data["language"] = language
        return doc

    def _tokenizer(self, language: str) -> Tokenizer:
        """The rules of the language over our one vocabulary."""
        own: Any = blank(language).tokenizer
        return Tokenizer(
            self.vocab,
            rules=own.rules,
            prefix_search=own.prefix_search,
            suffix_search=own.suffix_search,
            infix_finditer=own.infix_finditer,
            token_match=own.token_match,
            url_match=own.url_match,
        )

    def __getstate__(self) -> dict[str, Any]:
        return {"vocab": self.vocab, "_tokenizers": {}}

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Nothing to keep: the tokenizers are made of the rules of the package."""

    def from_disk(self, path: str | Path, **_: Any) -> AutoTokenizer:
        """The counterpart of to_disk."""
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> AutoTokenizer:
        """The counterpart of to_bytes."""
        return self


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator, unused-ignore]
def make_auto_tokenizer() -> Any:
    """The registered constructor, for configs of saved pipelines."""

    def create(nlp: Language) -> AutoTokenizer:
        return AutoTokenizer(nlp.vocab)

    return create
