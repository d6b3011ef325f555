"""The people of one group, and who they are to it on a date."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
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
    """Somebody holds a role from a day until, not including, another day.

    Attributes:
        person: Who.
        role: A role of the method.
        since: First day.
        until: First day on which it is no longer held; may lie ahead for somebody
            who stands in.
        stands_in_for: For whom this person stands in, if they do.
    """

    person: PersonId
    role: Code
    since: date
    until: date | None = None
    stands_in_for: PersonId | None = None

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
        ask_again_on: The day from which this person may be asked again, if the
            client or the nominee would rather wait.
        figure: The figure of a sociogram that stands for this person.
    """

    id: ItemId
    person: PersonId
    on: date
    asks: Text | None = None
    why: Text | None = None
    approaches: tuple[Approach, ...] = ()
    answers: tuple[Answer, ...] = ()
    withdrawn_on: date | None = None
    ask_again_on: date | None = None
    figure: ItemId | None = None

    @property
    def state(self) -> str:
        """Return `withdrawn`, `accepted`, `declined`, `approached` or `nominated`."""
        if self.withdrawn_on:
            return "withdrawn"
        if self.answers:
            return "accepted" if self.answers[-1].accepts else "declined"
        return "approached" if self.approaches else "nominated"


class NameUse(StrEnum):
    """For what a name is used."""

    CHOSEN = "chosen"
    LEGAL = "legal"


@frozen(kw_only=True)
class NameHeld:
    """A name that somebody has from a day on.

    Attributes:
        id: Unique in the group.
        person: Whose name it is.
        name: Holds a `PersonName`.
        use: `chosen`, or `legal` after a change in law.
        since: First day.
        readers: Who reads this name; everybody if it is empty. Others go on reading
            the name before it, and do not learn of this one.
    """

    id: ItemId
    person: PersonId
    name: NameText
    use: NameUse
    since: date
    readers: tuple[PersonId, ...] = ()


@frozen(kw_only=True)
class Relation:
    """What one person is to another. Somebody may have several at once.

    Attributes:
        id: Unique in the group.
        person: Who.
        to: To whom.
        words: What this person is to them, in words ("buurvrouw").
        since: First day, as far as anybody said.
        until: First day on which it no longer is.
    """

    id: ItemId
    person: PersonId
    to: PersonId
    words: Text
    since: date
    until: date | None = None


@frozen(kw_only=True)
class Language:
    """In which language somebody speaks best, from a day on.

    Attributes:
        person: Who.
        language: A language tag in small letters, such as `nl`, `ar`, `tr`.
        interpreter_needed: Whether somebody should interpret at a meeting.
        interpreter: Who interprets, if that is known.
        since: First day.
    """

    person: PersonId
    language: Code
    since: date
    interpreter_needed: bool = False
    interpreter: PersonId | None = None


@frozen(kw_only=True)
class Birthdays:
    """The birthdays of a child on which rights change. No date of birth is kept.

    Attributes:
        person: The child.
        sixteen_on: The day on which the child becomes 16.
        eighteen_on: The day on which the child becomes 18.
        parents_say_yes: Parents or guardians who agree that the child takes part.
    """

    person: PersonId
    sixteen_on: date
    eighteen_on: date
    parents_say_yes: tuple[PersonId, ...] = ()


@frozen(kw_only=True)
class Rest:
    """Somebody steps back for a while and stays a member.

    Attributes:
        id: Unique in the group.
        person: Who.
        since: First day.
        until: First day on which they are back; `None` if nobody knows yet.
        words: What they want the group to know about it.
        until_then: The end that was named when it began.
    """

    id: ItemId
    person: PersonId
    since: date
    until: date | None = None
    words: Text | None = None
    until_then: date | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether the person rests on `day`."""
        return covers(self.since, self.until, day)


@frozen(kw_only=True)
class OwnPart:
    """What somebody does in the group, in one sentence of their own."""

    person: PersonId
    words: Text
    since: date


@frozen(kw_only=True)
class Thanks:
    """A thank-you to a member, at leaving or at any time."""

    id: ItemId
    to: PersonId
    by: PersonId
    on: date
    words: Text


@frozen(kw_only=True)
class Death:
    """Somebody died."""

    person: PersonId
    on: date


@frozen(kw_only=True)
class Involvement:
    """Somebody has to do with the client's life without being in the group.

    Attributes:
        person: Who.
        since: First day.
        until: First day on which they no longer are.
        organisation: For whom they work, in words.
    """

    person: PersonId
    since: date
    until: date | None = None
    organisation: Text | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether the person is involved on `day`."""
        return covers(self.since, self.until, day)
