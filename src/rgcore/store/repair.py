"""Make document and index anew from the journal; never the other way round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from rgcore.store.store import Store
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
_LOOKS: Final = 10


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
        Busy: The group goes on all the time; nothing was touched.
    """
    for _ in range(_LOOKS):
        before = store.links(group)
        faults = verify(store, group, index_of)
        if faults and store.links(group) != before:
            # What somebody records meanwhile looks like a fault.
            continue
        _check(store, group, faults, without_lost_keys=without_lost_keys)
        if not faults or _rewritten(store, group, index_of):
            return faults
    raise Busy


def _check(
    store: Store, group: GroupId, faults: tuple[Fault, ...], *, without_lost_keys: bool
) -> None:
    """Raise if these faults cannot be mended, or not unasked."""
    found = {fault.code for fault in faults}
    hopeless = found - MENDABLE - {_BEHIND}
    if hopeless or cut_off(store, group) or store.keys(group) is None:
        raise JournalDamaged(count=len(faults))
    if _BEHIND in found and not without_lost_keys:
        raise KeyStoreBehind


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


def _rewritten(
    store: Store, group: GroupId, index_of: Callable[[ResourceGroup], IndexRow]
) -> bool:
    """Make document and index anew; tell whether the group stood still meanwhile."""
    rows = store.journal(group)
    # Read later than the rows, so that none of them knows a newer key.
    keys = store.keys(group)
    kept = [store.opened(row, keys) for row in rows] if keys else []
    folded = fold_all(one.entry for one in kept)
    if keys is None or folded is None:
        raise JournalDamaged(count=1)
    sealer = store.sealer(group, "document", keys)
    row = document_anew(kept, folded, sealer, _forgotten(rows, keys))
    own = {"head": rows[-1]["link"], "keys_revision": keys.revision}
    return store.replace(group, row | own, index_of(folded))


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
