"""Rows of journal and document: sealed, chained, and what stands in clear of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import frozen

from rgcore.domain.changes.base import texts
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, GroupId, PersonId, TextId
from rgcore.domain.journal import Entry
from rgcore.domain.text import Said
from rgcore.serial.packed import pack_entry, pack_group
from rgcore.store.chain import Header, digests_of, link, pack_digests
from rgcore.store.keystore import GroupKeys
from rgcore.store.leaves import SealedLeaves, Sealer, by_subject, pack_leaves

Row = dict[str, Any]
"""The columns of a row by name, as they go into the database."""


@frozen(kw_only=True, repr=False)
class Loaded:
    """A group as it was read, with what is needed to write it back.

    Attributes:
        group: The group.
        leaves: Its sealed leaves.
        keys: Its keys.
        head: The last link of its journal.
    """

    group: ResourceGroup
    leaves: SealedLeaves
    keys: GroupKeys
    head: bytes


@frozen(kw_only=True)
class EntryHeader:
    """What stands in clear of a journal entry.

    Attributes:
        position: Its place among all entries of the institution.
        group: The group.
        seq: Its place in the group's journal.
        change: The change's id.
        type: The change's type.
        recorded_at: When, in UTC.
    """

    position: int
    group: GroupId
    seq: int
    change: ChangeId
    type: str
    recorded_at: datetime


@frozen(kw_only=True, repr=False)
class Kept:
    """An entry with the words that it brought; its `repr` shows none."""

    entry: Entry
    words: Mapping[TextId, Said]


def journal_row(kept: Kept, sealer: Sealer) -> Row:
    """Return a row of the journal without its position and link.

    Args:
        kept: The entry and the words it brings.
        sealer: Seals parts of this group's journal.
    """
    entry = kept.entry
    said = by_subject((t for _, t in texts(entry.change)), kept.words)
    leaves = sealer.seal_words(said, entry.seq)
    skeleton = sealer.seal_skeleton(pack_entry(entry), entry.seq)
    digests = digests_of(skeleton, {p: leaf.sealed for p, leaf in leaves.items()})
    return {
        "institution_id": sealer.institution,
        "group_id": sealer.group,
        "seq": entry.seq,
        "change_id": entry.change.id,
        "type": entry.change.TYPE,
        "recorded_at": stamp(entry.recorded_at),
        "skeleton": skeleton,
        "leaves": pack_leaves(leaves),
        "digests": pack_digests(digests),
    }


def document_row(
    before: Loaded | None, group: ResourceGroup, kept: Sequence[Kept], sealer: Sealer
) -> Row:
    """Return what changes in the row of a document; only new words are resealed.

    Args:
        before: The group as it was read; `None` for a new group.
        group: The group after all entries.
        kept: The entries that come next, with their words.
        sealer: Seals parts of this group's document.
    """
    leaves = dict(before.leaves) if before else {}
    added: dict[PersonId, dict[TextId, Said]] = {}
    for one in kept:
        said = by_subject((t for _, t in texts(one.entry.change)), one.words)
        for person, words in said.items():
            known = added.get(person) or sealer.open_leaf(leaves, person)
            added[person] = {**known, **words}
    leaves |= sealer.seal_words(added, group.seq)
    return {
        "seq": group.seq,
        "skeleton": sealer.seal_skeleton(pack_group(group), group.seq),
        "leaves": pack_leaves(leaves),
    }


def stamp(at: datetime) -> str:
    """Return a UTC time as text that sorts as time does."""
    return at.isoformat(timespec="microseconds")


def header_of(row: Mapping[str, Any]) -> Header:
    """Return what of a journal row stands in clear and is bound by its link."""
    return Header(
        institution=row["institution_id"],
        group=row["group_id"],
        seq=row["seq"],
        position=row["position"],
        change=row["change_id"],
        type=row["type"],
        recorded_at=row["recorded_at"],
    )


def chained(
    rows: Sequence[Row], keys: GroupKeys, head: bytes, positions: Sequence[int]
) -> tuple[list[Row], bytes]:
    """Return rows with their positions and links, and the last link.

    Args:
        rows: Rows of the journal, in their order.
        keys: The group's keys.
        head: The link of the row before.
        positions: The place of each among all entries of the institution.
    """
    placed = []
    for number, row in zip(positions, rows, strict=True):
        numbered = row | {"position": number}
        head = link(keys.chain, head, header_of(numbered), row["digests"])
        placed.append(numbered | {"link": head})
    return placed, head


def entry_header(row: Mapping[str, Any]) -> EntryHeader:
    """Return what stands in clear of a row of the journal.

    Args:
        row: Its columns.
    """
    return EntryHeader(
        position=row["position"],
        group=row["group_id"],
        seq=row["seq"],
        change=row["change_id"],
        type=row["type"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
    )
