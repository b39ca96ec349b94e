"""The resolution graph: it leads to text, keeps every rule, follows judgements and articles, and never depends on order."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.errors import NotFound
from kg.graph import Graph
from kg.graph.check import check, check_shacl
from kg.graph.export import serialise
from kg.graph.facts import facts
from kg.graph.groupings import Grouping, groupings
from kg.graph.query import query
from kg.graph.review import Candidate, Side, candidates, to_table
from kg.graph.show import as_json, numbers, show
from kg.records import Kind, Linked
from kg.resolve.judgement import Judgement, from_csv
from kg.review import ask
from tests.graph.sample import BUILD, DUTCH, Entity, Writer, dutch, fill, german, sample


def incident(graph: Graph, *events: str) -> Grouping:
    """The incident that holds these events."""
    (found,) = [g for g in groupings(graph) if set(events) <= set(g.events)]
    return found


def deliveries(graph: Graph) -> tuple[str, str]:
    """The delivery as the Dutch and as the German article tell it."""
    found = facts(graph.quads())
    told = sorted((found.articles[e.article].name, e.iri) for e in found.events.values() if e.evidence[0].exact in ("geleverd", "lieferte"))
    return told[1][1], told[0][1]


def in_folder(path: Path, reports: Sequence[Linked] = ()) -> Graph:
    return fill(Graph.create(path), *(reports or (dutch(), german())))


def test_every_event_is_in_one_incident_and_nothing_is_wrong(tmp_path: Path) -> None:
    with in_folder(tmp_path / "g") as graph:
        events = sorted(facts(graph.quads()).events)
        assert sorted(e for g in groupings(graph) for e in g.events) == events
        assert check(graph) == ()
        assert list(check_shacl(graph)) == []
        delivered = incident(graph, *deliveries(graph))
        assert delivered.happened
        assert (delivered.articles, len(delivered.origins)) == (2, 2)
        assert delivered.arithmetic.startswith("1 − (1 − ")
        assert all(link.reason for link in delivered.links)


def test_what_is_only_possible_denied_or_negated_is_no_incident() -> None:
    graph = sample()
    found = facts(graph.quads())
    for group in groupings(graph):
        told = [found.events[e] for e in group.events]
        happening = any(e.modality in ("actual", "attempted") and any(c.stance != "denies" for c in e.claims) for e in told)
        assert group.happened is happening


def test_order_changes_nothing_and_a_second_resolution_has_nothing_to_do() -> None:
    one, other = fill(Graph.memory(), dutch(), german()), fill(Graph.memory(), german(), dutch())
    for form in ("trig", "turtle"):
        assert serialise(one, form) == serialise(other, form)  # type: ignore[arg-type]
    assert not one.resolve()


def test_an_article_withdrawn_takes_only_its_support() -> None:
    graph, less = sample(), fill(Graph.memory(), dutch())
    graph.remove("de/iran.txt")
    graph.finish(BUILD)
    assert serialise(graph, "trig") == serialise(less, "trig")
    assert len(groupings(less)) < len(groupings(sample()))


def test_a_judgement_holds_through_rebuilds_until_it_is_undone(tmp_path: Path) -> None:
    with in_folder(tmp_path / "g") as graph:
        one, other = deliveries(graph)
        assert graph.judgements is not None
        graph.judgements.append([Judgement("incident", one, other, "different", "an", reason="two deliveries")])
        assert graph.resolve()
        before = serialise(graph, "trig")
        assert not any({one, other} <= set(g.events) for g in groupings(graph))
        assert check(graph) == ()
    with in_folder(tmp_path / "g", [german(), dutch()]) as graph:  # both articles read again, in another order
        assert serialise(graph, "trig") == before
        assert graph.judgements is not None
        graph.judgements.append([Judgement("incident", one, other, "undo", "an")])
        graph.resolve()
        assert incident(graph, one, other)


def test_what_was_judged_the_same_is_one_incident_with_the_name_of_the_judge(tmp_path: Path) -> None:
    with in_folder(tmp_path / "g") as graph:
        found = facts(graph.quads())
        expulsion = next(e.iri for e in found.events.values() if e.type == "Expulsion")
        one = deliveries(graph)[0]
        assert graph.judgements is not None
        graph.judgements.append([Judgement("incident", one, expulsion, "same", "an", reason="for the test")])
        graph.resolve()
        judged = [link for link in incident(graph, one, expulsion).links if link.judge]
        assert {link.judge for link in judged} == {"an"}
        assert any(link.reason == "judged to be the same: for the test" for link in judged)


def named(name: str, person: str, text: str = DUTCH) -> Linked:
    """An article in which a person meets nobody else."""
    writer = Writer(name, text.replace("Pyongyang", person), "nl")
    who = writer.mention(person, Entity(Kind.PERSON, person.casefold().replace(" ", "-"), ((person, "nl"),), score=0.8, reason="by name"))
    writer.event("Meeting", "verdrag", "Rusland en Noord-Korea sloten een verdrag in Moskou.", (("participant", who),))
    return writer.linked()


def test_spellings_of_one_unknown_person_are_one_actor_everywhere(tmp_path: Path) -> None:
    with in_folder(tmp_path / "g", [named("a.txt", "Daniel Moraru"), named("b.txt", "Daniel Moraroe")]) as graph:
        (row,) = query(graph, "same-actors").rows
        assert {str(getattr(row[1], "value", "")), str(getattr(row[3], "value", ""))} == {"Daniel Moraru", "Daniel Moraroe"}
        (shown,) = show(graph, "Daniel Moraru")
        assert len(shown.events) == 2
        assert "Daniel Moraroe" in str(as_json(shown)["names"])
        assert check(graph) == ()
        (asked,) = [c for c in candidates(graph) if c.kind == "actor"]
        assert asked.joined
        assert graph.judgements is not None
        graph.judgements.append([Judgement("actor", asked.one.iri, asked.other.iri, "different", "an")])
        graph.resolve()
        assert query(graph, "same-actors").rows == ()
        assert not [c for c in candidates(graph) if c.kind == "actor"]  # what was judged is not asked again


def test_the_dossier_gives_every_line_with_sentence_and_source() -> None:
    graph = sample()
    (shown,) = show(graph, incident(graph, *deliveries(graph)).iri)
    found = as_json(shown)
    assert found["is"] == "incident"
    for part in ("what", "says", "numbers"):
        lines = found[part]
        assert isinstance(lines, list)
        assert lines
        assert all(line["sentence"] and line["source"] for line in lines), part
    title, told = numbers((shown,), "x")
    assert title.startswith("Shipment")
    assert told == {"container": [("2023-04-02", 3.0, 3.0)]}
    with pytest.raises(NotFound, match="draws one incident"):
        numbers(show(graph, "Iran"), "Iran")


def test_questions_are_asked_with_the_most_valuable_first_and_answers_kept(tmp_path: Path) -> None:
    with in_folder(tmp_path / "g", [dutch(), german(), german("de/again.txt")]) as graph:
        questions = candidates(graph)
        assert len(questions) > 1
        assert [q.worth for q in questions] == sorted((q.worth for q in questions), reverse=True)
        log = graph.judgements
        assert log is not None
        answers = iter(["what?", "d not the same", "z", "s", "q"])
        assert ask(questions, log, "an", lambda prompt: next(answers)) == 1
        assert [j.verdict for j in log.read()] == ["different", "undo", "same"]
        assert [j.verdict for j in log.standing()] == ["same"]
        rest = candidates(graph)
        assert len(rest) < len(questions)


def test_the_table_of_questions_is_filled_in_and_taken_back(tmp_path: Path) -> None:
    with in_folder(tmp_path / "g") as graph:
        questions = candidates(graph)
        path = tmp_path / "questions.csv"
        path.write_text(to_table(questions), encoding="utf-8")
        assert from_csv(path) == ()
        lines = path.read_text(encoding="utf-8").splitlines()
        assert "sentence" not in lines[0]
        lines[1] = lines[1].replace(",,,,,", ",unsure,bo,,no idea,", 1)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        (judgement,) = from_csv(path)
        assert (judgement.verdict, judgement.user, judgement.reason) == ("unsure", "bo", "no idea")
        assert {judgement.one, judgement.other} == {questions[0].one.iri, questions[0].other.iri}


def test_words_that_a_spreadsheet_would_run_are_harmless() -> None:
    one = Side("x:1", "=HYPERLINK(1)", ("@a.txt: =1+1",))
    table = to_table([Candidate("incident", one, one, 0.5, "-1", False, 1.0)])
    assert not [cell for row in csv.reader(table.splitlines()) for cell in row if cell[:1] in "=+-@" and cell]
