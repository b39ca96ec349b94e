"""Every error that a user can cause or mend, on one tree.

```
KgError
├── InputError              a path or file that cannot be read
├── GraphError              the graph folder
│   ├── NotAGraph           no graph there, or something else is
│   ├── GraphFormat         written by another version of the format, or with another base IRI
│   ├── GraphLocked         another process holds it
│   └── GraphAccess         permissions, read-only media, disk
├── EvidenceError           a span that does not read back from its text
├── OntologyError           the ontology folder is missing or broken
├── QueryError              the query
│   ├── UnknownQuery        no named query of that name
│   ├── QueryRefused        updates, and whatever reaches outside the graph
│   ├── QuerySyntax         not SPARQL
│   └── BadParameter        a parameter that is unknown or has no such value
├── NotFound                no event, actor or article of that name
├── GoldError               gold annotation that cannot be read
├── OutputError             a file that cannot be written
└── MissingExtra            an optional package that is not installed
```

The message is one line for a person: what is wrong, on what, and what to do. ``exit_code`` is what the command
line leaves with.
"""

from __future__ import annotations

__all__ = [
    "BadParameter",
    "EvidenceError",
    "GoldError",
    "GraphAccess",
    "GraphError",
    "GraphFormat",
    "GraphLocked",
    "InputError",
    "KgError",
    "MissingExtra",
    "NotAGraph",
    "NotFound",
    "OntologyError",
    "OutputError",
    "QueryError",
    "QueryRefused",
    "QuerySyntax",
    "UnknownQuery",
]


DISK_FULL = "the disk is full; nothing that was read is lost: make room and run the same command again"
"""What is told of a full disk, whoever finds it full."""


class KgError(Exception):
    """Something a user can mend; never a fault of the program."""

    exit_code: int = 2


class InputError(KgError):
    """A path that the user named cannot be read."""


class GraphError(KgError):
    """The graph folder cannot be used as asked."""


class NotAGraph(GraphError):
    """There is no graph at that path."""


class GraphFormat(GraphError):
    """The graph was written in another format version or for another base IRI."""


class GraphLocked(GraphError):
    """Another process is using the graph."""


class GraphAccess(GraphError):
    """The file system refuses."""


class EvidenceError(KgError):
    """A span does not read back from the text it points into: no evidence, no triple."""

    exit_code = 1


class OntologyError(KgError):
    """The ontology that ships with the program is missing or cannot be parsed."""


class QueryError(KgError):
    """A query cannot be answered."""


class UnknownQuery(QueryError):
    """No named query of that name."""


class QueryRefused(QueryError):
    """The query would change the graph or reach outside it."""


class QuerySyntax(QueryError):
    """The query is not valid SPARQL 1.1."""


class BadParameter(QueryError):
    """A parameter of a named query is unknown, or nothing in the graph answers to its value."""


class NotFound(KgError):
    """Nothing in the graph answers to that name."""

    exit_code = 1


class GoldError(KgError):
    """Gold annotation cannot be read."""


class OutputError(KgError):
    """An output file or folder cannot be written."""


class MissingExtra(KgError):
    """An optional package is needed and not installed."""
