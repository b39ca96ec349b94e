"""Whether an event is told as having happened: actual, attempted, planned, possible or negated.

The trigger's own auxiliaries, negations and modifiers are read first, then each verb or noun that governs it, outward to the first verb of
speech or the end of its clause. Of all that is found the strongest counts: what did not come to be stays so whether it was planned or tried.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.reading import Reading
from kg.extract.syntax import case_text, clause_root, closed, has, infinitive_negated
from kg.extract.tokens import Token
from kg.extract.triggers import match_verb
from kg.records import Modality

__all__ = ["is_evidential", "modality", "negating_word", "told_ahead"]

_UP = 6  # governors
_STRONGEST = (Modality.NEGATED, Modality.ATTEMPTED, Modality.PLANNED, Modality.POSSIBLE)
_LABELS = frozenset(m.value for m in Modality)
_AUXILIARY = frozenset({"aux", "aux:pass", "cop", "aux:tense", "aux:caus"})
_COMPLEMENT = frozenset({"xcomp", "ccomp", "obj", "obl", "nsubj:pass", "obl:arg", "csubj", "csubj:pass", "nsubj", "iobj", "nsubj:outer"})
_INFINITIVE_CLAUSE = frozenset({"advcl", "acl"})
_MODIFIER = frozenset({"advmod", "det", "neg", "cc:preconj", "cc", "amod", "mark", "advmod:emph"})


def modality(
    trigger: Token, reading: Reading, *, claimed: bool, hearsay: bool, denied: bool = False, suspected: bool = False, cancels: bool = False
) -> Modality:
    """The modality of the event that ``trigger`` tells.

    ``claimed`` says that a source stands for it: then "zou", "soll" and the conditional report its words and do not make it merely possible.
    ``denied``: the negation is a denial by that source and leaves the event as it is; ``suspected``: the source takes it for possible only.
    ``cancels``: the event's own word may tell its end or its contrary ("een verdrag opzeggen", "Freispruch").
    """
    found: set[Modality] = set()
    if trigger.pos_ in ("VERB", "AUX") and all(e.words for e, _ in match_verb(trigger, reading.lexicon.verbs)):
        # "bereitet Sanktionen vor": the verb beside the event's noun itself tells a plan
        found.update(Modality(e.label) for e, _ in match_verb(trigger, reading.lexicon.modal_verbs) if e.label == "planned")
    if cancels and _is_contrary(trigger, reading):
        found.add(Modality.NEGATED)
    for token, came in _chain(trigger, reading):
        found.update(_labels(token, came, reading, claimed=claimed, denied=denied))
    for label in _STRONGEST:
        if label in found:
            return label
    if suspected or (hearsay and not claimed) or _asked(trigger):
        return Modality.POSSIBLE
    return Modality.ACTUAL


def _is_contrary(trigger: Token, reading: Reading) -> bool:
    lexicon = reading.lexicon
    if trigger.pos_ in ("VERB", "AUX"):
        return any(e.label == "negated" for e, _ in match_verb(trigger, lexicon.modal_verbs))
    return "negated" in lexicon.modal_nouns(trigger.lower_, trigger.lemma_)


def negating_word(trigger: Token, reading: Reading) -> Token | None:
    """The word of negation ("niet", "kein", "never") that an event's clause holds."""
    for token, came in _chain(trigger, reading):
        if (word := _negation(token, came, reading)) is not None:
            return word
    return None


def told_ahead(trigger: Token, reading: Reading) -> bool:
    """Whether the event's clause is told as still to come."""
    return any(_future(token, reading) or _plans(token, reading) for token, _ in _chain(trigger, reading))


def _plans(token: Token, reading: Reading) -> bool:
    """Whether an auxiliary looks ahead: "zal", "will", "wollen"."""
    auxiliaries = (c for c in token.children if c.dep_ in _AUXILIARY and not _reports(c, token, reading))
    return any(e.label == "planned" for c in auxiliaries for e, _ in match_verb(c, reading.lexicon.modal_verbs)[:1])


def is_evidential(clause: Token, reading: Reading) -> bool:
    """Whether a clause stands in the form that reports what others say: "zou hebben", "soll haben", "aurait"."""
    return any(_reports(t, clause, reading) for t in (clause, *clause.children))


def _chain(trigger: Token, reading: Reading) -> Iterator[tuple[Token, Token | None]]:
    """The trigger and what governs it, each with the token that leads down to the trigger."""
    came: Token | None = None
    token = trigger
    for _ in range(_UP):
        yield token, came
        if token.head.i == token.i or token.dep_ in ("acl:relcl", "parataxis", "ROOT"):
            return
        stands_alone = token.head.pos_ != token.pos_ or any(c.dep_ in _AUXILIARY or c.dep_.startswith("nsubj") for c in token.children)
        if token.dep_ == "conj" and stands_alone:
            return
        if token.dep_ in ("advcl", "acl", "amod") and token.pos_ != "NOUN" and not _is_infinitive(token):
            return
        if token.pos_ in ("VERB", "AUX") and token.dep_ in ("nsubj", "obl") and came is None:
            return
        if token.dep_ == "obl" and token.pos_ == "NOUN" and not match_verb(token.head, reading.lexicon.modal_verbs) and token.i != trigger.i:
            return
        came, token = token, token.head
        if token.pos_ in ("VERB", "AUX") and match_verb(token, reading.lexicon.speech_verbs) and not match_verb(token, reading.lexicon.modal_verbs):
            return


def _is_infinitive(token: Token) -> bool:
    """A clause with an infinitive is carried by what governs it; a participle or a finite verb stands for itself."""
    if any(c.dep_ in _AUXILIARY and has(c, "VerbForm", "Fin") for c in token.children) or has(token, "VerbForm", "Part"):
        return has(token, "VerbForm", "Part") and any(c.dep_ in _AUXILIARY and has(c, "VerbForm", "Inf") for c in token.children)
    return has(token, "VerbForm", "Inf") or token.dep_ == "xcomp"


def _labels(token: Token, came: Token | None, reading: Reading, *, claimed: bool, denied: bool) -> Iterator[Modality]:
    lexicon = reading.lexicon
    if came is not None:
        yield from _governor(token, came, reading)
    if not denied and _negation(token, came, reading) is not None and not _takes_back(token, came, reading):
        yield Modality.NEGATED
    if _future(token, reading):
        yield Modality.PLANNED
    for child in token.children:
        if came is not None and child.i == came.i:
            continue
        if child.dep_ in _AUXILIARY and not _reports(child, token, reading):
            yield from (Modality(e.label) for e, _ in match_verb(child, lexicon.modal_verbs)[:1] if e.label in _LABELS)
        elif child.dep_ == "mark" and "condition" in lexicon.modal_words(child.lower_) and not _past(token):
            yield Modality.POSSIBLE
        elif child.dep_ in _MODIFIER and (came is None or child.dep_ != "amod"):
            labels = [x for x in lexicon.modal_words(child.lower_, child.lemma_) if x in _LABELS and x != "negated"]
            if labels and not (labels[0] == "planned" and child.dep_ == "advmod" and _past(token)):
                yield Modality(labels[0])
    if not claimed and is_evidential(token, reading):
        yield Modality.POSSIBLE
    if came is None and (text := case_text(token)) and (labels_ := lexicon.modal_prepositions(text, text.split()[0])):
        yield Modality(labels_[0])


def _governor(token: Token, came: Token, reading: Reading) -> Iterator[Modality]:
    """What a verb or noun says of its complement: "weigert te", "plan om", "poging tot"."""
    lexicon = reading.lexicon
    if token.pos_ == "NOUN" and came.dep_ in ("acl", "nmod", "ccomp", "obl", "xcomp", "advcl", "compound"):
        labels = [x for x in lexicon.modal_nouns(token.lower_, token.lemma_) if x in _LABELS]
        yield from (Modality(x) for x in labels[:1])
    elif came.dep_ in _COMPLEMENT | _INFINITIVE_CLAUSE:
        matches = [e for e, _ in match_verb(token, lexicon.modal_verbs) if e.label in _LABELS]
        if matches and not (came.dep_ == "obl" and came.pos_ == "VERB"):
            label = Modality(matches[0].label)
            negated = _negation(token, came, reading) is not None
            if negated and label is Modality.NEGATED:
                return  # "weigerde niet"
            yield Modality.NEGATED if negated and label is not Modality.POSSIBLE else label


def _takes_back(token: Token, came: Token | None, reading: Reading) -> bool:
    """Whether a negation only undoes a refusal, or touches a verb that says nothing of its phrase: "reageerde niet op de aanval"."""
    if came is None:
        return False
    if came.dep_ == "conj" and not any(c.dep_ == "cc" and c.lower_ in closed("shared_negation", c) for c in came.children):
        return True
    if came.dep_ == "obl" and came.pos_ in ("NOUN", "PROPN"):
        return True
    return any(e.label in ("negated", "possible") for e, _ in match_verb(token, reading.lexicon.modal_verbs))




def _negation(token: Token, came: Token | None, reading: Reading) -> Token | None:
    """The negation of a clause: an adverb of its head, or a determiner or adverb on one of its phrases."""
    words = reading.lexicon.modal_words
    for child in token.children:
        if came is not None and child.i == came.i:
            continue
        modifies = (child.dep_ in _MODIFIER or child.dep_.startswith("advmod")) and child.dep_ != "amod"
        if modifies and _negates(child, reading) and infinitive_negated(child) in (None, token):
            return child
        phrase = child.dep_ in ("obj", "nsubj:pass", "nsubj", "nmod", "obl:agent", "iobj") or (child.dep_ == "obl" and child.i < token.i)
        if came is None and phrase:
            if child.pos_ == "PRON" and "negated" in words(child.lower_):
                return child
            if (inner := next((c for c in child.children if c.dep_ in ("det", "advmod") and _negates(c, reading)), None)) is not None:
                return inner
    first = min((c.i for c in token.children if c.dep_ in _AUXILIARY), default=token.i)
    before = token.doc[first - 1] if first > token.sent.start else None
    if before is not None and infinitive_negated(before) == token and _negates(before, reading):
        return before
    if came is not None and came.dep_ in ("obj", "nsubj:pass", "nsubj"):
        return next((c for c in came.children if c.dep_ == "det" and _negates(c, reading)), None)
    return None


def _negates(word: Token, reading: Reading) -> bool:
    """A word of negation that no "only" or "less" after it turns round; French "plus" and "personne" with their "ne"."""
    words = reading.lexicon.modal_words
    following = word.nbor(1) if word.i + 1 < word.sent.end else None
    if following is not None and "focus" in words(following.lower_):
        return False
    if "negated" in words(word.lower_, word.lemma_):
        return True
    return "ceased" in words(word.lower_) and any(c.lower_ in ("ne", "n'", "n’") for c in word.head.children)


def _future(token: Token, reading: Reading) -> bool:
    """German "werden" with an infinitive, French futur, "are to meet", or a present with a word that points ahead ("volgende maand")."""
    auxiliaries = [c for c in token.children if c.dep_ in _AUXILIARY]
    if reading.language == "en" and _is_to(token):
        return True
    if reading.language == "fr":
        return any(t.pos_ in ("VERB", "AUX") and (has(t, "Tense", "Fut") or _french_future(t)) for t in (token, *auxiliaries))
    if reading.language == "de":
        for aux in auxiliaries:
            low = aux.lower_
            infinitive = has(token, "VerbForm", "Inf") and aux.dep_ != "aux:pass"
            if low in closed("future", token) and (infinitive or _passive_infinitive(token, aux) or any(c.dep_ == "obj" for c in token.children)):
                return True  # a passive has no object
            if low in closed("hearsay", token) and not _perfect(token):
                return True
    if token.pos_ not in ("VERB", "AUX") or _past(token):
        return False
    for child in token.children:
        if child.dep_.startswith(("obl", "advmod", "nmod")) and child.pos_ in ("NOUN", "ADV", "PROPN"):
            phrase = sorted(child.subtree, key=lambda t: t.i)
            if 1 < len(phrase) <= 3 and reading.lexicon.modal_words(" ".join(t.lower_ for t in phrase))[:1] == ("planned",):
                return True
    return False


def _is_to(verb: Token) -> bool:
    """ "Envoys are to meet", "are due to meet", "is to be delivered": a present of "be", then "to" before the infinitive, whatever they hang on."""
    helpers = [c for c in verb.children if c.lemma_ == "be" and c.i < verb.i]
    first = min((c.i for c in helpers if c.lower_ == "be"), default=verb.i)
    to = verb.doc[first - 1] if first > verb.sent.start else None
    return to is not None and to.lower_ == "to" and any(has(c, "Tense", "Pres") and has(c, "VerbForm", "Fin") and c.i < to.i for c in helpers)


def _french_future(verb: Token) -> bool:
    """By its ending, apart from the passé simple of verbs in -rer ("livra", "tira")."""
    low = verb.lower_
    return low.endswith(("eront", "iront", "dront", "rront", "era", "dra", "rra")) or (low.endswith("ira") and verb.lemma_.endswith("ir"))


def _passive_infinitive(token: Token, aux: Token) -> bool:
    """ "wird geliefert werden": the passive auxiliary stands as an infinitive beside the finite one."""
    return any(c.i != aux.i and c.lower_ == "werden" and c.i > token.i for c in token.children)


def _perfect(token: Token) -> bool:
    return any(c.lower_ in closed("perfect_infinitive", c) for c in token.children if c.dep_ in _AUXILIARY)


def _reports(word: Token, clause: Token, reading: Reading) -> bool:
    """Whether a word is the evidential of a clause: a listed form, German only with a perfect infinitive, or a French conditional."""
    if word.pos_ not in ("VERB", "AUX"):
        return False
    if word.i != clause.i and word.dep_ not in _AUXILIARY:
        return False
    if any(e.label == "evidential" for e in reading.lexicon.modal_verbs.joined(word.lower_)):
        return reading.language != "de" or _perfect(clause)
    return reading.language == "fr" and has(word, "Mood", "Cnd") and word.lower_ not in closed("advice", word)


def _past(token: Token) -> bool:
    finite = [token, *(c for c in token.children if c.dep_ in _AUXILIARY)]
    return any(has(t, "Tense", "Past") and has(t, "VerbForm", "Fin") for t in finite) or any(
        c.lemma_ in closed("perfect_lemma", c) for c in token.children if c.dep_ in _AUXILIARY
    )


def _asked(trigger: Token) -> bool:
    """A question tells nothing as having happened."""
    last = next((t for t in reversed(trigger.sent) if not t.is_space and t.text not in ("“", "”", "»", '"', "’")), None)
    return last is not None and last.text == "?" and clause_root(trigger).dep_ in ("ROOT", "ccomp", "conj")
