"""Goods seized under way never arrived: a shipment told as on its way beside a seizure is an attempt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.reading import Reading
from kg.extract.syntax import segment
from kg.extract.tokens import Token
from kg.records import Event, Modality

__all__ = ["stop_seized"]

_NEAR = 1  # sentences between the seizure and the shipment
_OPEN = frozenset({Modality.ACTUAL, Modality.PLANNED})


def stop_seized(events: Sequence[Event], reading: Reading) -> list[Event]:
    """The events with each shipment attempted that is told as under way ("op weg naar", "bound for") next to a seizure.

    ``events`` are those of one article in the order of the text.
    """
    number = {s.start_char: n for n, s in enumerate(reading.sentences)}
    seized = [number.get(e.sentence.start, -9) for e in events if e.type == "Seizure" and e.modality is Modality.ACTUAL]
    out: list[Event] = []
    for event in events:
        here = number.get(event.sentence.start, -99)
        beside = event.type == "Shipment" and event.modality in _OPEN and any(0 <= here - n <= _NEAR for n in seized)
        out.append(replace(event, modality=Modality.ATTEMPTED) if beside and _under_way(event, reading) else event)
    return out


def _under_way(event: Event, reading: Reading) -> bool:
    trigger = reading.head(event.trigger)
    if trigger is None:
        return False
    stretch = segment(trigger)
    return any(_tells_transit(token, stretch.end, reading) for token in stretch)


def _tells_transit(token: Token, end: int, reading: Reading) -> bool:
    words = reading.lexicon.modal_words
    return any("transit" in words(reading.lows(token.i, token.i + n)) for n in (1, 2, 3) if token.i + n <= end)
