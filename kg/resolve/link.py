"""Link the mentions of one report: countries by ISO code, reference actors by name, places by gazetteer, the rest by normalised name.

The result is a function of the report alone, so the order of articles and the number of workers change nothing. Names that no reference
knows become actors keyed by class and normalised name: the same name in two articles is one actor until a judgement says otherwise.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kg.data.cargo import cargo
from kg.data.gazetteer import Actor, gazetteer
from kg.extract.lexicon import lexicon
from kg.records import LANGUAGES, Article, Entity, Kind, Language, Linked, Mention, Report
from kg.resolve.likeness import nearest
from kg.resolve.offices import holder

__all__ = ["described", "link", "normalise"]

_LONG_HEAD = 7  # letters of the end of a compound: "-ministerium" and "-gericht" make common nouns, "-bank" makes names
_FAME = 10  # a city so many times larger is meant, whatever else the article speaks of
_TITLES = re.compile(r"^(?:(?:de|het|een|der|die|das|den|dem|des|the|le|la|les)\s+|[ld]['’]\s*)(?=\S)", re.IGNORECASE)


def normalise(name: str) -> str:
    """A name without case, accents, punctuation or leading article: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", _TITLES.sub("", name.strip())).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return "-".join(re.findall(r"[^\W_]+", plain))


def link(report: Report) -> Linked:
    """The report with an entity for each argument and each source of a claim."""
    mentions = dict.fromkeys(_mentions(report))
    context = _Context(_full_names(mentions), frozenset(m.resolved().country or "" for m in mentions) - {""})
    return Linked(report, tuple((mention, _entity(mention, report.article, context)) for mention in mentions))


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rest of the article tells: the full names of persons, and the states that it speaks of."""

    full: dict[str, str]
    countries: frozenset[str]


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


def _entity(mention: Mention, article: Article, context: _Context) -> Entity:
    final = mention.resolved()
    match final.kind:
        case Kind.COUNTRY if final.country:
            return _country(final.country)
        case Kind.PERSON:
            return _office(final, article) or _actor(context.full.get(normalise(final.name), final.name), final, article, context)
        case Kind.ORGANIZATION:
            return _actor(final.name, final, article, context)
        case Kind.GROUP:
            if (held := _office(final, article)) is not None:
                return held
            known = gazetteer().actor(final.name)
            if known is not None:
                return _actor(final.name, final, article, context)
            return Entity(Kind.GROUP, _local(final, article), ((final.name, article.language),), final.country, reason="described in this article")
        case Kind.PLACE:
            return _place(final, article, context)
        case Kind.CARGO:
            return _cargo(final, article)
        case Kind.VESSEL if final.name[:1].isupper() and normalise(final.name):
            return Entity(Kind.VESSEL, normalise(final.name), ((final.name, article.language),), final.country, reason="by name")
        case _:
            key = _digest(article.language, normalise(final.name))
            return Entity(final.kind, key, ((final.name, article.language),), final.country, reason="by name")


def _country(code: str) -> Entity:
    labels = tuple((label, language) for language in LANGUAGES if (label := gazetteer().label(code, language)))
    return Entity(Kind.COUNTRY, code, labels, code)


def _office(mention: Mention, article: Article) -> Entity | None:
    known = holder(mention.name, mention.country, article.language, article.published)
    return _known(known, 0.9, f"held the office of {mention.name} when the article appeared") if known else None


def _known(actor: Actor, score: float, reason: str) -> Entity:
    same = (f"http://www.wikidata.org/entity/{actor.wikidata}",) if actor.wikidata else ()
    return Entity(Kind(actor.kind), actor.id, actor.labels, actor.country, same_as=same, score=score, reason=reason)


def _reference(name: str, mention: Mention, context: _Context) -> Entity | None:
    """The reference actor of a name: exact, of several namesakes the one whose state the article tells, else the one that sounds so."""
    namesakes = gazetteer().actors.namesakes(name)
    if len(namesakes) > 1:
        told = {mention.country} if mention.country else context.countries
        fitting = [one for one in namesakes if one.country in told]
        if len(fitting) != 1:
            return None  # a string alone tells nothing where a homonym is known
        return _known(fitting[0], 0.9, f"of {len(namesakes)} of that name the one of a state that the article speaks of")
    known = gazetteer().actor(name) or gazetteer().actor(mention.name)
    if known is not None and (mention.country is None or known.country is None or mention.country == known.country):
        return _known(known, 1.0, "reference actor")
    if mention.kind is Kind.PERSON and known is None:
        found = nearest(name, mention.kind.value, {mention.country} if mention.country else ())
        if found is not None:
            return _known(*found)
    return None


def _common(name: str, language: Language, label: str) -> bool:
    """Whether a German word is a noun for bodies or sites ("Firmen", "Verteidigungsministerium", "Markt"), whatever its capital says."""
    if language != "de" or " " in name:
        return False
    things = lexicon(language).things
    if labels := things(name):
        return label in labels
    head = things.head(name, at_least=_LONG_HEAD)
    return head is not None and label in things(head[1])


def described(name: str, language: Language) -> str:
    """The common noun of a body or site that a state and a noun describe ("Chinese firms", "Politie Singapore"); empty for other names."""
    words = name.split()
    if len(words) < 2:
        return ""
    first, rest, last = words[0], words[1:], words[-1]
    if gazetteer().adjective(first, language) and all(word == word.lower() for word in rest) and (language != "de" or len(rest) > 1):
        return " ".join(rest)
    body = len(words) == 2 and "org" in lexicon(language).things(first) and gazetteer().country(last, language)
    return (first if language == "de" else first.lower()) if body else ""


def _actor(name: str, mention: Mention, article: Article, context: _Context) -> Entity:
    if (known := _reference(name, mention, context)) is not None:
        return known
    common = described(name, article.language)
    if mention.kind is Kind.ORGANIZATION and mention.country:
        for noun in filter(None, (name, common)):
            if body := gazetteer().actors.body_called(noun, mention.country, article.language):
                return _known(body, 0.9, f"the body of that state that {article.language} calls so")
    key = normalise(name)
    named = name[:1].isupper() and mention.name == name and (mention.kind is Kind.PERSON or " " not in name or name.istitle() or name.isupper())
    plain = mention.kind is Kind.ORGANIZATION and (bool(common) or _common(name, article.language, "org"))
    if plain or (not named and mention.kind is Kind.ORGANIZATION and name[:1].islower()):
        # "inlichtingendienst" without a name: one body per state and noun; German writes such a noun like a name
        key = _digest(article.language, key, mention.country or article.digest)
    return Entity(mention.kind, key or _local(mention, article), ((name, article.language),), mention.country, score=0.8, reason="by name")


def _place(mention: Mention, article: Article, context: _Context) -> Entity:
    """A city: of several of that name the one in the state that the words tell, else in one that the article speaks of, else the largest."""
    label = ((mention.name, article.language),)
    if mention.name[:1].isupper() or " " in mention.name:
        region = gazetteer().region(mention.name, article.language)  # the sea that is "golfe d'Aden" here is "Golf von Aden" there
        if region is not None and region.id in gazetteer().actors.by_id:
            return _known(gazetteer().actors.by_id[region.id], 1.0, "reference actor")  # the EU is one thing, whether it acts or lies somewhere
        if region is not None:
            return Entity(Kind.PLACE, region.id, region.labels, region.country or mention.country, reason="region or sea of that name")
    cities = gazetteer().places(mention.name) if mention.name[:1].isupper() else ()
    if mention.country is not None:
        cities = tuple(city for city in cities if city.country == mention.country)
        reason = "city of that name in the state that the words tell"
    else:
        reason = "most populous place of that name"
        near = [city for city in cities if city.country in context.countries]
        if near and near[0] is not cities[0] and near[0].population * _FAME >= cities[0].population:
            cities, reason = tuple(near), "place of that name in a state that the article speaks of"
    if cities:
        return Entity(Kind.PLACE, f"geonames-{cities[0].id}", label, cities[0].country, score=1.0 if len(cities) == 1 else 0.9, reason=reason)
    if mention.name[:1].isupper() and not described(mention.name, article.language) and not _common(mention.name, article.language, "site"):
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
