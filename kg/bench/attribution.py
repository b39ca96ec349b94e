"""Attribution against SpkAtt-2023: speeches of the German Bundestag with cues, sources and messages marked word by word.

The data are those of the shared task on speaker attribution (Rehbein, Ruppenhofer, Brunner, Ponzetto: GermEval 2023, task 1; CC BY-SA 4.0):
JSON files with ``Sentences`` and ``Annotations``, in which a word is "sentence:word". The words are taken as they are
given, and so are the ends of the sentences.

What is counted: a *cue* of the program is a single word, one of the data may be several; they meet where the word is among
those, each once. *Sources* and *messages* are counted in words: those in both, over all cues of the program and over all of
the data, so that a cue that is missed or made up counts with all its words. Words that are only punctuation do not count.

The data mark more than a program that reads news for who claims what looks for: what is thought, felt or asked, and speech
without a speaker or without a message. So a second row counts only cues whose source is told by a noun or a name and that
have a message; of the program's cues those that the data have otherwise are then left out, as they are neither right nor wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from kg.errors import GoldError
from kg.extract.attribution import attribute
from kg.extract.coreference import resolve_pronouns
from kg.extract.cues import Cue
from kg.extract.reading import Reading
from kg.records import Article, Block, BlockKind, Span
from kg.score.figures import Tally

if TYPE_CHECKING:
    from spacy.tokens import Token
    from spacy.vocab import Vocab

__all__ = ["Row", "Speech", "Spoken", "as_doc", "bench_attribution", "missed", "read_speeches", "table", "told"]

Words = frozenset[int]
_NONE = Tally()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A cue with its source and message, each the places of its words in the speech; any but the cue may be empty."""

    cue: Words
    source: Words
    message: Words


@dataclass(frozen=True, slots=True)
class Speech:
    """A speech: its sentences as words, and the cues marked in it."""

    name: str
    sentences: tuple[tuple[str, ...], ...]
    spoken: tuple[Spoken, ...]

    @property
    def words(self) -> list[str]:
        """All words in order."""
        return [word for sentence in self.sentences for word in sentence]


@dataclass(frozen=True, slots=True)
class Row:
    """Cues, and the words of their sources and messages."""

    cues: Tally = _NONE
    sources: Tally = _NONE
    messages: Tally = _NONE

    def __add__(self, other: Row) -> Row:
        return Row(self.cues + other.cues, self.sources + other.sources, self.messages + other.messages)


def read_speeches(folder: str | Path) -> list[Speech]:
    """The speeches of a folder of JSON files, by name. Raises ``GoldError`` where there are none or one does not fit the format."""
    files = sorted(Path(folder).glob("*.json"))
    if not files:
        raise GoldError(f"{folder}: no .json files in it; give the folder data/dev/task1 of SpkAtt-2023")
    return [_speech(path) for path in files]


def _speech(path: Path) -> Speech:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        sentences = tuple(tuple(map(str, sentence["Tokens"])) for sentence in data["Sentences"])
        starts = [0]
        for sentence in sentences:
            starts.append(starts[-1] + len(sentence))

        def places(row: dict[str, Any], name: str) -> Words:
            pairs = (str(word).split(":") for word in row[name])
            return frozenset(starts[int(number)] + int(word) for number, word in pairs)

        spoken = tuple(Spoken(places(row, "Cue"), places(row, "Source"), places(row, "Message")) for row in data["Annotations"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise GoldError(f"{path}: not in the format of SpkAtt-2023: {error}") from error
    return Speech(path.stem, sentences, tuple(s for s in spoken if s.cue))


def bench_attribution(speeches: Iterable[Speech], annotated: Callable[[Speech], Doc]) -> tuple[dict[str, Row], dict[str, int]]:
    """Figures by the name of the row, and how often which cue was missed that has a source of its own and a message."""
    rows = {"all cues": Row(), "with a named source and a message": Row()}
    forms: dict[str, int] = {}
    for speech in speeches:
        doc = annotated(speech)
        found = told(doc)
        ours = _matched(speech.spoken, found)
        rows["all cues"] += _row(speech.spoken, found, ours, doc)
        news = [n for n, s in enumerate(speech.spoken) if s.message and any(doc[i].pos_ in ("NOUN", "PROPN") for i in s.source)]
        other = {ours[n] for n in ours if n not in news}
        kept = [n for n in range(len(found)) if n not in other]
        pairs = {news.index(n): kept.index(ours[n]) for n in news if n in ours}
        rows["with a named source and a message"] += _row([speech.spoken[n] for n in news], [found[n] for n in kept], pairs, doc)
        for n in news:
            if n not in ours:
                form = " ".join(doc[i].lemma_ for i in sorted(speech.spoken[n].cue))
                forms[form] = forms.get(form, 0) + 1
    return rows, forms


def as_doc(speech: Speech, vocab: Vocab) -> Doc:
    """The speech as a Doc that is still to be annotated, with its own words and sentences."""
    starts: list[bool | int | None] = [n == 0 for sentence in speech.sentences for n in range(len(sentence))]
    return Doc(vocab, words=speech.words, sent_starts=starts)


def told(doc: Doc) -> list[Spoken]:
    """The cues that the program finds in a Doc, with source and message."""
    text = doc.text
    block = Block(Span(0, len(text)), BlockKind.TEXT)
    reading = Reading(Article("speech", text, hashlib.sha256(text.encode()).hexdigest(), "de", None, None, None, (block,)), doc)
    resolve_pronouns(reading)
    attribution = attribute(reading)
    found: dict[int, Spoken] = {}
    for sentence in reading.sentences:
        for cue in attribution.cues(sentence):
            one = Spoken(frozenset({cue.token.i}), _source(cue, doc), frozenset(cue.covers))
            before = found.get(cue.token.i)
            found[cue.token.i] = Spoken(one.cue, one.source | before.source, one.message | before.message) if before else one
    return [found[i] for i in sorted(found)]


def _source(cue: Cue, doc: Doc) -> Words:
    if cue.source is None:
        return frozenset()
    span = cue.source.span
    return frozenset(t.i for t in doc if span.start <= t.idx < span.end)


def _matched(gold: Iterable[Spoken], found: list[Spoken]) -> dict[int, int]:
    """Which cue of the program meets which of the data, by their numbers."""
    pairs: dict[int, int] = {}
    for number, want in enumerate(gold):
        got = next((n for n, one in enumerate(found) if one.cue & want.cue and n not in pairs.values()), None)
        if got is not None:
            pairs[number] = got
    return pairs


def _row(gold: Iterable[Spoken], found: list[Spoken], pairs: dict[int, int], doc: Doc) -> Row:
    gold = list(gold)

    def count(words: Words) -> int:
        return sum(not _is_sign(doc[i]) for i in words)

    def words(name: str) -> Tally:
        hits = sum(count(getattr(gold[a], name) & getattr(found[b], name)) for a, b in pairs.items())
        return Tally(hits, *(sum(count(getattr(s, name)) for s in side) for side in (gold, found)))

    return Row(Tally(len(pairs), len(gold), len(found)), words("source"), words("message"))


def _is_sign(token: Token) -> bool:
    return token.is_punct or token.is_space


def table(rows: dict[str, Row], speeches: int) -> str:
    """Precision, recall and F1 of cues, sources and messages, in Markdown."""
    lines = [f"| {speeches} speeches | part | in the data | found | P | R | F1 |", "|---|---|---|---|---|---|---|"]
    for name, row in rows.items():
        for part in ("cues", "sources", "messages"):
            t: Tally = getattr(row, part)
            what = part if part == "cues" else f"words of {part}"
            lines.append(f"| {name} | {what} | {t.gold} | {t.predicted} | {t.precision:.3f} | {t.recall:.3f} | {t.f1:.3f} |")
    return "\n".join(lines)


def missed(forms: dict[str, int], most: int = 40) -> str:
    """The cues missed most, by their lemmas, as one line."""
    ranked = sorted(forms.items(), key=lambda kv: (-kv[1], kv[0]))[:most]
    return "missed: " + ", ".join(f"{form} {count}" for form, count in ranked)
