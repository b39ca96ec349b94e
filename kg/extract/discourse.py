"""Roles that a clause leaves open, filled from the text around it as a careful reader does.

The events of an article are read again in order. What one leaves open is taken from the event it belongs to (a casualty and its attack, a
seizure and the arrests beside it), from the event that its definite noun resumes, from the goods that it points back to, or from the places and
subjects of its sentence. The rules are data (``kg/data/discourse.yaml``); a role that is filled is never changed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import msgspec

from kg.data import load
from kg.data.gazetteer import gazetteer
from kg.extract.reading import Reading
from kg.extract.syntax import case_relations, closed, has, is_passive, subject
from kg.extract.tokens import Token
from kg.extract.triggers import match_verb
from kg.records import Argument, Event, Interval, Kind, Mention, Modality, Span, Stance

__all__ = ["fill_from_context"]


class _Link(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    type: str
    before: str
    reach: int
    roles: dict[str, list[str]]
    time: bool = False


class _Resumes(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    reach: int
    roles: list[str]


class _Goods(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    type: str
    reach: int
    roles: list[str]


class _Places(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    within: list[str]
    before: list[str]


class _Rules(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    links: list[_Link]
    kinds: dict[str, list[Kind]]
    resumes: _Resumes
    goods: _Goods
    actors: list[str]
    places: _Places
    seats: list[str]
    blamed: list[str]


@cache
def _rules() -> _Rules:
    return load("discourse.yaml", _Rules)


def fill_from_context(events: Sequence[Event], reading: Reading) -> list[Event]:
    """The events of one article, in the order of the text, with the roles and times that the text around them tells."""
    return _Discourse(reading).read(events)


class _Discourse:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sentences = reading.sentences
        self._starts = [s.start_char for s in self.sentences]
        self.rules = _rules()

    def read(self, events: Sequence[Event]) -> list[Event]:
        out = list(events)
        for n in range(len(out)):
            for step in (self._seat, self._linked, self._resumed, self._same_goods):
                out[n] = step(n, out)
        for n in range(len(out)):
            for finish in (self._somewhere, self._blamed, self._by_somebody):
                out[n] = finish(n, out)
        return out

    def number(self, event: Event) -> int:
        """The number of the sentence that tells an event."""
        return bisect_right(self._starts, event.trigger.start) - 1

    def trigger(self, event: Event) -> Token | None:
        """The token that tells an event."""
        return self.reading.head(event.trigger)

    def earlier(self, n: int, events: Sequence[Event], wanted: str, reach: int) -> Iterator[Event]:
        """Events of a type told before the n-th, the nearest first, then those that follow it in its own sentence."""
        here = self.number(events[n])
        yield from (e for e in reversed(events[:n]) if e.type == wanted and here - self.number(e) <= reach)
        yield from (e for e in events[n + 1 :] if e.type == wanted and self.number(e) == here)

    def _linked(self, n: int, events: Sequence[Event]) -> Event:
        event = events[n]
        for link in self.rules.links:
            if link.type != event.type:
                continue
            for other in self.earlier(n, events, link.before, link.reach):
                if _contradicts(event, other) or Modality.NEGATED in (event.modality, other.modality):
                    continue
                for role, sources in link.roles.items():
                    event = self._take(event, role, [a for source in sources for a in other.arguments if a.role == source])
                if link.time and event.interval is None:
                    event = replace(event, interval=other.interval)
                break
        return event

    def _resumed(self, n: int, events: Sequence[Event]) -> Event:
        event, rule = events[n], self.rules.resumes
        token = self.trigger(event)
        if token is None or token.pos_ != "NOUN" or not _points(token):
            return event
        for other in self.earlier(n, events, event.type, rule.reach):
            if other.trigger.start >= event.trigger.start or _contradicts(event, other):
                continue
            for role in rule.roles:
                event = self._take(event, role, [a for a in other.arguments if a.role == role])
            return replace(event, interval=event.interval or other.interval)
        return event

    def _same_goods(self, n: int, events: Sequence[Event]) -> Event:
        event, rule = events[n], self.rules.goods
        if event.type != rule.type:
            return event
        goods = [a.mention for a in event.arguments if a.role == "object"]
        if not any(self._points_back(m) for m in goods):
            return event
        for other in self.earlier(n, events, rule.type, rule.reach):
            if any(_same(a.mention, m) for a in other.arguments if a.role == "object" for m in goods):
                for role in rule.roles:
                    event = self._take(event, role, [a for a in other.arguments if a.role == role])
                break
        return event

    def _points_back(self, mention: Mention) -> bool:
        token = self.reading.head(mention.span)
        return mention.antecedent is not None or (token is not None and (token.pos_ in ("PRON", "DET") or _points(token)))

    def _take(self, event: Event, role: str, arguments: list[Argument]) -> Event:
        """The event with the first of ``arguments`` (and others of its role) in an open role, if it stands in no other role already."""
        if any(a.role == role for a in event.arguments) or not arguments:
            return event
        kinds = self.rules.kinds.get(role)
        taken = [a for a in arguments if a.role == arguments[0].role and (kinds is None or a.mention.resolved().kind in kinds)]
        if role == "place" and not taken:
            taken = [a for a in arguments if a.mention.resolved().kind in self.rules.kinds["place"]][:1]
        free = [Argument(role, a.mention) for a in taken if not any(_same(a.mention, other.mention) for other in event.arguments)]
        return replace(event, arguments=(*event.arguments, *free)) if free else event

    def _seat(self, n: int, events: Sequence[Event]) -> Event:
        """Where the authority sits: its own "in" phrase or the town in its name."""
        event = events[n]
        if event.type not in self.rules.seats or any(a.role == "place" for a in event.arguments):
            return event
        for argument in event.arguments:
            if argument.role != "agent" or argument.mention.kind is not Kind.ORGANIZATION:
                continue
            if (seat := self._seat_of(argument.mention)) is not None:
                return replace(event, arguments=(*event.arguments, Argument("place", seat)))
        return event

    def _seat_of(self, body: Mention) -> Mention | None:
        token = self.reading.head(body.span)
        for child in token.children if token is not None else ():
            mention = self.reading.mention(child)
            if mention is not None and child.dep_ == "nmod" and "in" in case_relations(child, self.reading.lexicon) and _is_place(mention):
                return mention
        offset = body.span.start
        for word in body.text.split()[1:]:
            start = body.text.find(word)
            if word[:1].isupper() and (place := gazetteer().place(word)) is not None:
                return Mention(Span(offset + start, offset + start + len(word)), word, Kind.PLACE, word, place.country)
        return None

    def _somewhere(self, n: int, events: Sequence[Event]) -> Event:
        """The one place that the event's sentence names, else one of the sentence before."""
        event = events[n]
        if event.type not in self.rules.places.within or any(a.role == "place" for a in event.arguments):
            return event
        here = self.number(event)
        reach = (here, here - 1) if event.type in self.rules.places.before else (here,)
        for number in reach:
            if number < 0:
                break
            found = [m for m in self._places(number) if not any(_same(m, a.mention) for a in event.arguments)]
            if found and (number != here or len({m.name for m in found}) == 1):
                return replace(event, arguments=(*event.arguments, Argument("place", found[-1])))
        return event

    def _places(self, number: int) -> list[Mention]:
        """What a sentence says in "in" phrases to be places."""
        found = []
        for token in self.sentences[number]:
            if token.pos_ not in ("PROPN", "NOUN") or self.reading.tells_otherwise(token):
                continue
            if "in" in case_relations(token, self.reading.lexicon)[:1]:
                mention = self.reading.mention(token)
                if mention is not None and _is_place(mention):
                    found.append(mention)
        return found

    def _blamed(self, n: int, events: Sequence[Event]) -> Event:
        """The doer is whom somebody blames for it, here or in the next sentence, or who denies it."""
        event = events[n]
        if event.type not in self.rules.blamed or any(a.role == "agent" for a in event.arguments):
            return event
        deniers = (c.source for c in event.claims if c.stance is Stance.DENIES and c.source is not None)
        doer = next((m for m in (*self._accused(self.number(event)), *deniers) if self._may_do(m, event)), None)
        if doer is None and not any(self.number(e) == self.number(event) + 1 for e in events):
            doer = next((m for m in self._accused(self.number(event) + 1) if self._may_do(m, event)), None)
        return event if doer is None else replace(event, arguments=(*event.arguments, Argument("agent", doer)))

    def _may_do(self, mention: Mention, event: Event) -> bool:
        return mention.resolved().kind in self.rules.kinds["agent"] and not any(_same(mention, a.mention) for a in event.arguments)

    def _accused(self, number: int) -> Iterator[Mention]:
        """Whom the verbs of blame of a sentence name: their object, else whom they put it on."""
        if number >= len(self.sentences):
            return
        for verb in self.sentences[number]:
            if verb.pos_ not in ("VERB", "AUX") or not match_verb(verb, self.reading.lexicon.charge_verbs):
                continue
            done = [c for c in verb.children if c.dep_ == ("nsubj:pass" if is_passive(verb) else "obj")]
            onto = (c for c in verb.children if c.dep_.startswith(("obl", "iobj")))
            onto_whom = (c for c in onto if not set(case_relations(c, self.reading.lexicon)) & {"by", "of"})
            yield from (m for c in (*done, *onto_whom) if (m := self.reading.mention(c)) is not None)

    def _by_somebody(self, n: int, events: Sequence[Event]) -> Event:
        """The doer that a passive leaves out: the subject of the sentence's main clause, else the state that the text is about."""
        event = events[n]
        if event.type not in self.rules.actors or any(a.role == "agent" for a in event.arguments):
            return event
        told = subject(self.sentences[self.number(event)].root)
        mention = self.reading.mention(told) if told is not None else None
        doer = mention if mention is not None and mention.resolved().kind is Kind.COUNTRY else self._topic(self.number(event))
        if doer is None or any(_same(doer, a.mention) for a in event.arguments):
            return event
        return replace(event, arguments=(*event.arguments, Argument("agent", doer)))

    def _topic(self, number: int) -> Mention | None:
        """The state named most often so far, where it is named in most of its sentences."""
        told = (self.reading.mention(token) for sentence in self.sentences[: number + 1] for token in sentence)
        named = [m for m in told if m is not None and m.kind is Kind.COUNTRY and m.country]
        counts = Counter(m.country for m in named)
        for code, count in counts.most_common(1):
            if count >= _OFTEN and count * 2 > len(named):
                return next(m for m in reversed(named) if m.country == code)
        return None


_OFTEN = 3


def _points(noun: Token) -> bool:
    """A noun with "the", "this" or "that": not "a", not bare."""
    indefinite = closed("indefinite", noun)
    return any(c.dep_ == "det" and c.i < noun.i and not has(c, "Definite", "Ind") and c.lower_ not in indefinite for c in noun.children)


def _is_place(mention: Mention) -> bool:
    return mention.resolved().kind in (Kind.PLACE, Kind.COUNTRY)


def _same(one: Mention, other: Mention) -> bool:
    """Whether two mentions stand for one thing: the same state, the same goods, the same words."""
    a, b = one.resolved(), other.resolved()
    if a.span == b.span or (a.kind is b.kind and a.name.lower() == b.name.lower()):
        return True
    if a.kind is Kind.CARGO and b.kind is Kind.CARGO:
        return a.concept is not None and a.concept == b.concept
    return a.country is not None and a.country == b.country and Kind.COUNTRY in (a.kind, b.kind)


def _contradicts(event: Event, other: Event) -> bool:
    """Whether two events cannot be told of one happening: another doer, another place, another time."""
    for role in ("agent", "place"):
        mine = [a.mention for a in event.arguments if a.role == role]
        theirs = [a.mention for a in other.arguments if a.role == role]
        if mine and theirs and not any(_same(m, t) for m in mine for t in theirs):
            return True
    return event.interval is not None and other.interval is not None and _apart(event.interval, other.interval)


def _apart(one: Interval, other: Interval) -> bool:
    """Whether one interval ends before the other begins."""
    return any(a.latest is not None and b.earliest is not None and a.latest < b.earliest for a, b in ((one, other), (other, one)))
