"""Copies of the key ring, for a safe place: made, checked, and noted when that was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from rgcore.errors import RgcoreError
from rgcore.store.keyring import KeyRing, shown
from rgcore.store.keyring_file import COPIED, new_ring, write_note
from rgcore.store.keyring_places import IS_CHECKED, Reach, reaches
from rgcore.store.keystore_wraps import Wraps, opens
from rgcore.store.places import SqliteFile


@frozen(kw_only=True)
class Examined:
    """What a copy of the key ring opens.

    Attributes:
        keys: The names of the keys in it.
        lacks: Names of keys that the key store needs and the copy has not, or has
            under another key's name.
    """

    keys: tuple[str, ...]
    lacks: tuple[str, ...]


@frozen(kw_only=True)
class Copied:
    """When the key ring was last copied by rgcore.

    Attributes:
        at: When, in UTC.
        keys: The names of the keys that the copy has.
    """

    at: datetime
    keys: tuple[str, ...]


@frozen(kw_only=True)
class RingKey:
    """A key of the ring, and what it is used for.

    Attributes:
        name: Its name.
        records: How many records it wraps.
        is_current: Whether it wraps what is new.
        is_there: Whether the ring has it.
        made_at: When it was made, in UTC, as it stands in the ring, if it does.
    """

    name: str
    records: int
    is_current: bool
    is_there: bool
    made_at: str | None


@frozen(kw_only=True)
class RingStatus:
    """How the key ring stands.

    Attributes:
        file: Where it lies.
        wrapper: What wraps its keys; `None` if they stand in the clear.
        waiting: The name of a key that was added and is not in use yet; `None` if
            there is none.
        keys: Its keys, and those that it lacks.
        copied: When it was last copied, if that is known.
        is_checked: Whether rights are looked at on this machine.
        reaches: Who can get at it.
    """

    file: str
    wrapper: str | None
    waiting: str | None
    keys: tuple[RingKey, ...]
    copied: Copied | None
    is_checked: bool
    reaches: tuple[Reach, ...]


def examine(wraps: Wraps, ring: KeyRing) -> Examined:
    """Return what a copy of the key ring opens of a key store.

    Args:
        wraps: What wraps the keys in the store.
        ring: The copy, as it was read.
    """
    opened, needed = set[str](), dict[str, None]()
    for record in wraps.samples():
        needed[record.ring_key] = None
        key = ring.keys.get(record.ring_key)
        if key is not None and opens(key, record):
            opened.add(record.ring_key)
    lacks = (shown(name) for name in needed if name not in opened)
    return Examined(keys=tuple(ring.keys), lacks=tuple(lacks))


def copy_ring(wraps: Wraps, target: Path, at: datetime, *, plain: bool) -> Examined:
    """Copy the key ring to a new file that only its owner can read, and check it.

    Args:
        wraps: What wraps the keys in the store.
        target: The file; it must not exist yet.
        at: Now, in UTC.
        plain: Whether keys that a service wraps shall stand in the clear.

    Raises:
        StoreExists: The file is there already.
        KeyRingNotWritten: It cannot be written there.
        KeyRingOpenToOthers: Others can read what is written there; it was removed.
        KeyWrapperFailed: What wraps the ring's keys did not do its work.
    """
    ring = wraps.ring
    ring.refresh()
    new_ring(target, ring.plain() if plain else ring.as_it_stands())
    try:
        copy = KeyRing.read(target, None if plain else ring.wrapping)
        found = examine(wraps, copy)
    except RgcoreError:
        target.unlink(missing_ok=True)
        raise
    _note(ring, at, found)
    return found


def status(wraps: Wraps) -> RingStatus:
    """Return how the key ring stands.

    Args:
        wraps: What wraps the keys in the store.
    """
    ring = wraps.ring
    ring.refresh()
    with wraps.database.reading() as connection:
        counts = wraps.counts(connection)
    mark = wraps.mark().ring_key
    place = wraps.database.place
    return RingStatus(
        file=ring.file,
        wrapper=ring.wrapping.name if ring.wrapping else None,
        waiting=None if ring.current == mark else ring.current,
        keys=tuple(_key(ring, name, counts, mark) for name in {**ring.keys, **counts}),
        copied=_noted(ring),
        is_checked=IS_CHECKED,
        reaches=reaches(
            ring.path, [place.path] if isinstance(place, SqliteFile) else []
        ),
    )


def _key(ring: KeyRing, name: str, counts: Mapping[str, int], mark: str) -> RingKey:
    return RingKey(
        name=shown(name),
        records=counts.get(name, 0),
        is_current=name == mark,
        is_there=name in ring.keys,
        made_at=ring.made_at.get(name),
    )


_AT: Final = "at"
_KEYS: Final = "keys"


def _note(ring: KeyRing, at: datetime, found: Examined) -> None:
    """Note beside the ring when it was copied, never where to."""
    note = {_AT: at.isoformat(timespec="seconds"), _KEYS: list(found.keys)}
    # The copy is there; that nobody will know when it was made is no reason to fail.
    with suppress(OSError):
        write_note(_beside(ring), json.dumps(note).encode())


def _noted(ring: KeyRing) -> Copied | None:
    try:
        note: Any = json.loads(_beside(ring).read_text("ascii"))
        at, keys = datetime.fromisoformat(note[_AT]), tuple(map(str, note[_KEYS]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Copied(at=at, keys=keys)


def _beside(ring: KeyRing) -> Path:
    path = ring.path.resolve()
    return path.with_name(f"{path.name}{COPIED}")
