"""The file of a key ring: it is read, made and replaced whole, or not at all."""

from __future__ import annotations

import base64
import binascii
import json
import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from rgcore.errors import (
    KeyRingMissing,
    KeyRingNotWritten,
    KeyRingOpenToOthers,
    KeyRingUnreadable,
    StoreExists,
)
from rgcore.store.sealing import KEY_BYTES

_PLAIN: Final = 1
_WRAPPED: Final = 2
_OWNER_ONLY: Final = 0o600
_NOT_ONE: Final = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    binascii.Error,
)

MARK: Final = b'"rgcore_key_ring"'
"""What stands at the beginning of every file that is a key ring."""

COPIED: Final = ".copied"
"""What the file is called, behind the ring's name, that says when it was copied."""

Reached = Callable[[str], None]
"""Told what was done last: tests of a crash stop the process there."""


@frozen(repr=False, kw_only=True)
class RingFile:
    """What stands in the file of a key ring.

    Attributes:
        current: The name of the key that should wrap everything.
        keys: Every key by name, as it stands there: itself, or wrapped.
        wrapper: The name of what wrapped them; `None` if they stand in the clear.
        made_at: When each of them was made, in UTC, as far as that is known.
        raw: The bytes of the file that was read; those of the one it was made from if
            it was altered since, and none if it is new.
    """

    current: str
    keys: Mapping[str, bytes]
    wrapper: str | None = None
    made_at: Mapping[str, str] = field(factory=dict)
    raw: bytes = b""

    def __repr__(self) -> str:
        """Show how many keys, never one."""
        return f"RingFile({len(self.keys)} keys)"

    def text(self) -> bytes:
        """Return it as the bytes of a file."""
        content: dict[str, object] = {
            "rgcore_key_ring": _PLAIN if self.wrapper is None else _WRAPPED,
            "current": self.current,
        }
        if self.wrapper is not None:
            content["wrapper"] = self.wrapper
        if made := {k: v for k, v in self.made_at.items() if k in self.keys}:
            content["made_at"] = made
        content["keys"] = {
            name: base64.b64encode(key).decode() for name, key in self.keys.items()
        }
        return json.dumps(content, indent=1).encode("ascii")


def read_ring(path: Path) -> RingFile:
    """Read the file of a key ring.

    Args:
        path: The file.

    Raises:
        KeyRingMissing: The file is not there.
        KeyRingOpenToOthers: Others on the machine can read it (POSIX only).
        KeyRingUnreadable: It is no key ring.
    """
    try:
        with path.open("rb") as stream:
            # Of the file that is read, not of one that takes its place meanwhile.
            mode = os.fstat(stream.fileno()).st_mode
            raw = stream.read()
    except FileNotFoundError:
        raise KeyRingMissing(file=path) from None
    except OSError:
        raise KeyRingUnreadable(file=path) from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyRingOpenToOthers(file=path)
    found = _parsed(raw)
    if found is None:
        raise KeyRingUnreadable(file=path)
    return found


def _parsed(raw: bytes) -> RingFile | None:
    try:
        content: Any = json.loads(raw.decode("ascii"))
        keys = {
            name: base64.b64decode(key, validate=True)
            for name, key in content["keys"].items()
        }
        current, version = content["current"], content["rgcore_key_ring"]
        is_whole = current in keys and all(keys.values())
        wrapper = content["wrapper"] if version == _WRAPPED else None
        made_at = content.get("made_at", {})
    except _NOT_ONE:
        return None
    if version == _WRAPPED:
        is_whole = is_whole and isinstance(wrapper, str)
    else:
        is_plain = all(len(key) == KEY_BYTES for key in keys.values())
        is_whole = is_whole and version == _PLAIN and is_plain
    if not is_whole:
        return None
    return RingFile(
        current=current, keys=keys, wrapper=wrapper, made_at=_times(made_at), raw=raw
    )


def _times(found: object) -> dict[str, str]:
    """Return when keys were made; a ring opens whether that can be read or not."""
    given = found if isinstance(found, dict) else {}
    return {name: at for name, at in given.items() if isinstance(at, str)}


def new_ring(path: Path, content: RingFile) -> None:
    """Write a new file that only its owner can read; half a file does not stay.

    Args:
        path: The file; it must not exist yet.
        content: What shall stand in it.

    Raises:
        StoreExists: The file is there already.
        KeyRingNotWritten: It cannot be written there.
    """
    try:
        _write(path, content.text(), None)
        _sync_folder(path)
    except FileExistsError:
        raise StoreExists(file=path) from None
    except OSError as error:
        kind = type(error).__name__
    else:
        return
    _remove(path)
    raise KeyRingNotWritten(file=path, kind=kind)


def replace_ring(
    path: Path, before: bytes, content: RingFile, reached: Reached
) -> bool:
    """Put a new file into the place of the old one, at one moment.

    At every moment one of the two is there, whole and on the disk.

    Args:
        path: The file. Where it is a link, what it leads to is replaced.
        before: What should stand in it.
        content: What shall stand in it.
        reached: Told what was done last.

    Returns:
        Whether it was done: not if something else stands in it by now.

    Raises:
        KeyRingNotWritten: It cannot be written there.
    """
    target = path.resolve()
    half = target.with_name(f"{target.name}.part")
    try:
        if target.read_bytes() != before:
            return False
        # What a process that broke off has left.
        half.unlink(missing_ok=True)
        _write(half, content.text(), target.stat())
        reached("ring written")
        half.replace(target)
        reached("ring replaced")
        _sync_folder(target)
    except OSError as error:
        kind = type(error).__name__
    else:
        return True
    _remove(half)
    raise KeyRingNotWritten(file=path, kind=kind)


def write_note(path: Path, raw: bytes) -> None:
    """Write a small file anew that only its owner can read.

    Args:
        path: The file.
        raw: Its bytes.
    """
    half = path.with_name(f"{path.name}.part")
    half.unlink(missing_ok=True)
    _write(half, raw, None)
    half.replace(path)


def _write(path: Path, raw: bytes, like: os.stat_result | None) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "wb") as stream:
        if like is not None and os.name == "posix":
            _give(stream.fileno(), like.st_uid)
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())


def _give(handle: int, owner: int) -> None:
    """Let a file belong to whom the old one belonged: an administrator may write it."""
    if os.fstat(handle).st_uid != owner:
        os.fchown(handle, owner, -1)


def _sync_folder(path: Path) -> None:
    """Wait until the name of a file is on the disk too."""
    if os.name != "posix":
        return
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
