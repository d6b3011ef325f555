"""A copy of the key ring is for its owner alone, and is known to open the store."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from databases import execute, only_files
from rgcore.errors import (
    KeyRingNotWritten,
    KeyRingOpenToOthers,
    KeyRingWrong,
    StoreExists,
)
from rgcore.store import KeyRing, KeyStore, keyring_file
from rgcore.store.keyring_copies import examine
from support import AT_THE_TABLE, GROUP, KLAAS, Demo, make_demo, open_demo


def wraps_of(demo: Demo) -> KeyStore:
    return demo.institution._store.key_store


def test_a_copy_is_the_ring_for_its_owner_alone(klaas: Demo, tmp_path: Path) -> None:
    klaas.institution.rotate_keys()
    copy = tmp_path / "copy.keyring"
    found = klaas.institution.copy_key_ring(copy)
    assert (found.keys, found.lacks) == (tuple(KeyRing.read(klaas.ring).keys), ())
    assert copy.read_bytes() == klaas.ring.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    klaas.institution.close()
    klaas.ring.unlink()
    copy.rename(klaas.ring)
    with open_demo(klaas.folder) as back:
        assert back.institution.view(GROUP, AT_THE_TABLE).name(KLAAS) is not None


@only_files
def test_nothing_is_overwritten(klaas: Demo, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("something")
    with pytest.raises(StoreExists):
        klaas.institution.copy_key_ring(tmp_path / "there")
    assert (tmp_path / "there").read_text() == "something"
    assert klaas.institution.key_status().copied is None


@only_files
def test_a_place_that_is_not_there_is_an_error(klaas: Demo, tmp_path: Path) -> None:
    with pytest.raises(KeyRingNotWritten) as caught:
        klaas.institution.copy_key_ring(tmp_path / "not" / "there")
    assert caught.value.fields["kind"] == "FileNotFoundError"


@only_files
@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_a_copy_that_others_can_read_does_not_stay(
    klaas: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a stick whose file system knows no rights."""
    monkeypatch.setattr(keyring_file, "_OWNER_ONLY", 0o644)
    with pytest.raises(KeyRingOpenToOthers):
        klaas.institution.copy_key_ring(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_copy_from_before_lacks_the_new_key_and_one_with_it_does_not(
    klaas: Demo, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    klaas.institution.copy_key_ring(old)
    key = klaas.institution.add_ring_key()
    klaas.institution.copy_key_ring(new)
    wraps = wraps_of(klaas).wraps
    for copy in (old, new):
        assert examine(wraps, KeyRing.read(copy)).lacks == ()
    klaas.institution.rewrap_keys()
    assert examine(wraps, KeyRing.read(old)).lacks == (key,)
    assert examine(wraps, KeyRing.read(new)).lacks == ()


def test_a_copy_that_has_the_mark_s_key_and_not_an_older_one_lacks_that(
    klaas: Demo, tmp_path: Path
) -> None:
    """Whether a ring opens everything is not said by the mark alone."""
    klaas.institution.rotate_keys()
    copy = tmp_path / "copy"
    klaas.institution.copy_key_ring(copy)
    content = json.loads(copy.read_text("ascii"))
    del content["keys"]["1"]
    copy.write_text(json.dumps(content))
    execute(klaas.keys_url, "UPDATE key_record SET ring_key = '1'")
    assert examine(wraps_of(klaas).wraps, KeyRing.read(copy)).lacks == ("1",)


def test_a_ring_of_another_with_a_key_of_that_name_opens_nothing(
    klaas: Demo, tmp_path: Path
) -> None:
    other = make_demo(tmp_path / "other", "other").with_name("demo.keyring")
    found = examine(wraps_of(klaas).wraps, KeyRing.read(other))
    assert found.lacks == ("1",)
    klaas.institution.close()
    shutil.copy2(other, klaas.ring)
    with pytest.raises(KeyRingWrong):
        open_demo(klaas.folder)


@only_files
def test_when_it_was_copied_is_known_and_which_keys_that_copy_has(
    klaas: Demo, tmp_path: Path
) -> None:
    assert klaas.institution.key_status().copied is None
    klaas.institution.copy_key_ring(tmp_path / "somewhere")
    copied = klaas.institution.key_status().copied
    assert copied is not None
    assert (copied.at, copied.keys) == (klaas.clock(), ("1",))
    note = klaas.folder / "demo.keyring.copied"
    assert "somewhere" not in note.read_text("ascii")
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    for spoilt in ("", "{}", "[]", '{"at": "gisteren", "keys": []}', "\0"):
        note.write_text(spoilt)
        assert klaas.institution.key_status().copied is None


@only_files
def test_a_copy_stays_where_it_cannot_be_noted(klaas: Demo, tmp_path: Path) -> None:
    (klaas.folder / "demo.keyring.copied").mkdir()
    found = klaas.institution.copy_key_ring(tmp_path / "copy")
    assert found.lacks == ()
    assert (tmp_path / "copy").exists()
    assert klaas.institution.key_status().copied is None


def test_status_says_which_key_wraps_how_much(klaas: Demo) -> None:
    before = klaas.institution.key_status()
    assert [(k.name, k.records, k.is_current) for k in before.keys] == [("1", 2, True)]
    assert before.keys[0].made_at == "2025-01-06T11:00:00+00:00"
    name = klaas.institution.add_ring_key()
    waiting = klaas.institution.key_status()
    assert waiting.waiting == name
    assert [(k.name, k.records) for k in waiting.keys] == [("1", 2), (name, 0)]
    klaas.institution.rewrap_keys()
    after = klaas.institution.key_status()
    found = [(k.name, k.records, k.is_current, k.is_there) for k in after.keys]
    assert found == [("1", 0, False, True), (name, 2, True, True)]
    execute(klaas.keys_url, "UPDATE key_record SET ring_key = '7'")
    lacking = klaas.institution.key_status().keys[-1]
    assert (lacking.name, lacking.records, lacking.is_there) == ("7", 1, False)
