"""The key ring: the institution's own keys, in a file that only it can read.

The ring wraps the keys of groups and people; it lies neither in the database nor
in the key store. Whoever holds it opens every leaf: keys are for erasing and for
the thief of a database, not for access.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from rgcore.domain.inspection import look_over_id
from rgcore.errors import KeyRingPlain, KeyRingWrapped
from rgcore.store.keyring_file import (
    Reached,
    RingFile,
    new_ring,
    read_ring,
    replace_ring,
)
from rgcore.store.kms import Wrapping
from rgcore.store.sealing import KEY_BYTES, Entropy

_FIRST: Final = "1"
_MARK_BYTES: Final = 3
"""Of what is drawn for a key's name, so that no two keys ever have one name."""


@frozen(repr=False)
class _Held:
    """A ring as it was last read: one moment, for all threads."""

    file: RingFile
    keys: Mapping[str, bytes]


class KeyRing:
    """The institution's keys by name.

    It may be shared between threads. Another process may replace its file: a key that
    is not known here is looked for in the file before it counts as missing.
    """

    def __init__(self, path: Path, wrapping: Wrapping | None, held: _Held) -> None:
        self._path = path
        self._wrapping = wrapping
        self._held = held
        self._lock = Lock()

    def __repr__(self) -> str:
        """Show the file, never a key."""
        return f"KeyRing({self.file!r})"

    @classmethod
    def make(
        cls,
        path: Path,
        entropy: Entropy,
        wrapping: Wrapping | None = None,
        at: datetime | None = None,
    ) -> KeyRing:
        """Make a new key ring in a file that only its owner can read.

        Args:
            path: The file; it must not exist yet.
            entropy: Gives the key.
            wrapping: What wraps the key; it stands in the clear if there is none.
            at: Now, in UTC.

        Raises:
            StoreExists: The file is there already.
            KeyRingNotWritten: It cannot be written there.
            KeyWrapperFailed: The wrapper did not do its work.
        """
        key = entropy(KEY_BYTES)
        made_at = {} if at is None else {_FIRST: _stamp(at)}
        content = RingFile(
            current=_FIRST,
            keys={_FIRST: wrapping.wrap(path, _FIRST, key) if wrapping else key},
            wrapper=wrapping.name if wrapping else None,
            made_at=made_at,
        )
        new_ring(path, content)
        return cls.read(path, wrapping)

    @classmethod
    def read(cls, path: Path, wrapping: Wrapping | None = None) -> KeyRing:
        """Read a key ring.

        Args:
            path: The file.
            wrapping: What unwraps its keys, if they are wrapped.

        Raises:
            KeyRingMissing: The file is not there.
            KeyRingOpenToOthers: Others on the machine can read it (POSIX only).
            KeyRingUnreadable: It is no key ring.
            KeyRingWrapped, KeyRingPlain: Something else wrapped it than what is given.
            KeyWrapperFailed: The wrapper did not do its work.
        """
        return cls(path, wrapping, _read(path, wrapping, None))

    @property
    def file(self) -> str:
        """The file they came from, for messages."""
        return str(self._path)

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def wrapping(self) -> Wrapping | None:
        """What wraps and unwraps its keys; `None` if they stand in the clear."""
        return self._wrapping

    @property
    def current(self) -> str:
        """The name of the key that should wrap everything."""
        return self._held.file.current

    @property
    def keys(self) -> Mapping[str, bytes]:
        """Every key by name."""
        return self._held.keys

    @property
    def made_at(self) -> Mapping[str, str]:
        """When each key was made, in UTC, as far as that is known."""
        return self._held.file.made_at

    def key(self, name: object) -> bytes | None:
        """Return a key; `None` if even the file has none of this name.

        Args:
            name: Its name, as a record says it.

        Raises:
            KeyRingMissing, KeyRingOpenToOthers, KeyRingUnreadable: The key is not
                known, and the file cannot be read.
            KeyRingWrapped, KeyRingPlain, KeyWrapperFailed: The key is not known, and
                the file's keys cannot be unwrapped.
        """
        if not isinstance(name, str):
            return None
        key = self._held.keys.get(name)
        if key is None:
            with self._lock:
                # Whoever had the lock before may have looked for the same.
                if name not in self._held.keys:
                    self._held = _read(self._path, self._wrapping, self._held)
            key = self._held.keys.get(name)
        return key

    def refresh(self) -> None:
        """Read the file again; only keys that are new there are unwrapped.

        Raises:
            KeyRingMissing, KeyRingOpenToOthers, KeyRingUnreadable: It cannot be read.
            KeyRingWrapped, KeyRingPlain, KeyWrapperFailed: Its keys cannot be
                unwrapped.
        """
        with self._lock:
            self._held = _read(self._path, self._wrapping, self._held)

    def is_as_read(self) -> bool:
        """Tell whether the file is as it was when it was last read."""
        return read_ring(self._path).raw == self._held.file.raw

    def more(self, entropy: Entropy, at: datetime) -> tuple[str, RingFile]:
        """Return a file with one more key, which is the current one, and its name.

        Args:
            entropy: Gives the key and a part of its name.
            at: Now, in UTC.

        Raises:
            KeyWrapperFailed: The wrapper did not do its work.
        """
        file = self._held.file
        name = f"{_next(file)}-{entropy(_MARK_BYTES).hex()}"
        key = entropy(KEY_BYTES)
        if self._wrapping is not None:
            key = self._wrapping.wrap(self._path, name, key)
        made_at = {**file.made_at, name: _stamp(at)}
        keys = {**file.keys, name: key}
        return name, evolve(file, current=name, keys=keys, made_at=made_at)

    def less(self, name: str) -> RingFile:
        """Return a file without a key.

        Args:
            name: Its name.
        """
        file = self._held.file
        return evolve(file, keys={n: k for n, k in file.keys.items() if n != name})

    def plain(self) -> RingFile:
        """Return a file in which the keys stand in the clear."""
        held = self._held
        return evolve(held.file, keys=held.keys, wrapper=None)

    def wrapped(self, wrapping: Wrapping) -> RingFile:
        """Return a file with the same keys, wrapped.

        Args:
            wrapping: What wraps them.

        Raises:
            KeyWrapperFailed: The wrapper did not do its work.
        """
        held = self._held
        keys = {n: wrapping.wrap(self._path, n, k) for n, k in held.keys.items()}
        return evolve(held.file, keys=keys, wrapper=wrapping.name)

    def as_it_stands(self) -> RingFile:
        """Return the file as it was last read."""
        return self._held.file

    def replace(self, content: RingFile, reached: Reached) -> bool:
        """Put another file into the place of the one that it was made from.

        Args:
            content: What shall stand in it, as `more`, `less` or `wrapped` gave it.
            reached: Told what was done last.

        Returns:
            Whether it was done: not if somebody else replaced it meanwhile.

        Raises:
            KeyRingNotWritten: It cannot be written there.
        """
        # Not what is held by now: another thread may have read the file again.
        return replace_ring(self._path, content.raw, content, reached)


def shown(name: object) -> str:
    """Return a key's name as it may be told: a record may have been altered.

    Args:
        name: The name.
    """
    return "?" if look_over_id(name, "") else str(name)


def _next(file: RingFile) -> int:
    numbers = [name.partition("-")[0] for name in file.keys]
    return 1 + max((int(n) for n in numbers if n.isdecimal()), default=0)


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _read(path: Path, wrapping: Wrapping | None, before: _Held | None) -> _Held:
    file = read_ring(path)
    if file.wrapper is None:
        if wrapping is not None:
            raise KeyRingPlain(file=path, wrapper=wrapping.name)
        return _Held(file, MappingProxyType(file.keys))
    if wrapping is None or wrapping.name != file.wrapper:
        raise KeyRingWrapped(file=path, wrapper=shown(file.wrapper))
    keys = {
        name: _known(before, name, wrapped) or wrapping.unwrap(path, name, wrapped)
        for name, wrapped in file.keys.items()
    }
    return _Held(file, MappingProxyType(keys))


def _known(before: _Held | None, name: str, wrapped: bytes) -> bytes | None:
    """Return a key that was unwrapped before: a service is not asked twice."""
    if before is None or before.file.keys.get(name) != wrapped:
        return None
    return before.keys.get(name)
