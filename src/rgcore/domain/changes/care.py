"""Care around the group: less, more, handed over, and what was promised about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.care import (
    Aftercare,
    Episode,
    Handover,
    Promise,
    ReturnOfCare,
    ScaleDown,
    ScaleDownPlan,
    ScaleDownStep,
    ScaleUpAgreement,
)
from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    in_the_past,
    misfit,
    sealed_for,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import (
    AftercareRef,
    CareFormCode,
    Code,
    EpisodeRef,
    ItemId,
    MeetingRef,
    NewAftercare,
    NewEpisode,
    NewHandover,
    NewReorientation,
    NewReturnOfCare,
    NewScaleDown,
    NewScaleDownPlan,
    NewScaleUp,
    PersonId,
    PersonRef,
    ScaleDownStepRef,
    ScaleUpRef,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.life import Reorientation
from rgcore.domain.text import Text


@frozen(kw_only=True)
class AgreeScaleUp(Change):
    """The group agrees how care comes back when it is needed.

    Attributes:
        scale_up: Its id.
        words: When and how.
        promises: Who does what, for which organisation, until when.
        until: The last day for which it was promised, if one was named.
    """

    TYPE = Code("scale_up.agree")
    KIND = ChangeKind.FACT

    scale_up: NewScaleUp
    words: Text
    promises: tuple[Promise, ...] = ()
    until: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the agreement."""
        agreement = ScaleUpAgreement(
            id=self.scale_up,
            made_on=self.happened_on,
            words=self.words,
            promises=self.promises,
            until=self.until,
        )
        return evolve(group, scale_ups=(*group.scale_ups, agreement))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if self.until is not None and self.until < self.happened_on:
            yield misfit("ends_before_it_begins", ".until")
        for number, promise in enumerate(self.promises):
            yield from in_the_past(promise.until, self, f".promises[{number}].until")


@frozen(kw_only=True)
class OpenReorientation(Change):
    """The group begins to look at what should change.

    Attributes:
        reorientation: Its id.
        words: What is being considered.
    """

    TYPE = Code("reorientation.open")
    KIND = ChangeKind.FACT

    reorientation: NewReorientation
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep that it was opened. It completes nothing."""
        opened = Reorientation(
            id=self.reorientation, opened_on=self.happened_on, words=self.words
        )
        return evolve(group, reorientations=(*group.reorientations, opened))


@frozen(kw_only=True)
class PlanScaleDown(Change):
    """The group agrees in which steps care becomes less, each with its day.

    Attributes:
        plan: Its id; a later plan takes the place of this one.
        steps: Each step.
    """

    TYPE = Code("care.plan_scale_down")
    KIND = ChangeKind.FACT

    plan: NewScaleDownPlan
    steps: tuple[ScaleDownStep, ...]

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the plan. Nothing becomes less by it."""
        steps = tuple(sorted(self.steps, key=lambda step: step.on))
        plan = ScaleDownPlan(id=self.plan, made_on=self.happened_on, steps=steps)
        return evolve(group, scale_down_plans=(*group.scale_down_plans, plan))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not self.steps:
            yield misfit("empty", ".steps")
        for number, step in enumerate(self.steps):
            yield from in_the_past(step.on, self, f".steps[{number}].on")


@frozen(kw_only=True)
class ScaleDownCare(Change):
    """Care becomes less intensive.

    Attributes:
        scale_down: Its id.
        to: What comes after: `less_often`, `gp`, `gp_with_nurse`, `basic_ggz`, `none`.
        decided_by: Whose decision it is: the client's, or somebody of the team.
        receiver: Who takes over, by name.
        step: The step of the plan that this is.
    """

    TYPE = Code("care.scale_down")
    KIND = ChangeKind.ACT

    scale_down: NewScaleDown
    to: Code
    decided_by: PersonRef
    receiver: Text | None = None
    step: ScaleDownStepRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the step. The group goes on."""
        taken = ScaleDown(
            id=self.scale_down,
            on=self.happened_on,
            to=self.to,
            decided_by=self.decided_by,
            receiver=self.receiver,
            step=self.step,
        )
        return evolve(group, scale_downs=(*group.scale_downs, taken))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return the client where it is the client's decision."""
        return self.decided_by if self.decided_by == group.client else None

    @classmethod
    def was_decided_for(
        cls, happened: Happening, group: ResourceGroup
    ) -> PersonId | None:
        """Return the client where it was the client's decision."""
        return group.client if ItemId(group.client) in happened.touched else None


@frozen(kw_only=True)
class ScaleUpCare(Change):
    """Care becomes more intensive again. That is what the agreements are for.

    Attributes:
        return_of_care: Its id.
        to: The form of care: `fact`, `iht`, `hic` and so on.
        agreement: The agreement on how help returns that was used.
        words: How it went.
    """

    TYPE = Code("care.scale_up")
    KIND = ChangeKind.FACT

    return_of_care: NewReturnOfCare
    to: CareFormCode
    agreement: ScaleUpRef | None = None
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep that care came back. The group goes on."""
        back = ReturnOfCare(
            id=self.return_of_care,
            on=self.happened_on,
            to=self.to,
            agreement=self.agreement,
            words=self.words,
        )
        return evolve(group, returns_of_care=(*group.returns_of_care, back))


@frozen(kw_only=True)
class BeginEpisode(Change):
    """Care in one form begins. There may be several at once.

    Attributes:
        episode: Its id.
        form: `fact`, `iht`, `hic`, `art`, `neighbourhood_team` and so on.
        organisation: By whom, in words; its subject is the client.
    """

    TYPE = Code("care.begin_episode")
    KIND = ChangeKind.FACT
    MAY_PRECEDE = True

    episode: NewEpisode
    form: CareFormCode
    organisation: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it from this day."""
        episode = Episode(
            id=self.episode,
            form=self.form,
            since=self.happened_on,
            organisation=self.organisation,
        )
        return evolve(group, episodes=(*group.episodes, episode))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from sealed_for(self.organisation, group.client, ".organisation")


@frozen(kw_only=True)
class EndEpisode(Change):
    """Care in one form ends. The group goes on.

    Attributes:
        episode: Which one.
    """

    TYPE = Code("care.end_episode")
    KIND = ChangeKind.FACT
    MAY_PRECEDE = True

    episode: EpisodeRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End it on this day."""
        new = evolve(one(group.episodes, self.episode), until=self.happened_on)
        return evolve(group, episodes=replaced(group.episodes, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for episode in group.episodes:
            if episode.id == self.episode and episode.until is not None:
                yield misfit("over_already", ".episode")
            if episode.id == self.episode and self.happened_on < episode.since:
                yield misfit("ends_before_it_begins", ".happened_on")


@frozen(kw_only=True)
class HandOver(Change):
    """Somebody handed over to somebody else, face to face.

    Attributes:
        handover: Its id.
        giving: Who hands over.
        taking: Who takes over and is known to the group.
        receiver: Who takes over, by name, if the group does not know them; its subject
            is the client.
        client_there: Whether the client was there.
        meeting: At which meeting.
        words: What was handed over.
    """

    TYPE = Code("handover.hold")
    KIND = ChangeKind.FACT

    handover: NewHandover
    giving: tuple[PersonRef, ...]
    taking: tuple[PersonRef, ...] = ()
    receiver: Text | None = None
    client_there: bool = True
    meeting: MeetingRef | None = None
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        handover = Handover(
            id=self.handover,
            on=self.happened_on,
            giving=self.giving,
            taking=self.taking,
            receiver=self.receiver,
            client_there=self.client_there,
            meeting=self.meeting,
            words=self.words,
        )
        return evolve(group, handovers=(*group.handovers, handover))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not self.giving:
            yield misfit("empty", ".giving")
        if not self.taking and self.receiver is None:
            yield misfit("empty", ".taking")
        if set(self.giving) & set(self.taking):
            yield misfit("same_person", ".taking")
        yield from sealed_for(self.receiver, group.client, ".receiver")


@frozen(kw_only=True)
class AgreeAftercare(Change):
    """A moment is agreed at which somebody hears how things are.

    Attributes:
        aftercare: Its id.
        on: The day of the moment.
        by: Who gets in touch.
        words: What was agreed about it.
    """

    TYPE = Code("aftercare.agree")
    KIND = ChangeKind.FACT

    aftercare: NewAftercare
    on: date
    by: tuple[PersonRef, ...]
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the day."""
        aftercare = Aftercare(
            id=self.aftercare,
            agreed_on=self.happened_on,
            on=self.on,
            by=self.by,
            words=self.words,
        )
        return evolve(group, aftercare=(*group.aftercare, aftercare))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not self.by:
            yield misfit("empty", ".by")
        yield from in_the_past(self.on, self, ".on")


@frozen(kw_only=True)
class HoldAftercare(Change):
    """Somebody heard how things are.

    Attributes:
        aftercare: Which moment.
    """

    TYPE = Code("aftercare.hold")
    KIND = ChangeKind.FACT

    aftercare: AftercareRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep that it was held on this day."""
        new = evolve(one(group.aftercare, self.aftercare), held_on=self.happened_on)
        return evolve(group, aftercare=replaced(group.aftercare, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for moment in group.aftercare:
            if moment.id == self.aftercare and moment.held_on is not None:
                yield misfit("over_already", ".aftercare")
            if moment.id == self.aftercare and self.happened_on < moment.agreed_on:
                yield misfit("before_it_was_agreed", ".happened_on")
