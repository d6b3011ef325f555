"""Who does what: agreed, answered, how it goes, moved, closed; and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.changes.base import Change, ChangeKind, misfit, sealed_for
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    AgendaItemRef,
    AgreementRef,
    Code,
    GoalRef,
    ItemId,
    MeetingRef,
    NewAgreement,
    NewDecision,
    PersonId,
    PersonRef,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.plan import (
    Agreement,
    AgreementVersion,
    Closing,
    GroupDecision,
    Option,
    OwnerAnswer,
    Progress,
    ProgressNote,
)
from rgcore.domain.text import Text


@frozen(kw_only=True)
class MakeAgreement(Change):
    """The group agrees who does what for a goal, and when they look back.

    Attributes:
        agreement: Its id.
        words: What is agreed.
        owners: Who does it; may be the client.
        until: The day by which it is done or on which the group looks back.
        goals: The goals it serves.
        for_people: For whom it is done, if not for the client.
    """

    TYPE = Code("agreement.make")
    KIND = ChangeKind.FACT

    agreement: NewAgreement
    words: Text
    owners: tuple[PersonRef, ...]
    until: date
    goals: tuple[GoalRef, ...] = ()
    for_people: tuple[PersonRef, ...] = ()

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the agreement in its first version."""
        first = AgreementVersion(
            number=1,
            words=self.words,
            owners=self.owners,
            set_on=self.happened_on,
            until=self.until,
            change=self.id,
        )
        agreement = Agreement(
            id=self.agreement,
            goals=self.goals,
            versions=(first,),
            for_people=self.for_people,
        )
        return evolve(group, agreements=(*group.agreements, agreement))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        yield from _terms(self.owners, self.until, self.happened_on)


@frozen(kw_only=True)
class ReviseAgreement(Change):
    """The group changes an agreement; its earlier versions stay.

    With other owners it moves from one to another, such as to the client.

    Attributes:
        agreement: Which agreement.
        words: What is agreed now.
        owners: Who does it now.
        until: The day by which it is done or on which the group looks back.
    """

    TYPE = Code("agreement.revise")
    KIND = ChangeKind.FACT

    agreement: AgreementRef
    words: Text
    owners: tuple[PersonRef, ...]
    until: date

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Add a version."""
        old = one(group.agreements, self.agreement)
        version = AgreementVersion(
            number=len(old.versions) + 1,
            words=self.words,
            owners=self.owners,
            set_on=self.happened_on,
            until=self.until,
            change=self.id,
        )
        new = evolve(old, versions=(*old.versions, version))
        return evolve(group, agreements=replaced(group.agreements, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _closed(group, self.agreement)
        yield from _terms(self.owners, self.until, self.happened_on)


@frozen(kw_only=True)
class AnswerAgreement(Change):
    """An owner says yes to an agreement, or rather not.

    Attributes:
        agreement: Which agreement, as it stands now.
        person: Whose answer it is.
        accepts: Yes, or rather not.
        words: What they want to say with it.
    """

    TYPE = Code("agreement.answer")
    KIND = ChangeKind.FACT

    agreement: AgreementRef
    person: PersonRef
    accepts: bool
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the answer; the latest of this person counts."""
        old = one(group.agreements, self.agreement)
        answer = OwnerAnswer(
            person=self.person,
            on=self.happened_on,
            accepts=self.accepts,
            words=self.words,
        )
        *earlier, last = old.versions
        others = tuple(a for a in last.answers if a.person != self.person)
        answered = evolve(last, answers=(*others, answer))
        new = evolve(old, versions=(*earlier, answered))
        return evolve(group, agreements=replaced(group.agreements, new))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose answer it is."""
        del group
        return self.person

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _closed(group, self.agreement)
        for last in (
            a.versions[-1] for a in group.agreements if a.id == self.agreement
        ):
            if self.person not in last.owners:
                yield misfit("not_an_owner", ".person")
            # What was said earlier was said to another version.
            if self.happened_on < last.set_on:
                yield misfit("before_it_was_agreed", ".happened_on")
        yield from sealed_for(self.words, self.person, ".words")


@frozen(kw_only=True)
class NoteProgress(Change):
    """Somebody says between meetings how an agreement goes.

    Attributes:
        agreement: Which agreement.
        by: Who says so.
        how: How it went. None of the answers is a failure.
        words: More about it.
    """

    TYPE = Code("agreement.note_progress")
    KIND = ChangeKind.FACT

    agreement: AgreementRef
    by: PersonRef
    how: Progress
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it with the agreement."""
        old = one(group.agreements, self.agreement)
        note = ProgressNote(
            on=self.happened_on,
            by=self.by,
            how=self.how,
            change=self.id,
            words=self.words,
        )
        new = evolve(old, progress=(*old.progress, note))
        return evolve(group, agreements=replaced(group.agreements, new))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return who says so."""
        del group
        return self.by

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _closed(group, self.agreement)
        yield from _too_early(group, self.agreement, self.happened_on)
        yield from sealed_for(self.words, self.by, ".words")


@frozen(kw_only=True)
class CloseAgreement(Change):
    """An agreement comes to its end.

    Attributes:
        agreement: Which agreement.
        closing: How.
    """

    TYPE = Code("agreement.close")
    KIND = ChangeKind.FACT

    agreement: AgreementRef
    closing: Closing

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Close it on this day. It stays to be read."""
        old = one(group.agreements, self.agreement)
        new = evolve(old, closed_on=self.happened_on, closing=self.closing)
        return evolve(group, agreements=replaced(group.agreements, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _closed(group, self.agreement)
        yield from _too_early(group, self.agreement, self.happened_on)


@frozen(kw_only=True)
class TakeDecision(Change):
    """Something was decided, at a meeting or outside one.

    Attributes:
        decision: Its id.
        by: Who decided; more than one if they did so together.
        meeting: At which meeting.
        item: The point of its agenda.
        words: What was decided.
        options: What was weighed, and what was chosen.
        minuted: Whether it may be written down. If not, all that is kept is that
            something was decided, and neither words nor options are given.
    """

    TYPE = Code("decision.take")
    KIND = ChangeKind.FACT

    decision: NewDecision
    by: tuple[PersonRef, ...]
    meeting: MeetingRef | None = None
    item: AgendaItemRef | None = None
    words: Text | None = None
    options: tuple[Option, ...] = ()
    minuted: bool = True

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the decision."""
        decision = GroupDecision(
            id=self.decision,
            on=self.happened_on,
            by=self.by,
            meeting=self.meeting,
            item=self.item,
            words=self.words,
            options=self.options,
            minuted=self.minuted,
        )
        return evolve(group, decisions=(*group.decisions, decision))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not self.by:
            yield misfit("empty", ".by")
        if self.minuted and self.words is None:
            yield misfit("empty", ".words")
        if not self.minuted and (self.words or self.options):
            yield misfit("not_minuted", ".minuted")
        points = {
            i.id for m in group.meetings if m.id == self.meeting for i in m.agenda
        }
        if self.item is not None and self.item not in points:
            yield misfit("of_another_meeting", ".item")


def _terms(owners: tuple[PersonId, ...], until: date, since: date) -> Iterable[Finding]:
    if not owners:
        yield misfit("empty", ".owners")
    if until < since:
        yield misfit("ends_before_it_begins", ".until")


def _closed(group: ResourceGroup, agreement: ItemId) -> Iterable[Finding]:
    if any(a.id == agreement and a.closed_on for a in group.agreements):
        yield misfit("closed_already", ".agreement")


def _too_early(group: ResourceGroup, agreement: ItemId, day: date) -> Iterable[Finding]:
    made = [a.versions[0].set_on for a in group.agreements if a.id == agreement]
    if any(day < first for first in made):
        yield misfit("before_it_was_agreed", ".happened_on")
