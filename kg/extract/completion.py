"""What the roles found imply: freight inside a vehicle, the state behind a ship, the state that expels."""

from __future__ import annotations

from functools import cache

from kg.data import load
from kg.data.gazetteer import gazetteer
from kg.extract.arguments import Filled, Found
from kg.extract.names import NameKind
from kg.extract.reading import Reading, span_of
from kg.extract.syntax import case_relations
from kg.extract.tokens import Token
from kg.records import Kind, Mention, Span

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
    if filled.sense.type == "LaborExport":
        _sent_by(filled, reading)
    if filled.sense.type == "SanctionsEvasion" and "patient" not in filled.roles():
        _whose(filled, reading)
    if filled.sense.type == "Expulsion" and "place" not in filled.roles():
        expeller = next((f for f in filled.found if f.role == "agent" and f.mention.country), None)
        if expeller is not None:
            filled.found.append(_state(expeller, "place"))


def _sent_by(filled: Filled, reading: Reading) -> None:
    """Workers of no state are who is sent; the state that sends them is told elsewhere, perhaps beside them ("the country's programmers")."""
    for k, found in enumerate(filled.found):
        if found.role != "agent" or found.mention.resolved().country or "workers" not in reading.classes(found.token, found.mention):
            continue
        filled.found[k] = Found("object", found.mention, found.token)
        owners = (c for c in found.token.children if c.dep_ in ("nmod:poss", "det:poss", "nmod"))
        whose = ((c, m) for c in owners if (m := reading.mention(c)) is not None and m.resolved().kind is Kind.COUNTRY)
        if "agent" not in filled.roles() and (owner := next(whose, None)) is not None:
            filled.found.append(Found("agent", owner[1], owner[0]))


def _whose(filled: Filled, reading: Reading) -> None:
    """Whose sanctions are got round: the state or body that the object's words name ("Sanktionen Washingtons", "the EU's embargo")."""
    measures = [f.token for f in filled.found if f.role == "object" and "sanction" in reading.classes(f.token, f.mention)]
    measures += [w for w in filled.trigger.words if "sanction" in reading.labels(w)]
    doers = {f.mention.country for f in filled.found if f.role == "agent" and f.mention.country}
    for measure in measures:
        for child in measure.children:
            mention = _imposer(child, reading)
            if mention is not None and mention.country not in doers:
                filled.found.append(Found("patient", mention, child))
                return
        if (mention := _in_compound(measure, reading)) is not None:
            filled.found.append(Found("patient", mention, measure))
            return


def _imposer(child: Token, reading: Reading) -> Mention | None:
    """A state or body beside the noun of its sanctions: an adjective, a genitive, a phrase with "of"."""
    name = reading.name(child)
    if name is not None and name.kind is NameKind.ADJECTIVE and name.country:
        return Mention(span_of(child), child.text, Kind.COUNTRY, child.text, name.country)
    if (body := _bodies()[reading.language].get(child.lower_)) is not None and child.dep_ in ("amod", "compound"):
        return Mention(span_of(child), child.text, Kind.ORGANIZATION, body)
    if not child.dep_.startswith(("nmod", "compound", "appos")) or ((relations := case_relations(child, reading.lexicon)) and "of" not in relations):
        return None
    mention = reading.mention(child)
    return mention if mention is not None and mention.resolved().kind in (Kind.COUNTRY, Kind.ORGANIZATION) else None


def _in_compound(measure: Token, reading: Reading) -> Mention | None:
    """The first part of "VN-sancties", "EU-embargo", "US-Sanktionen"."""
    first, dash, _ = measure.text.partition("-")
    if not dash or not first.isupper():
        return None
    span = Span(measure.idx, measure.idx + len(first))
    if (code := gazetteer().country(first, reading.language)) is not None:
        return Mention(span, first, Kind.COUNTRY, first, code)
    return Mention(span, first, Kind.ORGANIZATION, first) if gazetteer().actor(first) is not None else None


@cache
def _bodies() -> dict[str, dict[str, str]]:
    return load("bodies.yaml", dict[str, dict[str, str]])


def _owner(filled: Filled) -> None:
    """ "Iraanse tankers brachten": without a sender, the state of the ship or the goods is the sender."""
    behind = next((f for f in filled.found if f.role in ("instrument", "object") and f.mention.country and f.mention.antecedent is None), None)
    if behind is not None and not any(f.role == "patient" and f.mention.country == behind.mention.country for f in filled.found):
        filled.found.append(_state(behind, "agent"))


def _state(behind: Found, role: str) -> Found:
    """The state that a filler's words name, in another role."""
    mention = behind.mention
    return Found(role, Mention(mention.span, mention.text, Kind.COUNTRY, mention.name, mention.country), behind.token)


def _unload(filled: Filled, reading: Reading) -> None:
    """ "vijf tankers met benzine": the petrol is what is sent, the tankers carry it."""
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
