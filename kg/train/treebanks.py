"""Universal Dependencies treebanks, read as the run time will see their text.

spaCy's tokenizers keep German "zum" and French "du" whole, where the treebanks have two words;
elsewhere they split what a treebank keeps. ``read_treebank`` merges and splits the trees
accordingly; ``read_gold`` only merges the contractions, for figures on gold tokens.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.train.sentence import UNKNOWN, Sentence
from kg.train.unimorph import universal_feats, universal_pos

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found, unused-ignore]

__all__ = ["harmonise", "read_gold", "read_texts", "read_treebank", "tokenizer_of"]


@dataclass(frozen=True, slots=True)
class Word:
    """One line of a CoNLL-U tree, with its surface token's extent in the text."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    start: int
    end: int


@cache
def tokenizer_of(language: str) -> Tokenizer:
    """The tokenizer of the language's pipeline."""
    from kg.annotate.languages import blank

    return blank(language).tokenizer


def read_gold(path: Path, language: str, *, leave_out: tuple[str, ...] = ()) -> list[Sentence]:
    """Sentences with the treebank's own tokens and labels; contractions are one token."""
    return list(_read(path, language, leave_out, merge=_merge_surface))


def read_treebank(path: Path, language: str, *, leave_out: tuple[str, ...] = ()) -> list[Sentence]:
    """Sentences with spaCy's tokens, labels harmonised.

    ``leave_out`` names sub-corpora by the start of sent_id.
    """
    return [harmonise(s) for s in _read(path, language, leave_out, merge=_merge_spacy)]


def read_texts(path: Path) -> list[str]:
    """The running text of each sentence, as the treebank gives it."""
    return [text for _, text, _ in _blocks(path)]


Merge = Callable[[list[Word], str, str], list[list[tuple[Word, str]]]]


def _read(path: Path, language: str, leave_out: tuple[str, ...], merge: Merge) -> Iterator[Sentence]:
    for ident, text, lines in _blocks(path):
        if ident.startswith(leave_out) and leave_out:
            continue
        words, text = _locate(lines, text)
        if not words:
            continue
        source = path.name.split(".")[0]
        sentence = _sentence(words, text, language, source, merge)
        if sentence.heads is not None and not _is_tree(sentence.heads):
            sentence = _sentence(words, text, language, source, _merge_surface)
        yield sentence


def _blocks(path: Path) -> Iterator[tuple[str, str, list[list[str]]]]:
    """(sent_id, text, lines of ten columns) of each sentence."""
    opener = gzip.open if path.suffix == ".gz" else open
    ident, text, lines = "", "", []
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in [*stream, "\n"]:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("# sent_id = "):
                ident = line[12:].strip()
            elif line.startswith("# text = "):
                text = line[9:].rstrip("\n")
            elif len(columns) == 10 and "." not in columns[0]:
                lines.append(columns)
            elif not line.strip() and lines:
                yield ident, text, lines
                ident, text, lines = "", "", []


def _locate(lines: list[list[str]], text: str) -> tuple[list[Word], str]:
    """Give every word its place in the text; a text that does not fit is made of the words."""
    surfaces: dict[int, str] = {}  # first word of a range → surface form
    last: dict[int, int] = {}
    for columns in lines:
        if "-" in columns[0]:
            first, end = (int(part) for part in columns[0].split("-"))
            surfaces[first], last[first] = columns[1], end
    rows = [columns for columns in lines if "-" not in columns[0]]
    places: list[tuple[int, int]] = []
    at, index = 0, 0
    while index < len(rows):
        number = int(rows[index][0])
        group = rows[index : index + last.get(number, number) - number + 1]
        form = surfaces.get(number, rows[index][1])
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(form, at):
            flat = " ".join(surfaces.get(int(row[0]), row[1]) for row in rows if not any(first < int(row[0]) <= last[first] for first in surfaces))
            return ([], text) if flat == text else _locate(lines, flat)
        if "".join(row[1] for row in group) == form:  # "don't": the parts are in the text
            for row in group:
                places.append((at, at + len(row[1])))
                at += len(row[1])
        else:
            places.extend([(at, at + len(form))] * len(group))
            at += len(form)
        index += len(group)
    words = [
        Word(
            row[1],
            row[2],
            row[3],
            "" if row[5] == "_" else row[5],
            int(row[6]) if row[6].isdigit() else -1,
            row[7],
            *place,
        )
        for row, place in zip(rows, places, strict=True)
    ]
    return words, text


def _merge_surface(words: list[Word], text: str, language: str) -> list[list[tuple[Word, str]]]:
    """One block a surface token: the words that share its place, with the token's form."""
    blocks: list[list[tuple[Word, str]]] = []
    for word in words:
        if blocks and blocks[-1][-1][0].start == word.start and blocks[-1][-1][0].end == word.end:
            blocks[-1].append((word, ""))
        else:
            blocks.append([(word, text[word.start : word.end])])
    return blocks


def _merge_spacy(words: list[Word], text: str, language: str) -> list[list[tuple[Word, str]]]:
    """Blocks of words and tokens with common ends.

    A block of several words and one token carries that token as its first form; a block of one
    word and several tokens repeats the word, once a token. A block with several of both keeps
    the treebank's words.
    """
    tokens = [(token.idx, token.idx + len(token.text), token.text) for token in tokenizer_of(language)(text) if not token.is_space]
    blocks: list[list[tuple[Word, str]]] = []
    i = j = 0
    while i < len(words):
        group, forms = [words[i]], [tokens[j]]
        i, j = i + 1, j + 1
        while True:
            end, reach = max(word.end for word in group), forms[-1][1]
            if end < reach or (i < len(words) and words[i].start < end):
                group.append(words[i])
                i += 1
            elif reach < end:
                forms.append(tokens[j])
                j += 1
            else:
                break
        if len(forms) == 1:
            blocks.append([(word, "" if k else forms[0][2]) for k, word in enumerate(group)])
        elif len(group) == 1:
            blocks.append([(group[0], form[2]) for form in forms])
        else:
            blocks.extend([(word, text[word.start : word.end])] for word in group)
    return blocks


def _sentence(words: list[Word], text: str, language: str, source: str, merge: Merge) -> Sentence:
    numbers = {id(word): number for number, word in enumerate(words, 1)}
    blocks = merge(words, text, language)
    place: dict[int, int] = {0: 0}  # number of a word → number of the token that stands for it
    # form, word, the number of the token it hangs on (0: its word's own head), lemma
    rows: list[tuple[str, Word, int, str]] = []
    for block in blocks:
        first = len(rows) + 1
        if len(block) > 1 and block[1][1]:  # one word, several tokens
            pieces = [form for _, form in block]
            word = block[0][0]
            core = _core(pieces, word)
            place[numbers[id(word)]] = first + core
            rows.extend((form, word, 0, UNKNOWN) if k == core else (form, word, first + core, form) for k, form in enumerate(pieces))
            continue
        inside = {numbers[id(word)] for word, _ in block}
        outer = [word for word, _ in block if word.head not in inside]
        outer.sort(key=lambda word: word.head != 0)  # the root, if it is among them
        for number in inside:
            place[number] = first
        word = outer[0] if outer else block[0][0]
        contraction = len({(part.start, part.end) for part, _ in block}) == 1
        rows.append((block[0][1], word, 0, word.lemma if contraction else UNKNOWN))
    upos, feats, lemmas, links, labels = [], [], [], [], []
    for form, word, host, lemma in rows:
        part = bool(host)
        bare = part and not any(char.isalnum() for char in form)
        upos.append("PUNCT" if bare else word.upos)
        feats.append("" if bare else word.feats)
        # Dutch lemmas mark compounds and separable verbs: gemeente_raad, bezig_houden
        lemmas.append(lemma.replace("_", "") if language == "nl" and len(lemma) > 1 else lemma)
        links.append(host or (place[word.head] if word.head >= 0 else -1))
        labels.append(("punct" if bare else "flat" if word.upos == "PROPN" else "compound") if part else word.deprel)
    forms = tuple(row[0] for row in rows)
    return _layers(forms, language, source, upos, feats, lemmas, links, labels)


def _is_tree(heads: tuple[int, ...]) -> bool:
    """One root, and every token reaches it."""
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return heads.count(0) == 1


def _core(forms: list[str], word: Word) -> int:
    """Which token stands for a split word: the last with a letter, of a name the first."""
    candidates = [k for k, form in enumerate(forms) if any(c.isalnum() for c in form)] or [0]
    return candidates[0] if word.upos == "PROPN" else candidates[-1]


def _layers(
    forms: tuple[str, ...],
    language: str,
    source: str,
    upos: list[str],
    feats: list[str],
    lemmas: list[str],
    heads: list[int],
    deprels: list[str],
) -> Sentence:
    if min(heads) < 0:  # lemma and UniMorph features only
        return Sentence(
            language,
            source,
            forms,
            upos=tuple(universal_pos(f, lemma) for f, lemma in zip(feats, lemmas, strict=True)),
            feats=tuple(map(universal_feats, feats)),
            partial_feats=True,
            lemmas=tuple(lemmas),
        )
    return Sentence(
        language,
        source,
        forms,
        tuple(upos),
        tuple(feats),
        False,
        tuple(lemmas),
        tuple(heads),
        tuple(deprels),
    )


def harmonise(sentence: Sentence) -> Sentence:
    """One scheme of subtypes for the German treebanks, which disagree.

    Possessive determiners are ``det:poss``; names hang together by ``flat``, as in Dutch and
    English; ``obl:tmod`` is ``obl``; an ``acl`` whose clause holds a relative pronoun is
    ``acl:relcl``. Other languages are left as they are.
    """
    if sentence.language != "de" or sentence.deprels is None or sentence.heads is None:
        return sentence
    assert sentence.feats is not None
    assert sentence.upos is not None
    relative = {sentence.heads[i] for i, feats in enumerate(sentence.feats) if "PronType=Rel" in feats}
    labels = []
    for i, label in enumerate(sentence.deprels):
        if label == "det" and "Poss=Yes" in sentence.feats[i]:
            label = "det:poss"
        elif label == "flat:name":
            label = "flat"
        elif label == "obl:tmod":
            label = "obl"
        elif label == "acl" and (i + 1 in relative):
            label = "acl:relcl"
        labels.append(label)
    return replace(sentence, deprels=tuple(labels))
