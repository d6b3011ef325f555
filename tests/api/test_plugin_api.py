"""The plugin API is the one that was written down, and nothing of it is overdue."""

from __future__ import annotations

import difflib
import warnings
from typing import Final

import pytest

from api import snapshot
from rgcore.plugins import (
    API_VERSION,
    DEPRECATIONS,
    HOOKS,
    Deprecation,
    RgcoreApiDeprecationWarning,
    overdue,
)
from rgcore.plugins.deprecations import warn_of
from rgcore.plugins.describing import describe

OLD_HOOK: Final = Deprecation(
    name="rg_words",
    since="1.2",
    removed_in="2.0",
    instead="Answer rg_terms.",
)
STAMP: Final = "youth (rgcore-setting-youth 1.2)"


def test_the_plugin_api_is_the_one_that_was_written_down() -> None:
    kept = snapshot.FILE.read_text(encoding="utf-8").splitlines()
    now = snapshot.text().splitlines()
    differs = "\n".join(
        difflib.unified_diff(kept, now, "plugin_api.json", "now", lineterm="", n=8)
    )
    assert not differs, (
        f"The plugin API is another than it was:\n{differs}\n"
        "If that is meant, run python tests/api/snapshot.py. A field of the group is "
        "part of it, since rules read groups. Once there is a release, python "
        "tests/api/compat.py says whether API_VERSION has to be raised."
    )


def test_every_hook_is_described_with_what_it_may_contribute() -> None:
    hooks = describe()["hooks"]
    assert hooks["rg_rules"] == {
        "takes": "self, ctx",
        "contributes": ["Replacement", "Rule"],
    }
    assert list(hooks) == list(HOOKS)


def test_a_field_is_described_with_its_type_and_whether_it_has_a_default() -> None:
    fields = describe()["contributions"]["PlanSection"]["fields"]
    assert fields["changes"] == {"type": "tuple[Code, ...]", "default": False}
    assert fields["intro"] == {"type": "Wording | None", "default": True}


def test_what_a_rule_is_given_is_described_too() -> None:
    values = describe()["values"]
    assert values["Method"]["methods"]["after"] == "self, timing, day"
    assert values["ResourceGroup"]["methods"]["foreign"] == "property"


def test_the_keys_of_the_manifest_are_described() -> None:
    keys = describe()["manifest"]
    assert keys["factory"] == {"type": "str", "default": False}
    assert {"title", "title.nl", "title.en"} <= keys.keys()


def test_nothing_that_should_have_gone_is_still_there() -> None:
    assert overdue(DEPRECATIONS, API_VERSION) == ()


@pytest.mark.parametrize(
    ("version", "gone"),
    [("1.2", ()), ("1.10", ()), ("2.0", ("rg_words",)), ("2.1", ("rg_words",))],
)
def test_what_is_deprecated_is_overdue_from_the_version_in_which_it_goes(
    version: str, gone: tuple[str, ...]
) -> None:
    assert overdue([OLD_HOOK], version) == gone


def test_a_warning_names_the_plugin_and_what_to_write_instead() -> None:
    with pytest.warns(RgcoreApiDeprecationWarning) as warned:
        warn_of(["rg_rules", "rg_words"], STAMP, [OLD_HOOK])
    (one,) = warned
    assert str(one.message) == (
        f"{STAMP}: rg_words is deprecated since API 1.2 and goes in 2.0. "
        "Answer rg_terms."
    )


def test_a_plugin_that_uses_nothing_deprecated_is_not_warned() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of(HOOKS, STAMP, [OLD_HOOK])
