"""Independent origins: copies and citations collapse, and the arithmetic of the support is shown."""

from __future__ import annotations

from random import Random

import pytest

from kg.read import make_article
from kg.resolve.origins import origins, support
from kg.resolve.signature import COPY, read_signature, resemblance, signature
from tests.resolve.tellings import ID, shipment, source, stand

WORDS = [f"woord{n}" for n in range(3000)]


def text(seed: int, length: int = 400) -> str:
    return "Kop\n\n" + " ".join(Random(seed).choices(WORDS, k=length)) + ".\n"


def mark(body: str) -> tuple[int, ...]:
    return read_signature(signature(make_article("a.txt", body)))


def test_a_wire_copy_is_recognised_cut_and_edited() -> None:
    wire = text(1)
    words = wire.split(" ")
    shortened = " ".join(words[: len(words) // 2])
    edited = " ".join("anders" if n % 25 == 0 else word for n, word in enumerate(words))
    assert resemblance(mark(wire), mark(wire)) == 1
    assert resemblance(mark(wire), mark(shortened)) >= COPY
    assert resemblance(mark(wire), mark(edited)) >= COPY
    assert resemblance(mark(wire), mark(text(2))) < 0.1
    assert resemblance(mark(wire), ()) == 0
    assert signature(make_article("a.txt", "Kort.")) == ""


def test_three_papers_with_one_wire_copy_are_one_origin() -> None:
    wire = mark(text(1))
    told = [shipment(str(n), source(f"{n}.txt", f"2024-03-1{n}", signature=wire)) for n in range(3)]
    assert [articles for _, articles in origins(told)] == [tuple(sorted(t.source.iri for t in told))]
    assert len(origins([*told, shipment("9", source("9.txt", signature=mark(text(2))))])) == 2


def test_papers_that_cite_one_source_are_that_source() -> None:
    agency = stand(by="organization/reuters", own=False, known=True)
    told = [
        shipment("1", source("wire.txt", voice=f"{ID}organization/reuters")),
        shipment("2", source("b.txt"), stands=(agency,)),
        shipment("3", source("c.txt"), stands=(agency,)),
        shipment("4", source("c.txt")),  # the same paper in its own voice: it had it from the agency all the same
        shipment("5", source("d.txt"), stands=(stand(by="group/experts", own=False),)),  # nameless: the paper answers for them
    ]
    assert [origin.rsplit("/", 1)[-1] for origin, _ in origins(told)] == ["reuters", "d.txt"]


def test_the_support_can_be_worked_out_by_hand() -> None:
    told = [shipment("1", source("a.txt")), shipment("2", source("b.txt"))]
    value, arithmetic = support(told, origins(told))
    assert value == pytest.approx(1 - 0.6 * 0.6, abs=0.001)
    assert arithmetic == "1 − (1 − 0.40)(1 − 0.40) = 0.64: 2 independent origins"
    denied = [*told, shipment("3", source("c.txt"), stands=(stand("denies", "country/IR", own=False, known=True),))]
    value, arithmetic = support(denied, origins(told))
    assert value == pytest.approx(0.48, abs=0.001)
    assert arithmetic.endswith("0.64 × (1 − 0.25) = 0.48: denied by country/IR")
