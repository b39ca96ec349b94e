"""Whether an event is told as having happened: actual, attempted, planned, possible or negated.

The trigger's own auxiliaries and negations are read first, then each verb or noun that governs it, outward to the sentence's root or to the
first speech verb; the first word that decides, decides (the inner one has the narrower scope).
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.reading import Reading
from kg.extract.syntax import case_text
from kg.extract.triggers import match_verb
from kg.records import Modality

__all__ = ["modality"]

_UP = 5  # governors


def modality(trigger: Token, reading: Reading, *, claimed: bool, hearsay: bool) -> Modality:
    """The modality of the event that ``trigger`` tells.

    ``claimed`` says that a source stands for it: then "zou", "soll" and the conditional report its words and do not make it merely possible.
    """
    token, steps = trigger, 0
    came: Token | None = None
    while steps < _UP:
        found = _here(token, came, reading, claimed=claimed, own=token.i == trigger.i)
        if found is not None:
            return found
        if token.head.i == token.i or token.dep_ in ("acl:relcl", "advcl", "parataxis") or (token.dep_ == "conj" and token.head.pos_ != token.pos_):
            break
        if token.dep_ in ("nsubj", "obl", "nsubj:pass") and came is None and token.pos_ != "NOUN":
            break
        came, token, steps = token, token.head, steps + 1
        if match_verb(token, reading.lexicon.speech_verbs) and token.pos_ in ("VERB", "AUX"):
            break
    return Modality.POSSIBLE if hearsay and not claimed else Modality.ACTUAL


def _here(token: Token, came: Token | None, reading: Reading, *, claimed: bool, own: bool) -> Modality | None:
    lexicon = reading.lexicon
    if not own:
        if token.pos_ in ("VERB", "AUX", "ADJ") and _governs(came):
            matches = match_verb(token, lexicon.modal_verbs)
            if matches:
                return _verdict(Modality(matches[0][0].label), token, reading)
        if token.pos_ == "NOUN" and came is not None and came.dep_ in ("acl", "nmod", "ccomp", "obl", "xcomp"):
            labels = lexicon.modal_nouns(token.lower_, token.lemma_)
            if labels:
                return Modality(labels[0])
    auxiliary: Modality | None = None
    for child in token.children:
        if came is not None and child.i == came.i:
            continue
        low = child.lower_
        if child.dep_ in ("advmod", "det", "neg", "cc:preconj", "amod", "mark") or child.dep_.startswith("advmod"):
            labels = lexicon.modal_words(low, child.lemma_)
            if labels and (own or labels[0] == "negated" or child.dep_.startswith("advmod")):
                if child.dep_ == "amod" and not own:
                    continue
                return Modality(labels[0])
        if child.dep_ in ("aux", "aux:pass", "cop", "aux:tense") and auxiliary is None:
            matches = match_verb(child, lexicon.modal_verbs)
            if matches:
                label = Modality(matches[0][0].label)
                if label is Modality.POSSIBLE and claimed and _evidential(child, reading):
                    continue
                auxiliary = label
        if own and child.dep_ in ("obj", "nsubj:pass", "nsubj", "nmod", "obl:agent", "obl"):
            for inner in child.children:
                if inner.dep_ in ("det", "advmod") and "negated" in lexicon.modal_words(inner.lower_, inner.lemma_):
                    return Modality.NEGATED
        if own and child.dep_ == "case" and lexicon.modal_prepositions(low):
            return Modality(lexicon.modal_prepositions(low)[0])
    if auxiliary is not None:
        return auxiliary
    if own and case_text(token) and (labels := lexicon.modal_prepositions(case_text(token).split()[0])):
        return Modality(labels[0])
    return None


def _governs(came: Token | None) -> bool:
    """A verb decides for its complement, not for a clause that merely stands beside it."""
    return came is not None and came.dep_ in ("xcomp", "ccomp", "obj", "obl", "nsubj:pass", "obl:arg", "csubj", "csubj:pass", "advcl", "nsubj", "iobj")


def _verdict(label: Modality, token: Token, reading: Reading) -> Modality:
    """A negated plan or attempt did not come to be; a negated refusal did."""
    negated = any("negated" in reading.lexicon.modal_words(c.lower_, c.lemma_) for c in token.children if c.dep_ in ("advmod", "neg", "det"))
    if negated and label is Modality.NEGATED:
        return Modality.ACTUAL
    return Modality.NEGATED if negated and label is not Modality.POSSIBLE else label


def _evidential(auxiliary: Token, reading: Reading) -> bool:
    """"zou", "soll", "aurait" beside a source report the source's words."""
    return auxiliary.lower_ in _EVIDENTIALS.get(reading.language, ())


_EVIDENTIALS = {
    "nl": frozenset({"zou", "zouden"}),
    "de": frozenset({"soll", "sollen", "solle", "sollten"}),
    "fr": frozenset({"aurait", "auraient", "serait", "seraient"}),
}
