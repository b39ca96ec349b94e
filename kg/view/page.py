"""The page: one HTML file that carries everything and asks no host for anything.

Data stand in a block of type ``application/json`` in which ``<``, ``>`` and ``&`` are escaped, and reach the page as
text nodes only. A Content-Security-Policy allows the two scripts and the style sheet of this file by their hashes, and
no connection at all.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from kg.errors import MissingExtra, OutputError
from kg.graph.export import write_whole
from kg.graph.facts import Facts, facts_in
from kg.graph.store import Graph
from kg.records import LANGUAGES
from kg.view.modules import join
from kg.view.network import build, style
from kg.view.select import LIMIT, Selection, select
from kg.view.words import known, strings

__all__ = ["Page", "render", "write_page"]

_VIS = "lib/vis-9.1.2/vis-network.min.js"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was written: where, and how much of the graph it shows."""

    path: Path
    nodes: int
    edges: int
    selection: Selection


def write_page(
    graph: Graph | Facts, out: str | Path, *, around: str | None = None, hops: int = 1, types: Iterable[str] = (),
    since: date | None = None, until: date | None = None, limit: int | None = LIMIT, language: str = "en",
    title: str | None = None,
) -> Page:  # fmt: skip
    """Write the page of a graph, or of the part that ``select`` describes.

    ``language`` is the one in which it opens; without a ``title`` it has one in each. The same graph gives the same
    bytes. Raises ``NotFound``, ``BadParameter`` and ``OutputError``.
    """
    known(language)
    found = facts_in(graph.store) if isinstance(graph, Graph) else graph
    chosen = select(found, around=around, hops=hops, types=types, since=since, until=until, limit=limit)
    network = build(found, chosen, language)
    html = render(network, chosen, title=title, language=language)
    try:
        path = write_whole(Path(out), html.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"{error.filename or out}: {error.strerror or error}") from error
    return Page(path, len(network["nodes"]), len(network["edges"]), chosen)


def render(network: dict[str, Any], chosen: Selection, *, title: str | None = None, language: str = "en") -> str:
    """The page's HTML."""
    scripts = (_asset(_VIS), _script())
    sheet = _own("page.css")
    looks = style()
    data = network | {
        "palette": {name: look["colour"] for part in ("entity", "family") for name, look in looks[part].items()},
        "shapes": {name: look["shape"] for name, look in looks["entity"].items()},
        "families": {name: look["types"] for name, look in looks["family"].items()},
        "texts": strings(), "languages": LANGUAGES, "language": language, "title": title, "cut": chosen.cut,
        "allEvents": chosen.all_events, "allNodes": chosen.all_nodes, "base": _base(network["articles"]),
    }  # fmt: skip
    policy = f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes((sheet,))}; img-src data:; base-uri 'none'; form-action 'none'"
    return _template().render(
        title=title or strings()["title"][language], language=language, policy=policy, texts=strings(),
        scripts=[Markup(s) for s in scripts], sheet=Markup(sheet),  # our own and vis-network's code, not data
        data=Markup(_json(data)),  # escaped for HTML by _json
    ).lstrip()  # fmt: skip


@cache
def _template() -> Template:
    """The page's frame, every value escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_own("page.html.jinja"))


def _base(articles: list[dict[str, Any]]) -> str:
    """What the IRIs of this graph begin with, so that links to a place of the page are short; the same in every page."""
    return re.sub(r"(article/)?[^/#]*$", "", articles[0]["iri"]) if articles else ""


@cache
def _script() -> str:
    """The modules of ``page/`` as one script."""
    folder = files("kg.view").joinpath("page")
    return join({p.name.removesuffix(".js"): p.read_text(encoding="utf-8") for p in folder.iterdir() if p.name.endswith(".js")}, "main")


def _json(data: object) -> str:
    """JSON that can stand inside a script element whatever it holds."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@cache
def _own(name: str) -> str:
    return files("kg.view").joinpath("page", name).read_text(encoding="utf-8").strip("\n")


@cache
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


@cache
def _hashes(texts: tuple[str, ...]) -> str:
    """CSP hashes; the template puts one line feed before and after each text."""
    digests = (hashlib.sha256(f"\n{text}\n".encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)
