"""What the explorer says and in which language: the one that ``?lang=`` names, else the one that the browser likes best, else English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from kg.graph import ontology
from kg.graph.query import NamedQuery
from kg.records import LANGUAGES, Language
from kg.serve.accept import weights
from kg.serve.atlas import Atlas
from kg.view.words import strings

__all__ = ["Words", "texts"]

_SPOKEN = 12
"""Places of a map that are read out."""
_NAMES: Mapping[Language, str] = {"nl": "Nederlands", "de": "Deutsch", "en": "English", "fr": "Français"}


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Key → language → text: the explorer's own (``words.toml``), then those of the page of ``kg view``."""
    return {**strings(), **_read("words.toml")}


@cache
def _read(name: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one page. ``asked`` where the address names the language: then its links name it too."""

    language: Language
    asked: bool = False

    @classmethod
    def of(cls, request: Request) -> Words:
        """The words for whoever sent a request."""
        wanted = request.query_params.get("lang", "").lower()
        for language in LANGUAGES:
            if wanted == language:
                return cls(language, True)
        liked = {tag.partition("-")[0]: weight for tag, weight in sorted(weights(request.headers.get("accept-language", "")), key=lambda w: w[1])}
        known = {language: liked.get(language, 0.0) for language in LANGUAGES}
        best = max(LANGUAGES, key=lambda language: (known[language], language == "en"))
        return cls(best if known[best] > 0 else "en")

    def say(self, key: str, **values: object) -> str:
        """A text with its values, which are text and no markup. ``KeyError`` for one that there is not."""
        return texts()[key][self.language].format(**values)

    def many(self, key: str, n: int) -> str:
        """A text that counts."""
        return self.say(f"{key}_one") if n == 1 else self.say(key, n=n)

    def low(self, key: str) -> str:
        """A text as it stands inside a sentence: German nouns keep their capital."""
        text = self.say(key)
        return text if self.language == "de" else text[:1].lower() + text[1:]

    def kind(self, kind: str) -> str:
        """In what two tellings differ."""
        return self.say(f"about_{kind}") if f"about_{kind}" in texts() else kind

    def term(self, name: str) -> str:
        """The ontology's label of a class, property, stance or modality, else its name."""
        return ontology.labels().get((name, self.language), name)

    def question(self, query: NamedQuery) -> str:
        """The title of a named query."""
        return _read("questions.toml").get(query.name, {}).get(self.language, query.title)

    def places(self, atlas: Atlas) -> str:
        """What a map shows, for those who do not see it."""
        names = [spot.name for spot in atlas.spots[:_SPOKEN]]
        if not names:
            return self.say("map")
        more = len(atlas.spots) + atlas.more - len(names)
        listed = ", ".join(names)
        return self.say("mapOf", names=self.say("mapMore", names=listed, n=more) if more else listed)

    def table(self) -> dict[str, str]:
        """What the query editor and its table say, with their places left open."""
        return {key: texts()[key][self.language] for key in ("queryText", "table", "answerTable", "showMore", "rowsShown", "noAnswer", "downloadCsv")}

    def keep(self, path: str) -> str:
        """A link of this server, in the language of this page where the address asked for it."""
        if not self.asked:
            return path
        before, mark, fragment = path.partition("#")
        return f"{before}{'&' if '?' in before else '?'}lang={self.language}{mark}{fragment}"

    def others(self, request: Request) -> tuple[tuple[str, str, str], ...]:
        """This page in each language: (code, the language's own name, address)."""
        kept = [(name, value) for name, value in parse_qsl(request.url.query, keep_blank_values=True) if name != "lang"]
        path = (request.scope.get("raw_path") or b"/").partition(b"?")[0].decode("ascii", "replace")
        return tuple((code, name, f"{path}?{urlencode([*kept, ('lang', code)])}") for code, name in _NAMES.items())
