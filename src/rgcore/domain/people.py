"""The people of one group, and who they are to it on a date."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from attrs import frozen

from rgcore.domain.dates import covers
from rgcore.domain.ids import (
    Code,
    HoldsName,
    ItemId,
    NewPerson,
    PersonId,
    PersonRef,
)
from rgcore.domain.text import Text

DIRECTION_SUPPORTER: Final = Code("direction_supporter")
RESPONSIBLE_CLINICIAN: Final = Code("responsible_clinician")

NameText = Annotated[Text, HoldsName()]


@frozen(kw_only=True)
class Person:
    """Somebody known to this one group.

    Relatives, friends and neighbours have an identity per group: nothing links
    them to another group. Staff are an id of the host's directory, which knows
    their names.

    Attributes:
        id: Unique in the group; for staff, their id in the directory.
        name: Holds a `PersonName`; `None` for staff.
        relation: Who this is to the client, in words ("moeder").
        staff: Whether this is an id of the directory.
        also: Ids under which this person was known until they were merged; their
            words are sealed for those. No change brings any.
    """

    id: NewPerson
    name: NameText | None = None
    relation: Text | None = None
    staff: bool = False
    also: tuple[PersonId, ...] = ()


@frozen(kw_only=True)
class Membership:
    """Somebody is in the group from a day until, not including, another day.

    Attributes:
        person: The member.
        since: First day.
        until: First day on which the person is no longer a member.
        nomination: The nomination that led to it; `None` for the supporter who
            began the group with the client.
        farewell: What is said at leaving.
    """

    person: PersonId
    since: date
    until: date | None = None
    nomination: ItemId | None = None
    farewell: Text | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether the person is a member on `day`."""
        return covers(self.since, self.until, day)


@frozen(kw_only=True)
class RoleHeld:
    """Somebody holds a role from a day until, not including, another day."""

    person: PersonId
    role: Code
    since: date
    until: date | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether the role is held on `day`."""
        return covers(self.since, self.until, day)


@frozen(kw_only=True)
class Approach:
    """A nominee was asked: when, by whom, in which way.

    Attributes:
        on: The day.
        by: Who asked: the client alone, the supporter, or both.
        channel: Such as `in_person`, `phone`, `whatsapp`, `letter`.
    """

    on: date
    by: tuple[PersonRef, ...]
    channel: Code


@frozen(kw_only=True)
class Answer:
    """What a nominee said, on which day. A no today may be a yes later.

    Attributes:
        on: The day.
        accepts: Yes or no.
        offers: What this person offers.
        limits: What this person will not do.
    """

    on: date
    accepts: bool
    offers: Text | None = None
    limits: Text | None = None


@frozen(kw_only=True)
class Nomination:
    """The client would like this person in the group.

    Attributes:
        id: Unique in the group.
        person: Who is nominated.
        on: The day on which the client said so.
        asks: What the client asks of this person, in the client's words.
        why: Why this person, in the client's words.
        approaches: Each time the person was asked.
        answers: Each answer, the latest last.
        withdrawn_on: The day on which the client took the nomination back.
    """

    id: ItemId
    person: PersonId
    on: date
    asks: Text | None = None
    why: Text | None = None
    approaches: tuple[Approach, ...] = ()
    answers: tuple[Answer, ...] = ()
    withdrawn_on: date | None = None

    @property
    def state(self) -> str:
        """Return `withdrawn`, `accepted`, `declined`, `approached` or `nominated`."""
        if self.withdrawn_on:
            return "withdrawn"
        if self.answers:
            return "accepted" if self.answers[-1].accepts else "declined"
        return "approached" if self.approaches else "nominated"
