"""The report: every analysis with its plot and tables in one file, each row linked to the sentences that it rests on."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from kg.analyse.drawings import plot_finding
from kg.analyse.material import Material
from kg.analyse.sheet import Sheet, as_markdown, plain
from kg.analyse.topics import TOPICS, Finding, find
from kg.errors import OutputError
from kg.graph.facts import EventFact

__all__ = ["write_report"]

_LINKS = 5
"""At most so many pieces of evidence are linked from one row."""


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    links: tuple[int, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Part:
    sheet: Sheet
    rows: tuple[_Row, ...]
    note: str


@dataclass(frozen=True, slots=True)
class _Section:
    key: str
    title: str
    picture: str
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Proof:
    number: int
    label: str
    passages: tuple[tuple[str, str, str], ...]
    article: str
    status: str


@dataclass
class _Numbers:
    """Numbers pieces of evidence in the order in which they are cited."""

    given: dict[str, int] = field(default_factory=dict)

    def of(self, events: Iterable[str]) -> tuple[int, ...]:
        return tuple(self.given.setdefault(event, len(self.given) + 1) for event in events)


def write_report(material: Material, out: str | Path, *, rows: int = 10, title: str = "What the articles tell") -> Path:
    """Write the report as one self-contained HTML file, or as Markdown without plots (by suffix). The same graph gives the same bytes.

    Raises ``MissingExtra`` without matplotlib (HTML) and ``OutputError`` where the file cannot be written or ends otherwise.
    """
    path = Path(out)
    if path.suffix.lower() not in (".html", ".md"):
        raise OutputError(f"{path}: a report ends in .html or .md")
    html = path.suffix.lower() == ".html"
    numbers = _Numbers()
    sections = []
    with tempfile.TemporaryDirectory() as folder:
        for name, topic in TOPICS.items():
            found = find(material, name)
            picture = _picture(found, Path(folder)) if html and any(sheet.rows for sheet in found.sheets) else ""
            sections.append(_Section(name, topic.title, picture, tuple(_part(sheet, rows, numbers) for sheet in found.sheets)))
    proofs = tuple(_proof(material, material.facts.events[iri], n) for iri, n in numbers.given.items() if iri in material.facts.events)
    left_out = len(material.facts.events) - len(material.standing.events)
    summary = f"{len(material.facts.articles)} articles, {len(material.facts.events)} events, {len(material.groupings)} incidents and prospects."
    if left_out:
        summary += f" {left_out} events that are denied, negated or not told as having happened are in no flow."
    text = _html(title, summary, sections, proofs) if html else _markdown(title, summary, sections, proofs)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
    return path


def _picture(found: Finding, folder: Path) -> str:
    """The plot as a data URI: an image runs no script, whatever the names in it hold."""
    drawn = plot_finding(found, folder / f"{found.topic}.svg").read_bytes()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"


def _part(sheet: Sheet, rows: int, numbers: _Numbers) -> _Part:
    shown = tuple(
        _Row(tuple(map(sheet.text, row)), numbers.of(events[:_LINKS]), max(0, len(events) - _LINKS))
        for row, events in list(zip(sheet.rows, sheet.evidence, strict=True))[:rows]
    )
    more = len(sheet.rows) - len(shown)
    return _Part(sheet, shown, "; ".join(n for n in (sheet.note, f"{more} more rows" if more else "" if shown else "nothing found") if n))


def _proof(material: Material, event: EventFact, number: int) -> _Proof:
    article = material.facts.articles.get(event.article)
    told = ", ".join(sorted({f"{material.name(c.by)} {c.stance}" for c in event.claims if c.by}))
    source = f"{article.title} ({article.name}{', ' + article.published if article.published else ''})" if article else event.article
    status = "; ".join(part for part in (event.modality if event.modality != "actual" else "", told) if part)
    return _Proof(number, event.label(material.language), tuple(_marked(event)), source, status)


def _marked(event: EventFact) -> Iterator[tuple[str, str, str]]:
    """Each sentence, parted at the words that tell the event."""
    for passage in event.evidence:
        before, words, after = passage.sentence.partition(passage.exact)
        yield (before, words, after) if words else (passage.sentence, "", "")


def _html(title: str, summary: str, sections: list[_Section], proofs: tuple[_Proof, ...]) -> str:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files(__package__).joinpath("paper.html.jinja").read_text(encoding="utf-8"))
    return template.render(title=title, summary=summary, sections=sections, proofs=proofs)


def _markdown(title: str, summary: str, sections: list[_Section], proofs: tuple[_Proof, ...]) -> str:
    lines = [f"# {plain(title)}", "", plain(summary)]
    for section in sections:
        lines += ["", f"## {section.title}"]
        for part in section.parts:
            links = [" ".join(f"[{n}](#e{n})" for n in row.links) for row in part.rows]
            lines += ["", f"**{plain(part.sheet.title)}**", "", as_markdown(part.sheet, len(part.rows), links), "", plain(part.note)]
    lines += ["", "## Evidence"]
    for proof in proofs:
        lines += ["", f'<a id="e{proof.number}"></a>{proof.number}. {plain(proof.label)}']
        for before, words, after in proof.passages:
            lines.append(f"   > {plain(before)} **{plain(words)}** {plain(after)}" if words else f"   > {plain(before)}")
        lines.append(f"   {plain(proof.article)}{' · ' + plain(proof.status) if proof.status else ''}")
    return "\n".join(lines) + "\n"
