"""Where a source is told: verbs and nouns of speech, "according to" phrases and words of rumour, each with the tokens that it covers.

Claims follow the scheme of source, cue and content (Pareti 2012, PARC): an event is claimed by the source whose cue governs it. A cue without
content of its own ("Beijing denies that", "Das teilte die Polizei mit") looks back to what was told before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan, Token

from kg.extract.lexicon import VerbEntry
from kg.extract.reading import Reading
from kg.extract.sources import RELATIVES, as_source, owner, points, relative_noun, speaker_tokens, speakers, verb_phrase_opens
from kg.extract.syntax import case_relations, case_text, clause_root, has, is_passive, segment, subject
from kg.extract.triggers import match_verb
from kg.records import Kind, Mention, Stance

__all__ = ["Cue", "find_cues"]

_CONTENT = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass", "obj", "obl:arg", "iobj", "nsubj:pass", "parataxis", "acl", "dep"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass", "parataxis"})
_TOPICS = frozenset({"of", "about", "because", "from"})
_CHARGED = frozenset({Stance.DENIES, Stance.CONFIRMS, Stance.DOUBTS})
_NEGATED = {Stance.CONFIRMS: Stance.DOUBTS, Stance.DOUBTS: Stance.ASSERTS}
_ACTORS = frozenset({Kind.COUNTRY, Kind.PERSON, Kind.ORGANIZATION, Kind.GROUP})
_PHRASE_REACH = 12  # tokens between "according to" and its noun


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


def find_cues(sentence: DocSpan, reading: Reading, last: Mention | None) -> list[Cue]:
    """The cues of a sentence in order; ``last`` is the speaker before it."""
    found: list[Cue] = []
    phrases = _phrase_tokens(sentence, reading)
    for token in sentence:
        told = () if token.i in phrases else (*_verb(token, reading, last), *_noun(token, reading, last))
        for cue in (*told, *_phrase(token, reading, last)):
            found.append(cue)
            if cue.source is not None and cue.stance is not Stance.DENIES:
                last = cue.source
    return found


def _phrase_tokens(sentence: DocSpan, reading: Reading) -> set[int]:
    """The tokens of "according to" phrases of several words, whose nouns and verbs are no cues of their own."""
    doc, found = sentence.doc, set[int]()
    for i in range(sentence.start, sentence.end):
        for n in (4, 3, 2):
            if i + n <= sentence.end and " ".join(t.lower_ for t in doc[i : i + n]) in reading.lexicon.according_to:
                found.update(range(i, i + n))
    return found


def _verb(token: Token, reading: Reading, last: Mention | None) -> Iterator[Cue]:
    entry = _speech_entry(token, reading)
    if entry is None:
        return
    stance = Stance(entry.label)
    if not any("negated" in reading.lexicon.modal_words(*words) for words in entry.words) and _is_negated(token, reading):
        if stance not in _NEGATED:
            return
        stance = _NEGATED[stance]
    back = _looks_back(token, stance, reading)
    covers = _content(token, reading, alone=_is_time_clause(token) or (back and stance in _CHARGED))
    if not covers and not back:
        return
    found = speakers(token, reading, last)
    for source in found:
        yield Cue(source, stance, token, covers, back)
    if not found and is_passive(token) and stance is not Stance.CONFIRMS and any(c.dep_ in _CLAUSAL for c in token.children):
        yield Cue(None, stance, token, covers)  # "is said to have sent"


def _speech_entry(token: Token, reading: Reading) -> VerbEntry | None:
    if token.pos_ in ("VERB", "AUX"):
        matches = match_verb(token, reading.lexicon.speech_verbs)
        return matches[0][0] if matches else None
    if token.pos_ in ("ADV", "ADJ", "X") and token.dep_ not in ("amod", "det", "case", "mark") and has_no_other_use(token, reading):
        matches = match_verb(token, reading.lexicon.speech_verbs)
        return matches[0][0] if matches else None
    return None


def has_no_other_use(token: Token, reading: Reading) -> bool:
    """Whether a form that the tagger took for an adverb is known as nothing but a verb."""
    return not reading.lexicon.modal_words(token.lower_, token.lemma_) and token.lower_ not in reading.lexicon.hearsay


def _is_negated(token: Token, reading: Reading) -> bool:
    for child in token.children:
        if child.dep_ in ("advmod", "neg", "det") and "negated" in reading.lexicon.modal_words(child.lower_):
            return True
        if child.dep_ == "obj" and child.pos_ == "PRON" and "negated" in reading.lexicon.modal_words(child.lower_):
            return True
        if child.dep_ == "obj" and any(c.dep_ in ("det", "advmod") and "negated" in reading.lexicon.modal_words(c.lower_) for c in child.children):
            return True
    return False


def _is_time_clause(token: Token) -> bool:
    """"nadat hij had gezegd": what is said there is told by the sentence around it."""
    return token.dep_ == "advcl" and any(c.dep_ == "mark" and c.i < token.i for c in token.children) and not verb_phrase_opens(token)


def _content(verb: Token, reading: Reading, *, alone: bool) -> frozenset[int]:
    """The tokens of what is said.

    Complements, objects and topics of the verb; where it has no clause as a complement, the stretches beside its own: the clause that it
    is inserted into or that it ends (not where it stands ``alone``). What hangs on the speaker, and clauses of time or concession, are not said.
    A clause with "that" right behind the verb is said whatever its arcs.
    """
    bounds, own = _bounds(verb), segment(verb)
    if verb.pos_ not in ("VERB", "AUX"):  # the tagger took it for another word, so its arcs mean nothing
        return frozenset(i for i in bounds if i > verb.i)
    covers: set[int] = set()
    clause = False
    for child in verb.children:
        if child.dep_ in _CONTENT or (child.dep_ == "obl" and child.i > verb.i and set(case_relations(child, reading.lexicon)) & _TOPICS):
            covers.update(t.i for t in child.subtree)
            clause = clause or child.dep_ in _CLAUSAL
    opens = verb_phrase_opens(verb)
    if match_verb(verb, reading.lexicon.charge_verbs):
        covers.update(i for i in bounds if verb.i < i < own.end)
    that = _that(verb)
    if alone:
        pass
    elif verb.dep_ == "acl:relcl" and not opens:
        covers.update(_modified(verb))
    elif opens or verb.dep_ == "parataxis" or (not clause and that is None and (verb.dep_ == "ROOT" or verb.head.dep_ == "ROOT")):
        covers.update(i for i in bounds if not own.start <= i < own.end)
    if not opens:
        covers -= {t.i for c in verb.children if c.dep_ == "advcl" and any(m.dep_ == "mark" for m in c.children) for t in c.subtree}
    above = {a.i for a in verb.ancestors}
    for speaker in speaker_tokens(verb, reading):
        if speaker.sent == verb.sent and speaker.i not in above:
            covers -= {t.i for t in speaker.subtree}
    if that is not None:
        covers.update(i for i in bounds if i >= that)
    beside = (c for c in verb.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX") and c.i > verb.i and not opens)
    covers -= {t.i for c in beside for t in c.subtree}
    return frozenset((covers - {verb.i}) & bounds)


def _that(verb: Token) -> int | None:
    """Where the clause begins that "that" opens behind a verb, no other verb between."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.lower_ in _THAT and (token.pos_ == "SCONJ" or token.dep_ == "mark"):
            return token.i
        if token.pos_ == "VERB" and not has(token, "VerbForm", "Part"):
            return None
    return None


_THAT = frozenset({"dat", "dass", "that", "que", "qu'", "qu’", "wonach"})


def _modified(verb: Token) -> set[int]:
    """What a relative clause of speech says of its noun: "an attack that the army blamed on them", "whom it accuses of shipping"."""
    pronoun = next((t for t in verb.doc[segment(verb).start : verb.i] if t.lower_ in RELATIVES and t.pos_ in ("PRON", "DET", "SCONJ")), None)
    if pronoun is not None and pronoun.dep_ == "nsubj":
        return set()
    noun = (relative_noun(pronoun) if pronoun is not None else None) or verb.head
    near = verb.doc[pronoun.i - 1] if pronoun is not None and verb.doc[pronoun.i - 1].pos_ == "NOUN" else noun
    return {noun.i, near.i, clause_root(near).i}


def _bounds(token: Token) -> frozenset[int]:
    """The part of the sentence between semicolons in which a token stands."""
    sentence = token.sent
    cuts = [sentence.start - 1, *(t.i for t in sentence if t.text == ";"), sentence.end]
    before = max(c for c in cuts if c < token.i)
    after = min(c for c in cuts if c > token.i)
    return frozenset(range(before + 1, after))


def _looks_back(verb: Token, stance: Stance, reading: Reading) -> bool:
    """Whether the verb's object or subject points to what was told: a pronoun, a charge, or nothing at all."""
    lexicon = reading.lexicon
    words = {w.i for _, found in match_verb(verb, lexicon.speech_verbs) for w in found}
    if any((c.dep_ in ("ccomp", "xcomp", "csubj", "parataxis") and c.i not in words) or (c.dep_ in ("advcl", "acl") and has(c, "VerbForm", "Inf")) for c in verb.children):
        return False
    if _that(verb) is not None:
        return False
    slots = [c for c in verb.children if c.dep_ in ("obj", "iobj", "obl:arg", "nsubj", "nsubj:pass", "dep") or (c.dep_ == "obl" and case_text(c))]
    pointing = any(points(c) or (c.dep_ != "nsubj" and c.lower_ in _NEUTER) for c in slots)
    bare = not any(c.dep_ == "obj" for c in verb.children)
    if stance in _CHARGED:
        return bare or pointing or any(c.dep_ != "nsubj" and _is_charge(c, reading) for c in slots)
    if match_verb(verb, lexicon.charge_verbs):
        return not any(set(case_relations(c, lexicon)) & _TOPICS for c in verb.children if c.dep_ == "obl")
    return any(points(c) for c in slots if c.dep_ in ("obj", "nsubj", "nsubj:pass"))


_NEUTER = frozenset({"es", "het", "it", "le"})


def _is_charge(noun: Token, reading: Reading) -> bool:
    charges = reading.lexicon.charge_nouns
    if any(c.dep_ in ("nmod", "acl", "obl") and c.pos_ in ("NOUN", "PROPN", "VERB") for c in noun.children):
        return False  # "elke betrokkenheid bij de moord" says itself what is denied
    return noun.pos_ == "NOUN" and bool(charges(noun.lower_, noun.lemma_) or (reading.lexicon.compounds and charges.head(noun.lower_)))


def _phrase(token: Token, reading: Reading, last: Mention | None) -> Iterator[Cue]:
    """"volgens de NIS", "aldus Yoo", "laut Seoul", "selon lui", "naar verluidt": the whole clause is the source's."""
    lexicon, doc, end = reading.lexicon, token.doc, token.sent.end
    windows = [(n, " ".join(t.lower_ for t in doc[token.i : token.i + n])) for n in (4, 3, 2, 1) if token.i + n <= end]
    if any(words in lexicon.hearsay for _, words in windows):
        yield Cue(None, Stance.ASSERTS, token, frozenset({token.head.i}) if token.dep_ == "amod" else _clause_tokens(token))
        return
    length = next((n for n, words in windows if words in lexicon.according_to), 0)
    if not length or (length == 1 and token.lower_ == "so" and not _opens_aside(token)):
        return
    words = list(doc[token.i : token.i + length])
    own = any(w.lower_.startswith(("eigen", "own", "propre")) for w in words) or any(
        c.lower_.startswith(("eigen", "own", "propre")) for w in words for c in w.children
    )
    noun = _phrase_noun(token, words, reading)
    governed = next((t for t in (noun, *words) if t is not None), token)
    covers = _whole(governed)
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
        verdict = match_verb(clause_root(governed), lexicon.speech_verbs)
        stance = Stance.DENIES if verdict and verdict[0][0].label == "denies" and verdict[0][0].words else Stance.ASSERTS
        yield Cue(mention, stance, token, covers, own=own)  # "klopt volgens een woordvoerder niet"


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
    if root.dep_ == "ROOT" or token.dep_ == "ROOT" or (root.dep_ in ("parataxis", "conj") and root.head.dep_ == "ROOT" and root.pos_ not in ("VERB", "AUX")):
        return _bounds(token)
    return frozenset(t.i for t in root.subtree) & _bounds(token)


def _clause_tokens(token: Token) -> frozenset[int]:
    return frozenset(t.i for t in clause_root(token.head if token.head.i != token.i else token).subtree)


def _noun(token: Token, reading: Reading, last: Mention | None) -> Iterator[Cue]:
    """A noun of speech with its source and content: "de ontkenning van Iran dat", "de beschuldiging van Londen dat"."""
    if token.pos_ != "NOUN" or not (labels := reading.lexicon.speech_nouns(token.lower_, token.lemma_)):
        return
    content = {t.i for c in token.children if c.dep_ in ("acl", "ccomp", "advcl", "nmod") and c.dep_ != "acl:relcl" for t in c.subtree}
    whose = owner(token, reading)
    if whose is None or not content or (case_text(token) in reading.lexicon.according_to):
        return
    if token.dep_ in ("obj", "obl", "nsubj:pass", "obl:arg") and (match := match_verb(token.head, reading.lexicon.speech_verbs)) and Stance(match[0][0].label) is Stance.DENIES:
        return  # the verb's own cue covers it: "weist Vorwürfe zurück"
    content -= {t.i for t in whose.subtree}
    source = as_source(whose, reading, last)
    if source is not None and content:
        yield Cue(source, Stance(labels[0]), token, frozenset(content))
