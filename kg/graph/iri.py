"""The one place where IRIs of data are minted, and where they are checked.

Invariant: an IRI is a function of content and place alone (never of order, time or chance), it is a valid IRI, and
different things have different IRIs. There are no blank nodes.

| thing | IRI below the base | from |
|---|---|---|
| article, and its graph | ``article/<hash>`` | source name |
| mention | ``mention/<article hash>-<start>-<end>`` | article, offsets |
| event | ``event/<hash>`` | article, type, trigger's offsets and words; arguments only where two events share those |
| claim | ``claim/<hash>`` | event, who, stance, cue |
| quantity | ``quantity/<hash>`` | event, offsets, bounds |
| entity | ``<kind>/<key>`` | kind and key of the linked entity |
| incident | ``incident/<hash>`` | the event that told of it first |
| conflict, link | ``conflict/<hash>``, ``link/<hash>`` | incident, kind and sides; what is linked to what |

The article's IRI leaves the text out on purpose: an edited article keeps its IRI, so that reading it again replaces
its graph. Hashes are the first 16 hexadecimal digits of a SHA-256 over the parts, joined with U+001F.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph.names import CARGO, UNIT, Namespace
from kg.records import Event, Kind, Quantity, Span

__all__ = ["DEFAULT_BASE", "PATHS", "Minter", "slug"]

DEFAULT_BASE = "https://w3id.org/kg-news/id/"

PATHS: tuple[str, ...] = (
    "article", "mention", "event", "claim", "quantity", "publisher", "build", "graph", "incident", "conflict", "link",
    *(kind.value for kind in Kind if kind is not Kind.CARGO),
)  # fmt: skip
"""First path segments below the base; each is bound as a prefix of the same name in exports."""

_PLAIN = frozenset("-_")
_SEPARATOR = "\x1f"


def slug(key: str) -> str:
    """``key`` as one path segment: letters and digits of any script stand, all else is percent-encoded.

    Keys that are equal after Unicode normalisation (NFC) give the same segment, all others different ones.
    Raises ``ValueError`` for an empty key.
    """
    key = unicodedata.normalize("NFC", key)
    if not key:
        raise ValueError("an entity needs a key that is not empty")
    return "".join(c if c.isalnum() or c in _PLAIN else "".join(f"%{b:02X}" for b in c.encode("utf-8", "surrogatepass")) for c in key)


def _hash(*parts: object) -> str:
    return hashlib.sha256(_SEPARATOR.join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints every IRI below ``base``, which must be an absolute IRI that ends in ``/`` or ``#``."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        NamedNode(self.base)  # raises ValueError where this is no IRI
        if not self.base.endswith(("/", "#")):
            raise ValueError(f"base IRI must end in / or #: {self.base}")

    def _mint(self, path: str, local: str) -> NamedNode:
        return NamedNode(f"{self.base}{path}/{local}")

    def prefixes(self) -> dict[str, str]:
        """Prefix → namespace of every path below the base."""
        return {path: f"{self.base}{path}/" for path in PATHS} | {"goods": f"{self.base}cargo/"}

    def graph(self, name: str) -> NamedNode:
        """The named graph of a layer: ``reference``, ``resolution``, ``copies`` or ``build``."""
        return self._mint("graph", slug(name))

    def article(self, name: str) -> NamedNode:
        """The article of that source name, which is also the name of its graph."""
        return self._mint("article", _hash("article", name))

    def mention(self, article: NamedNode, span: Span) -> NamedNode:
        """A stretch of an article's text."""
        place = Namespace(f"{self.base}article/").local(article)
        if place is None:
            raise ValueError(f"no article of this base: {article.value}")
        return self._mint("mention", f"{place}-{span.start}-{span.end}")

    def event(self, article: NamedNode, event: Event, words: str, apart: bool = False) -> NamedNode:
        """An event; ``words`` are its trigger's.

        ``apart`` adds the arguments, for events of one article that share type and trigger.
        """
        parts: list[object] = ["event", article.value, event.type, event.trigger.start, event.trigger.end, words]
        if apart:
            parts += sorted(f"{a.role} {a.mention.span.start} {a.mention.span.end}" for a in event.arguments)
            parts += sorted(f"{q.span.start} {q.span.end}" for q in event.quantities)
            parts.append(f"{event.interval.span.start} {event.interval.span.end}" if event.interval else "")
            parts.append(event.modality.value)
        return self._mint("event", _hash(*parts))

    def claim(self, event: NamedNode, by: NamedNode, stance: str, cue: Span) -> NamedNode:
        """One party's stance to an event at one place in the text."""
        return self._mint("claim", _hash("claim", event.value, by.value, stance, cue.start, cue.end))

    def quantity(self, event: NamedNode, quantity: Quantity) -> NamedNode:
        """One amount on one event."""
        bounds = (quantity.value, quantity.minimum, quantity.maximum, quantity.unit)
        return self._mint("quantity", _hash("quantity", event.value, quantity.span.start, quantity.span.end, *bounds))

    def entity(self, kind: Kind, key: str, known_cargo: frozenset[str] = frozenset()) -> NamedNode:
        """What a mention stands for; a cargo key that the ontology knows is its concept itself."""
        if kind is Kind.CARGO and key in known_cargo:
            return CARGO[slug(key)]
        return self._mint(kind.value, slug(key))

    def country(self, code: str) -> NamedNode:
        """The country of an ISO 3166 code."""
        return self._mint("country", slug(code))

    def publisher(self, name: str | None, article: NamedNode) -> NamedNode:
        """Who publishes: by name, or the unnamed publisher of one article."""
        return self._mint("publisher", slug(name.strip()) if name and name.strip() else _hash("publisher", article.value))

    def unit(self, key: str) -> NamedNode:
        """The concept of a unit of measure."""
        return UNIT[slug(key)]

    def incident(self, first: str) -> NamedNode:
        """An incident, by the IRI of the event that told of it first."""
        return self._mint("incident", _hash("incident", first))

    def conflict(self, incident: NamedNode, *parts: str) -> NamedNode:
        """Two sides of an incident."""
        return self._mint("conflict", _hash("conflict", incident.value, *parts))

    def link(self, what: str, into: str) -> NamedNode:
        """That one node belongs to another."""
        return self._mint("link", _hash("link", what, into))

    def build(self, fingerprint: str) -> NamedNode:
        """One state of the program (version, models, lexicons) that articles were read with."""
        return self._mint("build", _hash("build", fingerprint))
