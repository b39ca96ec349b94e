"""What pronouns and pointing noun phrases stand for: a small sieve over number, class, recency and syntax.

After the deterministic sieves of Lee et al. (2013), cut to what news needs: personal and possessive pronouns, "the country", a repeated noun
("the ship"), an office without a name ("the minister"). A pronoun for which nothing fits stays open.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.names import NameKind
from kg.extract.reading import Reading
from kg.extract.syntax import auxiliaries, has
from kg.records import Kind, Mention

__all__ = ["resolve_pronouns"]

_WINDOW = 3  # sentences
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "ROOT"})
_THINGS = frozenset({Kind.COUNTRY, Kind.ORGANIZATION, Kind.VESSEL})
_ACTORS = frozenset({Kind.COUNTRY, Kind.PERSON, Kind.ORGANIZATION, Kind.GROUP})


@dataclass(frozen=True, slots=True)
class _Candidate:
    token: Token
    mention: Mention
    sentence: int
    subject: bool
    plural: bool
    labels: frozenset[str]


def resolve_pronouns(reading: Reading) -> None:
    """Set the antecedent of every pronoun and pointing phrase of the article that has one."""
    seen: list[_Candidate] = []
    for number, sentence in enumerate(reading.sentences):
        for token in sentence:
            if token.is_punct or token.is_space:
                continue
            antecedent = _antecedent(token, seen, number, reading)
            if antecedent is not None:
                reading.set_antecedent(token, antecedent)
            candidate = _candidate(token, number, reading)
            if candidate is not None:
                seen.append(candidate)


def _candidate(token: Token, sentence: int, reading: Reading) -> _Candidate | None:
    name = reading.name(token)
    if name is not None and token.i != name.start and reading.doc[name.start : name.end].root.i != token.i:
        return None
    mention = reading.mention(token)
    if mention is None or mention.antecedent is not None or token.pos_ in ("PRON", "DET") or mention.kind is Kind.TOPIC:
        return None
    plural = has(token, "Number", "Plur") or (name is not None and name.kind is NameKind.PEOPLE)
    return _Candidate(token, mention, sentence, token.dep_ in _SUBJECT, plural, reading.classes(token, mention))


def _antecedent(token: Token, seen: list[_Candidate], sentence: int, reading: Reading) -> Mention | None:
    near = [c for c in seen if sentence - c.sentence <= _WINDOW]
    if token.pos_ in ("PRON", "DET") and (features := reading.lexicon.pronouns.get(token.lower_)):
        return _pronoun(token, features, near, sentence)
    if token.pos_ != "NOUN":
        return None
    labels = set(reading.labels(token))
    mention = reading.mention(token)
    if mention is None or mention.country:
        return None
    bare = "country_noun" in labels and not any(c.dep_ == "det" for c in token.children)  # "laatstgenoemde land"
    if not bare and not _definite(token, reading):
        return None
    if "country_noun" in labels and not has(token, "Number", "Plur"):
        return _best([c for c in near if c.mention.kind is Kind.COUNTRY and c.token.i < token.i], sentence)
    if labels & {"government"}:
        return _best([c for c in near if c.mention.kind is Kind.COUNTRY], sentence)
    same = [c for c in seen if c.token.lemma_.lower() == token.lemma_.lower() and c.mention.country and c.mention.kind == mention.kind]
    if same:
        return same[-1].mention
    described = any(c.dep_ in ("amod", "nmod", "appos", "flat", "acl", "acl:relcl") for c in token.children)
    if "office" in labels and not described and not has(token, "Number", "Plur"):
        return _best([c for c in near if c.mention.kind is Kind.PERSON], sentence)
    return None


def _pronoun(token: Token, features: frozenset[str], near: list[_Candidate], sentence: int) -> Mention | None:
    plural = "pl" in features and ("sg" not in features or has(token, "Number", "Plur"))
    possessive = "poss" in features or has(token, "Poss", "Yes")
    fitting = [c for c in near if c.token.i < token.i]
    if "person" in features and not plural:
        fitting = [c for c in fitting if c.mention.kind is Kind.PERSON or ("person" in c.labels and not c.plural)] or (
            [c for c in fitting if c.mention.kind is Kind.GROUP and not c.plural] if not possessive else fitting
        )
    elif not plural and features & {"m", "f"} and "n" not in features and "thing" not in features:
        # "er", "elle": somebody before something
        fitting = [c for c in fitting if c.mention.kind is Kind.PERSON or (c.mention.kind is Kind.GROUP and not c.plural)] or fitting
    elif plural:
        fitting = [c for c in fitting if c.plural or c.mention.kind is Kind.GROUP] or [c for c in fitting if c.mention.kind is Kind.ORGANIZATION]
    elif "thing" in features:
        fitting = [c for c in fitting if c.mention.kind in _THINGS or (c.mention.kind is Kind.CARGO and c.subject)]
    else:
        fitting = [c for c in fitting if c.mention.kind in _ACTORS]
    if possessive:
        own = [c for c in fitting if c.sentence == sentence and c.subject]
        if own:
            return own[-1].mention
    else:  # a pronoun is seldom what stands in its own clause
        fitting = [c for c in fitting if c.token.head.i != token.head.i]
    return _best(fitting, sentence)


def _best(candidates: list[_Candidate], sentence: int) -> Mention | None:
    """Nearest sentence first, a subject before the rest, then the latest word."""
    if not candidates:
        return None
    return max(candidates, key=lambda c: (-min(sentence - c.sentence, 2) + c.subject * 1.5, c.token.i)).mention


def _definite(token: Token, reading: Reading) -> bool:
    """A noun with a definite article, a demonstrative or a possessive."""
    for child in token.children:
        if child.dep_ in ("det", "det:poss", "nmod:poss"):
            return not (has(child, "Definite", "Ind") or child.lower_ in auxiliaries(token.doc.lang_)["indefinite"])
    return False
