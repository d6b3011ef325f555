"""The setting builds on the plugin API alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files

import rgcore.plugins

PACKAGE = "rgcore_setting_recovery_college"


def _imported() -> Iterator[tuple[str, str]]:
    """Go through what its modules import from elsewhere: module and name."""
    for file in files(PACKAGE).iterdir():
        if file.name.endswith(".py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    yield from ((node.module or "", one.name) for one in node.names)
                elif isinstance(node, ast.Import):
                    yield from ((one.name, "") for one in node.names)


def test_it_imports_public_names_of_the_plugin_api_alone() -> None:
    found = {(module, name) for module, name in _imported() if "rgcore." in module}
    public = {("rgcore.plugins", name) for name in rgcore.plugins.__all__}
    assert found
    assert found - public == set()


def test_it_needs_nothing_else_but_attrs_and_python() -> None:
    tops = {module.partition(".")[0] for module, _ in _imported()}
    others = {"__future__", "attrs", "collections", "datetime", "typing"}
    assert tops - others == {"rgcore", PACKAGE}
