"""The store that format 1 wrote still opens and says what it said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rgcore
from fixtures.make_format_1 import GROUP, READ_ON, STORE, make, what_it_says
from rgcore.domain.changes import BY_TYPE
from support import Clock, Ids, dumps, set_goal

EXPECTED: dict[str, Any] = json.loads((STORE / "expected.json").read_text("utf-8"))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Give a copy of the store, with the mode that git does not keep."""
    folder = tmp_path / "format_1"
    shutil.copytree(STORE, folder)
    (folder / "klaas.keyring").chmod(0o600)
    return folder


@pytest.fixture
def institution(copied: Path) -> Iterator[rgcore.Institution]:
    clock = Clock(READ_ON)
    with rgcore.open(copied / "rgcore.toml", clock=clock, ids=Ids("new")) as opened:
        yield opened


def as_json(said: Any) -> Any:  # noqa: ANN401
    """Return plain data as JSON gives it back."""
    return json.loads(json.dumps(said))


def assert_still_said(found: Any, expected: Any, path: str = "") -> None:  # noqa: ANN401
    """Make sure that all that was said is said; a later rgcore may say more."""
    if isinstance(expected, dict):
        assert set(found) >= set(expected), path
        for key, value in expected.items():
            assert_still_said(found[key], value, f"{path}.{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), path
        for number, value in enumerate(expected):
            assert_still_said(found[number], value, f"{path}[{number}]")
    else:
        assert found == expected, path


def test_store_verifies_clean(institution: rgcore.Institution) -> None:
    assert institution.groups() == (GROUP,)
    assert institution.verify() == ()


def test_store_says_what_it_said(institution: rgcore.Institution) -> None:
    assert_still_said(as_json(what_it_says(institution)), EXPECTED)


LATER = {"group.import"}
"""Types that were added after this store was written."""


def test_store_has_every_type_of_change() -> None:
    # A type that is added later belongs in a store of its own, beside this one.
    types = {one["type"] for one in EXPECTED["entries"]["headers"]}
    assert types == set(BY_TYPE) - LATER


def test_store_has_words_names_and_dates_in_it() -> None:
    words = EXPECTED["readers"]["klaas"]["words"].values()
    assert {kind for said in words for kind in said} == {"said", "name", "date"}


def test_store_keeps_from_klaas_what_others_keep_for_themselves() -> None:
    assert EXPECTED["readers"]["klaas"]["withheld"] == [
        {"id": "own-mother", "kind": "own_item"}
    ]
    words = json.dumps(EXPECTED["readers"]["klaas"]["words"])
    assert "Lieve Klaas" not in words


def test_store_was_written_back_before_it_was_committed() -> None:
    names = {file.name for file in STORE.iterdir()}
    assert names == {
        "directory.toml",
        "expected.json",
        "klaas.db",
        "klaas.keyring",
        "klaas.keys.db",
        "klaas.log.db",
        "rgcore.toml",
    }


def test_group_goes_on_in_a_store_of_format_1(institution: rgcore.Institution) -> None:
    done = set_goal(institution, "new", "Naar zee.", GROUP)
    assert done.seq == EXPECTED["entries"]["cursor"] + 1
    assert institution.verify() == ()


def test_what_was_recorded_then_is_known_now(institution: rgcore.Institution) -> None:
    headers = institution.entries().headers
    known = [header.change for header in headers]
    happenings = EXPECTED["readers"]["s-esmee"]["group"]["happenings"]
    assert set(known) > {happening["change"] for happening in happenings}


def test_script_writes_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make(tmp_path / name)
    assert dumps(tmp_path / "one") == dumps(tmp_path / "two")
