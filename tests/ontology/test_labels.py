"""cargo.ttl and units.ttl as lexicons: one tree, every concept named in every language, no label for two concepts."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from .conftest import ONTOLOGY, turtle

KG = Namespace("https://w3id.org/kg-news/ontology#")
CARGO = Namespace("https://w3id.org/kg-news/cargo/")
LANGUAGES = {"nl", "de", "en", "fr"}
SCHEMES = {"cargo.ttl": (KG.CargoType, str(CARGO)), "units.ttl": (KG.Unit, "https://w3id.org/kg-news/unit/")}
MISLEADING = {
    "nl": {"koper", "kopers", "mijn", "mijnen", "waren", "jacht", "arm", "armen", "olie en", "data"},
    "de": {"waren", "bank", "teile", "mittel", "arm"},
    "en": {"round", "rounds", "shell", "mine", "mines", "parts", "supplies", "plant"},
    "fr": {"or", "mine", "pièce", "pièces", "car", "produit", "tente", "personne", "militaire"},
}


@pytest.fixture(scope="module", params=sorted(SCHEMES))
def scheme(request: pytest.FixtureRequest) -> tuple[Graph, URIRef, str]:
    return turtle(ONTOLOGY / request.param), *SCHEMES[request.param]


def labels(graph: Graph) -> dict[tuple[str, str], set[str]]:
    """(language, label in lower case) → the concepts under which it stands."""
    found = defaultdict(set)
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, label in graph.subject_objects(predicate):
            assert isinstance(label, Literal)
            assert label.language in LANGUAGES, (concept, label)
            found[label.language, label.casefold()].add(str(concept))
    return found


def test_no_label_under_two_concepts(scheme: tuple[Graph, URIRef, str]) -> None:
    assert not {k: sorted(v) for k, v in labels(scheme[0]).items() if len(v) > 1}


def test_labels_are_clean(scheme: tuple[Graph, URIRef, str]) -> None:
    assert not [k for k in labels(scheme[0]) if k[1] != k[1].strip() or re.search(r"\s{2}|[~^*!;]", k[1])]


def test_one_preferred_label_a_language(scheme: tuple[Graph, URIRef, str]) -> None:
    graph, kind, _ = scheme
    for concept in graph.subjects(RDF.type, kind):
        for predicate in (SKOS.prefLabel, RDFS.label):
            tags = [o.language for o in graph.objects(concept, predicate) if isinstance(o, Literal)]
            assert sorted(str(t) for t in tags) == sorted(LANGUAGES), concept


def test_a_label_stands_once_under_a_concept(scheme: tuple[Graph, URIRef, str]) -> None:
    """SKOS: preferred, alternative and hidden labels are disjoint."""
    graph, kind, _ = scheme
    for concept in graph.subjects(RDF.type, kind):
        sets = [set(graph.objects(concept, p)) for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        assert len(set.union(*sets)) == sum(map(len, sets)), concept


def test_tree(scheme: tuple[Graph, URIRef, str]) -> None:
    """Every broader concept is there, every concept is in the scheme, and nothing stands above itself."""
    graph, kind, base = scheme
    concepts = set(graph.subjects(RDF.type, kind))
    assert set(graph.objects(None, SKOS.broader)) <= concepts
    for concept in concepts:
        assert str(concept).startswith(base)
        assert (concept, RDF.type, SKOS.Concept) in graph
        assert (concept, SKOS.inScheme, URIRef(base)) in graph
        above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        parents = list(graph.objects(concept, SKOS.broader))
        assert not any(concept in graph.transitive_objects(p, SKOS.broader) for p in parents), concept
        assert above or (concept, SKOS.topConceptOf, URIRef(base)) in graph


def test_wikidata_ids_are_unique(scheme: tuple[Graph, URIRef, str]) -> None:
    same = list(scheme[0].objects(None, OWL.sameAs))
    assert len(same) == len(set(same))
    assert all(re.fullmatch(r"http://www\.wikidata\.org/entity/Q\d+", str(o)) for o in same)


def test_misleading_words_are_no_cargo() -> None:
    """Words that mean something else more often than goods would make up cargo where there is none."""
    known = labels(turtle(ONTOLOGY / "cargo.ttl"))
    assert not [(lang, word) for lang, words in MISLEADING.items() for word in sorted(words) if (lang, word) in known]


@pytest.mark.parametrize(
    ("language", "form", "concept"),
    [
        ("nl", "artilleriegranaten", "artillery-shell"), ("nl", "munitie", "ammunition"), ("nl", "wapens", "weapon"),
        ("nl", "onderzeeërs", "submarine"), ("nl", "reserveonderdelen", "spare-part"), ("nl", "kunstwerken", "art"),
        ("de", "Artilleriegeschosse", "artillery-shell"), ("de", "Panzerabwehrraketen", "anti-tank-weapon"),
        ("de", "ballistischen Raketen", "ballistic-missile"), ("de", "Spezialkräfte", "special-forces"),
        ("de", "Schattenflotte", "oil-tanker"), ("de", "Kampfjets", "fighter-jet"),
        ("en", "152mm shells", "artillery-shell"), ("en", "short-range ballistic missiles", "short-range-missile"),
        ("en", "KN-23", "hwasong-11"), ("en", "Shahed-136", "shahed"), ("en", "semiconductors", "semiconductor"),
        ("fr", "drones kamikazes", "suicide-drone"), ("fr", "missiles balistiques", "ballistic-missile"),
        ("fr", "obus", "projectile"), ("fr", "puces électroniques", "chip"), ("fr", "pétroliers", "oil-tanker"),
    ],
)  # fmt: skip
def test_forms_of_the_news(language: str, form: str, concept: str) -> None:
    assert labels(turtle(ONTOLOGY / "cargo.ttl"))[language, form.casefold()] == {str(CARGO[concept])}


@pytest.mark.parametrize(
    ("low", "high"),
    [("artillery-shell", "weapon"), ("hwasong-11", "missile"), ("shahed", "drone"), ("leopard-tank", "vehicle"),
     ("f-16", "aircraft"), ("submarine", "ship"), ("chip", "goods"), ("diesel", "oil"), ("special-forces", "person")],
)  # fmt: skip
def test_specific_stands_below_general(low: str, high: str) -> None:
    graph = turtle(ONTOLOGY / "cargo.ttl")
    assert CARGO[high] in set(graph.transitive_objects(CARGO[low], SKOS.broader))
