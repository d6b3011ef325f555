"""What is kept of a change, and how a group comes out of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import evolve, frozen

from rgcore.domain.actor import Actor
from rgcore.domain.changes import (
    Change,
    ImportGroup,
    MarkInError,
    StartGroup,
    UndoInError,
)
from rgcore.domain.changes.base import misfit, texts
from rgcore.domain.changes.correcting import Correction
from rgcore.domain.findings import Finding, Override
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import ChangeId, Code, ItemId, TextId


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


class NeedsJournal(ValueError):
    """Raised when a correction is folded without the whole journal."""


def fold(group: ResourceGroup | None, entry: Entry) -> ResourceGroup:
    """Return the group after one more entry that is no correction.

    Args:
        group: The group so far; `None` before its first entry.
        entry: The entry that comes next.

    Raises:
        NotAStart: The first entry neither starts a group nor imports one.
        NeedsJournal: It is a correction: see `fold_all`.
    """
    if isinstance(entry.change, Correction):
        raise NeedsJournal
    return noted(group, entry)


def fold_all(entries: Iterable[Entry]) -> ResourceGroup | None:
    """Return the group that a whole journal adds up to; `None` if it is empty.

    What stands in error at its end is remembered, and does nothing.

    Args:
        entries: All entries of a group, in their order.

    Raises:
        NotAStart: The first entry is not the start of a group.
    """
    whole = tuple(entries)
    out = in_error(whole)
    group: ResourceGroup | None = None
    for entry in whole:
        group = noted(group, entry, counts=entry.change.id not in out)
    return group


def in_error(entries: Iterable[Entry]) -> frozenset[ChangeId]:
    """Return which changes stand in error at the end of a journal.

    Args:
        entries: All entries of a group, in their order.
    """
    out: set[ChangeId] = set()
    for entry in entries:
        change = entry.change
        if isinstance(change, MarkInError):
            out.update(change.entries)
        elif isinstance(change, UndoInError):
            out.difference_update(change.entries)
    return frozenset(out)


def noted(
    group: ResourceGroup | None, entry: Entry, *, counts: bool = True
) -> ResourceGroup:
    """Return the group with one more entry, which takes effect only if it counts.

    Of a correction it remembers what it says; the items are as they were.

    Args:
        group: The group so far; `None` before its first entry.
        entry: The entry that comes next.
        counts: Whether it takes effect.

    Raises:
        NotAStart: The first entry is not the start of a group.
    """
    before = group or _blank(entry)
    after = entry.change.apply(before) if counts else before
    happened = happening(entry, after)
    return evolve(after, seq=entry.seq, happenings=(*after.happenings, happened))


@frozen
class Unfit:
    """An entry that does not fit the group as it stood there, and why.

    Attributes:
        entry: The entry.
        findings: Every reason, each with its path in the change.
    """

    entry: Entry
    findings: tuple[Finding, ...]


def unfit(entries: Iterable[Entry]) -> tuple[Unfit, ...]:
    """Return the entries of a journal that do not fit what stands before them.

    Each that counts has to fit the group as those before it made it; one that does
    not fit is left out from there on, so that what builds on it is named too. No
    two that count may bring the same text.

    Args:
        entries: All entries of a group, in their order.

    Raises:
        NotAStart: The first entry is not the start of a group.
    """
    whole = tuple(entries)
    out = in_error(whole)
    group: ResourceGroup | None = None
    known: set[TextId] = set()
    found = []
    for entry in whole:
        before = group or _blank(entry)
        counts = entry.change.id not in out
        reasons = tuple(_reasons(entry, before, known)) if counts else ()
        if reasons:
            found.append(Unfit(entry, reasons))
        fits = counts and not reasons
        if fits:
            known.update(text.id for _, text in texts(entry.change))
        group = noted(before, entry, counts=fits)
    return tuple(found)


def _reasons(
    entry: Entry, before: ResourceGroup, known: set[TextId]
) -> Iterator[Finding]:
    yield from entry.change.problems(before)
    for path, text in texts(entry.change):
        if text.id in known:
            yield misfit("text_known", path)


def happening(entry: Entry, after: ResourceGroup) -> Happening:
    """Return what the group remembers of an entry.

    Args:
        entry: The entry.
        after: The group after the entry's change.
    """
    touched: tuple[ItemId, ...] = tuple(sorted(entry.change.touched_in(after)))
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
