"""What the roles found imply: freight inside a vehicle, the state behind a ship, the state that expels."""

from __future__ import annotations

from kg.extract.arguments import Filled, Found
from kg.extract.reading import Reading
from kg.extract.syntax import case_relations
from kg.records import Kind, Mention

__all__ = ["complete"]


def complete(filled: Filled, reading: Reading) -> None:
    """Add to ``filled`` the roles that its own fillers tell."""
    if filled.sense.type == "Shipment":
        _unload(filled, reading)
        if not filled.roles() & {"agent", "origin"}:
            _owner(filled)
    if filled.sense.type == "Deployment" and "agent" not in filled.roles():
        troops = next((f for f in filled.found if f.role == "object" and f.mention.country and "forces" in reading.classes(f.token, f.mention)), None)
        if troops is not None:  # "the presence of North Korean soldiers": a state's soldiers are sent by it
            filled.found.append(_state(troops, "agent"))
    if filled.sense.type == "Expulsion" and "place" not in filled.roles():
        expeller = next((f for f in filled.found if f.role == "agent" and f.mention.country), None)
        if expeller is not None:
            filled.found.append(_state(expeller, "place"))


def _owner(filled: Filled) -> None:
    """"Iraanse tankers brachten": without a sender, the state of the ship or the goods is the sender."""
    behind = next((f for f in filled.found if f.role in ("instrument", "object") and f.mention.country and f.mention.antecedent is None), None)
    if behind is not None and not any(f.role == "patient" and f.mention.country == behind.mention.country for f in filled.found):
        filled.found.append(_state(behind, "agent"))


def _state(behind: Found, role: str) -> Found:
    """The state that a filler's words name, in another role."""
    mention = behind.mention
    return Found(role, Mention(mention.span, mention.text, Kind.COUNTRY, mention.name, mention.country), behind.token)


def _unload(filled: Filled, reading: Reading) -> None:
    """"vijf tankers met benzine": the petrol is what is sent, the tankers carry it."""
    for k, found in enumerate(filled.found):
        if found.role != "object" or "carriers" not in reading.classes(found.token, found.mention):
            continue
        for child in found.token.children:
            if child.dep_ == "nmod" and set(case_relations(child, reading.lexicon)) & {"with", "of"}:
                freight = reading.mention(child)
                if freight is not None and "freight" in reading.classes(child, freight):
                    filled.found[k] = Found("object", freight, child)
                    filled.found.append(Found("instrument", found.mention, found.token))
                    return
