"""Which articles are one text, as quads of the graph ``copies``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, Quad

from kg.graph.iri import Minter
from kg.graph.names import KG, XSD
from kg.read.duplicates import Copy

__all__ = ["copy_quads"]


def copy_quads(found: Iterable[Copy], minter: Minter) -> Iterator[Quad]:
    """Each copy leads to the article whose text it is, with how alike the two are."""
    graph = minter.graph("copies")
    for pair in sorted(found):
        node = minter.article(pair.copy)
        yield Quad(node, KG["copyOf"], minter.article(pair.original), graph)
        yield Quad(node, KG["likeness"], Literal(f"{pair.likeness:g}", datatype=XSD["decimal"]), graph)
