"""When it gets harder: signs, who does what, and the crisis card."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import frozen

from rgcore.domain.ids import ItemId, PersonId, PersonRef, SignRef
from rgcore.domain.text import Text

HIGHEST_STAGE: Final = 4
"""Stages of a signalling plan: 1 is the earliest, 4 a crisis. A default of ours."""


@frozen(kw_only=True)
class OfferedSign:
    """An early sign that somebody noticed and offers to the client's plan.

    Attributes:
        id: Unique in the group.
        by: Who noticed it.
        on: The day on which they offered it.
        words: What they noticed; its subject is whoever noticed.
        interview: The talk in which they said so.
    """

    id: ItemId
    by: PersonId
    on: date
    words: Text
    interview: ItemId | None = None


@frozen(kw_only=True)
class Sign:
    """Something by which the client or others notice that it gets harder.

    Attributes:
        words: The sign, in the client's words.
        stage: How far it has gone: 1 is the earliest, 4 is a crisis.
        offered: The sign that somebody offered and that the client took over.
    """

    words: Text
    stage: int = 1
    offered: SignRef | None = None


@frozen(kw_only=True)
class SignAction:
    """What somebody does when it gets harder.

    Attributes:
        words: What they do.
        by: Who; the client too.
        stage: From which stage.
        second: Who does it when the first cannot.
        hours: When they can be reached, in words.
    """

    words: Text
    by: PersonRef
    stage: int = 1
    second: PersonRef | None = None
    hours: Text | None = None


@frozen(kw_only=True)
class SignallingPlan:
    """Signs and what everybody does then. A later version takes its place.

    Attributes:
        id: Unique in the group.
        version: 1 for the first.
        set_on: The day.
        signs: In the client's order.
        actions: In the client's order.
    """

    id: ItemId
    version: int
    set_on: date
    signs: tuple[Sign, ...]
    actions: tuple[SignAction, ...] = ()


@frozen(kw_only=True)
class CrisisCard:
    """What the client wants others to know and do in a crisis.

    Attributes:
        id: Unique in the group.
        version: 1 for the first.
        set_on: The day.
        helps: What helps.
        does_not_help: What the client does not want.
        call: Whom to call, in the client's order.
        look_after: What must be looked after at home: children, animals, post.
        kept_at: Where the card is.
    """

    id: ItemId
    version: int
    set_on: date
    helps: Text | None = None
    does_not_help: Text | None = None
    call: tuple[PersonId, ...] = ()
    look_after: Text | None = None
    kept_at: Text | None = None
