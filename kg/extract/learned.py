"""What the event heads (``kg.annotate.proposals``) add to the grammar.

Each source errs in its own way: the grammar knows only the words of its lexicons and what hangs in the clause; the heads know words and
distances but not what a word stands for. What the grammar tells, stands, but for two types: dropping all that the heads know nothing of lost
more than it mended. What the heads alone tell must be likely: an event, its roles, more so a role of an event of the grammar's, a source. The
thresholds were set on corpus/ without the articles held back.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotate.proposals import Link, Proposal
from kg.extract.arguments import Filled, Found, in_role
from kg.extract.lexicon import Sense
from kg.extract.reading import Reading, span_of
from kg.extract.tokens import DocSpan
from kg.extract.triggers import Trigger
from kg.records import ROLES, Claim, Kind, Mention, Modality, Span, Stance

__all__ = ["ATTACH", "Learned"]

# Probabilities from which on the heads alone tell
ADD = 0.6  # an event
OWN_ROLE = 0.6  # a role of such an event
ADD_ROLE = 0.8  # a role of an event that the grammar tells
ADD_CLAIM = 0.7  # a source
ATTACH = 0.6  # from it on an amount or a time belongs to the event that the heads give it to
_DOUBTFUL = frozenset({"Deployment", "Espionage"})  # told by words of many senses ("einsetzen", "leak"): the heads must see something there
_MERGE = 3  # tokens between two proposals of one type that tell one event ("in beslag genomen")
_SPEAKERS = frozenset({Kind.COUNTRY, Kind.PERSON, Kind.ORGANIZATION, Kind.GROUP})
_STANCES = frozenset(stance.value for stance in Stance)


class Learned:
    """The proposals of one article."""

    def __init__(self, reading: Reading, proposed: Iterable[Proposal]) -> None:
        self._reading = reading
        self._proposals = {proposal.token: proposal for proposal in proposed}

    def weigh(self, told: list[Filled], sentence: DocSpan) -> list[Filled]:
        """The events of a sentence: the grammar's, and those that the heads are sure of."""
        kept = [filled for filled in told if filled.sense.type not in _DOUBTFUL or self._seen(filled)]
        for proposal in self._sure(sentence):
            kind = proposal.types[0][0]
            if not any(self._same(filled, proposal, kind) for filled in kept):
                sense = Sense(kind, (), {}, (), None)
                kept.append(Filled(Trigger(self._reading.doc[proposal.token], (), verbal=False), sense))
        return sorted(kept, key=lambda filled: filled.trigger.token.i)

    def fill(self, filled: Filled) -> None:
        """Add to an event the roles that the heads are sure of and the grammar left open; fillers are of the event's own sentence."""
        needed = ADD_ROLE if filled.trigger.labels else OWN_ROLE
        here = filled.trigger.token.sent
        taken = {found.token.i for found in filled.found}
        for group in self._groups(self._links(filled), ROLES):
            if max(link.probability for link in group) < needed or not here.start <= group[0].token < here.end:
                continue
            if any(link.token in taken for link in group):
                continue
            found = self._found(group[0].label, group, filled)
            if found is not None and found.token.i not in taken and not _told(filled, found):
                taken.add(found.token.i)
                filled.found.append(found)

    def claims(self, filled: Filled, known: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """The claims of an event with the sources that the heads are sure of."""
        out = list(known)
        for group in self._groups(self._links(filled), _STANCES):
            if max(link.probability for link in group) < ADD_CLAIM or any(_touches(claim.source, group, self._reading) for claim in known):
                continue
            found = self._found("agent", group, filled)
            if found is not None and found.mention.resolved().kind in _SPEAKERS:
                out.append(Claim(found.mention, Stance(group[0].label), span_of(found.token)))
        return tuple(out)

    def modality(self, filled: Filled, told: Modality) -> Modality:
        """The modality of an event; the heads are asked only for events that they alone tell, and where no word says that it is not actual."""
        proposal = self._proposals.get(filled.trigger.token.i)
        alone = proposal is not None and not filled.trigger.labels and told is Modality.ACTUAL
        return Modality(proposal.modality) if alone and proposal else told

    def attached(self, filled: Filled, label: str, span: Span) -> float:
        """The heads' probability that the words of a span are the "quantity" or "time" of an event."""
        doc = self._reading.doc
        inside = [link for link in self._links(filled) if link.label == label and _overlap(span_of(doc[link.token]), span)]
        return max((link.probability for link in inside), default=0.0)

    def _seen(self, filled: Filled) -> bool:
        """Whether the heads take a word of an event for one of its type, however unsurely; a text that they say nothing of is not judged."""
        return not self._proposals or bool(self._matching(filled))

    def _sure(self, sentence: DocSpan) -> list[Proposal]:
        """Proposals that tell an event without the grammar, the surest of neighbours of one type."""
        here = [p for t in sentence if (p := self._proposals.get(t.i)) and p.types[0][1] >= ADD and not t.is_punct]
        best: list[Proposal] = []
        for proposal in sorted(here, key=lambda p: (-p.types[0][1], p.token)):
            if not any(p.types[0][0] == proposal.types[0][0] and abs(p.token - proposal.token) <= _MERGE for p in best):
                best.append(proposal)
        return sorted(best, key=lambda p: p.token)

    def _same(self, filled: Filled, proposal: Proposal, kind: str) -> bool:
        """Whether an event is the one that a proposal tells."""
        words = {filled.trigger.token.i, *(w.i for w in filled.trigger.words)}
        if proposal.token in words:
            return True
        if filled.sense.type != kind:
            return False
        token = self._reading.doc[proposal.token]
        return (
            min(abs(w - proposal.token) for w in words) <= _MERGE
            or token.head.i in words
            or filled.trigger.token.head.i == token.i
            or (token.i in filled.heads())
        )

    def _links(self, filled: Filled) -> tuple[Link, ...]:
        matching = self._matching(filled)
        return max(matching, key=lambda p: dict(p.types)[filled.sense.type]).links if matching else ()

    def _matching(self, filled: Filled) -> list[Proposal]:
        """The proposals of an event's type on its words, in their order."""
        words = (filled.trigger.token, *filled.trigger.words)
        return [p for word in words if (p := self._proposals.get(word.i)) and any(kind == filled.sense.type for kind, _ in p.types)]

    def _groups(self, links: Iterable[Link], labels: Iterable[str]) -> list[list[Link]]:
        """Links of one label on tokens that stand together; of a token's labels the likeliest counts."""
        best: dict[int, Link] = {}
        for link in links:
            if link.token not in best or link.probability > best[link.token].probability:
                best[link.token] = link
        groups: list[list[Link]] = []
        for link in sorted(best.values(), key=lambda one: one.token):
            if link.label not in labels:
                continue
            if groups and groups[-1][0].label == link.label and link.token == groups[-1][-1].token + 1:
                groups[-1].append(link)
            else:
                groups.append([link])
        return groups

    def _found(self, role: str, group: list[Link], filled: Filled) -> Found | None:
        """The mention that linked tokens stand for."""
        reading = self._reading
        root = reading.doc[group[0].token : group[-1].token + 1].root
        order = [root, *(reading.doc[link.token] for link in sorted(group, key=lambda one: (-one.probability, one.token)))]
        for token in order:
            if reading.is_time(token) or token.i == filled.trigger.token.i:
                continue
            name = reading.name(token)
            mention = reading.mention(token)
            if mention is None and name is not None and name.country:  # "Pakistani" before a noun
                part = reading.doc[name.start : name.end]
                mention = Mention(span_of(part), part.text, Kind.COUNTRY, part.text, name.country)
            if mention is None or (token.pos_ in ("PRON", "DET") and mention.antecedent is None):
                continue
            return Found(role, in_role(filled.sense.type, role, mention), token)
        return None


def _told(filled: Filled, found: Found) -> bool:
    """Whether an event has the filler already: in the same role, or by the same words in any."""
    final = found.mention.resolved()
    for other in filled.found:
        known = other.mention.resolved()
        if known.span == final.span or _overlap(known.span, final.span):
            return True
        if other.role == found.role and known.kind == final.kind == Kind.COUNTRY and known.country == final.country:
            return True
    return False


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _touches(source: Mention | None, group: list[Link], reading: Reading) -> bool:
    """Whether a claim's source, or what it stands for, is named by linked tokens."""
    if source is None:
        return False
    spans = [span_of(reading.doc[link.token]) for link in group]
    return any(_overlap(span, part) for span in spans for part in (source.span, source.resolved().span))
