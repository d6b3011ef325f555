"""Decide who may see and do what. Default deny; every answer has all its reasons.

This is the stub of the first slice: the client and the direction supporter see
and record, and whoever has something of their own sees that. A member who is
neither may add a success, say yes to the house rules, and keep or share own items,
and correct those that they recorded; they see nothing of the group through rgcore yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rgcore.access.grants import DO, SEE, Grant
from rgcore.domain.actor import Actor
from rgcore.domain.changes import (
    AddSuccess,
    AgreeHouseRules,
    Change,
    KeepOwnItem,
    Owner,
    ShareOwnItem,
    StartGroup,
)
from rgcore.domain.changes.correcting import Correction, named
from rgcore.domain.findings import Decision, Effect, Finding, Rank, decide
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import Code, ItemId, PersonId
from rgcore.domain.life import OwnItem
from rgcore.domain.people import DIRECTION_SUPPORTER
from rgcore.method.method import Method
from rgcore.method.proposal import Proposal

ONE_S_OWN: Final = (AddSuccess, AgreeHouseRules, KeepOwnItem, ShareOwnItem)
"""Changes that a member records about themselves."""

_ONE_S_OWN_TYPES: Final = frozenset(cls.TYPE for cls in ONE_S_OWN)


def grants(group: ResourceGroup) -> Iterator[Grant]:
    """Return every right that the group's own facts give, with its dates.

    Args:
        group: The group.
    """
    both = frozenset({SEE, DO})
    yield Grant(
        to=group.client,
        verbs=both,
        since=group.started_on,
        until=None,
        because=Code("own_group"),
    )
    for held in group.roles:
        if held.role == DIRECTION_SUPPORTER:
            yield Grant(
                to=held.person,
                verbs=both,
                since=held.since,
                until=held.until,
                because=DIRECTION_SUPPORTER,
            )


def who_can_see(
    group: ResourceGroup, method: Method, item: ItemId | None, on: date
) -> tuple[Grant, ...]:
    """Return who may see an item on a day, each with the reason.

    Args:
        group: The group.
        method: The method it goes by.
        item: The item, or `None` for the group as a whole.
        on: The day.
    """
    del method
    own = next((i for i in group.own_items if i.id == item), None)
    rights = [] if own is not None and _is_private(own, on) else [*grants(group)]
    if own is not None:
        rights.append(_of_owner(own))
    return tuple(g for g in rights if SEE in g.verbs and g.covers(item, on))


def may_see(
    group: ResourceGroup, method: Method, actor: Actor, item: ItemId | None, on: date
) -> Decision:
    """Decide whether somebody may see an item on a day.

    Args:
        group: The group.
        method: The method it goes by.
        actor: Who wants to see it.
        item: The item, or `None` for the group as a whole.
        on: The day.

    Returns:
        A decision that is allowed, or one that is blocked by `access.not_yours`.
    """
    allowed = any(g.to == actor.who for g in who_can_see(group, method, item, on))
    return Decision() if allowed else decide([_refusal("not_yours")])


def may_do(proposal: Proposal, on: date) -> Decision:
    """Decide whether somebody may record a change on a day.

    Args:
        proposal: The change, the group and who wants it.
        on: The day on which it is recorded.

    Returns:
        A decision with every reason against it.
    """
    actor, change = proposal.actor, proposal.change
    if actor is None or change is None:
        return Decision()
    return decide(_against(proposal.group, actor, change, on))


def private_to_others(group: ResourceGroup, reader: PersonId) -> tuple[OwnItem, ...]:
    """Return what others keep for themselves, so that it can be left out.

    Args:
        group: The group.
        reader: Who reads.
    """
    return tuple(
        i for i in group.own_items if i.shared_on is None and i.owner != reader
    )


def mistaken_of_others(group: ResourceGroup, reader: PersonId) -> frozenset[ItemId]:
    """Return others' own items that were entered in error, to be left out likewise.

    The group no longer has them, so whose they were is read from who decided.

    Args:
        group: The group.
        reader: Who reads.
    """
    return frozenset(
        item
        for happened in group.happenings
        if happened.in_error and happened.type == KeepOwnItem.TYPE
        for item in happened.touched
        if group.known_as(_decider_of(happened)) != reader
        if item != ItemId(_decider_of(happened)) and not group.knows(item)
    )


def _decider_of(happened: Happening) -> PersonId:
    return happened.on_behalf_of or happened.by


def _is_private(own: OwnItem, on: date) -> bool:
    return own.shared_on is None or on < own.shared_on


def _of_owner(item: OwnItem) -> Grant:
    return Grant(
        to=item.owner,
        verbs=frozenset({SEE, DO}),
        since=item.made_on,
        until=None,
        because=Code("owner"),
        items=frozenset({item.id}),
    )


def _against(
    group: ResourceGroup, actor: Actor, change: Change, on: date
) -> Iterator[Finding]:
    if not _takes_part(group, actor, change, on):
        yield _refusal("not_yours")
        return
    decider = change.decided_for(group)
    if actor.on_behalf_of is not None and actor.because is None:
        yield _refusal("reason_missing", Rank.DIRECTION)
    if decider is not None and actor.decider != decider:
        own = change.OWNER is Owner.CLIENT or decider == group.client
        code = "not_the_client" if own else "not_that_person"
        yield _refusal(code, Rank.DIRECTION)


def _takes_part(group: ResourceGroup, actor: Actor, change: Change, on: date) -> bool:
    if isinstance(change, StartGroup):
        return actor.who in {change.client.id, change.supporter.id}
    may = {g.to for g in grants(group) if DO in g.verbs and g.covers(None, on)}
    if actor.who in may:
        return True
    own = _records_own(group, actor, change)
    return own and actor.who in group.members_on(on)


def _records_own(group: ResourceGroup, actor: Actor, change: Change) -> bool:
    if isinstance(change, Correction) and not _corrects_own(group, actor, change):
        return False
    kinds = (*ONE_S_OWN, Correction)
    return isinstance(change, kinds) and change.decided_for(group) == actor.who


def _corrects_own(group: ResourceGroup, actor: Actor, change: Correction) -> bool:
    """Tell whether all that is corrected is what somebody recorded of their own."""
    found = named(change.entries, group)
    return len(found) == len(change.entries) and all(
        h.type in _ONE_S_OWN_TYPES and group.known_as(h.by) == actor.who for h in found
    )


def _refusal(code: str, rank: Rank = Rank.ACCESS) -> Finding:
    return Finding(code=Code(f"access.{code}"), rank=rank, effect=Effect.REFUSES)
