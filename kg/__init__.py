"""kg: news articles in, an evidence-backed knowledge graph out.

```python
import kg
graph = kg.build("corpus/", "graph")
for row in kg.query(graph, "who-shipped-what").rows: ...
nlp = kg.load("nl")     # a spaCy Language with tags, lemmas, trees and names
```
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

    from kg.graph import Graph
    from kg.graph.query import Answer

__all__ = ["build", "load", "query"]


def build(source: str | Path, graph: str | Path, *, workers: int = 1) -> Graph:
    """Read a file or folder of articles into the graph folder ``graph`` (made if absent) and return the open graph.

    Raises ``kg.errors.KgError`` for what the caller can mend. ``kg.pipeline.build`` returns a summary as well.
    """
    from kg import pipeline
    from kg.graph import Graph

    with Graph.create(Path(graph)) as opened:
        pipeline.build([Path(source)], opened, workers=workers)
    return Graph.open(Path(graph))


def query(graph: Graph, name_or_sparql: str, values: Mapping[str, str] | None = None) -> Answer:
    """The answer to a named query (``ontology/queries``) or to SPARQL text."""
    from kg.graph.query import query as ask

    return ask(graph, name_or_sparql, values or {})


def load(language: str) -> Pipeline:
    """The spaCy pipeline of "nl", "de", "en" or "fr", or "auto": tags, features, lemmas, trees, sentences and names."""
    from kg import annotate

    return annotate.load(language)
