"""Redact: empty the texts of single changes that speak of somebody, for good.

What is said by or about somebody is sealed for that person, and goes with their key.
What others said of them in their own words does not: somebody has to read it, and to
name the changes. These still count; only their texts are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import field, frozen

from rgcore.domain.actor import Actor
from rgcore.domain.changes import KeepOwnItem, RedactEntries
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, GroupId, PersonId
from rgcore.domain.journal import Entry, fold_all
from rgcore.errors import Busy, InputError, Problem, StoreDamaged
from rgcore.institution.recording import AMSTERDAM, Means
from rgcore.store import IndexRow, Kept, Loaded, LostRace, Store
from rgcore.store.leaves import unpack_leaves

_ATTEMPTS: Final = 20

Index = Callable[[ResourceGroup], IndexRow]
"""Computes what the index should say of a group."""


@frozen(kw_only=True)
class Texts:
    """What single changes brought.

    Attributes:
        people: By or about whom they have texts.
        count: How many sealed leaves of theirs hold something.
        owners: Who keeps something for themselves among them.
    """

    people: frozenset[PersonId]
    count: int
    owners: frozenset[PersonId]


@frozen(kw_only=True)
class Redactor:
    """Takes the texts of single changes away.

    Attributes:
        store: The groups.
        means: The clock.
        index: Computes what the index should say of a group.
    """

    store: Store = field(eq=False)
    means: Means = field(eq=False)
    index: Index = field(eq=False)

    def texts(self, loaded: Loaded, entries: tuple[ChangeId, ...]) -> Texts:
        """Return what changes brought; make sure that they can be redacted.

        Args:
            loaded: The group.
            entries: The ids of the changes.

        Raises:
            InputError: One of them is not there, begins the group, corrects something
                or was emptied before; lists every one by its place.
        """
        if entries:
            _look_over(loaded.group, entries)
        rows = self._rows(loaded.group.id, entries)
        leaves = [unpack_leaves(row["leaves"]) for row in rows]
        owners = {
            person
            for row, found in zip(rows, leaves, strict=True)
            if row["type"] == KeepOwnItem.TYPE
            for person in found
        }
        return Texts(
            people=frozenset(person for found in leaves for person in found),
            count=sum(bool(one.sealed) for found in leaves for one in found.values()),
            owners=frozenset(owners),
        )

    def is_done(self, group: GroupId, id_: str) -> bool:
        """Tell whether a redaction was recorded.

        Args:
            group: Which group.
            id_: The id of its change.
        """
        loaded = self.store.load(group)
        found = loaded.group.happenings if loaded else ()
        return any(happening.change == id_ for happening in found)

    def redact(
        self, group: GroupId, id_: str, entries: tuple[ChangeId, ...], actor: Actor
    ) -> None:
        """Record a redaction, once: all of it or nothing.

        Args:
            group: Which group.
            id_: The id of the change that is recorded.
            entries: The changes whose texts go.
            actor: Who carries it out.

        Raises:
            StoreDamaged: The journal does not add up to the group.
            Busy: The group changes all the time.
        """
        for _ in range(_ATTEMPTS):
            if self.is_done(group, id_):
                self.store.database.scrub()
                return
            try:
                self._append(group, id_, entries, actor)
            except LostRace:
                continue
            return
        raise Busy

    def _append(
        self, group: GroupId, id_: str, entries: tuple[ChangeId, ...], actor: Actor
    ) -> None:
        loaded = self.store.load(group)
        if loaded is None:
            # The whole group was erased meanwhile.
            return
        now, left = self.means.clock(), left_of(loaded.group, entries)
        if not left:
            return
        change = RedactEntries(
            id=ChangeId(id_),
            happened_on=now.astimezone(AMSTERDAM).date(),
            entries=left,
        )
        entry = Entry(
            seq=loaded.group.seq + 1,
            change=change,
            actor=actor,
            recorded_at=now,
            composition=loaded.group.composition,
        )
        history = self.store.history(loaded)
        after = fold_all([*(one.entry for one in history), entry])
        if after is None:
            raise StoreDamaged(what="journal")
        kept = Kept(entry=entry, words={})
        self.store.append(loaded, after, [kept], self.index(after), history)

    def _rows(
        self, group: GroupId, entries: tuple[ChangeId, ...]
    ) -> list[Mapping[str, Any]]:
        return [row for row in self.store.journal(group) if row["change_id"] in entries]


def left_of(
    group: ResourceGroup, entries: tuple[ChangeId, ...]
) -> tuple[ChangeId, ...]:
    """Return the changes whose texts were not emptied yet.

    Args:
        group: The group.
        entries: The ids of the changes.
    """
    emptied = {happening.change for happening in group.happenings if happening.emptied}
    return tuple(one for one in entries if one not in emptied)


def _look_over(group: ResourceGroup, entries: tuple[ChangeId, ...]) -> None:
    probe = RedactEntries(
        id=ChangeId("probe"), happened_on=group.started_on, entries=entries
    )
    problems = [
        Problem("input.not_to_be_redacted", str(dict(one.params)["path"]))
        for one in probe.problems(group)
    ]
    if problems:
        raise InputError(problems)
