"""Link the mentions of one report: countries by ISO code, reference actors by name, places by gazetteer, the rest by normalised name.

The result is a function of the report alone, so the order of articles and the number of workers change nothing. Names that no reference
knows become actors keyed by class and normalised name: the same name in two articles is one actor until a judgement says otherwise.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from kg.data.cargo import cargo
from kg.data.gazetteer import gazetteer
from kg.records import LANGUAGES, Article, Entity, Kind, Linked, Mention, Report

__all__ = ["link", "normalise"]

_TITLES = re.compile(r"^(?:de|het|een|der|die|das|den|dem|des|the|le|la|les|l'|l’|d'|d’)\s*(?=\S)", re.IGNORECASE)


def normalise(name: str) -> str:
    """A name without case, accents, punctuation or leading article: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", _TITLES.sub("", name.strip())).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return "-".join(re.findall(r"[^\W_]+", plain))


def link(report: Report) -> Linked:
    """The report with an entity for each argument and each source of a claim."""
    mentions = dict.fromkeys(_mentions(report))
    full = _full_names(mentions)
    return Linked(report, tuple((mention, _entity(mention, report.article, full)) for mention in mentions))


def _mentions(report: Report) -> Iterator[Mention]:
    for event in report.events:
        for argument in event.arguments:
            yield argument.mention
        for claim in event.claims:
            if claim.source is not None:
                yield claim.source


def _full_names(mentions: dict[Mention, None]) -> dict[str, str]:
    """Part of a person's name → the fullest name met in the article ("Yoo" → "Yoo Sang-bum")."""
    persons = sorted(
        {m.resolved().name for m in mentions if m.resolved().kind is Kind.PERSON}, key=lambda n: (-len(n.split()), n)
    )
    full: dict[str, str] = {}
    for name in persons:
        for part in (name, *name.split()):
            full.setdefault(normalise(part), name)
    return full


def _entity(mention: Mention, article: Article, full: dict[str, str]) -> Entity:
    final = mention.resolved()
    match final.kind:
        case Kind.COUNTRY if final.country:
            return _country(final.country)
        case Kind.PERSON:
            return _actor(full.get(normalise(final.name), final.name), final, article)
        case Kind.ORGANIZATION:
            return _actor(final.name, final, article)
        case Kind.GROUP:
            known = gazetteer().actor(final.name)
            if known is not None:
                return _actor(final.name, final, article)
            return Entity(Kind.GROUP, _local(final, article), ((final.name, article.language),), final.country, reason="described in this article")
        case Kind.PLACE:
            return _place(final, article)
        case Kind.CARGO:
            return _cargo(final, article)
        case _:
            key = _digest(article.language, normalise(final.name))
            return Entity(final.kind, key, ((final.name, article.language),), final.country, reason="by name")


def _country(code: str) -> Entity:
    labels = tuple((label, language) for language in LANGUAGES if (label := gazetteer().label(code, language)))
    return Entity(Kind.COUNTRY, code, labels, code)


def _actor(name: str, mention: Mention, article: Article) -> Entity:
    known = gazetteer().actor(name) or gazetteer().actor(mention.name)
    if known is not None and (mention.country is None or known.country is None or mention.country == known.country):
        labels = known.labels
        same = (f"http://www.wikidata.org/entity/{known.wikidata}",) if known.wikidata else ()
        return Entity(Kind(known.kind), known.id, labels, known.country, same_as=same, reason="reference actor")
    key = normalise(name)
    named = name[:1].isupper() and mention.name == name and (mention.kind is Kind.PERSON or " " not in name or name.istitle() or name.isupper())
    if not named and mention.kind is Kind.ORGANIZATION and name[:1].islower():
        # "inlichtingendienst" without a name: one body per state and noun
        key = _digest(article.language, key, mention.country or article.digest)
    return Entity(mention.kind, key or _local(mention, article), ((name, article.language),), mention.country, score=0.8, reason="by name")


def _place(mention: Mention, article: Article) -> Entity:
    label = ((mention.name, article.language),)
    place = gazetteer().place(mention.name) if mention.name[:1].isupper() else None
    if place is not None and (mention.country is None or mention.country == place.country):
        return Entity(Kind.PLACE, f"geonames-{place.id}", label, place.country, reason="most populous place of that name")
    if mention.name[:1].isupper():
        return Entity(Kind.PLACE, normalise(mention.name) or _local(mention, article), label, mention.country, reason="by name")
    return Entity(Kind.PLACE, _local(mention, article), label, mention.country, reason="described in this article")


def _cargo(mention: Mention, article: Article) -> Entity:
    slug = mention.concept
    if slug is not None and slug in cargo():
        labels = tuple((label, language) for language in LANGUAGES if (label := cargo().label(slug, language)))
        return Entity(Kind.CARGO, slug, labels)
    key = _digest(article.language, normalise(mention.name))
    return Entity(Kind.CARGO, key, ((mention.name, article.language),), broader="goods", reason="by name")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _local(mention: Mention, article: Article) -> str:
    """A key for what only this article describes."""
    return _digest(article.digest, str(mention.span.start), str(mention.span.end))
