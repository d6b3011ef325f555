"""Every fixed text that people read has a Dutch translation, compiled."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).parents[2] / "src" / "rgcore"
LOCALE = SOURCE / "render" / "locale" / "nl" / "LC_MESSAGES"
FIRST = frozenset({"_", "said", "fixed", "_said", "translate"})
"""Functions whose first argument is a fixed text."""

SECOND = frozenset({"heading"})
"""Functions whose second argument is one."""


def catalogue() -> Catalog:
    with (LOCALE / "rgcore.po").open("rb") as stream:
        return read_po(stream)


def name_of(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node)
        given = node.args[:1] if name in FIRST else []
        given += node.args[1:2] if name in SECOND else []
        for text in given:
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def fixed_texts() -> set[str]:
    files = [
        path for part in ("cli", "render") for path in (SOURCE / part).rglob("*.py")
    ]
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in files)
    return {text for tree in trees for text in literals(tree)}


@pytest.mark.parametrize("text", sorted(fixed_texts()))
def test_a_fixed_text_has_a_dutch_translation(text: str) -> None:
    message = catalogue().get(text)
    assert message is not None
    assert message.string
    assert not message.fuzzy


@pytest.mark.parametrize("text", sorted(fixed_texts()))
def test_a_translation_fills_the_same_places(text: str) -> None:
    message = catalogue().get(text)
    assert message is not None
    assert places(str(message.string)) == places(text)


def places(text: str) -> set[str]:
    return {part.partition("}")[0] for part in text.split("{")[1:]}


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    said = fixed_texts()
    assert {m.id for m in catalogue() if m.id} - said == set()


def test_the_compiled_catalogue_is_what_the_text_compiles_to() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    wanted = read_mo(io.BytesIO(compiled.getvalue()))
    with (LOCALE / "rgcore.mo").open("rb") as stream:
        found = read_mo(stream)
    texts = {m.id: m.string for m in wanted if m.id}
    assert {m.id: m.string for m in found if m.id} == texts
