"""The inventories that the heads choose from, as stored beside the weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kg.records import EVENT_TYPES, ROLES, Modality, Stance

__all__ = ["EVENTS", "LINKS", "MODALITIES", "Labels"]

# What the event heads choose from, in the order of their outputs; "" is nothing.
EVENTS = ("", *EVENT_TYPES)
LINKS = ("", *ROLES, "quantity", "time", *(stance.value for stance in Stance))
MODALITIES = tuple(modality.value for modality in Modality)


@dataclass(frozen=True, slots=True)
class Labels:
    """UPOS tags, feature values by attribute (the first is "", absent), lemma scripts,
    dependency labels and BIOES name tags, each in the order of the head's outputs."""

    upos: tuple[str, ...]
    feats: dict[str, tuple[str, ...]]
    lemmas: tuple[str, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]

    def write(self, path: Path) -> None:
        """As JSON, one inventory a key."""
        document = {
            "upos": self.upos,
            "feats": self.feats,
            "lemmas": self.lemmas,
            "deprels": self.deprels,
            "names": self.names,
        }
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> Labels:
        """The inventories of a model folder's ``labels.json``."""
        document = json.loads(path.read_text("utf-8"))
        return cls(
            tuple(document["upos"]),
            {name: tuple(values) for name, values in document["feats"].items()},
            tuple(document["lemmas"]),
            tuple(document["deprels"]),
            tuple(document["names"]),
        )
