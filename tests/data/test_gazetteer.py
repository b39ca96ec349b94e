"""Names of states and actors as texts print them, and what may begin one."""

from __future__ import annotations

from kg.data.gazetteer import gazetteer, opens_name
from kg.records import LANGUAGES


def test_every_name_is_opened_by_its_first_word() -> None:
    """What is passed over by its first word is no name: all that is known, as the actors and all languages write it."""
    gaz = gazetteer()
    names = [*gaz.actors.names(), *(gaz.label(code, language) for code in gaz.codes() for language in LANGUAGES)]
    assert len(names) > 2000
    assert [name for name in names if not opens_name(name.split()[0])] == []
    assert all(map(opens_name, ("Irans", "l'Iran", "de", "russischen", "ministère")))
    assert not any(map(opens_name, ("leverde", "Vrachtwagens", "hier")))
