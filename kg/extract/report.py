"""All that one article tells: triggers, arguments, claims, modality, quantities and times put together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.annotate.proposals import proposals
from kg.extract.arguments import Filled, fill
from kg.extract.attribution import attribute, consistent
from kg.extract.completion import complete
from kg.extract.coreference import resolve_pronouns
from kg.extract.discourse import fill_from_context
from kg.extract.gapping import ungap
from kg.extract.learned import ATTACH, Learned
from kg.extract.lexicon import Lexicon
from kg.extract.modality import modality, told_ahead
from kg.extract.quantities import Measure, measures
from kg.extract.reading import Reading, span_of
from kg.extract.syntax import CLAUSES, clause_root
from kg.extract.times import Clock, TimeExpression, find_times
from kg.extract.tokens import Token
from kg.extract.transit import stop_seized
from kg.extract.triggers import match_verb, triggers
from kg.records import Argument, Article, Claim, Event, Interval, Modality, Report, Stance

__all__ = ["Method", "extract"]

_DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "percent"})
_CONTRARY = frozenset({"Agreement", "Conviction"})  # types whose own words may tell the contrary: a treaty cancelled, a defendant acquitted
_LINKED = frozenset({"nmod", "appos", "flat", "compound", "nummod", "conj", "amod", "nmod:poss", "fixed", "obl", "det", "flat:name"})


@dataclass(frozen=True, slots=True)
class Method:
    """The steps that extraction takes: all, but where the worth of one is measured by leaving it out."""

    grammar: bool = True
    heads: bool = True
    coreference: bool = True
    claims: bool = True
    context: bool = True


def extract(article: Article, doc: Doc, method: Method = Method()) -> Report:
    """The events of an article, in the order of the text. ``doc`` is the article's whole text, annotated."""
    reading = Reading(article, doc)
    if method.coreference:
        resolve_pronouns(reading)
    attribution = attribute(reading)
    learned = Learned(reading, proposals(doc)) if method.heads else None
    clock = Clock(article.published)
    events: list[Event] = []
    for sentence in reading.sentences:
        times = find_times(sentence, reading.language, clock)
        reading.mark_times(i for time in times for i in range(time.first, time.last + 1))
        reading.mark_sources(attribution.named(sentence))
        told = _merge([f for t in triggers(sentence, reading) if (f := fill(t, reading)) is not None]) if method.grammar else []
        if learned is not None:
            told = learned.weigh(told, sentence)
            for filled in told:
                learned.fill(filled)
        amounts = measures(sentence, reading.language) if told else []
        owners = [_owner(m, told, learned) for m in amounts]
        for filled in told:
            complete(filled, reading)
            token = filled.trigger.token
            claims = attribution.claims(token) if method.claims and method.grammar else ()
            if learned is not None and method.claims:
                claims = learned.claims(filled, claims)
            stances = {c.stance for c in claims}
            mode = modality(
                token, reading, claimed=bool(stances - {Stance.DENIES, Stance.DOUBTS}), hearsay=attribution.hearsay(token),
                denied=Stance.DENIES in stances, suspected=Stance.SUSPECTS in stances, cancels=filled.sense.type in _CONTRARY,
            )  # fmt: skip
            if learned is not None:
                mode = learned.modality(filled, mode)
            if mode is Modality.POSSIBLE:  # what a speaker only thinks likely
                claims = tuple(replace(c, stance=Stance.SUSPECTS) if c.stance is Stance.ASSERTS else c for c in claims)
            events += ungap(
                Event(
                    type=filled.sense.type,
                    trigger=span_of(token),
                    sentence=span_of(sentence),
                    arguments=tuple(Argument(f.role, f.mention) for f in filled.found),
                    quantities=tuple(m.quantity for m, owner in zip(amounts, owners, strict=True) if owner is filled),
                    interval=_interval(filled, times, reading.lexicon, learned, ahead=mode is Modality.PLANNED or told_ahead(token, reading)),
                    modality=mode,
                    claims=claims or (attribution.voice(token) if method.claims else Claim(None, Stance.ASSERTS, span_of(token)),),
                    confidence=_confidence(filled),
                )
            )
        if method.claims:
            events = attribution.told_before(events, sentence)
        clock = (times[-1].clock if times else clock).following()
    if method.context:
        events = fill_from_context(events, reading)
    events = [replace(event, claims=consistent(event.claims)) for event in events]
    return Report(article, tuple(stop_seized(events, reading)))


def _confidence(filled: Filled) -> float:
    """More roles of the frame found, more trust: 0.4 for a bare trigger, 0.15 more for each role, at most 0.95."""
    return round(min(0.95, 0.4 + 0.15 * len(filled.roles())), 2)


def _merge(told: list[Filled]) -> list[Filled]:
    """One happening told by a verb and its noun ("sloten een verdrag") is one event: the verb's, with the noun's roles added."""
    kept: list[Filled] = []
    for filled in told:
        host = next((other for other in told if other is not filled and _hosts(other, filled)), None)
        if host is None:
            kept.append(filled)
            continue
        for found in filled.found:
            if found.role not in host.roles() and found.token.i not in host.heads() | {host.trigger.token.i}:
                host.found.append(found)
    return kept


def _hosts(host: Filled, guest: Filled) -> bool:
    a, b = host.trigger, guest.trigger
    if host.sense.type != guest.sense.type:
        return False
    if b.token.dep_ == "conj" and b.token.head.i == a.token.i and not a.verbal and not b.verbal:
        return True
    if not a.verbal or b.verbal:
        return False
    return b.token.i in host.heads() or b.token.head.i == a.token.i


def _owner(measure: Measure, told: list[Filled], learned: Learned | None) -> Filled | None:
    """The event that a quantity belongs to: the one that the heads are sure of, else that whose argument it counts, the object or
    patient before the rest, the nearest trigger first."""
    if learned is not None and told:
        shares = [learned.attached(filled, "quantity", measure.quantity.span) for filled in told]
        if max(shares) >= ATTACH:
            return told[shares.index(max(shares))]
    noun = measure.noun
    if noun is None and told and measure.quantity.unit is not None:  # "$620 million in cryptocurrency": the sum counts what it hangs on
        noun = told[0].trigger.token.doc[measure.first : measure.last + 1].root
    if noun is None or (measure.quantity.unit in _DURATIONS):
        return None
    best: tuple[tuple[int, int, int], Filled] | None = None
    for filled in told:
        for role, token in ((f.role, f.token) for f in filled.found):
            distance = _distance(noun, token)
            if distance is None:
                continue
            rank = (distance, 0 if role in ("object", "patient") else 1, abs(filled.trigger.token.i - noun.i))
            if best is None or rank < best[0]:
                best = (rank, filled)
    return best[1] if best else None


def _distance(noun: Token, argument: Token) -> int | None:
    """Steps between a counted noun and an argument inside one noun phrase; None across phrases."""
    for start, goal in ((noun, argument), (argument, noun)):
        steps, token = 0, start
        while steps <= 3:
            if token.i == goal.i:
                return steps
            if token.dep_ not in _LINKED or token.head.i == token.i:
                break
            token, steps = token.head, steps + 1
    return None


def _interval(filled: Filled, times: list[TimeExpression], lexicon: Lexicon, learned: Learned | None, *, ahead: bool) -> Interval | None:
    """The time that the heads are sure of, else the one told nearest to the trigger: in its own clause, then in a clause above it that is
    not a speaker's, then in the sentence. ``ahead``: the event is told as still to come."""
    ranked: list[tuple[tuple[int, int], Interval]] = []
    trigger = filled.trigger.token
    above = _clauses_above(trigger)
    for time in times:
        head = trigger.doc[time.first : time.last + 1].root
        clause = clause_root(head)
        if learned is not None and learned.attached(filled, "time", time.interval.span) >= ATTACH:
            rank = -1
        elif trigger.i in {a.i for a in _ancestors(head)} and clause.i in {trigger.i, clause_root(trigger).i}:
            rank = 0
        elif clause.i == clause_root(trigger).i:
            rank = 1
        elif match_verb(clause, lexicon.speech_verbs):
            continue
        elif clause.i in above:
            rank = 2
        else:
            rank = 3
        interval = time.future if ahead and time.future is not None else time.interval
        ranked.append(((rank, abs(time.first - trigger.i)), interval))
    return min(ranked, key=lambda r: r[0])[1] if ranked else None


def _ancestors(token: Token) -> list[Token]:
    return [token, *token.ancestors]


def _clauses_above(token: Token) -> set[int]:
    return {t.i for t in _ancestors(token) if t.dep_ in CLAUSES}
