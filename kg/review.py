"""``kg review`` at the terminal: two sides, one question, a line in the judgement log for each answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import zip_longest

from rich.markup import escape
from rich.table import Table

from kg.graph.review import Candidate
from kg.resolve.judgement import Judgement, Log, Verdict
from kg.terminal import console

__all__ = ["ask", "question"]

_ANSWERS: dict[str, Verdict] = {"s": "same", "same": "same", "d": "different", "different": "different", "u": "unsure", "unsure": "unsure"}
_HELP = "s same, d different, u unsure, z undo the last answer, q quit; a reason may follow"


def question(candidate: Candidate, number: int, total: int) -> Table:
    """Both sides with their evidence; text from articles is never taken for markup."""
    now = "joined" if candidate.joined else "apart"
    title = f"{number} of {total} · {candidate.kind} · likeness {candidate.score:.2f} · now {now} · {candidate.reason}"
    table = Table(escape(candidate.one.name), escape(candidate.other.name), title=escape(title), title_justify="left")
    for one, other in zip_longest(candidate.one.evidence, candidate.other.evidence, fillvalue=""):
        table.add_row(escape(one), escape(other))
    return table


def ask(questions: Iterable[Candidate], log: Log, user: str, read: Callable[[str], str]) -> int:
    """Ask one question after the other until they or the user's patience end; how many judgements stand at the end."""
    rows, given = tuple(questions), list[Judgement]()
    place = 0
    while place < len(rows):
        one = rows[place]
        console().print(question(one, place + 1, len(rows)))
        try:
            answer, _, why = read(f"[{_HELP}] ").strip().partition(" ")
        except EOFError:
            break
        match answer.casefold():
            case "q" | "quit":
                break
            case "z" | "undo" if given:
                last = given.pop()
                log.append([Judgement(last.kind, last.one, last.other, "undo", user, reason=why)])
                place -= 1
            case verdict if verdict in _ANSWERS:
                kind = "incident" if one.kind == "incident" else "actor"
                judgement = Judgement(kind, one.one.iri, one.other.iri, _ANSWERS[verdict], user, reason=why)  # type: ignore[arg-type]
                log.append([judgement])
                given.append(judgement)
                place += 1
            case _:
                console().print(escape(_HELP))
    return len(given)
