"""What is for a few people only, so that others do not learn that it is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import frozen

from rgcore.domain.changes import (
    KeepOwnItem,
    OpenInEmergency,
    RenamePerson,
    SayNotSafe,
)
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import Code, ItemId, PersonId
from rgcore.domain.life import OwnItem
from rgcore.domain.people import DIRECTION_SUPPORTER

_PRIVATE_TYPES: Final = frozenset(
    {KeepOwnItem.TYPE, OpenInEmergency.TYPE, RenamePerson.TYPE, SayNotSafe.TYPE}
)


@frozen(kw_only=True)
class Private:
    """Something that only a few people read.

    Attributes:
        item: Its id.
        readers: Who reads it.
        since: The day from which they do.
        until: The day from which everybody does who may see the group; `None` if
            never.
        because: Why, as a code: `owner`, `named_reader`, `was_told`.
    """

    item: ItemId
    readers: tuple[PersonId, ...]
    since: date
    until: date | None
    because: Code

    def is_private_on(self, day: date) -> bool:
        """Tell whether it is for its readers alone on a day."""
        return self.until is None or day < self.until

    def hides_from(self, reader: PersonId, on: date) -> bool:
        """Tell whether somebody may not know of this on a day."""
        return self.is_private_on(on) and reader not in self.readers


def private_items(group: ResourceGroup) -> Iterator[Private]:
    """Go through what is or was for a few people only.

    Args:
        group: The group.
    """
    for own in group.own_items:
        yield Private(
            item=own.id,
            readers=(own.owner,),
            since=own.made_on,
            until=own.shared_on,
            because=Code("owner"),
        )
    for name in group.names:
        if name.readers:
            yield Private(
                item=name.id,
                readers=(name.person, *name.readers),
                since=name.since,
                until=None,
                because=Code("named_reader"),
            )
    for said in group.not_safe:
        yield Private(
            item=said.id,
            readers=(said.person, *said.told),
            since=said.on,
            until=None,
            because=Code("was_told"),
        )
    for opened in group.emergencies:
        if opened.shown_from > opened.since:
            yield Private(
                item=opened.id,
                readers=(opened.person, *_ever_supported(group)),
                since=opened.since,
                until=opened.shown_from,
                because=Code("emergency"),
            )


def _ever_supported(group: ResourceGroup) -> tuple[PersonId, ...]:
    held = (r.person for r in group.roles if r.role == DIRECTION_SUPPORTER)
    return tuple(dict.fromkeys(held))


def hidden_from(group: ResourceGroup, reader: PersonId, on: date) -> frozenset[ItemId]:
    """Return what a reader may not learn of on a day, mistakes included.

    Args:
        group: The group.
        reader: Who reads.
        on: The day.
    """
    private = {p.item for p in private_items(group) if p.hides_from(reader, on)}
    return _mistaken_of_others(group, reader).union(private)


def kept_by_others(group: ResourceGroup, reader: PersonId) -> tuple[OwnItem, ...]:
    """Return what others keep for themselves for now, so that this can be said.

    Args:
        group: The group.
        reader: Who reads.
    """
    return tuple(
        i for i in group.own_items if i.shared_on is None and i.owner != reader
    )


def _mistaken_of_others(group: ResourceGroup, reader: PersonId) -> frozenset[ItemId]:
    """Return others' private items that were entered in error, to be left out too.

    The group no longer has them, so whose they were is read from who decided.
    """
    return frozenset(
        item
        for happened in group.happenings
        if happened.in_error and happened.type in _PRIVATE_TYPES
        for item in happened.touched
        if group.known_as(_decider_of(happened)) != reader
        if item != ItemId(_decider_of(happened)) and not group.knows(item)
    )


def _decider_of(happened: Happening) -> PersonId:
    return happened.on_behalf_of or happened.by
