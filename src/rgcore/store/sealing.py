"""Seal and open bytes with AES-GCM, bound to the place where they lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rgcore.errors import StoreDamaged

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_SEPARATOR: Final = b"\x1f"

Entropy = Callable[[int], bytes]
"""Gives so many unpredictable bytes: `os.urandom`."""


def place(*parts: str | int) -> bytes:
    """Return what binds a seal to its place: institution, group, subject, sequence.

    Ids hold no control characters, so two places never read the same.
    """
    return _SEPARATOR.join(str(part).encode() for part in parts)


def seal(key: bytes, plain: bytes, where: bytes, entropy: Entropy) -> bytes:
    """Return sealed bytes.

    Args:
        key: 32 bytes.
        plain: What to seal.
        where: The place it is bound to.
        entropy: Gives the nonce.
    """
    nonce = entropy(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, where)


def unseal(key: bytes, sealed: bytes, where: bytes, what: str) -> bytes:
    """Return what was sealed.

    Args:
        key: 32 bytes.
        sealed: What `seal` returned.
        where: The place it should be bound to.
        what: What it is called in an error, such as `document`.

    Raises:
        StoreDamaged: It was altered or belongs elsewhere.
    """
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], where)
    except (InvalidTag, ValueError, TypeError):
        pass
    raise StoreDamaged(what=what)
