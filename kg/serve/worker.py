"""A process that answers one query at a time from a snapshot of the store, and can be killed at any moment.

It runs as a program of its own (``python worker.py STORE MEMORY``) and imports nothing of the package, so that a new
one is ready in about a tenth of a second. Before it opens the store it gives up what no query needs: memory above its
share and, where the system allows, the network, so that a call to another server would find none even if it came
past the guard.

On standard input and output go frames: two unsigned 32-bit numbers, the length of a JSON object and that of the
bytes after it. A job names the query, the formats for a table and for triples, the dataset and the limits; the reply
says what the answer is, or which error and why.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import resource
import signal
import struct
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyoxigraph as ox

HEAD = struct.Struct("!II")
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # flags of unshare(2)
_TABLES = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML,
}  # fmt: skip


class TooLargeError(Exception):
    """An answer beyond a limit."""


def _renounce(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server's to handle; it closes standard input
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        if libc.unshare(_NEW_NETWORK) != 0:
            libc.unshare(_NEW_USER | _NEW_NETWORK)


def _json_term(term: Any) -> dict[str, Any]:
    """A term of SPARQL 1.1 Query Results JSON; a triple term as SPARQL 1.2 writes it."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    plain = {"type": "literal", "value": term.value}
    if term.language:
        return plain | {"xml:lang": term.language}
    if term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        plain["datatype"] = term.datatype.value
    return plain


def _rows(found: ox.QuerySolutions, job: dict[str, Any]) -> Iterator[str]:
    """Each row as JSON, up to the limits. Raises ``TooLargeError`` beyond them unless the job lets the answer be cut."""
    names = [v.value for v in found.variables]
    size = 0
    for count, row in enumerate(found):
        if count >= job["rows"]:
            if job["cut"]:
                job["was_cut"] = True
                return
            raise TooLargeError(f"more than {job['rows']} rows; add a LIMIT or ask for less")
        terms = {name: _json_term(term) for name in names if (term := row[name]) is not None}
        text = json.dumps(terms, ensure_ascii=False, separators=(",", ":"))
        size += len(text)
        if size > job["size"]:
            raise TooLargeError(f"more than {job['size']} bytes; add a LIMIT or ask for less")
        yield text


def _table(found: ox.QuerySolutions, job: dict[str, Any]) -> bytes:
    head = json.dumps([v.value for v in found.variables])
    text = f'{{"head":{{"vars":{head}}},"results":{{"bindings":[\n' + ",\n".join(_rows(found, job)) + "\n]}}\n"
    data = text.encode("utf-8", "replace")
    if job["table"] == "json":
        return data
    again = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    assert isinstance(again, ox.QuerySolutions)
    return again.serialize(format=_TABLES[job["table"]]) or b""


def _graph(found: ox.QueryTriples, job: dict[str, Any]) -> bytes:
    """Triples, each once and sorted, so that the same question gives the same bytes."""
    triples: dict[ox.Triple, str] = {}
    size = 0
    for triple in found:
        if triple not in triples:
            text = triples[triple] = str(triple)
            size += len(text)
        if len(triples) > job["rows"] or size > job["size"]:
            limit = f"{job['rows']} triples" if len(triples) > job["rows"] else f"{job['size']} bytes"
            raise TooLargeError(f"more than {limit}; add a LIMIT or ask for less")
    ordered = sorted(triples, key=triples.__getitem__)
    used = {p: iri for p, iri in job["prefixes"].items() if any(iri in text for text in triples.values())}
    prefixes = used if job["graph"] in ("turtle", "rdfxml") else None
    return ox.serialize(ordered, format=_GRAPHS[job["graph"]], prefixes=prefixes) or b""


def answer(store: ox.Store, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The reply to a job and its bytes."""
    dataset: dict[str, Any] = {"use_default_graph_as_union": True}
    if job["default"] or job["named"]:
        dataset = {"default_graph": [ox.NamedNode(g) for g in job["default"]], "named_graphs": [ox.NamedNode(g) for g in job["named"]]}
    try:
        found = store.query(job["query"], prefixes=job["prefixes"], **dataset)
        if isinstance(found, ox.QuerySolutions):
            kind, data = "table", _table(found, job)
        elif isinstance(found, ox.QueryTriples):
            kind, data = "graph", _graph(found, job)
        else:
            kind, data = "truth", found.serialize(format=_TABLES[job["table"]]) or b""
    except SyntaxError as error:
        return {"error": "syntax", "message": f"SPARQL: {' '.join(str(error).split())}"}, b""
    except TooLargeError as error:
        return {"error": "size", "message": f"the answer has {error}"}, b""
    except MemoryError:
        return {"error": "size", "message": "the query needs more memory than it may have"}, b""
    except (ValueError, RuntimeError, OSError) as error:
        return {"error": "failed", "message": f"the query cannot be answered: {' '.join(str(error).split())}"}, b""
    return {"kind": kind, "cut": job.get("was_cut", False)}, data


def _read(stream: BinaryIO) -> dict[str, Any] | None:
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    text = stream.read(HEAD.unpack(head)[0])
    found: dict[str, Any] = json.loads(text)
    return found


def main(path: str, memory: int) -> None:
    """Answer jobs until standard input ends."""
    _renounce(memory)
    store = ox.Store.read_only(path)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    target.write(HEAD.pack(0, 0))  # ready
    target.flush()
    while (job := _read(source)) is not None:
        signal.setitimer(signal.ITIMER_REAL, job["seconds"] + 2)  # dies by itself should the server be gone
        reply, data = answer(store, job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        head = json.dumps(reply).encode()
        target.write(HEAD.pack(len(head), len(data)) + head + data)
        target.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
