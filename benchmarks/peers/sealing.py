"""AES-GCM by hand: a nonce before the ciphertext, one key for each subject."""

from __future__ import annotations

import os
from collections.abc import Iterable

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

RawKeys = dict[str, bytes]
Keys = dict[str, AESGCM]

_NONCE = 12
_KEY_BITS = 256

_encode = msgspec.msgpack.Encoder().encode
_decode_keys = msgspec.msgpack.Decoder(RawKeys).decode


def new_key() -> AESGCM:
    """Return a fresh master key."""
    return AESGCM(AESGCM.generate_key(_KEY_BITS))


def new_raw_keys(subjects: Iterable[str]) -> RawKeys:
    """Return a fresh key for each subject."""
    return {subject: AESGCM.generate_key(_KEY_BITS) for subject in subjects}


def ready(raw: RawKeys) -> Keys:
    """Return the keys in the form that seals and unseals."""
    return {subject: AESGCM(key) for subject, key in raw.items()}


def seal(key: AESGCM, content: bytes, bound_to: bytes) -> bytes:
    """Return the content sealed with a random nonce."""
    nonce = os.urandom(_NONCE)
    return nonce + key.encrypt(nonce, content, bound_to)


def unseal(key: AESGCM, sealed: bytes, bound_to: bytes) -> bytes:
    """Return the content, or raise when anything was altered."""
    return key.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to)


def wrap(master: AESGCM, raw: RawKeys, group: str) -> bytes:
    """Return one group's key record."""
    return seal(master, _encode(raw), group.encode())


def unwrap(master: AESGCM, record: bytes, group: str) -> Keys:
    """Return the keys of one group from its record."""
    return ready(_decode_keys(unseal(master, record, group.encode())))
