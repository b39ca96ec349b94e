"""A cue: one place in the text where a source is told, with the tokens that it covers.

Claims follow the scheme of source, cue and content (Pareti 2012, PARC): an event is claimed by the source whose cue governs it. A cue without
content of its own ("Beijing denies that", "Das teilte die Polizei mit") looks back to what was told before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.syntax import clause_root
from kg.extract.tokens import Token
from kg.records import Mention, Stance

__all__ = ["Cue", "bounds", "clause_tokens"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One place where a source is told.

    ``covers`` are the tokens of what is said; ``back`` tells that it may be about what stands before it; ``own`` that the source speaks of
    itself ("by its own account"); ``source`` is None for a rumour.
    """

    source: Mention | None
    stance: Stance
    token: Token
    covers: frozenset[int]
    back: bool = False
    own: bool = False


def bounds(token: Token) -> frozenset[int]:
    """The part of the sentence between semicolons in which a token stands."""
    sentence = token.sent
    cuts = [sentence.start - 1, *(t.i for t in sentence if t.text == ";"), sentence.end]
    before = max(c for c in cuts if c < token.i)
    after = min(c for c in cuts if c > token.i)
    return frozenset(range(before + 1, after))


def clause_tokens(token: Token) -> frozenset[int]:
    """The tokens of the clause in which a token stands."""
    return frozenset(t.i for t in clause_root(token.head if token.head.i != token.i else token).subtree)
