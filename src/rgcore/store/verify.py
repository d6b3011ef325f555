"""Check that what is kept is what was recorded.

Each row of a journal is checked by itself, so that the row that was altered is
named. What nobody can see from inside: a tail of the journal that was cut off
together with a document and key record of the same age. Anchors outside the
database are for that: see `rgcore.store.anchors`.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from attrs import evolve, frozen

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, GroupId, TextId
from rgcore.domain.journal import NotAStart, fold_all
from rgcore.domain.text import Read
from rgcore.errors import StoreDamaged
from rgcore.serial.packed import unpack_group
from rgcore.store.chain import (
    FIRST,
    Digests,
    digest,
    link,
    pack_digests,
    unpack_digests,
)
from rgcore.store.faults import Fault
from rgcore.store.index import IndexRow
from rgcore.store.keystore import GroupKeys
from rgcore.store.leaves import SealedLeaves, pack_leaves, unpack_leaves
from rgcore.store.reading import Reader
from rgcore.store.rewriting import (
    emptied_by,
    holds_words,
    is_emptied,
    words_that_count,
)
from rgcore.store.rows import Kept, header_of, stamp


def verify(
    store: Reader, group: GroupId, index_of: Callable[[ResourceGroup], IndexRow]
) -> tuple[Fault, ...]:
    """Return everything that is not as it was recorded, in the order of rows.

    Args:
        store: The store.
        group: The group to check.
        index_of: Computes what the index should say of a group.
    """
    try:
        keys = store.keys(group)
    except StoreDamaged:
        return (Fault(group=group, code="keys_altered"),)
    document = store.document(group)
    behind = tuple(_keys_behind(group, keys, document))
    if keys is None:
        return behind or (Fault(group=group, code="no_keys"),)
    if keys.is_erased:
        return tuple(sorted(_erased_faults(store, group, keys, document), key=_by_row))
    rows = _with_emptied([_read(store, keys, row) for row in store.journal(group)])
    opened = document and _opened(store, group, keys, document)
    end = document["seq"] if document and opened else 0
    faults = [
        *_journal_faults(group, keys, rows, end),
        *_end_faults(group, rows, document, opened),
    ]
    if not faults and document and opened:
        faults = [*_document_faults(group, rows, document["head"], opened)]
    if not faults:
        faults = [*_index_faults(store, group, rows, index_of)]
    return tuple(sorted([*faults, *behind], key=_by_row))


def _keys_behind(
    group: GroupId, keys: GroupKeys | None, document: Mapping[str, Any] | None
) -> Iterator[Fault]:
    needed = document.get("keys_revision", 0) if document else 0
    # Whoever altered the column may have put anything there.
    if isinstance(needed, int) and needed > (keys.revision if keys else 0):
        yield Fault(group=group, code="keys_behind")


@frozen(repr=False)
class _Row:
    """A row of the journal, and what its seals say of it.

    Attributes:
        row: As it lies in the database.
        fault: What is wrong with its content; `None` if nothing is.
        kept: Its entry and words, if nothing is.
        emptied: Whether it has leaves and they hold nothing.
        holds_words: Whether any leaf holds something.
    """

    row: Mapping[str, Any]
    fault: str | None
    kept: Kept | None
    emptied: bool = False
    holds_words: bool = False

    @property
    def seq(self) -> int | None:
        """Return where it says that it stands, if that is a number."""
        seq = self.row["seq"]
        return seq if isinstance(seq, int) else None


def _by_row(fault: Fault) -> tuple[bool, int]:
    return fault.seq is None, fault.seq or 0


def _read(store: Reader, keys: GroupKeys, row: Mapping[str, Any]) -> _Row:
    """Return a row with what is wrong with it, whatever stands before it."""
    digests = unpack_digests(row["digests"])
    if digests is None or not _is_of(row, digests):
        return _Row(row, "row_altered", None)
    leaves = _leaves(row)
    if leaves is None:
        return _Row(row, "leaf_altered", None)
    # Whose key was forgotten may have an empty leaf: nobody could read it anyway.
    left = {p: one for p, one in leaves.items() if one.sealed or p in keys.subjects}
    emptied = is_emptied(left)
    if not _are_theirs(leaves, left, digests, emptied=emptied):
        return _Row(row, "leaf_altered", None)
    try:
        found = store.opened(row, keys)
    except (StoreDamaged, msgspec.MsgspecError, LookupError):
        return _Row(row, "row_altered", None)
    if not _same_header(found, row):
        return _Row(row, "row_altered", None)
    return _Row(row, None, found, emptied, holds_words(leaves))


def _is_of(row: Mapping[str, Any], digests: Digests) -> bool:
    """Tell whether digests are those of a row's skeleton, and packed as they lie."""
    sealed = row["skeleton"]
    same = isinstance(sealed, bytes) and digest(sealed) == digests.skeleton
    return same and pack_digests(digests) == row["digests"]


def _are_theirs(
    leaves: SealedLeaves, left: SealedLeaves, digests: Digests, *, emptied: bool
) -> bool:
    """Tell whether leaves are those that the digests were taken of.

    Args:
        leaves: The leaves of a row.
        left: Those of them that have to hold what they held.
        digests: The digests of that row.
        emptied: Whether none of `left` holds anything.
    """
    if leaves.keys() != digests.leaves.keys():
        return False
    return emptied or all(
        digest(leaf.sealed) == digests.leaves[person] for person, leaf in left.items()
    )


def _erased_faults(
    store: Reader, group: GroupId, keys: GroupKeys, document: Mapping[str, Any] | None
) -> Iterator[Fault]:
    """Go through what is wrong with a group that was erased: of its chain, all is left.

    What it said is nowhere, so only digests and links can be checked.
    """
    rows = [_read_erased(row) for row in store.journal(group)]
    sound = document if document and isinstance(document["seq"], int) else None
    faults = [
        *_journal_faults(group, keys, rows, sound["seq"] if sound else 0),
        *_end_faults(group, rows, document, sound),
    ]
    yield from faults
    if not faults and sound and rows and sound["head"] != rows[-1].row["link"]:
        yield Fault(group=group, code="document_differs")
    kept = any(row.holds_words for row in rows) or store.index_row(group)
    if kept or (document and document["skeleton"]):
        yield Fault(group=group, code="not_erased")


def _read_erased(row: Mapping[str, Any]) -> _Row:
    """Return a row of a group that was erased; what is left of it fits its digests."""
    digests, leaves = unpack_digests(row["digests"]), _leaves(row)
    skeleton = row["skeleton"]
    if digests is None or (skeleton != b"" and not _is_of(row, digests)):
        return _Row(row, "row_altered", None)
    left = {p: one for p, one in (leaves or {}).items() if one.sealed}
    if leaves is None or not _are_theirs(leaves, left, digests, emptied=not left):
        return _Row(row, "leaf_altered", None)
    return _Row(row, None, None, holds_words=bool(left or skeleton))


def _with_emptied(rows: Sequence[_Row]) -> list[_Row]:
    """Note which rows are emptied though nobody said so, or the other way round.

    Only an entry of the journal itself says that texts were emptied; none can be made
    up without the group's keys.
    """
    said = emptied_by(_kept(rows))
    return [_misemptied(row, said) or row for row in rows]


def _misemptied(row: _Row, said: frozenset[ChangeId]) -> _Row | None:
    if row.kept is None:
        return None
    change = row.kept.entry.change
    if row.emptied and change.id not in said:
        return _Row(row.row, "leaf_altered", None)
    if change.id in said and row.holds_words:
        return evolve(row, fault="leaf_not_emptied")
    return None


def _leaves(row: Mapping[str, Any]) -> SealedLeaves | None:
    """Return the leaves of a row; `None` if they are none, or not of this row."""
    try:
        leaves = unpack_leaves(row["leaves"])
    except StoreDamaged:
        return None
    # The bytes of the column are bound through the leaves alone.
    if pack_leaves(leaves) != row["leaves"]:
        return None
    if any(leaf.seq != row["seq"] for leaf in leaves.values()):
        return None
    return leaves


def _same_header(found: Kept, row: Mapping[str, Any]) -> bool:
    entry = found.entry
    return (entry.seq, entry.change.id, entry.change.TYPE) == (
        row["seq"],
        row["change_id"],
        row["type"],
    ) and stamp(entry.recorded_at) == row["recorded_at"]


def _journal_faults(
    group: GroupId, keys: GroupKeys, rows: Sequence[_Row], end: int
) -> Iterator[Fault]:
    """Go through what is wrong with rows, and through rows that are not there.

    Args:
        group: The group.
        keys: Its keys.
        rows: The rows of its journal.
        end: The last row that the document knows.
    """
    there = {row.seq for row in rows}
    # Only what opens says how far the journal goes.
    last = max((row.seq or 0 for row in rows if row.kept), default=0)
    for seq in range(1, max(last, end) + 1):
        if seq not in there:
            yield Fault(group=group, code="row_missing", seq=seq)
    chain = _Chain(keys.chain)
    for row in rows:
        linked = chain.takes(row)
        if row.fault or not linked:
            code = row.fault or "row_altered"
            yield Fault(group=group, code=code, seq=row.seq)


class _Chain:
    """Goes along the links, so that an altered row does not blame the next.

    Behind a row whose content does not hold, or behind a gap, a link that fits
    nothing says nothing about its own row: what was there before is lost. The
    seals of that row still speak.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._before: tuple[bytes, ...] = (FIRST,)
        self._seq = 0
        self._sound = True

    def takes(self, row: _Row) -> bool:
        """Go on to a row; tell whether it is bound to what stands before it."""
        link_ = row.row["link"]
        known = self._sound and row.seq == self._seq + 1
        fitting = [self._bound(before, row) for before in self._before]
        linked = isinstance(link_, bytes) and any(
            hmac.compare_digest(fits, link_) for fits in fitting
        )
        # If only the link was altered, the next row is bound to what it was.
        here = (link_,) if isinstance(link_, bytes) else ()
        self._before = here if linked else (*here, *fitting)
        self._seq, self._sound = row.seq or 0, row.fault is None
        return linked or not known

    def _bound(self, before: bytes, row: _Row) -> bytes:
        packed = row.row["digests"]
        if not isinstance(packed, bytes):
            return b""
        return link(self._key, before, header_of(row.row), packed)


def _opened(
    store: Reader, group: GroupId, keys: GroupKeys, document: Mapping[str, Any]
) -> tuple[ResourceGroup, dict[TextId, Read]] | None:
    """Return what a document says; `None` if it was altered."""
    sealer = store.sealer(group, "document", keys)
    seq = document["seq"]
    try:
        skeleton = unpack_group(sealer.open_skeleton(document["skeleton"], seq))
        leaves = unpack_leaves(document["leaves"])
        if pack_leaves(leaves) != document["leaves"]:
            return None
        return skeleton, sealer.open_words(leaves)
    except (StoreDamaged, msgspec.MsgspecError):
        return None


def _end_faults(
    group: GroupId,
    rows: Sequence[_Row],
    document: Mapping[str, Any] | None,
    opened: object,
) -> Iterator[Fault]:
    if document is None:
        yield Fault(group=group, code="document_missing")
    elif opened is None:
        yield Fault(group=group, code="document_altered")
    else:
        for row in rows:
            if row.seq is not None and row.seq > document["seq"]:
                yield Fault(group=group, code="row_behind_document", seq=row.seq)


def _document_faults(
    group: GroupId,
    rows: Sequence[_Row],
    head: bytes,
    opened: tuple[ResourceGroup, dict[TextId, Read]],
) -> Iterator[Fault]:
    kept = _kept(rows)
    folded = _folded(kept)
    said = words_that_count(kept, folded) if folded else {}
    if head != rows[-1].row["link"] or opened != (folded, said):
        yield Fault(group=group, code="document_differs")


def _index_faults(
    store: Reader,
    group: GroupId,
    rows: Sequence[_Row],
    index_of: Callable[[ResourceGroup], IndexRow],
) -> Iterator[Fault]:
    folded, found = _folded(_kept(rows)), store.index_row(group)
    if folded is None or found is None:
        yield Fault(group=group, code="index_differs")
        return
    wanted = index_of(folded)
    # Dates that another method computed are stale, not false: reindex renews them.
    stale = evolve(
        wanted,
        attention_from=found.attention_from,
        attention_until=found.attention_until,
        composition=found.composition,
    )
    same = found.composition == wanted.composition
    if found != (wanted if same else stale):
        yield Fault(group=group, code="index_differs")


def _kept(rows: Sequence[_Row]) -> list[Kept]:
    return [row.kept for row in rows if row.kept]


def _folded(kept: list[Kept]) -> ResourceGroup | None:
    try:
        return fold_all(one.entry for one in kept)
    except NotAStart:
        return None
