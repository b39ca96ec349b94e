"""The measure of coreference: its annotation, and when an antecedent is right."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kg.bench.coreference import Annotated, Pointing, Result, bench_coreference, misses, read_mentions, table
from kg.errors import GoldError
from tests.conftest import ROOT
from tests.extract.docs import text

GOLD = ROOT / "corpus" / "measures" / "coreference.yaml"
STORY = text(
    "en",
    "Ivan/PROPN/nsubj/left[@PER] Petrov/PROPN/flat/Ivan[@PER] left/VERB/root Russia/PROPN/obj/left",
    "He/PRON/nsubj/wept wept/VERB/root",
)


def judged(*mentions: Pointing) -> list[Result]:
    return bench_coreference([Annotated("story", False, mentions)], {"story": STORY.article}, lambda article: STORY.doc)


def test_annotation_is_literal() -> None:
    rows = read_mentions(GOLD)
    for row in rows:
        article = (ROOT / "corpus" / row.article).read_text(encoding="utf-8")
        assert [m.piece for m in row.mentions if article.count(m.piece) != 1] == [], row.article
    counts = {held: sum(len(r.mentions) for r in rows if r.held is held) for held in (False, True)}
    assert counts[False] >= 150
    assert counts[True] * 3 <= counts[False] + counts[True]


@pytest.mark.parametrize(
    ("accepted", "right"),
    [(("Petrov",), True), (("Ivan Petrov",), True), (("RU",), False), ((), False), (("Petro",), False), (("Petrov + RU",), False)],
)
def test_an_antecedent_bears_an_accepted_name(accepted: tuple[str, ...], right: bool) -> None:
    (result,) = judged(Pointing("pronoun", "He wept", 0, accepted))
    assert result.right is right
    assert result.told.startswith("Ivan Petrov")
    assert result.kind == ("pronoun" if accepted else "none")


def test_table_and_misses() -> None:
    results = judged(Pointing("pronoun", "He wept", 0, ("Petrov",)), Pointing("pronoun", "He wept", 0, ("RU",)))
    assert table(results).splitlines()[2] == "| en | 0.50 of 2 |  |  |  | 0.50 of 2 |"
    assert len(misses(results)) == 1


@pytest.mark.parametrize("mention", [["verb", "[He] wept", "Petrov"], ["pronoun", "He wept", "Petrov"]])
def test_faults_are_named(tmp_path: Path, mention: list[str]) -> None:
    path = tmp_path / "gold.yaml"
    path.write_text(yaml.safe_dump([{"article": "story", "mentions": [mention]}]), encoding="utf-8")
    with pytest.raises(GoldError, match="story"):
        read_mentions(path)


def test_a_piece_that_is_not_there_is_named() -> None:
    with pytest.raises(GoldError, match="She wept"):
        judged(Pointing("pronoun", "She wept", 0, ("Petrov",)))
