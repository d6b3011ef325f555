"""Make document and index anew from the journal; never the other way round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import GroupId
from rgcore.domain.journal import fold_all
from rgcore.errors import Busy, JournalDamaged, KeyStoreBehind
from rgcore.store.faults import Fault
from rgcore.store.index import IndexRow
from rgcore.store.keystore import GroupKeys
from rgcore.store.leaves import SealedLeaves, unpack_leaves
from rgcore.store.rewriting import document_anew
from rgcore.store.store import LostRace, Store
from rgcore.store.verify import verify

MENDABLE: Final = frozenset(
    {
        "document_missing",
        "document_altered",
        "document_differs",
        "index_differs",
        "row_behind_document",
    }
)
"""Faults of what can be made anew. Every other one is of the journal or the keys."""

_BEHIND: Final = "keys_behind"
_ATTEMPTS: Final = 20


def repair(
    store: Store,
    group: GroupId,
    index_of: Callable[[ResourceGroup], IndexRow],
    *,
    without_lost_keys: bool = False,
) -> tuple[Fault, ...]:
    """Make a group's document and index anew if something is wrong with them.

    Args:
        store: The store.
        group: The group.
        index_of: Computes what the index should say of a group.
        without_lost_keys: Go on if the key store is older than the group. Words
            whose key is lost then read as erased.

    Returns:
        The faults that were mended; none if there were none.

    Raises:
        JournalDamaged: Something is wrong with the journal or the keys themselves;
            nothing was touched.
        KeyStoreBehind: The key store is older than the group, and nobody asked to go
            on without what it lacks; nothing was touched.
        Busy: Others recorded in the group again and again.
    """
    for _ in range(_ATTEMPTS):
        # Whoever records meanwhile was first: what they recorded belongs in it.
        with suppress(LostRace):
            return _repaired(store, group, index_of, without_lost_keys)
    raise Busy


def _repaired(
    store: Store,
    group: GroupId,
    index_of: Callable[[ResourceGroup], IndexRow],
    without_lost_keys: bool,  # noqa: FBT001 - private
) -> tuple[Fault, ...]:
    faults = verify(store, group, index_of)
    found = {fault.code for fault in faults}
    keys = None if found - MENDABLE - {_BEHIND} else store.keys(group)
    if keys is None or cut_off(store, group):
        raise JournalDamaged(count=len(faults))
    if _BEHIND in found and not without_lost_keys:
        raise KeyStoreBehind
    if faults:
        _rewrite(store, group, keys, index_of)
    return faults


def cut_off(store: Store, group: GroupId) -> bool:
    """Tell whether a document says, even where it does not open, that rows are gone.

    Args:
        store: The store.
        group: The group.
    """
    document = store.document(group)
    known = document["seq"] if document else 0
    last = max((row["seq"] for row in store.journal(group)), default=0)
    return isinstance(known, int) and known > last


def _rewrite(
    store: Store,
    group: GroupId,
    keys: GroupKeys,
    index_of: Callable[[ResourceGroup], IndexRow],
) -> None:
    rows = store.journal(group)
    kept = [store.opened(row, keys) for row in rows]
    folded = fold_all(one.entry for one in kept)
    if folded is None:
        raise JournalDamaged(count=1)
    sealer = store.sealer(group, "document", keys)
    row = document_anew(kept, folded, sealer, _forgotten(rows, keys))
    own = {"head": rows[-1]["link"], "keys_revision": keys.revision}
    store.replace(group, row | own, index_of(folded))


def _forgotten(rows: list[Mapping[str, Any]], keys: GroupKeys) -> SealedLeaves:
    """Return a leaf of each person whose key was forgotten.

    It opens nothing. It says that there was somebody, so that nobody makes a new key.
    """
    return {
        person: leaf
        for row in rows
        for person, leaf in unpack_leaves(row["leaves"]).items()
        if person not in keys.subjects
    }
