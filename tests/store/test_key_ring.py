"""A key ring that cannot be used is refused with a sentence, and tells no key."""

from __future__ import annotations

import base64
import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from rgcore import RgcoreError
from rgcore.errors import (
    KeyRingBehind,
    KeyRingMissing,
    KeyRingOpenToOthers,
    KeyRingUnreadable,
    KeyRingWrong,
    StoreExists,
)
from rgcore.store import KeyRing
from support import (
    AT_THE_TABLE,
    GROUP,
    Demo,
    all_bytes,
    make_demo,
    open_demo,
    start_klaas,
    told,
)

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")


@pytest.fixture
def closed(klaas: Demo) -> Demo:
    """Give an institution that has a group and is not open."""
    klaas.institution.close()
    return klaas


def keys_in(ring: Path) -> list[str]:
    """Return every form in which a key of a ring could be told."""
    found = []
    for key in json.loads(ring.read_text("ascii"))["keys"].values():
        raw = base64.b64decode(key)
        found += [key, key[:20], raw.hex(), repr(raw), repr(raw)[2:20]]
    return found


def refused(demo: Demo, expected: type[RgcoreError]) -> None:
    """Make sure that opening fails clearly, tells no key and alters no file."""
    kept = demo.folder.parent / "kept.keyring"
    secrets = keys_in(kept) if kept.exists() else []
    before = dict(all_bytes(demo.folder))
    with pytest.raises(expected) as caught:
        open_demo(demo.folder)
    error = caught.value
    assert type(error) is expected
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__
    assert "During handling" not in told(error)
    for secret in secrets:
        assert secret not in told(error)
    sentences = {error.sentence("nl"), error.sentence("en")}
    assert len(sentences) == 2
    assert all("demo.keyring" in sentence for sentence in sentences)
    databases = {n: c for n, c in all_bytes(demo.folder) if n.endswith(".db")}
    assert databases == {n: c for n, c in before.items() if n.endswith(".db")}


def damaging(alter: Callable[[str], str | bytes]) -> Callable[[Demo], None]:
    """Return what keeps a copy of the ring elsewhere and alters the ring."""

    def damage(demo: Demo) -> None:
        shutil.copy(demo.ring, demo.folder.parent / "kept.keyring")
        altered = alter(demo.ring.read_text("ascii"))
        raw = altered if isinstance(altered, bytes) else altered.encode()
        demo.ring.write_bytes(raw)

    return damage


def edited(**values: object) -> Callable[[str], str]:
    return lambda text: json.dumps(json.loads(text) | values)


KEY = base64.b64encode(bytes(32)).decode()
DAMAGES: dict[str, Callable[[str], str | bytes]] = {
    "empty": lambda _: "",
    "truncated": lambda text: text[:-40],
    "cut in a key": lambda text: text[: text.index('"keys"') + 30],
    "something else": lambda _: "-----BEGIN PRIVATE KEY-----",
    "another JSON": lambda _: "[1, 2]",
    "a number": lambda _: "7",
    "null": lambda _: "null",
    "no keys": lambda text: text.replace('"keys"', '"kees"'),
    "keys are a list": edited(keys=[KEY]),
    "keys are numbers": edited(keys={"1": 7}),
    "short key": edited(keys={"1": KEY[:20]}),
    "not base64": edited(keys={"1": "!" * 44}),
    "no base64 of ours": edited(keys={"1": KEY + "\u00e9"}),
    "current is not there": edited(current="2"),
    "current is a list": edited(current=["1"]),
    "newer ring": edited(rgcore_key_ring=2),
    "not ASCII": lambda text: text.encode() + b"\xff\xfe",
    "UTF-16": lambda text: text.encode("utf-16"),
    "nested too deep": lambda _: "[" * 100_000,
    "NUL": lambda text: text + "\0",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_file_that_is_no_key_ring(closed: Demo, damage: str) -> None:
    damaging(DAMAGES[damage])(closed)
    refused(closed, KeyRingUnreadable)


def test_folder_in_place_of_a_key_ring(closed: Demo) -> None:
    closed.ring.unlink()
    closed.ring.mkdir(mode=0o700)
    refused(closed, KeyRingUnreadable)


def test_missing_key_ring(closed: Demo) -> None:
    shutil.move(closed.ring, closed.folder.parent / "kept.keyring")
    refused(closed, KeyRingMissing)


@POSIX
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
def test_key_ring_that_others_can_reach(closed: Demo, mode: int) -> None:
    shutil.copy(closed.ring, closed.folder.parent / "kept.keyring")
    closed.ring.chmod(mode)
    refused(closed, KeyRingOpenToOthers)


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_key_ring_of_its_owner_opens(closed: Demo, mode: int) -> None:
    closed.ring.chmod(mode)
    with open_demo(closed.folder) as demo:
        assert demo.institution.view(GROUP, AT_THE_TABLE).group.id == GROUP


@POSIX
def test_new_key_ring_is_its_owner_s_alone(demo: Demo) -> None:
    assert stat.S_IMODE(demo.ring.stat().st_mode) == 0o600


def test_key_ring_of_another_institution(closed: Demo, tmp_path: Path) -> None:
    other = make_demo(tmp_path / "other", "other").parent
    shutil.copy(closed.ring, closed.folder.parent / "kept.keyring")
    shutil.copy(other / "demo.keyring", closed.ring)
    refused(closed, KeyRingWrong)


def test_key_ring_with_another_key_of_the_same_name(closed: Demo) -> None:
    damaging(edited(keys={"1": KEY}))(closed)
    refused(closed, KeyRingWrong)


def test_key_ring_that_lacks_the_key_that_was_used(closed: Demo) -> None:
    damaging(edited(keys={"2": KEY}, current="2"))(closed)
    refused(closed, KeyRingBehind)


def test_key_ring_with_a_newer_key_beside_the_old_one_opens(closed: Demo) -> None:
    keys = json.loads(closed.ring.read_text("ascii"))["keys"]
    damaging(edited(keys=keys | {"2": KEY}, current="2"))(closed)
    with open_demo(closed.folder) as demo:
        start_klaas(demo.institution, "g-two")
        assert demo.institution.view(GROUP, AT_THE_TABLE).group.id == GROUP
        assert demo.institution.view("g-two", AT_THE_TABLE).group.seq == 1
        assert demo.institution.verify() == ()


def test_making_a_ring_leaves_another_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.keyring"
    KeyRing.make(path, os.urandom)
    before = path.read_bytes()
    with pytest.raises(StoreExists):
        KeyRing.make(path, os.urandom)
    assert path.read_bytes() == before
