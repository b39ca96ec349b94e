"""The annotated training sentences: every span is found, every label is of the vocabulary, no label is missing in a language."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.records import EVENT_TYPES, LANGUAGES, ROLES, Language, Modality, Stance

FOLDER = Path(__file__).parents[2] / "corpus" / "training" / "events"
FILES = sorted(FOLDER.glob("*.yaml"), key=lambda path: path.name)
FILLED = frozenset(ROLES) | {"principal", "intermediary"}
PLAIN = {"type", "trigger", "quantity", "time", "modality", "modality_cue", "claims"}


@cache
def items(path: Path) -> list[dict[str, Any]]:
    """The items of a file, read with the fast loader: together they are over a megabyte."""
    read = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert isinstance(read, list)
    return read


def missing(text: str, span: str) -> str | None:
    """What is wrong with a span ("name", "name#2"), if anything: not there, or not so often."""
    match = re.fullmatch(r"(.+)#(\d+)", span, re.DOTALL)
    words, number = (match[1], int(match[2])) if match else (span, 1)
    return None if text.count(words) >= number else f"{span!r} in {text[:60]!r}"


def spans(event: dict[str, Any]) -> list[str]:
    """Every span that an event names."""
    found = event["trigger"].split("|")
    for key, value in event.items():
        if key in FILLED:
            found += value
        elif key in ("quantity", "time", "modality_cue"):
            found.append(value)
    for claim in event.get("claims", []):
        found += [claim[key] for key in ("by", "cue") if claim.get(key) is not None]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_span_is_a_piece_of_its_text(path: Path) -> None:
    wrong = [fault for item in items(path) for event in item["events"] for span in spans(event) if (fault := missing(item["text"], span))]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_label_is_of_the_vocabulary(path: Path) -> None:
    for item in items(path):
        assert set(item) == {"text", "events"}
        for event in item["events"]:
            assert set(event) <= FILLED | PLAIN, item["text"]
            assert event["type"] in EVENT_TYPES, item["text"]
            assert event.get("modality", "actual") in set(Modality), item["text"]
            for claim in event.get("claims", []):
                assert {"by", "stance"} <= set(claim) <= {"by", "cue", "stance"}, item["text"]
                assert claim["stance"] in set(Stance), item["text"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_text_stands_twice(path: Path) -> None:
    counted = Counter(item["text"] for item in items(path))
    assert [text for text, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_has_examples_in_every_language(language: Language) -> None:
    read = [item for path in FILES if path.stem.partition("-")[0] == language for item in items(path)]
    events = [event for item in read for event in item["events"]]
    types = Counter(event["type"] for event in events)
    stances = Counter(claim["stance"] for event in events for claim in event.get("claims", []))
    modalities = Counter(event.get("modality", "actual") for event in events)
    roles = Counter(key for event in events for key in event if key in FILLED)
    assert min(types[name] for name in EVENT_TYPES) >= 30
    assert min(stances[stance] for stance in Stance) >= 15
    assert min(modalities[modality] for modality in Modality) >= 50
    assert min(roles[role] for role in FILLED) >= 10
    # Sentences that tell nothing are what teaches a head to keep silent.
    assert sum(not item["events"] for item in read) > len(read) // 5


@pytest.mark.parametrize("path", [path for path in FILES if "-passages" in path.stem], ids=lambda path: path.stem)
def test_a_passage_is_of_several_sentences(path: Path) -> None:
    texts = [item["text"] for item in items(path)]
    assert min(len(re.findall(r"[.!?:][\"'”’»)]*(?=\s|$)|\n", text)) for text in texts) >= 3
