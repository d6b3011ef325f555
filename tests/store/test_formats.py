"""The store of each format still opens and says what it said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rgcore
from databases import dumps, execute, urls_of
from fixtures.formats import (
    FORMATS,
    GROUP,
    READ_ON,
    make,
    store_of,
    what_it_says,
)
from rgcore.domain.changes import BY_TYPE
from rgcore.domain.ids import GroupId
from rgcore.domain.journal import fold_all
from rgcore.errors import StoreTooOld, StoreUnavailable
from rgcore.serial.wire import unstructure
from rgcore.store.migrate import Branch, opened, upgrade, upgrade_plan
from rgcore.store.places import Place, place_of
from support import Clock, Ids, set_goal


@pytest.fixture(params=FORMATS)
def number(request: pytest.FixtureRequest) -> int:
    """Give each format."""
    found: int = request.param
    return found


@pytest.fixture
def expected(number: int) -> dict[str, Any]:
    """Give what the store of that format said when it was written."""
    text = (store_of(number) / "expected.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.fixture
def copied(number: int, tmp_path: Path) -> Path:
    """Give a copy of the store, with the mode that git does not keep."""
    folder = tmp_path / "copy"
    shutil.copytree(store_of(number), folder)
    (folder / "klaas.keyring").chmod(0o600)
    return folder


@pytest.fixture
def institution(copied: Path) -> Iterator[rgcore.Institution]:
    clock = Clock(READ_ON)
    with rgcore.open(copied / "rgcore.toml", clock=clock, ids=Ids("new")) as opened:
        yield opened


only_format_1 = pytest.mark.parametrize("number", [1], indirect=True)


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


def test_store_says_what_it_said(
    institution: rgcore.Institution, expected: dict[str, Any]
) -> None:
    assert_still_said(as_json(what_it_says(institution)), expected)


def test_journal_folds_to_the_group_that_it_was(
    institution: rgcore.Institution, expected: dict[str, Any]
) -> None:
    store = institution._store
    keys = store.keys(GroupId(GROUP))
    assert keys is not None
    rows = store.journal(GroupId(GROUP))
    said = as_json(unstructure(fold_all(store.opened(r, keys).entry for r in rows)))
    # Esmee does not see what others keep for themselves.
    seen = expected["readers"]["s-esmee"]["group"]
    private = {"happenings", "own_items", "names", "not_safe"}
    kept = {name: seen[name] for name in seen if name not in private}
    assert_still_said(said, kept)
    assert [h["change"] for h in said["happenings"]] == [
        header["change"] for header in expected["entries"]["headers"]
    ]


def test_stores_have_every_type_of_change_between_them() -> None:
    # `group.import` is recorded by an import alone.
    texts = [(store_of(n) / "expected.json").read_text("utf-8") for n in FORMATS]
    headers = [h for text in texts for h in json.loads(text)["entries"]["headers"]]
    assert {h["type"] for h in headers} == set(BY_TYPE) - {"group.import"}


def test_store_has_words_names_and_dates_in_it(expected: dict[str, Any]) -> None:
    words = expected["readers"]["klaas"]["words"].values()
    assert {kind for said in words for kind in said} == {"said", "name", "date"}


def test_store_keeps_from_klaas_what_others_keep_for_themselves(
    expected: dict[str, Any],
) -> None:
    assert expected["readers"]["klaas"]["withheld"] == [
        {"id": "own-mother", "kind": "own_item"}
    ]
    words = json.dumps(expected["readers"]["klaas"]["words"])
    assert "Lieve Klaas" not in words


def test_store_was_written_back_before_it_was_committed(number: int) -> None:
    names = {file.name for file in store_of(number).iterdir()}
    assert names == {
        "directory.toml",
        "expected.json",
        "klaas.db",
        "klaas.keyring",
        "klaas.keys.db",
        "klaas.log.db",
        "rgcore.toml",
    }


@only_format_1
def test_an_old_store_is_read_and_not_written(
    copied: Path, institution: rgcore.Institution
) -> None:
    before = dumps(copied)
    with pytest.raises(StoreTooOld) as caught:
        set_goal(institution, "new", "Naar zee.", GROUP)
    assert caught.value.fields["found"] == 1
    assert "rgcore db upgrade" in caught.value.sentence("nl")
    assert dumps(copied) == before
    assert institution.verify() == ()


@only_format_1
def test_an_upgraded_store_says_the_same_and_goes_on(
    copied: Path, expected: dict[str, Any]
) -> None:
    for place, branch in databases(copied):
        assert [step.revision for step in upgrade_plan(place, branch)] == [
            f"{branch}_2"
        ]
        assert upgrade(place, branch)
        assert upgrade(place, branch) == upgrade_plan(place, branch) == ()
    with rgcore.open(
        copied / "rgcore.toml", clock=Clock(READ_ON), ids=Ids("new")
    ) as institution:
        assert institution.verify() == ()
        assert_still_said(as_json(what_it_says(institution)), expected)
        done = set_goal(institution, "new", "Naar zee.", GROUP)
        assert done.seq == expected["entries"]["cursor"] + 1
        assert institution.verify() == ()


@only_format_1
def test_an_upgrade_that_breaks_off_changes_nothing(copied: Path) -> None:
    store, _, _ = databases(copied)
    execute(copied / "klaas.db", "CREATE TABLE outbox (id INTEGER)")
    before = dumps(copied)
    with pytest.raises(StoreUnavailable):
        upgrade(*store)
    assert dumps(copied) == before
    with opened(*store) as database:
        assert database.format == 1


def databases(folder: Path) -> list[tuple[Place, Branch]]:
    urls = urls_of(folder / "rgcore.toml")
    places = [(place_of(urls[branch]), branch) for branch in Branch]
    return [(place, branch) for place, branch in places if place is not None]


def test_what_was_recorded_then_is_known_now(
    institution: rgcore.Institution, expected: dict[str, Any]
) -> None:
    headers = institution.entries().headers
    known = [header.change for header in headers]
    happenings = expected["readers"]["s-esmee"]["group"]["happenings"]
    assert set(known) > {happening["change"] for happening in happenings}


def test_script_writes_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make(tmp_path / name)
    assert dumps(tmp_path / "one") == dumps(tmp_path / "two")
