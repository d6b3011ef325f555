"""The key ring: the institution's own keys, in a file that only it can read.

The ring wraps the keys of groups and people; it lies neither in the database nor
in the key store. Whoever holds it opens every leaf: keys are for erasing and for
the thief of a database, not for access.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from rgcore.errors import (
    KeyRingMissing,
    KeyRingOpenToOthers,
    KeyRingUnreadable,
    StoreExists,
)
from rgcore.store.sealing import KEY_BYTES, Entropy

_VERSION: Final = 1
_OWNER_ONLY: Final = 0o600
_NOT_ONE: Final = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    binascii.Error,
)


@frozen(repr=False)
class KeyRing:
    """The institution's keys by name.

    Attributes:
        file: The file they came from, for messages.
        current: The name of the key that wraps what is new.
        keys: Every key by name.
    """

    file: str
    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    def __repr__(self) -> str:
        """Show the file, never a key."""
        return f"KeyRing({self.file!r})"

    @classmethod
    def make(cls, path: Path, entropy: Entropy) -> KeyRing:
        """Make a new key ring in a file that only its owner can read.

        Args:
            path: The file; it must not exist yet.
            entropy: Gives the key.

        Raises:
            StoreExists: The file is there already.
        """
        keys = {"1": base64.b64encode(entropy(KEY_BYTES)).decode()}
        content = {"rgcore_key_ring": _VERSION, "current": "1", "keys": keys}
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            handle = os.open(path, flags, _OWNER_ONLY)
        except FileExistsError:
            raise StoreExists(file=path) from None
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            json.dump(content, stream, indent=1)
        return cls.read(path)

    @classmethod
    def read(cls, path: Path) -> KeyRing:
        """Read a key ring.

        Args:
            path: The file.

        Raises:
            KeyRingMissing: The file is not there.
            KeyRingOpenToOthers: Others on the machine can read it (POSIX only).
            KeyRingUnreadable: It is no key ring.
        """
        try:
            mode = path.stat().st_mode
            text = path.read_text(encoding="ascii")
        except FileNotFoundError:
            raise KeyRingMissing(file=path) from None
        except (OSError, UnicodeDecodeError):
            raise KeyRingUnreadable(file=path) from None
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyRingOpenToOthers(file=path)
        return cls._parsed(path, text)

    @classmethod
    def _parsed(cls, path: Path, text: str) -> KeyRing:
        try:
            content: Any = json.loads(text)
            keys = {
                name: base64.b64decode(key, validate=True)
                for name, key in content["keys"].items()
            }
            current = content["current"]
            known = content["rgcore_key_ring"] == _VERSION and current in keys
        except _NOT_ONE:
            known, keys, current = False, {}, ""
        if not known or any(len(key) != KEY_BYTES for key in keys.values()):
            raise KeyRingUnreadable(file=path)
        return cls(str(path), current, keys)
