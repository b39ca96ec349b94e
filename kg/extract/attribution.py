"""Who says so: speech verbs over clauses, "according to" phrases, quotations that go on, Konjunktiv I, denials.

Claims follow the scheme of source, cue and content (Pareti 2012, PARC; GRaSP): an event is claimed by the source whose cue governs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as DocSpan, Token

from kg.extract.reading import Reading, span_of
from kg.extract.syntax import case_text, is_passive, segment, subject
from kg.extract.triggers import match_verb
from kg.records import Claim, Kind, Mention, Stance

__all__ = ["Attribution", "attribute"]

_CONTENT = frozenset({"ccomp", "xcomp", "parataxis", "advcl", "csubj", "csubj:pass", "acl", "obj", "obl", "nsubj:pass", "conj", "acl:relcl"})
_VOICES = frozenset({Kind.PLACE, Kind.TOPIC, Kind.CARGO, Kind.VESSEL})
_OPEN, _CLOSE = "„“«‘\"", "”“»’\""
_REPORTED = {"habe", "sei", "seien", "werde", "könne", "wolle", "solle", "müsse", "dürfe", "hätten", "würden", "wäre", "wären", "hätte"}


@dataclass(frozen=True, slots=True)
class _Cue:
    """One place where a source is told: the clause heads that it covers, or the whole sentence."""

    source: Mention | None
    stance: Stance
    token: Token
    covers: frozenset[int] | None


class Attribution:
    """The claims of one article's sentences, asked token by token in the order of the text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._cues: dict[int, list[_Cue]] = {}
        self._carried: dict[int, _Cue] = {}
        previous: _Cue | None = None
        open_quote = False
        for number, sentence in enumerate(reading.sentences):
            cues = list(_cues(sentence, reading))
            self._cues[sentence.start] = cues
            quotes = sum(sentence.text.count(c) for c in "„“”«»\"")
            started_open = open_quote
            open_quote = open_quote ^ (quotes % 2 == 1)
            speakers = [c for c in cues if c.source is not None and c.stance in (Stance.ASSERTS, Stance.CONFIRMS, Stance.SUSPECTS)]
            if not speakers and previous is not None and (started_open or _indirect(sentence, reading) or _only_quote(sentence)):
                self._carried[sentence.start] = previous
            elif speakers:
                previous = speakers[-1]
            else:
                previous = None

    def claims(self, trigger: Token) -> tuple[Claim, ...]:
        """The claims about an event, by its trigger; empty where the article itself tells it."""
        found: list[Claim] = []
        covering = [c for c in self._cues.get(trigger.sent.start, []) if c.covers is None or trigger.i in c.covers]
        if not any(c.source is not None for c in covering) and (carried := self._carried.get(trigger.sent.start)):
            covering.append(carried)
        seen: set[tuple[object, Stance]] = set()
        for cue in covering:
            if cue.source is None:
                continue
            final = cue.source.resolved()
            key = (final.country if final.kind is Kind.COUNTRY else final.span, cue.stance)
            if key not in seen:
                seen.add(key)
                found.append(Claim(cue.source, cue.stance, span_of(cue.token)))
        return tuple(found)

    def hearsay(self, trigger: Token) -> bool:
        """Whether a word of rumour without a source covers the event."""
        return any(c.source is None and (c.covers is None or trigger.i in c.covers) for c in self._cues.get(trigger.sent.start, []))


def attribute(reading: Reading) -> Attribution:
    """Find who says what in an article."""
    return Attribution(reading)


def _cues(sentence: DocSpan, reading: Reading) -> Iterator[_Cue]:
    for token in sentence:
        yield from _speech_verb(token, reading)
        yield from _according_to(token, reading)
        yield from _speech_noun(token, reading)


def _speech_verb(token: Token, reading: Reading) -> Iterator[_Cue]:
    if token.pos_ not in ("VERB", "AUX", "ADJ"):
        return
    matches = match_verb(token, reading.lexicon.speech_verbs)
    if not matches:
        return
    stance = Stance(matches[0][0].label)
    negated = any(c.dep_ in ("advmod", "neg") and "negated" in reading.lexicon.modal_words(c.lower_) for c in token.children)
    if negated:
        stance = {Stance.CONFIRMS: Stance.DOUBTS, Stance.DOUBTS: Stance.ASSERTS}.get(stance, stance)
        if stance is Stance.DENIES:
            return
    source = _source(token, reading)
    covers = _content(token)
    if covers:
        yield _Cue(source, stance, token, covers)


def _source(verb: Token, reading: Reading) -> Mention | None:
    """The speaker: the subject, or in the passive the agent phrase; failing that the one actor in the cue's own stretch."""
    if is_passive(verb):
        by = next((c for c in verb.children if c.dep_ == "obl:agent" or (c.dep_ == "obl" and "by" in reading.lexicon.prepositions.get(case_text(c), ()))), None)
        return _as_source(by, reading)
    said_by = subject(verb)
    source = _as_source(said_by, reading)
    if source is not None and (said_by is None or _can_speak(said_by, source, reading)):
        return source
    stretch = segment(verb)
    for token in [*stretch.doc[verb.i + 1 : stretch.end], *reversed(stretch.doc[stretch.start : verb.i])]:
        if token.pos_ not in ("NOUN", "PROPN", "PRON") or case_text(token):
            continue
        found = _as_source(token, reading)
        if found is not None and _can_speak(token, found, reading):
            return found
    return source


def _can_speak(token: Token, mention: Mention, reading: Reading) -> bool:
    return bool(reading.classes(token, mention) & {"actor", "person", "people", "org"}) or bool(reading.lexicon.speech_nouns(token.lower_, token.lemma_))


def _as_source(token: Token | None, reading: Reading) -> Mention | None:
    if token is None:
        return None
    mention = reading.mention(token)
    if mention is None:
        return None
    if token.pos_ in ("PRON", "DET") and mention.antecedent is None:
        return None
    if mention.resolved().kind in _VOICES:  # a report, an image, a place that speaks: somebody unnamed stands behind it
        return replace(mention, kind=Kind.GROUP, antecedent=None)
    return mention


def _content(verb: Token) -> frozenset[int]:
    """The tokens of what is said: the cue's complements and objects, and the other clauses of its sentence.

    A sentence with a speech verb in its main clause is the speaker's but for the stretch that holds the cue and what hangs on its subject.
    """
    covers: set[int] = set()
    for child in verb.children:
        if child.dep_ in _CONTENT and child.dep_ not in ("conj", "acl:relcl", "advcl"):
            if child.dep_ == "obl" and child.i < verb.i:
                continue
            covers.update(t.i for t in child.subtree)
    own = segment(verb)
    main = verb.dep_ in ("ROOT", "parataxis") or verb.head.dep_ == "ROOT"
    if main:
        covers.update(t.i for t in verb.sent if not own.start <= t.i < own.end)
        if verb.dep_ == "parataxis":
            covers.update(t.i for t in verb.head.subtree)
    said_by = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    inside = {t.i for t in said_by.subtree} if said_by is not None else set()
    return frozenset(covers - inside - {verb.i})


def _according_to(token: Token, reading: Reading) -> Iterator[_Cue]:
    """"volgens de NIS", "aldus Yoo", "laut Seoul", "selon lui": the whole clause is the source's."""
    low = token.lower_
    phrase = " ".join(t.lower_ for t in token.doc[token.i : token.i + 2])
    long = " ".join(t.lower_ for t in token.doc[token.i : token.i + 3])
    known = reading.lexicon.according_to
    if low in reading.lexicon.hearsay or phrase in reading.lexicon.hearsay or long in reading.lexicon.hearsay:
        yield _Cue(None, Stance.ASSERTS, token, _clause_tokens(token))
        return
    if not ({low, phrase, long} & known):
        return
    source: Token | None = None
    if token.dep_ in ("case", "mark", "advmod", "fixed") and token.head.i != token.i and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        source = token.head
    else:
        source = next((c for c in token.children if c.pos_ in ("NOUN", "PROPN", "PRON")), None) or _next_noun(token)
    if source is None or abs(source.i - token.i) > 12:
        return
    mention = _as_source(source, reading)
    if mention is not None:
        yield _Cue(mention, Stance.ASSERTS, token, None if _governs_all(source) else _clause_tokens(source))


def _next_noun(token: Token) -> Token | None:
    """The noun phrase that follows a marker whose arc went astray."""
    for i in range(token.i + 1, min(token.i + 8, token.sent.end)):
        if token.doc[i].pos_ in ("PROPN", "NOUN"):
            one = token.doc[i]
            while one.head.i != one.i and one.head.pos_ in ("PROPN", "NOUN") and token.i < one.head.i < token.i + 10 and one.dep_ in ("compound", "flat", "amod", "nmod", "appos"):
                one = one.head
            return one
    return None


def _governs_all(source: Token) -> bool:
    """A phrase that hangs on the sentence's root covers the sentence."""
    return source.head.dep_ == "ROOT" or source.dep_ == "ROOT"


def _clause_tokens(token: Token) -> frozenset[int]:
    head = token.head
    while head.dep_ not in ("ROOT", "ccomp", "advcl", "parataxis", "acl:relcl", "conj", "acl", "xcomp") and head.head.i != head.i:
        head = head.head
    return frozenset(t.i for t in head.subtree)


def _speech_noun(token: Token, reading: Reading) -> Iterator[_Cue]:
    """A noun of speech with its source and content: "de ontkenning van Iran", "Berichte, wonach"."""
    if token.pos_ != "NOUN":
        return
    labels = reading.lexicon.speech_nouns(token.lower_, token.lemma_)
    if not labels:
        return
    content = {t.i for c in token.children if c.dep_ in ("acl", "ccomp", "acl:relcl", "nmod", "advcl") for t in c.subtree}
    governor = token.head
    if token.dep_ in ("obj", "obl", "nsubj:pass", "obl:arg") and match_verb(governor, reading.lexicon.speech_verbs):
        stance = Stance(match_verb(governor, reading.lexicon.speech_verbs)[0][0].label)
        if stance is Stance.DENIES:
            return  # the verb's own cue covers it: "weist Vorwürfe zurück"
    code = reading.demonym(token)
    source: Mention | None = None
    for child in token.children:
        if child.dep_ in ("nmod", "nmod:poss") and case_text(child) in ("van", "von", "of", "de", "") and child.pos_ == "PROPN":
            source = _as_source(child, reading)
            content -= {t.i for t in child.subtree}
    if source is None and code is not None:
        return
    if source is not None and content:
        yield _Cue(source, Stance(labels[0]), token, frozenset(content))


def _indirect(sentence: DocSpan, reading: Reading) -> bool:
    """Konjunktiv I in a main clause: somebody's words go on (German only)."""
    if reading.language != "de":
        return False
    root = sentence.root
    finite = [root, *(c for c in root.children if c.dep_ in ("aux", "aux:pass", "cop"))]
    return any(t.lower_ in _REPORTED and t.lower_ in {"habe", "sei", "seien", "werde", "könne", "wolle", "solle", "müsse", "dürfe"} for t in finite)


def _only_quote(sentence: DocSpan) -> bool:
    text = sentence.text.strip()
    return text[:1] in _OPEN and text.rstrip(".,!?")[-1:] in _CLOSE
