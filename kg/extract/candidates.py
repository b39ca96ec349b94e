"""What a pronoun or pointing phrase can go back to: the mentions told so far, whether they agree with it, and which come first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.names import NameKind
from kg.extract.reading import Reading
from kg.extract.syntax import has
from kg.extract.tokens import Token
from kg.records import Kind, Mention

__all__ = ["Candidate", "candidate", "fits", "is_somebody", "latest", "name_of", "ranked"]

_SUBJECT = frozenset({"nsubj", "nsubj:pass", "ROOT"})
_TITLED = frozenset({"flat", "flat:name", "appos", "nmod", "compound", "nmod:att"})
_INSIDE = frozenset({"nmod", "nmod:poss"})
_GENDERS = {"m": frozenset({"Masc", "Com"}), "f": frozenset({"Fem", "Com"}), "n": frozenset({"Neut"})}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention told before.

    ``titles`` are the nouns beside a name ("den Tanker «Suez Rajan»"), ``genders`` those of the noun, or of a person's titles; ``inside`` tells
    that it is part of another mention.
    """

    token: Token
    mention: Mention
    sentence: int
    subject: bool
    plural: bool
    inside: bool
    titles: frozenset[str]
    genders: frozenset[str]


def candidate(token: Token, sentence: int, reading: Reading) -> Candidate | None:
    """The candidate that a token heads; None for what is no mention of its own, and for what is only said of another ("he is a trader")."""
    name = reading.name(token)
    if name is not None and token.i != name.start and reading.doc[name.start : name.end].root.i != token.i:
        return None
    mention = reading.mention(token)
    if mention is None or mention.antecedent is not None or token.pos_ in ("PRON", "DET") or mention.kind is Kind.TOPIC:
        return None
    if token.pos_ == "NOUN" and any(c.dep_ == "cop" for c in token.children):
        return None
    plural = has(token, "Number", "Plur") or (name is not None and name.kind is NameKind.PEOPLE)
    inside = token.dep_ in _INSIDE and token.head.pos_ == "NOUN"
    nouns = _nouns(token, mention, reading)
    described = [token] if token.pos_ == "NOUN" and mention.kind not in (Kind.COUNTRY, Kind.PERSON) else nouns if mention.kind is Kind.PERSON else []
    return Candidate(
        token, mention, sentence, token.dep_ in _SUBJECT, plural, inside,
        titles=frozenset(t.lemma_.lower() for t in nouns), genders=frozenset(g for t in described for g in t.morph.get("Gender", [])),
    )  # fmt: skip


def _nouns(token: Token, mention: Mention, reading: Reading) -> list[Token]:
    """The nouns that stand beside a name as its title, or that themselves are read as the name beside them."""
    if reading.name(token) is None:
        return [token] if token.pos_ == "NOUN" and mention.kind is Kind.PERSON else []
    beside = [c for c in token.children if c.dep_ in _TITLED and c.dep_ != "nmod"]
    if token.dep_ in _TITLED:
        beside.append(token.head)
    return [t for t in beside if t.pos_ == "NOUN" and reading.name(t) is None]


def is_somebody(one: Candidate, reading: Reading) -> bool:
    """Whether a candidate's noun is that of one person, named or not ("the minister")."""
    return not one.plural and "person" in reading.classes(one.token, one.mention)


def fits(one: Candidate, features: frozenset[str]) -> bool:
    """Whether number and gender allow a pronoun of such features; what the tagger cannot know of names speaks against none."""
    if "pl" in features and "sg" not in features:
        return True  # "they" of a body, "zij" of the police: left to the sieve
    if one.plural:
        return "pl" in features or one.mention.kind in (Kind.COUNTRY, Kind.ORGANIZATION)
    genders = {gender for feature in features & set(_GENDERS) for gender in _GENDERS[feature]}
    return not genders or not one.genders or bool(genders & one.genders)


def latest(candidates: Iterable[Candidate]) -> list[Mention]:
    """The latest word first, whatever its place in the clause, but a whole before its part."""
    return [one.mention for one in sorted(candidates, key=lambda c: (not c.inside, c.sentence, c.token.i), reverse=True)]


def ranked(candidates: Iterable[Candidate], sentence: int) -> list[Mention]:
    """Nearest sentence first, a subject before the rest, a whole before its part, then the latest word; each state or thing once."""

    def weight(one: Candidate) -> tuple[float, int]:
        return -min(sentence - one.sentence, 2) + one.subject * 1.5 - one.inside * 0.5, one.token.i

    found: list[Mention] = []
    for one in sorted(candidates, key=weight, reverse=True):
        if all(name_of(one.mention) != name_of(other) for other in found):
            found.append(one.mention)
    return found


def name_of(mention: Mention) -> str:
    """What makes two mentions one: the state, or the name."""
    return mention.country if mention.kind is Kind.COUNTRY and mention.country else mention.name.lower()
