"""Who can get at the key ring: told with what to do, where it can be told at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from databases import only_files
from rgcore.store import keyring_copies, keyring_places
from rgcore.store.keyring_places import reaches
from support import Demo

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")


def problems(demo: Demo) -> dict[str, str]:
    """Return what is wrong, by the path below the folder above the demo's."""
    above = demo.folder.parent
    found = demo.institution.key_status().reaches
    return {os.path.relpath(r.path, above): r.problem for r in found if r.problem}


@only_files
def test_all_is_well_with_what_was_just_made(demo: Demo) -> None:
    found = {Path(r.path): r.mode for r in demo.institution.key_status().reaches}
    assert problems(demo) == {}
    assert found[demo.ring] == "600"
    assert set(found) == {demo.ring, demo.keys, demo.folder}


@only_files
def test_a_key_store_that_others_can_read_is_named(demo: Demo) -> None:
    demo.keys.chmod(0o640)
    assert problems(demo) == {"demo/demo.keys.db": "read"}


@only_files
@pytest.mark.parametrize("mode", [0o777, 0o775, 0o757])
def test_a_folder_where_others_can_put_files_is_named(demo: Demo, mode: int) -> None:
    demo.folder.chmod(mode)
    assert problems(demo) == {"demo": "write"}


@only_files
def test_a_folder_where_others_can_add_and_not_replace_is_none(demo: Demo) -> None:
    demo.folder.chmod(0o1777)
    assert problems(demo) == {}


@only_files
def test_a_folder_further_up_where_others_can_rename_is_named(demo: Demo) -> None:
    demo.folder.parent.chmod(0o777)
    try:
        assert problems(demo) == {".": "write"}
    finally:
        demo.folder.parent.chmod(0o700)


@only_files
@pytest.mark.parametrize(
    "name", ["demo.keyring~", "demo.keyring.part", "demo.keyring.bak", "a copy"]
)
def test_a_copy_beside_the_ring_is_listed_and_named_if_others_can_read_it(
    demo: Demo, name: str
) -> None:
    shutil.copy2(demo.ring, demo.folder / name)
    listed = {Path(r.path).name for r in demo.institution.key_status().reaches}
    assert name in listed
    assert problems(demo) == {}
    (demo.folder / name).chmod(0o644)
    assert problems(demo) == {f"demo/{name}": "read"}


@only_files
def test_what_a_link_leads_to_is_looked_at_too(demo: Demo, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    demo.ring.rename(elsewhere / "other.keyring")
    demo.ring.symlink_to(elsewhere / "other.keyring")
    elsewhere.chmod(0o777)
    assert problems(demo) == {"elsewhere": "write"}


@only_files
@pytest.mark.skipif(
    os.name == "posix" and os.geteuid() != 0, reason="only root gives files away"
)
def test_what_belongs_to_somebody_else_than_the_ring_is_named(demo: Demo) -> None:
    os.chown(demo.folder, 65534, -1)
    os.chown(demo.keys, 65534, -1)
    assert problems(demo) == {"demo": "owner", "demo/demo.keys.db": "owner"}
    # An administrator looks at files of the account that runs rgcore.
    os.chown(demo.ring, 65534, -1)
    assert problems(demo) == {}


@only_files
def test_where_rights_are_not_looked_at_that_is_said(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring_places, "IS_CHECKED", False)
    monkeypatch.setattr(keyring_copies, "IS_CHECKED", False)
    demo.folder.chmod(0o777)
    found = demo.institution.key_status()
    assert not found.is_checked
    assert found.reaches == ()


@only_files
def test_a_folder_that_cannot_be_listed_is_no_fault(demo: Demo) -> None:
    def closed(self: Path) -> object:
        raise PermissionError(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "iterdir", closed)
        assert [Path(r.path).name for r in reaches(demo.ring)][:1] == ["demo.keyring"]
