"""What the resolution graph says of an incident beside its events: origins, support, and where the reports differ."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.names import KG

__all__ = ["Difference", "Told", "told"]


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """Two sides that do not fit together; ``kind`` says in what (quantity, date, party, polarity), "" if unsaid."""

    kind: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Told:
    """``corroborated`` counts independent sources ("" where none is known), ``origins`` are their IRIs."""

    corroborated: str
    origins: tuple[str, ...]
    support: str
    arithmetic: str
    amounts: tuple[str, ...]
    differences: tuple[Difference, ...]


def told(store: ox.Store, node: ox.NamedNode) -> Told:
    """Of an incident, or of what nobody tells as having happened. What the graph leaves out stays empty."""

    def every(subject: ox.NamedNode, name: str) -> tuple[str, ...]:
        return tuple(sorted({str(getattr(q.object, "value", q.object)) for q in store.quads_for_pattern(subject, KG[name], None)}))

    def one(subject: ox.NamedNode, name: str) -> str:
        return next(iter(every(subject, name)), "")

    differences = []
    for quad in store.quads_for_pattern(node, KG["conflict"], None):
        if isinstance(quad.object, ox.NamedNode):
            differences.append(Difference(one(quad.object, "conflictKind"), one(quad.object, "oneSays"), one(quad.object, "otherSays")))
        else:
            differences.append(Difference("", str(getattr(quad.object, "value", "")), ""))
    return Told(
        one(node, "corroboratedBy"), every(node, "independentOrigin"), one(node, "support"), one(node, "supportArithmetic"),
        every(node, "toldQuantity"), tuple(sorted(set(differences))),
    )  # fmt: skip
