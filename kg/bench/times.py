"""The time normaliser by itself: expressions found and days given, against texts that were annotated by hand.

A folder holds a file a language (``nl.yaml`` ...), each a list of texts with ``text``, ``published`` (an ISO date of
reduced precision or null) and ``times``: each expression as a list of its words and its days. ``[May 2024, 2024-05]`` is the
whole of a year, a month or a day, ``[since May, 2024-05, null]`` has a first and a last, null is open, and a fourth place
``ahead`` marks what is told as still to come. Which reading of "in May" the program should take follows from the verb and
is no matter of the normaliser, so that mark chooses the reading that is compared.

An expression is recognised where the program finds one that shares words with it; each counts once (the relaxed match of
TempEval-3, UzZaman et al. 2013, without their credit for equal words). Its value is right where both ends are the same to
the day. The last third of each file is held back: its figures stand apart and its misses are not listed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import yaml

from kg.errors import GoldError
from kg.extract.times import Clock, TimeExpression, find_times
from kg.extract.tokens import Tokens
from kg.records import Language
from kg.score.figures import Ratio, Tally
from kg.score.gold import day

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Expression", "Measured", "Text", "bench_times", "misses", "read_texts", "table"]

_NONE, _NEVER = Tally(), Ratio()
_HELD = 3  # one text in so many is held back: the last of the file


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as annotated: where it stands, its words, and its days (None is open)."""

    start: int
    words: str
    earliest: dt.date | None
    latest: dt.date | None
    ahead: bool = False

    @property
    def end(self) -> int:
        """The place behind its last code point."""
        return self.start + len(self.words)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its expressions in order."""

    language: Language
    text: str
    published: str | None
    times: tuple[Expression, ...]
    held: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of some texts, and what went wrong, one line each."""

    recognised: Tally = _NONE
    values: Ratio = _NEVER
    wrong: tuple[str, ...] = ()

    def __add__(self, other: Measured) -> Measured:
        return Measured(self.recognised + other.recognised, self.values + other.values, self.wrong + other.wrong)


def read_texts(folder: str | Path) -> list[Text]:
    """The annotated texts of a folder, by language. Raises ``GoldError`` naming file and text where something does not fit."""
    folder = Path(folder)
    files = [(language, folder / f"{language}.yaml") for language in get_args(Language)]
    found = [(language, path) for language, path in files if path.is_file()]
    if not found:
        raise GoldError(f"{folder}: none of {', '.join(path.name for _, path in files)} is in it")
    return [text for language, path in found for text in _file(path, language)]


def _file(path: Path, language: Language) -> Iterator[Text]:
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        yield from (_text(row, language, held=number >= len(rows) * (_HELD - 1) // _HELD) for number, row in enumerate(rows))
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{path}: {' '.join(str(error).split())}") from error


def _text(row: dict[str, Any], language: Language, *, held: bool) -> Text:
    text, at, times = str(row["text"]), 0, []
    for words, *days in row["times"]:
        start = text.find(str(words), at)
        if start < 0 or not 1 <= len(days) <= 3:
            raise ValueError(f"no expression {str(words)!r} with its days, from place {at} on, in {text!r}")
        ends = day(days[0]), day(days[min(1, len(days) - 1)], last=True)
        times.append(Expression(start, str(words), *ends, ahead=len(days) == 3 and days[2] == "ahead"))
        at = start + len(str(words))
    published = row["published"]
    return Text(language, text, None if published is None else str(published), tuple(times), held)


def bench_times(texts: Iterable[Text], annotated: Callable[[Text], Doc]) -> dict[tuple[Language, bool], Measured]:
    """Figures by language and by whether the texts are held back. Each text is annotated once, by ``annotated``."""
    figures: dict[tuple[Language, bool], Measured] = {}
    for text in texts:
        key = text.language, text.held
        figures[key] = figures.get(key, Measured()) + _compare(text, list(_found(text, annotated(text))))
    return figures


def _found(text: Text, doc: Doc) -> Iterator[TimeExpression]:
    clock = Clock(text.published)
    for sentence in Tokens(doc).sents:
        times = find_times(sentence, text.language, clock)
        yield from times
        clock = (times[-1].clock if times else clock).following()


def _compare(text: Text, found: list[TimeExpression]) -> Measured:
    result = Measured(Tally(0, len(text.times), len(found)))
    left = list(found)
    for want in text.times:
        got = next((f for f in left if f.interval.span.start < want.end and want.start < f.interval.span.end), None)
        if got is None:
            result += Measured(wrong=(_line(text, "missed", want.words, _days(want.earliest, want.latest)),))
            continue
        left.remove(got)
        days = got.future if want.ahead and got.future is not None else got.interval
        right = (days.earliest, days.latest) == (want.earliest, want.latest)
        result += Measured(Tally(1), Ratio(right, 1))
        if not right:
            told = f"{_days(want.earliest, want.latest)}, not {_days(days.earliest, days.latest)}"
            result += Measured(wrong=(_line(text, "wrong", want.words, told),))
    extra = tuple(_line(text, "no time", f.interval.text, _days(f.interval.earliest, f.interval.latest)) for f in left)
    return result + Measured(wrong=extra)


def _days(earliest: dt.date | None, latest: dt.date | None) -> str:
    return f"{earliest or ''}..{latest or ''}" if earliest != latest else f"{earliest}"


def _line(text: Text, what: str, words: str, days: str) -> str:
    return f"{text.language} {what:8} {words!r} {days} | {text.published} | {text.text}"


def table(figures: dict[tuple[Language, bool], Measured]) -> str:
    """The figures in Markdown, a row a language and part, then all together."""
    lines = ["| times | part | expressions | P | R | F1 | value right |", "|---|---|---|---|---|---|---|"]
    rows: list[tuple[str, bool, Measured]] = [(language, held, measured) for (language, held), measured in sorted(figures.items())]
    for held in (False, True):
        rows.append(("all", held, sum((replace(m, wrong=()) for _, h, m in rows if h == held), Measured())))
    for language, held, m in rows:
        rates = f"{m.recognised.precision:.3f} | {m.recognised.recall:.3f} | {m.recognised.f1:.3f} | {m.values.accuracy:.3f}"
        lines.append(f"| {language} | {'held back' if held else 'open'} | {m.recognised.gold} | {rates} |")
    return "\n".join(lines)


def misses(figures: dict[tuple[Language, bool], Measured]) -> list[str]:
    """What went wrong in the texts that are not held back."""
    return [line for (_, held), measured in sorted(figures.items()) if not held for line in measured.wrong]
