"""Words that tell an event: verbs, multi-word verbs, event nouns and compounds that end in one."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.lexicon import Lexicon, VerbEntry, VerbIndex
from kg.extract.reading import Reading
from kg.extract.syntax import closed, has
from kg.extract.tokens import DocSpan, Token

__all__ = ["Trigger", "match_verb", "triggers"]

_VERBAL = frozenset({"VERB", "AUX", "ADJ"})
_NOMINAL = frozenset({"NOUN", "PROPN", "X"})
_Near = tuple[Token, str, str]  # a word beside a verb, its form and its lemma
_REACH = 14  # tokens between a verb and the words of its expression


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that tells an event of one of the classes ``labels`` (frames.yaml); ``modifier`` is a compound's first part."""

    token: Token
    labels: tuple[str, ...]
    verbal: bool
    modifier: str | None = None
    words: tuple[Token, ...] = ()


def triggers(sentence: DocSpan, reading: Reading) -> list[Trigger]:
    """The triggers of a sentence in order, at most one a token."""
    found: list[Trigger] = []
    for token in sentence:
        trigger = _verb(token, reading) or _noun(token, reading)
        if trigger is not None:
            found.append(trigger)
    inside = {w.i for t in found for w in t.words}
    return [t for t in found if t.token.i not in inside]


def match_verb(token: Token, index: VerbIndex) -> list[tuple[VerbEntry, tuple[Token, ...]]]:
    """The entries of a verb index that a token tells, with the other words of each; the fullest expressions only."""
    low, lemma = token.lower_, token.lemma_.lower()
    found: list[tuple[VerbEntry, tuple[Token, ...]]] = []
    near: list[_Near] | None = None
    told: set[str] = set()
    for form in (low,) if low == lemma else sorted((low, lemma)):
        found.extend((entry, ()) for entry in index.joined(form))
        if not (split := index.split(form)):
            continue
        if near is None:
            near = [(t, t.lower_.rstrip("."), t.lemma_.lower()) for t in _clause(token)]
            told = {word for _, form, lemma in near for word in (form, lemma)}
        for entry in {entry for word in told if word in split for entry in split[word]}:
            words = _beside(token, entry, near)
            if words is not None:
                found.append((entry, words))
    if not found:
        return []
    particle = next((c for c in token.children if c.dep_ == "compound:prt"), None)
    finite = not has(token, "VerbForm", "Part") and not has(token, "VerbForm", "Inf")
    if particle is not None and finite and particle.lower_ not in token.lemma_.lower()[: len(particle.lower_)]:
        # "nam ... af" is not "nemen": an entry must hold the particle
        kept = [(e, w) for e, w in found if any(t.i == particle.i for t in w) or any(particle.lower_ in alt for alt in e.words)]
        if token.doc.lang_ in ("nl", "de"):
            found = kept
    most = max((len(entry.words) for entry, _ in found), default=0)
    best = {entry: words for entry, words in found if len(entry.words) == most or (entry.words and not words)}
    return sorted(best.items(), key=lambda item: (item[0].label, item[0].lemma))


def _beside(token: Token, entry: VerbEntry, near: list[_Near]) -> tuple[Token, ...] | None:
    words: list[Token] = []
    alone = len(entry.words) == 1  # a particle, which is no preposition and no infinitive marker
    for alternatives in entry.words:
        fitting = (t for t, form, lemma in near if form in alternatives or lemma in alternatives)
        match = next((t for t in fitting if not (alone and _governs_words(t, token))), None)
        if match is None:
            return None
        words.append(match)
    return tuple(words)


def _governs_words(word: Token, verb: Token) -> bool:
    """Whether a word that looks like the verb's particle is a preposition or the particle of an infinitive after it."""
    if word.dep_ == "compound:prt" and word.head.i == verb.i:
        return False
    language = verb.doc.lang_
    binds = language in ("en", "fr") or word.lower_ in closed("comitative", word)
    if binds and word.dep_ == "case" and word.head.head.i == verb.i:
        return False  # "talk with", "praten met": the expression holds the preposition itself
    after = word.nbor() if word.i + 1 < word.sent.end else None
    if after is None or after.is_punct:
        return False
    return after.lower_ in ("te", "zu") or (word.dep_ in ("case", "mark") and word.i < word.head.i and word.head.i != verb.i)


def _clause(token: Token) -> list[Token]:
    """Tokens near a verb that its expression may hold: its dependents and theirs, and a particle that strayed."""
    near: list[Token] = []
    for child in token.children:
        if abs(child.i - token.i) <= _REACH and child.dep_ not in ("conj", "acl:relcl", "advcl", "ccomp", "parataxis", "nsubj"):
            near.append(child)
            near.extend(c for c in child.children if c.dep_ in ("case", "fixed", "det", "amod", "nmod", "obj", "mark", "compound"))
    if token.dep_ in ("obj", "obl", "xcomp", "fixed", "compound:prt", "cop", "aux") and token.head.i != token.i:
        near.append(token.head)
        near.extend(c for c in token.head.children if c.i != token.i)
    if token.doc.lang_ in ("nl", "de"):  # the particle closes the clause, wherever its arc went
        near.extend(t for t in token.doc[token.i + 1 : min(token.i + _REACH, token.sent.end)] if t.dep_ == "compound:prt")
    return sorted({t.i: t for t in near}.values(), key=lambda t: t.i)


def _verb(token: Token, reading: Reading) -> Trigger | None:
    if token.pos_ not in _VERBAL and not (token.pos_ == "NOUN" and (has(token, "VerbForm", "Inf") or _sole_predicate(token))):
        return None
    matches = match_verb(token, reading.lexicon.verbs)
    if token.pos_ in ("ADJ", "NOUN"):  # a participle, not an adjective or noun that looks like an infinitive ("close")
        matches = [(e, w) for e, w in matches if token.pos_ == "NOUN" or e.fixed or token.lower_ != e.lemma.split()[-1].lower()]
    if not matches:
        return None
    if token.pos_ == "ADJ" and not _participle_of(token, matches[0][0], reading.lexicon):
        return None
    if token.dep_ == "cop":  # "waren op weg naar": the predicate is the head
        token = token.head
    labels = tuple(dict.fromkeys(entry.label for entry, _ in matches))
    words = tuple({w.i: w for _, ws in matches for w in ws if w.i != token.i}.values())
    return Trigger(token, labels, verbal=True, words=words)


def _sole_predicate(token: Token) -> bool:
    """A headline's verb that was taken for a noun: "India test raket"."""
    return token.dep_ == "ROOT" and not any(t.pos_ in ("VERB", "AUX") for t in token.sent) and any(t.pos_ == "PROPN" for t in token.lefts)


def _participle_of(token: Token, entry: VerbEntry, lexicon: Lexicon) -> bool:
    """An adjective tells an event only as a participle with something of the verb's frame beside it."""
    return token.dep_ in ("amod", "acl", "ROOT", "conj", "acl:relcl", "xcomp", "advcl", "ccomp")


def _noun(token: Token, reading: Reading) -> Trigger | None:
    if token.pos_ not in _NOMINAL or (reading.name(token) is not None and not _compound_name(token, reading)):
        return None
    nouns = reading.lexicon.nouns
    if phrase := _phrase(token, reading):
        words = tuple(t for t in phrase if t.i != token.i)
        return Trigger(token, nouns(phrase.text), verbal=False, modifier=_split_modifier(token), words=words)
    labels = nouns(token.lower_, token.lemma_)
    if labels:
        modifier = None
        cut = nouns.head(token.lower_) if reading.lexicon.compounds else None
        if cut:
            modifier = cut[0]
        return Trigger(token, labels, verbal=False, modifier=modifier or _split_modifier(token))
    if reading.lexicon.compounds or "-" in token.text:
        cut = nouns.head(token.lower_) or nouns.head(token.lemma_)
        if cut:
            return Trigger(token, nouns(cut[1]), verbal=False, modifier=cut[0])
    return None


def _phrase(token: Token, reading: Reading) -> DocSpan | None:
    """An event noun of several words that this token heads: "nuclear test", "essai nucléaire", "garde à vue"."""
    row, nouns, floor = token.doc.row, reading.lexicon.nouns, token.sent.start
    opened = [token.i - before >= floor and row[token.i - before].lower_ in nouns.beginnings for before in (0, 1, 2)]
    for before, after in ((0, 3), (2, 1), (1, 1), (0, 2), (0, 4)):
        if opened[before] and token.i + after <= token.sent.end:
            start, end = token.i - before, token.i + after
            if nouns(reading.text(start, end)) and (phrase := token.doc[start:end]).root.i == token.i:
                return phrase
    return None


def _split_modifier(token: Token) -> str | None:
    """The noun before an event noun that English writes apart: "arms delivery"."""
    before = next((c for c in token.children if c.dep_ == "compound" and c.i == token.i - 1), None)
    return before.text if before is not None else None


def _compound_name(token: Token, reading: Reading) -> bool:
    """A hyphenated word such as "VN-sancties" that a tagger took for a name."""
    return "-" in token.text and reading.lexicon.nouns.head(token.lower_) is not None
