"""Which of the four languages a text is written in."""

from __future__ import annotations

from functools import cache
from typing import cast

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from kg.records import LANGUAGES, Language

__all__ = ["detect"]

_SAMPLE = 4000  # characters; more changes nothing for a news text


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect(text: str) -> Language:
    """The likeliest of Dutch, German, English and French (py3langid, Lui & Baldwin 2012)."""
    code, _ = _identifier().classify(text[:_SAMPLE])
    return cast(Language, str(code))
