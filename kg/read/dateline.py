"""When an article was published, where its own text tells.

Read are a header line (`` date 2020-10``), and a full date in the first lines that stands beside a time of day, beside
a word such as "Published", in a short line, or at the end of a headline. Nothing is ever taken from the clock or the file system.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import msgspec
from babel import Locale

from kg.data import load
from kg.records import LANGUAGES, Language

__all__ = ["datelines", "dates", "month_names", "published"]

_HEADER = re.compile(r"^\s*date[:\s]\s*(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?\b", re.IGNORECASE)
_LINES = 8  # a date further down belongs to the story
_SHORT = 8  # words
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\b")
_CLOCK = re.compile(r"\b\d{1,2}\s?[:.uh]\s?\d{2}\b|\b\d{1,2}\s?(?:uur|uhr|heures|am|pm)\b", re.IGNORECASE)
_YEARS = range(1900, 2100)
_DATED = re.compile(r"\d{4}|\d[./-]\d")  # what a full date holds, however it is written


class Datelines(msgspec.Struct, forbid_unknown_fields=True):
    """The schema of datelines.yaml."""

    published: list[str]


@cache
def datelines() -> Datelines:
    """The words that stand beside a publication date."""
    return load("datelines.yaml", Datelines)


@cache
def _cues() -> re.Pattern[str]:
    words = datelines().published
    return re.compile(r"^\W*(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b", re.IGNORECASE)


@cache
def month_names() -> dict[str, int]:
    """Month names and abbreviations of the four languages in lower case, without a final point (CLDR)."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    names[name.lower().rstrip(".")] = number
    return names | {"sept": 9, "mrz": 3, "märz": 3, "okt": 10, "oct": 10, "mrt": 3}


@cache
def _written() -> tuple[re.Pattern[str], re.Pattern[str]]:
    months = "|".join(sorted(map(re.escape, month_names()), key=len, reverse=True))
    day_first = re.compile(rf"\b(\d{{1,2}})(?:er|\.)?\s+({months})\.?,?\s+(\d{{4}})\b", re.IGNORECASE)
    month_first = re.compile(rf"\b({months})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
    return day_first, month_first


@cache
def _opening() -> re.Pattern[str]:
    """A line that opens with a day and month, behind places at most, closed off from the story."""
    months = "|".join(sorted(map(re.escape, month_names()), key=len, reverse=True))
    place = r"(?:[^\W\d_][^,.:;!?]{1,40},\s*)?"
    day_first = rf"(?P<day>\d{{1,2}})(?:er|\.)?\s+(?P<month>{months})\b"
    month_first = rf"(?P<month2>{months})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b"
    return re.compile(rf"^\s*{place}(?:{day_first}|{month_first})\.?\s*(?:\([^)]{{1,40}}\)\s*)?[-–—.:]\s", re.IGNORECASE)


def published(text: str, language: Language) -> str | None:
    """The publication date as ISO 8601 ("2017-08-25", "2020-10", "2020"), or None where the text tells none."""
    lines = [line for line in text.split("\n") if line.strip()][:_LINES]
    header = next((m for m in map(_HEADER.match, lines[:2]) if m), None)
    coarse = _iso(*header.groups()) if header else None
    if coarse and len(coarse) == 10:
        return coarse
    for number, line in enumerate(lines):
        if header and header.string is line:
            continue
        for day, start, end in dates(line, language):
            if coarse and not day.startswith(coarse):
                continue
            if _is_dateline(line, start, end, first=number == 0):
                return day
    if coarse and len(coarse) == 7:
        return next((opened for line in lines if (opened := _day_of(line, coarse))), coarse)
    return coarse


def _day_of(line: str, month: str) -> str | None:
    """The day that opens a line ("NIAMEY, April 12 (Wire) -", "14 mars. "), if it lies in ``month`` (2024-04)."""
    match = _opening().match(line)
    if match is None:
        return None
    name, day = (match["month"], match["day"]) if match["month"] else (match["month2"], match["day2"])
    full = _iso(month[:4], str(month_names()[name.lower().rstrip(".")]), day)
    return full if full and len(full) == 10 and full.startswith(month) else None


def _is_dateline(line: str, start: int, end: int, *, first: bool) -> bool:
    rest = line[:start] + line[end:]
    if len(rest.split()) <= _SHORT or (_cues().search(line) and start < 60):
        return True
    if _CLOCK.search(line[end : end + 25]) and (first or start < 60 or end > len(line) - 30):
        return True
    if start == 0 and re.match(r"\s*[.:]\s", line[end:]):  # "28. Juni 2024. Der Mann ..."
        return True
    return start < 50 and re.match(r"\)?\s*[-–—:(]", line[end:]) is not None  # "NAIROBI, 3 March 2024 -"


def dates(line: str, language: Language) -> list[tuple[str, int, int]]:
    """Every full date in a line: ISO 8601, start and end of its words."""
    if not _DATED.search(line):
        return []
    found: list[tuple[int, int, str]] = []
    for match in _ISO.finditer(line):
        year, month, day = match.groups()
        _keep(found, match, year, month, day)
    for match in _NUMERIC.finditer(line):
        first, _, second, year = match.groups()
        day, month = (first, second)
        if language == "en" and int(first) <= 12 and int(second) <= 12:
            continue  # 3/4/2024 is March in New York and April in London
        if int(month) > 12:
            day, month = month, day
        _keep(found, match, f"20{year}" if len(year) == 2 else year, month, day)
    day_first, month_first = _written()
    for match in day_first.finditer(line):
        _keep(found, match, match[3], str(month_names()[match[2].lower().rstrip(".")]), match[1])
    for match in month_first.finditer(line):
        _keep(found, match, match[3], str(month_names()[match[1].lower().rstrip(".")]), match[2])
    return [(day, start, end) for start, end, day in sorted(found)]


def _keep(found: list[tuple[int, int, str]], match: re.Match[str], year: str, month: str, day: str) -> None:
    iso = _iso(year, month, day)
    if iso and len(iso) == 10:
        found.append((match.start(), match.end(), iso))


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    """Join the parts as far as they make a date."""
    if int(year) not in _YEARS:
        return None
    if not month or not 1 <= int(month) <= 12:
        return f"{int(year)}"  # by way of a number: digits of another script are no ISO 8601
    try:
        return date(int(year), int(month), int(day or 0)).isoformat()
    except ValueError:
        return f"{int(year)}-{int(month):02}"
