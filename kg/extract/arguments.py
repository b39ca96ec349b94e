"""Who did what to whom: the grammatical slots of a trigger, read through its frame."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.extract.lexicon import Sense, frames
from kg.extract.offers import Offer, offers
from kg.extract.reading import Reading
from kg.extract.tokens import Token
from kg.extract.triggers import Trigger
from kg.records import Kind, Mention

__all__ = ["Filled", "Found", "fill", "in_role"]

_ACTING = frozenset({"agent", "participant"})
_NOUN_ALIASES = {"object": ("object", "of", "modifier", "self"), "subject": ("subject", "of", "adjective")}


@dataclass(frozen=True, slots=True)
class Found:
    """A mention in a role, with the token that heads it."""

    role: str
    mention: Mention
    token: Token


@dataclass(slots=True)
class Filled:
    """A trigger with the sense taken and the roles found."""

    trigger: Trigger
    sense: Sense
    found: list[Found] = field(default_factory=list)

    def roles(self) -> set[str]:
        """The roles that have a filler."""
        return {f.role for f in self.found}

    def heads(self) -> set[int]:
        """The tokens that head the fillers."""
        return {f.token.i for f in self.found}


def fill(trigger: Trigger, reading: Reading) -> Filled | None:
    """The event that a trigger tells with its best sense; None where no sense holds."""
    offered = list(offers(trigger, reading))
    best: tuple[int, Filled] | None = None
    for label in trigger.labels:
        for sense in frames().get(label, ()):
            suited = [_suited(sense, o) for o in offered]
            set_right = _rescued(sense, _unswapped(sense, suited)) if trigger.verbal else suited
            if not _holds(sense, set_right, trigger):
                continue
            filled = _assign(sense, set_right, trigger, reading)
            if all(filled.roles() & need for need in sense.needs) and _tells(filled, reading):
                rank = len(filled.roles()) + bool(sense.condition)
                if best is None or rank > best[0]:
                    best = (rank, filled)
                break  # the first sense of a class that holds
    return best[1] if best else None


def _suited(sense: Sense, offer: Offer) -> Offer:
    """A pronoun read as the likeliest of its antecedents that the frame takes in one of its slots."""
    if not offer.others or _wished(sense, offer.relations, offer.classes):
        return offer
    fitting = next(((m, classes) for m, classes in offer.others if _wished(sense, offer.relations, classes)), None)
    return replace(offer, mention=fitting[0], classes=fitting[1]) if fitting is not None else offer


def _wished(sense: Sense, relations: tuple[str, ...], classes: frozenset[str]) -> bool:
    """Whether the frame asks for such a filler in one of the relations: by its condition where it has one, else by the slot's own list."""
    for relation in relations:
        wanted = next((want for slot, _, want in sense.condition if slot == relation), None)
        if wanted is None:
            rules = sense.slots.get(relation, ())
            wanted = frozenset(rule.needs for rule in rules if rule.needs != "*" or len(rules) == 1)
        if "*" in wanted or wanted & classes:
            return True
    return False


def _tells(filled: Filled, reading: Reading) -> bool:
    """A participle before its noun ("de geleverde munitie") points back; it tells something only with more than the noun beside it."""
    token = filled.trigger.token
    if not filled.trigger.verbal or not (token.dep_ == "amod" or (token.dep_ == "acl" and not any(c.dep_ != "punct" for c in token.children))):
        return True
    return len(filled.roles()) > 1 or any(reading.is_time(t) for t in token.subtree)


def _holds(sense: Sense, offered: list[Offer], trigger: Trigger) -> bool:
    for slot, optional, classes in sense.condition:
        wanted = _NOUN_ALIASES.get(slot, (slot,)) if not trigger.verbal else (slot,)
        here = [o for o in offered if set(o.relations) & set(wanted)]
        if any(o.classes & classes for o in here):
            continue
        named = here if trigger.verbal else [o for o in here if slot in o.relations or "modifier" in o.relations]
        if not optional or named:  # a genitive beside an event noun may be who does it
            return False
    return True


def _unswapped(sense: Sense, offered: list[Offer]) -> list[Offer]:
    """Subject and object set right where the parser took one for the other, as the frame's own classes tell.

    Dutch and German put the subject after the verb as often as before it; "hield de douane een zending tegen" has one reading.
    """
    done = next((o for o in offered if o.near and o.relations == ("subject",)), None)
    undergone = next((o for o in offered if o.near and o.relations == ("object",)), None)
    if undergone is None or "actor" not in undergone.classes or _fits(sense, "object", undergone):
        return offered
    if not _fits(sense, "subject", undergone) or (done is not None and (_fits(sense, "subject", done) or not _fits(sense, "object", done))):
        return offered
    swapped = {id(undergone): ("subject",)} | ({id(done): ("object",)} if done is not None else {})
    return [replace(o, relations=swapped.get(id(o), o.relations)) for o in offered]


def _rescued(sense: Sense, offered: list[Offer]) -> list[Offer]:
    """The object that the frame asks for, found in a phrase that no preposition governs though the parser hung it elsewhere.

    Only where the verb has no object of its own but an actor, which then is whom it is given to: "Pemex sold Havana close to 17,000 barrels".
    """
    wanted = next((classes for slot, _, classes in sense.condition if slot == "object"), None)
    if wanted is None or "object" not in sense.slots or any("object" in o.relations and o.classes & wanted for o in offered if o.near):
        return offered
    own = [o for o in offered if o.near and o.relations == ("object",)]
    if any("actor" not in o.classes for o in own) or (own and "indirect" not in sense.slots):
        return offered
    found = next((o for o in offered if o.classes & wanted and o.bare and o not in own and "subject" not in o.relations[:1]), None)
    if found is None:
        return offered
    whom = {id(o) for o in own}
    rest = [replace(o, relations=("indirect",)) if id(o) in whom else o for o in offered]
    return [replace(o, relations=("object",), near=True) if o.token.i == found.token.i else o for o in rest]


def _fits(sense: Sense, slot: str, offer: Offer) -> bool:
    """Whether a slot of the frame is made for such a filler; "anything else" at the end of a list is no wish."""
    rules = sense.slots.get(slot, ())
    return any(rule.needs in offer.classes for rule in rules) or (len(rules) == 1 and rules[0].needs == "*")


def _assign(sense: Sense, offered: list[Offer], trigger: Trigger, reading: Reading) -> Filled:
    filled = Filled(trigger, sense)
    taken: dict[int, tuple[bool, str]] = {}
    for near in (True, False):
        for offer in offered:
            if offer.near is not near:
                continue
            role = _role(sense, offer)
            if role is None or taken.get(offer.token.i, (near, role)) != (near, role):
                continue
            if not near and role in {f.role for f in filled.found if f.token.i != offer.token.i} and not _gapped(filled, role, offer.token):
                continue
            if sense.type == "Shipment":
                if role == "place" and not near and offer.token.head.i in filled.heads():
                    continue  # "een afnemer in Kirgizië": where the buyer is
                if role == "destination" and offer.relations[:1] == ("to",) and reading.lexicon.compounds:
                    role = "patient"  # Dutch "aan" and German "an" give to somebody, be it a factory
            taken[offer.token.i] = near, role
            if offer.token.pos_ in ("PRON", "DET") and offer.mention.antecedent is None:
                continue
            if not _repeats(filled, role, offer.mention):
                filled.found.append(Found(role, in_role(sense.type, role, offer.mention), offer.token))
    if sense.self_role and sense.self_role not in filled.roles():
        own = reading.mention(trigger.token)
        if own is not None:
            filled.found.append(Found(sense.self_role, own, trigger.token))
    return filled


def in_role(type_: str, role: str, mention: Mention) -> Mention:
    """A mention as what its role makes of it: what is shipped is goods, whatever it is called, and who acts is somebody."""
    if type_ == "Shipment" and role == "object" and mention.resolved().kind is not Kind.CARGO:
        return replace(mention, kind=Kind.CARGO, antecedent=None)
    if role in _ACTING and mention.kind is Kind.TOPIC:
        return replace(mention, kind=Kind.GROUP)
    return mention


def _gapped(filled: Filled, role: str, token: Token) -> bool:
    """A second filler of a role that belongs to a second filler of another: "verkocht A aan B en C aan D"."""
    lead = next((f for f in filled.found if f.token.i == token.head.i), None)
    return lead is not None and lead.role != role and lead.token.dep_ == "conj" and any(f.token.i == lead.token.head.i for f in filled.found)


def _role(sense: Sense, offer: Offer) -> str | None:
    for relation in offer.relations:
        for rule in sense.slots.get(relation, ()):
            if rule.needs == "*" or rule.needs in offer.classes:
                return rule.role
    if offer.near and offer.relations == ("subject",) and offer.mention.kind is Kind.TOPIC and offer.token.pos_ == "NOUN":
        # who acts is an actor, whatever the noun: "the jury", "Zollfahnder"
        return next((rule.role for rule in sense.slots.get("subject", ()) if rule.needs == "actor"), None)
    return None


def _repeats(filled: Filled, role: str, mention: Mention) -> bool:
    """The same state or the same words twice in one role is one argument."""
    final = mention.resolved()
    for found in filled.found:
        other = found.mention.resolved()
        if other.span == final.span and found.role == role:
            return True
        if found.role == role and other.kind == final.kind == Kind.COUNTRY and other.country == final.country:
            return True
    return False
