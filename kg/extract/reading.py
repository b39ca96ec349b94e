"""One article under the reader's eye: its Doc, its names and, for each token, the mention that it heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from spacy.tokens import Doc

from kg.data.cargo import cargo
from kg.data.units import units
from kg.extract.classes import cargo_classes, partitives, unit_classes
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.names import Name, NameKind, names
from kg.extract.numerals import scale_words
from kg.extract.syntax import case_relations, conjuncts
from kg.extract.tokens import DocSpan, Token, Tokens
from kg.records import Article, BlockKind, Kind, Mention, Span

__all__ = ["Reading", "span_of"]

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM", "DET"})
_MODIFIERS = frozenset({"amod", "compound", "flat", "flat:name", "flat:foreign", "nmod:att", "goeswith", "fixed"})
_KINDS = {
    NameKind.COUNTRY: Kind.COUNTRY,
    NameKind.METONYM: Kind.COUNTRY,
    NameKind.CAPITAL: Kind.COUNTRY,
    NameKind.REGION: Kind.PLACE,
    NameKind.PEOPLE: Kind.GROUP,
    NameKind.PERSON: Kind.PERSON,
    NameKind.ORGANIZATION: Kind.ORGANIZATION,
    NameKind.VESSEL: Kind.VESSEL,
    NameKind.GROUP: Kind.GROUP,
    NameKind.PLACE: Kind.PLACE,
}
_STATES = frozenset({NameKind.COUNTRY, NameKind.METONYM, NameKind.CAPITAL})
_BESIDE = frozenset({"flat", "appos", "compound", "nmod"})
_MEASURED = frozenset({"nmod", "appos", "flat", "compound", "obl", "obj", "conj"})
_DESIGNATION = re.compile(r"[A-ZÄÖÜ][\w]{0,14}-(?:\d{1,4}[A-Za-z]{0,2}|[IVX]{1,4})")  # the way weapons are named: Agni-V, KN-23, Su-57
_PLACE_RELATIONS = frozenset({"in", "offshore", "toward", "out_of", "via"})


def span_of(part: Token | DocSpan) -> Span:
    """The code points that tokens cover."""
    if isinstance(part, Token):
        return Span(part.idx, part.idx + len(part.text))
    return Span(part.start_char, part.end_char)


def _standing(old: Mention, antecedent: Mention) -> Mention:
    return Mention(old.span, old.text, antecedent.kind, old.name, antecedent.country, antecedent.concept, antecedent)


class Reading:
    """What the words of one article stand for. Made once per article; all look-ups are cached per token."""

    def __init__(self, article: Article, doc: Doc) -> None:
        self.article = article
        self.doc = Tokens(doc)
        self.language = article.language
        self.lexicon: Lexicon = lexicon(article.language)
        self._mentions: dict[int, Mention | None] = {}
        self._times: set[int] = set()
        self._sources: set[int] = set()
        self._readings: dict[int, tuple[Mention, ...]] = {}
        self._members: dict[int, tuple[Mention, ...]] = {}

    @cached_property
    def names(self) -> list[Name]:
        return names(self.doc, self.language)

    @cached_property
    def _name_at(self) -> dict[int, Name]:
        return {i: name for name in self.names for i in range(name.start, name.end)}

    @cached_property
    def _lows(self) -> list[str]:
        return [token.lower_ for token in self.doc]

    def lows(self, start: int, end: int) -> str:
        """The words of tokens ``[start, end)`` in lower case, a space between them."""
        return " ".join(self._lows[start:end])

    def text(self, start: int, end: int) -> str:
        """The text of tokens ``[start, end)``, at least one, as printed."""
        first, last = self.doc[start], self.doc[end - 1]
        return self.article.text[first.idx : last.idx + len(last)]

    @cached_property
    def sentences(self) -> list[DocSpan]:
        """The sentences that tell something: those of headlines, subheadings and running text."""
        told = {BlockKind.HEADLINE, BlockKind.SUBHEADING, BlockKind.TEXT}
        kinds = [(b.span.start, b.span.end, b.kind in told) for b in self.article.blocks]
        starts = ((sentence, sentence.start_char) for sentence in self.doc.sents if sentence.text.strip())
        return [sentence for sentence, start in starts if any(a <= start < b and ok for a, b, ok in kinds)]

    def name(self, token: Token) -> Name | None:
        """The name that a token is part of."""
        return self._name_at.get(token.i)

    def demonym(self, token: Token) -> str | None:
        """The state that a noun's modifiers name: an adjective, a genitive or a "from/of" phrase."""
        for child in token.children:
            name = self.name(child)
            if name and name.country and child.dep_ in _MODIFIERS | {"nmod", "nmod:poss", "det"}:
                if name.kind is NameKind.ADJECTIVE:
                    return name.country
                if child.dep_.startswith("nmod") and name.kind in _STATES | {NameKind.PEOPLE}:
                    relations = case_relations(child, self.lexicon)
                    if not relations or set(relations) & {"of", "out_of", "from", "in"}:
                        return name.country
        return self._genitive_before(token)

    def _genitive_before(self, token: Token) -> str | None:
        """The state of a genitive right before a noun and its adjectives, wherever its arc went: "Irans Marine", "Iran's navy"."""
        i = token.i - 1
        while i > token.sent.start and (self.doc[i].pos_ == "ADJ" or self.doc[i].text in ("'s", "’s", "'", "’")):
            i -= 1
        before = self.doc[i] if i >= token.sent.start and i != token.i else None
        name = self.name(before) if before is not None else None
        if name is None or name.country is None or name.kind not in _STATES or before is None:
            return None
        genitive = before.text.endswith(("s", "'", "’")) or (i + 1 < token.i and self.doc[i + 1].text in ("'s", "’s", "'", "’"))
        return name.country if genitive else None

    def classes(self, token: Token, mention: Mention) -> frozenset[str]:
        """The semantic classes (frames.yaml) that a mention belongs to."""
        out = {mention.kind.value, "any"}
        match mention.kind:
            case Kind.COUNTRY:
                out |= {"actor", "place"}
            case Kind.PERSON:
                out |= {"actor", "people"}
            case Kind.ORGANIZATION:
                out |= {"actor", "org"}
            case Kind.GROUP:
                out |= {"actor", "people"}
            case Kind.VESSEL:
                out |= {"vehicle", "goods"}
            case _:
                pass
        if mention.concept:
            out |= cargo_classes(mention.concept)
        if mention.kind is Kind.TOPIC and token.pos_ == "PROPN":
            out.add("name")
        if _DESIGNATION.fullmatch(token.text) and mention.concept:
            out.add("missile")  # a weapon by the form of its name
        if mention.kind is Kind.TOPIC:
            out |= unit_classes(units().find(token.lower_, self.language) or units().find(token.lemma_, self.language))
        for label in self.labels(token):
            out.add({"government": "org", "country_noun": "country", "office": "person"}.get(label, label))
            if label in ("forces", "workers", "office", "people", "org", "government"):
                out.add("actor")
            if label == "site":
                out |= {"place"}
        if "penalty" in out:
            out -= {"place", "site"}  # "three years in prison" is no place
        if mention.antecedent is not None:
            final = mention.resolved()
            head = self.head(final.span)
            if head is not None and head.i != token.i:
                out |= self.classes(head, final)
        return frozenset(out)

    def head(self, span: Span) -> Token | None:
        """The token that heads a stretch of the text."""
        part = self.doc.over(span.start, span.end)
        return part.root if part is not None else None

    def labels(self, token: Token) -> tuple[str, ...]:
        """The lexicon's classes of a common noun, found by form, lemma or compound head."""
        things = self.lexicon.things
        labels = things(token.lower_, token.lemma_)
        if not labels and self.lexicon.compounds and token.pos_ in ("NOUN", "PROPN", "X"):
            cut = things.head(token.lower_)
            goods = cargo().head(token.lower_, self.language)
            if cut and not (cargo().find(token.lower_, self.language) or (goods and len(goods[0]) < len(cut[0]))):
                labels = things(cut[1])
        return labels

    def mention(self, token: Token) -> Mention | None:
        """The mention that a token heads, by its own words; None for what is no noun phrase."""
        if token.i not in self._mentions:
            self._mentions[token.i] = None  # stops a cycle
            self._mentions[token.i] = self._make(token)
        return self._mentions[token.i]

    def mark_times(self, tokens: Iterable[int]) -> None:
        """Record tokens that tell when: they fill no role."""
        self._times.update(tokens)

    def mark_sources(self, tokens: Iterable[int]) -> None:
        """Record tokens of phrases that tell who says so ("volgens de NIS"): they fill no role."""
        self._sources.update(tokens)

    def tells_otherwise(self, token: Token) -> bool:
        """Whether a token is part of an expression of time or of a source, and so fills no role."""
        return token.i in self._times or token.i in self._sources

    def is_time(self, token: Token) -> bool:
        """Whether a token is part of an expression of time."""
        return token.i in self._times

    def set_antecedents(self, token: Token, ranked: Sequence[Mention]) -> None:
        """Record what a pronoun or pointing phrase may stand for, one at least, the likeliest first; that one it stands for until a frame asks
        for another.
        """
        old = self.mention(token)
        if old is not None:
            self._readings[token.i] = tuple(_standing(old, antecedent) for antecedent in ranked)
            self._mentions[token.i] = self._readings[token.i][0]

    def readings(self, token: Token) -> tuple[Mention, ...]:
        """The mentions that a pronoun or pointing phrase may be read as, the likeliest first; empty for all else."""
        return self._readings.get(token.i, ())

    def set_members(self, token: Token, members: Sequence[Mention]) -> None:
        """Record the parties that a phrase such as "both countries" stands for."""
        old = self.mention(token)
        if old is not None:
            self._members[token.i] = tuple(_standing(old, member) for member in members)

    def members(self, token: Token) -> tuple[Mention, ...]:
        """The parties that a phrase such as "both countries" stands for; empty for all else."""
        return self._members.get(token.i, ())

    def _make(self, token: Token) -> Mention | None:
        if token.pos_ not in _NOMINAL and self.name(token) is None:
            return None
        name = self.name(token)
        if name is not None and name.kind in (NameKind.ADJECTIVE,) and token.dep_ in ("amod", "det", "compound") and token.head.i != token.i:
            return None
        if name is not None and name.kind is NameKind.PLACE and name.end - name.start == 1 and self.labels(token):
            name = None  # a common noun that the tagger took for a place: "Marine", "Armee"
        if name is not None and name.kind in (NameKind.ORGANIZATION, NameKind.PLACE) and self._is_product(token, name):
            return self._of_noun(token, Name(name.start, name.end, NameKind.OTHER))  # "Agni-V" taken for a body
        if name is not None and name.kind not in (NameKind.OTHER, NameKind.ADJECTIVE):
            return self._of_name(token, name)
        titled = self._titled(token)
        if titled is not None:
            return self._of_name(*titled)
        if token.pos_ in ("PRON", "DET"):
            return self._build(token, token.doc[token.i : token.i + 1], Kind.TOPIC)
        return self._of_noun(token, name)

    def _is_product(self, token: Token, name: Name) -> bool:
        """A weapon that the tagger took for a body or a place: listed by that name, or named as weapons are."""
        text = self.doc[name.start : name.end].text
        return cargo().find(text, self.language) is not None or _DESIGNATION.fullmatch(token.text) is not None

    def _titled(self, token: Token) -> tuple[Token, Name] | None:
        """A person or body named after a title: "de Noord-Koreaanse leider Kim Jong-un", "tanker Eagle S"."""
        for child in token.children:
            name = self.name(child)
            if (
                name is not None
                and name.kind in (NameKind.PERSON, NameKind.ORGANIZATION)
                and child.dep_ in ("flat", "flat:name", "appos", "compound", "nmod", "nmod:att")
                and not any(c.dep_ == "case" for c in child.children)
                and 0 < abs(child.i - token.i) <= 6
                and (child.dep_ != "compound" or child.i > token.i)
            ):
                if name.kind is NameKind.ORGANIZATION and child.dep_ in ("nmod", "compound"):
                    continue
                return child, name
        return None

    def _of_name(self, token: Token, name: Name) -> Mention:
        part = self.doc[name.start : name.end]
        kind = _KINDS.get(name.kind, Kind.TOPIC)
        country = name.country
        if kind in (Kind.PERSON, Kind.ORGANIZATION) and country is None:
            country = self._country_beside(part.root)
        if name.kind is NameKind.CAPITAL and self._is_place(part.root):
            kind = Kind.PLACE
        text = part.text
        if text.endswith(("'s", "’s")):
            text = text[:-2]
        return Mention(span_of(part), part.text, kind, text, country)

    def _country_beside(self, token: Token) -> str | None:
        if code := self.demonym(token):
            return code
        for other in (token.head, *token.children):
            if other.i != token.i and abs(other.i - token.i) < 8 and other.dep_ in ("appos", "flat", "nmod", "nsubj", "obj", "obl", "conj", "ROOT"):
                if token.head is other and token.dep_ not in ("appos", "flat", "flat:name", "nmod", "compound"):
                    continue
                if set(self.labels(other)) & {"office", "org", "government"} and (code := self.demonym(other)):
                    return code
        return None

    def _is_place(self, token: Token) -> bool:
        relations = case_relations(token, self.lexicon)
        return bool(relations) and relations[0] in _PLACE_RELATIONS

    def _of_noun(self, token: Token, name: Name | None) -> Mention | None:
        part = self._phrase(token)
        country = self.demonym(token)
        labels = set(self.labels(token))
        concept = self.concept(token)
        if name is not None and name.kind is NameKind.ADJECTIVE:  # "de Russen" tagged as adjective, "the Chinese"
            return self._build(token, part, Kind.GROUP, name.country)
        if "government" in labels and country:
            return self._build(token, part, Kind.COUNTRY, country)
        if labels & {"org", "government"}:
            return self._build(token, part, Kind.ORGANIZATION, country)
        if labels & {"forces", "workers", "people", "office"} or (concept and "people" in cargo_classes(concept)):
            kind = Kind.GROUP
            return self._build(token, part, kind, country, concept)
        if "country_noun" in labels and not country:
            return self._build(token, part, Kind.TOPIC)
        if name is not None:  # MISC of the tagger
            vehicle = self._vehicle_beside(token)
            if vehicle:
                return self._build(token, self.doc[name.start : name.end], Kind.VESSEL, country)
            kind = Kind.CARGO if concept else Kind.TOPIC
            return self._build(token, self.doc[name.start : name.end], kind, country, concept)
        if concept:
            for child in token.children:  # "the tanker Eagle S"
                ship = self.name(child)
                named = ship is not None and ship.kind in (NameKind.OTHER, NameKind.VESSEL)
                if ship is not None and named and child.dep_ in _BESIDE and "vehicle" in cargo_classes(concept):
                    return self._build(child, self.doc[ship.start : ship.end], Kind.VESSEL, country, concept)
            return self._build(token, part, Kind.CARGO, country, concept)
        if "site" in labels:
            return self._build(token, part, Kind.PLACE, country)
        return self._build(token, part, Kind.TOPIC, country)

    def _vehicle_beside(self, token: Token) -> bool:
        beside = [token.head, *token.children] if token.dep_ in ("flat", "appos", "compound", "nmod") else list(token.children)
        return any((slug := self.concept(t)) and "vehicle" in cargo_classes(slug) for t in beside if t.i != token.i)

    def concept(self, token: Token) -> str | None:
        """The cargo concept of a noun: of the phrase with its adjective, of the word, of a compound's head."""
        goods, language = cargo(), self.language
        name = self.name(token)
        if name is not None and (slug := goods.find(self.doc[name.start : name.end].text, language)):
            return slug
        for child in token.children:
            if child.dep_ in _MODIFIERS and child.i < token.i and (slug := goods.find(self.doc[child.i : token.i + 1].text, language)):
                return slug
            if child.dep_ in _MODIFIERS | {"nmod"} and child.i > token.i and (slug := goods.find(self.doc[token.i : child.i + 1].text, language)):
                return slug
            if child.dep_ in _MODIFIERS and (slug := goods.find(f"{child.lemma_} {token.lemma_}", language)):
                return slug
        slug = goods.find(token.text, language) or goods.find(token.lemma_, language)
        if slug is None and _DESIGNATION.fullmatch(token.text):
            return "weapon"
        if slug is None and token.pos_ in ("NOUN", "PROPN", "X") and (self.lexicon.compounds or "-" in token.text):
            cut = goods.head(token.lower_, language) or goods.head(token.lemma_, language)
            slug = cut[1] if cut else None
        return slug

    def _phrase(self, token: Token) -> DocSpan:
        """The noun with the modifiers that touch it, without determiners and numerals."""
        start, end = token.i, token.i + 1
        inside = {t.i for c in token.children if c.dep_ in _MODIFIERS for t in c.subtree} | {token.i}
        while start - 1 in inside and self.doc[start - 1].lower_ not in self.lexicon.determiners:
            start -= 1
        while end in inside:
            end += 1
        if token.pos_ == "SYM":  # "$2.4 million"
            inside |= {t.i for t in token.subtree if t.pos_ == "NUM"}
            while end in inside:
                end += 1
        while start < token.i and (self.doc[start].is_punct or self.doc[start].pos_ in ("DET", "NUM", "ADV")):
            start += 1
        return self.doc[start:end]

    def _build(self, token: Token, part: DocSpan, kind: Kind, country: str | None = None, concept: str | None = None) -> Mention:
        text, start = part.text, part.start_char
        return Mention(Span(start, start + len(text)), text, kind, text, country, concept)

    def fillers(self, token: Token) -> list[tuple[Token, Mention]]:
        """The mentions that a dependent brings: itself and what is coordinated with it."""
        found: list[tuple[Token, Mention]] = []
        for one in conjuncts(token):
            one = self._measured(one)
            if members := self.members(one):
                found.extend((one, member) for member in members)
            elif (mention := self.mention(one)) is not None:
                found.append((one, mention))
        return found

    def _measured(self, token: Token) -> Token:
        """What a noun of measure measures: of "miljoen vaten olie", "ladingen munitie", "tonnes of wheat" the olie, the munitie, the wheat."""
        for _ in range(3):
            if not self._is_measure(token):
                return token
            inner = next((c for c in token.rights if c.dep_ in _MEASURED and self._of_measure(token, c)), None)
            if inner is None:
                return token
            token = inner
        return token

    def _is_measure(self, token: Token) -> bool:
        if (
            token.pos_ in ("NUM", "PRON", "DET", "ADJ")
            and token.lower_ not in self.lexicon.pronouns
            and any(c.dep_.startswith(("nmod", "obl")) and "of" in case_relations(c, self.lexicon) for c in token.rights)
        ):
            return True  # "einer von ihnen", "two of the guards"
        if token.lower_ in scale_words(self.language) or token.lower_ in partitives(self.language):
            return True
        unit = units().find(token.lower_, self.language) or units().find(token.lemma_, self.language)
        return unit is not None and self.concept(token) is None and set(self.labels(token)) <= {"penalty"}

    def _of_measure(self, measure: Token, child: Token) -> bool:
        if child.pos_ not in ("NOUN", "PROPN", "PRON"):
            return False
        relations = case_relations(child, self.lexicon)
        if "in" in relations and (slug := self.concept(child)):
            return "crypto" in cargo_classes(slug) and measure.pos_ in ("SYM", "NOUN")  # "$620 million in bitcoin"
        return not relations or "of" in relations
