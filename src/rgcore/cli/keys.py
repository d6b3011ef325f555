"""What the commands about the key ring share: what came of wrapping anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rgcore.render.translation import Translate
from rgcore.store import Rewrapped


def rewrapped_data(found: Rewrapped) -> dict[str, Any]:
    """Return what came of wrapping anew, for programs.

    Args:
        found: What came of it.
    """
    return {"key": found.key, "rewrapped": found.records, "left": list(found.left)}


def rewrapped_lines(found: Rewrapped, said: Translate) -> Iterator[str]:
    """Go through what came of wrapping anew, for people.

    Args:
        found: What came of it.
        said: Translates.
    """
    done = said("Everything new is wrapped by key {key}. Wrapped anew: {count}.")
    yield done.format(key=found.key, count=found.records)
    left = said("{group}: its keys do not open and were left as they are.")
    for group in found.left:
        yield left.format(group=group)
    if found.left:
        yield said("Run rgcore verify, and put back a backup of the key store.")


def older_lines(said: Translate) -> Iterator[str]:
    """Go through what holds of the older keys.

    Args:
        said: Translates.
    """
    yield said(
        "Older keys stay in the ring: backups of the key store need them. When those "
        "have expired: rgcore keys retire NAME"
    )
