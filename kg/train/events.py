"""The project's own sentences annotated with events, as targets for the event heads.

The format is that of ``corpus/training/events/README.md``. A role is marked on every token of its
span, a trigger on its longest word: no head of a phrase has to be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from kg.annotate.labels import EVENTS, LINKS, MODALITIES
from kg.train.sentence import EventTarget, Sentence
from kg.train.treebanks import tokenizer_of

__all__ = ["HELD_OUT", "locate", "read_events"]

HELD_OUT = 10  # every tenth item is for measuring
_NUMBER = re.compile(r"#(\d+)$")
_LISTS = tuple(label for label in LINKS if label not in ("", "quantity", "time"))


def read_events(path: Path, language: str, *, held_out: bool = False) -> list[Sentence]:
    """The items of a file, one ``Sentence`` each, whatever their number of grammatical sentences.

    Every tenth item is held out for measuring; ``held_out`` reads those alone. Raises ValueError
    where a span is not in its text.
    """
    items = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    found = []
    for number, item in enumerate(items, 1):
        if (number % HELD_OUT == 0) == held_out:
            try:
                found.append(_sentence(item, language))
            except ValueError as error:
                raise ValueError(f"{path.name}, item {number}: {error}") from error
    return found


def locate(text: str, span: str) -> tuple[int, int]:
    """Where a span lies in a text: the first place where it is whole words; ``#2`` behind it means its second occurrence."""
    match = _NUMBER.search(span)
    number, span = (int(match[1]), span[: match.start()]) if match else (1, span)
    anywhere = [m.span() for m in re.finditer(re.escape(span), text)]
    whole = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(span)}(?!\w)", text)]
    if len(anywhere) < number:
        raise ValueError(f"{span!r} is not in the text {number} times")
    return anywhere[number - 1] if match or not whole else whole[0]


def _sentence(item: dict[str, Any], language: str) -> Sentence:
    text = item["text"]
    tokens = [token for token in tokenizer_of(language)(text) if not token.is_space]
    bounds = [(token.idx, token.idx + len(token.text)) for token in tokens]

    def covered(span: str) -> list[int]:
        start, end = locate(text, span)
        return [i for i, (a, b) in enumerate(bounds) if a < end and start < b]

    targets: dict[int, EventTarget] = {}
    for event in item["events"]:
        words = [i for part in event["trigger"].split("|") for i in covered(part)]
        if event["type"] not in EVENTS or not words:
            raise ValueError(f"no trigger of a known type: {event['type']} {event['trigger']!r}")
        trigger = max(words, key=lambda i: (len(tokens[i].text), -i))
        links = {i: label for label, span in _spans(event) for i in covered(span) if i != trigger}
        before = targets.get(trigger)
        if before is not None:  # "A sent tanks, B guns": two events told by one word
            links = {**links, **dict(before.links)}
        targets[trigger] = EventTarget(
            trigger, tuple(i for i in words if i != trigger), event["type"], event.get("modality", MODALITIES[0]), tuple(sorted(links.items()))
        )
    return Sentence(language, "events", tuple(t.text for t in tokens), events=tuple(targets[i] for i in sorted(targets)), bounded=False)


def _spans(event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for label in _LISTS:
        for span in event.get(label, ()):
            yield label, span
    for label in ("quantity", "time"):
        if event.get(label):
            yield label, str(event[label])
    for claim in event.get("claims", ()):
        if claim.get("by"):
            yield claim["stance"], claim["by"]
