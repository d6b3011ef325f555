"""The chain of a group's journal: one link a row, keyed, over what is sealed.

Each row has a digest of its skeleton and one of each leaf, so that a leaf can be
emptied alone. A link binds the digests and the row's header to the link before.
Without the group's chain key nobody can make a link that fits.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

import msgspec
from attrs import frozen

from rgcore.store.sealing import place

FIRST: Final = b""
"""What the first row's link is bound to."""


@frozen(kw_only=True)
class Header:
    """What of a row stands in clear and is bound by its link."""

    institution: str
    group: str
    seq: int
    position: int
    change: str
    type: str
    recorded_at: str


@frozen(kw_only=True)
class Digests:
    """The digests of one row: of its skeleton and of each person's leaf."""

    skeleton: bytes
    leaves: dict[str, bytes]


_encode = msgspec.msgpack.Encoder(order="sorted").encode
_decode = msgspec.msgpack.Decoder(Digests).decode


def digest(sealed: bytes) -> bytes:
    """Return the digest of sealed bytes."""
    return hashlib.sha256(sealed).digest()


def digests_of(skeleton: bytes, leaves: dict[str, bytes]) -> Digests:
    """Return the digests of a row's sealed parts."""
    return Digests(
        skeleton=digest(skeleton), leaves={p: digest(s) for p, s in leaves.items()}
    )


def pack_digests(digests: Digests) -> bytes:
    """Return digests as bytes, the same for the same digests."""
    return _encode(digests)


def unpack_digests(packed: bytes) -> Digests | None:
    """Return digests behind their bytes; `None` if they are none."""
    try:
        return _decode(packed)
    except (msgspec.MsgspecError, ValueError, TypeError):
        return None


def link(key: bytes, before: bytes, header: Header, packed_digests: bytes) -> bytes:
    """Return the link of a row.

    Args:
        key: The group's chain key.
        before: The link of the row before; `FIRST` for the first row.
        header: The row's header.
        packed_digests: The row's digests, packed.
    """
    head = place(
        header.institution,
        header.group,
        header.seq,
        header.position,
        header.change,
        header.type,
        header.recorded_at,
    )
    parts = (before, head, packed_digests)
    sized = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return hmac.digest(key, sized, "sha256")
