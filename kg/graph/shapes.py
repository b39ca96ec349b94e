"""The shapes of ``shapes.ttl`` as SPARQL, run over the whole store at once: some hundred times faster than SHACL
processors, which ask anew for every node.

Only the constraint kinds that ``shapes.ttl`` uses are compiled; any other is an ``OntologyError``, never passed over.
A test holds this against pySHACL, the reference; they differ only where an article's graph leans on another article's,
which the union does not see. Targets and ``sh:class`` count subclasses by ``kg.ttl``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.graph.names import KG, OWL, RDF, RDFS, SCHEMA, SKOS, XSD, Namespace
from kg.graph.ontology import hierarchy, ontology_dir

__all__ = ["Rule", "compile_shapes"]

SH = Namespace("http://www.w3.org/ns/shacl#")
_PREFIXES = "".join(
    f"PREFIX {prefix}: <{namespace}>\n"
    for prefix, namespace in {
        "kg": KG, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "owl": OWL, "schema": SCHEMA, "xsd": XSD,
    }.items()
)  # fmt: skip
_IGNORED = {SH[n].value for n in ("path", "message", "severity", "name", "description", "flags", "order")}
_KINDS = {SH["IRI"].value: "isIRI(?value)", SH["Literal"].value: "isLiteral(?value)"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint of one shape: a query whose every row (``?this``, perhaps ``?value``) breaks it."""

    shape: str
    severity: str
    message: str
    path: str
    query: str


def _classes(name: str) -> str:
    """A class of kg and all below it, for ``VALUES`` or ``IN``."""
    below, todo = {name}, [name]
    while todo:
        high = todo.pop()
        more = {low for low, above in hierarchy()[0].items() if high in above} - below
        below |= more
        todo += more
    return " ".join(str(KG[c]) for c in sorted(below))


def _values(test: Callable[[str], str]) -> Callable[[str, str, str], str]:
    """A constraint on each value by itself: a row for each that does not pass the test."""

    def build(target: str, path: str, parameter: str) -> str:
        return f"SELECT ?this ?value WHERE {{ {target} ?this {path} ?value . FILTER (!({test(parameter)})) }}"

    return build


def _pairs(operator: str) -> Callable[[str, str, str], str]:
    def build(target: str, path: str, other: str) -> str:
        test = f"!COALESCE(?value {operator} ?other, false)"
        return f"SELECT ?this ?value WHERE {{ {target} ?this {path} ?value ; {other} ?other . FILTER ({test}) }}"

    return build


def _min_count(target: str, path: str, number: str) -> str:
    if number == "1":
        return f"SELECT ?this WHERE {{ {target} MINUS {{ ?this {path} ?value }} }}"
    count = f"SELECT ?this WHERE {{ {target} OPTIONAL {{ ?this {path} ?value }} }}"
    return f"{count} GROUP BY ?this HAVING (COUNT(DISTINCT ?value) < {number})"


def _max_count(target: str, path: str, number: str) -> str:
    count = f"SELECT ?this WHERE {{ {target} ?this {path} ?value }}"
    return f"{count} GROUP BY ?this HAVING (COUNT(DISTINCT ?value) > {number})"


def _class(target: str, path: str, name: str) -> str:
    classes = _classes(KG.local(name.strip("<>")) or name)
    member = f"?value a ?class . VALUES ?class {{ {classes} }}"
    return f"SELECT ?this ?value WHERE {{ {target} ?this {path} ?value . MINUS {{ {member} }} }}"


def _datatype(name: str) -> str:
    """The datatype and a lexical form that belongs to it (casting gives an error, so false, for any other)."""
    if name == str(XSD["string"]):
        return f"COALESCE(DATATYPE(?value) = {name}, false)"
    return f"COALESCE(DATATYPE(?value) = {name} && {name}(STR(?value)) = ?value, false)"


_BUILD: Mapping[str, Callable[[str, str, str], str]] = MappingProxyType({
    "minCount": _min_count, "maxCount": _max_count, "class": _class,
    "datatype": _values(_datatype),
    "nodeKind": _values(lambda kind: _KINDS[kind.strip("<>")]),
    "in": _values(lambda members: f"?value IN ({members})"),
    "pattern": _values(lambda pattern: f"REGEX(STR(?value), {pattern})"),
    "minInclusive": _values(lambda bound: f"COALESCE(?value >= {bound}, false)"),
    "maxInclusive": _values(lambda bound: f"COALESCE(?value <= {bound}, false)"),
    "lessThan": _pairs("<"), "lessThanOrEquals": _pairs("<="),
})  # fmt: skip


class _Shapes:
    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def all(self, subject: object, predicate: ox.NamedNode) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return []
        found = [q.object for q in self.store.quads_for_pattern(subject, predicate, None)]
        return [o for o in sorted(found, key=str) if not isinstance(o, ox.Triple)]

    def one(self, subject: object, predicate: ox.NamedNode) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
        return next(iter(self.all(subject, predicate)), None)

    def items(self, head: object) -> Iterator[str]:
        while isinstance(head, ox.BlankNode):
            yield str(self.one(head, RDF["first"]))
            head = self.one(head, RDF["rest"])

    def rules(self) -> Iterator[Rule]:
        shapes = sorted({q.subject for q in self.store.quads_for_pattern(None, SH["targetClass"], None)}, key=str)
        for shape in shapes:
            name = str(getattr(shape, "value", shape)).rsplit("#", 1)[-1]
            severity = self.text(shape, SH["severity"]).rsplit("#", 1)[-1] or "Violation"
            for target in self.all(shape, SH["targetClass"]):
                classes = _classes(KG.local(target) or "")
                focus = f"{{ SELECT DISTINCT ?this WHERE {{ ?this a ?kind . VALUES ?kind {{ {classes} }} }} }}"
                for body in self.all(shape, SH["property"]):
                    yield from self.property(name, severity, focus, body)
            for body in self.all(shape, SH["sparql"]):
                query = self.text(body, SH["select"]).replace("$this", "?this")
                yield Rule(name, severity, self.text(body, SH["message"]), "", _PREFIXES + query)
            known = {SH[n].value for n in ("targetClass", "property", "sparql")} | _IGNORED
            self.refuse(name, shape, known)

    def property(self, name: str, severity: str, focus: str, body: object) -> Iterator[Rule]:
        path = self.one(body, SH["path"])
        if not isinstance(path, ox.NamedNode):
            raise OntologyError(f"shapes.ttl: {name}: only a plain property can be a path")
        self.refuse(name, body, {SH[kind].value for kind in _BUILD} | _IGNORED)
        for kind, build in _BUILD.items():
            for value in self.all(body, SH[kind]):
                if kind == "in":
                    parameter = ", ".join(self.items(value))
                elif kind in ("minCount", "maxCount"):
                    parameter = str(getattr(value, "value", value))
                else:
                    parameter = str(value)
                query = _PREFIXES + build(focus, str(path), parameter)
                yield Rule(name, severity, self.text(body, SH["message"]), path.value, query)

    def text(self, subject: object, predicate: ox.NamedNode) -> str:
        values = self.all(subject, predicate)
        english = [v for v in values if isinstance(v, ox.Literal) and v.language == "en"] or values
        return str(getattr(english[0], "value", "")) if english else ""

    def refuse(self, name: str, node: object, known: set[str]) -> None:
        if isinstance(node, ox.NamedNode | ox.BlankNode):
            for quad in self.store.quads_for_pattern(node, None, None):
                if quad.predicate.value.startswith(SH.iri) and quad.predicate.value not in known:
                    raise OntologyError(f"shapes.ttl: {name}: {quad.predicate.value} cannot be compiled")


def compile_shapes() -> tuple[Rule, ...]:
    """Every constraint of ``shapes.ttl`` as a query, sorted by shape. Raises ``OntologyError``."""
    path = ontology_dir() / "shapes.ttl"
    store = ox.Store()
    try:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    except (OSError, SyntaxError, ValueError) as error:
        raise OntologyError(f"{path}: {error}") from error
    return tuple(_Shapes(store).rules())
