"""Known lemmas: what the treebanks say of a form as a part of speech, before the model guesses."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """By language, (UPOS, form) → lemma. Stored as gzipped lines of four columns."""

    entries: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)

    def find(self, language: str, upos: str, form: str) -> str | None:
        """The lemma of a form; of a capitalised one that is unknown, that of the small form."""
        known = self.entries.get(language)
        if known is None:
            return None
        found = known.get((upos, form))
        if found is None and upos != "PROPN" and form[:1].isupper():
            small = form[:1].lower() + form[1:] if form[1:].islower() else form.lower()
            found = known.get((upos, small))
        return found

    def write(self, path: Path) -> None:
        """Sorted, without a time stamp: the same lexicon is the same bytes."""
        lines = sorted(f"{language}\t{upos}\t{form}\t{lemma}\n" for language, known in self.entries.items() for (upos, form), lemma in known.items())
        path.write_bytes(gzip.compress("".join(lines).encode("utf-8"), mtime=0))

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """An empty lexicon where there is no file."""
        entries: dict[str, dict[tuple[str, str], str]] = {}
        if path.is_file():
            for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
                language, upos, form, lemma = line.split("\t")
                entries.setdefault(language, {})[upos, form] = lemma
        return cls(entries)
