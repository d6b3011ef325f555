"""Which differences ask for which version of the plugin API."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from api import compat, snapshot
from api.compat import How, differences, is_raised_enough

Api = dict[str, Any]

REQUIRED: Final = {"type": "str", "default": False}
OPTIONAL: Final = {"type": "str", "default": True}

OLD: Final[Api] = {
    "api": "1.0",
    "hooks": {"rg_terms": {"takes": "self, ctx", "contributes": ["Term"]}},
    "contexts": {"SettingContext": {"fields": {"api": REQUIRED}, "methods": {}}},
    "contributions": {
        "Term": {
            "fields": {"code": REQUIRED, "note": OPTIONAL},
            "methods": {"named": "self, language"},
        }
    },
    "values": {},
    "lists": {"Rank": ["law", "method"]},
    "manifest": {"id": REQUIRED},
    "functions": {"activate": "wanted"},
    "names": ["Rank", "Term"],
}


def _with(path: str, value: object) -> Api:
    """Return the snapshot with something put, or taken away, at a path."""
    new: Any = copy.deepcopy(OLD)
    *inner, last = path.split("/")
    at = new
    for name in inner:
        at = at[name]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return dict(new)


@pytest.mark.parametrize(
    ("path", "value", "differs"),
    [
        ("hooks/rg_rules", OLD["hooks"]["rg_terms"], "added hooks.rg_rules"),
        (
            "hooks/rg_terms/contributes",
            ["Term", "Texts"],
            "added hooks.rg_terms.contributes.Texts",
        ),
        (
            "contexts/SettingContext/fields/day",
            OPTIONAL,
            "added contexts.SettingContext.fields.day",
        ),
        (
            "contributions/Role",
            OLD["contributions"]["Term"],
            "added contributions.Role",
        ),
        (
            "contributions/Term/methods/said",
            "self",
            "added contributions.Term.methods.said",
        ),
        ("manifest/after", OPTIONAL, "added manifest.after"),
        ("lists/Rank", ["law", "method", "workflow"], "added lists.Rank.workflow"),
        ("names", ["Rank", "Role", "Term"], "added names.Role"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_new_asks_for_a_minor_version(
    path: str, value: object, differs: str
) -> None:
    found = differences(OLD, _with(path, value))
    assert [f"{one.how} {one.path}" for one in found] == [differs]
    assert not is_raised_enough("1.0", "1.0", found)
    assert is_raised_enough("1.0", "1.1", found)


@pytest.mark.parametrize(
    ("path", "value", "differs"),
    [
        ("hooks/rg_terms", None, "removed hooks.rg_terms"),
        (
            "hooks/rg_terms/contributes",
            [],
            "removed hooks.rg_terms.contributes.Term",
        ),
        ("hooks/rg_terms/takes", "self, ctx, more", "changed hooks.rg_terms.takes"),
        (
            "contributions/Term/fields/note",
            None,
            "removed contributions.Term.fields.note",
        ),
        (
            "contributions/Term/fields/code",
            {"type": "int", "default": False},
            "changed contributions.Term.fields.code",
        ),
        (
            "contributions/Term/fields/note",
            REQUIRED,
            "changed contributions.Term.fields.note",
        ),
        (
            "contributions/Term/fields/source",
            REQUIRED,
            "changed contributions.Term.fields.source",
        ),
        ("contributions/Term", None, "removed contributions.Term"),
        (
            "contributions/Term/methods/named",
            "self",
            "changed contributions.Term.methods.named",
        ),
        ("manifest/id", None, "removed manifest.id"),
        ("manifest/licence", REQUIRED, "changed manifest.licence"),
        ("lists/Rank", ["law"], "removed lists.Rank.method"),
        ("functions/activate", "wanted, more", "changed functions.activate"),
        ("names", ["Term"], "removed names.Rank"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_went_or_is_another_asks_for_a_major_version(
    path: str, value: object, differs: str
) -> None:
    found = differences(OLD, _with(path, value))
    assert [f"{one.how} {one.path}" for one in found] == [differs]
    assert not is_raised_enough("1.0", "1.1", found)
    assert is_raised_enough("1.9", "2.0", found)


def test_what_differs_says_how() -> None:
    (one,) = differences(OLD, _with("functions/activate", "wanted, more"))
    assert str(one) == ("changed functions.activate (was wanted, is wanted, more)")
    (new,) = differences(OLD, _with("manifest/licence", REQUIRED))
    assert new.how is How.CHANGED
    assert str(new).endswith("manifest.licence (new, and has to be given)")


def test_the_same_api_needs_no_other_version() -> None:
    assert differences(OLD, {**OLD, "api": "1.1"}) == ()
    assert is_raised_enough("1.0", "1.0", ())
    assert is_raised_enough("1.0", "1.1", ())
    assert not is_raised_enough("1.1", "1.0", ())


def _files(folder: Path, old: Api, new: Api) -> list[str]:
    written = []
    for name, api in (("old", old), ("new", new)):
        file = folder / f"{name}.json"
        file.write_text(json.dumps(api), encoding="utf-8")
        written.append(str(file))
    return written


def test_it_prints_every_difference_and_says_whether_that_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = _with("hooks/rg_terms", None)
    assert compat.main(_files(tmp_path, OLD, {**new, "api": "1.1"})) == 1
    assert capsys.readouterr().out.splitlines() == [
        "removed hooks.rg_terms",
        "API 1.0 → 1.1 is not enough",
    ]
    assert compat.main(_files(tmp_path, OLD, {**new, "api": "2.0"})) == 0


@pytest.mark.parametrize(("api", "code"), [("1.0", 1), ("1.1", 0)])
def test_it_is_a_program(tmp_path: Path, api: str, code: int) -> None:
    new = {**_with("manifest/after", OPTIONAL), "api": api}
    done = subprocess.run(
        [sys.executable, compat.__file__, *_files(tmp_path, OLD, new)],
        capture_output=True,
        check=False,
    )
    assert done.returncode == code


def test_it_reads_the_snapshot_that_is_kept() -> None:
    kept = json.loads(snapshot.FILE.read_text(encoding="utf-8"))
    without: Any = copy.deepcopy(kept)
    del without["contributions"]["Rule"]["fields"]["guard"]
    (one,) = differences(kept, without)
    assert (one.how, one.path) == (How.REMOVED, "contributions.Rule.fields.guard")
