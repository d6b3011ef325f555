"""Who can get at the key ring: its file, what lies beside it, and its folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from rgcore.store.keyring_file import COPIED, MARK

IS_CHECKED: Final = os.name == "posix"
"""Whether rights are looked at: those of Windows are not."""

_BEGINNING: Final = 64
"""How many bytes of a file say whether it is a key ring."""

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


@frozen(kw_only=True)
class Reach:
    """Who can get at a file or a folder.

    Attributes:
        path: Its whole path.
        mode: Its rights, as `chmod` takes them.
        problem: What is wrong: `read` (others can read the file), `write` (others can
            put something else into the folder), `owner` (it belongs to somebody else
            than the key ring does); `None` if nothing is.
    """

    path: str
    mode: str
    problem: str | None = None


def reaches(ring: Path, files: Iterable[Path] = ()) -> tuple[Reach, ...]:
    """Return who can get at a key ring; nothing where rights are not looked at.

    Args:
        ring: The file with the key ring.
        files: Other files that are for their owner alone.
    """
    return tuple(_reaches(ring, files)) if IS_CHECKED else ()


def _reaches(ring: Path, files: Iterable[Path]) -> Iterator[Reach]:
    owner = ring.stat().st_uid
    for file in (ring, *_beside(ring), *(one for one in files if one.exists())):
        yield _of_file(file, owner)
    own = {ring.absolute().parent, ring.resolve().parent}
    above = {folder for one in own for folder in one.parents} - own
    yield from (_of_folder(folder, owner) for folder in sorted(own))
    # Whoever can rename a folder further up can put another one into its place.
    found = (_of_folder(folder, owner) for folder in sorted(above))
    yield from (one for one in found if one.problem)


def _beside(ring: Path) -> list[Path]:
    """Return files that may be copies of the ring: of an editor, or by hand.

    Whatever they are called: a copy beside the ring is forgotten soon.
    """
    folder, known = ring.resolve().parent, {ring.name, f"{ring.name}{COPIED}"}
    try:
        files = [path for path in folder.iterdir() if path.is_file()]
    except PermissionError:
        # One may open a file in a folder without looking around in it.
        return []
    others = sorted(path for path in files if path.name not in known)
    return [p for p in others if p.name.startswith(ring.name) or _is_ring(p)]


def _is_ring(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return MARK in stream.read(_BEGINNING)
    except OSError:
        return False


def _of_file(path: Path, owner: int) -> Reach:
    found = path.stat()
    problem = None
    if found.st_mode & _OTHERS:
        problem = "read"
    elif found.st_uid != owner:
        problem = "owner"
    return Reach(path=str(path), mode=_mode(found), problem=problem)


def _of_folder(path: Path, owner: int) -> Reach:
    found = path.stat()
    problem = None
    # In a folder with the sticky bit others cannot touch what is not theirs.
    if found.st_mode & _OTHERS_WRITE and not found.st_mode & stat.S_ISVTX:
        problem = "write"
    elif found.st_uid not in {0, owner}:
        problem = "owner"
    return Reach(path=str(path), mode=_mode(found), problem=problem)


def _mode(found: os.stat_result) -> str:
    return f"{stat.S_IMODE(found.st_mode):03o}"
