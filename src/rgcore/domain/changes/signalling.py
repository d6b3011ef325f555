"""When it gets harder: signs that are offered, the signalling plan, the crisis card."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    misfit,
    sealed_for,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    InterviewRef,
    NewCrisisCard,
    NewSign,
    NewSignallingPlan,
    PersonId,
    PersonRef,
)
from rgcore.domain.signalling import (
    HIGHEST_STAGE,
    CrisisCard,
    OfferedSign,
    Sign,
    SignAction,
    SignallingPlan,
)
from rgcore.domain.text import Text


@frozen(kw_only=True)
class OfferSign(Change):
    """Somebody offers an early sign to the client's signalling plan.

    The client decides whether it comes into the plan.

    Attributes:
        sign: Its id.
        by: Who noticed it.
        words: What they noticed; its subject is whoever noticed.
        interview: The talk with them in which they said so.
    """

    TYPE = Code("sign.offer")
    KIND = ChangeKind.ACT

    sign: NewSign
    by: PersonRef
    words: Text
    interview: InterviewRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the offer; the plan stays as it is."""
        sign = OfferedSign(
            id=self.sign,
            by=self.by,
            on=self.happened_on,
            words=self.words,
            interview=self.interview,
        )
        return evolve(group, signs=(*group.signs, sign))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return who offers it."""
        del group
        return self.by

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for talk in group.interviews:
            if talk.id == self.interview and talk.respondent != self.by:
                yield misfit("other_respondent", ".interview")
            if talk.id == self.interview and self.happened_on < talk.held_on:
                yield misfit("before_it_was_held", ".happened_on")
        yield from sealed_for(self.words, self.by, ".words")


@frozen(kw_only=True)
class SetSignallingPlan(Change):
    """The client says by what one notices that it gets harder, and who does what then.

    Attributes:
        plan: Its id; earlier versions stay.
        signs: In the client's words; an offered sign says which it was.
        actions: Who does what, from which stage, and who when they cannot.
    """

    TYPE = Code("signalling.set")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    plan: NewSignallingPlan
    signs: tuple[Sign, ...]
    actions: tuple[SignAction, ...] = ()

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it as the next version."""
        plan = SignallingPlan(
            id=self.plan,
            version=len(group.signalling_plans) + 1,
            set_on=self.happened_on,
            signs=self.signs,
            actions=self.actions,
        )
        return evolve(group, signalling_plans=(*group.signalling_plans, plan))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not self.signs:
            yield misfit("empty", ".signs")
        for number, sign in enumerate(self.signs):
            yield from _stage(sign.stage, f".signs[{number}]")
            yield from sealed_for(sign.words, group.client, f".signs[{number}].words")
        for number, action in enumerate(self.actions):
            yield from _stage(action.stage, f".actions[{number}]")
            if action.second == action.by:
                yield misfit("same_person", f".actions[{number}].second")


@frozen(kw_only=True)
class SetCrisisCard(Change):
    """The client says what others should know and do in a crisis.

    Attributes:
        card: Its id; earlier versions stay.
        helps: What helps.
        does_not_help: What the client does not want.
        call: Whom to call, in this order.
        look_after: What must be looked after at home.
        kept_at: Where the card is.
    """

    TYPE = Code("crisis_card.set")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    card: NewCrisisCard
    helps: Text | None = None
    does_not_help: Text | None = None
    call: tuple[PersonRef, ...] = ()
    look_after: Text | None = None
    kept_at: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it as the next version."""
        card = CrisisCard(
            id=self.card,
            version=len(group.crisis_cards) + 1,
            set_on=self.happened_on,
            helps=self.helps,
            does_not_help=self.does_not_help,
            call=self.call,
            look_after=self.look_after,
            kept_at=self.kept_at,
        )
        return evolve(group, crisis_cards=(*group.crisis_cards, card))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        texts = {
            ".helps": self.helps,
            ".does_not_help": self.does_not_help,
            ".look_after": self.look_after,
            ".kept_at": self.kept_at,
        }
        if not any(texts.values()) and not self.call:
            yield misfit("empty", ".helps")
        for path, text in texts.items():
            yield from sealed_for(text, group.client, path)


def _stage(stage: int, path: str) -> Iterable[Finding]:
    if not 1 <= stage <= HIGHEST_STAGE:
        yield misfit("no_such_stage", f"{path}.stage")
