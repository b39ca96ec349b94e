"""Coverage-guided fuzzing of the readers and of the time and quantity grammars (atheris, of the extra ``fuzz``).

``python -m tests.fuzz .pdf --runs 100000`` reads mutations of the made files of that format, ``python -m tests.fuzz nl`` mutations
of sentences with times and quantities. What is searched for is what the properties of ``tests/read/test_hostile.py`` and
``tests/extract/test_hostile.py`` say: anything that is raised, a record that cannot be stored, more than a second of processor
time (a second for 100 kB where the file is larger), more than 1 GB of memory. The first finding ends the run with exit code 77 and is
written to ``crash-...`` in the folder ``--findings``; ``--again FILE`` tries one such file.

The same seed gives the same cases. For a Word file the XML of its text is mutated, and packed for every case. The last line tells
target, cases, how many gave something, exceptions, the slowest case in processor seconds, peak memory and a checksum of all cases.
"""

from __future__ import annotations

import argparse
import atexit
import os
import signal
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import atheris

LIBRARIES = ["kg", "pypdf", "docx", "trafilatura", "warcio", "defusedxml"]  # whose branches guide the mutations
with atheris.instrument_imports(include=LIBRARIES):
    from kg.bench.memory import peak
    from kg.records import LANGUAGES, Article
    from tests.extract import test_hostile as grammars
    from tests.read import made
    from tests.read import test_hostile as readers

MEMORY = 1024  # MB
LONGEST = 8192  # bytes of a case; what is long is tried by ``test_one_thing_over_and_over``
HANG = 30  # processor seconds
MORE: dict[str, list[bytes]] = {
    ".txt": [f"{made.TITLE}\n\nBeiroet - {made.FIRST}\n\nLees ook: {made.SECOND}".encode(), made.GERMAN.encode("utf-16")],
    ".pdf": [made.pdf()],
    ".eml": [made.mail(markup=True)],
    ".xml": [made.newsml(inline=False), made.message(made.newsml()), made.feed(), made.feed(True)],
    ".zip": [made.wacz(readers.PAGES)],
}
SENTENCES = {
    "nl": ["Tussen 3 en 5 maart 2024 stuurde Iran ruim twaalfhonderd ton graan.", "Afgelopen dinsdag om half vier: 1,5 miljoen vaten, eind maart."],
    "de": ["Am 3. März 2024 lieferte Berlin mindestens zwanzig Panzer für 2,5 Mrd. Euro.", "Seit Anfang Mai: anderthalb Tonnen, vor zwei Jahren."],
    "en": ["On 5 March 2024 more than two hundred tonnes, worth $1.5bn, left.", "Late last week between ten and twelve ships sailed by 3 p.m."],
    "fr": ["Le 5 mars 2024, plus de deux cents tonnes pour 1,5 milliard d’euros.", "Fin mars, entre dix et douze navires, il y a deux ans, à 15 h."],
}


class Hang(BaseException):
    """Nothing may catch it."""


class Target:
    """Tries cases, and remembers what the last line tells."""

    def __init__(self, name: str, tried: Callable[[bytes], bool]) -> None:
        self.name, self.tried = name, tried
        self.cases = self.gave = self.raised = self.checksum = 0
        self.slowest = 0.0

    def __call__(self, data: bytes) -> None:
        self.cases += 1
        self.checksum = zlib.crc32(data, self.checksum)
        before = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, HANG)
        try:
            self.gave += self.tried(data)
        except BaseException:
            self.raised += 1
            raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            self.slowest = max(self.slowest, time.process_time() - before)
        assert peak() < MEMORY, f"{peak():.0f} MB"

    def tell(self) -> None:
        print(
            f"{self.name}: {self.cases} cases, {self.gave} gave something, {self.raised} exceptions, slowest {self.slowest:.3f} s, "
            f"peak {peak():.0f} MB, checksum {self.checksum:08x}",
            flush=True,
        )  # fmt: skip


def late(_number: int, _frame: FrameType | None) -> None:
    raise Hang(f"more than {HANG} processor seconds")


def reader(suffix: str) -> Callable[[bytes], bool]:
    """Reads a file; whether it gave an article."""
    _, pack = readers.FILES[suffix]

    def tried(data: bytes) -> bool:
        found = readers.results(suffix, pack(data))
        for result in found:
            readers.storable(result)
        return any(isinstance(result, Article) for result in found)

    return tried


def grammar(language: str) -> Callable[[bytes], bool]:
    """Reads times and quantities, the first byte choosing the day of the news; whether it gave any."""
    [known] = [one for one in LANGUAGES if one == language]
    return lambda data: grammars.checked(known, data[1:].decode("utf-8", "replace"), grammars.CLOCKS[sum(data[:1]) % len(grammars.CLOCKS)])


def quoted(word: bytes) -> str:
    """A line of a libFuzzer dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"'


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz one reader or one language's grammars.")
    parser.add_argument("target", choices=[*readers.FILES, *LANGUAGES])
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=Path("."))
    parser.add_argument("--again", type=Path)
    asked = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":  # what guides the mutations depends on the order of sets and on addresses in memory
        fixed = ["setarch", "-R", sys.executable, "-m", "tests.fuzz", *sys.argv[1:]]
        os.execvpe(fixed[0], fixed, os.environ | {"PYTHONHASHSEED": "0"})
    name: str = asked.target
    if name in readers.FILES:
        tried, seeds, words = reader(name), [readers.FILES[name][0], *MORE.get(name, [])], readers.NASTY
    else:
        [known] = [one for one in LANGUAGES if one == name]
        tried, seeds = grammar(name), [f"{number}{text}".encode() for number, text in enumerate(SENTENCES[name])]
        words = [word.encode("utf-8", "replace") for word in (*grammars.words(known), *grammars.NUMBERS, *grammars.MARKS)]
    with atheris.instrument_imports(include=LIBRARIES):  # readers import their libraries when first used
        for seed in seeds:
            assert tried(seed), seed
    if asked.again:
        tried(asked.again.read_bytes())
        return
    target = Target(name, tried)
    atexit.register(target.tell)
    signal.signal(signal.SIGPROF, late)
    signal.signal(signal.SIGALRM, late)  # readers have alarms of their own: with a handler there, atheris sets none
    folder = tempfile.TemporaryDirectory()
    corpus = Path(folder.name) / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed)
    dictionary = Path(folder.name) / "words"
    dictionary.write_text("\n".join(map(quoted, words)), encoding="ascii")
    limits = [f"-max_len={LONGEST}", f"-rss_limit_mb={MEMORY}", "-timeout=0", "-detect_leaks=0", "-reload=0"]
    where = [f"-artifact_prefix={asked.findings}/", f"-dict={dictionary}", str(corpus)]
    atheris.Setup([sys.argv[0], f"-atheris_runs={asked.runs}", f"-seed={asked.seed}", *limits, *where], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
