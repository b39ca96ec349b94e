"""What a trigger's clause offers for its roles: each dependent with its mention, its relations and its semantic classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.dates import get_day_names

from kg.data.cargo import cargo
from kg.data.gazetteer import gazetteer
from kg.data.units import units
from kg.extract.classes import cargo_classes
from kg.extract.numerals import scale_words
from kg.extract.reading import Reading, span_of
from kg.extract.syntax import Slot, case_relations, case_text, has, noun_slots, stray_slots, verb_slots
from kg.extract.tokens import Token
from kg.extract.triggers import Trigger, match_verb
from kg.records import Kind, Language, Mention, Span

__all__ = ["Offer", "offers"]

_LINKS = ("s", "en", "e", "n", "es", "er", "-")
_DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_QUANTIFIERS = ("Ind", "Neg", "Tot")


@dataclass(frozen=True, slots=True)
class Offer:
    """A mention that may fill a role; ``near`` is false for one that hangs elsewhere in the clause.

    ``others`` are what a pronoun may stand for besides, with their classes, the likeliest first. ``bare`` tells that no preposition stands
    right before the phrase, whatever its arcs say.
    """

    relations: tuple[str, ...]
    token: Token
    mention: Mention
    classes: frozenset[str]
    near: bool
    others: tuple[tuple[Mention, frozenset[str]], ...] = ()
    bare: bool = False


def offers(trigger: Trigger, reading: Reading) -> Iterator[Offer]:
    slots = list(_slots(trigger, reading))
    skip = {trigger.token.i, *(w.i for w in trigger.words if trigger.verbal or w.dep_ != "compound")}
    seen: set[tuple[int, tuple[str, ...], Span]] = set()
    for slot in slots:
        if slot.token.i in skip:
            continue
        for token, mention in reading.fillers(slot.token):
            key = (token.i, slot.relations, mention.resolved().span)
            if key in seen or token.i in skip or reading.tells_otherwise(token) or _is_duration(token, reading):
                continue
            seen.add(key)
            relations = slot.relations
            if token.dep_ == "conj" and token.i != slot.token.i and (own := case_relations(token, reading.lexicon)):
                relations = own
            others = tuple((m, reading.classes(token, m)) for m in reading.readings(token)[1:])
            yield Offer(relations, token, mention, reading.classes(token, mention), slot.near, others, _bare(slot.token))
    if not trigger.verbal:
        demonym = reading.demonym(trigger.token)
        if demonym:
            child = next(
                (c for c in trigger.token.children if (n := reading.name(c)) is not None and n.country == demonym and n.kind == "adjective"), None
            )
            if child is not None:
                mention = Mention(span_of(child), child.text, Kind.COUNTRY, child.text, demonym)
                yield Offer(("adjective",), child, mention, frozenset({"country", "actor", "place", "any"}), True)
        named = _modifier(trigger, reading)
        if named is not None:
            yield named
        if _counted(trigger.token, reading):
            counted = reading.mention(trigger.token)
            if counted is not None:
                yield Offer(("number",), trigger.token, counted, frozenset({"any"}), True)


def _bare(noun: Token) -> bool:
    """Whether no preposition stands right before a noun, its adjectives, numerals and determiners; of a coordination the first part decides."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN") and noun.head.i < noun.i:
        noun = noun.head
    for before in reversed(noun.doc[noun.sent.start : noun.i]):
        if before.pos_ not in _BEFORE_NOUN and not (before.head.i == noun.i and before.dep_ in _PARTS):
            return before.pos_ != "ADP"
    return True


_BEFORE_NOUN = frozenset({"DET", "NUM", "ADJ", "ADV", "SYM"})
_PARTS = frozenset({"compound", "flat", "amod", "nummod", "nmod:poss", "advmod", "punct"})


def _is_duration(token: Token, reading: Reading) -> bool:
    """Days and years fill no role, but for the years of a sentence."""
    low, joins = token.lower_, reading.lexicon.compounds
    if token.pos_ in ("NOUN", "PROPN") and any(low == day or (joins and low.startswith(day)) for day in weekdays(reading.language)):
        return True
    unit = units().find(token.lower_, reading.language) or units().find(token.lemma_, reading.language)
    return unit in _DURATIONS and "penalty" not in reading.labels(token)


@cache
def weekdays(language: Language) -> frozenset[str]:
    """The names of the days of the week in lower case."""
    return frozenset(name.lower() for name in get_day_names("wide", locale=language).values())


def _counted(noun: Token, reading: Reading) -> bool:
    """A noun with a number or quantifier, or one that a verb says was, fell or was reported."""
    for child in noun.children:
        if child.dep_ in ("nummod", "nmod") and child.pos_ in ("NUM", "NOUN") and child.i < noun.i:
            return True
        if child.dep_ in ("det", "advmod", "amod") and any(has(child, "PronType", kind) for kind in _QUANTIFIERS):
            return not has(child, "Definite", "Ind")
    if noun.head.pos_ == "NUM" or noun.head.lower_ in scale_words(reading.language):
        return True
    governor = noun.head
    return noun.dep_ in ("nsubj", "nsubj:pass", "obj") and any(
        e.label in ("light", "die", "kill") for index in (reading.lexicon.light_verbs, reading.lexicon.verbs) for e, _ in match_verb(governor, index)
    )


def _slots(trigger: Trigger, reading: Reading) -> Iterator[Slot]:
    token, lexicon = trigger.token, reading.lexicon
    if trigger.verbal:
        words = {w.i for w in trigger.words}
        if token.pos_ == "NOUN" and token.dep_ == "ROOT":  # a headline's verb taken for a noun: "India test raket"
            for child in token.children:
                if child.pos_ in ("NOUN", "PROPN") and not case_text(child):
                    yield Slot(("subject",) if child.i < token.i else ("object",), child)
        yield from (_of_whom(_own_object(slot, words), trigger) for slot in verb_slots(token, lexicon))
        for word in trigger.words:  # "een bezoek brengen aan": the phrase may hang on the noun of the expression
            if word.pos_ in ("NOUN", "PROPN"):
                yield from (Slot(s.relations, s.token, near=False) for s in noun_slots(word, lexicon))
        yield from stray_slots(token, lexicon)
        return
    yield from noun_slots(token, lexicon)
    if not any(t.pos_ in ("VERB", "AUX") for t in token.sent):  # a headline without a verb: its phrases belong to its event
        yield from (s for s in stray_slots(token, lexicon) if s.token.i > token.i)
    governor = token.head
    carried = token.dep_ in ("obj", "nsubj:pass", "obl", "nsubj", "xcomp", "obl:arg") and governor.pos_ in ("VERB", "AUX", "ADJ")
    if carried and match_verb(governor, lexicon.light_verbs):
        yield from (s for s in verb_slots(governor, lexicon) if s.token.i != token.i and s.relations != ("object",))
    for child in token.children:  # "an attack carried out by X against Y"
        if child.dep_ in ("acl", "amod") and child.pos_ in ("VERB", "ADJ") and match_verb(child, lexicon.light_verbs):
            yield from (s for s in verb_slots(child, lexicon) if s.token.i != token.i)
    if token.dep_ == "conj":
        first = token.head
        while first.dep_ == "conj":
            first = first.head
        if first.pos_ == "NOUN":  # "verkoop en levering van wapens"
            yield from (Slot(s.relations, s.token, near=False) for s in noun_slots(first, lexicon) if s.token.i > token.i)


def _own_object(slot: Slot, words: set[int]) -> Slot:
    """A phrase whose preposition is the verb's own particle is its object: "handed over the missiles"."""
    return Slot(("object",), slot.token) if any(c.dep_ == "case" and c.i in words for c in slot.token.children) else slot


def _of_whom(slot: Slot, trigger: Trigger) -> Slot:
    """French buys, orders and steals "à" somebody: from whom, not to whom."""
    labels = set(trigger.labels)
    takes = bool(labels & {"acquire", "steal_digital"}) and not labels & {"ship", "transfer"}
    return Slot(("from",), slot.token, slot.near) if takes and slot.token.doc.lang_ == "fr" and "to" in slot.relations else slot


def _modifier(trigger: Trigger, reading: Reading) -> Offer | None:
    """What the first part of a compound names: goods, a state, a body."""
    if not trigger.modifier:
        return None
    language, token = reading.language, trigger.token
    word = trigger.modifier
    start = token.text.lower().find(word.lower())
    if start >= 0:
        span = Span(token.idx + start, token.idx + start + len(word))
        text = reading.article.text[span.start : span.end]
        carrier = token
    else:
        carrier = next((c for c in token.children if c.text == word), token)
        if carrier.i == token.i:
            return None
        span, text = span_of(carrier), carrier.text
    for stem in _stems(word):
        slug = cargo().find(stem, language)
        if slug is None:
            cut = cargo().head(stem, language)
            slug = cut[1] if cut else None
        if slug:
            mention = Mention(span, text, Kind.CARGO, text, None, slug)
            return Offer(("modifier",), carrier, mention, cargo_classes(slug) | {"cargo", "any"}, True)
    for stem in (text, text.capitalize()):
        code = gazetteer().country(stem, language) or gazetteer().capital(stem, language)
        if code:
            mention = Mention(span, text, Kind.COUNTRY, text, code)
            return Offer(("modifier", "adjective"), carrier, mention, frozenset({"country", "actor", "any"}), True)
    if text.isupper() and len(text) > 1:
        mention = Mention(span, text, Kind.ORGANIZATION, text)
        return Offer(("modifier", "adjective"), carrier, mention, frozenset({"org", "actor", "any"}), True)
    labels = set(reading.lexicon.things(*_stems(word)))
    if labels:
        mention = Mention(span, text, Kind.TOPIC, text)
        return Offer(("modifier",), carrier, mention, frozenset(labels | {"topic", "any"}), True)
    return None


def _stems(word: str) -> list[str]:
    """A compound's first part without linking letters: wapen(s)-, munitie-, Waffen-, Panzer-, Regierung(s)-."""
    low = word.lower()
    stems = [low]
    for link in _LINKS:
        if low.endswith(link) and len(low) - len(link) >= 3:
            stems.append(low[: -len(link)])
    stems.extend(low + ending for ending in ("en", "s", "e", "n"))
    return stems
