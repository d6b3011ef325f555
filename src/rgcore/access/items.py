"""Every item of a group, with those whose own it is: what somebody said, gave or has.

Whose own something is reads it as long as they are in the group, whoever else does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ItemId, Kind, PersonId

Named = PersonId | tuple[PersonId, ...] | None
Owners = Callable[[Any], tuple[Named, ...]]


@frozen
class Item:
    """An item of a group.

    Attributes:
        kind: What it is.
        id: Its id.
        owners: Whose own it is, besides the client's.
    """

    kind: Kind
    id: ItemId
    owners: frozenset[PersonId]


def _of_agreement(agreement: Any) -> tuple[Named, ...]:  # noqa: ANN401 - one row of a table
    return (*agreement.now.owners, *agreement.for_people)


def _of_nomination(nomination: Any) -> tuple[Named, ...]:  # noqa: ANN401 - one row of a table
    # Before they said yes it is the client's alone.
    return (nomination.person,) if nomination.state == "accepted" else ()


_OWNERS: Final[Mapping[Kind, Owners]] = MappingProxyType(
    {
        Kind.AGREEMENT: _of_agreement,
        Kind.AFTERCARE: lambda item: (item.by,),
        Kind.EMERGENCY: lambda item: (item.person,),
        Kind.HANDOVER: lambda item: (*item.giving, *item.taking),
        Kind.INTERVIEW: lambda item: (item.respondent,),
        Kind.MANDATE: lambda item: (item.person,),
        Kind.NOMINATION: _of_nomination,
        Kind.OFFER: lambda item: item.people,
        Kind.OWN_ITEM: lambda item: (item.owner,),
        Kind.OWN_NOTE: lambda item: (item.whose,),
        Kind.RELATION: lambda item: (item.person,),
        Kind.REST: lambda item: (item.person,),
        Kind.SCALE_UP: lambda item: tuple(p.by for p in item.promises),
        Kind.SIGN: lambda item: (item.by,),
        Kind.STATEMENT: lambda item: (item.by,),
        Kind.SUCCESS: lambda item: (item.by,),
        Kind.THANKS: lambda item: (item.to, item.by),
        Kind.THEME_REQUEST: lambda item: (item.person,),
        Kind.TRIAD_TALK: lambda item: item.people,
    }
)
"""Whose own an item of a kind is; of other kinds it is nobody's but the client's."""

SAID_THEMSELVES: Final = frozenset(
    {
        Kind.OWN_ITEM,
        Kind.INTERVIEW,
        Kind.SIGN,
        Kind.STATEMENT,
        Kind.SUCCESS,
        Kind.THANKS,
    }
)
"""What somebody said or made themselves: that stays theirs when they leave."""


def items_of(group: ResourceGroup) -> Iterator[Item]:
    """Go through the items of a group; people are none.

    Args:
        group: The group.
    """
    for kind in Kind:
        if kind is Kind.PERSON:
            continue
        owners = _OWNERS.get(kind, _nobody)
        for item in group.items(kind):
            found = frozenset(map(group.known_as, _each(owners(item))))
            yield Item(kind, ItemId(item.id), found)


def _each(named: tuple[Named, ...]) -> Iterator[PersonId]:
    for one in named:
        if isinstance(one, tuple):
            yield from one
        elif one is not None:
            yield one


def _nobody(item: object) -> tuple[Named, ...]:
    del item
    return ()
