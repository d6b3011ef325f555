"""Own items, looking back, and the children whom a client looks after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    in_the_past,
    misfit,
    sealed_for,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    MeetingRef,
    NewChildCheck,
    NewEvaluation,
    NewOwnItem,
    OwnItemRef,
    PersonId,
    PersonRef,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.life import ChildCheck, Evaluation, LooksAfter, OwnItem
from rgcore.domain.text import Text


@frozen(kw_only=True)
class KeepOwnItem(Change):
    """Somebody keeps something of their own, for nobody else's eyes yet.

    Attributes:
        item: Its id.
        owner: Whose it is.
        kind: Such as `letter`.
        words: What it says; its subject is the owner.
    """

    TYPE = Code("own_item.keep")
    KIND = ChangeKind.ACT

    item: NewOwnItem
    owner: PersonRef
    kind: Code
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        item = OwnItem(
            id=self.item,
            owner=self.owner,
            kind=self.kind,
            made_on=self.happened_on,
            words=self.words,
        )
        return evolve(group, own_items=(*group.own_items, item))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose it is."""
        del group
        return self.owner

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        yield from sealed_for(self.words, self.owner, ".words")


@frozen(kw_only=True)
class ShareOwnItem(Change):
    """Its owner reads or shows an own item to the group.

    Attributes:
        item: Which item.
        meeting: At which meeting.
    """

    TYPE = Code("own_item.share")
    KIND = ChangeKind.ACT

    item: OwnItemRef
    meeting: MeetingRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Open it to whoever may see the group."""
        old = one(group.own_items, self.item)
        new = evolve(old, shared_on=self.happened_on, meeting=self.meeting)
        return evolve(group, own_items=replaced(group.own_items, new))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose item it is."""
        owners = (i.owner for i in group.own_items if i.id == self.item)
        return next(owners, None)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for item in group.own_items:
            if item.id == self.item and item.shared_on is not None:
                yield misfit("shared_already", ".item")
            if item.id == self.item and self.happened_on < item.made_on:
                yield misfit("before_it_was_made", ".happened_on")


@frozen(kw_only=True)
class HoldEvaluation(Change):
    """The group looked back.

    Attributes:
        evaluation: Its id.
        kind: `yearly`, or one of a setting.
        respondents: Who gave their view.
        meeting: At which meeting it was discussed.
        words: What came out of it.
    """

    TYPE = Code("evaluation.hold")
    KIND = ChangeKind.FACT

    evaluation: NewEvaluation
    kind: Code
    respondents: tuple[PersonRef, ...] = ()
    meeting: MeetingRef | None = None
    words: Text | None = None

    def fact_in(self, group: ResourceGroup) -> str:
        """Return `evaluation.hold` with the kind of evaluation."""
        del group
        return f"{self.TYPE}:{self.kind}"

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        evaluation = Evaluation(
            id=self.evaluation,
            kind=self.kind,
            held_on=self.happened_on,
            respondents=self.respondents,
            meeting=self.meeting,
            words=self.words,
        )
        return evolve(group, evaluations=(*group.evaluations, evaluation))


@frozen(kw_only=True)
class HoldChildCheck(Change):
    """Somebody of care asked whether the client looks after children.

    What follows for a child belongs in the record system and not here. It may have
    been at intake, before there was a group.

    Attributes:
        check: Its id.
        by: Who asked.
        looks_after: The answer.
        again_on: The day on which it is asked again.
    """

    TYPE = Code("child_check.hold")
    KIND = ChangeKind.FACT
    MAY_PRECEDE = True

    check: NewChildCheck
    by: PersonRef
    looks_after: LooksAfter
    again_on: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the answer."""
        check = ChildCheck(
            id=self.check,
            on=self.happened_on,
            by=self.by,
            looks_after=self.looks_after,
            again_on=self.again_on,
        )
        return evolve(group, child_checks=(*group.child_checks, check))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        yield from in_the_past(self.again_on, self, ".again_on")
