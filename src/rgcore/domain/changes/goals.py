"""The client's goals, in the client's words, and what went well."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    in_the_past,
    misfit,
    sealed_for,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    GoalDomainCode,
    GoalRef,
    MeetingRef,
    NewGoal,
    NewSuccess,
    PersonId,
    PersonRef,
)
from rgcore.domain.items import replaced
from rgcore.domain.plan import (
    Achievement,
    Answered,
    Attainment,
    Goal,
    GoalReview,
    GoalStatus,
    GoalVersion,
    Smart,
    StatusSince,
    Success,
    Term,
)
from rgcore.domain.text import Text

HIGHEST_LEVEL: Final = 2
"""Goal attainment goes from -2 to +2."""


@frozen(kw_only=True)
class SetGoal(Change):
    """The client says what they want, in their own words.

    Attributes:
        goal: Its id.
        term: Short or long.
        dimension: `personal`, `societal` or `health`, or one of a setting.
        words: The client's words.
        tags: What else it has to do with; codes of the institution's own.
    """

    TYPE = Code("goal.set")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    goal: NewGoal
    term: Term
    dimension: GoalDomainCode
    words: Text
    tags: tuple[Code, ...] = ()

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the goal in its first wording."""
        first = GoalVersion(
            number=1, words=self.words, set_on=self.happened_on, change=self.id
        )
        goal = Goal(
            id=self.goal,
            term=self.term,
            dimension=self.dimension,
            versions=(first,),
            tags=self.tags,
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
class TagGoal(Change):
    """The client says what else a goal has to do with.

    Attributes:
        goal: Which goal.
        tags: All its tags from now on; codes of the institution's own.
    """

    TYPE = Code("goal.tag")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    goal: GoalRef
    tags: tuple[Code, ...]

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Use these tags in place of the earlier ones."""
        new = evolve(group.goal(self.goal), tags=self.tags)
        return evolve(group, goals=replaced(group.goals, new))


@frozen(kw_only=True)
class MakeGoalConcrete(Change):
    """Help with making a goal concrete (SMART). The client's own words stay.

    Attributes:
        goal: Which goal.
        specific: What exactly.
        measurable: By what the client will notice.
        acceptable: Why it matters to the client.
        realistic: What makes it feasible.
        by: By when.
    """

    TYPE = Code("goal.make_concrete")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    goal: GoalRef
    specific: Text | None = None
    measurable: Text | None = None
    acceptable: Text | None = None
    realistic: Text | None = None
    by: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it beside the client's words; the latest counts."""
        old = group.goal(self.goal)
        smart = Smart(
            set_on=self.happened_on,
            change=self.id,
            specific=self.specific,
            measurable=self.measurable,
            acceptable=self.acceptable,
            realistic=self.realistic,
            by=self.by,
        )
        new = evolve(old, smart=(*old.smart, smart))
        return evolve(group, goals=replaced(group.goals, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        parts = {
            ".specific": self.specific,
            ".measurable": self.measurable,
            ".acceptable": self.acceptable,
            ".realistic": self.realistic,
        }
        if not any(parts.values()) and self.by is None:
            yield misfit("empty", ".specific")
        for path, text in parts.items():
            yield from sealed_for(text, group.client, path)
        yield from in_the_past(self.by, self, ".by")


@frozen(kw_only=True)
class ScoreGoal(Change):
    """One person says how far a goal is reached. Nobody's voice is added to another's.

    Attributes:
        goal: Which goal.
        by: Whose voice it is.
        level: From -2, much less than hoped for, through 0, as hoped for, to +2, much
            more.
        answered: Why there is no level, in its place.
        meeting: At which meeting.
    """

    TYPE = Code("goal.score")
    KIND = ChangeKind.FACT

    goal: GoalRef
    by: PersonRef
    level: int | None = None
    answered: Answered | None = None
    meeting: MeetingRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep this voice beside the others."""
        old = group.goal(self.goal)
        said = Attainment(
            on=self.happened_on,
            by=self.by,
            change=self.id,
            level=self.level,
            answered=self.answered,
            meeting=self.meeting,
        )
        new = evolve(old, attainments=(*old.attainments, said))
        return evolve(group, goals=replaced(group.goals, new))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose voice it is."""
        del group
        return self.by

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if (self.level is None) == (self.answered is None):
            yield misfit("one_of_two", ".level")
        if self.level is not None and abs(self.level) > HIGHEST_LEVEL:
            yield misfit("no_such_level", ".level")


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


def _in_status(goal: Goal, status: GoalStatus, change: Change) -> Goal:
    said = StatusSince(status=status, since=change.happened_on, change=change.id)
    return evolve(goal, statuses=(*goal.statuses, said))
