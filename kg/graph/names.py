"""The names of the vocabulary as terms: namespaces, prefixes, classes, properties and the roles of each event type.

Nothing here decides anything; VOCABULARY and ``ontology/kg.ttl`` do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from pyoxigraph import NamedNode

from kg.records import Kind

__all__ = ["ACTOR_KINDS", "CARGO", "KG", "KIND_CLASS", "NAMESPACES", "UNIT", "Namespace", "general_role", "label_in", "role_property", "role_table"]


class Namespace(dict[str, NamedNode]):
    """A namespace IRI that makes terms: ``KG["agent"]`` is ``kg:agent``. It keeps them: a graph has some hundred, met a million times."""

    def __init__(self, iri: str) -> None:
        super().__init__()
        self.iri = iri

    def __missing__(self, name: str) -> NamedNode:
        term = self[name] = NamedNode(self.iri + name)
        return term

    def __str__(self) -> str:
        return self.iri

    def local(self, term: object) -> str | None:
        """The name after the namespace, or None for a term of another one."""
        value = getattr(term, "value", term)
        return value[len(self.iri) :] if isinstance(value, str) and value.startswith(self.iri) else None


KG = Namespace("https://w3id.org/kg-news/ontology#")
CARGO = Namespace("https://w3id.org/kg-news/cargo/")
UNIT = Namespace("https://w3id.org/kg-news/unit/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SCHEMA = Namespace("https://schema.org/")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")

NAMESPACES: Mapping[str, Namespace] = MappingProxyType({
    "kg": KG, "cargo": CARGO, "unit": UNIT, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "skos": SKOS, "xsd": XSD,
    "oa": OA, "prov": PROV, "schema": SCHEMA, "wd": WIKIDATA,
})  # fmt: skip

KIND_CLASS: Mapping[Kind, NamedNode] = MappingProxyType({
    Kind.COUNTRY: KG["Country"], Kind.PERSON: KG["Person"], Kind.ORGANIZATION: KG["Organization"],
    Kind.GROUP: KG["Group"], Kind.PLACE: KG["Place"], Kind.VESSEL: KG["Vessel"], Kind.CARGO: KG["CargoType"],
    Kind.TOPIC: KG["Topic"],
})  # fmt: skip
ACTOR_KINDS = frozenset({Kind.PERSON, Kind.ORGANIZATION, Kind.GROUP})


@cache
def _roles() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("roles.toml").read_text(encoding="utf-8"))


@cache
def role_table() -> Mapping[str, Mapping[str, str]]:
    """Event type → general role → the property that VOCABULARY names for it (``roles.toml``)."""
    return MappingProxyType({k: MappingProxyType(v) for k, v in _roles().items() if k != "only"})


def label_in(labels: Iterable[tuple[str, str]], language: str, otherwise: str = "") -> str:
    """Of labels by language the one in a language, else in English, else the first of all, else ``otherwise``."""
    pairs = tuple(labels)
    names = dict(reversed(pairs))
    return names.get(language) or names.get("en") or next((text for _, text in pairs), otherwise)


def role_property(event_type: str, role: str, filler: Kind) -> str:
    """The property for a role of an event type, as specific as the kind of filler allows."""
    special = role_table().get(event_type, {}).get(role, role)
    return special if filler.value in _roles()["only"].get(special, [filler.value]) else role


@cache
def general_role() -> Mapping[str, str]:
    """Specific role property → the general role above it."""
    return MappingProxyType({special: role for row in role_table().values() for role, special in row.items()})
