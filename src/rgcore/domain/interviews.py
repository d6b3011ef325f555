"""Deepening talks: somebody listens to a relative.

Of three things that could be noted, two never stand here: what the relative
writes for themselves is their own item, and care for the relative belongs in a
record of their own elsewhere. What stands here is that the talk took place and
the themes that the respondent helped to word and agreed to.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from rgcore.domain.ids import Code, ItemId, PersonId
from rgcore.domain.text import Text


@frozen(kw_only=True)
class FollowUp:
    """What was done with what somebody said in a talk.

    Attributes:
        on: The day on which the respondent was told.
        by: Who told them.
        words: What was heard and what is done with it; its subject is the respondent.
    """

    on: date
    by: PersonId
    words: Text


@frozen(kw_only=True)
class Interview:
    """A deepening talk with one respondent.

    Attributes:
        id: Unique in the group.
        respondent: With whom.
        kind: `family`, `other_relative` or `professional`.
        held_on: The day.
        held_by: Who listened.
        about_respondent: Whether it was said at the start that the talk is about
            the respondent. `None` when nobody noted it.
        themes: Agreed themes only; empty until the respondent agreed.
        agreed_on: The day on which the respondent agreed to the themes.
        expectations: What the respondent expects of the group, agreed likewise.
        commitment: How much they want to take on, agreed likewise.
        expertise: What they know or can do, agreed likewise.
        follow_ups: What was done with what was said.
    """

    id: ItemId
    respondent: PersonId
    kind: Code
    held_on: date
    held_by: PersonId
    about_respondent: bool | None = None
    themes: tuple[Text, ...] = ()
    agreed_on: date | None = None
    expectations: Text | None = None
    commitment: Text | None = None
    expertise: Text | None = None
    follow_ups: tuple[FollowUp, ...] = ()
