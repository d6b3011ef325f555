"""Who is in the group: nominated, asked, accepted, in a role, gone."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    about_themselves,
    misfit,
    outlived,
    sealed_for,
)
from rgcore.domain.changes.ending import without_roles
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    FigureRef,
    ItemId,
    NewNomination,
    NominationRef,
    PersonId,
    PersonRef,
)
from rgcore.domain.items import replaced
from rgcore.domain.people import (
    Answer,
    Approach,
    Membership,
    Nomination,
    Person,
)
from rgcore.domain.sociogram import FigureKind
from rgcore.domain.text import Text


@frozen(kw_only=True)
class Nominate(Change):
    """The client would like somebody in the group.

    A nomination gives no right to see anything.

    Attributes:
        nomination: Its id.
        person: Somebody new to the group, or `None` if `known` is given.
        known: Somebody the group knows already.
        asks: What the client asks of this person.
        why: Why this person.
        figure: The figure of a sociogram that stands for this person.
    """

    TYPE = Code("member.nominate")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    nomination: NewNomination
    person: Person | None = None
    known: PersonRef | None = None
    asks: Text | None = None
    why: Text | None = None
    figure: FigureRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the nomination, and the person if they are new."""
        new = (self.person,) if self.person else ()
        nomination = Nomination(
            id=self.nomination,
            person=self.person.id if self.person else self.known or group.client,
            on=self.happened_on,
            asks=self.asks,
            why=self.why,
            figure=self.figure,
        )
        return evolve(
            group,
            people=(*group.people, *new),
            nominations=(*group.nominations, nomination),
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if (self.person is None) == (self.known is None):
            yield misfit("one_of_two", ".person")
        if self.known == group.client:
            yield misfit("is_the_client", ".known")
        yield from about_themselves(self.person, ".person")
        yield from sealed_for(self.asks, group.client, ".asks")
        yield from sealed_for(self.why, group.client, ".why")
        yield from self._not_to_be_asked(group)

    def _not_to_be_asked(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.known is not None and group.died_on(self.known) is not None:
            yield misfit("has_died", ".known")
        drawn = [f for s in group.sociograms for f in s.figures if f.id == self.figure]
        for figure in drawn:
            if figure.pseudonym:
                yield misfit("pseudonym", ".figure")
            elif figure.kind is not FigureKind.PERSON or figure.deceased:
                yield misfit("no_person", ".figure")
            elif figure.person not in {None, self.known}:
                yield misfit("somebody_else", ".figure")


@frozen(kw_only=True)
class WithdrawNomination(Change):
    """The client takes a nomination back.

    Attributes:
        nomination: Which nomination.
    """

    TYPE = Code("member.withdraw_nomination")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    nomination: NominationRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the nomination as withdrawn."""
        old = group.nomination(self.nomination)
        new = evolve(old, withdrawn_on=self.happened_on)
        return evolve(group, nominations=replaced(group.nominations, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from withdrawn(group, self.nomination)
        yield from answered(group, self.nomination)


@frozen(kw_only=True)
class ApproachNominee(Change):
    """A nominee was asked.

    Attributes:
        nomination: Which nomination.
        by: Who asked; the client decides who does.
        channel: Such as `in_person`, `phone`, `whatsapp`, `letter`.
    """

    TYPE = Code("member.approach")
    KIND = ChangeKind.FACT

    nomination: NominationRef
    by: tuple[PersonRef, ...]
    channel: Code

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep that the nominee was asked."""
        old = group.nomination(self.nomination)
        approach = Approach(on=self.happened_on, by=self.by, channel=self.channel)
        new = evolve(old, approaches=(*old.approaches, approach), ask_again_on=None)
        return evolve(group, nominations=replaced(group.nominations, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from withdrawn(group, self.nomination)
        if not self.by:
            yield misfit("empty", ".by")


@frozen(kw_only=True)
class AcceptNomination(Change):
    """A nominee says yes and is a member from that day.

    Somebody who said no before may say yes later.

    Attributes:
        nomination: Which nomination.
        offers: What this person offers.
        limits: What this person will not do.
    """

    TYPE = Code("member.accept")
    KIND = ChangeKind.FACT

    nomination: NominationRef
    offers: Text | None = None
    limits: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the answer and begin the membership."""
        old = group.nomination(self.nomination)
        answer = Answer(
            on=self.happened_on, accepts=True, offers=self.offers, limits=self.limits
        )
        member = Membership(
            person=old.person, since=self.happened_on, nomination=old.id
        )
        new = evolve(old, answers=(*old.answers, answer), ask_again_on=None)
        return evolve(
            group,
            nominations=replaced(group.nominations, new),
            memberships=(*group.memberships, member),
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from withdrawn(group, self.nomination)
        yield from answered(group, self.nomination)
        nominee = _nominee(group, self.nomination)
        accepted = _state(group, self.nomination) == "accepted"
        members = {m.person for m in group.memberships if m.until is None}
        if nominee in members and not accepted:
            yield misfit("already_a_member", ".nomination")
        yield from outlived(group, nominee, self, ".nomination")
        yield from sealed_for(self.offers, nominee, ".offers")
        yield from sealed_for(self.limits, nominee, ".limits")


@frozen(kw_only=True)
class DeclineNomination(Change):
    """A nominee says no, for now.

    Attributes:
        nomination: Which nomination.
        limits: Why not, in this person's words.
    """

    TYPE = Code("member.decline")
    KIND = ChangeKind.FACT

    nomination: NominationRef
    limits: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the answer."""
        old = group.nomination(self.nomination)
        answer = Answer(on=self.happened_on, accepts=False, limits=self.limits)
        new = evolve(old, answers=(*old.answers, answer), ask_again_on=None)
        return evolve(group, nominations=replaced(group.nominations, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from withdrawn(group, self.nomination)
        yield from answered(group, self.nomination)
        nominee = _nominee(group, self.nomination)
        yield from sealed_for(self.limits, nominee, ".limits")


@frozen(kw_only=True)
class LeaveGroup(Change):
    """Somebody is no longer a member from this day; the group goes on.

    Every role that the person holds in the group ends that day too.

    Attributes:
        person: Who leaves.
        farewell: What is said at leaving.
    """

    TYPE = Code("member.leave")
    KIND = ChangeKind.FACT

    person: PersonRef
    farewell: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End membership, roles and a rest on this day."""
        day = self.happened_on
        return evolve(
            without_roles(group, self.person, day),
            memberships=tuple(
                evolve(m, until=day, farewell=self.farewell)
                if m.person == self.person and m.until is None
                else m
                for m in group.memberships
            ),
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        running = [
            m for m in group.memberships if m.person == self.person and m.until is None
        ]
        if not running:
            yield misfit("not_a_member", ".person")
        if any(self.happened_on < m.since for m in running):
            yield misfit("ends_before_it_begins", ".happened_on")


def _state(group: ResourceGroup, nomination: ItemId) -> str:
    found = (n.state for n in group.nominations if n.id == nomination)
    return next(found, "")


def _nominee(group: ResourceGroup, nomination: ItemId) -> PersonId | None:
    found = (n.person for n in group.nominations if n.id == nomination)
    return next(found, None)


def withdrawn(group: ResourceGroup, nomination: ItemId) -> Iterable[Finding]:
    """Return a finding if a nomination was taken back."""
    if _state(group, nomination) == "withdrawn":
        yield misfit("nomination_withdrawn", ".nomination")


def answered(group: ResourceGroup, nomination: ItemId) -> Iterable[Finding]:
    """Return a finding if a nominee said yes already."""
    if _state(group, nomination) == "accepted":
        yield misfit("already_accepted", ".nomination")
