"""Dates as feeds, tables and headers write them → ISO 8601 of reduced precision. The clock of this machine is never asked."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from kg.read.dateline import dates
from kg.records import LANGUAGES

__all__ = ["as_date", "last_day"]

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ].{0,40})?)?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?[0-9]{2,6}Z?)?")
_YEARS = range(1900, 2100)
_SECONDS = range(10**8, 4 * 10**9)  # 1973 to 2096 as seconds since 1970; a thousand times that is milliseconds


def as_date(value: object) -> str | None:
    """The day (else month, else year) that a value tells, as written in its own time zone; None where it tells none."""
    if isinstance(value, bool) or value is None:
        return None
    text = str(value).strip()[:100]
    if re.fullmatch(r"[0-9]{9,13}(?:\.[0-9]{0,9})?", text) and (day := _epoch(float(text))):
        return day
    for pattern in (_ISO, _COMPACT):
        if match := pattern.fullmatch(text):
            return _valid(*match.groups())
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    else:
        return _valid(f"{moment.year:04}", f"{moment.month:02}", f"{moment.day:02}")
    found = {day for language in LANGUAGES for day, _, _ in dates(text, language)}
    return found.pop() if len(found) == 1 else None


def last_day(published: str) -> str:
    """The last day that a date of reduced precision may mean, for comparing."""
    return published + "-12-31"[len(published) - 4 :] if len(published) < 10 else published


def _epoch(number: float) -> str | None:
    if int(number / 1000) in _SECONDS:
        number /= 1000
    return datetime.fromtimestamp(number, UTC).date().isoformat() if int(number) in _SECONDS else None


def _valid(year: str, month: str | None, day: str | None) -> str | None:
    if int(year) not in _YEARS:
        return None
    try:
        if day and month:
            return date(int(year), int(month), int(day)).isoformat()
        return f"{year}-{month}" if month and 1 <= int(month) <= 12 else year
    except ValueError:
        return None
