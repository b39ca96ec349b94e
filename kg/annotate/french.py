"""French tokens: spaCy's general rules of punctuation, and our own of elision, hyphens and abbreviations.

They cut as spaCy's own French does, whose one expression of every compound takes seconds to compile in each process. The words
stand in ``kg/data/tokens.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec
from spacy.attrs import LIKE_NUM  # type: ignore[import-not-found, unused-ignore]
from spacy.lang.char_classes import ALPHA, LIST_ICONS
from spacy.lang.lex_attrs import like_num
from spacy.lang.punctuation import TOKENIZER_INFIXES, TOKENIZER_PREFIXES, TOKENIZER_SUFFIXES
from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
from spacy.language import BaseDefaults, Language
from spacy.symbols import ORTH  # type: ignore[import-not-found, unused-ignore]
from spacy.tokens import Doc, Span
from spacy.util import update_exc

from kg.data import load

__all__ = ["French", "TokensFile"]

_APOSTROPHES = "'’"
_HYPHENS = "-‐‑"
_LETTER = r"[^\W\d_]"
_GENITIVE = {"'s", "'S", "’s", "’S"}  # English


class TokensFile(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of ``tokens.yaml``."""

    prefixes: list[str]
    numerals: list[str]
    verbs: list[str]
    names: list[str]
    links: list[str]
    elided: list[str]
    clitics: list[str]
    words: list[str]
    abbreviations: list[str]
    numbers: list[str]


def _any(words: Iterable[str]) -> str:
    """One of the words."""
    return "|".join(map(re.escape, words))


def _compound(file: TokensFile) -> str:
    """A whole word with hyphens or an apostrophe inside that is one token."""
    first = _any(chain(file.prefixes, file.numerals, file.verbs, file.names))
    clitic = rf"(?:t[{_HYPHENS}])?(?:{_any(file.clitics)})$"  # passe-t-il
    rest = rf"{_LETTER}+(?:[{_HYPHENS}{_APOSTROPHES}]{_LETTER}+)*"
    tied = rf"{_LETTER}+[{_HYPHENS}](?:{_any(file.links)})[{_HYPHENS}](?:l[{_APOSTROPHES}])?{_LETTER}+"
    elided = rf"(?:{_any(file.elided)})[{_APOSTROPHES}]{_LETTER}+"
    whole = _any(word for word in file.words if "'" not in word)
    return rf"(?i)(?:(?:{first})[{_HYPHENS}](?!{clitic}){rest}|{tied}|{elided}|{whole})$"


def _exceptions(file: TokensFile) -> dict[str, list[dict[int, str]]]:
    # not in the expression of compounds: so they are also found behind an elision, as in "qu'aujourd'hui"
    elided = (form.replace("'", mark) for word in file.words if "'" in word for form in (word, word.capitalize()) for mark in _APOSTROPHES)
    own = {form: [{ORTH: form}] for form in chain(file.abbreviations, elided)}
    own["J.-C."] = [{ORTH: "J."}, {ORTH: "-C."}]
    exceptions: dict[str, list[dict[int, str]]] = update_exc(BASE_EXCEPTIONS, own)
    return exceptions


def _suffixes(file: TokensFile) -> list[str]:
    general = [suffix for suffix in TOKENIZER_SUFFIXES if suffix not in _GENITIVE and suffix not in LIST_ICONS]
    clitics = _any(chain(file.clitics, map(str.upper, file.clitics)))
    return [*general, "(?<=[0-9])%", rf"(?<=[{ALPHA}])[{_HYPHENS}](?:{clitics})"]


_FILE = load("tokens.yaml", TokensFile)
_NUMBER = re.compile(rf"(?i)(?:{_any(_FILE.numbers)})(?:-(?:et-)?(?:{_any(_FILE.numbers)}))*$")


def _is_number(text: str) -> bool:
    return bool(like_num(text) or _NUMBER.match(text))


def _noun_chunks(phrase: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """spaCy's own: only who asks for them waits for its French."""
    from spacy.lang.fr.syntax_iterators import noun_chunks

    chunks: Iterator[tuple[int, int, int]] = noun_chunks(phrase)
    return chunks


_ITERATORS: dict[str, Callable[..., Any]] = {"noun_chunks": _noun_chunks}
_GETTERS: dict[int, Callable[[str], Any]] = {LIKE_NUM: _is_number}


class FrenchDefaults(BaseDefaults):
    """What a ``Language`` makes its tokenizer from."""

    tokenizer_exceptions = _exceptions(_FILE)
    prefixes = (*TOKENIZER_PREFIXES, rf"[dlnDLN][{_APOSTROPHES}](?=[{ALPHA}])")
    suffixes = _suffixes(_FILE)
    infixes = (*TOKENIZER_INFIXES, rf"(?<=[{ALPHA}][{_APOSTROPHES}])(?=[{ALPHA}])")
    token_match = re.compile(_compound(_FILE)).match
    syntax_iterators = _ITERATORS
    lex_attr_getters = _GETTERS


class French(Language):  # type: ignore[no-untyped-call, unused-ignore]
    """French with our own tokens."""

    lang = "fr"
    Defaults = FrenchDefaults
