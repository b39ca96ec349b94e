"""Tellings written by hand: the inputs of the tests of resolution."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from kg.resolve import incidents as resolving
from kg.resolve.clusters import Constraints
from kg.resolve.shelf import Shelf
from kg.resolve.telling import Amount, Incident, Party, Source, Stand, Telling

ID = "https://w3id.org/kg-news/id/"


def country(code: str) -> Party:
    return Party(f"{ID}country/{code}", "Country", code, f"{ID}country/{code}")


def goods(slug: str) -> Party:
    return Party(f"https://w3id.org/kg-news/cargo/{slug}", "CargoType", slug, None, slug)


def person(name: str, code: str | None = None) -> Party:
    return Party(f"{ID}person/{name.casefold()}", "Person", name, f"{ID}country/{code}" if code else None, None, True)


def source(name: str, day: str = "2024-03-10", voice: str = "", signature: tuple[int, ...] = (), profile: tuple[str, ...] = ()) -> Source:
    ordinal = date.fromisoformat(day).toordinal()
    return Source(f"{ID}article/{name}", name, voice or f"{ID}publisher/{name}", "nl", (ordinal, ordinal), signature, frozenset(profile))


def stand(stance: str = "asserts", by: str = "", own: bool = True, known: bool = False) -> Stand:
    return Stand(f"{ID}{by or 'publisher/x'}", by or "the paper", stance, own, known)


def shipment(event: str, where: Source, *parties: tuple[str, Party], **more: Any) -> Telling:
    """A delivery from Iran to Russia in March 2024 unless told otherwise."""
    days = more.pop("days", ("2024-03-01", "2024-03-05"))
    start, end = (date.fromisoformat(d).toordinal() if d else None for d in days)
    fields: dict[str, Any] = {
        "type": "Shipment", "modality": "actual", "amounts": (), "stands": (stand(),), "confidence": 0.8,
        "words": frozenset({"iran", "russl", "drone"}), "sentence": f"sentence of {event}", "trigger": "levert",
    }  # fmt: skip
    told = parties or (("agent", country("IR")), ("patient", country("RU")), ("object", goods("drone")))
    return Telling(event=f"{ID}event/{event}", source=where, parties=tuple(sorted(told)), start=start, end=end, **fields | more)


def shells(low: float | None, high: float | None, text: str = "") -> Amount:
    return Amount("shell", low, high, text or f"{low}–{high} shells")


def incidents(told: Iterable[Telling], judged: Constraints | None = None) -> tuple[Incident, ...]:
    """The incidents of some tellings, sorted by key."""
    with Shelf.of(told) as shelf:
        return tuple(sorted(resolving.incidents(shelf, judged or Constraints()), key=lambda incident: incident.key))
