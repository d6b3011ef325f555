"""Who acts for the client in law, the frame of care, and who keeps the group."""

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
from rgcore.domain.changes.consenting import ending
from rgcore.domain.dates import later
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    FrameCode,
    FrameRef,
    JudgementRef,
    MandateCode,
    MandateRef,
    NewEmergency,
    NewFrame,
    NewHosting,
    NewJudgement,
    NewMandate,
    PersonId,
    PersonRef,
    RemitCode,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.legal import (
    LONGEST_EMERGENCY,
    LONGEST_UNSHOWN,
    EmergencyAccess,
    Frame,
    Hosting,
    Judgement,
    Mandate,
)
from rgcore.domain.people import Person
from rgcore.domain.text import Text


@frozen(kw_only=True)
class BeginMandate(Change):
    """Somebody begins to act for the client in law. It makes nobody a member.

    Attributes:
        mandate: Its id.
        person: Who.
        kind: As what: `mentor`, `curator`, `administrator`, `authorised`, `parent`,
            `guardian`.
        remit: For what: `care`, `money`.
        until: First day on which it is over; `None` if no end is known.
    """

    TYPE = Code("mandate.begin")
    KIND = ChangeKind.FACT
    MAY_PRECEDE = True

    mandate: NewMandate
    person: PersonRef
    kind: MandateCode
    remit: tuple[RemitCode, ...]
    until: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        mandate = Mandate(
            id=self.mandate,
            person=self.person,
            kind=self.kind,
            remit=self.remit,
            since=self.happened_on,
            until=self.until,
            until_then=self.until,
        )
        return evolve(group, mandates=(*group.mandates, mandate))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.person == group.client:
            yield misfit("is_the_client", ".person")
        yield from outlived(group, self.person, self, ".person")
        if not self.remit:
            yield misfit("empty", ".remit")
        if self.until is not None and self.until <= self.happened_on:
            yield misfit("ends_before_it_begins", ".until")


@frozen(kw_only=True)
class EndMandate(Change):
    """Somebody no longer acts for the client in law.

    Attributes:
        mandate: Which mandate.
    """

    TYPE = Code("mandate.end")
    KIND = ChangeKind.FACT
    MAY_PRECEDE = True

    mandate: MandateRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End it on this day."""
        new = evolve(one(group.mandates, self.mandate), until=self.happened_on)
        return evolve(group, mandates=replaced(group.mandates, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for mandate in group.mandates:
            if mandate.id == self.mandate:
                yield from ending(mandate, self, ".mandate")


@frozen(kw_only=True)
class JudgeCapacity(Change):
    """Somebody judged whether the client can take one decision.

    Attributes:
        judgement: Its id.
        decision: Which decision, in words; its subject is the client.
        able: Whether the client can take it.
        judge: Who judged.
        review_on: The day on which it is looked at again.
        again: The judgement on the same decision that this one looks at again.
    """

    TYPE = Code("capacity.judge")
    KIND = ChangeKind.FACT

    judgement: NewJudgement
    decision: Text
    able: bool
    judge: PersonRef
    review_on: date
    again: JudgementRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        judgement = Judgement(
            id=self.judgement,
            decision=self.decision,
            able=self.able,
            judge=self.judge,
            on=self.happened_on,
            review_on=self.review_on,
            again=self.again,
        )
        return evolve(group, judgements=(*group.judgements, judgement))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.judge == group.client:
            yield misfit("is_the_client", ".judge")
        yield from outlived(group, self.judge, self, ".judge")
        for judgement in group.judgements:
            if judgement.id == self.again and self.happened_on < judgement.on:
                yield misfit("before_it_was_made", ".happened_on")
        yield from in_the_past(self.review_on, self, ".review_on")
        yield from sealed_for(self.decision, group.client, ".decision")


@frozen(kw_only=True)
class BeginFrame(Change):
    """Care is given under a legal frame from now on.

    Attributes:
        frame: Its id.
        kind: `voluntary`, `crisis_measure`, `care_authorisation`, `wzd`, `judicial`,
            `supervision_order`.
        until: First day on which it is over; `None` if no end is known.
    """

    TYPE = Code("frame.begin")
    KIND = ChangeKind.FACT
    MAY_PRECEDE = True

    frame: NewFrame
    kind: FrameCode
    until: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        frame = Frame(
            id=self.frame,
            kind=self.kind,
            since=self.happened_on,
            until=self.until,
            until_then=self.until,
        )
        return evolve(group, frames=(*group.frames, frame))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if self.until is not None and self.until <= self.happened_on:
            yield misfit("ends_before_it_begins", ".until")


@frozen(kw_only=True)
class EndFrame(Change):
    """A legal frame ended, at its date or before.

    Attributes:
        frame: Which frame.
    """

    TYPE = Code("frame.end")
    KIND = ChangeKind.FACT
    MAY_PRECEDE = True

    frame: FrameRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End it on this day, or at its date if that lay before."""
        day, old = self.happened_on, one(group.frames, self.frame)
        new = evolve(old, until=min(old.until or day, day), ended_on=day)
        return evolve(group, frames=replaced(group.frames, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for frame in group.frames:
            if frame.id == self.frame and frame.ended_on is not None:
                yield misfit("over_already", ".frame")
            elif frame.id == self.frame and self.happened_on < frame.since:
                yield misfit("ends_before_it_begins", ".happened_on")


@frozen(kw_only=True)
class OpenInEmergency(Change):
    """Somebody opens the group in an emergency, and says why.

    The client reads of it at once, or from a later day that is looked at again.

    Attributes:
        emergency: Its id.
        person: Who, if the group does not know them yet.
        known: Who, if the group does.
        because: Why, in words; its subject is the client.
        until: First day on which it is over.
        shown_from: The day from which the client reads of it; at once otherwise.
        review_on: The day on which it is looked at whether that can be sooner; needed,
            and before that day, where the client does not read of it at once.
    """

    TYPE = Code("emergency.open")
    KIND = ChangeKind.FACT

    emergency: NewEmergency
    person: Person | None = None
    known: PersonRef | None = None
    because: Text
    until: date
    shown_from: date | None = None
    review_on: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        opened = EmergencyAccess(
            id=self.emergency,
            person=self._who or group.client,
            because=self.because,
            since=self.happened_on,
            until=self.until,
            shown_from=self.shown_from or self.happened_on,
            review_on=self.review_on,
        )
        new = (self.person,) if self.person else ()
        return evolve(
            group,
            people=(*group.people, *new),
            emergencies=(*group.emergencies, opened),
        )

    @property
    def _who(self) -> PersonId | None:
        return self.person.id if self.person else self.known

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.until <= self.happened_on:
            yield misfit("ends_before_it_begins", ".until")
        if self.until > later(self.happened_on, LONGEST_EMERGENCY):
            yield misfit("too_long", ".until")
        if (self.shown_from or self.happened_on) > later(
            self.happened_on, LONGEST_UNSHOWN
        ):
            yield misfit("too_long", ".shown_from")
        if (self.person is None) == (self.known is None):
            yield misfit("one_of_two", ".person")
        named = (self.person, *(p for p in group.people if p.id == self.known))
        if any(person is not None and not person.staff for person in named):
            yield misfit("not_staff", ".person" if self.person else ".known")
        yield from about_themselves(self.person, ".person")
        yield from outlived(group, self.known, self, ".known")
        yield from in_the_past(self.shown_from, self, ".shown_from")
        yield from in_the_past(self.review_on, self, ".review_on")
        shown, review = self.shown_from or self.happened_on, self.review_on
        if shown > self.happened_on and (review is None or review >= shown):
            yield misfit("review_missing", ".review_on")
        yield from sealed_for(self.because, group.client, ".because")


@frozen(kw_only=True)
class NameHost(Change):
    """Who keeps the group, who answers for that, on which ground and until when.

    Attributes:
        hosting: Its id.
        host: Who keeps it, in words; its subject is the client.
        controller: Who answers for it in law; its subject is the client.
        ground: On which ground, as a code: `care_agreement`, `wmo`, `youth_act`.
        until: First day on which that ends; `None` if no end is known.
    """

    TYPE = Code("host.name")
    KIND = ChangeKind.FACT

    hosting: NewHosting
    host: Text
    controller: Text
    ground: Code
    until: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it; it takes the place of what was named for this day before."""
        day = self.happened_on
        coming = [h.since for h in group.hostings if h.since > day]
        hosting = Hosting(
            id=self.hosting,
            host=self.host,
            controller=self.controller,
            ground=self.ground,
            since=day,
            until=_first(self.until, *coming),
        )
        others = tuple(
            h if h.since > day else evolve(h, until=_first(h.until, day))
            for h in group.hostings
        )
        return evolve(group, hostings=(*others, hosting))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.until is not None and self.until <= self.happened_on:
            yield misfit("ends_before_it_begins", ".until")
        yield from sealed_for(self.host, group.client, ".host")
        yield from sealed_for(self.controller, group.client, ".controller")


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
