"""Who did what to whom: the grammatical slots of a trigger, read through its frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from kg.data.cargo import cargo
from kg.data.gazetteer import gazetteer
from kg.extract.lexicon import Sense, frames
from kg.extract.numerals import scale_words
from kg.extract.reading import Reading, cargo_classes, span_of
from kg.extract.syntax import Slot, case_relations, has, noun_slots, stray_slots, verb_slots
from kg.extract.triggers import Trigger, match_verb
from kg.records import Argument, Kind, Mention, Span

__all__ = ["Filled", "fill"]

_NOUN_ALIASES = {"object": ("object", "of", "modifier", "self"), "subject": ("subject", "of", "adjective")}
_LINKS = ("s", "en", "e", "n", "es", "er", "-")


@dataclass(slots=True)
class Filled:
    """A trigger with the sense taken and the roles found; ``tokens`` are the heads of the fillers by role."""

    trigger: Trigger
    sense: Sense
    arguments: list[Argument] = field(default_factory=list)
    tokens: list[tuple[str, Token]] = field(default_factory=list)

    def roles(self) -> set[str]:
        return {a.role for a in self.arguments}


@dataclass(frozen=True, slots=True)
class _Offer:
    relations: tuple[str, ...]
    token: Token
    mention: Mention
    classes: frozenset[str]
    near: bool


def fill(trigger: Trigger, reading: Reading) -> Filled | None:
    """The event that a trigger tells with its best sense; None where no sense holds."""
    offers = list(_offers(trigger, reading))
    best: tuple[tuple[int, int], Filled] | None = None
    for label in trigger.labels:
        for sense in frames().get(label, ()):
            set_right = _unswapped(sense, offers) if trigger.verbal else offers
            if not _holds(sense, set_right, trigger):
                continue
            filled = _assign(sense, set_right, trigger, reading)
            _complete(filled, reading)
            if all(filled.roles() & need for need in sense.needs) and _tells(filled, reading):
                rank = (len(filled.roles()) + bool(sense.condition), 0)
                if best is None or rank > best[0]:
                    best = (rank, filled)
                break  # the first sense of a class that holds
    return best[1] if best else None


def _tells(filled: Filled, reading: Reading) -> bool:
    """A participle before its noun ("de geleverde munitie") points back; it tells something only with more than the noun beside it."""
    token = filled.trigger.token
    if not filled.trigger.verbal or token.dep_ != "amod":
        return True
    return len(filled.roles()) > 1 or any(reading.is_time(t) for t in token.subtree)


def _holds(sense: Sense, offers: list[_Offer], trigger: Trigger) -> bool:
    for slot, optional, classes in sense.condition:
        wanted = _NOUN_ALIASES.get(slot, (slot,)) if not trigger.verbal else (slot,)
        here = [o for o in offers if set(o.relations) & set(wanted)]
        if not here:
            if not optional:
                return False
        elif not any(o.classes & classes for o in here):
            return False
    return True


def _unswapped(sense: Sense, offers: list[_Offer]) -> list[_Offer]:
    """Subject and object set right where the parser took one for the other, as the frame's own classes tell.

    Dutch and German put the subject after the verb as often as before it; "hield de douane een zending tegen" has one reading.
    """
    done = next((o for o in offers if o.near and o.relations == ("subject",)), None)
    undergone = next((o for o in offers if o.near and o.relations == ("object",)), None)
    if undergone is None or "actor" not in undergone.classes or _fits(sense, "object", undergone):
        return offers
    if not _fits(sense, "subject", undergone) or (done is not None and (_fits(sense, "subject", done) or not _fits(sense, "object", done))):
        return offers
    swapped = {id(undergone): ("subject",)} | ({id(done): ("object",)} if done is not None else {})
    return [replace(o, relations=swapped.get(id(o), o.relations)) for o in offers]


def _fits(sense: Sense, slot: str, offer: _Offer) -> bool:
    return any(rule.needs in offer.classes or rule.needs == "*" for rule in sense.slots.get(slot, ()))


def _assign(sense: Sense, offers: list[_Offer], trigger: Trigger, reading: Reading) -> Filled:
    filled = Filled(trigger, sense)
    taken: set[int] = set()
    for near in (True, False):
        for offer in offers:
            if offer.near is not near or offer.token.i in taken:
                continue
            role = _role(sense, offer)
            if role is None or (not near and role in filled.roles()):
                continue
            taken.add(offer.token.i)
            if offer.token.pos_ in ("PRON", "DET") and offer.mention.antecedent is None:
                continue
            if not _repeats(filled, role, offer.mention):
                mention = offer.mention
                if sense.type == "Shipment" and role == "object" and mention.resolved().kind is not Kind.CARGO:
                    mention = replace(mention, kind=Kind.CARGO, antecedent=None)  # what is shipped is goods, whatever it is called
                filled.arguments.append(Argument(role, mention))
                filled.tokens.append((role, offer.token))
    if sense.self_role and sense.self_role not in filled.roles():
        own = reading.mention(trigger.token)
        if own is not None:
            filled.arguments.append(Argument(sense.self_role, own))
            filled.tokens.append((sense.self_role, trigger.token))
    return filled


def _role(sense: Sense, offer: _Offer) -> str | None:
    for relation in offer.relations:
        for rule in sense.slots.get(relation, ()):
            if rule.needs == "*" or rule.needs in offer.classes:
                return rule.role
    return None


def _complete(filled: Filled, reading: Reading) -> None:
    """What the roles found imply: freight inside a vehicle, the state behind a ship, the state that expels."""
    if filled.sense.type == "Shipment":
        _unload(filled, reading)
        if not filled.roles() & {"agent", "origin"}:
            behind = next((a.mention.country for a in filled.arguments if a.role in ("instrument", "object") and a.mention.country and a.mention.antecedent is None), None)
            place = next((a.mention for a in filled.arguments if a.mention.country == behind), None) if behind else None
            if behind and place is not None and not any(a.mention.country == behind for a in filled.arguments if a.role == "patient"):
                filled.arguments.append(Argument("agent", Mention(place.span, place.text, Kind.COUNTRY, place.name, behind)))
    if filled.sense.type == "Expulsion" and "place" not in filled.roles():
        state = next((a.mention for a in filled.arguments if a.role == "agent" and a.mention.country), None)
        if state is not None:
            filled.arguments.append(Argument("place", Mention(state.span, state.text, Kind.COUNTRY, state.name, state.country)))


def _unload(filled: Filled, reading: Reading) -> None:
    """"vijf tankers met benzine": the petrol is what is sent, the tankers carry it."""
    for k, (role, token) in enumerate(filled.tokens):
        if role != "object" or "carriers" not in reading.classes(token, filled.arguments[k].mention):
            continue
        for child in token.children:
            if child.dep_ == "nmod" and set(case_relations(child, reading.lexicon)) & {"with", "of"}:
                freight = reading.mention(child)
                if freight is not None and "freight" in reading.classes(child, freight):
                    carrier = filled.arguments[k].mention
                    filled.arguments[k] = Argument("object", freight)
                    filled.tokens[k] = ("object", child)
                    filled.arguments.append(Argument("instrument", carrier))
                    filled.tokens.append(("instrument", token))
                    return


def _repeats(filled: Filled, role: str, mention: Mention) -> bool:
    """The same state or the same words twice in one role is one argument."""
    final = mention.resolved()
    for argument in filled.arguments:
        other = argument.mention.resolved()
        if other.span == final.span and argument.role == role:
            return True
        if argument.role == role and other.kind == final.kind == Kind.COUNTRY and other.country == final.country:
            return True
    return False


def _offers(trigger: Trigger, reading: Reading) -> Iterator[_Offer]:
    slots = list(_slots(trigger, reading))
    skip = {trigger.token.i, *(w.i for w in trigger.words if trigger.verbal or w.dep_ != "compound")}
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for slot in slots:
        if slot.token.i in skip:
            continue
        for token, mention in reading.fillers(slot.token):
            if (token.i, slot.relations) in seen or token.i in skip or reading.is_time(token):
                continue
            seen.add((token.i, slot.relations))
            relations = slot.relations
            if token.i != slot.token.i and (own := case_relations(token, reading.lexicon)):
                relations = own
            yield _Offer(relations, token, mention, reading.classes(token, mention), slot.near)
    if not trigger.verbal:
        demonym = reading.demonym(trigger.token)
        if demonym:
            child = next(
                (c for c in trigger.token.children if (n := reading.name(c)) is not None and n.country == demonym and n.kind == "adjective"), None
            )
            if child is not None:
                mention = Mention(span_of(child), child.text, Kind.COUNTRY, child.text, demonym)
                yield _Offer(("adjective",), child, mention, frozenset({"country", "actor", "place", "any"}), True)
        named = _modifier(trigger, reading)
        if named is not None:
            yield named
        if _counted(trigger.token, reading):
            own = reading.mention(trigger.token)
            if own is not None:
                yield _Offer(("number",), trigger.token, own, frozenset({"any"}), True)


def _counted(noun: Token, reading: Reading) -> bool:
    """A noun with a number or quantifier, or one that a verb says was, fell or was reported."""
    for child in noun.children:
        if child.dep_ in ("nummod", "nmod") and child.pos_ in ("NUM", "NOUN") and child.i < noun.i:
            return True
        if child.dep_ in ("det", "advmod", "amod") and (has(child, "PronType", "Ind") or has(child, "PronType", "Neg") or has(child, "PronType", "Tot")):
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
        yield from verb_slots(token, lexicon)
        for word in trigger.words:  # "een bezoek brengen aan": the phrase may hang on the noun of the expression
            if word.pos_ in ("NOUN", "PROPN"):
                yield from (Slot(s.relations, s.token, near=False) for s in noun_slots(word, lexicon))
        yield from stray_slots(token, lexicon)
        return
    yield from noun_slots(token, lexicon)
    if not any(t.pos_ in ("VERB", "AUX") for t in token.sent):  # a headline without a verb: its phrases belong to its event
        yield from (s for s in stray_slots(token, lexicon) if s.token.i > token.i)
    governor = token.head
    if token.dep_ in ("obj", "nsubj:pass", "obl", "nsubj", "xcomp", "obl:arg") and governor.pos_ in ("VERB", "AUX", "ADJ"):
        if match_verb(governor, lexicon.light_verbs):
            for slot in verb_slots(governor, lexicon):
                if slot.token.i != token.i and slot.relations != ("object",):
                    yield slot
    if token.dep_ == "conj":
        first = token.head
        while first.dep_ == "conj":
            first = first.head
        if first.pos_ == "NOUN":  # "verkoop en levering van wapens"
            yield from (Slot(s.relations, s.token, near=False) for s in noun_slots(first, lexicon) if s.token.i > token.i)


def _modifier(trigger: Trigger, reading: Reading) -> _Offer | None:
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
            return _Offer(("modifier",), carrier, mention, cargo_classes(slug) | {"cargo", "any"}, True)
    for stem in (text, text.capitalize()):
        code = gazetteer().country(stem, language) or gazetteer().capital(stem, language)
        if code:
            mention = Mention(span, text, Kind.COUNTRY, text, code)
            return _Offer(("modifier", "adjective"), carrier, mention, frozenset({"country", "actor", "any"}), True)
    if text.isupper() and len(text) > 1:
        mention = Mention(span, text, Kind.ORGANIZATION, text)
        return _Offer(("modifier", "adjective"), carrier, mention, frozenset({"org", "actor", "any"}), True)
    labels = set(reading.lexicon.things(*_stems(word)))
    if labels:
        mention = Mention(span, text, Kind.TOPIC, text)
        return _Offer(("modifier",), carrier, mention, frozenset(labels | {"topic", "any"}), True)
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
