"""Whatever is asked of the server, it answers in order: a page, an answer or one clear refusal, and never the text of the question as markup."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from hypothesis import given
from hypothesis import strategies as st

from tests.serve.client import send
from tests.serve.conftest import HOSTILE
from tests.serve.test_pages import check

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
    st.sampled_from(HOSTILE),
    st.sampled_from(["../../etc/passwd", "%2e%2e%2f", "\x00", "9" * 400, "-1", "NaN", "1e999", "a" * 3000, "\u202e\u2066", "http://[::1"]),
)
NAMES = st.sampled_from(
    ["q", "page", "lang", "kind", "query", "limit", "depth", "type", "from", "to", "default-graph-uri", "named-graph-uri", "format"]
)
KINDS = st.sampled_from(["application/sparql-query", "application/x-www-form-urlencoded", "text/plain", "application/json", ""])
PATHS = st.one_of(
    st.sampled_from(["/", "/search", "/list/incidents", "/list/actors", "/query", "/view", "/about", "/sparql", "/queries/shipments.rq", "/nothing"]),
    TEXTS.map(lambda text: f"/id/{quote(text, safe='')}"),
    TEXTS.map(lambda text: f"/list/{quote(text, safe='')}"),
    TEXTS.map(lambda text: f"/queries/{quote(text, safe='')}.rq"),
)
HEADERS = st.fixed_dictionaries({}, optional={
    name: st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80) for name in ("accept", "accept_language", "origin")
})  # fmt: skip


@given(PATHS, st.lists(st.tuples(NAMES, TEXTS), max_size=4), HEADERS)
def test_every_question_is_answered_or_refused(address: str, path: str, asked: list[tuple[str, str]], headers: dict[str, str]) -> None:
    answer = send(address, f"{path}?{urlencode(asked)}" if asked else path, **headers)
    assert answer.status < 500, (path, asked, answer.body[:200])
    assert b"Traceback" not in answer.body
    if answer.kind.startswith("text/html"):
        check(answer.text)


@given(st.binary(max_size=300), KINDS)
def test_every_body_is_answered_or_refused(address: str, body: bytes, kind: str) -> None:
    answer = send(address, "/sparql", method="POST", body=body, **({"content_type": kind} if kind else {}))
    assert answer.status < 500, (kind, body, answer.body[:200])
    assert b"Traceback" not in answer.body
