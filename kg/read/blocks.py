"""Cut a text into blocks (headline, dateline, text, boilerplate ...) without moving a character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from kg.data import load
from kg.read.dateline import datelines, month_names
from kg.records import Block, BlockKind, Span

__all__ = ["blocks"]

_TERMINAL = re.compile(r"[.!?…:;]['\"”“»’)\]]*$")
_HEADER = re.compile(r"^\s*date[:\s]\s*\d{4}(?:-\d{1,2}){0,2}", re.IGNORECASE)
_WIDEST = 120  # characters; a text whose longest line is wider was not wrapped by an editor
_WRAPPED = 50  # characters; a shorter line ends its paragraph
_DATE_OR_TIME = re.compile(r"\d{1,2}\s?[:.uh]\s?\d{2}\b|\b\d{4}\b|\d[/.-]\d")
_CITY = r"[A-ZÀ-Þ][\w.'’/-]*(?:[ /][A-ZÀ-Þ][\w.'’-]*){0,3}"
_PLACE_LINE = re.compile(rf"{_CITY}(?: \([^)\n]{{1,40}}\))?(?:, [^-–—\n]{{3,25}})? [-–—] (?=\S)")
_NAVIGATION = re.compile(r"(?:[|•·»>][^|•·»>]*){2,}")
_HEADLINE_WORDS = range(4, 29)
_SUBHEADING_WORDS = 12


class _Boilerplate(msgspec.Struct, forbid_unknown_fields=True):
    teaser_words: int
    starts: tuple[str, ...]
    inside: list[str]
    contains: list[str]
    rest: list[str]
    short_contains: list[str]
    byline_words: list[str]


@cache
def _phrases() -> _Boilerplate:
    return load("boilerplate.yaml", _Boilerplate)


@cache
def _inside() -> re.Pattern[str]:
    words = sorted(_phrases().inside, key=len, reverse=True)
    return re.compile(r"(?:(?<=[.!?\"”»’)] )|(?<=[.!?] {2})|^|(?=©))(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order; what lies between two blocks is white space."""
    found: list[Block] = []
    ends = _phrases().rest
    headline = False
    rest = False
    for start, end in _paragraphs(text):
        line = text[start:end]
        header = _HEADER.match(line) if not found else None
        if header:
            cut = _header_end(line, header.end())
            found.append(Block(Span(start, start + cut), BlockKind.DATELINE))
            start += cut + len(line[cut:]) - len(line[cut:].lstrip())
            line = text[start:end]
            if not line.strip():
                continue
        low = line.lower()
        rest = rest or any(phrase in low for phrase in ends)
        if rest or _is_boilerplate(line):
            found.append(Block(Span(start, end), BlockKind.BOILERPLATE))
            continue
        if _is_dateline(line):
            found.append(Block(Span(start, end), BlockKind.DATELINE))
            continue
        opening = _PLACE_LINE.match(line)
        if opening:  # "NAIROBI, March 3 - More than ...": the place where it was written tells nothing of the story
            found.append(Block(Span(start, start + len(opening[0].rstrip())), BlockKind.DATELINE))
            start += opening.end()
            line = text[start:end]
        cut = _furniture(line)
        if cut == 0:
            found.append(Block(Span(start, end), BlockKind.BOILERPLATE))
            continue
        kind = _kind(line[:cut], first=not headline)
        headline = headline or kind in (BlockKind.HEADLINE, BlockKind.TEXT)
        body = len(line[:cut].rstrip())
        found.append(Block(Span(start, start + body), kind))
        if cut < len(line):
            found.append(Block(Span(start + cut, end), BlockKind.BOILERPLATE))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph: a line, or lines that an editor wrapped."""
    wrapped = max(map(len, text.split("\n"))) <= _WIDEST
    open_start: int | None = None
    before = ""
    open_end = position = 0
    for line in text.split("\n"):
        start = position + len(line) - len(line.lstrip())
        end = position + len(line.rstrip())
        position += len(line) + 1
        if open_start is not None:
            joins = wrapped and end > start and len(before) > _WRAPPED and not _TERMINAL.search(before)
            if not joins:
                yield open_start, open_end
                open_start = None
        if end > start:
            open_start = start if open_start is None else open_start
            open_end = end
            before = line.strip() if open_start == start else line.rstrip()
    if open_start is not None:
        yield open_start, open_end


def _header_end(line: str, end: int) -> int:
    """A header may name the source after the date (`` date 2017-08 TDV``); a sentence after it is the story."""
    tail = line[end:].strip()
    return len(line) if len(tail.split()) <= 3 else end


def _is_dateline(line: str) -> bool:
    """A short line with a date or a time of day and hardly a word beside it."""
    if len(line) > 90 or sum(c.isdigit() for c in line) < 3 or not _DATE_OR_TIME.search(line):
        return False
    words = [w for w in re.findall(r"[^\W\d_]{3,}", line.lower()) if w not in _dateline_words()]
    return len(words) <= (2 if line[:1].isdigit() or line[:1] == "+" else 4) and not re.search(r"[a-z]{3,}\.$", line)


@cache
def _dateline_words() -> frozenset[str]:
    return frozenset(month_names()) | {word for cue in datelines().published for word in cue.split()} | {"uhr", "uur"}


def _is_boilerplate(line: str) -> bool:
    phrases, low = _phrases(), line.lower().lstrip("\"'„“‚([*-–>•▶ ")
    words = low.split()
    if not re.search(r"\w\w", line) or _in_brackets(line) or (len(words) <= 12 and _NAVIGATION.search(line)):
        return True
    if any(phrase in low for phrase in phrases.contains):
        return True
    if len(words) <= 14 and any(phrase in low for phrase in phrases.short_contains):
        return True
    if len(words) <= phrases.teaser_words and low.startswith(phrases.starts) and any(
        low.startswith(phrase) and not low[len(phrase) : len(phrase) + 1].isalpha() for phrase in phrases.starts
    ):
        return not (len(words) > 12 and _TERMINAL.search(line) and ":" not in low[:40])
    return len(words) <= 9 and bool(words) and words[0] in phrases.byline_words and not _TERMINAL.search(line) and _names(line)


def _in_brackets(line: str) -> bool:
    return line[0] + line[-1] in ("()", "[]") and not re.search(r"[)\]].*[)\]]", line)


def _names(line: str) -> bool:
    """All words after the first are names or small joining words."""
    small = {"en", "und", "and", "et", "van", "de", "der", "den", "von", "le", "la", "du", "in", "&", "ten", "zu"}
    return all(word[:1].isupper() or word.lower() in small for word in line.split()[1:])


def _furniture(line: str) -> int:
    """Where page furniture starts inside a line; the line's length where there is none."""
    match = _inside().search(line)
    return match.start() if match else len(line)


def _kind(line: str, *, first: bool) -> BlockKind:
    words = len(line.split())
    if _TERMINAL.search(line.rstrip()):
        return BlockKind.TEXT
    if first and words in _HEADLINE_WORDS:
        return BlockKind.HEADLINE
    return BlockKind.SUBHEADING if words <= _SUBHEADING_WORDS else BlockKind.TEXT
