"""One verb, several happenings: "verkocht A aan B en C aan D", "Warsaw sent tanks to Kyiv, Prague shells".

The verb is told once and left out afterwards (gapping). Where two roles are filled alternately, each pair is an event of its own; what is told
once holds for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.records import Argument, Event, Quantity

__all__ = ["ungap"]

_PAIRS = (("object", "patient"), ("object", "destination"), ("agent", "object"), ("patient", "object"), ("agent", "patient"))


def ungap(event: Event) -> list[Event]:
    """The events that one verb tells: the event itself where its roles do not alternate."""
    for lead, follower in _PAIRS:
        leads, followers = (sorted((a for a in event.arguments if a.role == role), key=_start) for role in (lead, follower))
        if len(leads) < 2 or len(leads) != len(followers) or not _alternate(leads, followers):
            continue
        shared = [a for a in event.arguments if a.role not in (lead, follower)]
        pairs = [(one, other) for one, other in zip(leads, followers, strict=True)]
        counts = _shares(event.quantities, pairs)
        return [replace(event, arguments=(*pair, *shared), quantities=own) for pair, own in zip(pairs, counts, strict=True)]
    return [event]


def _start(argument: Argument) -> int:
    return argument.mention.span.start


def _alternate(leads: Sequence[Argument], followers: Sequence[Argument]) -> bool:
    """Whether each follower stands between its lead and the next one."""
    row = sorted([*leads, *followers], key=_start)
    return all(argument.role == (leads if n % 2 == 0 else followers)[0].role for n, argument in enumerate(row))


def _shares(quantities: Sequence[Quantity], pairs: Sequence[tuple[Argument, Argument]]) -> list[tuple[Quantity, ...]]:
    """Each quantity beside the pair that it stands nearest to."""
    shares: list[list[Quantity]] = [[] for _ in pairs]
    for quantity in quantities:
        distances = [min(abs(quantity.span.end - _start(argument)) for argument in pair) for pair in pairs]
        shares[distances.index(min(distances))].append(quantity)
    return [tuple(share) for share in shares]
