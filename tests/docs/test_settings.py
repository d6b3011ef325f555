"""What an author of a setting can use is documented, and its examples hold."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from rgcore.method import BASE
from rgcore.plugins import API_VERSION, HOOKS, Code, SettingContext, read_manifest
from rgcore.plugins.describing import describe
from rgcore.plugins.fitting import misfits
from rgcore.plugins.hooks import SettingSpec

ROOT: Final = Path(__file__).parents[2]
REFERENCE: Final = ROOT / "docs" / "reference"
API: Final = describe()
FIELDS: Final = {
    f"{name}.{field}"
    for section in ("contexts", "contributions")
    for name, told in API[section].items()
    for field in told["fields"]
    # These are filled in by rgcore.
    if not (name in {"Rule", "AccessRule"} and field in {"by", "origin"})
}
CONTEXT: Final = SettingContext(
    institution="example",
    language="nl",
    enabled=(Code("example"),),
    base=BASE,
    api=API_VERSION,
)


def without_anchor(names: set[str], *pages: str) -> set[str]:
    texts = [(REFERENCE / page).read_text(encoding="utf-8") for page in pages]
    found = {a for text in texts for a in re.findall(r'<a id="([^"]+)"></a>', text)}
    return names - found


@pytest.mark.parametrize(
    ("names", "pages"),
    [
        (set(API["hooks"]), ["hooks.md"]),
        (set(API["contexts"]), ["contexts.md"]),
        (set(API["contributions"]), ["contributions.md"]),
        (FIELDS, ["contexts.md", "contributions.md"]),
        (set(API["lists"]) - {"Kind", "Maturity"}, ["contributions.md"]),
        (set(API["manifest"]), ["manifest.md"]),
    ],
    ids=["hooks", "contexts", "contributions", "fields", "lists", "manifest"],
)
def test_all_that_an_author_can_use_has_its_anchor(
    names: set[str], pages: list[str]
) -> None:
    assert names
    assert without_anchor(names, *pages) == set()


def test_what_has_no_anchor_is_named() -> None:
    assert without_anchor({"rg_terms", "rg_new"}, "hooks.md") == {"rg_new"}


@pytest.mark.parametrize("page", ["contexts.md", "contributions.md", "manifest.md"])
def test_every_field_has_a_meaning(page: str) -> None:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| <a id=")]
    assert rows
    assert [row for row in rows if row.endswith("|  |")] == []


def _example(hook: str) -> Any:  # noqa: ANN401 - the class of the example
    """Run the example in a hook's docstring, and make its setting."""
    text = inspect.getdoc(getattr(SettingSpec, hook)) or ""
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, Any] = {"__name__": "example"}
    exec(code, names)  # noqa: S102 - the example of a docstring
    return names["Example"](None)


@pytest.mark.parametrize("hook", HOOKS)
def test_the_example_of_a_hook_contributes_what_the_hook_may(hook: str) -> None:
    parts = tuple(getattr(_example(hook), hook)(ctx=CONTEXT))
    assert parts
    assert {type(part) for part in parts} <= {*HOOKS[hook]}
    assert [name for part in parts for name in misfits(part)] == []


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_tells_nothing_but_its_contributions(hook: str) -> None:
    setting = _example(hook)
    once, again = (tuple(getattr(setting, hook)(ctx=CONTEXT)) for _ in range(2))
    assert once == again
    assert all(attrs.has(type(part)) for part in once)


def test_the_example_of_a_manifest_can_be_read() -> None:
    text = (REFERENCE / "manifest.md").read_text(encoding="utf-8")
    *_, block = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert read_manifest(block).id == "recovery_college"


def test_the_page_of_hooks_shows_every_example_as_it_is_run() -> None:
    page = (REFERENCE / "hooks.md").read_text(encoding="utf-8")
    for hook in HOOKS:
        text = inspect.getdoc(getattr(SettingSpec, hook)) or ""
        (block,) = re.findall(r"```python\n.*?```", text, re.DOTALL)
        assert block in page
