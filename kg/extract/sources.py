"""Who speaks: the speaker of a verb, of a noun of speech and of an "according to" phrase, as a mention.

A wrong arc must not make a wrong speaker: after a quotation the verb comes first and its speaker right behind it in all four languages, so
where a stretch of the sentence opens with the verb, the order of the words decides and not the tree.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kg.extract.reading import Reading
from kg.extract.syntax import case_relations, case_text, conjuncts, has, is_passive, segment, subject
from kg.records import Kind, Mention

__all__ = ["as_source", "owner", "speaker_tokens", "speakers", "verb_phrase_opens"]

_VOICELESS = frozenset({Kind.PLACE, Kind.TOPIC, Kind.CARGO, Kind.VESSEL})
_SPEAKING = frozenset({"actor", "person", "people", "org", "country"})
_BEHIND_VERB = 8  # tokens between a verb and the speaker after it
_OWNED = frozenset({"of", "from", "out_of"})
_THIRD = frozenset({"1", "2"})


def speakers(verb: Token, reading: Reading, last: Mention | None) -> list[Mention]:
    """Those who say what a verb of speech tells; empty where nobody is named.

    ``last`` is the speaker before: "hij", "it", "sie" and "the group" as the subject of a verb of speech go back to it.
    """
    found: list[Mention] = []
    for token in speaker_tokens(verb, reading):
        for one in conjuncts(token):
            mention = as_source(one, reading, last)
            if mention is not None and mention not in found:
                found.append(mention)
    return found


def speaker_tokens(verb: Token, reading: Reading) -> list[Token]:
    """The heads of the phrases that may be a verb's speaker: one, or none."""
    if is_passive(verb):
        return [c for c in verb.children if _is_agent(c, reading)][:1]
    if verb_phrase_opens(verb) and (behind := _behind(verb, reading)) is not None:
        return [behind]
    told = subject(verb)
    if told is not None and (told.pos_ in ("PRON", "DET") or _may_speak(told, reading)):
        return [told]
    for token in _neighbours(verb):
        if token.pos_ in ("NOUN", "PROPN") and not case_text(token) and _can_speak(token, reading):
            return [token]
    if told is not None and told.dep_ == "nsubj" and told.pos_ in ("NOUN", "PROPN"):
        return [told]
    return []


def _is_agent(child: Token, reading: Reading) -> bool:
    """The agent phrase of a passive; a preposition that also means "of" (Dutch "van") tells none, but for German "von"."""
    if child.dep_ == "obl:agent":
        return True
    relations = case_relations(child, reading.lexicon) if child.dep_ == "obl" else ()
    return "by" in relations and ("of" not in relations or reading.language == "de")


def verb_phrase_opens(verb: Token) -> bool:
    """Whether a stretch opens with the verb, its auxiliaries, or "so", "zo" and the like before it: ", zegt X", ", a déclaré X"."""
    stretch = segment(verb)
    first = verb.i
    while first > stretch.start and (stretch.doc[first - 1].pos_ == "AUX" or stretch.doc[first - 1].head.i == verb.i and stretch.doc[first - 1].dep_ == "aux"):
        first -= 1
    before = [t for t in stretch.doc[stretch.start : first] if not t.is_punct]
    return stretch.start > verb.sent.start and all(t.pos_ == "ADV" and len(before) == 1 for t in before)


def _behind(verb: Token, reading: Reading) -> Token | None:
    """The first noun phrase after a verb that stands free of a preposition and is no time."""
    stretch = segment(verb)
    for token in stretch.doc[verb.i + 1 : min(stretch.end, verb.i + 1 + _BEHIND_VERB)]:
        if token.pos_ == "PRON" and token.dep_ in ("nsubj", "nsubj:pass", "obj", "expl") and not has(token, "Reflex", "Yes"):
            return token
        if token.pos_ not in ("NOUN", "PROPN") or case_text(token) or token.dep_ in ("obl", "obl:mod", "obl:tmod", "nmod:poss", "amod", "det"):
            continue
        if token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN") and token.head.i < stretch.end:
            continue  # the phrase's head is still to come
        following = token.nbor(1) if token.i + 1 < stretch.end else None
        if following is not None and following.pos_ in ("NOUN", "PROPN") and following.head.i == token.head.i and not case_text(following):
            continue  # two halves of one name or title, hung side by side
        if any(c.dep_ == "case" for c in token.head.children if c.i < token.i and token.head.pos_ in ("NOUN", "PROPN")) and token.dep_ in ("nmod", "conj"):
            continue
        return token
    return None


def _neighbours(verb: Token) -> list[Token]:
    stretch = segment(verb)
    return [*reversed(stretch.doc[stretch.start : verb.i]), *stretch.doc[verb.i + 1 : stretch.end]]


def _can_speak(token: Token, reading: Reading) -> bool:
    mention = reading.mention(token)
    if mention is None:
        return False
    return bool(reading.classes(token, mention) & _SPEAKING) or bool(reading.lexicon.speech_nouns(token.lower_, token.lemma_))


def _may_speak(token: Token, reading: Reading) -> bool:
    """By its class, or because nothing speaks against it: an unknown noun as the verb's own subject ("the brokers", "Seeleute")."""
    mention = reading.mention(token)
    if mention is None:
        return False
    return _can_speak(token, reading) or (token.dep_ == "nsubj" and mention.kind is Kind.TOPIC and token.ent_type_ != "LOC")


def owner(noun: Token, reading: Reading) -> Token | None:
    """Whose report, finding or statement a noun names: its genitive, or its phrase with "of" or "from"."""
    for child in noun.children:
        if not child.dep_.startswith(("nmod", "obl", "appos", "det")) or child.pos_ not in ("NOUN", "PROPN", "PRON"):
            continue
        relations = set(case_relations(child, reading.lexicon))
        if (relations & _OWNED or (not case_text(child) and child.dep_.startswith("nmod"))) and _can_speak(child, reading):
            return child
    return None


def as_source(token: Token, reading: Reading, last: Mention | None = None) -> Mention | None:
    """The mention of a speaker; None for a pronoun that nothing stands behind."""
    if token.pos_ == "NOUN" and reading.lexicon.speech_nouns(token.lower_, token.lemma_) and (whose := owner(token, reading)) is not None:
        token = whose
    mention = reading.mention(token)
    if mention is None:
        return None
    if token.pos_ in ("PRON", "DET"):
        return _pronoun(token, mention, last)
    if mention.resolved().kind in _VOICELESS:  # a report, an image, a place that speaks: somebody unnamed stands behind it
        return replace(mention, kind=Kind.GROUP, antecedent=None)
    if mention.kind in (Kind.ORGANIZATION, Kind.GROUP) and mention.antecedent is None and mention.country is None and _points_back(token, mention, reading, last):
        return replace(mention, kind=last.kind, country=last.country, antecedent=last) if last is not None else mention
    return mention


def _pronoun(token: Token, mention: Mention, last: Mention | None) -> Mention | None:
    """Who spoke speaks on; else what the pronoun was found to stand for."""
    if set(token.morph.get("Person", [])) & _THIRD:
        return last
    if last is not None and token.lower_ not in ("wie", "wer", "who", "qui"):
        return replace(mention, kind=last.kind, country=last.country, concept=None, antecedent=last)
    if mention.antecedent is None:
        return None
    final = mention.resolved()
    return replace(mention, kind=Kind.GROUP) if final.kind in _VOICELESS else mention


def _points_back(token: Token, mention: Mention, reading: Reading, last: Mention | None) -> bool:
    """A definite noun without a name right after a named speaker: "the group", "die Organisation"."""
    if last is None or last.resolved().kind is not Kind.ORGANIZATION or reading.name(token) is not None or has(token, "Number", "Plur"):
        return False
    determiners = [c for c in token.children if c.dep_ == "det" and c.i < token.i]
    bare = all(c.dep_ in ("det", "case", "punct") for c in token.children)
    return mention.kind is Kind.ORGANIZATION and bare and any(not has(d, "Definite", "Ind") and d.lower_ not in ("een", "a", "an", "un", "une") for d in determiners)
