"""Ask the graph: named queries with parameters from ``ontology/queries``, or any SPARQL 1.1 that only reads.

A named query is a ``.rq`` file whose head holds ``# title:``, ``# description:`` and, for each parameter,
``# param: NAME | description | default``; its body holds ``VALUES ?NAME { UNDEF } # param``, where the value goes. A
default that begins with "any" or "all" leaves the slot open. A parameter whose description speaks of YYYY-MM-DD takes
a day (a year or a month stands for its first day, or its last where the description says so); one whose description
begins with "words" takes text; every other takes something that the graph or the vocabulary names (``resolve``).
"""

from __future__ import annotations

import difflib
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import BadParameter, QuerySyntax, UnknownQuery
from kg.graph.guard import check_readonly
from kg.graph.names import CARGO, KG, NAMESPACES, RDFS, SKOS, XSD
from kg.graph.ontology import cargo_slugs, ontology_dir
from kg.graph.reference import country_labels
from kg.graph.store import Graph
from kg.records import EVENT_TYPES, Modality, Stance

__all__ = ["Answer", "NamedQuery", "Parameter", "filled", "named_queries", "query", "resolve"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_OPEN = re.compile(r"(-|none|(any|all)\b.*)?", re.IGNORECASE | re.DOTALL)  # with no blanks around
_SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")
_TERMS = frozenset({*EVENT_TYPES, *(s.value for s in Stance), *(m.value for m in Modality)})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A slot of a named query; an empty ``default`` leaves it open."""

    name: str
    description: str
    default: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A competency question; ``name`` is the file's name without ``.rq``."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives: rows of terms (None is unbound), for CONSTRUCT and DESCRIBE of subject, predicate, object.

    ``form`` is the query's form; an ASK has one row with one boolean.
    """

    form: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    @property
    def truth(self) -> bool:
        """Of an ASK its answer, else whether there is any row."""
        if self.form == "ASK":
            return getattr(self.rows[0][0], "value", "") == "true"
        return bool(self.rows)


@cache
def named_queries(folder: Path | None = None) -> Mapping[str, NamedQuery]:
    """Name → query, sorted, of every ``.rq`` file in the ontology's ``queries`` folder (or another one)."""
    where = folder or ontology_dir() / "queries"
    return MappingProxyType({path.stem: _read(path) for path in sorted(where.glob("*.rq"))})


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    head: dict[str, list[str]] = {"title": [], "description": [], "param": []}
    last = None
    for line in text.splitlines():
        match = re.match(r"#\s*(title|description|param):\s*(.*)", line)
        if match:
            last = match[1]
            head[last].append(match[2].strip())
        elif last == "description" and re.match(r"#\s{2,}\S", line):  # a description that runs on
            head[last][-1] += f" {line[1:].strip()}"
        elif not line.startswith("#"):
            last = None
    parameters = []
    for row in head["param"]:
        name, description, default = ([p.strip() for p in row.split("|", 2)] + ["", ""])[:3]
        parameters.append(Parameter(name.lstrip("?"), description, "" if _OPEN.fullmatch(default) else default))
    return NamedQuery(path.stem, " ".join(head["title"]) or path.stem, " ".join(head["description"]), tuple(parameters), text)


def query(graph: Graph, what: str, values: Mapping[str, str] | None = None) -> Answer:
    """Answer a named query with ``values`` for its parameters, or SPARQL text.

    The default graph is the union of all graphs; every prefix of the exports is known without being declared.
    Raises ``UnknownQuery``, ``BadParameter``, ``QueryRefused`` or ``QuerySyntax``.
    """
    text = what
    if re.fullmatch(r"\s*[\w.-]+\s*", what):
        text = filled(graph, what.strip(), values or {})
    elif values:
        raise BadParameter("only named queries take NAME=VALUE parameters")
    form = check_readonly(text)
    prefixes = graph.minter.prefixes() | {prefix: namespace.iri for prefix, namespace in NAMESPACES.items()}
    try:
        found = graph.store.query(text, use_default_graph_as_union=True, prefixes=prefixes)
        if isinstance(found, ox.QuerySolutions):
            columns = tuple(v.value for v in found.variables)
            return Answer(form, columns, tuple(map(tuple, found)))
        if isinstance(found, ox.QueryTriples):
            triples = sorted(set(found), key=str)
            rows = tuple((t.subject, t.predicate, t.object) for t in triples)
            return Answer(form, ("subject", "predicate", "object"), rows)
        truth = ox.Literal("true" if found else "false", datatype=XSD["boolean"])
        return Answer(form, ("answer",), ((truth,),))
    except SyntaxError as error:
        raise QuerySyntax(f"SPARQL: {' '.join(str(error).split())}") from error
    except (ValueError, RuntimeError) as error:
        raise QuerySyntax(f"the query cannot be answered: {error}") from error


def filled(graph: Graph, name: str, values: Mapping[str, str]) -> str:
    """The text of a named query with ``values`` for its parameters. Raises ``UnknownQuery`` or ``BadParameter``."""
    return _fill(graph, _named(name), values)


def _named(name: str) -> NamedQuery:
    known = named_queries()
    name = name.removesuffix(".rq")
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known) or 'none'}"
        raise UnknownQuery(f"no query named {name}; {hint}")
    return known[name]


def _fill(graph: Graph, named: NamedQuery, values: Mapping[str, str]) -> str:
    """The query's text with every parameter in its place."""
    known = {p.name.casefold(): p for p in named.parameters}
    given = {}
    for name, value in values.items():
        if name.casefold() not in known:
            has = f"it has {', '.join(p.name for p in named.parameters)}" if known else "it has none"
            raise BadParameter(f"query {named.name} has no parameter {name}; {has}")
        given[name.casefold()] = value
    told = {key: given.get(key, parameter.default) for key, parameter in known.items()}
    terms = {key: _term(graph, known[key], value) for key, value in told.items() if not _OPEN.fullmatch(value.strip())}

    def put(match: re.Match[str]) -> str:
        found = terms.get(match[1].casefold())
        return match[0] if found is None else f"VALUES ?{match[1]} {{ {' '.join(map(str, found))} }}"

    return _SLOT.sub(put, named.text)


def _term(graph: Graph, parameter: Parameter, value: str) -> tuple[Term, ...]:
    """A parameter's value as terms, as its description asks. Raises ``BadParameter``."""
    value, wanted = value.strip(), parameter.description
    if "YYYY-MM-DD" in wanted:
        try:
            return (ox.Literal(_day(value, last="last" in wanted), datatype=XSD["date"]),)
        except ValueError:
            raise BadParameter(f"{parameter.name}={value}: not a day; expected {wanted}") from None
    if wanted.startswith("words"):
        return (ox.Literal(value),)
    found = resolve(graph, value)
    if not found:
        raise BadParameter(f"{parameter.name}={value}: nothing in the graph has that name; expected {wanted}")
    return found


def _day(value: str, *, last: bool) -> str:
    """A day as it stands, or the first (or last) day of a year or month. ``ValueError`` for what is none."""
    if re.fullmatch(r"\d{4}", value):
        value += "-12" if last else "-01"
    if re.fullmatch(r"\d{4}-\d\d", value):
        first = date.fromisoformat(f"{value}-01")
        return str(date(first.year, first.month, monthrange(first.year, first.month)[1]) if last else first)
    return str(date.fromisoformat(value))


def resolve(graph: Graph, value: str) -> tuple[ox.NamedNode, ...]:
    """What a name stands for, tried in this order; () where nothing fits.

    An IRI or prefixed name; a country's ISO code; an event type, stance or modality; a cargo concept's slug; every
    entity, event and article of that name in the graph (``by_name``). Raises ``BadParameter`` for an IRI that is none.
    """
    try:
        if value.startswith("<") and value.endswith(">"):
            return (ox.NamedNode(value[1:-1]),)
        if re.match(r"https?://", value):
            return (ox.NamedNode(value),)
        prefix, colon, local = value.partition(":")
        namespaces = graph.minter.prefixes() | {p: n.iri for p, n in NAMESPACES.items()}
        if colon and prefix in namespaces and local and not local.startswith(" "):
            return (ox.NamedNode(namespaces[prefix] + local),)
    except ValueError as error:
        raise BadParameter(f"{value}: {error}") from error
    if re.fullmatch(r"[A-Z]{2}", value) and country_labels(value):
        return (graph.minter.country(value),)
    if value in _TERMS:
        return (KG[value],)
    if value in cargo_slugs():
        return (CARGO[value],)
    return by_name(graph, value)


def by_name(graph: Graph, name: str) -> tuple[ox.NamedNode, ...]:
    """Every node with that label, alternative label or source name (case ignored), labels before others; sorted."""
    wanted = name.casefold()
    for predicates in ((RDFS["label"], SKOS["prefLabel"], KG["sourceName"], KG["isoCode"]), (SKOS["altLabel"],)):
        found = {
            q.subject
            for predicate in predicates
            for q in graph.store.quads_for_pattern(None, predicate, None)
            if isinstance(q.object, ox.Literal) and q.object.value.casefold() == wanted
        }
        nodes = sorted((n for n in found if isinstance(n, ox.NamedNode)), key=lambda n: n.value)
        if nodes:
            return tuple(nodes)
    return ()
