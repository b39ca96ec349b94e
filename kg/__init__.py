"""kg: news articles in, an evidence-backed knowledge graph out.

```python
import kg
graph = kg.build("corpus/", "graph")
for row in kg.query(graph, "shipments", {"from": "Iran"}).rows: ...
nlp = kg.load("nl")     # a spaCy Language with tags, lemmas, trees and names
```

The rooms hold the rest: ``kg.graph`` (store, export, check, show), ``kg.score``, ``kg.analyse``, ``kg.view``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

    from kg.graph import Graph
    from kg.graph.query import Answer

__all__ = ["Graph", "KgError", "build", "load", "query"]


def __getattr__(name: str) -> Any:
    """``kg.Graph`` on first use: the store need not be there for a program that only wants a pipeline."""
    if name == "Graph":
        from kg.graph import Graph

        return Graph
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def build(source: str | Path, graph: str | Path = "graph", *, workers: int = 1, prune: bool = False) -> Graph:
    """Read a file or folder of articles into the graph folder ``graph`` (made if absent) and return the open graph.

    With ``workers`` above 1 a script must call it below ``if __name__ == "__main__":``. Raises ``KgError`` for what the
    caller can mend. ``kg.pipeline.build`` takes several sources and returns a summary.
    """
    from kg import pipeline
    from kg.graph import Graph

    with Graph.create(Path(graph)) as opened:
        pipeline.build([Path(source)], opened, workers=workers, prune=prune)
    return Graph.open(Path(graph))


def query(graph: Graph, name_or_sparql: str, values: Mapping[str, str] | None = None) -> Answer:
    """The answer to a named query (``ontology/queries``) or to SPARQL text. Raises ``KgError``."""
    from kg.graph.query import query as ask

    return ask(graph, name_or_sparql, values or {})


def load(language: str) -> Pipeline:
    """The spaCy pipeline of "nl", "de", "en" or "fr", or "auto": tags, features, lemmas, trees, sentences and names."""
    from kg import annotate

    return annotate.load(language)
