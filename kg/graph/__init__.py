"""Records → RDF: minting, the store, queries, checks and exports."""

from kg.graph.iri import DEFAULT_BASE, Minter
from kg.graph.ontology import ontology_dir
from kg.graph.provenance import Build
from kg.graph.quads import quads
from kg.graph.store import Graph, Stored

__all__ = ["DEFAULT_BASE", "Build", "Graph", "Minter", "Stored", "ontology_dir", "quads"]
