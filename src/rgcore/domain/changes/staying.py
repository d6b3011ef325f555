"""Being in a group or beside it: stepping back, standing in, one's own part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    about_themselves,
    in_the_past,
    misfit,
    outlived,
    sealed_for,
)
from rgcore.domain.changes.ending import ended, without_roles
from rgcore.domain.changes.joining import answered, withdrawn
from rgcore.domain.changes.roles import with_role
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    NewRest,
    NewThanks,
    NominationRef,
    PersonId,
    PersonRef,
    RoleCode,
)
from rgcore.domain.items import replaced
from rgcore.domain.people import (
    Involvement,
    OwnPart,
    Person,
    Rest,
    Thanks,
)
from rgcore.domain.text import Text


@frozen(kw_only=True)
class AskLater(Change):
    """A nominee is asked later: the client is not ready, or the nominee is not.

    Attributes:
        nomination: Which nomination.
        by: Who would rather wait: the client or the nominee.
        again_on: The day from which the nominee may be asked.
        words: Why, in their words; its subject is whoever would rather wait.
    """

    TYPE = Code("member.ask_later")
    KIND = ChangeKind.FACT

    nomination: NominationRef
    by: PersonRef
    again_on: date
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the day. The nomination stays as it is."""
        old = group.nomination(self.nomination)
        new = evolve(old, ask_again_on=self.again_on)
        return evolve(group, nominations=replaced(group.nominations, new))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return who would rather wait."""
        del group
        return self.by

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from withdrawn(group, self.nomination)
        yield from answered(group, self.nomination)
        yield from in_the_past(self.again_on, self, ".again_on")
        nominees = {n.person for n in group.nominations if n.id == self.nomination}
        if nominees and self.by not in {group.client, *nominees}:
            yield misfit("not_the_nominee", ".by")
        yield from sealed_for(self.words, self.by, ".words")


@frozen(kw_only=True)
class StepBack(Change):
    """Somebody steps back for a while and stays a member.

    What they do for the group waits, or somebody takes it over. Nothing of it is
    late. A role that they hold is not filled meanwhile, unless somebody stands in.

    Attributes:
        rest: Its id.
        person: Who.
        until: First day on which they are back; `None` if nobody knows yet.
        words: What they want the group to know about it.
    """

    TYPE = Code("member.step_back")
    KIND = ChangeKind.ACT

    rest: NewRest
    person: PersonRef
    until: date | None = None
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        rest = Rest(
            id=self.rest,
            person=self.person,
            since=self.happened_on,
            until=self.until,
            words=self.words,
            until_then=self.until,
        )
        return evolve(group, rests=(*group.rests, rest))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return who steps back."""
        del group
        return self.person

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not _takes_part(group, self.person, self.happened_on):
            yield misfit("not_a_member", ".person")
        if group.rests_on(self.person, self.happened_on):
            yield misfit("rests_already", ".person")
        if self.until is not None and self.until <= self.happened_on:
            yield misfit("ends_before_it_begins", ".until")
        yield from sealed_for(self.words, self.person, ".words")


@frozen(kw_only=True)
class ReturnToGroup(Change):
    """Somebody who stepped back is there again, earlier than they said or at last.

    Attributes:
        person: Who.
    """

    TYPE = Code("member.return")
    KIND = ChangeKind.FACT

    person: PersonRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End the rest on this day."""
        day = self.happened_on
        return evolve(
            group,
            rests=tuple(
                evolve(r, until=day)
                if r.person == self.person and r.runs_on(day)
                else r
                for r in group.rests
            ),
        )

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return who is there again."""
        del group
        return self.person

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not group.rests_on(self.person, self.happened_on):
            yield misfit("not_resting", ".person")


@frozen(kw_only=True)
class DescribePart(Change):
    """A member says in one sentence what they do in the group.

    Attributes:
        person: Who.
        words: Their words; the latest count.
    """

    TYPE = Code("member.describe_part")
    KIND = ChangeKind.ACT

    person: PersonRef
    words: Text

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the sentence."""
        part = OwnPart(person=self.person, words=self.words, since=self.happened_on)
        others = tuple(p for p in group.parts if p.person != self.person)
        return evolve(group, parts=(*others, part))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose part it is."""
        del group
        return self.person

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not _takes_part(group, self.person, self.happened_on):
            yield misfit("not_a_member", ".person")
        yield from sealed_for(self.words, self.person, ".words")


@frozen(kw_only=True)
class ThankMember(Change):
    """Somebody thanks somebody, at leaving or at any time.

    Attributes:
        thanks: Its id.
        to: Who is thanked.
        by: Who thanks.
        words: In their words.
    """

    TYPE = Code("member.thank")
    KIND = ChangeKind.ACT

    thanks: NewThanks
    to: PersonRef
    by: PersonRef
    words: Text

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        said = Thanks(
            id=self.thanks,
            to=self.to,
            by=self.by,
            on=self.happened_on,
            words=self.words,
        )
        return evolve(group, thanks=(*group.thanks, said))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose words these are."""
        del group
        return self.by

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if self.to == self.by:
            yield misfit("same_person", ".to")
        yield from sealed_for(self.words, self.by, ".words")


@frozen(kw_only=True)
class InvolvePerson(Change):
    """Somebody has to do with the client's life without being a member.

    A professional who is not in the group, or somebody who takes part in one
    agreement or one meeting. It gives no right to see anything. Schema 1 knew only
    the second.

    Attributes:
        person: Somebody new to the group, or `None` if `known` is given.
        role: Their role, such as `responsible_clinician`, if they have one.
        known: Somebody the group knows already.
        organisation: For whom they work, in words; its subject is the person.
        once: Whether it is for one agreement or one meeting: then nothing runs on
            that would have to end.
    """

    TYPE = Code("person.involve")
    SCHEMA = 2
    KIND = ChangeKind.FACT

    person: Person | None = None
    role: RoleCode | None = None
    known: PersonRef | None = None
    organisation: Text | None = None
    once: bool = False

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Make the person known to the group, and that they are involved."""
        who = self._who or group.client
        involved = Involvement(
            person=who, since=self.happened_on, organisation=self.organisation
        )
        new = (self.person,) if self.person else ()
        group = evolve(
            group,
            people=(*group.people, *new),
            involvements=(*group.involvements, *(() if self.once else (involved,))),
        )
        if self.role is None:
            return group
        return with_role(group, who, self.role, self)

    @property
    def _who(self) -> PersonId | None:
        return self.person.id if self.person else self.known

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if (self.person is None) == (self.known is None):
            yield misfit("one_of_two", ".person")
        if self.known == group.client:
            yield misfit("is_the_client", ".known")
        if any(
            i.person == self.known and i.runs_on(self.happened_on)
            for i in group.involvements
        ):
            yield misfit("involved_already", ".known")
        if any(
            (r.person, r.role, r.until) == (self.known, self.role, None)
            for r in group.roles
        ):
            yield misfit("role_held_already", ".role")
        if self.known in group.members_on(self.happened_on):
            yield misfit("already_a_member", ".known")
        yield from outlived(group, self.known, self, ".known")
        yield from about_themselves(self.person, ".person")
        yield from sealed_for(self.organisation, self._who, ".organisation")
        if self.once and self.organisation is not None:
            yield misfit("only_while_involved", ".organisation")


@frozen(kw_only=True)
class EndInvolvement(Change):
    """Somebody who is no member has nothing to do with it any more.

    Every role that they hold ends that day too, unless they became a member.

    Attributes:
        person: Who.
    """

    TYPE = Code("person.end_involvement")
    KIND = ChangeKind.FACT

    person: PersonRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End the involvement on this day, and the roles of who is no member."""
        day, who = self.happened_on, self.person
        left = group if who in group.members_on(day) else without_roles(group, who, day)
        involvements = tuple(ended(i, who, day) for i in group.involvements)
        return evolve(left, involvements=involvements)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not any(
            i.person == self.person and i.runs_on(self.happened_on)
            for i in group.involvements
        ):
            yield misfit("not_involved", ".person")


def _takes_part(group: ResourceGroup, person: PersonId, day: date) -> bool:
    in_a_role = any(r.person == person and r.runs_on(day) for r in group.roles)
    return in_a_role or person in group.members_on(day)
