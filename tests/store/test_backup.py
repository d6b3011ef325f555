"""Copies of store and key store, put back together in every order of age."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import rgcore
from databases import Server, all_rows, dump, execute
from rgcore.domain.ids import PersonId
from rgcore.domain.text import ERASED
from rgcore.errors import KeyStoreBehind, NoStore, StoreExists, StoreUnavailable
from rgcore.store.backup import Wanted, back_up, put_back
from rgcore.store.migrate import Branch, create
from rgcore.store.places import SqliteFile, place_of
from support import (
    AT_THE_TABLE,
    GROUP,
    KLAAS,
    Clock,
    Demo,
    forget,
    open_demo,
    set_goal,
    start_klaas,
    without_root,
)

OTHER = "g-other"
MOTHER = PersonId("mother")


def of_store(demo: Demo, folder: Path) -> Wanted:
    return wanted(demo.store_url, Branch.STORE, folder)


def of_keys(demo: Demo, folder: Path) -> Wanted:
    return wanted(demo.keys_url, Branch.KEYS, folder)


def wanted(url: str | Path, branch: Branch, folder: Path) -> Wanted:
    place = SqliteFile(url) if isinstance(url, Path) else place_of(url)
    assert place is not None
    return Wanted(place, branch, folder)


def kept(demo: Demo, place: Path) -> Path:
    """Copy store and key store, as they stand, each to a folder of its own."""
    log = wanted(demo.log_url, Branch.LOG, place / "log")
    back_up([of_store(demo, place / "store"), of_keys(demo, place / "keys"), log])
    return place


def together(demo: Demo, store: Path, keys: Path, into: Path) -> Path:
    """Put an installation together from copies, in files whatever they came from."""
    into.mkdir()
    for file in (demo.ring, demo.folder / "directory.toml"):
        shutil.copy(file, into / file.name)
    written = demo.toml.read_text("utf-8")
    written = re.sub(r'(?m)^url = "postgresql:.*"$', 'url = "sqlite:///both"', written)
    written = written.replace("sqlite:///both", "sqlite:///demo.db", 1)
    written = written.replace("sqlite:///both", "sqlite:///demo.log.db", 1)
    written = re.sub(r'"postgresql:.*"', '"sqlite:///demo.keys.db"', written)
    (into / "rgcore.toml").write_text(written, "utf-8")
    for folder, name in (
        (store / "store", "demo.db"),
        (store / "log", "demo.log.db"),
        (keys / "keys", "demo.keys.db"),
    ):
        (copy,) = folder.iterdir()
        shutil.copy(copy, into / name)
    return into


def test_a_copy_made_in_use_holds_what_was_recorded(
    two_groups: Demo, tmp_path: Path
) -> None:
    set_goal(two_groups.institution, "now", "nu meteen")
    copies = kept(two_groups, tmp_path / "copies")
    (copy,) = (copies / "store").iterdir()
    for table in ("document", "journal", "composition", "institution"):
        assert rows(copy, table) == rows(two_groups.store_url, table)
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
        with pytest.raises(KeyStoreBehind):
            restored.institution.view("g-new", AT_THE_TABLE)
        faults = [(f.group, f.code) for f in restored.institution.verify()]
        assert faults == [("g-new", "keys_behind")]
        assert restored.institution.view(OTHER, AT_THE_TABLE).name(MOTHER) is not None


def rows(where: str | Path, table: str) -> list[str]:
    return sorted(map(repr, all_rows(where, table)))


def test_a_copy_of_either_can_be_put_back_into_postgresql(
    two_groups: Demo, tmp_path: Path, server: Server
) -> None:
    set_goal(two_groups.institution, "now", "nu meteen")
    before = two_groups.institution.view(GROUP, AT_THE_TABLE)
    copies = kept(two_groups, tmp_path / "copies")
    folder = together(two_groups, copies, copies, tmp_path / "files")
    url = server.url(server.new())
    (tmp_path / "again").mkdir()
    (copy,) = (copies / "store").iterdir()
    shutil.copy(copy, tmp_path / "again" / wanted(url, Branch.STORE, Path()).copy)
    put_back([wanted(url, Branch.STORE, tmp_path / "again")])
    with rgcore.open(folder / "rgcore.toml", clock=Clock(), store=url) as restored:
        assert restored.verify() == ()
        assert restored.view(GROUP, AT_THE_TABLE).words == before.words
        last = restored.entries().headers[-1].position
        set_goal(restored, "later", "later pas")
        assert restored.entries().headers[-1].position > last
    with pytest.raises(StoreExists):
        put_back([wanted(url, Branch.STORE, tmp_path / "again")])


def test_nothing_is_overwritten(two_groups: Demo, tmp_path: Path) -> None:
    copies = kept(two_groups, tmp_path / "copies")
    before = dump(two_groups.store_url)
    with pytest.raises(StoreExists):
        back_up([of_store(two_groups, copies / "store")])
    with pytest.raises(StoreExists):
        put_back([of_store(two_groups, copies / "store")])
    assert dump(two_groups.store_url) == before


def test_what_is_not_there_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        back_up([wanted(tmp_path / "nothing.db", Branch.STORE, tmp_path / "copies")])
    with pytest.raises(NoStore):
        put_back([wanted(tmp_path / "demo.db", Branch.STORE, tmp_path / "empty")])


def test_all_are_copied_or_none(two_groups: Demo, tmp_path: Path) -> None:
    missing = wanted(tmp_path / "nothing.db", Branch.KEYS, tmp_path / "copies")
    store = of_store(two_groups, tmp_path / "copies")
    with pytest.raises(NoStore):
        back_up([store, missing])
    assert not (tmp_path / "copies").exists()
    back_up([store])
    (tmp_path / "new").mkdir()
    gone = tmp_path / "new" / store.copy.name
    with pytest.raises(NoStore):
        put_back([wanted(gone, Branch.STORE, tmp_path / "copies"), missing])
    assert not gone.exists()


def test_what_is_no_database_is_not_put_back(tmp_path: Path) -> None:
    place = tmp_path / "copies"
    place.mkdir()
    (place / "demo.db").write_text("geen database", "utf-8")
    with pytest.raises(NoStore):
        put_back([wanted(tmp_path / "demo.db", Branch.STORE, place)])
    assert not (tmp_path / "demo.db").exists()


def test_no_half_copy_is_left(two_groups: Demo, tmp_path: Path) -> None:
    back_up([of_store(two_groups, tmp_path / "whole")])
    (whole,) = (tmp_path / "whole").iterdir()
    spoilt = tmp_path / "spoilt.db"
    spoilt.write_bytes(whole.read_bytes()[:5000])
    with pytest.raises(StoreUnavailable):
        back_up([wanted(spoilt, Branch.STORE, tmp_path / "copies")])
    assert list((tmp_path / "copies").iterdir()) == []


def test_no_half_copy_of_a_server_s_database_is_left(
    server: Server, tmp_path: Path
) -> None:
    url = server.url(server.new())
    one = wanted(url, Branch.KEYS, tmp_path / "copies")
    create(one.place, Branch.KEYS)
    execute(url, "ALTER TABLE key_record RENAME COLUMN sealed TO gone")
    with pytest.raises(StoreUnavailable):
        back_up([one])
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_copy_is_for_its_owner_alone(two_groups: Demo, tmp_path: Path) -> None:
    (copy,) = back_up([of_store(two_groups, tmp_path / "copies")])
    assert copy.stat().st_mode & 0o077 == 0
    with without_root(), pytest.raises(PermissionError):
        copy.read_bytes()
