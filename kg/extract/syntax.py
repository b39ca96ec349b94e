"""Grammatical slots of a verb or noun, read off a Universal Dependencies tree; one grammar for all languages.

The tree may err, so a slot is never one arc alone: voice is read from auxiliaries, participles and subject labels together, and a prepositional
phrase is offered to the verb even where the parser hung it on the noun beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from kg.data import load
from kg.extract.lexicon import Lexicon
from kg.extract.tokens import DocSpan, Token

__all__ = [
    "CLAUSES", "Slot", "case_relations", "case_text", "clause_root", "closed", "conjuncts",
    "has", "infinitive_negated", "noun_slots", "segment", "stray_slots", "subject", "verb_slots",
]  # fmt: skip

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "conj", "csubj", "ROOT"})
_INSIDE = frozenset({"nmod", "flat", "compound", "appos", "fixed", "conj", "obl:agent", "nmod:poss", "det"})
_CUTS = frozenset({",", ";", ":", "(", ")", "–", "—", "„", "“", "”", "«", "»", '"'})


@dataclass(frozen=True, slots=True)
class Slot:
    """A dependent and the grammatical relations that it may stand in, the likeliest first.

    ``near`` is false for a phrase that hangs on a neighbouring noun rather than on the predicate itself.
    """

    relations: tuple[str, ...]
    token: Token
    near: bool = True


def has(token: Token, feature: str, value: str) -> bool:
    """Whether a token carries a Universal feature with that value."""
    return value in token.morph.get(feature, [])


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it, in order."""
    found = [token]
    for child in token.rights:
        if child.dep_ == "conj":
            found.extend(conjuncts(child))
    return found


def case_text(token: Token) -> str:
    """The preposition (or postposition) of a phrase in lower case, with its fixed parts; empty without one."""
    for child in token.children:
        if child.dep_ == "case" and child.pos_ != "PUNCT":
            return " ".join(t.lower_ for t in [child, *(c for c in child.children if c.dep_ == "fixed")])
    return ""


def case_relations(token: Token, lexicon: Lexicon) -> tuple[str, ...]:
    """The relations of a phrase's preposition; a bare genitive is ``of``."""
    text = case_text(token)
    if text:
        first = text.split()[0]
        return lexicon.prepositions.get(text) or lexicon.prepositions.get(first) or ()
    if has(token, "Case", "Gen") or token.dep_ == "nmod:poss":
        return ("of",)
    return ()


@cache
def _closed_classes(language: str) -> dict[str, frozenset[str]]:
    return {kind: frozenset(forms) for kind, forms in load("closed_classes.yaml", dict[str, dict[str, list[str]]])[language].items()}


def closed(kind: str, token: Token) -> frozenset[str]:
    """The words of a closed class (``closed_classes.yaml``) in the language of a token; none where the language has no such class."""
    return _closed_classes(token.doc.lang_).get(kind, frozenset())


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive."""
    helpers = {c.lower_ for c in verb.children if c.dep_.startswith("aux") or c.dep_ == "cop"}
    if helpers & closed("perfect", verb) and not helpers & closed("passive", verb):
        return False  # "hatten die USA ... genommen": no passive, though the subject may be labelled so
    if any(c.dep_ == "expl:pv" for c in verb.children):
        return False  # "s'est emparée de": reflexive
    for child in verb.children:
        if child.dep_ in ("aux:pass", "nsubj:pass", "csubj:pass"):
            return True
        if child.dep_ in ("aux", "cop") and child.lemma_ in closed("passive_lemma", child) and is_participle(verb):
            return child.lemma_ != "be" or not verb.text.endswith("ing")
    if verb.dep_ == "conj" and is_participle(verb) and not any(c.dep_ in ("aux", "aux:pass", "nsubj") for c in verb.children):
        return verb.head.i != verb.i and is_passive(verb.head)  # "was questioned but not arrested"
    return verb.dep_ in ("acl", "amod") and is_participle(verb) and not is_present_participle(verb)


def is_participle(verb: Token) -> bool:
    """A past participle by its features, or as a modifier by its part of speech."""
    return has(verb, "VerbForm", "Part") or (verb.pos_ == "ADJ" and verb.dep_ == "amod")


def is_present_participle(verb: Token) -> bool:
    """A participle of what its noun does (leverend, liefernd, supplying, livrant)."""
    if has(verb, "Tense", "Pres") and has(verb, "VerbForm", "Part"):
        return True
    low = verb.lower_
    endings = {"nl": ("end", "ende"), "de": ("end", "ende", "enden", "ender", "endes", "endem"), "en": ("ing",), "fr": ("ant",)}
    return low.endswith(endings.get(verb.doc.lang_, ()))


def _child(token: Token, *deps: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in deps), None)


def _relative_head(token: Token) -> Token:
    """What a relative pronoun stands for: the noun that its clause modifies."""
    if token.lower_ in closed("relative_clause", token) and token.pos_ in ("PRON", "DET", "SCONJ"):
        clause = token.head
        while clause.dep_ in ("conj", "xcomp", "aux") and clause.head is not clause:
            clause = clause.head
        if clause.dep_ in ("acl:relcl", "acl") and clause.head.i < token.i:
            return clause.head
    return token


def infinitive_negated(word: Token) -> Token | None:
    """The infinitive that French "ne pas" stands right before, wherever it was hung: "dit ne pas avoir livré" says something; None for another word.
    """
    if word.doc.lang_ != "fr" or word.lower_ not in closed("negation", word):
        return None
    after = word
    while after.lower_ in closed("negation", word):
        if after.i + 1 >= word.sent.end:
            return None
        after = after.nbor()
    if not has(after, "VerbForm", "Inf"):
        return None
    return after.head if after.dep_.startswith("aux") else after


def subject(verb: Token, depth: int = 0) -> Token | None:
    """Who or what the verb is said of: its own subject, or the one that control or coordination lends it."""
    own = _child(verb, "nsubj", "nsubj:pass", "nsubj:outer")
    if own is not None:
        return _relative_head(own)
    governor = verb.head
    if depth > 4 or governor is verb:
        return None
    if verb.dep_ == "conj" and governor.pos_ in ("VERB", "AUX", "ADJ"):
        return subject(governor, depth + 1)
    if verb.dep_ == "xcomp":
        controller = _child(governor, "iobj", "obl:arg") or _child(governor, "obj")
        if controller is not None and controller.i < verb.i and controller.pos_ in ("PROPN", "PRON", "NOUN") and not is_passive(governor):
            return _relative_head(controller)
        return subject(governor, depth + 1)
    if verb.dep_ in ("advcl", "ccomp", "obl") and not has(verb, "VerbForm", "Fin"):
        blamed = _child(governor, "obj") if _gives_reason(verb) else None
        return _relative_head(blamed) if blamed is not None else subject(governor, depth + 1)
    if verb.dep_ == "acl" and not is_participle(verb) and governor.dep_ in ("obj", "obl", "nsubj:pass", "xcomp"):
        doer = subject(governor.head, depth + 1)
        return doer if doer is not governor else None  # "a plan to sell" sells nothing
    if verb.dep_ in ("acl", "amod") and is_present_participle(verb):
        return governor
    return None


def _gives_reason(verb: Token) -> bool:
    """ "jailed him for selling", "condamné pour avoir livré": what the object of the governor did."""
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "case")}
    if verb.doc.lang_ == "fr":
        return bool(marks & {"pour", "d'", "d’", "de"}) and any(c.dep_.startswith("aux") for c in verb.children)
    return bool(marks & {"for", "of", "from"})


def _object(verb: Token) -> Token | None:
    own = _child(verb, "obj")
    if own is not None:
        return _relative_head(own)
    governor = verb.head
    if verb.dep_ in ("acl", "amod") and is_participle(verb) and not is_present_participle(verb):
        return governor
    if verb.dep_ == "acl:relcl" and not any(c.lower_ in closed("relative_clause", verb) for c in verb.children):
        return governor if subject(verb) is not None and subject(verb) is not governor else None
    if verb.dep_ == "conj" and governor.pos_ == "VERB" and not any(c.dep_ in ("obj", "ccomp", "xcomp") for c in verb.children):
        shared = _child(governor, "obj")
        if shared is not None and shared.i > verb.i:
            return shared
    return None


def verb_slots(verb: Token, lexicon: Lexicon) -> Iterator[Slot]:
    """The slots of a verb in its clause, active and passive made alike."""
    passive = is_passive(verb)
    done = subject(verb)
    object_ = _object(verb)
    finite = not has(verb, "VerbForm", "Inf") and not any(c.dep_ == "mark" for c in verb.children)
    if verb.dep_ == "conj" and is_participle(verb) and not any(c.dep_.startswith(("aux", "cop")) for c in verb.children):
        finite = False  # "hatte Waffen sichergestellt und die Männer festgenommen": the auxiliary and its subject stand before
    if finite and not passive and not any(c.dep_.startswith("nsubj") for c in verb.children):
        objects = [c for c in verb.children if c.dep_ == "obj"]
        if len(objects) > 1 or (objects and has(objects[0], "Case", "Nom") and not has(objects[0], "Case", "Acc") and verb.doc.lang_ == "de"):
            done = objects[0]  # a finite verb has one object and a subject: the first is the subject
            object_ = _relative_head(objects[1]) if len(objects) > 1 else None
    if done is not None and done is not object_:
        if passive and (verb.dep_ not in ("xcomp",) or _child(verb, "nsubj:pass") is not None):
            yield Slot(("object",), done)
            object_ = None if object_ is not None and object_.i == done.i else object_
            if object_ is not None:
                yield Slot(("object",), object_)
        else:
            yield Slot(("subject",), done)
            if object_ is not None:
                yield Slot(("object",), object_)
    elif object_ is not None:
        yield Slot(("object",), object_)
    nouns = [t for t in (done, object_) if t is not None]
    nominal = has(verb, "VerbForm", "Inf") and any(c.dep_ in ("det", "case") for c in verb.children)  # "het overpompen van olie"
    for child in verb.children:
        yield from _oblique(child, lexicon, passive, nominal)
    beside = [c for t in nouns for c in conjuncts(t)[1:]]
    for phrase in [*nouns, *(c for c in verb.children if c.dep_.startswith("obl")), *beside]:
        if phrase.doc[phrase.i].sent != verb.sent:
            continue
        for inner in phrase.children:
            if inner.dep_ in ("nmod", "obl") and inner.i > phrase.i:
                relations = case_relations(inner, lexicon)
                relations = tuple(r for r in relations if r != "of")
                if relations:
                    yield Slot(relations, _relative_head(inner), near=False)
    if verb.dep_ == "xcomp" or (verb.dep_ == "conj" and not any(c.dep_.startswith("obl") for c in verb.children)):
        for child in verb.head.children:  # "is in Moskou komen praten", "levert en verkoopt aan"
            if child.dep_.startswith("obl") and child.i != verb.i:
                for slot in _oblique(child, lexicon, passive):
                    yield Slot(slot.relations, slot.token, near=False)


def _oblique(child: Token, lexicon: Lexicon, passive: bool, nominal: bool = False) -> Iterator[Slot]:
    if child.dep_ == "iobj" or (child.dep_ == "obl:arg" and not case_text(child)):
        yield Slot(("indirect",), _relative_head(child))
        return
    if not (child.dep_.startswith(("obl", "nmod", "iobj")) or (child.dep_ in ("advmod", "xcomp", "dep") and case_text(child))):
        return
    relations = list(case_relations(child, lexicon))
    if child.dep_ == "obl:agent" and "by" not in relations:
        relations.insert(0, "by")
    if passive and "by" in relations:
        relations.remove("by")
        relations.insert(0, "by")
    elif "by" in relations and len(relations) > 1:
        relations.remove("by")
        relations.append("by")
    if "of" in relations and not nominal:  # a verb has no "of": the phrase is where something comes from
        relations.remove("of")
        relations.append("from")
    if relations:
        yield Slot(tuple(dict.fromkeys(relations)), _relative_head(child))


def noun_slots(noun: Token, lexicon: Lexicon) -> Iterator[Slot]:
    """The slots of an event noun: genitives, prepositional phrases, compounds are left to the caller, demonyms as adjectives."""
    for child in noun.children:
        if child.dep_ in ("nmod:poss", "det:poss") or (child.dep_ in ("det", "nmod") and has(child, "Poss", "Yes")):
            yield Slot(("possessor", "of") if child.i < noun.i else ("of",), child)
        elif child.dep_ in ("nmod", "obl", "acl", "nmod:desc", "appos") or child.dep_.startswith("nmod"):
            if child.pos_ in ("VERB", "AUX"):
                continue
            relations = case_relations(child, lexicon) or (("of",) if child.dep_ == "nmod" and child.i > noun.i else ())
            if relations:
                yield Slot(relations, child)
                for inner in child.children:
                    if inner.dep_ == "nmod" and (outer := tuple(r for r in case_relations(inner, lexicon) if r != "of")):
                        yield Slot(outer, inner, near=False)
        elif child.dep_ in ("amod", "compound", "flat", "nmod:att"):
            yield Slot(("adjective",), child)


def segment(token: Token) -> DocSpan:
    """The stretch of the sentence between commas and the like in which a token stands, enumerations kept whole.

    A comma bounds a clause only where verbs stand on both sides of it; so the stretch holds the clause's own phrases whatever their arcs say.
    """
    sentence = token.sent
    return next((part for part in _segments(sentence) if part.start <= token.i < part.end), sentence)


@lru_cache(maxsize=8)  # a sentence is asked for each of its verbs
def _segments(sentence: DocSpan) -> tuple[DocSpan, ...]:
    cuts = [t.i for t in sentence if t.text in _CUTS]
    merged: list[tuple[int, int, bool]] = []
    for before, end in pairwise((sentence.start - 1, *cuts, sentence.end)):
        start = before + 1
        if start == end:
            continue
        verbal = any(t.pos_ in ("VERB", "AUX") for t in sentence.doc.row[start:end])
        if merged and not (verbal and merged[-1][2]):
            merged[-1] = (merged[-1][0], end, verbal or merged[-1][2])
        else:
            merged.append((start, end, verbal))
    return tuple(sentence.doc[start:end] for start, end, _ in merged)


def stray_slots(verb: Token, lexicon: Lexicon) -> Iterator[Slot]:
    """Prepositional phrases of the verb's stretch that hang elsewhere: offered last, for roles that are still open."""
    stretch = segment(verb)
    passive = is_passive(verb)
    for case in stretch:
        if case.dep_ != "case" or case.pos_ not in ("ADP", "SCONJ", "ADV"):
            continue
        noun = case.head
        if noun.i <= case.i or noun.i >= stretch.end:
            noun = next((t for t in stretch.doc[case.i + 1 : min(case.i + 6, stretch.end)] if t.pos_ in ("NOUN", "PROPN")), noun)
        relations = [r for r in (lexicon.prepositions.get(case.lower_) or ()) if r != "of"]
        if passive and "by" in relations:
            relations = ["by", *(r for r in relations if r != "by")]
        if relations and noun.i != verb.i:
            yield Slot(tuple(relations), noun, near=False)
    yield from _bare_phrases(verb, stretch, passive)


def _bare_phrases(verb: Token, stretch: DocSpan, passive: bool) -> Iterator[Slot]:
    """Noun phrases of the stretch without a preposition: by their place before or after the finite verb a subject or an object."""
    finite = next((t for t in stretch if t.pos_ in ("VERB", "AUX") and (has(t, "VerbForm", "Fin") or t.i == verb.i)), verb)
    own = verb.edges if verb.dep_ in ("acl", "acl:relcl", "advcl", "ccomp", "xcomp") else (stretch.start, stretch.end)
    others = [t.edges for t in stretch if t.pos_ == "VERB" and t.i != verb.i and t.dep_ in ("acl:relcl", "advcl", "ccomp") and verb.is_ancestor(t)]
    for noun in stretch:
        if not own[0] <= noun.i <= own[1] or any(first <= noun.i <= last for first, last in others):
            continue
        if noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.dep_ in _INSIDE:
            continue
        if any(c.dep_ == "case" for c in noun.children) or (noun.head.pos_ in ("NOUN", "PROPN") and noun.head in stretch):
            continue
        if has(noun, "Case", "Dat") and not has(noun, "Case", "Acc"):
            yield Slot(("indirect",), noun, near=False)
        elif noun.i < finite.i and not passive:
            yield Slot(("subject", "object"), noun, near=False)
        else:
            yield Slot(("object",) if passive else ("object", "subject", "indirect"), noun, near=False)


def clause_root(token: Token) -> Token:
    """The head of the clause in which a token stands."""
    while token.dep_ not in CLAUSES and token.head is not token:
        token = token.head
    return token
