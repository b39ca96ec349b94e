"""What a query may do: read this graph, and nothing else.

The check works on the query's keywords with strings, comments, IRIs, variables and prefixed names taken out, so that
the word "service" in a label is no call and a call cannot hide in one.
"""

from __future__ import annotations

import re

from kg.errors import QueryRefused, QuerySyntax

__all__ = ["check_readonly", "keywords"]

_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|#[^\n\r]*"
    r"|[?$]\w+"
    r"|@[A-Za-z][A-Za-z0-9-]*"
    r"|(?:(?<![\w.-])\w(?:[\w.-]*\w)?)?:(?:[\w:%\\~.-]*[\w:%\\~-])?",
    re.DOTALL,
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_OUTSIDE = {
    "SERVICE": "SERVICE asks another server; this program works offline",
    "FROM": "FROM names another dataset; name an article's graph with GRAPH instead",
}


def keywords(query: str) -> list[str]:
    """The bare words of a query in capitals, in order."""
    return re.findall(r"[A-Z]+", _OPAQUE.sub(" ", query).upper())


def check_readonly(query: str) -> str:
    """The form of a query (``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``).

    Raises ``QueryRefused`` for updates and for whatever reaches outside the graph, ``QuerySyntax`` for neither.
    """
    words = keywords(query)
    form = next((w for w in words if w in _FORMS or w in _UPDATES), None)
    if form in _UPDATES:
        raise QueryRefused(f"{form} would change the graph; a query can only read. Articles go in with: kg build")
    for word, reason in _OUTSIDE.items():
        if word in words:
            raise QueryRefused(reason)
    if form is None:
        raise QuerySyntax("not a SPARQL query: no SELECT, ASK, CONSTRUCT or DESCRIBE in it")
    return form
