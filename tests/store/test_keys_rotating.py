"""The ring gets another key while others read and write, and loses the old one."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

import rgcore
from databases import all_rows, dump, execute, only_files
from rgcore.domain.ids import PersonId
from rgcore.domain.text import ERASED
from rgcore.errors import (
    KeyRingBehind,
    KeyRingNotWritten,
    KeyRingUnreadable,
    KeyRingWrong,
    RingKeyInBackups,
    RingKeyInUse,
    StoreDamaged,
)
from rgcore.store import KeyRing, KeyStore, Rewrapped, Rotation
from rgcore.store.backup import Wanted, back_up
from rgcore.store.keyring_file import RingFile, read_ring, replace_ring
from rgcore.store.keystore_wraps import Wraps
from rgcore.store.migrate import Branch
from support import (
    AT_THE_TABLE,
    GROUP,
    KLAAS,
    MARKER,
    Clock,
    Demo,
    Row,
    forget,
    nominate,
    open_demo,
    set_goal,
    start_klaas,
    tampered,
    told,
    without_root,
)

KIND, NUMBER = "client_number", "10-20-30"
OTHER, MOTHER = "g-other", PersonId("mother")


def key_store(demo: Demo) -> KeyStore:
    return demo.institution._store.key_store


def again(demo: Demo) -> rgcore.Institution:
    """Open the institution once more, as another process does; its ids are random."""
    return rgcore.open(demo.toml, clock=Clock())


def wrapped_by(demo: Demo) -> dict[str, set[str]]:
    """Return which keys of the ring are in use, by table."""
    tables = ("ring_check", "named_key", "key_record")
    return {t: {r["ring_key"] for r in all_rows(demo.keys_url, t)} for t in tables}


def in_the_ring(demo: Demo) -> list[str]:
    return list(json.loads(demo.ring.read_text("ascii"))["keys"])


@pytest.fixture
def used(two_groups: Demo) -> Demo:
    """Give a store with two groups and a key that belongs to none."""
    two_groups.institution.link(GROUP, KIND, NUMBER, AT_THE_TABLE)
    return two_groups


def test_everything_is_wrapped_by_the_new_key_and_reads_as_before(used: Demo) -> None:
    before = used.institution.view(GROUP, AT_THE_TABLE)
    told_of: list[tuple[int, int]] = []
    found = used.institution.rotate_keys(lambda *so_far: told_of.append(so_far))
    assert found == Rewrapped(key=found.key, records=3, left=())
    assert told_of == [(1, 3), (2, 3), (3, 3)]
    assert set(map(frozenset, wrapped_by(used).values())) == {frozenset({found.key})}
    assert in_the_ring(used) == ["1", found.key]
    with again(used) as other:
        for institution in (used.institution, other):
            assert institution.view(GROUP, AT_THE_TABLE).words == before.words
            assert institution.find(KIND, NUMBER, AT_THE_TABLE) == GROUP
            assert institution.verify() == ()


def test_the_new_key_is_the_current_one_of_a_ring_for_its_owner_alone(
    used: Demo,
) -> None:
    used.ring.chmod(0o400)
    owner = used.ring.stat()
    found = used.institution.rotate_keys()
    ring = KeyRing.read(used.ring)
    assert ring.current == found.key
    assert len(set(ring.keys.values())) == 2
    after = used.ring.stat()
    assert stat.S_IMODE(after.st_mode) == 0o600
    assert (after.st_uid, after.st_ino) != (owner.st_uid, owner.st_ino)
    assert [f.name for f in used.folder.iterdir() if "keyring" in f.name] == [
        used.ring.name
    ]


def test_who_opened_before_reads_and_writes_on_after_it_and_its_keys_are_new_ones(
    used: Demo,
) -> None:
    other = again(used)
    found = used.institution.rotate_keys()
    with other:
        assert other.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None
        nominate(other, "neighbour", OTHER)
        start_klaas(other, "g-new")
    assert wrapped_by(used)["key_record"] == {found.key}


def test_who_opened_before_wraps_nothing_by_the_old_key_unread(used: Demo) -> None:
    """The first thing it does after the rotation is to write."""
    other = again(used)
    found = used.institution.rotate_keys()
    with other:
        start_klaas(other, "g-new")
        execute(used.keys_url, "DELETE FROM named_key")
        execute(used.store_url, "DELETE FROM group_handle")
        other.link("g-new", KIND, NUMBER, AT_THE_TABLE)
    assert wrapped_by(used)["key_record"] == {found.key}
    assert wrapped_by(used)["named_key"] == {found.key}


def test_several_rotations_and_retired_keys_reach_who_opened_before(used: Demo) -> None:
    with again(used) as other:
        for _ in range(3):
            old = KeyRing.read(used.ring).current
            used.institution.rotate_keys()
            used.institution.retire_ring_key(old, backups_expired=True)
        (key,) = in_the_ring(used)
        assert key != "1"
        assert other.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None
        assert set_goal(other, "later", "later", OTHER).seq == 6
        # What it needs no more it does not keep.
        assert list(other._store.key_store.wraps.ring.keys) == [key]


def test_a_record_that_is_wrapped_anew_while_its_key_is_looked_for_is_read_again(
    used: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = used.institution.rotate_keys().key
    with again(used) as other:
        second = used.institution.rotate_keys().key
        ring = other._store.key_store.wraps.ring
        look, moved = ring.key, list[object]()

        def meanwhile(name: object) -> bytes | None:
            """Rotate between reading the record and reading the ring's file."""
            if not moved:
                moved.append(name)
                used.institution.rotate_keys()
                used.institution.retire_ring_key("1", backups_expired=True)
                used.institution.retire_ring_key(first, backups_expired=True)
                used.institution.retire_ring_key(second, backups_expired=True)
            return look(name)

        monkeypatch.setattr(ring, "key", meanwhile)
        assert other.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None
        assert moved == [second]


def documents_of(demo: Demo) -> list[Row]:
    return all_rows(demo.store_url, "document")


def test_a_record_keeps_what_it_holds_and_its_revision(used: Demo) -> None:
    before = {g: key_store(used).read(g) for g in used.institution.groups()}
    used.institution.rotate_keys()
    assert {g: key_store(used).read(g) for g in before} == before
    # So a copy of the key store from before lacks nothing.
    record = before[GROUP]
    assert record is not None
    set_goal(used.institution, "later", "later")
    needed = {r["group_id"]: r["keys_revision"] for r in documents_of(used)}
    assert needed[GROUP] == record.revision > 0


def test_somebody_forgotten_stays_forgotten(used: Demo) -> None:
    forget(used, MOTHER)
    used.institution.rotate_keys()
    view = used.institution.view(GROUP, AT_THE_TABLE)
    assert view.said(view.group.person(MOTHER).name) is ERASED


@contextmanager
def between(
    monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]
) -> Iterator[None]:
    """Do something once, when a record was opened and is not wrapped anew yet."""
    write, done = Wraps.write, list[object]()

    def after(self: Wraps, change: object) -> object:
        if not done:
            done.append(None)
            act()
        return write(self, change)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Wraps, "write", after)
        yield
    assert done


def test_who_rewrites_a_record_meanwhile_wins_and_it_is_wrapped_anew_afterwards(
    two_groups: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    with again(two_groups) as other:
        other.add_ring_key()
        with between(monkeypatch, lambda: forget(two_groups, MOTHER)):
            found = other.rewrap_keys()
    keys = key_store(two_groups).read(GROUP)
    assert keys is not None
    assert MOTHER not in keys.subjects
    assert wrapped_by(two_groups)["key_record"] == {found.key}


def test_a_key_that_was_added_waits_until_it_is_wanted(used: Demo) -> None:
    name = used.institution.add_ring_key()
    assert used.institution.add_ring_key() == name
    assert in_the_ring(used) == ["1", name]
    start_klaas(used.institution, "g-new")
    with again(used) as other:
        start_klaas(other, "g-newer")
    assert set(map(frozenset, wrapped_by(used).values())) == {frozenset({"1"})}
    waiting = used.institution.key_status()
    assert waiting.waiting == name
    # Rotating goes on with it.
    found = used.institution.rotate_keys()
    assert found == Rewrapped(key=name, records=5, left=())
    assert used.institution.key_status().waiting is None
    assert used.institution.rewrap_keys().records == 0


@pytest.mark.parametrize("apart", [True, False])
def test_two_who_rotate_at_once_take_turns_and_no_key_is_lost(
    used: Demo,
    apart: bool,  # noqa: FBT001
) -> None:
    with again(used) as one, again(used) as two:
        other = two if apart else one
        threads = [Thread(target=each.rotate_keys) for each in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    (key,) = wrapped_by(used)["ring_check"]
    assert wrapped_by(used)["key_record"] == {key}
    assert key in in_the_ring(used)
    assert used.institution.verify() == ()


def test_a_ring_that_was_replaced_meanwhile_is_not_replaced_by_what_knew_it_not(
    used: Demo,
) -> None:
    ring = KeyRing.read(used.ring)
    _, content = ring.more(os.urandom, Clock()())
    name = used.institution.add_ring_key()
    assert not ring.replace(content, lambda _: None)
    # Another thread read the file again; what was made of the old one knows it not.
    ring.refresh()
    assert not ring.replace(content, lambda _: None)
    assert in_the_ring(used) == ["1", name]


def test_a_key_in_use_stays(used: Demo) -> None:
    name = used.institution.add_ring_key()
    for key, count in (("1", 4), (name, 0)):
        with pytest.raises(RingKeyInUse) as caught:
            used.institution.retire_ring_key(key, backups_expired=True)
        assert caught.value.fields == {"key": key, "count": count}
    used.institution.rewrap_keys()

    def first_by_the_old(rows: list[Row]) -> list[Row]:
        return [rows[0] | {"ring_key": "1"}, *rows[1:]]

    with (
        tampered(used.keys_url, "key_record", first_by_the_old),
        pytest.raises(RingKeyInUse),
    ):
        used.institution.retire_ring_key("1", backups_expired=True)
    assert in_the_ring(used) == ["1", name]


def test_a_key_that_backups_may_need_stays_until_somebody_says_they_are_gone(
    used: Demo, tmp_path: Path
) -> None:
    place = key_store(used).wraps.database.place
    back_up([Wanted(place, Branch.KEYS, tmp_path / "old")])
    used.institution.rotate_keys()
    with pytest.raises(RingKeyInBackups) as caught:
        used.institution.retire_ring_key("1")
    assert "--backups-expired" in caught.value.sentence("nl")
    assert "1" in in_the_ring(used)
    kept = tmp_path / "kept.keyring"
    used.institution.copy_key_ring(kept)
    used.institution.retire_ring_key("1", backups_expired=True)
    # An old copy of the key store opens by the ring that still had the key, alone.
    (copy,) = (tmp_path / "old").iterdir()
    url = f"sqlite:///{copy}"
    with pytest.raises(KeyRingBehind) as behind:
        rgcore.open(used.toml, clock=Clock(), keys=url)
    assert behind.value.fields["key"] == "1"
    shutil.copy(kept, used.ring)
    with rgcore.open(used.toml, clock=Clock(), keys=url) as old:
        assert old.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None


def test_a_key_that_is_not_there_cannot_go(used: Demo) -> None:
    with pytest.raises(rgcore.InputError) as caught:
        used.institution.retire_ring_key("7", backups_expired=True)
    (problem,) = caught.value.problems
    assert (problem.code, problem.allowed) == ("input.no_ring_key", ("1",))


def test_a_record_that_does_not_open_is_left_and_named_and_the_rest_goes_on(
    used: Demo,
) -> None:
    def spoil(rows: list[Row]) -> list[Row]:
        return [
            row | {"sealed": bytes(60)} if row["group_id"] == GROUP else row
            for row in rows
        ]

    rows = all_rows(used.keys_url, "key_record")
    with tampered(used.keys_url, "key_record", spoil):
        found = used.institution.rotate_keys()
        assert (found.records, found.left) == (2, (GROUP,))
        with pytest.raises(RingKeyInUse):
            used.institution.retire_ring_key("1", backups_expired=True)
    assert all_rows(used.keys_url, "key_record") == rows
    assert used.institution.rewrap_keys().left == ()
    assert used.institution.verify() == ()


def test_a_record_of_a_key_that_nobody_has_is_told_apart_and_tells_nothing(
    used: Demo,
) -> None:
    def of_key(name: str) -> Callable[[list[Row]], list[Row]]:
        return lambda rows: [row | {"ring_key": name} for row in rows]

    for name, shown in (("2-abcdef", "2-abcdef"), (f"een {MARKER}", "?")):
        with tampered(used.keys_url, "key_record", of_key(name)):
            with pytest.raises(KeyRingBehind) as caught:
                used.institution.view(GROUP, AT_THE_TABLE)
            assert caught.value.fields["key"] == shown
            assert MARKER not in told(caught.value)
            assert isinstance(caught.value, StoreDamaged)
            assert {f.code for f in used.institution.verify()} == {"keys_altered"}


def test_an_older_copy_of_the_ring_is_told_from_the_ring_of_another(
    used: Demo, tmp_path: Path
) -> None:
    shutil.copy2(used.ring, tmp_path / "old.keyring")
    new = used.institution.rotate_keys().key
    used.institution.close()
    shutil.copy2(tmp_path / "old.keyring", used.ring)
    with pytest.raises(KeyRingBehind) as caught:
        open_demo(used.folder)
    assert caught.value.fields["key"] == new


def test_nothing_is_wrapped_by_a_key_that_does_not_open_the_mark(used: Demo) -> None:
    """A ring with another key of the same name, put there while it was open."""
    before = dump(used.keys_url)
    content = json.loads(used.ring.read_text("ascii"))
    other = {"1": content["keys"]["1"][:-5] + "AAAA="}
    used.ring.write_text(json.dumps(content | {"keys": other}))
    key_store(used).wraps.ring.refresh()
    for act in (
        lambda: start_klaas(used.institution, "g-new"),
        used.institution.rotate_keys,
        used.institution.rewrap_keys,
        lambda: used.institution.retire_ring_key("1", backups_expired=True),
    ):
        with pytest.raises(KeyRingWrong) as caught:
            act()
        assert content["keys"]["1"] not in told(caught.value)
    assert dump(used.keys_url) == before


def test_keys_are_told_nowhere(used: Demo, tmp_path: Path) -> None:
    used.institution.rotate_keys()
    ring = key_store(used).wraps.ring
    shown = f"{ring!r} {ring.as_it_stands()!r} {used.institution.key_status()!r}"
    shown += repr(used.institution.copy_key_ring(tmp_path / "copy.keyring"))
    for text in json.loads(used.ring.read_text("ascii"))["keys"].values():
        assert text[:12] not in shown
    for key in ring.keys.values():
        assert key.hex()[:12] not in shown
        assert repr(key)[2:14] not in shown


# The file.


def content_of(demo: Demo) -> tuple[bytes, RingFile]:
    """Return the ring's bytes, and a file with one key more."""
    ring = KeyRing.read(demo.ring)
    return demo.ring.read_bytes(), ring.more(os.urandom, Clock()())[1]


@only_files
def test_a_ring_is_replaced_at_one_moment(klaas: Demo) -> None:
    before, content = content_of(klaas)
    seen: list[tuple[str, bytes]] = []

    def look(point: str) -> None:
        seen.append((point, klaas.ring.read_bytes()))

    with klaas.ring.open("rb") as reading:
        assert replace_ring(klaas.ring, before, content, look)
        # Whoever was reading has the old one to the end.
        assert reading.read() == before
    assert seen == [("ring written", before), ("ring replaced", content.text())]
    assert read_ring(klaas.ring).keys == content.keys


@only_files
def test_a_new_ring_is_on_the_disk_before_it_takes_the_place_of_the_old(
    klaas: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, content = content_of(klaas)
    done: list[str] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        done.append("folder synced" if is_folder else "file synced")
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    assert replace_ring(klaas.ring, before, content, done.append)
    assert done == ["file synced", "ring written", "ring replaced", "folder synced"]


@only_files
def test_what_a_link_leads_to_is_replaced_and_not_the_link(
    klaas: Demo, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.keyring"
    klaas.ring.rename(elsewhere)
    klaas.ring.symlink_to(elsewhere)
    klaas.institution.rotate_keys()
    assert klaas.ring.is_symlink()
    assert len(json.loads(elsewhere.read_text("ascii"))["keys"]) == 2


@only_files
@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root gives files away"
)
def test_a_ring_that_an_administrator_rotates_still_belongs_to_its_owner(
    klaas: Demo,
) -> None:
    os.chown(klaas.ring, 65534, 65534)
    klaas.institution.rotate_keys()
    assert klaas.ring.stat().st_uid == 65534


@only_files
def test_where_the_ring_cannot_be_written_nothing_changes(klaas: Demo) -> None:
    klaas.folder.chmod(0o555)
    before = klaas.ring.read_bytes(), dump(klaas.keys)
    klaas.ring.chmod(0o600)
    os.chown(klaas.ring, 65534 if os.geteuid() == 0 else -1, -1)
    content = content_of(klaas)[1]
    with without_root(), pytest.raises(KeyRingNotWritten) as caught:
        replace_ring(klaas.ring, before[0], content, lambda _: None)
    assert caught.value.fields["kind"] == "PermissionError"
    klaas.folder.chmod(0o755)
    assert (klaas.ring.read_bytes(), dump(klaas.keys)) == before
    # It was still open.
    assert klaas.institution.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None


@only_files
def test_what_a_broken_off_rotation_left_is_removed_by_the_next(klaas: Demo) -> None:
    left = klaas.folder / "demo.keyring.part"
    left.write_text("half")
    klaas.institution.rotate_keys()
    assert not left.exists()


@only_files
def test_a_ring_of_which_the_dates_are_spoilt_still_opens(klaas: Demo) -> None:
    content = json.loads(klaas.ring.read_text("ascii"))
    for spoilt in (7, ["1"], {"1": 7}):
        klaas.ring.write_text(json.dumps(content | {"made_at": spoilt}))
        assert KeyRing.read(klaas.ring).made_at == {}


@only_files
def test_a_ring_that_is_gone_is_missed_when_a_key_is_not_known(klaas: Demo) -> None:
    with again(klaas) as other:
        klaas.institution.rotate_keys()
        content = klaas.ring.read_bytes()
        klaas.ring.write_bytes(content[:-20])
        with pytest.raises(KeyRingUnreadable):
            other.view(GROUP, AT_THE_TABLE)
        klaas.ring.write_bytes(content)
        assert other.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None


def test_threads_of_one_institution_look_for_a_new_key_together(used: Demo) -> None:
    with again(used) as other:
        used.institution.rotate_keys()
        failed: list[BaseException] = []
        go = Event()

        def look() -> None:
            go.wait()
            try:
                for _ in range(5):
                    other.view(GROUP, AT_THE_TABLE)
            except BaseException as error:  # noqa: BLE001 - told below
                failed.append(error)

        threads = [Thread(target=look) for _ in range(6)]
        for thread in threads:
            thread.start()
        go.set()
        for thread in threads:
            thread.join()
        assert failed == []


def test_points_at_which_it_can_be_broken_off(
    used: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The points of `tests/crash/test_keys_rotating.py` are those there are."""
    reached: list[str] = []
    monkeypatch.setattr(Rotation, "_reached", lambda _, point: reached.append(point))
    used.institution.rotate_keys()
    used.institution.retire_ring_key("1", backups_expired=True)
    assert reached == [
        "ring written",
        "ring replaced",
        "mark moved",
        *["record rewrapped"] * 3,
        "all rewrapped",
        "ring written",
        "ring replaced",
    ]
