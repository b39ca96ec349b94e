"""Spans of one article as mention nodes: the words, the sentence around them, and the proof that they read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import EvidenceError
from kg.graph.iri import Minter
from kg.graph.names import KG, OA, RDF, XSD
from kg.records import Article, Span

__all__ = ["Evidence", "read_back", "sentence_around"]

_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*\s+|\n\s*\n")


def read_back(article: Article, span: Span, words: str | None = None) -> str:
    """The words at ``span``.

    Raises ``EvidenceError`` where the span lies outside the text, is empty, or is not ``words``.
    """
    if not 0 <= span.start < span.end <= len(article.text):
        raise EvidenceError(f"{article.name}: span {span.start}–{span.end} is not in the text ({len(article.text)} long)")
    found = article.text[span.start : span.end]
    if words is not None and found != words:
        raise EvidenceError(f"{article.name}: span {span.start}–{span.end} reads {found!r}, not {words!r}")
    return found


def sentence_around(article: Article, span: Span, sentences: tuple[Span, ...]) -> Span:
    """The shortest of ``sentences`` that holds ``span``; else the stretch between sentence ends in its block."""
    holding = [s for s in sentences if s.start <= span.start and span.end <= s.end]
    if holding:
        return min(holding, key=lambda s: (s.end - s.start, s))
    blocks = [b.span for b in article.blocks if b.span.start <= span.start and span.end <= b.span.end]
    block = min(blocks, key=lambda s: (s.end - s.start, s), default=Span(0, len(article.text)))
    start, end = block.start, block.end
    for match in _SENTENCE_END.finditer(article.text, block.start, block.end):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end:
            end = match.start() + len(match.group().rstrip())
            break
    return Span(start, end)


@dataclass(slots=True)
class Evidence:
    """Mints the mention nodes of one article and remembers which it has described."""

    article: Article
    node: NamedNode
    minter: Minter
    sentences: tuple[Span, ...]
    _seen: dict[Span, NamedNode] = field(default_factory=dict)

    def mention(self, span: Span, words: str | None = None) -> NamedNode:
        """The mention node of a span, checked against the text."""
        read_back(self.article, span, words)
        if span not in self._seen:
            self._seen[span] = self.minter.mention(self.node, span)
        return self._seen[span]

    def quads(self) -> Iterator[Quad]:
        """What each mention met so far says, in the order of the text."""
        text = self.article.text
        told: dict[Span, Literal] = {}
        for span, node in sorted(self._seen.items()):
            sentence = sentence_around(self.article, span, self.sentences)
            if sentence not in told:
                told[sentence] = Literal(" ".join(text[sentence.start : sentence.end].split()))
            for predicate, value in (
                (RDF["type"], KG["Mention"]),
                (RDF["type"], OA["TextQuoteSelector"]),
                (KG["inArticle"], self.node),
                (KG["start"], Literal(str(span.start), datatype=XSD["integer"])),
                (KG["end"], Literal(str(span.end), datatype=XSD["integer"])),
                (KG["exact"], Literal(text[span.start : span.end])),
                (KG["sentence"], told[sentence]),
            ):
                yield Quad(node, predicate, value, self.node)
            if page := self.article.page(span.start):
                yield Quad(node, KG["page"], Literal(str(page), datatype=XSD["integer"]), self.node)
