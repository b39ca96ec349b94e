"""Who speaks: the speaker of a verb, of a noun of speech and of an "according to" phrase, as a mention.

A wrong arc must not make a wrong speaker: after a quotation the verb comes first and its speaker right behind it in all four languages, so
where a stretch of the sentence opens with the verb, the order of the words decides and not the tree.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.names import NameKind
from kg.extract.reading import Reading
from kg.extract.syntax import case_relations, case_text, clause_root, closed, conjuncts, has, is_passive, segment, subject
from kg.extract.tokens import DocSpan, Token
from kg.extract.triggers import match_verb
from kg.records import Kind, Mention

__all__ = ["as_source", "can_speak", "owner", "points", "relative_noun", "speaker_tokens", "speakers", "verb_phrase_opens"]

_VOICELESS = frozenset({Kind.PLACE, Kind.TOPIC, Kind.CARGO, Kind.VESSEL})
_SPEAKING = frozenset({"actor", "person", "people", "org", "country"})
_BEHIND_VERB = 8  # tokens between a verb and the speaker after it
_OWNED = frozenset({"of", "from", "out_of"})


def speakers(verb: Token, reading: Reading, last: Mention | None) -> list[Mention]:
    """Those who say what a verb of speech tells; empty where nobody is named.

    ``last`` is the speaker before: "hij", "it", "sie" and "the group" as the subject of a verb of speech go back to it.
    """
    found: list[Mention] = []
    relative = any(c.lower_ in closed("relative", c) and c.dep_ == "nsubj" for c in verb.children)
    for token in speaker_tokens(verb, reading):
        for one in [token] if relative and verb.i > token.i else conjuncts(token):
            mention = as_source(one, reading, last)
            if mention is not None and mention not in found:
                found.append(mention)
    return found


def speaker_tokens(verb: Token, reading: Reading) -> list[Token]:
    """The heads of the phrases that may be a verb's speaker: one, or none."""
    if is_passive(verb):
        return [c for c in verb.children if _is_agent(c, reading)][:1]
    words = {w.i for _, found in match_verb(verb, reading.lexicon.speech_verbs) for w in found}  # of "keine Beweise haben" no speaker
    own = _own_subject(verb, words)
    if (own is None or own.lower_ in closed("expletive", own)) and (outlet := _outlet(verb, reading)) is not None:
        return [outlet]
    if own is not None and own.pos_ in ("PRON", "DET", "SCONJ") and (noun := relative_noun(own)) is not None:
        return [noun]
    if verb_phrase_opens(verb) and (behind := _behind(verb, reading)) is not None:
        return [behind]
    stretch = segment(verb)
    told = own if own is not None else subject(verb)
    if told is not None and points(told):
        told = None
    if own is None and (told is None or told.i not in range(stretch.start, stretch.end)):  # a lent subject: one in the verb's own stretch is better
        told = next((t for t in _bare(stretch, verb) if t.i not in words and can_speak(t, reading)), told)
    if told is not None and (told.pos_ in ("PRON", "DET") or _may_speak(told, reading)):
        return [told]
    return [t for t in _bare(stretch, verb) if t.i not in words and can_speak(t, reading)][:1]


def _own_subject(verb: Token, words: set[int]) -> Token | None:
    """The verb's own subject; of several, one in its own stretch, and there the nearest before it."""
    stretch = segment(verb)
    found = [c for c in verb.children if c.dep_ in ("nsubj", "expl", "expl:pv") and c.pos_ != "NUM" and c.i not in words and not points(c)]
    return min(found, key=lambda c: (not stretch.start <= c.i < stretch.end, c.i > verb.i, abs(c.i - verb.i)), default=None)


def _bare(stretch: DocSpan, verb: Token) -> list[Token]:
    """Nouns of a stretch free of prepositions, the nearest before the verb first, then those behind it up to the next clause."""
    behind: list[Token] = []
    for token in stretch.doc[verb.i + 1 : stretch.end]:
        if token.pos_ == "SCONJ" or token.dep_ == "mark":
            break
        behind.append(token)
    near = (*reversed(stretch.doc[stretch.start : verb.i]), *behind)
    return [t for t in near if t.pos_ in ("NOUN", "PROPN") and not case_text(t) and t.dep_ != "nmod:poss"]


def points(token: Token) -> bool:
    """A demonstrative or neuter pronoun that stands for what was told; no relative, no person."""
    if token.pos_ not in ("PRON", "DET", "ADV") or token.dep_.startswith("expl"):
        return False
    return token.lower_ in closed("pointing", token) or (
        has(token, "PronType", "Dem") and token.pos_ == "PRON" and token.lower_ not in closed("relative", token)
    )


def _outlet(verb: Token, reading: Reading) -> Token | None:
    """Where something is heard that nobody is said to say: "hieß es aus dem Weißen Haus", "klinkt het bij het ministerie"."""
    phrases = (c for c in verb.children if c.dep_.startswith("obl") and set(case_relations(c, reading.lexicon)) & {"out_of", "from"})
    return next((c for c in phrases if can_speak(c, reading) or _is_capital(c, reading)), None)


def relative_noun(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for: a name right before the comma, else what the tree says, else the noun before it."""
    if pronoun.lower_ not in closed("relative", pronoun) or pronoun.i <= pronoun.sent.start:
        return None
    doc, i = pronoun.doc, pronoun.i - 1
    if doc[i].dep_ == "case" and i > pronoun.sent.start:
        i -= 1
    if doc[i].text == "," and i > pronoun.sent.start:
        i -= 1
    before = doc[i] if doc[i].pos_ in ("NOUN", "PROPN") else None
    clause = pronoun.head
    if clause.dep_ in ("acl:relcl", "acl") and clause.head.i < pronoun.i and (before is None or before.pos_ == "NOUN"):
        return clause.head
    while before is not None and before.dep_ in ("flat", "flat:name", "compound") and before.head.i < pronoun.i:
        before = before.head
    return before if before is not None and (clause.dep_ != "ccomp") else None


def _is_agent(child: Token, reading: Reading) -> bool:
    """The agent phrase of a passive; a preposition that also means "of" (Dutch "van") tells none, but for German "von"."""
    if child.dep_ == "obl:agent":
        return True
    relations = case_relations(child, reading.lexicon) if child.dep_ == "obl" else ()
    return "by" in relations and ("of" not in relations or reading.language == "de")


def verb_phrase_opens(verb: Token) -> bool:
    """Whether a stretch opens with the verb, its auxiliaries, or "so", "zo" and the like before it: ", zegt X", ", a déclaré X"."""
    stretch = segment(verb)
    if stretch.start <= verb.sent.start:
        return False
    subject_ = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if subject_ is not None and subject_.i < stretch.start and max(t.i for t in subject_.subtree) >= stretch.start - 2:
        return False  # "Reuters, dat zich op bronnen beroept, schreef"
    first = verb.i
    while first > stretch.start and stretch.doc[first - 1].pos_ == "AUX":
        first -= 1
    before = [t for t in stretch.doc[stretch.start : first] if not t.is_punct and not t.is_space]
    return len(before) <= 1 and all(t.pos_ == "ADV" for t in before)


def _behind(verb: Token, reading: Reading) -> Token | None:
    """The first noun phrase after a verb that stands free of a preposition and is no time."""
    stretch = segment(verb)
    for token in stretch.doc[verb.i + 1 : min(stretch.end, verb.i + 1 + _BEHIND_VERB)]:
        if token.pos_ in ("SCONJ", "VERB") or token.dep_ == "mark":
            return None
        if token.pos_ == "PRON" and token.dep_ in ("nsubj", "nsubj:pass", "obj", "expl") and not has(token, "Reflex", "Yes"):
            return token
        if token.pos_ not in ("NOUN", "PROPN") or case_text(token) or token.dep_ in ("obl", "obl:mod", "obl:tmod", "nmod:poss", "amod", "det"):
            continue
        if token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN") and token.head.i < stretch.end:
            continue  # the phrase's head is still to come
        following = token.nbor(1) if token.i + 1 < stretch.end else None
        if following is not None and following.pos_ in ("NOUN", "PROPN") and following.head.i == token.head.i and not case_text(following):
            continue  # two halves of one name or title, hung side by side
        return token
    return None


def _is_capital(token: Token, reading: Reading) -> bool:
    name = reading.name(token)
    return name is not None and name.kind is NameKind.CAPITAL


def can_speak(token: Token, reading: Reading) -> bool:
    """Whether a noun is by its class one that speaks: an actor, an office, a body, a report."""
    mention = reading.mention(token)
    if mention is None:
        return False
    return bool(reading.classes(token, mention) & _SPEAKING) or bool(reading.lexicon.speech_nouns(token.lower_, token.lemma_))


def _may_speak(token: Token, reading: Reading) -> bool:
    """By its class, or because nothing speaks against it: an unknown noun as the verb's own subject ("the brokers", "Seeleute")."""
    mention = reading.mention(token)
    if mention is None:
        return False
    return can_speak(token, reading) or (token.dep_ == "nsubj" and mention.kind is Kind.TOPIC and token.ent_type_ != "LOC")


def owner(noun: Token, reading: Reading) -> Token | None:
    """Whose report, finding or statement a noun names: its genitive, or its phrase with "of" or "from"."""
    for child in noun.children:
        if not child.dep_.startswith(("nmod", "obl", "appos", "det")) or child.pos_ not in ("NOUN", "PROPN", "PRON"):
            continue
        relations = set(case_relations(child, reading.lexicon))
        if (relations & _OWNED or (not case_text(child) and child.dep_.startswith("nmod"))) and can_speak(child, reading):
            return child
    return None


def as_source(token: Token, reading: Reading, last: Mention | None = None) -> Mention | None:
    """The mention of a speaker; None for a pronoun that nothing stands behind."""
    if token.pos_ == "NOUN" and reading.lexicon.speech_nouns(token.lower_, token.lemma_) and (whose := owner(token, reading)) is not None:
        token = whose
    if token.pos_ in ("NUM", "PRON", "DET") and (of := _one_of(token, reading)) is not None:
        token = of
    mention = reading.mention(token)
    if mention is None:
        return None
    if mention.kind is Kind.PLACE and _is_capital(token, reading):  # "hieß es aus Berlin": the seat speaks for its state
        return replace(mention, kind=Kind.COUNTRY)
    if token.pos_ in ("PRON", "DET"):
        return _pronoun(token, mention, last, reading)
    spoke = last is not None and mention.resolved() == last.resolved()
    if mention.antecedent is not None and token.pos_ == "NOUN" and not spoke and not _is_bare(token):
        # "the presiding judge", "the Ukrainian minister" bring their own description: nobody named before them
        mention = replace(mention, kind=Kind.GROUP, country=reading.demonym(token), antecedent=None)
    if mention.resolved().kind in _VOICELESS:  # a report, an image, a place that speaks: somebody unnamed stands behind it
        return replace(mention, kind=Kind.GROUP, antecedent=None)
    if last is not None and mention.kind is Kind.ORGANIZATION and mention.antecedent is None and mention.country is None:
        return replace(mention, kind=last.kind, country=last.country, antecedent=last) if _points_back(token, reading, last) else mention
    return mention


def _one_of(token: Token, reading: Reading) -> Token | None:
    """The noun of "een van de makelaars", "one of the officials"."""
    nouns = (c for c in token.children if c.dep_.startswith("nmod") and c.pos_ in ("NOUN", "PROPN"))
    return next((c for c in nouns if "of" in case_relations(c, reading.lexicon)), None)


def _pronoun(token: Token, mention: Mention, last: Mention | None, reading: Reading) -> Mention | None:
    """The subject of the clause around it speaks, else who spoke speaks on; else what the pronoun was found to stand for."""
    if set(token.morph.get("Person", [])) & {"1", "2"}:
        return last
    found = _around(token, reading) or (last if token.lower_ not in closed("relative", token) else None)
    if found is not None:
        return replace(mention, kind=found.kind, country=found.country, concept=None, antecedent=found)
    if mention.antecedent is None:
        return None
    return replace(mention, kind=Kind.GROUP) if mention.resolved().kind in _VOICELESS else mention


def _around(token: Token, reading: Reading) -> Mention | None:
    """The actor that a subordinate clause's pronoun goes back to: the subject of the sentence's main clause before it."""
    root = token.sent.root
    if clause_root(token).i == root.i or clause_root(token).dep_ == "parataxis":
        inserted = clause_root(token).dep_ == "parataxis" and clause_root(token).head.dep_ in ("acl:relcl", "advcl")
        if not inserted:
            return None
    told = subject(root)
    if told is None or told.i >= token.i or told.pos_ not in ("PROPN", "NOUN"):
        return None
    mention = reading.mention(told)
    wanted = {Kind.COUNTRY, Kind.ORGANIZATION} if token.lower_ in closed("expletive", token) else {Kind.PERSON}
    return mention if mention is not None and mention.kind in wanted else None


def _points_back(token: Token, reading: Reading, last: Mention) -> bool:
    """A definite noun without a name right after a named body has spoken: "the group", "die Organisation"."""
    if last.resolved().kind is not Kind.ORGANIZATION or reading.name(token) is not None or has(token, "Number", "Plur") or not _is_bare(token):
        return False
    determiners = (c for c in token.children if c.dep_ == "det" and c.i < token.i)
    return any(not has(d, "Definite", "Ind") and d.lower_ not in closed("indefinite", d) for d in determiners)


_LOOSE = frozenset({"det", "case", "punct", "cc", "conj", "acl:relcl"})


def _is_bare(noun: Token) -> bool:
    """A noun with nothing but a determiner before it and no name, genitive or apposition behind it."""
    return all(c.dep_ in _LOOSE or (c.i > noun.i and c.dep_ == "nmod" and case_text(c) != "") for c in noun.children)
