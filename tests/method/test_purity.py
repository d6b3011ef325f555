from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Final

import pytest

from method.groups import METHOD
from rgcore.method import Rule

SRC: Final = Path(__file__).parents[2] / "src" / "rgcore"
MODULES: Final = sorted(
    file
    for package in ("domain", "method", "access")
    for file in (SRC / package).rglob("*.py")
)
CLOCKS: Final = frozenset({"fromtimestamp", "now", "today", "utcnow"})
OUTSIDE: Final = frozenset(
    {"io", "os", "pathlib", "random", "secrets", "socket", "sys", "time", "uuid"}
)

each_module = pytest.mark.parametrize(
    "file", MODULES, ids=[str(file.relative_to(SRC)) for file in MODULES]
)


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 30


@each_module
def test_no_module_imports_a_clock_or_the_machine(file: Path) -> None:
    imported = set()
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            imported.add((node.module or "").partition(".")[0])
    assert imported & OUTSIDE == set()


@each_module
def test_no_module_asks_what_day_it_is(file: Path) -> None:
    calls = [n.func for n in ast.walk(_tree(file)) if isinstance(n, ast.Call)]
    called = {func.attr for func in calls if isinstance(func, ast.Attribute)}
    assert called & CLOCKS == set()


@pytest.mark.parametrize("rule", METHOD.rules, ids=[rule.code for rule in METHOD.rules])
def test_a_rule_takes_a_group_and_a_method_and_no_day(rule: Rule) -> None:
    assert list(inspect.signature(rule.speaks).parameters) == ["group", "method"]
    assert list(inspect.signature(rule.guard).parameters) == ["proposal"]


@pytest.mark.parametrize("rule", METHOD.rules, ids=[rule.code for rule in METHOD.rules])
def test_a_rule_is_a_plain_function_of_a_module(rule: Rule) -> None:
    for function in (rule.speaks, rule.guard):
        assert inspect.isfunction(function)
        assert function.__closure__ is None
        assert function.__defaults__ is None


def test_no_rule_reads_when_something_was_recorded() -> None:
    folder = SRC / "method"
    names = ("owed.py", "method.py", "resting.py")
    for file in (*(folder / "speaking").glob("*.py"), *(folder / n for n in names)):
        tree = _tree(file)
        named = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        assert "recorded_at" not in named
