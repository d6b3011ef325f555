"""Check that what is kept is what was recorded.

Each row of a journal is checked by itself, so that the row that was altered is
named. What nobody can see from inside: a tail of the journal that was cut off
together with a document and key record of the same age. Anchors outside the
database are for that.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import msgspec
from attrs import frozen

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import GroupId, TextId
from rgcore.domain.journal import NotAStart, fold_all
from rgcore.domain.text import Said
from rgcore.errors import Language, StoreDamaged
from rgcore.serial.packed import unpack_group
from rgcore.store.chain import FIRST, digest, link, unpack_digests
from rgcore.store.index import IndexRow
from rgcore.store.keystore import GroupKeys
from rgcore.store.leaves import unpack_leaves
from rgcore.store.store import Kept, Store, header_of

FAULTS: Final = MappingProxyType(
    {
        "no_keys": {
            "nl": "de sleutelopslag heeft geen sleutels voor deze groep",
            "en": "the key store has no keys for this group",
        },
        "row_missing": {
            "nl": "deze regel van het journaal ontbreekt",
            "en": "this row of the journal is missing",
        },
        "row_altered": {
            "nl": "deze regel van het journaal is gewijzigd of hoort hier niet",
            "en": "this row of the journal was altered or does not belong here",
        },
        "leaf_altered": {
            "nl": "een tekst bij deze regel is gewijzigd of weggehaald",
            "en": "a text of this row was altered or taken away",
        },
        "row_behind_document": {
            "nl": "deze regel staat achter het einde dat het document kent",
            "en": "this row stands behind the end that the document knows",
        },
        "document_missing": {
            "nl": "de groep heeft een journaal en geen document",
            "en": "the group has a journal and no document",
        },
        "document_altered": {
            "nl": "het document is gewijzigd of hoort hier niet",
            "en": "the document was altered or does not belong here",
        },
        "document_differs": {
            "nl": "het document is niet wat het journaal oplevert",
            "en": "the document is not what the journal adds up to",
        },
        "index_differs": {
            "nl": "de regel in de index klopt niet met de groep",
            "en": "the row in the index does not fit the group",
        },
    }
)


@frozen(kw_only=True)
class Fault:
    """Something that is not as it was recorded.

    Attributes:
        group: The group.
        code: What is wrong.
        seq: The row of the journal; `None` for document and index.
    """

    group: GroupId
    code: str
    seq: int | None = None

    def sentence(self, language: Language = "en") -> str:
        """Return the fault as one line in `nl` or `en`."""
        texts = FAULTS[self.code]
        said = texts.get(language, texts["en"])
        word = "regel" if language == "nl" else "row"
        row = f", {word} {self.seq}" if self.seq is not None else ""
        return f"{self.group}{row}: {said}"


def verify(
    store: Store, group: GroupId, index_of: Callable[[ResourceGroup], IndexRow]
) -> tuple[Fault, ...]:
    """Return everything that is not as it was recorded, in the order of rows.

    Args:
        store: The store.
        group: The group to check.
        index_of: Computes what the index should say of a group.
    """
    keys = store.keys(group)
    if keys is None:
        return (Fault(group=group, code="no_keys"),)
    rows = store.journal(group)
    kept: list[Kept] = []
    faults = list(_journal_faults(store, group, keys, rows, kept))
    faults += _document_faults(store, group, keys, rows, None if faults else kept)
    if not faults:
        faults += _index_faults(store, group, kept, index_of)
    return tuple(faults)


def _journal_faults(
    store: Store,
    group: GroupId,
    keys: GroupKeys,
    rows: Sequence[Mapping[str, Any]],
    kept: list[Kept],
) -> Iterator[Fault]:
    before: bytes | None = FIRST
    expected = 1
    for row in rows:
        for seq in range(expected, row["seq"]):
            yield Fault(group=group, code="row_missing", seq=seq)
            before = None
        code = _row_fault(store, keys, row, before, kept)
        if code:
            yield Fault(group=group, code=code, seq=row["seq"])
        before, expected = row["link"], row["seq"] + 1


def _row_fault(
    store: Store,
    keys: GroupKeys,
    row: Mapping[str, Any],
    before: bytes | None,
    kept: list[Kept],
) -> str | None:
    """Return what is wrong with one row; keep its entry if nothing is.

    A row behind a gap has no link to be bound to; its seals still speak.
    """
    if before is not None and not _linked(keys, row, before):
        return "row_altered"
    digests = unpack_digests(row["digests"])
    if digests is None or digest(row["skeleton"]) != digests.skeleton:
        return "row_altered"
    if _leaf_digests(row) != digests.leaves:
        return "leaf_altered"
    try:
        found = store.opened(row, keys)
    except (StoreDamaged, msgspec.MsgspecError, KeyError):
        return "row_altered"
    if not _same_header(found, row):
        return "row_altered"
    kept.append(found)
    return None


def _linked(keys: GroupKeys, row: Mapping[str, Any], before: bytes) -> bool:
    wanted = link(keys.chain, before, header_of(row), row["digests"])
    return hmac.compare_digest(wanted, row["link"])


def _leaf_digests(row: Mapping[str, Any]) -> dict[str, bytes] | None:
    try:
        leaves = unpack_leaves(row["leaves"])
    except msgspec.MsgspecError:
        return None
    return {person: digest(leaf.sealed) for person, leaf in leaves.items()}


def _same_header(found: Kept, row: Mapping[str, Any]) -> bool:
    change = found.entry.change
    return (found.entry.seq, change.id, change.TYPE) == (
        row["seq"],
        row["change_id"],
        row["type"],
    )


def _document_faults(
    store: Store,
    group: GroupId,
    keys: GroupKeys,
    rows: Sequence[Mapping[str, Any]],
    kept: list[Kept] | None,
) -> Iterator[Fault]:
    document = store.document(group)
    if document is None:
        yield Fault(group=group, code="document_missing")
        return
    last = max((row["seq"] for row in rows), default=0)
    for seq in range(last + 1, document["seq"] + 1):
        yield Fault(group=group, code="row_missing", seq=seq)
    for seq in range(document["seq"] + 1, last + 1):
        yield Fault(group=group, code="row_behind_document", seq=seq)
    sealer = store.sealer(group, "document", keys)
    try:
        found = unpack_group(
            sealer.open_skeleton(document["skeleton"], document["seq"])
        )
        words = sealer.open_words(unpack_leaves(document["leaves"]))
    except (StoreDamaged, msgspec.MsgspecError):
        yield Fault(group=group, code="document_altered")
        return
    if kept is not None and rows and last == document["seq"]:
        whole = document["head"] == rows[-1]["link"] and found == _folded(kept)
        if not whole or words != _said(kept):
            yield Fault(group=group, code="document_differs")


def _index_faults(
    store: Store,
    group: GroupId,
    kept: list[Kept],
    index_of: Callable[[ResourceGroup], IndexRow],
) -> Iterator[Fault]:
    folded = _folded(kept)
    found = store.index_row(group)
    if folded is None or found is None:
        yield Fault(group=group, code="index_differs")
        return
    wanted = index_of(folded)
    # A row that another method computed is stale, not false: reindex renews it.
    if found.composition == wanted.composition and found != wanted:
        yield Fault(group=group, code="index_differs")


def _folded(kept: list[Kept]) -> ResourceGroup | None:
    try:
        return fold_all(one.entry for one in kept)
    except NotAStart:
        return None


def _said(kept: list[Kept]) -> dict[TextId, Said]:
    return {text: said for one in kept for text, said in one.words.items()}
