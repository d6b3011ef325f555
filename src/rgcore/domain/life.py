"""What else belongs to the life of a group: offers, own items, looking back."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from rgcore.domain.ids import Code, ItemId, PersonId
from rgcore.domain.meetings import Yes
from rgcore.domain.text import Text


@frozen(kw_only=True)
class Offer:
    """A theme meeting of the group's own, or something outside it.

    Attributes:
        id: Unique in the group.
        topic: A theme of the method, or the code of an outside offer such as
            `relatives_group`.
        outside: Whether it is held elsewhere; then it is no theme meeting.
        people: For whom.
        on: The day on which it was offered.
        taken: Who took part, since when.
        words: What it is, in words.
    """

    id: ItemId
    topic: Code
    outside: bool
    people: tuple[PersonId, ...]
    on: date
    taken: tuple[Yes, ...] = ()
    words: Text | None = None


@frozen(kw_only=True)
class OwnItem:
    """Something of one person's own: a letter, a photo, a page about oneself.

    It is seen by its owner alone until its owner shares it.

    Attributes:
        id: Unique in the group.
        owner: Whose it is.
        kind: Such as `letter`.
        made_on: The day.
        words: What it says.
        shared_on: The day on which its owner read or showed it to the group.
        meeting: The meeting at which that was.
    """

    id: ItemId
    owner: PersonId
    kind: Code
    made_on: date
    words: Text | None = None
    shared_on: date | None = None
    meeting: ItemId | None = None


@frozen(kw_only=True)
class Evaluation:
    """The group looked back.

    Attributes:
        id: Unique in the group.
        kind: `yearly`, or one of a setting.
        held_on: The day.
        respondents: Who gave their view.
        meeting: The meeting at which it was discussed.
        words: What came out of it.
    """

    id: ItemId
    kind: Code
    held_on: date
    respondents: tuple[PersonId, ...] = ()
    meeting: ItemId | None = None
    words: Text | None = None


@frozen(kw_only=True)
class Reorientation:
    """The group looks at what should change: less care, more, other people.

    Attributes:
        id: Unique in the group.
        opened_on: The day.
        words: What is being considered.
    """

    id: ItemId
    opened_on: date
    words: Text | None = None


@frozen(kw_only=True)
class Exemption:
    """A step or rule that need not be done: who said so, why, until when.

    Attributes:
        id: Unique in the group.
        of: The code of the step or rule.
        person: For whom; `None` for the whole group.
        since: First day.
        until: First day on which it counts again; `None` for good.
        because: Why.
    """

    id: ItemId
    of: Code
    since: date
    because: Text
    person: PersonId | None = None
    until: date | None = None


@frozen(kw_only=True)
class Explanation:
    """How resource groups were explained to the client.

    Attributes:
        on: The day.
        by: Who explained.
        means: Such as `leaflet`, `film`.
        called: The word used for the group, as a code: `resource_group`,
            `working_group`, `support_group`.
    """

    on: date
    by: PersonId
    means: tuple[Code, ...] = ()
    called: Code = Code("resource_group")
