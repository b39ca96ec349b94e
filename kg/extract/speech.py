"""Sources told by a verb or a noun of speech, and what they are said to have said."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.cues import Cue, bounds
from kg.extract.lexicon import VerbEntry
from kg.extract.reading import Reading
from kg.extract.sources import as_source, can_speak, owner, points, relative_noun, speaker_tokens, speakers, verb_phrase_opens
from kg.extract.syntax import case_relations, case_text, clause_root, closed, has, infinitive_negated, is_passive, segment, subject
from kg.extract.tokens import Token
from kg.extract.triggers import match_verb
from kg.records import Kind, Mention, Stance

__all__ = ["noun_cues", "verb_cues"]

_CONTENT = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass", "obj", "obl:arg", "iobj", "nsubj:pass", "parataxis", "acl", "dep"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass", "parataxis"})
_SLOTS = frozenset({"obj", "iobj", "obl:arg", "nsubj", "nsubj:pass", "dep"})
_TOPICS = frozenset({"of", "about", "because", "from"})
_ACTORS = frozenset({Kind.COUNTRY, Kind.PERSON, Kind.ORGANIZATION, Kind.GROUP})
_CHARGED = frozenset({Stance.DENIES, Stance.CONFIRMS, Stance.DOUBTS})
_NEGATED = {Stance.CONFIRMS: Stance.DOUBTS, Stance.DOUBTS: Stance.ASSERTS}
_INSERTED = 4  # words of a speaker and verb between commas: ", it says,"


def verb_cues(token: Token, reading: Reading, last: Mention | None) -> Iterator[Cue]:
    """A verb of speech, one cue for each of its speakers; without a speaker in the passive a rumour ("is said to have sent")."""
    entry = _speech_entry(token, reading)
    if entry is None:
        return
    stance = Stance(entry.label)
    if not any("negated" in reading.lexicon.modal_words(*words) for words in entry.words) and _is_negated(token, reading):
        if stance not in _NEGATED:
            return
        stance = _NEGATED[stance]
    back = _looks_back(token, stance, reading)
    covers = _content(token, reading, alone=(_is_time_clause(token) and not _is_aside(token)) or (back and stance in _CHARGED))
    if not covers and not back:
        return
    found = speakers(token, reading, last)
    if not found and stance is Stance.SUSPECTS and token.dep_ in ("acl", "amod", "advcl"):
        found = _authority(token, reading, last)
    for source in found:
        yield Cue(source, stance, token, covers, back)
    clausal = any(c.dep_ in _CLAUSAL for c in token.children)
    if not found and is_passive(token) and stance is not Stance.CONFIRMS and (clausal or (stance is Stance.SUSPECTS and covers)):
        yield Cue(None, stance, token, covers)  # "is said to have sent"


def _authority(word: Token, reading: Reading, last: Mention | None) -> list[Mention]:
    """Who acts on a suspicion has it: "police arrested 17 people suspected of recruiting", "aangehouden op verdenking van smokkel"."""
    clause = clause_root(word.head)
    if clause.pos_ != "VERB" or word.i in (clause.i, clause.head.i):
        return []
    doer = next((c for c in clause.children if c.dep_ == "obl:agent"), None) if is_passive(clause) else subject(clause)
    if doer is None or doer.i == word.head.i or not can_speak(doer, reading):
        return []
    source = as_source(doer, reading, last)
    return [source] if source is not None else []


def _speech_entry(token: Token, reading: Reading) -> VerbEntry | None:
    if token.pos_ in ("VERB", "AUX") or (token.dep_ == "ROOT" and any(c.dep_.startswith("aux") for c in token.children)):
        matches = match_verb(token, reading.lexicon.speech_verbs)
        return matches[0][0] if matches else None
    if token.pos_ in ("ADV", "ADJ", "X") and token.dep_ not in ("amod", "det", "case", "mark") and _has_no_other_use(token, reading):
        matches = match_verb(token, reading.lexicon.speech_verbs)
        return matches[0][0] if matches else None
    return None


def _has_no_other_use(token: Token, reading: Reading) -> bool:
    """Whether a form that the tagger took for an adverb is known as nothing but a verb."""
    return not reading.lexicon.modal_words(token.lower_, token.lemma_) and token.lower_ not in reading.lexicon.hearsay


def _is_negated(token: Token, reading: Reading) -> bool:
    for child in token.children:
        if child.dep_ in ("advmod", "neg", "det") and "negated" in reading.lexicon.modal_words(child.lower_):
            return infinitive_negated(child) in (None, token)
        if child.dep_ == "obj" and child.pos_ == "PRON" and "negated" in reading.lexicon.modal_words(child.lower_):
            return True
        if child.dep_ == "obj" and any(c.dep_ in ("det", "advmod") and "negated" in reading.lexicon.modal_words(c.lower_) for c in child.children):
            return True
    return False


def _is_time_clause(token: Token) -> bool:
    """ "nadat hij had gezegd": what is said there is told by the sentence around it."""
    return token.dep_ == "advcl" and any(c.dep_ == "mark" and c.i < token.i for c in token.children) and not verb_phrase_opens(token)


def _content(verb: Token, reading: Reading, *, alone: bool) -> frozenset[int]:
    """The tokens of what is said.

    Complements, objects and topics of the verb; where it has no clause as a complement, the stretches beside its own: the clause that it
    is inserted into or that it ends (not where it stands ``alone``). What hangs on the speaker, and clauses of time or concession, are not said.
    A clause with "that" right behind the verb is said whatever its arcs.
    """
    within, own = bounds(verb), segment(verb)
    if verb.pos_ not in ("VERB", "AUX"):  # the tagger took it for another word, so its arcs mean nothing
        return frozenset(i for i in within if i > verb.i)
    covers: set[int] = set()
    clause = False
    for child in verb.children:
        if child.dep_ in _CONTENT or (child.dep_ == "obl" and child.i > verb.i and set(case_relations(child, reading.lexicon)) & _TOPICS):
            covers.update(t.i for t in child.subtree)
            clause = clause or child.dep_ in _CLAUSAL
    inserted = _is_inserted(verb)
    opens = verb_phrase_opens(verb) or inserted
    if match_verb(verb, reading.lexicon.charge_verbs):
        covers.update(i for i in within if verb.i < i < own.end)
    that = _that(verb)
    if alone:
        pass
    elif inserted and verb.doc[max(own.start - 2, 0)].lower_ in closed("relative", verb):  # "who, it says, had met"
        covers.update(i for i in within if i >= own.end)
    elif verb.dep_ == "acl:relcl" and not opens:
        covers.update(_modified(verb))
    elif _is_aside(verb) or opens or verb.dep_ == "parataxis" or (not clause and that is None and (verb.dep_ == "ROOT" or verb.head.dep_ == "ROOT")):
        covers.update(i for i in within if not own.start <= i < own.end)
    if not opens:
        aside = [c for c in verb.children if c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ != "of" for m in c.children)]
        covers -= {t.i for c in aside for t in c.subtree}
    above = {a.i for a in verb.ancestors}
    for speaker in speaker_tokens(verb, reading):
        if speaker.sent == verb.sent and speaker.i not in above:
            covers -= {t.i for t in speaker.subtree}
    if that is not None:
        covers.update(i for i in within if i >= that)
    beside = (c for c in verb.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX") and c.i > verb.i and not opens)
    covers -= {t.i for c in beside for t in c.subtree}
    return frozenset((covers - {verb.i}) & within)


def _is_inserted(verb: Token) -> bool:
    """A speaker and a verb of speech between commas, and nothing else: ", it says,"."""
    own = segment(verb)
    words = [t for t in own if not t.is_punct and not t.is_space]
    if own.start <= verb.sent.start or len(words) > _INSERTED:
        return False
    return all(t.dep_ not in ("mark", "cc") and t.lower_ not in closed("relative", t) for t in words)


def _is_aside(verb: Token) -> bool:
    """"zoals een onderzoeker vermoedt", "wie Ermittler glauben", "as police suspect": what is said stands around the clause."""
    first = next((t for t in segment(verb) if not t.is_punct and not t.is_space), verb)
    return first.lower_ in closed("aside", first) and first.i < verb.i and not any(c.dep_ in _CLAUSAL or c.dep_ == "obj" for c in verb.children)


def _that(verb: Token) -> int | None:
    """Where the clause begins that "that" opens behind a verb, no other verb between."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.lower_ in closed("complementiser", token) and (token.pos_ == "SCONJ" or token.dep_ == "mark"):
            return token.i
        if token.pos_ == "VERB" and not has(token, "VerbForm", "Part"):
            return None
    return None




def _modified(verb: Token) -> set[int]:
    """What a relative clause of speech says of its noun: "an attack that the army blamed on them", "whom it accuses of shipping"."""
    before = verb.doc[segment(verb).start : verb.i]
    pronoun = next((t for t in before if t.lower_ in closed("relative", t) and t.pos_ in ("PRON", "DET", "SCONJ")), None)
    if pronoun is not None and pronoun.dep_ == "nsubj":
        return set()
    noun = (relative_noun(pronoun) if pronoun is not None else None) or verb.head
    near = verb.doc[pronoun.i - 1] if pronoun is not None and verb.doc[pronoun.i - 1].pos_ == "NOUN" else noun
    return {noun.i, near.i, clause_root(near).i}


def _looks_back(verb: Token, stance: Stance, reading: Reading) -> bool:
    """Whether the verb's object or subject points to what was told: a pronoun, a charge, or nothing at all."""
    lexicon = reading.lexicon
    words = {w.i for _, found in match_verb(verb, lexicon.speech_verbs) for w in found}
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "csubj", "parataxis", "advcl", "acl") and c.i not in words]
    if any(c.dep_ not in ("advcl", "acl") or _is_infinitive(c) for c in clauses) or _that(verb) is not None:
        return False
    rest = [c for c in verb.children if c.i not in words]
    slots = [c for c in rest if c.dep_ in _SLOTS or (c.dep_ == "obl" and case_text(c) != "")]
    pointing = any(points(c) or (c.dep_ != "nsubj" and c.lower_ in closed("neuter", c)) for c in slots)
    bare = not any(c.dep_ == "obj" for c in rest)
    if stance in _CHARGED:
        return bare or pointing or any(c.dep_ != "nsubj" and _is_charge(c, reading) for c in slots)
    if stance is Stance.SUSPECTS and (len(words) > 1 or pointing or any(c.dep_ != "nsubj" and _is_actor(c, reading) for c in slots)):
        return not any(set(case_relations(c, lexicon)) & _TOPICS for c in verb.children if c.dep_ == "obl")
    if match_verb(verb, lexicon.charge_verbs):
        return not any(set(case_relations(c, lexicon)) & _TOPICS for c in verb.children if c.dep_ == "obl")
    return any(points(c) for c in slots if c.dep_ in ("obj", "nsubj", "nsubj:pass"))


def _is_actor(noun: Token, reading: Reading) -> bool:
    """Somebody who can be behind what was told: "Western officials suspect Russia", "vermuten Nordkorea dahinter"."""
    mention = reading.mention(noun)
    return mention is not None and mention.resolved().kind in _ACTORS


def _is_infinitive(clause: Token) -> bool:
    """ "zu liefern", "geliefert zu haben", "te leveren"."""
    return has(clause, "VerbForm", "Inf") or any(c.dep_ in ("aux", "aux:pass") and has(c, "VerbForm", "Inf") for c in clause.children)


def _is_charge(noun: Token, reading: Reading) -> bool:
    charges, events = reading.lexicon.charge_nouns, reading.lexicon.nouns
    if any(c.dep_ in ("nmod", "acl", "obl") and c.pos_ in ("NOUN", "PROPN", "VERB") for c in noun.children):
        return False  # "elke betrokkenheid bij de moord" says itself what is denied
    if events(noun.lower_, noun.lemma_) and any(has(c, "PronType", kind) for c in noun.children for kind in ("Tot", "Ind")):
        return True  # "jede Entsendung", "any delivery": the one told before
    return noun.pos_ == "NOUN" and bool(charges(noun.lower_, noun.lemma_) or (reading.lexicon.compounds and charges.head(noun.lower_)))


def noun_cues(token: Token, reading: Reading, last: Mention | None) -> Iterator[Cue]:
    """A noun of speech with its source and content: "de ontkenning van Iran dat", "de beschuldiging van Londen dat"."""
    if token.pos_ != "NOUN" or not (labels := reading.lexicon.speech_nouns(token.lower_, token.lemma_)):
        return
    content = {t.i for c in token.children if c.dep_ in ("acl", "ccomp", "advcl", "nmod") and c.dep_ != "acl:relcl" for t in c.subtree}
    whose = owner(token, reading)
    if whose is None and content and Stance(labels[0]) is Stance.SUSPECTS and case_text(token) and token.head.pos_ == "VERB":
        doer = next(iter(_authority(token, reading, last)), None)
        yield Cue(doer, Stance.SUSPECTS, token, frozenset(content))  # "arrested on suspicion of", "wegen Verdachts auf"
        return
    if whose is None or not content or (case_text(token) in reading.lexicon.according_to):
        return
    governor = match_verb(token.head, reading.lexicon.speech_verbs)
    if token.dep_ in ("obj", "obl", "nsubj:pass", "obl:arg") and governor and governor[0][0].label == "denies":
        return  # the verb's own cue covers it: "weist Vorwürfe zurück"
    content -= {t.i for t in whose.subtree}
    source = as_source(whose, reading, last)
    if source is not None and content:
        yield Cue(source, Stance(labels[0]), token, frozenset(content))
