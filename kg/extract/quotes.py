"""Which tokens stand between quotation marks, and which marks belong together."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.tokens import Tokens

__all__ = ["quoted"]

_OPENING = frozenset({"„", "«", "‹", "“", "»", '"', "``"})
_CLOSING = {"„": '“”"', "«": "»", "‹": "›", "“": '”"', "»": "«", '"': '"”“', "``": "''\""}


def quoted(doc: Tokens, edges: Sequence[int] = ()) -> list[int]:
    """For each token the number of the quotation that it stands in, or -1; the marks themselves stand outside.

    ``edges`` are offsets (code points) of paragraphs: a quotation that is still open there ends there.
    """
    out = [-1] * len(doc)
    breaks = sorted(edges)
    number, mark, step = -1, "", 0
    for token in doc:
        while step < len(breaks) and token.idx >= breaks[step]:
            mark, step = "", step + 1
        text = token.text.strip()
        if not mark and text in _OPENING:
            mark, number = text, number + 1
        elif mark and text and text in _CLOSING[mark]:
            mark = ""
        elif mark:
            out[token.i] = number
    return out
