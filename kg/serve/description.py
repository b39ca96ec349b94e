"""What the endpoint says of itself: a SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from itertools import islice

import pyoxigraph as ox

from kg.graph.names import RDF, XSD, Namespace
from kg.graph.store import Graph

__all__ = ["GRAPHS_NAMED", "describe"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
VOID = Namespace("http://rdfs.org/ns/void#")
GRAPHS_NAMED = 1000
"""So many named graphs are listed; a query lists the rest."""
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip
_SYNTAX = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}


def describe(graph: Graph, endpoint: str, form: str) -> bytes:
    """The description of the endpoint at that address in a format of ``accept.GRAPHS``."""
    service, dataset, default = (ox.NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph"))
    triples = [
        ox.Triple(service, RDF["type"], SD["Service"]),
        ox.Triple(service, SD["endpoint"], ox.NamedNode(endpoint)),
        ox.Triple(service, SD["supportedLanguage"], SD["SPARQL11Query"]),
        ox.Triple(service, SD["feature"], SD["UnionDefaultGraph"]),
        ox.Triple(service, SD["defaultDataset"], dataset),
        ox.Triple(dataset, RDF["type"], SD["Dataset"]),
        ox.Triple(dataset, SD["defaultGraph"], default),
        ox.Triple(default, RDF["type"], SD["Graph"]),
        ox.Triple(default, VOID["triples"], ox.Literal(str(len(graph)), datatype=XSD["integer"])),
        *(ox.Triple(service, SD["resultFormat"], FORMATS[name]) for name in _RESULTS),
    ]
    names = (g for g in graph.store.named_graphs() if isinstance(g, ox.NamedNode))
    for number, name in enumerate(sorted(islice(names, GRAPHS_NAMED), key=lambda g: g.value)):
        node = ox.NamedNode(f"{endpoint}#graph-{number}")
        triples += [
            ox.Triple(dataset, SD["namedGraph"], node),
            ox.Triple(node, RDF["type"], SD["NamedGraph"]),
            ox.Triple(node, SD["name"], name),
        ]
    bound = {"sd": SD.iri, "formats": FORMATS.iri, "void": VOID.iri, "xsd": XSD.iri} if form in ("turtle", "rdfxml") else None
    return ox.serialize(triples, format=_SYNTAX[form], prefixes=bound) or b""
