"""What the client lets others read, permission to show, and added statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    misfit,
    outlived,
    sealed_for,
)
from rgcore.domain.consent import (
    KEPT_BY_PEOPLE,
    READABLE,
    Choice,
    Ground,
    Permission,
    Pointer,
    Statement,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    ChoiceRef,
    Code,
    ItemId,
    Kind,
    NewChoice,
    NewPermission,
    NewStatement,
    PermissionRef,
    PersonId,
    PersonRef,
    RoleCode,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.legal import Mandate
from rgcore.domain.text import Text


@frozen(kw_only=True)
class ChooseReaders(Change):
    """The client lets people of the group read something, or keeps it from them.

    Attributes:
        choice: Its id.
        to: Who; everybody who is in the group if it is empty.
        items: Single items.
        kinds: Kinds of items as a whole, and `minutes`; those that come later too.
        sees: Whether they read it.
        until: First day on which it is over; `None` if no end is named.
    """

    TYPE = Code("reading.choose")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    choice: NewChoice
    to: tuple[PersonRef, ...] = ()
    items: tuple[Pointer, ...] = ()
    kinds: tuple[Code, ...] = ()
    sees: bool = True
    until: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        choice = Choice(
            id=self.choice,
            to=self.to,
            items=self.items,
            kinds=self.kinds,
            sees=self.sees,
            since=self.happened_on,
            until=self.until,
        )
        return evolve(group, choices=(*group.choices, choice))

    def touches(self) -> frozenset[ItemId]:
        """Return the choice, the people and the items."""
        return super().touches().union(one.id for one in self.items)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _pointed(group, self.items, self.kinds)
        for number, person in enumerate(self.to):
            if person == group.client:
                yield misfit("is_the_client", f".to[{number}]")
            yield from outlived(group, person, self, f".to[{number}]")
        yield from _no_end(self.until, self)


@frozen(kw_only=True)
class EndChoice(Change):
    """The client ends a choice of who reads what. No reason is asked.

    Attributes:
        choice: Which choice.
    """

    TYPE = Code("reading.end_choice")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    choice: ChoiceRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End it on this day."""
        new = evolve(one(group.choices, self.choice), until=self.happened_on)
        return evolve(group, choices=replaced(group.choices, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for choice in group.choices:
            if choice.id == self.choice:
                yield from ending(choice, self, ".choice")


@frozen(kw_only=True)
class GivePermission(Change):
    """The client gives permission to show something to somebody outside the group.

    To a person, to whoever holds a role, or to an organisation: one of the three.

    Attributes:
        permission: Its id.
        person: To whom, if it is a person.
        role: To whom, if it is whoever holds a role.
        organisation: To whom, if it is an organisation, by the id that the host uses.
        items: Single items.
        kinds: Kinds of items as a whole.
        purpose: For what, as a code: `treatment`, `handover`, `benefits`.
        until: First day on which it is over.
        words: What the client wants to say about it.
    """

    TYPE = Code("permission.give")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    permission: NewPermission
    person: PersonRef | None = None
    role: RoleCode | None = None
    organisation: Code | None = None
    items: tuple[Pointer, ...] = ()
    kinds: tuple[Code, ...] = ()
    purpose: Code
    until: date
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it. Without the receiver's own ground it opens nothing."""
        permission = Permission(
            id=self.permission,
            person=self.person,
            role=self.role,
            organisation=self.organisation,
            items=self.items,
            kinds=self.kinds,
            purpose=self.purpose,
            since=self.happened_on,
            until=self.until,
            ended_then=self.until,
            words=self.words,
        )
        return evolve(group, permissions=(*group.permissions, permission))

    def touches(self) -> frozenset[ItemId]:
        """Return the permission, the person and the items."""
        return super().touches().union(one.id for one in self.items)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _pointed(group, self.items, self.kinds)
        receivers = (self.person, self.role, self.organisation)
        if sum(receiver is not None for receiver in receivers) != 1:
            yield misfit("one_receiver", ".person")
        if self.person == group.client:
            yield misfit("is_the_client", ".person")
        yield from outlived(group, self.person, self, ".person")
        yield from _no_end(self.until, self)
        yield from sealed_for(self.words, group.client, ".words")


@frozen(kw_only=True)
class NameGround(Change):
    """The receiver of a permission names the legal ground of their own.

    Attributes:
        permission: Which permission.
        ground: What it is, as a code: `care_agreement`, `legal_task`, `consent`.
        by: Who names it.
    """

    TYPE = Code("permission.name_ground")
    KIND = ChangeKind.FACT

    permission: PermissionRef
    ground: Code
    by: PersonRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it: the permission is complete from the first day of any ground."""
        before = one(group.permissions, self.permission).ground
        since = min(before.since, self.happened_on) if before else self.happened_on
        ground = Ground(ground=self.ground, since=since, named_by=self.by)
        return _altered(group, self.permission, ground=ground)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for permission in group.permissions:
            if permission.id == self.permission:
                yield from ending(permission, self, ".permission")
        if self.by == group.client:
            yield misfit("is_the_client", ".by")
        yield from outlived(group, self.by, self, ".by")


@frozen(kw_only=True)
class WithdrawPermission(Change):
    """The client withdraws a permission, in one step and without a reason.

    From this day nothing more is shown. What was shown before stays known.

    Attributes:
        permission: Which permission.
    """

    TYPE = Code("permission.withdraw")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    permission: PermissionRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End it on this day."""
        day = self.happened_on
        return _altered(group, self.permission, until=day, withdrawn_on=day)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for permission in group.permissions:
            if permission.id == self.permission and permission.withdrawn_on:
                yield misfit("withdrawn", ".permission")
            elif permission.id == self.permission:
                yield from ending(permission, self, ".permission")


@frozen(kw_only=True)
class TellReceiver(Change):
    """The receiver of a permission was told that it ended: one notice, no more.

    Attributes:
        permission: Which permission.
    """

    TYPE = Code("permission.tell_end")
    KIND = ChangeKind.FACT

    permission: PermissionRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the day."""
        return _altered(group, self.permission, stopped_on=self.happened_on)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for permission in group.permissions:
            if permission.id != self.permission:
                continue
            if permission.stopped_on is not None:
                yield misfit("told_already", ".permission")
            if self.happened_on < permission.until:
                yield misfit("still_runs", ".permission")


@frozen(kw_only=True)
class AddStatement(Change):
    """Somebody adds their own reading to something that is about them.

    Attributes:
        statement: Its id.
        by: Who.
        about: To what.
        words: Their words.
    """

    TYPE = Code("statement.add")
    KIND = ChangeKind.ACT

    statement: NewStatement
    by: PersonRef
    about: Pointer
    words: Text

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it beside the item."""
        statement = Statement(
            id=self.statement,
            by=self.by,
            about=self.about,
            on=self.happened_on,
            words=self.words,
        )
        return evolve(group, statements=(*group.statements, statement))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose statement it is."""
        del group
        return self.by

    def touches(self) -> frozenset[ItemId]:
        """Return the statement, who makes it and the item."""
        return super().touches() | {self.about.id}

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _pointed_at(group, self.about, ".about")
        yield from sealed_for(self.words, self.by, ".words")


def ending(
    span: Choice | Permission | Mandate, change: Change, path: str
) -> Iterator[Finding]:
    """Return what is wrong with ending something, or naming a ground, on a day.

    Args:
        span: What runs from a day until another, if one was named.
        change: What happened.
        path: Where the change says what it is about.
    """
    if change.happened_on < span.since:
        yield misfit("ends_before_it_begins", ".happened_on")
    elif span.until is not None and span.until <= change.happened_on:
        yield misfit("over_already", path)


def _pointed(
    group: ResourceGroup, items: tuple[Pointer, ...], kinds: tuple[Code, ...]
) -> Iterator[Finding]:
    if not items and not kinds:
        yield misfit("empty", ".items")
    for number, item in enumerate(items):
        yield from _pointed_at(group, item, f".items[{number}]")
        if _is_anothers(group, item):
            yield misfit("not_readable", f".items[{number}].id")
    for number, kind in enumerate(kinds):
        if kind not in READABLE:
            yield misfit("not_readable", f".kinds[{number}]")


def _pointed_at(group: ResourceGroup, item: Pointer, path: str) -> Iterator[Finding]:
    # A person is no item: two who turn out to be one would leave nothing to point at.
    if item.kind is Kind.PERSON or not group.holds(item.kind, item.id):
        yield misfit("unknown_item", f"{path}.id")


def _is_anothers(group: ResourceGroup, item: Pointer) -> bool:
    """Tell whether somebody else than the client chose who reads an item."""
    owner = KEPT_BY_PEOPLE.get(item.kind)
    found = (one for one in group.items(item.kind) if one.id == item.id)
    return owner is not None and any(owner(one) != group.client for one in found)


def _no_end(until: date | None, change: Change) -> Iterator[Finding]:
    if until is not None and until <= change.happened_on:
        yield misfit("ends_before_it_begins", ".until")


def _altered(
    group: ResourceGroup, permission: ItemId, **fields: object
) -> ResourceGroup:
    old = one(group.permissions, permission)
    new: Permission = evolve(old, **fields)  # type: ignore[arg-type]
    return evolve(group, permissions=replaced(group.permissions, new))
