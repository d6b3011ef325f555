"""What every change has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from attrs import frozen

from rgcore.domain.findings import Effect, Finding, Rank
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import ChangeId, Code, Creates, ItemId, Kind, PersonId, Refers
from rgcore.domain.inspection import Marked, inspect
from rgcore.domain.people import Person
from rgcore.domain.text import Text


class ChangeKind(StrEnum):
    """An act takes effect by being recorded; a fact happened anyway."""

    ACT = "act"
    FACT = "fact"


class Owner(StrEnum):
    """Whose a decision is. Others may type it, on that person's behalf."""

    CLIENT = "client"
    ANYONE = "anyone"


@frozen(kw_only=True)
class Change(ABC):
    """Something that happens to a group.

    Attributes:
        id: Recording the same id twice changes nothing.
        happened_on: The local day on which it happened; may lie in the past.

    Class attributes:
        TYPE: Its name in the journal and on the wire.
        SCHEMA: Version of its fields.
        KIND: Whether it is an act or a fact.
        OWNER: Whose decision it is.
        MAY_PRECEDE: Whether it may have happened before the group began.
        MAY_OUTLIVE: Whether it may happen after the death of whoever decides on it.
    """

    TYPE: ClassVar[Code]
    SCHEMA: ClassVar[int] = 1
    KIND: ClassVar[ChangeKind]
    OWNER: ClassVar[Owner] = Owner.ANYONE
    MAY_PRECEDE: ClassVar[bool] = False
    MAY_OUTLIVE: ClassVar[bool] = False

    id: ChangeId
    happened_on: date

    @abstractmethod
    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Return the group after this change.

        Never raises on a group for which `problems` found nothing, and sees no
        clock.
        """

    def problems(self, group: ResourceGroup) -> Iterable[Finding]:
        """Return how this does not fit the group; no rule can override it.

        Args:
            group: The group as it stands.
        """
        yield from _misplaced(self, group)
        if not self.MAY_OUTLIVE:
            decider = self.decided_for(group)
            yield from outlived(group, decider, self, ".happened_on")
        yield from self._own_problems(group)

    def touches(self) -> frozenset[ItemId]:
        """Return every item and person this change creates or refers to."""
        return frozenset(
            m.value for m in self._marked if isinstance(m.mark, Creates | Refers)
        )

    def touched_in(self, group: ResourceGroup) -> frozenset[ItemId]:
        """Return every item and person this change is about.

        Args:
            group: The group before the change.
        """
        del group
        return self.touches()

    def fact_in(self, group: ResourceGroup) -> str:
        """Return what happened, as phases and steps name it.

        Args:
            group: The group after the change.
        """
        del group
        return self.TYPE

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose decision this is; `None` if anybody in the group may take it.

        Args:
            group: The group as it stands.
        """
        return group.client if self.OWNER is Owner.CLIENT else None

    @classmethod
    def was_decided_for(
        cls, happened: Happening, group: ResourceGroup
    ) -> PersonId | None:
        """Return whose decision a recorded change of this type was.

        Args:
            happened: What the group remembers of it.
            group: The group as it stands.
        """
        if cls.OWNER is Owner.CLIENT:
            return group.client
        if cls.decided_for is Change.decided_for:
            return None
        return group.known_as(happened.on_behalf_of or happened.by)

    def marked(self) -> tuple[Marked, ...]:
        """Return every id it creates or refers to, and every text, in order."""
        return self._marked

    @cached_property
    def _marked(self) -> tuple[Marked, ...]:
        # Recording asks ten times, and looking a change over takes 10 to 50
        # microseconds.
        # The name is private because msgspec would store a public one.
        return tuple(inspect(self).marked)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        """Return what only this type of change can get wrong."""
        del group
        return ()


def sealed_for(
    text: Text | None, person: PersonId | None, path: str
) -> Iterator[Finding]:
    """Return a finding if a text would be sealed for somebody else.

    Args:
        text: The text, if there is one.
        person: Whom it is by or about; `None` if that cannot be told.
        path: Where the text stands in the change.
    """
    if text is not None and person is not None and text.subject != person:
        yield misfit("other_subject", f"{path}.subject")


def about_themselves(person: Person | None, path: str) -> Iterator[Finding]:
    """Return what of a person is said of somebody else: texts, and merged ids.

    Args:
        person: The person, if there is one.
        path: Where the person stands in the change.
    """
    if person is not None:
        yield from sealed_for(person.name, person.id, f"{path}.name")
        yield from sealed_for(person.relation, person.id, f"{path}.relation")
        if person.also:
            yield misfit("only_by_merging", f"{path}.also")


def misfit(code: str, path: str) -> Finding:
    """Return a finding of structure about one field of a change."""
    return Finding(
        code=Code(f"structure.{code}"),
        rank=Rank.STRUCTURE,
        effect=Effect.REFUSES,
        params=(("path", path.removeprefix(".")),),
    )


def texts(change: Change) -> Iterator[tuple[str, Text]]:
    """Go through the texts that a change brings, each with its path."""
    for marked in change.marked():
        if marked.mark is Text:
            yield marked.path, marked.value


def _misplaced(change: Change, group: ResourceGroup) -> Iterator[Finding]:
    marked = change.marked()
    created = [(m.mark.kind, m.value) for m in marked if isinstance(m.mark, Creates)]
    for found in marked:
        if isinstance(found.mark, Creates):
            yield from _not_new(found, group, created)
        elif isinstance(found.mark, Refers):
            yield from _not_there(found, found.mark.kind, group, created)
        elif found.mark is Text:
            yield from _about_nobody(found, group, created)


_Created = list[tuple[Kind, str]]


def _not_new(
    found: Marked, group: ResourceGroup, created: _Created
) -> Iterator[Finding]:
    if group.knows(found.value):
        yield misfit("id_in_use", found.path)
    elif [item for _, item in created].count(found.value) > 1:
        yield misfit("id_twice", found.path)


def _not_there(
    found: Marked, kind: Kind, group: ResourceGroup, created: _Created
) -> Iterator[Finding]:
    if (kind, found.value) not in created and not group.holds(kind, found.value):
        yield misfit("unknown_item", found.path)


def _about_nobody(
    found: Marked, group: ResourceGroup, created: _Created
) -> Iterator[Finding]:
    subject = found.value.subject
    known = (Kind.PERSON, subject) in created or group.holds(Kind.PERSON, subject)
    if not known:
        yield misfit("unknown_person", f"{found.path}.subject")


def outlived(
    group: ResourceGroup, person: PersonId | None, change: Change, path: str
) -> Iterator[Finding]:
    """Return a finding if somebody had died before the day of a change.

    Args:
        group: The group.
        person: Who should have lived; `None` if that cannot be told.
        change: What happened.
        path: Where the change says so.
    """
    died = group.died_on(person) if person is not None else None
    if died is not None and died < change.happened_on:
        yield misfit("has_died", path)


def in_the_past(day: date | None, change: Change, path: str) -> Iterator[Finding]:
    """Return a finding if a day that should lie ahead does not.

    Args:
        day: The day, if one is given.
        change: The change that brings it.
        path: Where it stands in the change.
    """
    if day is not None and day < change.happened_on:
        yield misfit("in_the_past", path)
