"""Who may read what because the client said so, and what was shown to others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from rgcore.domain.ids import Code, ItemId, Kind, PersonId
from rgcore.domain.text import Text

MINUTES: Final = Code("minutes")
"""The minutes of meetings: a part that is chosen apart from the meetings themselves."""

NEVER_CHOSEN: Final = frozenset(
    {
        Kind.PERSON,
        Kind.FIGURE,
        Kind.OWN_ITEM,
        Kind.NOT_SAFE,
        Kind.NAME,
        Kind.NOMINATION,
    }
)
"""Kinds that nobody is given as a whole: each has readers of its own."""

READABLE: Final = frozenset(
    (MINUTES, *(Code(kind.value) for kind in Kind if kind not in NEVER_CHOSEN))
)
"""What can be chosen as a whole."""

KEPT_BY_PEOPLE: Final[MappingProxyType[Kind, Callable[[Any], PersonId]]] = (
    MappingProxyType(
        {
            Kind.OWN_ITEM: lambda item: item.owner,
            Kind.NAME: lambda item: item.person,
            Kind.NOT_SAFE: lambda item: item.person,
        }
    )
)
"""Whose choice it is who reads a single item of a kind; of other kinds the client's."""


@frozen(kw_only=True)
class Pointer:
    """An item of the group that something is about.

    Attributes:
        kind: What it is.
        id: Its id.
    """

    kind: Kind
    id: ItemId


@frozen(kw_only=True)
class Choice:
    """The client lets people of the group read something, or keeps it from them.

    Attributes:
        id: Unique in the group.
        to: Who; everybody who is in the group if it is empty.
        items: Single items.
        kinds: Kinds of items as a whole, those that come later too.
        sees: Whether they read it. A no goes before every yes.
        since: First day.
        until: First day on which it is over; `None` if no end is named.
    """

    id: ItemId
    to: tuple[PersonId, ...]
    items: tuple[Pointer, ...]
    kinds: tuple[Code, ...]
    sees: bool
    since: date
    until: date | None = None


@frozen(kw_only=True)
class Ground:
    """The receiver's own legal ground for what is shown to them.

    Attributes:
        ground: What it is, as a code: `care_agreement`, `legal_task`, `consent`.
        since: The first day on which any was named.
        named_by: Who named this one.
    """

    ground: Code
    since: date
    named_by: PersonId


@frozen(kw_only=True)
class Permission:
    """The client lifts secrecy towards somebody: permission to show.

    It is not consent in the sense of the AVG, and no ground for the receiver: that is
    the other half.

    Attributes:
        id: Unique in the group.
        person: To whom, if it is a person: it never passes to a successor.
        role: To whom, if it is whoever holds a role.
        organisation: To whom, if it is an organisation, by the id that the host uses.
        items: Single items.
        kinds: Kinds of items as a whole.
        purpose: For what, as a code.
        since: First day.
        until: First day on which it is over.
        ended_then: The end that was named when it was given.
        ground: The receiver's own ground; without it the permission is incomplete.
        withdrawn_on: The day on which the client withdrew it.
        stopped_on: The day on which the receiver was told that it ended.
        words: What the client wants to say about it.
    """

    id: ItemId
    person: PersonId | None = None
    role: Code | None = None
    organisation: Code | None = None
    items: tuple[Pointer, ...] = ()
    kinds: tuple[Code, ...] = ()
    purpose: Code
    since: date
    until: date
    ended_then: date
    ground: Ground | None = None
    withdrawn_on: date | None = None
    stopped_on: date | None = None
    words: Text | None = None


@frozen(kw_only=True)
class Statement:
    """What somebody adds to something about them: their own reading of it.

    Attributes:
        id: Unique in the group.
        by: Who.
        about: To what; `None` in a copy for somebody who no longer sees that.
        on: The day.
        words: Their words. Whoever reads the item reads them too.
    """

    id: ItemId
    by: PersonId
    about: Pointer | None
    on: date
    words: Text
