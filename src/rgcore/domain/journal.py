"""What is kept of a change, and how a group comes out of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import evolve, frozen

from rgcore.domain.actor import Actor
from rgcore.domain.changes import Change, ImportGroup, StartGroup
from rgcore.domain.findings import Override
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import Code, ItemId


@frozen(kw_only=True)
class Entry:
    """One line of a group's journal.

    Attributes:
        seq: 1 for the first line of a group.
        change: What happened.
        actor: Who recorded it.
        recorded_at: When, in UTC.
        composition: Digest of the method by which it was decided.
        overrides: Rules that were passed, with the reason.
        warned: Codes of what the method said of it.
    """

    seq: int
    change: Change
    actor: Actor
    recorded_at: datetime
    composition: str
    overrides: tuple[Override, ...] = ()
    warned: tuple[Code, ...] = ()


class NotAStart(ValueError):
    """Raised when a journal begins neither with a start nor with an import."""


def fold(group: ResourceGroup | None, entry: Entry) -> ResourceGroup:
    """Return the group after one more entry.

    Args:
        group: The group so far; `None` before its first entry.
        entry: The entry that comes next.

    Raises:
        NotAStart: The first entry neither starts a group nor imports one.
    """
    before = group or _blank(entry)
    after = entry.change.apply(before)
    happened = happening(entry, after)
    return evolve(after, seq=entry.seq, happenings=(*before.happenings, happened))


def fold_all(entries: Iterable[Entry]) -> ResourceGroup | None:
    """Return the group that a whole journal adds up to; `None` if it is empty."""
    group: ResourceGroup | None = None
    for entry in entries:
        group = fold(group, entry)
    return group


def happening(entry: Entry, after: ResourceGroup) -> Happening:
    """Return what the group remembers of an entry.

    Args:
        entry: The entry.
        after: The group after the entry's change.
    """
    touched: tuple[ItemId, ...] = tuple(sorted(entry.change.touches()))
    return Happening(
        seq=entry.seq,
        change=entry.change.id,
        fact=entry.change.fact_in(after),
        on=entry.change.happened_on,
        recorded_at=entry.recorded_at,
        by=entry.actor.who,
        on_behalf_of=entry.actor.on_behalf_of,
        touched=touched,
    )


def _blank(entry: Entry) -> ResourceGroup:
    if not isinstance(entry.change, StartGroup | ImportGroup):
        raise NotAStart
    return entry.change.found(entry.composition)
