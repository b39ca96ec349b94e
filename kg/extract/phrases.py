"""Sources told by a phrase: "volgens de NIS", "aldus Yoo", "laut Seoul", "selon lui"; and words of rumour, "naar verluidt"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.data.gazetteer import gazetteer
from kg.extract.cues import Cue, bounds, clause_tokens
from kg.extract.lexicon import lexicon
from kg.extract.reading import Reading
from kg.extract.sources import as_source, owner
from kg.extract.syntax import clause_root, subject
from kg.extract.tokens import DocSpan, Token
from kg.extract.triggers import match_verb
from kg.records import Kind, Language, Mention, Span, Stance

__all__ = ["phrase_cues", "phrase_tokens"]

_ACTORS = frozenset({Kind.COUNTRY, Kind.PERSON, Kind.ORGANIZATION, Kind.GROUP})
_PHRASE_REACH = 12  # tokens between "according to" and its noun


def phrase_tokens(sentence: DocSpan, reading: Reading) -> set[int]:
    """The tokens of "according to" phrases, "citing" among them, whose nouns and verbs are no cues of their own."""
    doc, found = sentence.doc, set[int]()
    for i in range(sentence.start, sentence.end):
        token = doc.row[i]
        for n in (4, 3, 2, 1) if token.lower_ in reading.lexicon.phrase_starts else ():
            if i + n <= sentence.end and reading.lows(i, i + n) in reading.lexicon.according_to and (n > 1 or token.pos_ == "VERB"):
                found.update(range(i, i + n))
        if _named_in_compound(token, reading) is not None:
            found.update((i, i + 1))
    return found


def phrase_cues(token: Token, reading: Reading, last: Mention | None) -> Iterator[Cue]:
    """ "volgens de NIS", "aldus Yoo", "laut Seoul", "selon lui", "naar verluidt": the whole clause is the source's."""
    words_of, doc, end = reading.lexicon, token.doc, token.sent.end
    windows = [(n, reading.lows(token.i, token.i + n)) for n in (4, 3, 2, 1) if token.i + n <= end]
    if any(words in words_of.hearsay for _, words in windows):
        yield Cue(None, Stance.ASSERTS, token, frozenset({token.head.i}) if token.dep_ == "amod" else clause_tokens(token))
        return
    length = next((n for n, words in windows if words in words_of.according_to), 0)
    if (named := _named_in_compound(token, reading)) is not None:
        yield Cue(named, Stance.ASSERTS, token, _whole(doc[token.i + 1]))
        return
    if not length or (length == 1 and token.lower_ == "so" and not _opens_aside(token)):
        return
    words = list(doc[token.i : token.i + length])
    own = any(w.lower_.startswith(("eigen", "own", "propre")) for w in words) or any(
        c.lower_.startswith(("eigen", "own", "propre")) for w in words for c in w.children
    )
    if token.lower_ == "zufolge":  # "eigenen Angaben zufolge"
        own = own or any(t.lower_.startswith("eigen") for t in doc[max(token.i - 2, token.sent.start) : token.i])
    noun = _phrase_noun(token, words, reading)
    governed = next((t for t in (noun, *words) if t is not None), token)
    covers = _whole(governed)
    if _closes(token, noun):
        covers = bounds(token)
    if own:
        said_by = subject(clause_root(governed))
        mention = as_source(said_by, reading, last) if said_by is not None else last
    elif noun is None or abs(noun.i - token.i) > _PHRASE_REACH:
        return
    else:
        mention = reading.mention(noun) if token.pos_ == "VERB" and length == 1 else as_source(noun, reading, last)
        if mention is not None and token.pos_ == "VERB" and length == 1 and mention.kind not in _ACTORS:
            return  # "citing satellite images"
        covers -= {t.i for t in noun.subtree if t.pos_ not in ("VERB", "AUX") and t.dep_ not in ("nsubj", "obj")}
    if mention is not None:
        verdict = match_verb(clause_root(governed), words_of.speech_verbs)
        stance = Stance.DENIES if verdict and verdict[0][0].label == "denies" and verdict[0][0].words else Stance.ASSERTS
        yield Cue(mention, stance, token, covers, own=own)  # "klopt volgens een woordvoerder niet"


def _closes(token: Token, noun: Token | None) -> bool:
    """Whether a phrase behind a comma ends the sentence: it is then about all of it, whatever noun it was hung on."""
    if noun is None or noun.i < token.i or token.i == token.sent.start or token.nbor(-1).text != ",":
        return False
    return all(t.is_punct or t.is_space for t in token.doc[noun.edges[1] + 1 : token.sent.end])


def _named_in_compound(token: Token, reading: Reading) -> Mention | None:
    """Whom the first part of a compound names: "nach UN-Angaben", "laut Polizeiangaben", "volgens politiebronnen"."""
    if not reading.lexicon.compounds or token.i + 1 >= token.sent.end:
        return None
    heads = _compound_heads(reading.language).get(token.lower_)
    if heads is None:  # nearly always
        return None
    noun = token.nbor(1)
    head = max((h for h in heads if noun.lower_.endswith(h) and len(noun.text) > len(h) + 1), key=len, default="")
    if not head:
        return None
    first = noun.text[: -len(head)].rstrip("-")
    if len(first) > _LONG_STEM and first.endswith("s"):
        first = first[:-1]
    span = Span(noun.idx, noun.idx + len(first))
    if (code := gazetteer().country(first, reading.language)) is not None:
        return Mention(span, first, Kind.COUNTRY, first, code)
    return Mention(span, first, Kind.ORGANIZATION, first)


_LONG_STEM = 5  # letters from which a final s is a link: Regierung-s-angaben, not SNB


@cache
def _compound_heads(language: Language) -> dict[str, tuple[str, ...]]:
    """Marker → the nouns that follow it in the lexicon's "according to" phrases: nach → Angaben, Informationen."""
    heads: dict[str, set[str]] = {}
    for phrase in lexicon(language).according_to:
        marker, _, noun = phrase.partition(" ")
        if noun and " " not in noun and len(noun) > _LONG_STEM:
            heads.setdefault(marker, set()).add(noun)
    return {marker: tuple(sorted(nouns)) for marker, nouns in heads.items()}


def _opens_aside(token: Token) -> bool:
    """German "so" with its speaker and no verb, between commas or quotation marks: ", so ein Beamter"."""
    before = token.nbor(-1) if token.i > token.sent.start else None
    if before is None or not before.is_punct:
        return False
    rest: list[Token] = []
    for t in token.doc[token.i + 1 : token.sent.end]:
        if t.is_punct:
            break
        rest.append(t)
    return bool(rest) and not any(t.pos_ in ("VERB", "AUX") for t in rest) and any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in rest)


def _phrase_noun(token: Token, words: list[Token], reading: Reading) -> Token | None:
    """The noun that an "according to" phrase names; of "nach Schätzung der Experten" the experts."""
    inside = {w.i for w in words}
    nouns = [w for w in words if w.pos_ == "NOUN"]
    if nouns:
        child = owner(nouns[-1], reading) or next((c for c in nouns[-1].children if c.i not in inside and c.pos_ in ("NOUN", "PROPN", "PRON")), None)
        return child or _next_noun(words[-1])
    for word in reversed(words):
        if word.dep_ in ("case", "mark", "advmod", "fixed", "cc") and word.head.i > word.i and word.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return word.head
    if token.lower_ == "zufolge":
        return next((t for t in reversed(token.doc[token.sent.start : token.i]) if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    return next((c for w in words for c in w.children if c.i not in inside and c.pos_ in ("NOUN", "PROPN", "PRON")), None) or _next_noun(words[-1])


def _next_noun(token: Token) -> Token | None:
    """The noun phrase that follows a marker whose arc went astray."""
    for i in range(token.i + 1, min(token.i + 8, token.sent.end)):
        if token.doc[i].pos_ in ("PROPN", "NOUN", "PRON"):
            one = token.doc[i]
            while (
                one.head.i != one.i
                and one.head.pos_ in ("PROPN", "NOUN")
                and token.i < one.head.i < token.i + 10
                and one.dep_ in ("compound", "flat", "amod", "nmod", "appos")
            ):
                one = one.head
            return one
        if token.doc[i].pos_ in ("VERB", "AUX"):
            return None
    return None


def _whole(token: Token) -> frozenset[int]:
    """What an "according to" phrase stands for: the sentence where it hangs on its root, else its clause."""
    root = clause_root(token.head if token.head.i != token.i else token)
    loose = root.dep_ in ("parataxis", "conj") and root.head.dep_ == "ROOT" and root.pos_ not in ("VERB", "AUX")
    if root.dep_ == "ROOT" or token.dep_ == "ROOT" or loose:
        return bounds(token)
    return frozenset(t.i for t in root.subtree) & bounds(token)
