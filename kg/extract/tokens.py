"""A Doc read once into plain objects that the grammar can ask again and again.

spaCy makes a new object for every token that is asked for and walks the text for its children and its sentence; the grammar asks for them a
hundred times a word. Names and meanings are spaCy's own (https://spacy.io/api/token, /span, /doc), so what is known of its objects holds here:
``children`` come in the order of the text, a root is its own head. What is read is never changed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import overload

from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken

__all__ = ["DocSpan", "Token", "Tokens"]


class Token:
    """A word, a sign or whitespace. Two tokens are equal if they are one; ``morph`` holds the values of each feature."""

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_alpha", "is_punct", "is_quote", "is_sent_start", "is_space",
        "lefts", "lemma_", "like_num", "lower_", "morph", "pos_", "rights", "sent", "text",
    )  # fmt: skip

    doc: Tokens
    sent: DocSpan
    head: Token
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    children: tuple[Token, ...]

    def __init__(self, token: SpacyToken) -> None:
        self.i: int = token.i
        self.idx: int = token.idx
        self.text: str = token.text
        self.lower_: str = token.lower_
        self.lemma_: str = token.lemma_
        self.pos_: str = token.pos_
        self.dep_: str = token.dep_
        self.ent_type_: str = token.ent_type_
        self.morph = _features(str(token.morph))
        self.is_alpha: bool = token.is_alpha
        self.is_punct: bool = token.is_punct
        self.is_quote: bool = token.is_quote
        self.is_space: bool = token.is_space
        self.is_sent_start = bool(token.is_sent_start)
        self.like_num: bool = token.like_num

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def subtree(self) -> Iterator[Token]:
        """It and all that hangs on it; in the order of the text where no arcs cross."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def edges(self) -> tuple[int, int]:
        """The places of the first and the last of it and all that hangs on it."""
        first = last = self.i
        waiting = [self]
        while waiting:
            token = waiting.pop()
            first, last = min(first, token.i), max(last, token.i)
            waiting += token.children
        return first, last

    @property
    def ancestors(self) -> Iterator[Token]:
        """Its head, the head of that, and so on up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, other: Token) -> bool:
        """Whether another token hangs on it, however deep."""
        return any(token is self for token in other.ancestors)

    def nbor(self, step: int = 1) -> Token:
        """The token so many places further on."""
        return self.doc[self.i + step]


class DocSpan:
    """Tokens ``[start, end)`` of a text."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Tokens, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.row[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.row[self.start : self.end])

    def __contains__(self, token: Token) -> bool:
        return self.start <= token.i < self.end

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> DocSpan: ...

    def __getitem__(self, place: int | slice) -> Token | DocSpan:
        inside = range(self.start, self.end)[place]
        if isinstance(inside, int):
            return self.doc.row[inside]
        return DocSpan(self.doc, inside.start, max(inside.start, inside.stop))

    @property
    def start_char(self) -> int:
        """The offset (code points) at which it begins."""
        return self.doc.row[self.start].idx

    @property
    def end_char(self) -> int:
        """The offset (code points) behind its last token."""
        last = self.doc.row[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words as printed."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def root(self) -> Token:
        """The token that the others hang on; of several whose heads stand outside, the first of those nearest to the root of the sentence.

        Lone signs and spaces come last.
        """
        for token in self:
            if token.head is token:
                return token
        outside = (token for token in self if token.head not in self)
        return min(outside, key=_depth, default=self.doc.row[self.start])


class Tokens:
    """All tokens of a text, in order."""

    def __init__(self, doc: Doc) -> None:
        self.text: str = doc.text
        self.lang_: str = doc.lang_
        self.ents = tuple((span.start, span.end, span.label_) for span in doc.ents)
        self.row = [Token(token) for token in doc]
        lefts: list[list[Token]] = [[] for _ in self.row]
        rights: list[list[Token]] = [[] for _ in self.row]
        for token, offset in zip(self.row, doc.to_array("HEAD").astype("int64").tolist(), strict=True):
            token.doc, token.head = self, self.row[token.i + offset]
            if offset:
                (lefts if token.i < token.head.i else rights)[token.head.i].append(token)
        starts = [0, *(token.i for token in self.row[1:] if token.is_sent_start), len(self.row)]
        self.sents = [DocSpan(self, start, end) for start, end in pairwise(starts) if end > start]
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence
                token.lefts, token.rights = tuple(lefts[token.i]), tuple(rights[token.i])
                token.children = token.lefts + token.rights
        self._offsets = [token.idx for token in self.row]

    def __len__(self) -> int:
        return len(self.row)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.row)

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> DocSpan: ...

    def __getitem__(self, place: int | slice) -> Token | DocSpan:
        if isinstance(place, int):
            return self.row[place]
        start, end, _ = place.indices(len(self.row))
        return DocSpan(self, start, max(start, end))

    def over(self, start: int, end: int) -> DocSpan | None:
        """The tokens that the code points ``[start, end)`` touch; None where there are none."""
        first, last = (bisect_right(self._offsets, place) - 1 for place in (start, end - 1))
        if first < 0 or last < 0 or end > len(self.text):
            return None
        if start == self.row[first].idx + len(self.row[first].text):  # a blank belongs to no word
            first += 1
        return DocSpan(self, first, last + 1)


def _depth(token: Token) -> int:
    """Steps to the root of the sentence."""
    if (token.is_space or token.is_punct) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


@lru_cache(maxsize=1 << 12)
def _features(text: str) -> Mapping[str, tuple[str, ...]]:
    """ "Gender=Com,Masc|Number=Sing" as values by feature."""
    pairs = (feature.partition("=") for feature in text.split("|") if feature)
    return MappingProxyType({name: tuple(values.split(",")) for name, _, values in pairs})
