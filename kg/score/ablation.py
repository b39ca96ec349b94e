"""What each step of extraction is worth: the same articles and gold, scored with one step or source left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract import Method, extract
from kg.graph.facts import facts
from kg.graph.iri import Minter
from kg.graph.quads import quads
from kg.graph.reference import reference_quads, used_reference
from kg.records import Article
from kg.resolve.link import link
from kg.score.figures import Figures
from kg.score.gold import GoldArticle
from kg.score.score import score_facts

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["METHODS", "ablations", "read_all", "table"]

METHODS = {
    "grammar and heads": Method(),
    "grammar alone": Method(heads=False),
    "heads alone": Method(grammar=False),
    "without coreference": Method(coreference=False),
    "without claims": Method(claims=False),
    "without roles from context": Method(context=False),
}


def ablations(
    articles: Iterable[Article], gold: Iterable[GoldArticle], annotated: Callable[[Article], Doc]
) -> dict[str, Figures]:
    """Figures by the name of the method. Each article is annotated once, by ``annotated``."""
    docs = [(article, annotated(article)) for article in articles]
    wanted = tuple(gold)
    found = {}
    for name, method in METHODS.items():
        minter = Minter()
        told = [quad for article, doc in docs for quad in quads(link(extract(article, doc, method)), minter, name)]
        told.extend(reference_quads(used_reference(told, minter), minter))
        found[name] = score_facts(facts(told), wanted)
    return found


def table(found: dict[str, Figures], title: str) -> str:
    """The figures in Markdown, F1 of facts, events, roles and claims, and accuracies on matched events."""
    lines = [f"| {title} | facts | events P | events R | roles | claims | time | quantity | modality |", "|---|" + "---|" * 8]
    for name, f in found.items():
        rates = [f.facts.f1, f.events.precision, f.events.recall, f.fillers.f1, f.claims.f1]
        rates += [ratio.accuracy for ratio in (f.times, f.quantities, f.modalities)]
        lines.append(f"| {name} | " + " | ".join(f"{rate:.3f}" for rate in rates) + " |")
    return "\n".join(lines)


def read_all(sources: Iterable[Path]) -> list[Article]:
    """The articles of files and folders that can be read."""
    from kg.read import find_sources, read_source

    return [article for source in find_sources(sources) for article in read_source(source) if isinstance(article, Article)]
