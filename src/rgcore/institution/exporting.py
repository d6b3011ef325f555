"""Whole groups out: the journal in readable form, with all that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rgcore.domain.changes import Change
from rgcore.domain.ids import Digest, GroupId, InstitutionId, PersonId
from rgcore.domain.journal import Entry
from rgcore.domain.people import Person
from rgcore.errors import GroupErased, JournalDamaged, StoreDamaged
from rgcore.institution.directory import Directory
from rgcore.method import digest_of
from rgcore.serial.documents import Source
from rgcore.serial.export import write_export
from rgcore.store import Fault, Kept, Store
from rgcore.store.repair import MENDABLE, cut_off


def export_whole(
    store: Store,
    group: GroupId,
    faults: Iterable[Fault],
    directory: Directory,
    at: datetime,
) -> dict[str, Any]:
    """Return a whole group as plain data.

    Args:
        store: The store.
        group: A group that is in it.
        faults: What `verify` found in it.
        directory: Knows the names of staff.
        at: Now, in UTC.

    Raises:
        JournalDamaged: The journal is not sound.
        GroupErased: The group was erased.
        StoreDamaged: A composition that the journal names is not there as it was.
    """
    grave = [fault for fault in faults if fault.code not in MENDABLE]
    if grave or cut_off(store, group):
        raise JournalDamaged(count=len(grave))
    kept, head = _journal(store, group)
    source = Source(
        institution=InstitutionId(store.institution),
        group=group,
        exported_at=at,
        seq=len(kept),
        head=Digest(head.hex()),
    )
    return write_export(
        source,
        _compositions(store, kept),
        _staff(kept, directory),
        ((one.entry, one.words) for one in kept),
    )


def people_of(change: Change) -> Iterator[Person]:
    """Go through the people that a change brings into a group.

    Args:
        change: The change.
    """
    for name in ("client", "supporter", "person"):
        person = getattr(change, name, None)
        if isinstance(person, Person):
            yield person


def actors_of(entries: Iterable[Entry]) -> Iterator[PersonId]:
    """Go through whoever recorded entries, and on whose behalf.

    Args:
        entries: The entries.
    """
    for entry in entries:
        yield entry.actor.who
        if entry.actor.on_behalf_of is not None:
            yield entry.actor.on_behalf_of


def _journal(store: Store, group: GroupId) -> tuple[list[Kept], bytes]:
    # The keys are read after the rows: whose key is made in between would seem to
    # have been erased.
    rows = store.journal(group)
    keys = store.keys(group)
    if not rows or keys is None:
        raise JournalDamaged(count=1)
    if keys.is_erased:
        raise GroupErased
    return [store.opened(row, keys) for row in rows], rows[-1]["link"]


def _compositions(store: Store, kept: Iterable[Kept]) -> Mapping[str, Any]:
    found = {}
    for digest in sorted({one.entry.composition for one in kept}):
        data = store.composition(digest)
        if data is None or digest_of(data) != digest:
            raise StoreDamaged(what="composition")
        found[digest] = data
    return found


def _staff(kept: Iterable[Kept], directory: Directory) -> dict[PersonId, str]:
    entries = [one.entry for one in kept]
    people = {p.id for e in entries for p in people_of(e.change) if p.staff}
    known = (directory.find(one) for one in sorted(people | {*actors_of(entries)}))
    return {staff.id: staff.name for staff in known if staff is not None}
