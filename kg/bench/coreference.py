"""Coreference by itself: what pronouns and pointing noun phrases of the corpus are taken to stand for, against annotation.

The file is a list of articles, each with ``article`` (its file name), ``held`` (true: held back, misses are not listed) and
``mentions``. A mention is its kind, a piece of the article with the word that heads it in brackets, and the accepted names of
what it stands for, a country by its code, several parties with ``+`` between them; no name where it stands for nothing.

A mention is right where the first antecedent of the program, or what that stands for in its turn, bears an accepted name; a
code is met by whatever is of that country, as in ``kg score``. One that stands for nothing is right where it is left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kg.errors import GoldError
from kg.extract.coreference import resolve_pronouns
from kg.extract.reading import Reading
from kg.extract.tokens import Token
from kg.records import Article, Mention
from kg.score.figures import Ratio

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["KINDS", "Annotated", "Pointing", "Result", "bench_coreference", "misses", "read_mentions", "table"]

KINDS = ("pronoun", "possessive", "phrase")
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Pointing:
    """A mention as annotated: ``piece`` without its brackets, ``offset`` of the head word in it, the accepted names."""

    kind: str
    piece: str
    offset: int
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article's mentions."""

    article: str
    held: bool
    mentions: tuple[Pointing, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One mention judged; ``told`` is what the program takes it for, empty for nothing."""

    language: str
    article: str
    held: bool
    mention: Pointing
    told: str
    right: bool

    @property
    def kind(self) -> str:
        """The kind of mention, ``none`` for one that stands for nothing."""
        return self.mention.kind if self.mention.accepted else "none"


def read_mentions(path: str | Path) -> list[Annotated]:
    """The annotation of a file. Raises ``GoldError`` naming file and article where something does not fit."""
    path, name = Path(path), ""
    try:
        found = []
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            name = str(row["article"])
            found.append(Annotated(name, bool(row.get("held")), tuple(_pointing(m) for m in row["mentions"])))
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{path}: {name}: {' '.join(str(error).split())}") from error
    return found


def _pointing(row: list[Any]) -> Pointing:
    kind, piece, *accepted = map(str, row)
    head = _BRACKETS.search(piece)
    if kind not in KINDS or head is None:
        raise ValueError(f"a mention is one of {', '.join(KINDS)} and a piece of text with a word in brackets, not {row!r}")
    return Pointing(kind, piece[: head.start()] + head[1] + piece[head.end() :], head.start(), tuple(accepted))


def bench_coreference(
    gold: Iterable[Annotated], articles: Mapping[str, Article], annotated: Callable[[Article], Doc]
) -> list[Result]:
    """Every mention judged, in the order of the file. ``articles`` is by file name. Raises ``GoldError`` for a piece that is not there."""
    results = []
    for row in gold:
        if row.article not in articles:
            raise GoldError(f"no article {row.article} among those given")
        article = articles[row.article]
        reading = Reading(article, annotated(article))
        resolve_pronouns(reading)
        results += [_judge(row, mention, reading) for mention in row.mentions]
    return results


def _judge(row: Annotated, mention: Pointing, reading: Reading) -> Result:
    token = _token(mention, reading, row.article)
    readings, members = reading.readings(token)[:1], reading.members(token)
    told = " + ".join(f"{m.resolved().text} ({m.resolved().country or m.resolved().kind})" for m in members or readings)
    right = not told if not mention.accepted else any(_meets(accepted, readings, members) for accepted in mention.accepted)
    return Result(reading.language, row.article, row.held, mention, told, right)


def _token(mention: Pointing, reading: Reading, article: str) -> Token:
    start = reading.doc.text.find(mention.piece)
    if start < 0:
        raise GoldError(f"{article}: {mention.piece!r} is not in it")
    place = start + mention.offset
    return next(t for t in reading.doc if t.idx <= place < t.idx + len(t.text))


def _meets(accepted: str, readings: tuple[Mention, ...], members: tuple[Mention, ...]) -> bool:
    parties = accepted.split(" + ")
    if len(parties) == 1:
        return any(_is(parties[0], mention) for mention in readings)
    return len(parties) == len(members) and all(any(_is(party, m) for m in members) for party in parties)


def _is(accepted: str, mention: Mention) -> bool:
    while mention.antecedent is not None:
        mention = mention.antecedent
        if _CODE.fullmatch(accepted) and mention.country == accepted:
            return True
        if _within(accepted, mention.text) or _within(mention.name, accepted):
            return True
    return False


def _within(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words.strip())}(?!\w)", text, re.IGNORECASE) is not None if words.strip() else False


def table(results: Iterable[Result]) -> str:
    """Accuracy in Markdown: a row a language, then all; a column a kind of mention; what is held back in a row of its own."""
    results = list(results)
    columns = (*KINDS, "none", "all")
    lines = [f"| antecedent right | {' | '.join(columns)} |", "|---|" + "---|" * len(columns)]
    rows: list[tuple[str, list[Result]]] = []
    for held in (False, True):
        part = [r for r in results if r.held == held]
        suffix = " (held back)" if held else ""
        rows += [(language + suffix, [r for r in part if r.language == language]) for language in sorted({r.language for r in part})]
        rows.append(("all" + suffix, part))
    for name, part in rows:
        cells = []
        for column in columns:
            judged = [r.right for r in part if column in ("all", r.kind)]
            ratio = Ratio(sum(judged), len(judged))
            cells.append(f"{ratio.accuracy:.2f} of {ratio.of}" if ratio.of else "")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def misses(results: Iterable[Result]) -> list[str]:
    """What went wrong in the articles that are not held back, a line each."""
    return [
        f"{r.article.split('_')[0]} {r.kind:10} {r.mention.piece!r} is {' or '.join(r.mention.accepted) or 'nothing'}, not {r.told or 'nothing'}"
        for r in results
        if not r.right and not r.held
    ]
