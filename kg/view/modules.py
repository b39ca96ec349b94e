"""Small ES modules as one script: each in a function of its own, after those that it imports.

A page that opens from disk cannot import its modules from files, and a Content-Security-Policy by hashes allows no
module made at run time. Only the plain forms are read: ``import { a, b } from "./x.js";`` on one line, and ``export``
before ``const``, ``function``, ``async function`` or ``class``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["join"]

_IMPORT = re.compile(r'^import \{ ([\w$, ]+) \} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|(?:async )?function|class) ([\w$]+))", re.MULTILINE)


def join(modules: Mapping[str, str], main: str) -> str:
    """One strict script that runs ``main`` (a name without ``.js``).

    Raises ``ValueError`` for a module that is missing or imports itself by way of others, a name that is imported but
    not exported, and a form of import or export that is not read.
    """
    done: dict[str, set[str]] = {}
    parts: list[str] = []

    def add(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise ValueError(f"modules import each other: {' → '.join((*path, name))}")
        if name in done:
            return
        if name not in modules:
            raise ValueError(f"no module {name}.js, which {path[-1] if path else 'the page'} imports")
        text = modules[name]
        for names, source in _IMPORT.findall(text):
            add(source, (*path, name))
            if missing := set(names.split(", ")) - done[source]:
                raise ValueError(f"{name}.js imports {', '.join(sorted(missing))}, which {source}.js does not export")
        exported = {match[1] for match in _EXPORT.finditer(text)}
        body = _EXPORT.sub("", _IMPORT.sub(r"const { \1 } = module_\2;\n", text))
        if stray := re.search(r"^(import|export)\b.*", body, re.MULTILINE):
            raise ValueError(f"{name}.js: {stray[0]}: this form is not read")
        done[name] = exported
        parts.append(f"const module_{name} = (() => {{\n{body.rstrip()}\nreturn {{ {', '.join(sorted(exported))} }};\n}})();")

    add(main, ())
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();"
