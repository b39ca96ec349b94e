"""Modules become one script that keeps their order and their own names."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from kg.view.modules import join
from kg.view.words import strings

NODE = shutil.which("node")


def test_each_module_once_and_after_what_it_imports() -> None:
    made = join(
        {
            "main": 'import { b } from "./b.js";\nimport { a } from "./a.js";\nshow(a + b);\n',
            "a": "const hidden = 1;\nexport const a = hidden;\n",
            "b": 'import { a } from "./a.js";\nconst hidden = 2;\nexport const b = a + hidden;\n',
            "unused": "export const c = 1;\n",
        },
        "main",
    )
    assert made.index("module_a =") < made.index("module_b =") < made.index("module_main =")
    assert made.count("module_a =") == 1
    assert "unused" not in made
    if NODE:
        told = subprocess.run([NODE, "-e", f"const show = console.log;\n{made}"], capture_output=True, text=True, check=True)
        assert json.loads(told.stdout) == 4


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"main": 'import { a } from "./a.js";\n'}, "no module a.js, which main imports"),
        ({"main": 'import { x } from "./a.js";\n', "a": "export const a = 1;\n"}, "main.js imports x, which a.js does not export"),
        ({"main": 'import { a } from "./a.js";\nexport const m = 1;\n', "a": 'import { m } from "./main.js";\n'}, "main → a → main"),
        ({"main": "export default 1;\n"}, "this form is not read"),
        ({"main": 'import * as a from "./a.js";\n'}, "this form is not read"),
    ],
)
def test_what_is_not_read_is_refused(modules: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        join(modules, "main")


def test_every_string_stands_in_every_language_with_the_same_places() -> None:
    for key, texts in strings().items():
        assert set(texts) == {"nl", "de", "en", "fr"}, key
        places = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in texts.values()]
        assert all(p == places[0] for p in places), key
