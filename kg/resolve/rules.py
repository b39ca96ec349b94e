"""``incidents.yaml``: which types may tell of one happening, and what each feature of a pair weighs."""

from __future__ import annotations

from functools import cache

import msgspec

from kg.data import load

__all__ = ["Rules", "rules"]


class Rules(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The schema of ``incidents.yaml``.

    ``groups`` are sets of types that may tell of one happening; ``window`` is the number of neighbours in a block that an event
    meets, ``candidates`` the number of those that it is compared with; ``merge`` and ``attach`` are the least mean probability at
    which tellings join; ``certainty`` is what a stance is worth to the support of an incident; two sets with a pair of tellings less
    alike than ``veto`` never join. ``harm`` gives the beginnings of words by which a casualty is told, ``again`` the phrases that
    count a happening as the second, the third ..., ``beside`` those that set one beside another; ``articles`` are the definite
    and indefinite articles of each language.
    """

    groups: list[list[str]]
    window: int
    candidates: int
    merge: float
    attach: float
    bias: float
    weights: dict[str, float]
    certainty: dict[str, float]
    veto: float
    harm: dict[str, list[str]]
    again: dict[int, list[str]]
    beside: list[str]
    articles: dict[str, dict[str, list[str]]]

    def group(self, kind: str) -> str:
        """The name under which a type is compared: the first of its group."""
        return next((group[0] for group in self.groups if kind in group), kind)


@cache
def rules() -> Rules:
    """The rules, read once."""
    return load("incidents.yaml", Rules)
