"""Docs written by hand: sentences with their Universal Dependencies trees, and the articles around them.

A sentence is a row of tokens, each ``form/UPOS/relation/head``; the root has no head. A head is named by its form, and where that stands more
than once by its number too (``van#2``). What else is known stands in brackets, parted by semicolons: a lemma, features, the tagger's label::

    Iran/PROPN/nsubj/leverde leverde/VERB/root[leveren;VerbForm=Fin] drones/NOUN/obj/leverde ./PUNCT/punct/leverde

Neighbours with one label (``[@PER]``) are one name. Without a lemma a word is its own, in lower case unless it is a name.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.languages import blank
from kg.extract.coreference import resolve_pronouns
from kg.extract.reading import Reading
from kg.extract.report import extract
from kg.extract.tokens import Token
from kg.extract.triggers import Trigger, triggers
from kg.records import LANGUAGES, ROLES, Argument, Article, Block, BlockKind, Event, Kind, Language, Mention, Report, Span

__all__ = ["Text", "events", "frame", "named", "reported", "text", "written"]

_VOCABS: dict[Language, Vocab] = {language: blank(language).vocab for language in LANGUAGES}
_TOKEN = re.compile(r"(?P<form>[^/\s]+|/)/(?P<pos>[A-Z]+)/(?P<dep>[a-z:]+)(?:/(?P<head>[^\s\[]+))?(?:\[(?P<more>[^\]]*)\])?")
_CLOSING = re.compile(r"[.,;:?!)”]|['’]s?")
_OPENING = re.compile(r"[(„“]|\w+['’]")
_NO_TAG = "O"


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    pos: str
    dep: str
    head: int
    lemma: str
    morph: str
    tag: str


@dataclass(frozen=True)
class Text:
    """An article and its annotated Doc."""

    article: Article
    doc: Doc

    @cached_property
    def reading(self) -> Reading:
        """The reading with its pronouns resolved."""
        reading = Reading(self.article, self.doc)
        resolve_pronouns(reading)
        return reading

    def token(self, form: str) -> Token:
        """The token of a form; of several the numbered one (``van#2``)."""
        return self.reading.doc[_place(form, [t.text for t in self.doc])]

    def mention(self, form: str) -> Mention:
        """The mention that a token heads."""
        mention = self.reading.mention(self.token(form))
        assert mention is not None, form
        return mention

    def triggers(self) -> list[Trigger]:
        """The triggers of all sentences."""
        return [t for s in self.reading.sentences for t in triggers(s, self.reading)]

    def report(self) -> Report:
        """All that the article tells."""
        return extract(self.article, self.doc)


def text(language: Language, *sentences: str, published: str | None = "2024-03-20", boilerplate: str | None = None) -> Text:
    """An article of one paragraph, and behind it a paragraph that tells nothing if ``boilerplate`` is given."""
    words: list[str] = []
    spaces: list[bool] = []
    rows: list[_Word] = []
    heads: list[int] = []
    for sentence in (*sentences, *([boilerplate] if boilerplate else [])):
        row = _sentence(sentence)
        start = len(rows)
        heads.extend(start + word.head for word in row)
        rows.extend(row)
        words.extend(word.form for word in row)
        spaces.extend(_space_after(left.form, right.form) for left, right in pairwise(row))
        spaces.append(True)
    spaces[-1] = False
    doc = Doc(
        _VOCABS[language],
        words=words,
        spaces=spaces,
        heads=heads,
        deps=["ROOT" if w.dep == "root" else w.dep for w in rows],
        pos=[w.pos for w in rows],
        lemmas=[w.lemma for w in rows],
        morphs=[w.morph for w in rows],
        ents=[_bio(w.tag, rows[i - 1].tag if i else _NO_TAG) for i, w in enumerate(rows)],
    )
    starts = [s.start_char for s in doc.sents]
    edge = starts[len(sentences)] if boilerplate else len(doc.text)
    blocks = [Block(Span(0, edge), BlockKind.TEXT)]
    if boilerplate:
        blocks.append(Block(Span(edge, len(doc.text)), BlockKind.BOILERPLATE))
    digest = hashlib.sha256(doc.text.encode()).hexdigest()
    return Text(Article("hand", doc.text, digest, language, None, published, None, tuple(blocks)), doc)


def _sentence(line: str) -> list[_Word]:
    found = []
    for part in line.split():
        match = _TOKEN.fullmatch(part)
        if match is None:
            raise ValueError(f"no token: {part!r}; written form/UPOS/relation/head[...]")
        found.append(match)
    forms = [m["form"] for m in found]
    words = []
    for i, match in enumerate(found):
        if (match["dep"] == "root") is not (match["head"] is None):
            raise ValueError(f"{match[0]!r}: the root, and only the root, has no head")
        more = [m for m in (match["more"] or "").split(";") if m]
        words.append(
            _Word(
                form=match["form"],
                pos=match["pos"],
                dep=match["dep"],
                head=i if match["head"] is None else _place(match["head"], forms),
                lemma=next((m for m in more if "=" not in m and m[0] != "@"), match["form"] if match["pos"] == "PROPN" else match["form"].lower()),
                morph="|".join(sorted(m for m in more if "=" in m)),
                tag=next((m[1:] for m in more if m[0] == "@"), _NO_TAG),
            )
        )
    _check_tree(words)
    return words


def _check_tree(words: list[_Word]) -> None:
    roots = [i for i, w in enumerate(words) if w.head == i]
    if len(roots) != 1 or words[roots[0]].dep != "root":
        raise ValueError(f"{len(roots)} roots in {' '.join(w.form for w in words)!r}")
    for i in range(len(words)):
        seen, at = {i}, i
        while words[at].head != at:
            at = words[at].head
            if at in seen:
                raise ValueError(f"a circle at {words[i].form!r} in {' '.join(w.form for w in words)!r}")
            seen.add(at)


def _place(name: str, forms: list[str]) -> int:
    form, mark, number = name.rpartition("#")
    if not mark:
        form = name
    places = [i for i, f in enumerate(forms) if f == form]
    if not places or (not mark and len(places) > 1):
        raise ValueError(f"{len(places)} tokens {form!r} in {' '.join(forms)!r}; say which, as {form}#1")
    return places[int(number) - 1] if mark else places[0]


def _space_after(left: str, right: str) -> bool:
    return _CLOSING.fullmatch(right) is None and _OPENING.fullmatch(left) is None


def _bio(tag: str, before: str) -> str:
    if tag == _NO_TAG:
        return _NO_TAG
    return f"I-{tag}" if tag == before else f"B-{tag}"


def named(mention: Mention) -> str:
    """What a mention stands for, in a word: a state's code, a cargo concept, else its name."""
    final = mention.resolved()
    if final.kind is Kind.COUNTRY and final.country:
        return final.country
    return final.concept if final.kind is Kind.CARGO and final.concept else final.name


def written(type_: str, arguments: tuple[Argument, ...] | list[Argument]) -> str:
    """An event as a line: ``Shipment agent=IR object=drone+missile patient=RU``; the roles in the order of the vocabulary."""
    parts = [type_]
    for role in ROLES:
        values = [named(a.mention) for a in arguments if a.role == role]
        if values:
            parts.append(f"{role}={'+'.join(values)}")
    return " ".join(parts)


def frame(language: Language, *sentences: str) -> str | None:
    """The only event of a text as a line; None where it tells none."""
    found = events(language, *sentences)
    assert len(found) < 2, found
    return found[0] if found else None


def reported(*events: Event) -> list[str]:
    """Events as lines."""
    return [written(e.type, e.arguments) for e in events]


def events(language: Language, *sentences: str) -> list[str]:
    """All events of a text as lines, after merging."""
    return reported(*text(language, *sentences).report().events)
