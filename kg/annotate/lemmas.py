"""Lemmas as edit scripts: a class says how to make the lemma from the form.

An edit script is the edit tree of Chrupała (2008) and Müller et al. (2015) over lower-cased
strings, plus a letter for the lemma's casing. Written out:

* ``=`` the form itself;
* otherwise a casing letter (``l`` lower, ``c`` first letter capital, ``u`` upper, ``k`` as in
  the form) followed by a tree. A tree is ``*`` (keep), ``<old>new>`` (replace old by new), or
  ``(n tree,m tree)``: n characters on the left go through the first tree, m on the right through
  the second, what lies between is kept.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["KEEP", "apply_script", "edit_script"]

KEEP = "="
Tree = str | tuple[int, "Tree", int, "Tree"]


def edit_script(form: str, lemma: str) -> str:
    """The script that turns ``form`` into ``lemma``."""
    if form == lemma:
        return KEEP
    casing = _casing(form, lemma)
    if casing != "k":
        script = casing + _write(form.lower(), lemma.lower())
        if apply_script(script, form) == lemma:
            return script
    return "k" + _write(form, lemma)


@lru_cache(maxsize=65536)
def apply_script(script: str, form: str) -> str | None:
    """The lemma of ``form`` under ``script``, or None where the script does not fit the form."""
    if script == KEEP:
        return form
    casing = script[0]
    lemma = _run(_parse(script[1:]), form if casing == "k" else form.lower())
    if not lemma:
        return None
    if casing == "c":
        return _with_capitals(lemma, form)
    return lemma.upper() if casing == "u" else lemma


def _with_capitals(lemma: str, form: str) -> str:
    """A capital first, and those inside that the form has too (Noord-Koreaanse, McDonald's)."""
    if not form.isupper():
        same = 0
        while same < min(len(lemma), len(form)) and form[same].lower() == lemma[same]:
            same += 1
        lemma = form[:same] + lemma[same:]
    return lemma[:1].upper() + lemma[1:]


def _casing(form: str, lemma: str) -> str:
    if lemma == lemma.lower():
        return "l"
    if len(lemma) > 1 and lemma == lemma.upper():
        return "u"
    return "c" if lemma == lemma[:1].upper() + lemma[1:].lower() else "k"


def _common(left: str, right: str) -> tuple[int, int, int]:
    """Start in left, start in right and length of the first longest common substring."""
    best = (0, 0, 0)
    previous = [0] * (len(right) + 1)
    for i, a in enumerate(left, 1):
        row = [0] * (len(right) + 1)
        for j, b in enumerate(right, 1):
            if a == b:
                row[j] = previous[j - 1] + 1
                if row[j] > best[2]:
                    best = (i - row[j], j - row[j], row[j])
        previous = row
    return best


def _write(source: str, target: str) -> str:
    if source == target:
        return "*"
    i, j, size = _common(source, target)
    if not size:
        return f"<{_escape(source)}>{_escape(target)}>"
    left = _write(source[:i], target[:j])
    right = _write(source[i + size :], target[j + size :])
    return f"({i}{left},{len(source) - i - size}{right})"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(">", "\\>")


@lru_cache(maxsize=8192)
def _parse(text: str) -> Tree:
    tree, end = _parse_at(text, 0)
    if end != len(text):
        raise ValueError(f"edit script {text!r}: nothing may follow position {end}")
    return tree


def _parse_at(text: str, at: int) -> tuple[Tree, int]:
    if text[at] == "*":
        return "*", at + 1
    if text[at] == "<":
        old, at = _string(text, at + 1)
        new, at = _string(text, at)
        return f"<{old}\0{new}", at
    sizes: list[int] = []
    trees: list[Tree] = []
    at += 1
    for _ in range(2):
        end = at
        while text[end].isdigit():
            end += 1
        sizes.append(int(text[at:end]))
        tree, end = _parse_at(text, end)
        trees.append(tree)
        at = end + 1  # the comma, then the closing bracket
    return (sizes[0], trees[0], sizes[1], trees[1]), at


def _string(text: str, at: int) -> tuple[str, int]:
    out = ""
    while text[at] != ">":
        if text[at] == "\\":
            at += 1
        out += text[at]
        at += 1
    return out, at + 1


def _run(tree: Tree, text: str) -> str | None:
    if isinstance(tree, tuple):
        left, first, right, second = tree
        if left + right > len(text):
            return None
        end = len(text) - right
        before, after = _run(first, text[:left]), _run(second, text[end:])
        return None if before is None or after is None else before + text[left:end] + after
    if tree == "*":
        return text
    old, new = tree[1:].split("\0")
    return new if text == old else None
