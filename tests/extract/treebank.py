"""Sentences written as trees, so that a test of the grammar needs no parser.

A line is a token: its text, part of speech, relation and the number of its head (from 1; 0 is the root), then its lemma and features where they
matter. ``reading`` makes an article of several sentences.
"""

from __future__ import annotations

import hashlib

from spacy.tokens import Doc

from kg.annotate.languages import blank
from kg.extract.coreference import resolve_pronouns
from kg.extract.reading import Reading
from kg.extract.tokens import Token
from kg.records import Article, Block, BlockKind, Language, Span

_VOCABULARIES = {language: blank(language).vocab for language in ("nl", "de", "en", "fr")}


def reading(language: Language, *sentences: str) -> Reading:
    """The reading of an article whose sentences are given as trees."""
    words: list[str] = []
    tags: list[str] = []
    relations: list[str] = []
    heads: list[int] = []
    lemmas: list[str] = []
    morphs: list[str] = []
    starts: list[bool] = []
    for sentence in sentences:
        offset = len(words)
        for number, line in enumerate(line.split() for line in sentence.strip().splitlines()):
            text, tag, relation, head, *rest = line
            words.append(text)
            tags.append(tag)
            relations.append("ROOT" if head == "0" else relation)
            heads.append(offset + (number if head == "0" else int(head) - 1))
            lemmas.append(rest[0] if rest else text.lower())
            morphs.append(rest[1] if len(rest) > 1 else "")
            starts.append(number == 0)
    doc = Doc(_VOCABULARIES[language], words=words, pos=tags, deps=relations, heads=heads, lemmas=lemmas, morphs=morphs, sent_starts=starts)
    block = Block(Span(0, len(doc.text)), BlockKind.TEXT)
    article = Article("own.txt", doc.text, hashlib.sha256(doc.text.encode()).hexdigest(), language, None, None, None, (block,))
    read = Reading(article, doc)
    resolve_pronouns(read)
    return read


def word(read: Reading, text: str) -> Token:
    """The first token with a text."""
    return next(t for t in read.doc if t.text == text)
