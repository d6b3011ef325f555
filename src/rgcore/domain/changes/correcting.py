"""What was recorded by mistake: taken out, put back, or emptied for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar, Final

from attrs import evolve, frozen

from rgcore.domain.changes.base import Change, ChangeKind, misfit
from rgcore.domain.changes.starting import StartGroup
from rgcore.domain.findings import Finding
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import ChangeId, Code, ItemId, MistakeCode, PersonId

_FAMILY: Final = "entry."


@frozen(kw_only=True)
class Correction(Change):
    """Says of earlier changes whether they count.

    What it does to the group itself takes the whole journal, see
    `rgcore.domain.journal.fold_all`; `apply` only notes it in the happenings.

    Attributes:
        entries: The changes it is about, by their ids.
    """

    KIND: ClassVar[ChangeKind] = ChangeKind.ACT
    # A mistake may come to light after the death of whoever made it.
    MAY_OUTLIVE: ClassVar[bool] = True

    entries: tuple[ChangeId, ...]

    def touched_in(self, group: ResourceGroup) -> frozenset[ItemId]:
        """Return what the changes were about that it names."""
        found = named(self.entries, group)
        return frozenset[ItemId]().union(*(h.touched for h in found))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose decision the changes were that it names."""
        return next(iter(_deciders(self.entries, group)), None)


@frozen(kw_only=True)
class MarkInError(Correction):
    """Changes were entered in error and no longer count.

    Who recorded them, when, and that it was a mistake stays.

    Attributes:
        entries: The ids of the changes.
        because: How it came: `wrong_client`, `wrong_person`, `typed_wrong` or
            `entered_twice`.
    """

    TYPE = Code("entry.mark_in_error")

    because: MistakeCode

    def fact_in(self, group: ResourceGroup) -> str:
        """Return `entry.mark_in_error` with the reason."""
        del group
        return f"{self.TYPE}:{self.because}"

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Note that they do not count."""
        return _noted(group, self.entries, lambda h: evolve(h, in_error=self.id))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _misnamed(self.entries, group)
        for path, happened in _placed(self.entries, group):
            if not _can_be_marked(happened):
                yield misfit("cannot_be_marked", path)
            elif happened.in_error:
                yield misfit("marked_already", path)


@frozen(kw_only=True)
class UndoInError(Correction):
    """Changes that were marked as entered in error count again.

    Attributes:
        entries: The ids of the changes.
    """

    TYPE = Code("entry.undo_in_error")

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Note that they count."""
        return _noted(group, self.entries, lambda h: evolve(h, in_error=None))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _misnamed(self.entries, group)
        yield from _not_to_be_had(self.entries, group)


@frozen(kw_only=True)
class EmptyInError(Correction):
    """The texts of changes that were entered in error are emptied for good.

    Attributes:
        entries: The ids of the changes, each marked as entered in error.
    """

    TYPE = Code("entry.empty_in_error")

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Note that their texts are gone."""
        return _noted(group, self.entries, lambda h: evolve(h, emptied=True))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _misnamed(self.entries, group)
        yield from _not_to_be_had(self.entries, group)


@frozen(kw_only=True)
class RedactEntries(Correction):
    """The texts of changes are emptied for good, at somebody's request.

    The changes still count: that they happened, and when, stays. Only an erasure makes
    one, which two people agreed on.

    Attributes:
        entries: The ids of the changes.
    """

    TYPE = Code("entry.redact")

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return nobody: whoever erases was asked, and two people agreed."""
        del group
        return None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Note that their texts are gone."""
        return _noted(group, self.entries, lambda h: evolve(h, emptied=True))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        # Whose decisions they were does not matter, nor that there are several.
        yield from _unnamed(self.entries, group)
        for path, happened in _placed(self.entries, group):
            if not _can_be_marked(happened):
                yield misfit("cannot_be_marked", path)
            elif happened.emptied:
                yield misfit("emptied_already", path)


def named(entries: Iterable[ChangeId], group: ResourceGroup) -> tuple[Happening, ...]:
    """Return what the group remembers of changes; nothing of those it never had.

    Args:
        entries: The ids of the changes.
        group: The group.
    """
    wanted = frozenset(entries)
    return tuple(h for h in group.happenings if h.change in wanted)


def _placed(
    entries: tuple[ChangeId, ...], group: ResourceGroup
) -> Iterator[tuple[str, Happening]]:
    """Go through what the group remembers of changes, each with its path."""
    known = {h.change: h for h in named(entries, group)}
    for number, change in enumerate(entries):
        if change in known:
            yield f".entries[{number}]", known[change]


def _can_be_marked(happened: Happening) -> bool:
    is_start = happened.seq == 1 or happened.type == StartGroup.TYPE
    return not is_start and not happened.type.startswith(_FAMILY)


def _misnamed(entries: tuple[ChangeId, ...], group: ResourceGroup) -> Iterator[Finding]:
    yield from _unnamed(entries, group)
    if len(_deciders(entries, group)) > 1:
        yield misfit("several_deciders", ".entries")


def _unnamed(entries: tuple[ChangeId, ...], group: ResourceGroup) -> Iterator[Finding]:
    if not entries:
        yield misfit("empty", ".entries")
    known = {h.change for h in group.happenings}
    for number, change in enumerate(entries):
        if change in entries[:number]:
            yield misfit("entry_twice", f".entries[{number}]")
        elif change not in known:
            yield misfit("unknown_entry", f".entries[{number}]")


def _not_to_be_had(
    entries: tuple[ChangeId, ...], group: ResourceGroup
) -> Iterator[Finding]:
    for path, happened in _placed(entries, group):
        if happened.in_error is None:
            yield misfit("not_marked", path)
        elif happened.emptied:
            yield misfit("emptied_already", path)


def _deciders(
    entries: Iterable[ChangeId], group: ResourceGroup
) -> dict[PersonId, None]:
    """Return whose decisions changes were, each once, in their order."""
    # The types of change are one another's neighbours, and this is one of them.
    from rgcore.domain.changes import BY_TYPE  # noqa: PLC0415

    found = (
        BY_TYPE[happened.type].was_decided_for(happened, group)
        for happened in named(entries, group)
        if _can_be_marked(happened)
    )
    return dict.fromkeys(person for person in found if person is not None)


def _noted(
    group: ResourceGroup,
    entries: Iterable[ChangeId],
    note: Callable[[Happening], Happening],
) -> ResourceGroup:
    wanted = frozenset(entries)
    happenings = tuple(note(h) if h.change in wanted else h for h in group.happenings)
    return evolve(group, happenings=happenings)
