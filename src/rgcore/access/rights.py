"""Decide who may see and do what. Default deny; every answer has all its reasons.

This is the stub of the first slice: the client and the direction supporter see
and record, and whoever has something of their own sees that. A member who is
neither records what is their own: a success, an answer, how an agreement goes, an own
item, stepping back and so on, and corrects what they recorded; they see nothing of
the group through rgcore yet, except what is for them alone.

From the day after the client's death the client's own right is over. The direction
supporter keeps theirs for now as custody: who has it for how long belongs to the work
on access.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from rgcore.access.denying import denials
from rgcore.access.grants import DO, SEE, Grant
from rgcore.access.privacy import Private, private_items
from rgcore.domain.actor import OPERATION, Actor
from rgcore.domain.changes import (
    AddSuccess,
    AdoptMethod,
    AgreeHouseRules,
    AnswerAgreement,
    AskForTheme,
    Change,
    DescribePart,
    KeepOwnItem,
    NoteProgress,
    OfferSign,
    Owner,
    RenamePerson,
    ReturnToGroup,
    SayNotSafe,
    ScoreGoal,
    ShareOwnItem,
    SignOffMinutes,
    StartGroup,
    StepBack,
    ThankMember,
)
from rgcore.domain.changes.correcting import Correction, named
from rgcore.domain.dates import covers
from rgcore.domain.findings import Decision, Effect, Finding, Rank, decide
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId
from rgcore.domain.people import DIRECTION_SUPPORTER
from rgcore.method.method import Method
from rgcore.method.proposal import Proposal

ONE_S_OWN: Final = (
    AddSuccess,
    AgreeHouseRules,
    AnswerAgreement,
    AskForTheme,
    DescribePart,
    KeepOwnItem,
    NoteProgress,
    OfferSign,
    RenamePerson,
    ReturnToGroup,
    SayNotSafe,
    ScoreGoal,
    ShareOwnItem,
    SignOffMinutes,
    StepBack,
    ThankMember,
)
"""Changes that a member records about themselves."""

_ONE_S_OWN_TYPES: Final = frozenset(cls.TYPE for cls in ONE_S_OWN)


def grants(group: ResourceGroup) -> Iterator[Grant]:
    """Return every right that the group's own facts give, with its dates.

    Args:
        group: The group.
    """
    both = frozenset({SEE, DO})
    died = group.died_on(group.client)
    yield Grant(
        to=group.client,
        verbs=both,
        since=group.started_on,
        until=died + timedelta(days=1) if died else None,
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
    refused = denials(group, method, on)
    private = next((p for p in private_items(group) if p.item == item), None)
    rights: list[Grant] = []
    if private is None or covers(private.until or date.max, None, on):
        rights += grants(group)
    if private is not None:
        rights += _of_readers(private)
    return tuple(
        g
        for g in rights
        if SEE in g.verbs and g.covers(item, on) and not refused.hide_from(g.to)
    )


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
    if any(g.to == actor.who for g in who_can_see(group, method, item, on)):
        return Decision()
    return decide([_refusal("not_yours"), *denials(group, method, on).faults])


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
    return decide(_against(proposal, actor, change, on))


def _of_readers(private: Private) -> Iterator[Grant]:
    for reader in private.readers:
        yield Grant(
            to=reader,
            verbs=frozenset({SEE, DO}),
            since=private.since,
            until=None,
            because=private.because,
            items=frozenset({private.item}),
        )


def _against(
    proposal: Proposal, actor: Actor, change: Change, on: date
) -> Iterator[Finding]:
    group = proposal.group
    if isinstance(change, AdoptMethod) and _operates(actor):
        return
    refused = denials(group, proposal.method, on)
    takes_part = _takes_part(group, actor, change, on)
    if not takes_part or refused.hide_from(actor.who):
        yield _refusal("not_yours")
        return
    decider = change.decided_for(group)
    if actor.on_behalf_of is not None and actor.because is None:
        yield _refusal("reason_missing", Rank.DIRECTION)
    if decider is not None and actor.decider != decider:
        own = change.OWNER is Owner.CLIENT or decider == group.client
        code = "not_the_client" if own else "not_that_person"
        yield _refusal(code, Rank.DIRECTION)


def _operates(actor: Actor) -> bool:
    """Tell whether somebody runs the store and says why they touch a group."""
    return actor.purpose == OPERATION and actor.because is not None


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
