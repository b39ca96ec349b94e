"""A prefix is needed where an IRI begins with its namespace, not where words look as if one did."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph.names import RDF, XSD
from kg.graph.prefixes import Prefixes

EVERY = {"z": "http://e/z#", "a": "http://e/a/", "xsd": XSD.iri, "rdf": RDF.iri}
S, P = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")


def used(*triples: ox.Triple, graph: str = "") -> set[str]:
    prefixes = Prefixes(EVERY)
    prefixes.look("".join(sorted(f"{graph}{triple} .\n" for triple in triples)).encode())
    return set(prefixes.used())


@pytest.mark.parametrize("graph", ["", "<urn:g> "])
@pytest.mark.parametrize(
    ("triple", "wanted"),
    [
        (ox.Triple(ox.NamedNode("http://e/a/x"), P, S), {"a"}),
        (ox.Triple(S, ox.NamedNode("http://e/z#x"), ox.NamedNode("http://e/a/")), {"a", "z"}),
        (ox.Triple(S, P, ox.NamedNode("http://e/b")), set()),
        (ox.Triple(S, P, ox.Literal("words")), {"xsd"}),
        (ox.Triple(S, P, ox.Literal("woorden", language="nl")), {"rdf"}),
        (ox.Triple(S, P, ox.Literal("7", datatype=ox.NamedNode("http://e/z#number"))), {"z"}),
        (ox.Triple(S, P, ox.Literal('say " <http://e/a/x> and "^^<http://e/z#y> or "@nl', language="nl")), {"rdf"}),
        (ox.Triple(S, P, ox.Literal('\n<http://e/a/x> <http://e/z#y> "@nl .\n')), {"xsd"}),
        (ox.Triple(S, P, ox.Literal('" . "', datatype=ox.NamedNode("http://e/z#words"))), {"z"}),
        (ox.Triple(ox.BlankNode("b"), P, ox.BlankNode("c")), set()),
    ],
)  # fmt: skip
def test_what_a_line_needs(triple: ox.Triple, graph: str, wanted: set[str]) -> None:
    other = ox.Triple(ox.NamedNode("urn:after"), P, S)
    assert used(triple, other, graph=graph) == used(triple, graph=graph) == wanted


def test_they_are_sorted_and_found_in_any_part() -> None:
    prefixes = Prefixes(EVERY)
    prefixes.look(b"<http://e/z#x> <urn:p> <urn:o> .\n")
    prefixes.look(b"<http://e/a/x> <urn:p> <urn:o> .\n")
    assert list(prefixes.used().items()) == [("a", "http://e/a/"), ("z", "http://e/z#")]
