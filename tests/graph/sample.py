"""Small linked reports written by hand: the inputs of the tests of graph, score, analyse and view."""

from __future__ import annotations

import hashlib
from datetime import date

from kg.graph import Build, Graph
from kg.records import (
    Argument,
    Article,
    Block,
    BlockKind,
    Claim,
    Entity,
    Event,
    Interval,
    Kind,
    Linked,
    Mention,
    Modality,
    Quantity,
    Report,
    Span,
    Stance,
)  # fmt: skip

BUILD = Build("0.1.0", ("sample",), "lexicon")

DUTCH = """Iran verscheept drones naar Rusland

Iran heeft in maart 2023 drie containers met drones aan Rusland geleverd, aldus Kiev.
Het land bestelde ook munitie. Teheran ontkent de levering van <script>alert(1)</script> munitie.
Pyongyang zou 500 soldaten naar Rusland sturen.
Rusland en Noord-Korea sloten een verdrag in Moskou.
"""
GERMAN = """Teheran liefert Drohnen

Der Iran lieferte Drohnen nach Russland. Polen wies zwei russische Diplomaten aus.
Niederländische Ermittler haben Sanktionen nicht umgangen.
"""

IRAN = Entity(Kind.COUNTRY, "IR", (("Iran", "en"),), "IR", same_as=("http://www.wikidata.org/entity/Q794",))
RUSSIA = Entity(Kind.COUNTRY, "RU", (("Russia", "en"), ("Rusland", "nl")), "RU")
KOREA = Entity(Kind.COUNTRY, "KP", (("North Korea", "en"),), "KP")
UKRAINE = Entity(Kind.COUNTRY, "UA", (("Ukraine", "en"),), "UA")
POLAND = Entity(Kind.COUNTRY, "PL", (("Poland", "en"),), "PL")
DRONES = Entity(Kind.CARGO, "quadcopters-of-the-sample", (("drones", "nl"), ("drones", "en")), broader="aircraft")
AMMO = Entity(Kind.CARGO, "shells-of-the-sample", (("munitie", "nl"),))
SOLDIERS = Entity(Kind.GROUP, "KP/soldiers", (("soldaten", "nl"),), "KP")
DIPLOMATS = Entity(Kind.GROUP, "RU/diplomats", (("russische Diplomaten", "de"),), "RU")
POLICE = Entity(Kind.ORGANIZATION, "NL/ermittler", (("Niederländische Ermittler", "de"),), "NL")
MOSCOW = Entity(Kind.PLACE, "moscow", (("Moskou", "nl"), ("Moscow", "en")), "RU")
TREATY = Entity(Kind.TOPIC, "treaty", (("verdrag", "nl"),))


class Writer:
    """Builds a ``Linked`` by pointing at words of a text."""

    def __init__(self, name: str, text: str, language: str, **more: object) -> None:
        digest = hashlib.sha256(text.encode()).hexdigest()
        head = Block(Span(0, text.index("\n")), BlockKind.HEADLINE)
        body = Block(Span(text.index("\n\n") + 2, len(text)), BlockKind.TEXT)
        fields = {"title": text.partition("\n")[0], "published": "2023-04-02", "publisher": None} | more
        self.article = Article(name, text, digest, language, blocks=(head, body), **fields)  # type: ignore[arg-type]
        self.entities: dict[Mention, Entity] = {}
        self.events: list[Event] = []

    def span(self, words: str, near: str = "") -> Span:
        """Where ``words`` stand, searching within ``near``'s place when given."""
        base = self.article.text.index(near) if near else 0
        start = self.article.text.index(words, base)
        return Span(start, start + len(words))

    def mention(self, words: str, entity: Entity, near: str = "", of: Mention | None = None) -> Mention:
        """A mention of ``entity``; ``of`` is its antecedent."""
        span = self.span(words, near)
        made = Mention(span, words, entity.kind, words, entity.country, antecedent=of)
        self.entities[made] = entity
        return made

    def event(
        self, kind: str, trigger: str, sentence: str, roles: tuple[tuple[str, Mention], ...] = (), *,
        quantities: tuple[Quantity, ...] = (), interval: Interval | None = None,
        modality: Modality = Modality.ACTUAL, claims: tuple[Claim, ...] = (),
    ) -> None:  # fmt: skip
        """Add an event."""
        arguments = tuple(Argument(r, m) for r, m in roles)
        self.events.append(
            Event(kind, self.span(trigger, sentence), self.span(sentence), arguments, quantities, interval, modality,
                  claims, 0.8)
        )  # fmt: skip

    def linked(self) -> Linked:
        """What was written."""
        return Linked(Report(self.article, tuple(self.events)), tuple(self.entities.items()))


def dutch(name: str = "nl/iran.txt", text: str = DUTCH) -> Linked:
    """A delivery (with a source), an order with a pronoun, a denial, a planned deployment, a treaty."""
    w = Writer(name, text, "nl", publisher="De Proef")
    first = "Iran heeft in maart 2023 drie containers met drones aan Rusland geleverd, aldus Kiev."
    iran = w.mention("Iran", IRAN, first)
    three = w.span("drie containers")
    w.event(
        "Shipment", "geleverd", first,
        (("agent", iran), ("patient", w.mention("Rusland", RUSSIA, first)),
         ("object", w.mention("drones", DRONES, first))),
        quantities=(Quantity(three, "drie containers", value=3.0, unit="container"),),
        interval=Interval(date(2023, 3, 1), date(2023, 3, 31), "in maart 2023", w.span("in maart 2023")),
        claims=(Claim(w.mention("Kiev", UKRAINE), Stance.ASSERTS, w.span("aldus")),),
    )  # fmt: skip
    second = "Het land bestelde ook munitie."
    w.event("Shipment", "bestelde", second,
            (("patient", w.mention("Het land", IRAN, of=iran)),
             ("object", w.mention("munitie", AMMO, second))))  # fmt: skip
    third = "Teheran ontkent de levering van <script>alert(1)</script> munitie."
    tehran = w.mention("Teheran", IRAN)
    w.event("Shipment", "levering", third,
            (("agent", tehran), ("object", w.mention("<script>alert(1)</script> munitie", AMMO))),
            claims=(Claim(tehran, Stance.DENIES, w.span("ontkent")),))  # fmt: skip
    fourth = "Pyongyang zou 500 soldaten naar Rusland sturen."
    w.event("Deployment", "sturen", fourth,
            (("agent", w.mention("Pyongyang", KOREA)), ("object", w.mention("soldaten", SOLDIERS)),
             ("destination", w.mention("Rusland", RUSSIA, fourth))),
            quantities=(Quantity(w.span("500"), "500", value=500.0, unit="person"),),
            modality=Modality.POSSIBLE)  # fmt: skip
    fifth = "Rusland en Noord-Korea sloten een verdrag in Moskou."
    w.event("Agreement", "sloten", fifth,
            (("participant", w.mention("Rusland", RUSSIA, fifth)), ("participant", w.mention("Noord-Korea", KOREA)),
             ("object", w.mention("verdrag", TREATY)), ("place", w.mention("Moskou", MOSCOW))))  # fmt: skip
    return w.linked()


def german(name: str = "de/iran.txt") -> Linked:
    """A delivery told again, an expulsion, a negated evasion."""
    w = Writer(name, GERMAN, "de", published="2023-04")
    first = "Der Iran lieferte Drohnen nach Russland."
    w.event("Shipment", "lieferte", first,
            (("agent", w.mention("Der Iran", IRAN)), ("patient", w.mention("Russland", RUSSIA)),
             ("object", w.mention("Drohnen", DRONES, first))))  # fmt: skip
    second = "Polen wies zwei russische Diplomaten aus."
    w.event("Expulsion", "wies", second,
            (("agent", w.mention("Polen", POLAND)), ("patient", w.mention("russische Diplomaten", DIPLOMATS)),
             ("place", w.mention("Polen", POLAND))),
            quantities=(Quantity(w.span("zwei"), "zwei", value=2.0, unit="person"),))  # fmt: skip
    w.event("SanctionsEvasion", "umgangen", "Niederländische Ermittler haben Sanktionen nicht umgangen.",
            (("agent", w.mention("Niederländische Ermittler", POLICE)),), modality=Modality.NEGATED)  # fmt: skip
    return w.linked()


def sample() -> Graph:
    """Both articles in memory."""
    return fill(Graph.memory(), dutch(), german())


def fill(graph: Graph, *reports: Linked) -> Graph:
    """Put reports into a graph and finish it."""
    for report in reports:
        graph.add(report, BUILD)
    graph.finish(BUILD)
    return graph
