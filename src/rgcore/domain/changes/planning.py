"""The client's plan: goals, agreements, successes, scaling up and down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    misfit,
    sealed_for,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import (
    AgreementRef,
    Code,
    GoalDomainCode,
    GoalRef,
    ItemId,
    MeetingRef,
    NewAgreement,
    NewGoal,
    NewReorientation,
    NewScaleDown,
    NewScaleUp,
    NewSuccess,
    PersonId,
    PersonRef,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.life import Reorientation
from rgcore.domain.plan import (
    Achievement,
    Agreement,
    AgreementVersion,
    Goal,
    GoalReview,
    GoalStatus,
    GoalVersion,
    Promise,
    ScaleDown,
    ScaleUpAgreement,
    StatusSince,
    Success,
    Term,
)
from rgcore.domain.text import Text


@frozen(kw_only=True)
class SetGoal(Change):
    """The client says what they want, in their own words.

    Attributes:
        goal: Its id.
        term: Short or long.
        dimension: `personal`, `societal` or `health`, or one of a setting.
        words: The client's words.
    """

    TYPE = Code("goal.set")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    goal: NewGoal
    term: Term
    dimension: GoalDomainCode
    words: Text

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the goal in its first wording."""
        first = GoalVersion(
            number=1, words=self.words, set_on=self.happened_on, change=self.id
        )
        goal = Goal(
            id=self.goal, term=self.term, dimension=self.dimension, versions=(first,)
        )
        return evolve(group, goals=(*group.goals, goal))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from sealed_for(self.words, group.client, ".words")


@frozen(kw_only=True)
class RewordGoal(Change):
    """The client words a goal anew, or takes a smaller step towards it first.

    Attributes:
        goal: Which goal; its earlier wordings stay.
        words: The client's words.
        smaller_step: Whether this is a smaller step. That is no failure.
    """

    TYPE = Code("goal.reword")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    goal: GoalRef
    words: Text
    smaller_step: bool = False

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Add a version."""
        old = group.goal(self.goal)
        version = GoalVersion(
            number=len(old.versions) + 1,
            words=self.words,
            set_on=self.happened_on,
            change=self.id,
            smaller_step=self.smaller_step,
        )
        new = evolve(old, versions=(*old.versions, version))
        return evolve(group, goals=replaced(group.goals, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from sealed_for(self.words, group.client, ".words")


@frozen(kw_only=True)
class AgreeGoals(Change):
    """The group takes goals of the client on.

    Attributes:
        goals: Which goals.
        meeting: At which meeting.
    """

    TYPE = Code("goal.agree")
    KIND = ChangeKind.FACT

    goals: tuple[GoalRef, ...]
    meeting: MeetingRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Mark the goals as agreed from this day."""
        return evolve(group, goals=tuple(self._agreed(g) for g in group.goals))

    def _agreed(self, goal: Goal) -> Goal:
        if goal.id not in self.goals:
            return goal
        day = goal.agreed_on or self.happened_on
        return evolve(_in_status(goal, GoalStatus.AGREED, self), agreed_on=day)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not self.goals:
            yield misfit("empty", ".goals")


@frozen(kw_only=True)
class ReviewGoal(Change):
    """The group says how a goal goes.

    Attributes:
        goal: Which goal.
        achievement: What was achieved, as the group says it.
        meeting: At which meeting.
        words: How it went.
    """

    TYPE = Code("goal.review")
    KIND = ChangeKind.FACT

    goal: GoalRef
    achievement: Achievement
    meeting: MeetingRef | None = None
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep what was said; the goal's status stays."""
        old = group.goal(self.goal)
        review = GoalReview(
            on=self.happened_on,
            achievement=self.achievement,
            change=self.id,
            meeting=self.meeting,
            words=self.words,
        )
        new = evolve(old, reviews=(*old.reviews, review))
        return evolve(group, goals=replaced(group.goals, new))


@frozen(kw_only=True)
class SetGoalStatus(Change):
    """The client lets a goal rest, ends it or takes it up again.

    Attributes:
        goal: Which goal.
        status: Where it stands from this day.
    """

    TYPE = Code("goal.set_status")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    goal: GoalRef
    status: GoalStatus

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Change the status; what was achieved stays."""
        new = _in_status(group.goal(self.goal), self.status, self)
        return evolve(group, goals=replaced(group.goals, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.status is GoalStatus.AGREED:
            found = [g for g in group.goals if g.id == self.goal]
            if any(g.agreed_on is None for g in found):
                yield misfit("not_agreed_yet", ".status")


@frozen(kw_only=True)
class MakeAgreement(Change):
    """The group agrees who does what for a goal, and when they look back.

    Attributes:
        agreement: Its id.
        words: What is agreed.
        owners: Who does it; may be the client.
        until: The day by which it is done or on which the group looks back.
        goals: The goals it serves.
    """

    TYPE = Code("agreement.make")
    KIND = ChangeKind.FACT

    agreement: NewAgreement
    words: Text
    owners: tuple[PersonRef, ...]
    until: date
    goals: tuple[GoalRef, ...] = ()

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
        agreement = Agreement(id=self.agreement, goals=self.goals, versions=(first,))
        return evolve(group, agreements=(*group.agreements, agreement))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        yield from _terms(self.owners, self.until, self.happened_on)


@frozen(kw_only=True)
class ReviseAgreement(Change):
    """The group changes an agreement; its earlier versions stay.

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
        del group
        yield from _terms(self.owners, self.until, self.happened_on)


@frozen(kw_only=True)
class AddSuccess(Change):
    """Something went well. Any member adds one at any time.

    Attributes:
        success: Its id.
        by: Who says so: the client or a member.
        words: What went well.
        goal: The goal it belongs to, if any.
    """

    TYPE = Code("success.add")
    KIND = ChangeKind.FACT

    success: NewSuccess
    by: PersonRef
    words: Text
    goal: GoalRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        success = Success(
            id=self.success,
            by=self.by,
            on=self.happened_on,
            words=self.words,
            goal=self.goal,
        )
        return evolve(group, successes=(*group.successes, success))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose words these are."""
        del group
        return self.by

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        yield from sealed_for(self.words, self.by, ".words")


@frozen(kw_only=True)
class AgreeScaleUp(Change):
    """The group agrees how care comes back when it is needed.

    Attributes:
        scale_up: Its id.
        words: When and how.
        promises: Who does what.
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
class ScaleDownCare(Change):
    """Care becomes less intensive.

    Attributes:
        scale_down: Its id.
        to: What comes after: `gp`, `gp_with_nurse`, `basic_ggz`, `none`.
        decided_by: Whose decision it is: the client's, or somebody of the team.
        receiver: Who takes over, by name.
    """

    TYPE = Code("care.scale_down")
    KIND = ChangeKind.ACT

    scale_down: NewScaleDown
    to: Code
    decided_by: PersonRef
    receiver: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the step. The group goes on."""
        step = ScaleDown(
            id=self.scale_down,
            on=self.happened_on,
            to=self.to,
            decided_by=self.decided_by,
            receiver=self.receiver,
        )
        return evolve(group, scale_downs=(*group.scale_downs, step))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return the client where it is the client's decision."""
        return self.decided_by if self.decided_by == group.client else None

    @classmethod
    def was_decided_for(
        cls, happened: Happening, group: ResourceGroup
    ) -> PersonId | None:
        """Return the client where it was the client's decision."""
        return group.client if ItemId(group.client) in happened.touched else None


def _in_status(goal: Goal, status: GoalStatus, change: Change) -> Goal:
    said = StatusSince(status=status, since=change.happened_on, change=change.id)
    return evolve(goal, statuses=(*goal.statuses, said))


def _terms(owners: tuple[PersonId, ...], until: date, since: date) -> Iterable[Finding]:
    if not owners:
        yield misfit("empty", ".owners")
    if until < since:
        yield misfit("ends_before_it_begins", ".until")
