"""Who acts for the client in law, and under which frame care is given."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import frozen

from rgcore.domain.dates import Period, covers
from rgcore.domain.ids import Code, ItemId, PersonId
from rgcore.domain.text import Text

LONGEST_EMERGENCY: Final = Period(days=7)
"""How long a group can be opened in an emergency at once. Our own default."""

LONGEST_UNSHOWN: Final = Period(months=6)
"""For how long the client may not read of it. Our own default."""

CARE: Final = Code("care")
"""The remit of decisions on care; whoever has it may see what they are about."""


@frozen(kw_only=True)
class Mandate:
    """Somebody acts for the client in law, for a part of life and a while.

    It makes nobody a member, and a member is nobody's representative for that.

    Attributes:
        id: Unique in the group.
        person: Who.
        kind: As what: `mentor`, `curator`, `administrator`, `authorised`, `parent`,
            `guardian`.
        remit: For what, as codes: `care`, `money`.
        since: First day.
        until: First day on which it is over; `None` if no end is known.
        until_then: The end that was named when it began.
    """

    id: ItemId
    person: PersonId
    kind: Code
    remit: tuple[Code, ...]
    since: date
    until: date | None = None
    until_then: date | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether the mandate runs on `day`."""
        return covers(self.since, self.until, day)


@frozen(kw_only=True)
class Judgement:
    """Somebody judged whether the client can take one decision. Never a trait.

    Attributes:
        id: Unique in the group.
        decision: Which decision, in words.
        able: Whether the client can take it.
        judge: Who judged.
        on: The day.
        review_on: The day on which it is looked at again.
        again: The judgement on the same decision that this one looked at again.
    """

    id: ItemId
    decision: Text
    able: bool
    judge: PersonId
    on: date
    review_on: date
    again: ItemId | None = None


@frozen(kw_only=True)
class Frame:
    """The legal frame of care for a while.

    Attributes:
        id: Unique in the group.
        kind: `voluntary`, `crisis_measure`, `care_authorisation`, `wzd`, `judicial`,
            `supervision_order`.
        since: First day.
        until: First day on which it is over; `None` if no end is known.
        until_then: The end that was named when it began.
        ended_on: The day on which it was over for whoever said so; until somebody does,
            a named end is only a date.
    """

    id: ItemId
    kind: Code
    since: date
    until: date | None = None
    until_then: date | None = None
    ended_on: date | None = None


@frozen(kw_only=True)
class EmergencyAccess:
    """Somebody opened the group in an emergency, and said why.

    Attributes:
        id: Unique in the group.
        person: Who.
        because: Why, in words.
        since: First day.
        until: First day on which it is over.
        shown_from: The day from which the client reads of it.
        review_on: The day on which it is looked at whether showing it can wait longer;
            `None` if the client reads of it at once.
    """

    id: ItemId
    person: PersonId
    because: Text
    since: date
    until: date
    shown_from: date
    review_on: date | None = None


@frozen(kw_only=True)
class Hosting:
    """Who keeps the group, who answers for that, on which ground and until when.

    Attributes:
        id: Unique in the group.
        host: Who keeps it, in words.
        controller: Who answers for it in law (*verwerkingsverantwoordelijke*).
        ground: On which ground, as a code: `care_agreement`, `wmo`, `youth_act`.
        since: First day.
        until: First day on which that ends; `None` if no end is known.
    """

    id: ItemId
    host: Text
    controller: Text
    ground: Code
    since: date
    until: date | None = None
