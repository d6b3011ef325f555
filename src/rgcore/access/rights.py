"""Decide who may see and do what. Default deny; every answer has all its reasons.

Who sees what comes from rights with dates, see `rgcore.access.giving`. A member who is
neither client nor supporter records what is their own: a success, an answer, how an
agreement goes, an own item, stepping back and so on, and corrects what they recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from attrs import frozen

from rgcore.access.denying import denials
from rgcore.access.giving import grants, recording, sees_all
from rgcore.access.grants import DO, SEE, Grant
from rgcore.access.items import Item, items_of
from rgcore.access.privacy import Private, private_items
from rgcore.domain.actor import CARE, OPERATION, Actor
from rgcore.domain.changes import (
    AddStatement,
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
    OpenInEmergency,
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
from rgcore.domain.consent import MINUTES
from rgcore.domain.findings import Decision, Effect, Finding, Rank, decide
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId, Kind
from rgcore.method.method import Method
from rgcore.method.proposal import Proposal

ONE_S_OWN: Final = (
    AddStatement,
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


FIRM: Final = frozenset(
    Code(code) for code in ("own_group", "own", "said_themselves", "emergency")
)
"""Reasons that no choice of the client takes away: it is theirs, or an emergency."""


def who_can_see(
    group: ResourceGroup, method: Method, item: ItemId | None, on: date
) -> tuple[Grant, ...]:
    """Return who may see an item on a day, each with the reason.

    Args:
        group: The group.
        method: The method it goes by.
        item: The item, or `None` for who may see anything of the group at all.
        on: The day.
    """
    refused = denials(group, method, on)
    running = [g for g in grants(group) if SEE in g.verbs and g.runs_on(on)]
    if item is None:
        found = [g for g in running if not g.denies]
    else:
        found = list(_for_item(group, running, item, on))
    return tuple(g for g in found if g.to is None or not refused.hide_from(g.to))


def _for_item(
    group: ResourceGroup, running: list[Grant], item: ItemId, on: date
) -> Iterator[Grant]:
    known = next((one for one in items_of(group) if one.id == item), None)
    if known is None:
        return
    private = next((p for p in private_items(group) if p.item == item), None)
    if private is not None:
        yield from (g for g in _of_readers(private) if g.runs_on(on))
        if private.is_private_on(on):
            return
    yield from _reaching(running, known)


def _reaching(running: Iterable[Grant], item: Item) -> Iterator[Grant]:
    """Go through the rights that reach an item and that no choice takes away."""
    reaching = [g for g in running if g.reaches(item)]
    denied = {g.to for g in reaching if g.denies}
    for grant in reaching:
        if not grant.denies and (grant.because in FIRM or grant.to not in denied):
            yield grant


@frozen(kw_only=True)
class Sight:
    """What one reader sees of a group on a day.

    Attributes:
        whole: Whether they see everything that nobody keeps for themselves.
        items: The ids of the items that they see.
        minutes: Whether they read the minutes of meetings.
        because: Why they see anything, by codes.
    """

    whole: bool
    items: frozenset[ItemId]
    minutes: bool
    because: tuple[Code, ...]

    @property
    def is_nothing(self) -> bool:
        """Tell whether they see nothing at all."""
        return not self.because


NOTHING: Final = Sight(whole=False, items=frozenset(), minutes=False, because=())
"""The sight of somebody who sees nothing."""


def sight(group: ResourceGroup, method: Method, actor: Actor, on: date) -> Sight:
    """Return what somebody sees of a group on a day.

    Args:
        group: The group.
        method: The method it goes by.
        actor: Who reads.
        on: The day.
    """
    hidden = denials(group, method, on).hide_from(actor.who)
    because = None if hidden else sees_all(group, actor.who, on)
    if because is not None:
        return _whole(group, actor, on, because)
    mine = [
        g
        for g in grants(group)
        if SEE in g.verbs and g.runs_on(on) and g.is_for(actor) and not hidden
    ]
    away = {p.item for p in private_items(group) if p.hides_from(actor.who, on)}
    allowed = [g for g in mine if not g.denies]
    items = frozenset(
        one.id
        for one in items_of(group)
        if one.id not in away and any(True for _ in _reaching(mine, one))
    )
    denied = any(g.denies and g.reaches_kind(MINUTES) for g in mine)
    minutes = any(
        g.reaches_kind(MINUTES) and (g.because in FIRM or not denied) for g in allowed
    )
    return Sight(
        whole=any(g.is_whole for g in allowed) and not any(g.denies for g in mine),
        items=items,
        minutes=minutes,
        because=tuple(sorted({g.because for g in allowed})),
    )


def _whole(group: ResourceGroup, actor: Actor, on: date, because: Code) -> Sight:
    """Return the sight of somebody who sees everything that nobody keeps.

    Most who read are such, and going through all rights for all items would take
    longer than everything else of reading.
    """
    away = {p.item for p in private_items(group) if p.hides_from(actor.who, on)}
    shelves = (group.ids(kind) for kind in Kind if kind is not Kind.PERSON)
    known = frozenset(ItemId(item) for shelf in shelves for item in shelf)
    return Sight(whole=True, items=known - away, minutes=True, because=(because,))


def may_see(
    group: ResourceGroup, method: Method, actor: Actor, item: ItemId | None, on: date
) -> Decision:
    """Decide whether somebody may see an item on a day.

    Args:
        group: The group.
        method: The method it goes by.
        actor: Who wants to see it.
        item: The item, or `None` for anything of the group at all.
        on: The day.

    Returns:
        A decision that is allowed, or one that is blocked by `access.not_yours`. That
        there is no such item gives the same answer.
    """
    if any(g.is_for(actor) for g in who_can_see(group, method, item, on)):
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
    if actor.who in recording(group, on) or _opens_in_emergency(actor, change):
        return True
    own = _records_own(group, actor, change)
    return own and actor.who in group.members_on(on)


def _opens_in_emergency(actor: Actor, change: Change) -> bool:
    """Tell whether somebody opens a group in an emergency, for themselves and care."""
    if not isinstance(change, OpenInEmergency) or actor.purpose != CARE:
        return False
    return actor.who == (change.person.id if change.person else change.known)


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
