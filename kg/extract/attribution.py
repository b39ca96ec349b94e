"""Who says so, event by event: the cues of each sentence, words that go on over sentences, and denials of what was told before.

Words go on where a quotation stays open, where German main clauses stand in the Konjunktiv, and where Dutch "zou" or the French conditional
follow a speaker. What a speaker says not to have done is a denial, whatever the verb of speech.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.cues import Cue
from kg.extract.modality import is_evidential, negating_word, told_ahead
from kg.extract.phrases import phrase_cues, phrase_tokens
from kg.extract.quotes import quoted
from kg.extract.reading import Reading, span_of
from kg.extract.sources import as_source
from kg.extract.speech import noun_cues, verb_cues
from kg.extract.syntax import clause_root, closed, has, is_passive, segment, subject
from kg.extract.tokens import DocSpan, Token
from kg.records import Claim, Event, Kind, Mention, Span, Stance

__all__ = ["Attribution", "attribute", "consistent", "find_cues"]

_MEMORY = 3  # sentences after which a pronoun no longer goes back to a speaker
_TELLING = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.SUSPECTS})
_AUTHORITY = frozenset({"Arrest", "Conviction", "Expulsion", "Sanction"})  # what nobody denies: denied is the deed behind it
_BACK = 2  # sentences that a denial reaches back
_SPEAKING = frozenset({"VERB", "AUX", "ADV", "ADJ", "X"})  # parts of speech in which a verb of speech is met


class Attribution:
    """The claims of one article's sentences, asked token by token in the order of the text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._cues: dict[int, list[Cue]] = {}
        self._phrases: dict[int, set[int]] = {}
        self._carried: dict[int, Cue] = {}
        self._remembered: dict[int, Cue] = {}
        self._quotes = quoted(reading.doc, [b.span.start for b in reading.article.blocks])
        self._said: dict[int, Cue] = {}
        previous: Cue | None = None
        last: Cue | None = None
        heard = 0
        for number, sentence in enumerate(reading.sentences):
            if last is not None and number - heard > _MEMORY:
                last = None
            phrases = self._phrases[sentence.start] = phrase_tokens(sentence, reading)
            cues = find_cues(sentence, reading, last.source if last else None, phrases)
            self._cues[sentence.start] = cues
            if last is not None:
                self._remembered[sentence.start] = last
            tellers = [c for c in cues if c.source is not None and (c.covers or c.back)]
            if tellers:
                if others := [c for c in tellers if not c.own]:  # "by its own account" makes nobody the speaker of what follows
                    told = others[-1]
                    previous = last = told if told.stance in _TELLING else replace(told, stance=Stance.ASSERTS)
                heard = number
                self._quote_speakers(sentence, [c for c in tellers if c.stance in _TELLING and c.covers])
            elif previous is not None and self._goes_on(sentence):
                self._carried[sentence.start] = previous
                heard = number
            else:
                previous = None

    def cues(self, sentence: DocSpan) -> list[Cue]:
        """The places of a sentence where a source is told, in order."""
        return list(self._cues.get(sentence.start, []))

    def named(self, sentence: DocSpan) -> set[int]:
        """The tokens of a sentence's "according to" phrases: the marker and whom it names."""
        found = set(self._phrases.get(sentence.start, ()))
        for cue in self._cues.get(sentence.start, []):
            if cue.token.i in found and cue.source is not None and not cue.own:
                span = cue.source.span
                found.update(t.i for t in sentence if span.start <= t.idx < span.end)
        return found

    def claims(self, trigger: Token) -> tuple[Claim, ...]:
        """The claims about an event, by its trigger; empty where the article itself tells it."""
        found: dict[tuple[object, Stance], Claim] = {}
        for cue in self._covering(trigger):
            assert cue.source is not None
            stance = Stance.DENIES if cue.stance is Stance.ASSERTS and self._disowned(trigger, cue) else cue.stance
            found.setdefault((_identity(cue.source), stance), Claim(cue.source, stance, span_of(cue.token)))
        return tuple(found.values())

    def hearsay(self, trigger: Token) -> bool:
        """Whether a word of rumour without a source covers the event."""
        return any(c.source is None and trigger.i in c.covers for c in self._cues.get(trigger.sent.start, []))

    def voice(self, trigger: Token) -> Claim:
        """The article's own claim about an event: a suspicion where it says that somebody is suspected and not by whom."""
        doubted = (c for c in self._cues.get(trigger.sent.start, []) if c.source is None and c.stance is Stance.SUSPECTS and trigger.i in c.covers)
        cue = next(doubted, None)
        return Claim(None, Stance.SUSPECTS, span_of(cue.token)) if cue is not None else Claim(None, Stance.ASSERTS, span_of(trigger))

    def told_before(self, events: Sequence[Event], sentence: DocSpan) -> list[Event]:
        """The events so far with the claims that a sentence makes about what stands before it: "Beijing denies that", "Das teilte X mit".

        ``events`` are all events of the article up to and with those of ``sentence``, in order.
        """
        out = list(events)
        starts = {token.idx: token.i for token in sentence}
        for cue in self._cues.get(sentence.start, []):
            if not cue.back or cue.source is None:
                continue
            here = [n for n, e in enumerate(out) if e.trigger.start in starts]
            if any(starts[out[n].trigger.start] in cue.covers for n in here):
                continue
            for n in self._targets(out, here, cue, sentence):
                claim = Claim(cue.source, cue.stance, span_of(cue.token))
                known = {(_identity(c.source), c.stance) for c in out[n].claims if c.source is not None}
                if (_identity(cue.source), cue.stance) not in known:
                    out[n] = replace(out[n], claims=(*(c for c in out[n].claims if c.source is not None), claim))
        return out

    def _targets(self, events: list[Event], here: list[int], cue: Cue, sentence: DocSpan) -> list[int]:
        """Which events a cue without content is about: those charged to the speaker, else those another one claims, else the last told."""
        assert cue.source is not None
        inserted = clause_root(cue.token).dep_ in ("acl:relcl", "acl")
        pool = [n for n in here if events[n].trigger.start < cue.token.idx or inserted]
        if not pool and not _clause_before(cue.token):
            floor = self._earlier(sentence)
            before = [n for n, e in enumerate(events) if floor <= e.sentence.start < sentence.start_char]
            pool = [n for n in before if events[n].sentence == events[before[-1]].sentence] if before else []
        if not pool or cue.stance is Stance.ASSERTS:
            return pool if cue.stance is not Stance.ASSERTS else [n for n in pool if not any(c.source for c in events[n].claims)]
        mine = [n for n in pool if _charged(events[n], cue.source)]
        claimed = [n for n in pool if any(c.source is not None and c.stance is not Stance.DENIES for c in events[n].claims)]
        return mine or claimed or [n for n in pool if events[n].type not in _AUTHORITY][-1:]

    def _earlier(self, sentence: DocSpan) -> int:
        """Where the sentences begin that a denial reaches back to."""
        starts = [s.start_char for s in self._reading.sentences if s.start_char < sentence.start_char]
        return starts[-_BACK] if len(starts) >= _BACK else (starts[0] if starts else sentence.start_char)

    def _covering(self, trigger: Token) -> list[Cue]:
        here = self._cues.get(trigger.sent.start, [])
        covering = [c for c in here if c.source is not None and trigger.i in c.covers]
        if covering:
            return covering
        if (said := self._said.get(self._quotes[trigger.i])) is not None:
            return [said]
        if (reason := self._reason(trigger)) is not None:
            return [reason]
        if any(c.source is None and trigger.i in c.covers for c in here):
            return []
        if (carried := self._carried.get(trigger.sent.start)) is not None:
            return [carried]
        last = self._remembered.get(trigger.sent.start)
        return [last] if last is not None and _konjunktiv(clause_root(trigger), self._reading) == 1 else []

    def _quote_speakers(self, sentence: DocSpan, tellers: list[Cue]) -> None:
        """Give each quotation that touches the sentence to the speaker beside it."""
        for cue in tellers:
            for number in sorted({self._quotes[t.i] for t in sentence} - {-1, self._quotes[cue.token.i]}):
                self._said.setdefault(number, cue)

    def _goes_on(self, sentence: DocSpan) -> bool:
        words = [t for t in sentence if not t.is_punct and not t.is_space]
        inside = [t for t in words if self._quotes[t.i] >= 0]
        if words and len(inside) > len(words) / 2:
            return True
        if self._reading.language == "de":
            return _konjunktiv(sentence.root, self._reading) > 0
        return is_evidential(sentence.root, self._reading)

    def _reason(self, trigger: Token) -> Cue | None:
        """A reason in the Konjunktiv is its clause's subject's: "hat drei Firmen sanktioniert, weil sie geliefert hätten"."""
        clause = clause_root(trigger)
        if self._reading.language != "de" or clause.dep_ != "advcl" or not _konjunktiv(clause, self._reading):
            return None
        if any(self._reading.lexicon.modal_words(c.lower_)[:1] == ("condition",) for c in clause.children):
            return None
        head = clause.head
        told = subject(head) if head.pos_ in ("VERB", "AUX") and not is_passive(head) else None
        source = as_source(told, self._reading) if told is not None else None
        return Cue(source, Stance.ASSERTS, head, frozenset({trigger.i})) if source is not None else None

    def _disowned(self, trigger: Token, cue: Cue) -> bool:
        """Whether the speaker says that its own side did not do it."""
        word = negating_word(trigger, self._reading)
        if word is None or told_ahead(trigger, self._reading):
            return False
        if any("ceased" in self._reading.lexicon.modal_words(t.lower_) for t in trigger.sent if abs(t.i - trigger.i) < 12):
            return False
        clause = clause_root(trigger)
        if is_passive(clause):
            return False
        if cue.own or self._quotes[trigger.i] >= 0:
            return True
        doer = subject(clause)
        mention = self._reading.mention(doer) if doer is not None else None
        if mention is None or cue.source is None:
            return False
        return _identity(mention) == _identity(cue.source) or (mention.country is not None and mention.country == cue.source.resolved().country)


def attribute(reading: Reading) -> Attribution:
    """Find who says what in an article."""
    return Attribution(reading)


def find_cues(sentence: DocSpan, reading: Reading, last: Mention | None, phrases: set[int]) -> list[Cue]:
    """The cues of a sentence in order; ``last`` is the speaker before it, ``phrases`` the tokens of its "according to" phrases."""
    found: list[Cue] = []
    for token in sentence:
        told: list[Cue] = []
        if token.i not in phrases:
            if token.pos_ in _SPEAKING or token.dep_ == "ROOT":
                told += verb_cues(token, reading, last)
            if token.pos_ == "NOUN":
                told += noun_cues(token, reading, last)
        if token.lower_ in reading.lexicon.phrase_starts:
            told += phrase_cues(token, reading, last)
        for cue in told:
            found.append(cue)
            if cue.source is not None and cue.stance is not Stance.DENIES:
                last = cue.source
    return found


def _identity(mention: Mention | None) -> str | Span | None:
    """What makes two mentions one source: the state, or the place where it is named."""
    if mention is None:
        return None
    final = mention.resolved()
    return final.country if final.kind is Kind.COUNTRY else final.span


def consistent(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims of an event without those in which one who denies it would tell it, too: a denial is never a fact."""

    def who(claim: Claim) -> str | None:
        if claim.source is None:
            return None
        final = claim.source.resolved()
        return final.country if final.kind is Kind.COUNTRY else final.name.casefold()

    denying = {who(claim) for claim in claims if claim.source is not None and claim.stance is Stance.DENIES}
    return tuple(claim for claim in claims if claim.stance is Stance.DENIES or who(claim) not in denying)


def _clause_before(token: Token) -> bool:
    """Whether another clause stands before a cue in its sentence, which then holds what the cue is about."""
    stretch = segment(token)
    return any(t.pos_ == "VERB" for t in token.doc[token.sent.start : stretch.start])


def _charged(event: Event, source: Mention) -> bool:
    """Whether the event is laid at the speaker's door."""
    final = source.resolved()
    for argument in event.arguments:
        if argument.role not in ("agent", "participant", "principal"):
            continue
        other = argument.mention.resolved()
        if other.span == final.span or (final.country is not None and other.country == final.country) or (other.name == final.name):
            return True
    return False


def _konjunktiv(clause: Token, reading: Reading) -> int:
    """1 for the Konjunktiv of reported speech, 2 for the forms that stand in for it, 0 else. German only."""
    if reading.language != "de":
        return 0
    finite = [clause, *(c for c in clause.children if c.dep_ in ("aux", "aux:pass", "cop"))]
    if any(t.lower_ in closed("subjunctive", t) or (has(t, "Mood", "Sub") and has(t, "Tense", "Pres")) for t in finite):
        return 1
    if any(t.lower_ in closed("conditional", t) for t in clause.sent):
        return 0
    return 2 if any(t.lower_ in closed("substitute", t) for t in finite) else 0
