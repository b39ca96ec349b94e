"""Answers as a rich table, CSV, JSON (SPARQL 1.1 results) and, for triples, Turtle."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyoxigraph as ox
from rich.markup import escape
from rich.table import Table

from kg.errors import QueryError
from kg.graph.names import NAMESPACES
from kg.graph.query import Answer, Term
from kg.graph.store import Graph

__all__ = ["as_csv", "as_json", "as_table", "as_turtle", "shorten"]


def shorten(graph: Graph, term: Term | None) -> str:
    """A term for a reader: a literal's text, an IRI as prefixed name where a prefix fits, nothing for unbound."""
    if term is None:
        return ""
    if not isinstance(term, ox.NamedNode):
        return str(getattr(term, "value", term))
    every = graph.minter.prefixes() | {p: n.iri for p, n in NAMESPACES.items()}
    fits = [(len(iri), prefix, iri) for prefix, iri in every.items() if term.value.startswith(iri)]
    if not fits:
        return term.value
    _, prefix, iri = max(fits)
    return f"{prefix}:{term.value[len(iri) :]}"


def as_table(graph: Graph, answer: Answer, title: str | None = None) -> Table:
    """A table for the terminal; text from articles is never taken for markup."""
    table = Table(*(escape(c) for c in answer.columns), title=title and escape(title), title_justify="left")
    for row in answer.rows:
        table.add_row(*(escape(shorten(graph, term)) for term in row))
    return table


def as_csv(answer: Answer) -> str:
    """SPARQL 1.1 results in CSV, with line feeds."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([str(getattr(term, "value", term)) if term is not None else "" for term in row]
                     for row in answer.rows)  # fmt: skip
    return buffer.getvalue()


def as_json(answer: Answer) -> str:
    """SPARQL 1.1 results in JSON."""
    if answer.form == "ASK":
        return json.dumps({"head": {}, "boolean": answer.truth}, indent=1) + "\n"
    bindings = [{column: _json(term) for column, term in zip(answer.columns, row, strict=True) if term is not None} for row in answer.rows]
    found = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        plain: dict[str, Any] = {"type": "literal", "value": term.value}
        if term.language:
            return plain | {"xml:lang": term.language}
        if term.datatype.value.endswith("#string"):
            return plain
        return plain | {"datatype": term.datatype.value}
    return {"type": "bnode", "value": str(getattr(term, "value", term))}


def as_turtle(graph: Graph, answer: Answer) -> str:
    """Triples of CONSTRUCT and DESCRIBE. Raises ``QueryError`` for the other forms."""
    if answer.form not in ("CONSTRUCT", "DESCRIBE"):
        raise QueryError(f"turtle holds triples; a {answer.form} query gives table, csv or json")
    triples = [ox.Triple(s, p, o) for s, p, o in answer.rows]  # type: ignore[arg-type]
    prefixes = graph.minter.prefixes() | {p: n.iri for p, n in NAMESPACES.items()}
    text = "".join(str(t) for t in triples)
    used = {p: n for p, n in sorted(prefixes.items()) if n in text}
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode()
