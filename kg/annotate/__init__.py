"""Text to Doc: spaCy pipelines over one multilingual encoder, without torch.

``load("nl")`` (or "de", "en", "fr", "auto") gives an ordinary spaCy ``Language``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language

from kg.annotate.component import FACTORY, HEADS, MODEL_FOLDER, Annotator
from kg.annotate.languages import LANGUAGES, TOKENIZER, blank

__all__ = ["FACTORY", "HEADS", "LANGUAGES", "MODEL_FOLDER", "Annotator", "blank", "load"]


def load(
    lang: str,
    *,
    model: Path | None = None,
    heads: Sequence[str] = HEADS,
    threads: int = 1,
) -> Language:
    """A pipeline whose Docs have pos, morph, lemma, dep, head, sents and ents.

    ``lang`` chooses the tokenizer; "auto" lets each text choose among LANGUAGES. ``model`` is
    a model folder (default: the one in the package), ``heads`` the tasks to do, ``threads`` those
    of one session. Results do not depend on how documents are batched. Raises ValueError for
    another language or head, FileNotFoundError where there is no model.
    """
    if lang != "auto" and lang not in LANGUAGES:
        raise ValueError(f"no pipeline for {lang!r}: choose one of {', '.join(LANGUAGES)}, auto")
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}}) if lang == "auto" else blank(lang)
    nlp.add_pipe(
        FACTORY,
        config={"model": str(model or ""), "heads": list(heads), "threads": threads},
    )
    return nlp
