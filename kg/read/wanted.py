"""Which articles a user wants: since a day, in some languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kg.errors import InputError
from kg.read.dates import last_day
from kg.records import LANGUAGES, Article, Language

__all__ = ["Wanted", "wanted_languages"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """``since`` leaves out what is older and what has no date; ``languages`` what is written in another; empty takes all."""

    since: date | None = None
    languages: frozenset[Language] = field(default_factory=frozenset)

    def reason_against(self, article: Article) -> str | None:
        """Why an article is left out, in words that are the same for all of its kind; None where it is wanted."""
        if self.languages and article.language not in self.languages:
            return f"in another language ({article.language})"
        if self.since is None:
            return None
        if article.published is None:
            return f"of unknown date, so perhaps before {self.since}"
        return f"from before {self.since}" if last_day(article.published) < self.since.isoformat() else None


def wanted_languages(codes: Iterable[str]) -> frozenset[Language]:
    """Codes as the user gives them. Raises ``InputError``."""
    found = {known for code in codes for known in LANGUAGES if known == code.lower()}
    for code in codes:
        if code.lower() not in LANGUAGES:
            raise InputError(f"--language {code}: choose among {', '.join(LANGUAGES)}")
    return frozenset(found)
