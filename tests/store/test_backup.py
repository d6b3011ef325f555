"""Copies of store and key store, put back together in every order of age."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rgcore.domain.ids import PersonId
from rgcore.domain.text import ERASED
from rgcore.errors import KeysForgotten, NoStore, StoreExists, StoreUnavailable
from rgcore.store.backup import back_up, put_back
from support import (
    AT_THE_TABLE,
    GROUP,
    KLAAS,
    Demo,
    dump,
    forget,
    open_demo,
    set_goal,
    start_klaas,
    without_root,
)

OTHER = "g-other"
MOTHER = PersonId("mother")


def url(file: Path) -> str:
    return f"sqlite:///{file}"


def kept(demo: Demo, place: Path) -> Path:
    """Copy store and key store, as they stand, each to a folder of its own."""
    back_up([(url(demo.store), place / "store")])
    back_up([(url(demo.keys), place / "keys")])
    return place


def together(demo: Demo, store: Path, keys: Path, into: Path) -> Path:
    """Put an installation together from copies."""
    into.mkdir()
    for file in (demo.toml, demo.ring, demo.log, demo.folder / "directory.toml"):
        shutil.copy(file, into / file.name)
    put_back([(url(into / demo.store.name), store / "store")])
    put_back([(url(into / demo.keys.name), keys / "keys")])
    return into


def test_a_copy_made_in_use_holds_what_was_recorded(
    two_groups: Demo, tmp_path: Path
) -> None:
    set_goal(two_groups.institution, "now", "nu meteen")
    copies = kept(two_groups, tmp_path / "copies")
    assert dump(copies / "store" / "demo.db") == dump(two_groups.store)
    set_goal(two_groups.institution, "later", "later pas")
    with open_demo(together(two_groups, copies, copies, tmp_path / "back")) as restored:
        assert restored.institution.verify() == ()
        view = restored.institution.view(GROUP, AT_THE_TABLE)
        assert view.said(view.group.goals[-1].words) == "nu meteen"


def test_an_old_store_shows_nothing_of_whom_todays_keys_forgot(
    two_groups: Demo, tmp_path: Path
) -> None:
    old = kept(two_groups, tmp_path / "old")
    forget(two_groups, MOTHER)
    today = kept(two_groups, tmp_path / "today")
    with open_demo(together(two_groups, old, today, tmp_path / "a")) as restored:
        view = restored.institution.view(GROUP, AT_THE_TABLE)
        assert view.said(view.group.person(MOTHER).name) is ERASED
        assert view.name(KLAAS) is not None
        assert restored.institution.verify() == ()
    with open_demo(together(two_groups, today, old, tmp_path / "b")) as undone:
        view = undone.institution.view(GROUP, AT_THE_TABLE)
        assert view.name(MOTHER) is not None


def test_old_keys_do_not_open_what_came_since_and_say_so(
    two_groups: Demo, tmp_path: Path
) -> None:
    old = kept(two_groups, tmp_path / "old")
    start_klaas(two_groups.institution, "g-new")
    today = kept(two_groups, tmp_path / "today")
    with open_demo(together(two_groups, today, old, tmp_path / "a")) as restored:
        with pytest.raises(KeysForgotten):
            restored.institution.view("g-new", AT_THE_TABLE)
        faults = [(f.group, f.code) for f in restored.institution.verify()]
        assert faults == [("g-new", "no_keys")]
        assert restored.institution.view(OTHER, AT_THE_TABLE).name(MOTHER) is not None


def test_nothing_is_overwritten(two_groups: Demo, tmp_path: Path) -> None:
    copies = kept(two_groups, tmp_path / "copies")
    before = dump(two_groups.store)
    with pytest.raises(StoreExists):
        back_up([(url(two_groups.store), copies / "store")])
    with pytest.raises(StoreExists):
        put_back([(url(two_groups.store), copies / "store")])
    assert dump(two_groups.store) == before


def test_what_is_not_there_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        back_up([(url(tmp_path / "nothing.db"), tmp_path / "copies")])
    with pytest.raises(NoStore):
        put_back([(url(tmp_path / "demo.db"), tmp_path / "empty")])


def test_all_are_copied_or_none(two_groups: Demo, tmp_path: Path) -> None:
    missing = tmp_path / "nothing.db"
    place = tmp_path / "copies"
    with pytest.raises(NoStore):
        back_up([(url(two_groups.store), place), (url(missing), place)])
    assert not place.exists()
    back_up([(url(two_groups.store), place)])
    (two_groups.folder / "new").mkdir()
    gone = two_groups.folder / "new" / "demo.db"
    with pytest.raises(NoStore):
        put_back([(url(gone), place), (url(missing), place)])
    assert not gone.exists()


def test_what_is_no_database_is_not_put_back(tmp_path: Path) -> None:
    place = tmp_path / "copies"
    place.mkdir()
    (place / "demo.db").write_text("geen database", "utf-8")
    with pytest.raises(NoStore):
        put_back([(url(tmp_path / "demo.db"), place)])
    assert not (tmp_path / "demo.db").exists()


def test_no_half_copy_is_left(two_groups: Demo, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.db"
    spoilt.write_bytes(two_groups.store.read_bytes()[:5000])
    with pytest.raises(StoreUnavailable):
        back_up([(url(spoilt), tmp_path / "copies")])
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_copy_is_for_its_owner_alone(two_groups: Demo, tmp_path: Path) -> None:
    (copy,) = back_up([(url(two_groups.store), tmp_path / "copies")])
    assert copy.stat().st_mode & 0o077 == 0
    with without_root(), pytest.raises(PermissionError):
        copy.read_bytes()
