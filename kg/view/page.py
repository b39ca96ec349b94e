"""The page: one HTML file that carries everything and asks no host for anything.

Data stand in a block of type ``application/json`` in which ``<``, ``>`` and ``&`` are escaped, and reach the page as
text nodes only. A Content-Security-Policy allows the two scripts and two style sheets of this file by their hashes,
and no connection at all.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from kg.errors import MissingExtra, OutputError
from kg.graph.export import write_whole
from kg.graph.facts import Facts, facts
from kg.graph.store import Graph
from kg.view.network import build, style
from kg.view.select import Selection, select

__all__ = ["Page", "render", "write_page"]

_VIS = "lib/vis-9.1.2/vis-network"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was written: where, and how much of the graph it shows."""

    path: Path
    nodes: int
    edges: int
    selection: Selection


def write_page(
    graph: Graph | Facts, out: str | Path, *, around: str | None = None, hops: int = 1, types: Iterable[str] = (),
    since: date | None = None, until: date | None = None, limit: int | None = 150, language: str = "en",
    title: str = "What the articles tell",
) -> Page:  # fmt: skip
    """Write the page of a graph, or of the part that ``select`` describes.

    The same graph gives the same bytes. Raises ``NotFound``, ``BadParameter`` and ``OutputError``.
    """
    found = facts(graph.quads()) if isinstance(graph, Graph) else graph
    chosen = select(found, around=around, hops=hops, types=types, since=since, until=until, limit=limit)
    network = build(found, chosen, language)
    html = render(network, chosen, title=title, language=language)
    try:
        path = write_whole(Path(out), html.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"{error.filename or out}: {error.strerror or error}") from error
    return Page(path, len(network["nodes"]), len(network["edges"]), chosen)


def render(network: dict[str, Any], chosen: Selection, *, title: str, language: str = "en") -> str:
    """The page's HTML."""
    scripts = [_asset(f"{_VIS}.min.js"), _own("page.js")]
    sheets = [_asset(f"{_VIS}.css"), _own("page.css")]
    palette = {name: look["colour"] for part in ("entity", "family") for name, look in style()[part].items()}
    data = network | {"palette": palette}
    policy = f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(sheets)}; img-src data:; base-uri 'none'; form-action 'none'"
    painted = Counter(node["paint"] for node in network["nodes"])
    doubts = Counter(node["doubt"] for node in network["nodes"] if node.get("doubt"))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_own("page.html.jinja"))
    return template.render(
        title=title, language=language, policy=policy, chosen=chosen, painted=painted, doubts=doubts, style=style(),
        scripts=[Markup(s) for s in scripts],  # our own and vis-network's code, not data
        sheets=[Markup(s) for s in sheets],
        data=Markup(_json(data)),  # escaped for HTML by _json
    )  # fmt: skip


def _json(data: object) -> str:
    """JSON that can stand inside a script element whatever it holds."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _own(name: str) -> str:
    return files("kg.view").joinpath("page", name).read_text(encoding="utf-8").strip("\n")


def _asset(name: str) -> str:
    """A file of the pyvis wheel as one can inline it: line feeds only, no source map to fetch."""
    spec = importlib.util.find_spec("pyvis")
    path = Path(spec.origin).parent / name if spec and spec.origin else None
    if path is None or not path.is_file():
        raise MissingExtra("the page needs pyvis 0.3.2 with its vis-network files; install it with: pip install pyvis")
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"(//|/\*)# sourceMappingURL=\S+( \*/)?\n?", "", text)
    if re.search(r"</(script|style)", text, re.IGNORECASE):
        raise MissingExtra(f"{path}: not the file that pyvis 0.3.2 ships")
    return text.strip("\n")


def _hashes(texts: list[str]) -> str:
    """CSP hashes; the template puts one line feed before and after each text."""
    digests = (hashlib.sha256(f"\n{text}\n".encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)
