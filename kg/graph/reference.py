"""The reference graph: what the articles point at and no article tells.

Countries carry their ISO 3166 code, their names in four languages (CLDR, through Babel) and Wikidata's IRI where the
data name it; cargo concepts come with all concepts above them; units with their labels. Only what some article uses
is held, so that the graph is a function of the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import babel
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import ontology
from kg.graph.iri import Minter
from kg.graph.names import CARGO, KG, RDF, RDFS, SKOS, UNIT, Namespace
from kg.records import LANGUAGES

__all__ = ["country_labels", "of_reference", "reference_quads", "used_reference"]


@cache
def country_labels(code: str) -> tuple[tuple[str, str], ...]:
    """(name, language) of the territory with that ISO code in every language of the program; () if CLDR has none."""
    found = ((babel.Locale(language).territories.get(code), language) for language in LANGUAGES)
    return tuple((name, language) for name, language in found if name)


def reference_quads(used: set[NamedNode], minter: Minter) -> Iterator[Quad]:
    """Every statement of the reference graph about ``used`` and the concepts above them."""
    graph = minter.graph("reference")
    countries = Namespace(f"{minter.base}country/")
    for node in sorted(used, key=lambda n: n.value):
        code = countries.local(node)
        if code is not None:
            yield Quad(node, RDF["type"], KG["Country"], graph)
            yield Quad(node, KG["isoCode"], Literal(code), graph)
            for name, language in country_labels(code):
                yield Quad(node, RDFS["label"], Literal(name, language=language), graph)
    for scheme in (ontology.cargo(), ontology.units()):
        for concept in scheme.with_ancestors(used):
            for triple in scheme.triples[concept]:
                yield Quad(triple.subject, triple.predicate, triple.object, graph)
                if triple.predicate == SKOS["prefLabel"]:
                    yield Quad(triple.subject, RDFS["label"], triple.object, graph)
            if CARGO.local(concept) is not None:
                yield Quad(concept, RDF["type"], KG["CargoType"], graph)


def used_reference(quads: Iterable[Quad], minter: Minter) -> set[NamedNode]:
    """The reference terms that quads of article graphs point at or speak of: countries, cargo concepts and units."""
    terms = {term for q in quads for term in (q.subject, q.object)}
    return {NamedNode(iri) for iri in of_reference((term.value for term in terms if isinstance(term, NamedNode)), minter)}


def of_reference(iris: Iterable[str], minter: Minter) -> set[str]:
    """Those of some IRIs that are of the reference: countries, cargo concepts and units."""
    known = (f"{minter.base}country/", CARGO.iri, UNIT.iri)
    return {iri for iri in iris if iri.startswith(known)}
