"""Is the graph what it claims to be: the shapes of ``shapes.ttl`` hold, and every offset reads back from its text.

The shapes run as queries over the whole store (``kg.graph.shapes``). pySHACL, the reference implementation, checks
article by article (each graph with the reference and build graphs and the ontology); it is slow, and there to prove
that both agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph as RdfGraph
from rdflib import URIRef
from rdflib.namespace import RDF, SH

from kg.errors import GraphAccess, OntologyError
from kg.graph.deep import read_back
from kg.graph.names import KG
from kg.graph.names import RDF as OX_RDF
from kg.graph.ontology import ontology_dir
from kg.graph.shapes import compile_shapes
from kg.graph.store import Graph, Stored

__all__ = ["Finding", "check", "check_offsets", "check_shacl", "check_shapes"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong. ``kind`` is ``shape``, ``offset``, ``text`` or ``store``; ``severity`` is SHACL's local name."""

    article: str
    kind: str
    severity: str
    node: str
    message: str


def check(graph: Graph, *, reference: bool = False, deep: bool = False) -> tuple[Finding, ...]:
    """Everything wrong with a graph, sorted; empty is well. Offsets are skipped where no texts are stored.

    ``reference`` has pySHACL check the shapes; ``deep`` reads back all that is stored (``kg.graph.deep``). Raises
    ``OntologyError`` where the shapes are missing or broken.
    """
    found = list(check_offsets(graph)) if graph.has_texts() else []
    found += check_shacl(graph) if reference else check_shapes(graph)
    if deep:
        found += (Finding(*row) for row in read_back(graph))
    return tuple(sorted(found))


def check_offsets(graph: Graph) -> Iterator[Finding]:
    """Read every mention back from the stored text of its article."""
    for name, stored in graph.articles().items():
        try:
            text = graph.text(stored.digest)
        except GraphAccess as error:
            yield Finding(name, "text", "Violation", stored.node.value, str(error))
            continue
        for node, start, end, exact, sentence in _mentions(graph, stored):
            if not 0 <= start < end <= len(text):
                message = f"offsets {start}–{end} are not in the text, which is {len(text)} long"
            elif text[start:end] != exact:
                message = f"offsets {start}–{end} read {text[start:end]!r}, the mention says {exact!r}"
            elif sentence and sentence not in " ".join(text.split()):
                message = f"the sentence is not in the text: {sentence!r}"
            else:
                continue
            yield Finding(name, "offset", "Violation", node, message)


def _mentions(graph: Graph, stored: Stored) -> Iterator[tuple[str, int, int, str, str]]:
    def values(predicate: str) -> dict[str, str]:
        found = graph.store.quads_for_pattern(None, KG[predicate], None, stored.node)
        return {str(getattr(q.subject, "value", q.subject)): str(getattr(q.object, "value", "")) for q in found}

    starts, ends, words, sentences = (values(p) for p in ("start", "end", "exact", "sentence"))
    for node in sorted(starts.keys() | ends.keys() | words.keys()):
        yield node, int(starts.get(node, -1)), int(ends.get(node, -1)), words.get(node, ""), sentences.get(node, "")


def check_shapes(graph: Graph) -> Iterator[Finding]:
    """Run every shape over the whole store. Raises ``OntologyError``."""
    names = {stored.node.value: name for name, stored in graph.articles().items()}
    for rule in compile_shapes():
        try:
            rows = graph.store.query(rule.query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise OntologyError(f"shapes.ttl: {rule.shape}: {' '.join(str(error).split())}") from error
        broken = {row["this"] for row in rows} if isinstance(rows, ox.QuerySolutions) else set()
        for node in broken:
            if isinstance(node, ox.NamedNode):
                graphs = {q.graph_name for q in graph.store.quads_for_pattern(node, None, None)}
                where = sorted(names[g.value] for g in graphs if isinstance(g, ox.NamedNode) and g.value in names)
                article = where[0] if where else ""
                yield Finding(article, "shape", rule.severity, node.value, _message(rule.message, rule.path))


def _message(message: str, path: str) -> str:
    where = path.replace("#", "/").rsplit("/", 1)[-1]
    return (message or "a shape does not hold") + (f" ({where})" if where else "")


def check_shacl(graph: Graph) -> Iterator[Finding]:
    """Validate each article's graph, and the resolution with what it points at, by pySHACL. Raises ``OntologyError``."""
    from pyshacl import validate  # takes half a second to import: only who checks pays

    shapes, ontology = _read("shapes.ttl"), _read("kg.ttl")
    shared = [q for name in ("reference", "build") for q in graph.quads(graph.minter.graph(name))]
    names = {stored.node.value: name for name, stored in graph.articles().items()}
    layers = {graph.minter.graph(name).value for name in ("reference", "build", "copies")}
    for node in sorted(graph.store.named_graphs(), key=str):
        if not isinstance(node, ox.NamedNode) or node.value in layers:
            continue
        name, rules, more = names.get(node.value, ""), shapes, shared
        if node == graph.minter.graph("resolution"):
            rules, more = _of_resolution(shapes), list(_event_types(graph))
        data = _rdflib(q.triple for q in (*graph.quads(node), *more))
        _, report, text = validate(data, shacl_graph=rules, ont_graph=ontology, inference="none", advanced=True)
        if not isinstance(report, RdfGraph):
            raise OntologyError(f"shapes.ttl cannot be applied: {text}")
        for result in report.subjects(RDF.type, SH.ValidationResult):
            severity = str(report.value(result, SH.resultSeverity) or "").rsplit("#", 1)[-1]
            messages = sorted(str(m) for m in report.objects(result, SH.resultMessage))
            path = report.value(result, SH.resultPath)
            focus = str(report.value(result, SH.focusNode))
            yield Finding(name, "shape", severity, focus, _message(" ".join(messages), str(path or "")))


def _event_types(graph: Graph) -> Iterator[ox.Quad]:
    """Which nodes are events: all that the rules of the resolution graph ask of the articles."""
    return (q for q in graph.store.quads_for_pattern(None, OX_RDF["type"], KG["Event"]))


def _of_resolution(shapes: RdfGraph) -> RdfGraph:
    """The shapes without those of events, which only the graphs of their articles hold in full."""
    found = RdfGraph() + shapes
    own = {URIRef(KG[name].value) for name in ("Grouping", "Incident", "Prospect", "Conflict", "Link")}
    for shape, target in list(shapes.subject_objects(SH.targetClass)):
        if target not in own:
            found.remove((shape, SH.targetClass, target))
    return found


def _read(name: str) -> RdfGraph:
    path: Path = ontology_dir() / name
    if not path.exists():
        raise OntologyError(f"{path}: missing; the shapes are checked against it")
    try:
        return _rdflib(q.triple for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except (SyntaxError, ValueError) as error:
        raise OntologyError(f"{path}: {error}") from error


def _rdflib(triples: Iterable[ox.Triple]) -> RdfGraph:
    """Triples as an rdflib graph, by way of N-Triples, which both read fast."""
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return RdfGraph().parse(data=text.decode(), format="nt")
