"""Reading everything back: every statement through every index, every text against its hash, every layer against its sources.

The store keeps each statement in several orders and each string once; a full scan of each order makes it verify the
checksums of all its blocks and look up every string.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import GraphAccess, InputError
from kg.graph.reference import reference_quads, used_reference
from kg.graph.resolution import is_resolved, state
from kg.graph.store import Graph

__all__ = ["read_back"]

Row = tuple[str, str, str, str, str]  # article, kind, severity, node, message
_LAYERS = ("build", "copies", "reference", "resolution")


def read_back(graph: Graph) -> Iterator[Row]:
    """What does not read back: (article, kind, severity, node, message)."""
    try:
        yield from _statements(graph)
        yield from _layers(graph)
    except (OSError, RuntimeError) as error:  # a block whose checksum is wrong
        yield "", "store", "Violation", str(graph.path), f"the store cannot be read in full: {error}"
    if graph.has_texts():
        yield from _texts(graph)
    try:
        _ = graph.judgements and graph.judgements.standing()
    except InputError as error:
        yield "", "text", "Violation", str(graph.path), str(error)


def _statements(graph: Graph) -> Iterator[Row]:
    """Each order of the store holds the same number of statements, each in a graph that belongs there."""
    known = {stored.node.value for stored in graph.articles().values()} | {graph.minter.graph(name).value for name in _LAYERS}
    graphs, predicates, objects = Counter[str](), Counter[ox.NamedNode](), Counter[object]()
    for quad in graph.quads():
        graphs[getattr(quad.graph_name, "value", "")] += 1
        predicates[quad.predicate] += 1
        objects[quad.object] += 1
    for name in sorted(graphs.keys() - known):
        yield "", "store", "Violation", name, f"{graphs[name]} statements in a graph of no article"
    by_graph = sum(_count(graph, None, None, node) for node in graph.store.named_graphs())
    by_predicate = sum(_count(graph, node, None, None) for node in predicates)
    by_object = sum(_count(graph, None, term, None) for term in objects)
    for order, count in (("graph", by_graph), ("predicate", by_predicate), ("object", by_object)):
        if count != len(graph):
            yield "", "store", "Violation", str(graph.path), f"{count} statements by {order}, {len(graph)} in all"
    for name, stored in graph.articles().items():
        if stored.node != graph.minter.article(name):
            yield name, "store", "Violation", stored.node.value, "the node of an article does not follow from its name"


def _count(graph: Graph, predicate: object, term: object, name: object) -> int:
    found = graph.store.quads_for_pattern(None, predicate, term, name)  # type: ignore[arg-type]
    # Oxigraph 0.5.13 hands out too much for an object that is a number whose last byte is 255 (255, 511, 1279 ...)
    return sum(1 for quad in found if term is None or quad.object == term)


def _layers(graph: Graph) -> Iterator[Row]:
    """What is derived from the articles is what would be derived now."""
    articles = graph.articles().values()
    used = {term for a in articles for term in used_reference(list(graph.quads(a.node)), graph.minter)}
    node = graph.minter.graph("reference")
    if set(reference_quads(used, graph.minter)) != set(graph.quads(node)):
        yield "", "store", "Warning", node.value, "the reference graph is not that of the articles; run kg build again"
    standing = graph.judgements.standing() if graph.judgements else ()
    digest = state(((a.node.value, a.digest, a.build) for a in articles), standing, graph.minter.base)
    if not is_resolved(graph.store, graph.minter, digest):
        node = graph.minter.graph("resolution")
        yield "", "store", "Warning", node.value, "the resolution is not that of the articles and judgements; run kg build again"


def _texts(graph: Graph) -> Iterator[Row]:
    """Every text is the one whose hash the store holds, and there is no other."""
    digests = {stored.digest: name for name, stored in graph.articles().items()}
    for digest, name in sorted(digests.items()):
        try:
            if hashlib.sha256(graph.text(digest).encode("utf-8")).hexdigest() != digest:
                yield name, "text", "Violation", digest, "the stored text is not the one that was read: its hash differs"
        except GraphAccess as error:
            yield name, "text", "Violation", digest, str(error)
    for stray in sorted(graph.text_digests() - digests.keys()):
        yield "", "text", "Warning", stray, "a stored text of no article; kg build removes it"
