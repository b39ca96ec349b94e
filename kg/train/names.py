"""Named-entity corpora in one scheme: BIOES over PER, ORG, LOC, MISC, NORP.

Corpora differ in what they annotate. Where one leaves a class out, its "O" leaves that class
open: the tag is written as alternatives, ``O|B-MISC|...``, and the loss sums over them.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from kg.train.events import read_events
from kg.train.sentence import Sentence
from kg.train.treebanks import tokenizer_of

__all__ = ["CLASSES", "READERS", "TAGS", "read_marked"]

CLASSES = ("PER", "ORG", "LOC", "MISC", "NORP")
TAGS = ("O", *(f"{part}-{name}" for name in CLASSES for part in "BIES"))
ANY = "*"  # a name of a class that the corpus does not tell
NOTHING = "-"  # no annotation at all on this token

Tokens = list[tuple[str, str]]  # (word, "O" or B-/I- with the corpus's own label)
Mapping = Callable[[str], str]


@cache
def alternatives(part: str, classes: tuple[str, ...], *, outside: bool) -> str:
    """The tags with this BIOES part (or any part, for "") of the classes, and "O" if outside."""
    tags = [tag for tag in TAGS[1:] if tag[2:] in classes and tag.startswith(part)]
    return "|".join((["O"] if outside else []) + tags)


def bioes(labels: list[str], left_out: tuple[str, ...]) -> tuple[str, ...]:
    """B-/I-/O labels over our classes (several joined by "+") as sets of BIOES tags."""
    out: list[str] = []
    for i, label in enumerate(labels):
        if label == "O":
            out.append(alternatives("", left_out, outside=True))
            continue
        if label == NOTHING:
            out.append(alternatives("", CLASSES, outside=True))
            continue
        begins = label[0] == "B" or i == 0 or labels[i - 1][1:] != label[1:]
        ends = i + 1 == len(labels) or labels[i + 1] != "I" + label[1:]
        part = ("S" if ends else "B") if begins else ("E" if ends else "I")
        classes = CLASSES[:4] if label[2:] == ANY else tuple(label[2:].split("+"))
        out.append(alternatives(part, classes, outside=False))
    return tuple(out)


def split_tokens(tokens: Tokens, language: str) -> tuple[tuple[str, ...], list[str]]:
    """The corpus's tokens, split further where spaCy's tokenizer splits them."""
    words: list[str] = []
    labels: list[str] = []
    for word, label in tokens:
        parts = _split(word, language)
        words.extend(parts)
        labels.append(label)
        labels.extend([("I" + label[1:]) if label not in "O-" else label] * (len(parts) - 1))
    return tuple(words), labels


@cache
def _split(word: str, language: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenizer_of(language)(word) if not token.is_space)


def _sentences(
    blocks: Iterable[Tokens],
    language: str,
    source: str,
    mapping: Mapping,
    left_out: tuple[str, ...],
    *,
    bounded: bool = True,
) -> Iterator[Sentence]:
    for block in blocks:
        mapped = []
        for word, label in block:
            target = mapping(label[2:]) if len(label) > 1 else ""
            mapped.append((word, f"{label[:2]}{target}" if target else "O"))
        words, labels = split_tokens([pair for pair in mapped if pair[0].strip()], language)
        if words:
            names = bioes(labels, left_out)
            yield Sentence(language, source, words, names=names, bounded=bounded)


def _lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", errors="replace") as stream:
        for line in stream:
            yield line.rstrip("\n")


def _columns(lines: Iterable[str], word: int, tag: int, sep: str | None = None) -> Iterator[Tokens]:
    """Sentences of a column format; empty lines end them, comments and document lines go."""
    block: Tokens = []
    for line in itertools.chain(lines, [""]):
        cells = line.split(sep)
        if line.startswith(("# ", "#\t")) or (cells and cells[0] == "-DOCSTART-"):
            continue
        if line.strip() and len(cells) > max(word, tag):
            block.append((cells[word], cells[tag]))
        elif block:
            yield block
            block = []


def _germeval(label: str) -> str:
    """Outer labels; "deriv" words (deutsch) name peoples, "part" compounds are no names."""
    if label.endswith("part"):
        return ""
    if label == "LOCderiv":
        return "NORP"
    if label.endswith("deriv"):
        return ""
    return {"OTH": "MISC"}.get(label, label)


def read_germeval(path: Path, language: str) -> list[Sentence]:
    """GermEval 2014: number, word, outer label, inner label."""
    blocks = _columns(_lines(path), 1, 2, "\t")
    return list(_sentences(blocks, language, "germeval", _germeval, ()))


def read_europarl(path: Path, language: str) -> list[Sentence]:
    """German Europarl (Faruqui & Padó 2010): IO tags; MISC holds nationality adjectives too."""

    def mapping(label: str) -> str:
        return "MISC+NORP" if label == "MISC" else label

    blocks = (
        [(word, "O" if tag == "O" else f"I-{tag[2:] if tag[1:2] == '-' else tag}") for word, tag in b] for b in _columns(_lines(path), 0, 4, "\t")
    )
    return list(_sentences(blocks, language, "europarl", mapping, ()))


def read_uner(path: Path, language: str) -> list[Sentence]:
    """Universal NER: PER, ORG, LOC; nothing else is annotated."""

    def mapping(label: str) -> str:
        return label if label in CLASSES[:3] else ""

    blocks = _columns(_lines(path), 1, 2, "\t")
    return list(_sentences(blocks, language, "uner", mapping, ("MISC", "NORP")))


def _dfki(label: str) -> str:
    """SmartData's and MobIE's labels, in either spelling."""
    label = label.upper().replace("-", "_")
    if label.startswith("LOCATION"):
        return "LOC"
    if label.startswith("ORGANIZATION"):
        return "ORG"
    return "PER" if label == "PERSON" else ""


def read_mobie(path: Path, language: str) -> list[Sentence]:
    """MobIE's training part, out of its zip archive."""
    with zipfile.ZipFile(path) as archive:
        lines = archive.read("train.conll2003").decode("utf-8").split("\n")
    first = next(line for line in lines if line.strip() and not line.startswith("-DOCSTART-"))
    blocks = _columns(lines, 0, len(first.split()) - 1)
    return list(_sentences(blocks, language, "mobie", _dfki, ("MISC", "NORP")))


def read_smartdata(path: Path, language: str) -> list[Sentence]:
    """SmartData: JSON documents one after another, spans by offset in the text.

    Beside the file ``recovered_train_ids.txt`` names the documents that are in no test part;
    a file called dev is taken whole.
    """
    allowed = path.with_name("recovered_train_ids.txt")
    wanted = set(allowed.read_text("utf-8").split("\n")) if allowed.is_file() else set()
    whole = (path.name.startswith(("dev", "test")) and not wanted) or path.name.startswith("dev")
    out: list[Sentence] = []
    for document in smartdata_documents(path):
        if not whole and document["id"] not in wanted:
            continue
        text = document["text"]["string"] if isinstance(document["text"], dict) else document["text"]
        spans = []
        for mention in _array(document, "conceptMentions"):
            span = mention["span"]
            name = _dfki(mention["type"])
            if name:
                spans.append((span["start"], span["end"], name))
        out.extend(_marked(text, spans, language, "smartdata", ("MISC", "NORP")))
    return out


def _array(document: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = document.get(key) or []
    if isinstance(value, dict):
        value = value.get("array") or []
    found: list[dict[str, Any]] = value
    return found


def smartdata_documents(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a file of concatenated JSON objects."""
    text = "\n".join(_lines(path))
    decoder = json.JSONDecoder()
    at = 0
    while (at := _skip(text, at)) < len(text):
        document, at = decoder.raw_decode(text, at)
        yield document


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \r\n\t,[]":
        at += 1
    return at


HELD_OUT = 10
MARK = re.compile(r"\[(PER|ORG|LOC|MISC|NORP) ([^\[\]]+)\]")


def read_marked(path: Path, language: str, *, held_out: bool = False) -> list[Sentence]:
    """Our own sentences: one a line, names marked as ``[LOC Den Haag]``.

    Every tenth line is held out for measuring; ``held_out`` reads those lines alone.
    """
    out: list[Sentence] = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip() or line.startswith("#") or (number % HELD_OUT == 0) != held_out:
            continue
        text, spans, last = "", [], 0
        for match in MARK.finditer(line):
            text += line[last : match.start()]
            spans.append((len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            last = match.end()
        text += line[last:]
        if "[" in text or "]" in text:
            raise ValueError(f"{path}:{number}: a bracket outside of a mark: {line[:80]!r}")
        out.extend(_marked(text, spans, language, "own", (), bounded=True))
    return out


def _marked(
    text: str,
    spans: list[tuple[int, int, str]],
    language: str,
    source: str,
    left_out: tuple[str, ...],
    *,
    bounded: bool = False,
) -> Iterator[Sentence]:
    """spaCy's tokens of a text with spans; one sentence a paragraph. Nested spans: the longest."""
    spans = sorted(spans, key=lambda span: (span[0] - span[1], span))
    taken: list[tuple[int, int, str]] = []
    for start, end, name in spans:
        if all(end <= a or b <= start for a, b, _ in taken):
            taken.append((start, end, name))
    words: list[str] = []
    labels: list[str] = []
    previous: tuple[int, int, str] | None = None
    for token in [*tokenizer_of(language)(text), None]:
        if token is None or "\n" in token.text:
            if words:
                names = bioes(labels, left_out)
                yield Sentence(language, source, tuple(words), names=names, bounded=bounded)
            words, labels, previous = [], [], None
            continue
        if token.is_space:
            continue
        end = token.idx + len(token.text)
        span = next((s for s in taken if token.idx < s[1] and s[0] < end), None)
        words.append(token.text)
        labels.append("O" if span is None else f"{'I' if span is previous else 'B'}-{span[2]}")
        previous = span


def read_europeana(path: Path, language: str) -> list[Sentence]:
    """Europeana's old newspapers: no sentence ends, so pieces of 40 tokens; IO tags.

    What it leaves unmarked is often a name misread by the scanner: no token is taken as outside
    unless it is written small.
    """
    tokens = [line.split() for line in _lines(path) if len(line.split()) == 2]
    out: list[Sentence] = []
    for at in range(0, len(tokens), 40):
        block = [(word, tag if tag[2:] in CLASSES else "O") for word, tag in tokens[at : at + 40]]
        block = [(w, NOTHING if tag == "O" and w[:1].isupper() else tag) for w, tag in block]
        words, labels = split_tokens(block, language)
        out.append(
            Sentence(
                language,
                "europeana",
                words,
                names=bioes(labels, ("MISC", "NORP")),
                bounded=False,
            )
        )
    return out


def read_conll2002(path: Path, language: str) -> list[Sentence]:
    """CoNLL-2002, for measuring only: word, part of speech, BIO tag."""
    blocks = _columns(_lines(path), 0, 2)
    return list(_sentences(blocks, language, "conll2002", lambda label: label, ()))


READERS: dict[str, Callable[[Path, str], list[Sentence]]] = {
    "conll2002": read_conll2002,
    "europarl": read_europarl,
    "events": read_events,
    "events_held_out": partial(read_events, held_out=True),
    "europeana": read_europeana,
    "germeval": read_germeval,
    "marked": read_marked,
    "marked_held_out": partial(read_marked, held_out=True),
    "mobie": read_mobie,
    "smartdata": read_smartdata,
    "uner": read_uner,
}
