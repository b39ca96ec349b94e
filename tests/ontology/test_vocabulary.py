"""kg.ttl declares the public contract of the graph in full: every class, property and value, in three languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from kg.records import EVENT_TYPES, ROLES, Modality, Stance

from .conftest import ONTOLOGY, turtle

KG = Namespace("https://w3id.org/kg-news/ontology#")
THINGS = (
    "Country", "Actor", "Person", "Organization", "Group", "Place", "Vessel", "CargoType", "Article", "Mention",
    "Event", "Quantity", "Claim", "Incident",
)  # fmt: skip
PROPERTIES = (
    "isoCode", "country", "office", "memberOf", "imoNumber", "flag", "sourceName", "start", "end", "exact",
    "rawDigest", "metadataDigest", "copyOf", "likeness", "page",
    "sentence", "quantity", "earliest", "latest", "timeText", "modality", "inArticle", "evidence", "confidence",
    "value", "minimum", "maximum", "unit", "quantityText", "about", "assertedBy", "stance", "includes",
    "corroboratedBy", "conflict", "stage", "price",
)  # fmt: skip
ROLES_BY_NAME = {
    "supplier": "agent", "recipient": "patient", "cargo": "object", "carrier": "instrument", "sender": "agent",
    "beneficiary": "patient", "force": "object", "party": "participant", "weapon": "object", "attacker": "agent",
    "target": "patient", "victim": "patient", "suspect": "patient", "defendant": "patient", "penalty": "object",
    "expelled": "patient", "imposer": "agent", "sanctioned": "patient", "evader": "agent", "provider": "agent",
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(ONTOLOGY.glob("*.ttl")), ids=lambda p: p.name)
def test_parses(path: Path) -> None:
    assert len(turtle(path)) > 50


@pytest.mark.parametrize("name", [*THINGS, *EVENT_TYPES])
def test_class_declared(vocabulary: Graph, name: str) -> None:
    assert (KG[name], RDF.type, OWL.Class) in vocabulary


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_event_type_is_event(vocabulary: Graph, name: str) -> None:
    assert (KG[name], RDFS.subClassOf, KG.Event) in vocabulary


@pytest.mark.parametrize("name", [*PROPERTIES, *ROLES, *ROLES_BY_NAME])
def test_property_declared(vocabulary: Graph, name: str) -> None:
    kinds = set(vocabulary.objects(KG[name], RDF.type))
    assert kinds & {OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property}
    assert vocabulary.value(KG[name], RDFS.domain) or name in {"inArticle", "evidence", "confidence"}


def test_roles_stand_below_general_ones(vocabulary: Graph) -> None:
    """Exactly these: the scorer and the graph's readers go by rdfs:subPropertyOf."""
    found = set(vocabulary.subject_objects(RDFS.subPropertyOf))
    assert found == {(KG[low], KG[high]) for low, high in ROLES_BY_NAME.items()}


def test_role_table_of_the_program_agrees() -> None:
    """What the program writes beside a general role is declared below that role."""
    path = ONTOLOGY.parent / "kg" / "graph" / "roles.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {v: k for kind, row in table.items() if kind != "only" for k, v in row.items()}.items() <= ROLES_BY_NAME.items()


@pytest.mark.parametrize(("enum", "cls"), [(Stance, "Stance"), (Modality, "Modality")])
def test_values_declared(vocabulary: Graph, enum: type[Stance | Modality], cls: str) -> None:
    assert set(vocabulary.subjects(RDF.type, KG[cls])) == {KG[v.value] for v in enum}


def test_labels_and_comments_in_three_languages(vocabulary: Graph) -> None:
    """Every term of ours has one label in English, Dutch, German and French, and a comment in the first three."""
    missing = []
    for term in sorted({s for s in vocabulary.subjects() if isinstance(s, URIRef) and s.startswith(str(KG))}):
        for predicate, languages in ((RDFS.label, "de en fr nl"), (RDFS.comment, "de en nl")):
            tags = sorted(getattr(o, "language", None) or "" for o in vocabulary.objects(term, predicate))
            if tags != languages.split():
                missing.append((term, predicate, tags))
    assert not missing


def test_what_is_named_is_declared(vocabulary: Graph) -> None:
    """Domains, ranges, superclasses and the other files name no kg: term that kg.ttl does not declare."""
    declared = set(vocabulary.subjects(RDF.type, None))
    for path in sorted(ONTOLOGY.glob("*.ttl")):
        used = {t for triple in turtle(path) for t in triple if isinstance(t, URIRef) and t.startswith(str(KG))}
        assert not used - declared, path.name
