"""Around a meeting: cancelled, its place, its climate, its minutes."""

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
from rgcore.domain.changes.meeting import cancelled_already, held_already
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    AtTensionCode,
    CancelledCode,
    Code,
    ItemId,
    MeetingRef,
    NewClimate,
    NewNotSafe,
    NewPlaceCheck,
    PersonId,
    PersonRef,
)
from rgcore.domain.items import replaced
from rgcore.domain.meetings import (
    Climate,
    FactorNoticed,
    NotSafe,
    PlaceCheck,
    Yes,
    YesNo,
)
from rgcore.domain.text import Text


@frozen(kw_only=True)
class CancelMeeting(Change):
    """A meeting does not take place. Nothing is late by it.

    Attributes:
        meeting: Which meeting.
        because: Why: `client_not_well` and so on.
    """

    TYPE = Code("meeting.cancel")
    KIND = ChangeKind.FACT

    meeting: MeetingRef
    because: CancelledCode

    def fact_in(self, group: ResourceGroup) -> str:
        """Return `meeting.cancel` with the reason."""
        del group
        return f"{self.TYPE}:{self.because}"

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it as cancelled; with another day it can be planned anew."""
        old = group.meeting(self.meeting)
        new = evolve(old, cancelled_on=self.happened_on, cancelled=self.because)
        return evolve(group, meetings=replaced(group.meetings, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from held_already(group, self.meeting)
        yield from cancelled_already(group, self.meeting)


@frozen(kw_only=True)
class AllowWithoutClient(Change):
    """The client says that the others may meet without them; before it or after.

    Attributes:
        meeting: Which meeting.
    """

    TYPE = Code("meeting.allow_without_client")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    meeting: MeetingRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the day on which the client said so."""
        new = evolve(group.meeting(self.meeting), without_client=self.happened_on)
        return evolve(group, meetings=replaced(group.meetings, new))


@frozen(kw_only=True)
class CheckPlace(Change):
    """Somebody looked whether a place is quiet, private and safe for all.

    Attributes:
        check: Its id.
        meeting: Which meeting it is for.
        quiet: Whether one can talk there without being disturbed.
        private: Whether nobody else hears what is said.
        safe: Whether it is safe for everybody who comes.
    """

    TYPE = Code("place.check")
    KIND = ChangeKind.FACT

    check: NewPlaceCheck
    meeting: MeetingRef
    quiet: YesNo
    private: YesNo
    safe: YesNo

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the answers; the latest for a meeting count."""
        check = PlaceCheck(
            id=self.check,
            meeting=self.meeting,
            on=self.happened_on,
            quiet=self.quiet,
            private=self.private,
            safe=self.safe,
        )
        return evolve(group, place_checks=(*group.place_checks, check))


@frozen(kw_only=True)
class SayNotSafe(Change):
    """Somebody tells a few people that a meeting or its place is not safe for them.

    Nobody else reads that it was said.

    Attributes:
        not_safe: Its id.
        meeting: Which meeting.
        person: For whom it is not safe.
        told: To whom they say so.
        words: What they want these people to know; its subject is the person.
    """

    TYPE = Code("place.not_safe")
    KIND = ChangeKind.ACT

    not_safe: NewNotSafe
    meeting: MeetingRef
    person: PersonRef
    told: tuple[PersonRef, ...]
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it for those who were told."""
        said = NotSafe(
            id=self.not_safe,
            meeting=self.meeting,
            person=self.person,
            on=self.happened_on,
            told=self.told,
            words=self.words,
        )
        return evolve(group, not_safe=(*group.not_safe, said))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return for whom it is not safe."""
        del group
        return self.person

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not self.told:
            yield misfit("empty", ".told")
        yield from sealed_for(self.words, self.person, ".words")


@frozen(kw_only=True)
class NoteClimate(Change):
    """The climate of a meeting, and what the supporter did when it was tense.

    It is about what went on between people, and a trait of nobody. No strength, no
    sum.

    Attributes:
        climate: Its id.
        meeting: Which meeting.
        by: Who noticed it.
        factors: Which of three factors that weigh on people and two that help were
            noticed.
        done: What the supporter did: `pause`, `separate_talk` and so on.
        words: More about it; its subject is whoever noticed.
    """

    TYPE = Code("climate.note")
    KIND = ChangeKind.FACT

    climate: NewClimate
    meeting: MeetingRef
    by: PersonRef
    factors: tuple[FactorNoticed, ...] = ()
    done: tuple[AtTensionCode, ...] = ()
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it with the meeting."""
        climate = Climate(
            id=self.climate,
            meeting=self.meeting,
            by=self.by,
            on=self.happened_on,
            factors=self.factors,
            done=self.done,
            words=self.words,
        )
        return evolve(group, climates=(*group.climates, climate))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return who noticed it."""
        del group
        return self.by

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _not_held(group, self.meeting, self.happened_on)
        if not self.factors and not self.done and self.words is None:
            yield misfit("empty", ".factors")
        seen = [line.factor for line in self.factors]
        for number, factor in enumerate(seen):
            if factor in seen[:number]:
                yield misfit("factor_twice", f".factors[{number}].factor")
        yield from sealed_for(self.words, self.by, ".words")


@frozen(kw_only=True)
class KeepMinutes(Change):
    """What was written down at a meeting comes in later, such as from paper.

    Attributes:
        meeting: Which meeting; who signed off what was there before, has to anew.
        minutes: What was written down.
        minute_taker: Who wrote it, if not the one who was named.
        from_paper_by: Who typed it.
    """

    TYPE = Code("minutes.keep")
    KIND = ChangeKind.FACT

    meeting: MeetingRef
    minutes: Text
    minute_taker: PersonRef | None = None
    from_paper_by: PersonRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it with the meeting, in place of what was there."""
        old = group.meeting(self.meeting)
        new = evolve(
            old,
            minutes=self.minutes,
            minute_taker=self.minute_taker or old.minute_taker,
            from_paper_by=self.from_paper_by,
            signed_off=(),
        )
        return evolve(group, meetings=replaced(group.meetings, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _not_held(group, self.meeting, self.happened_on)


@frozen(kw_only=True)
class SignOffMinutes(Change):
    """Somebody says that the minutes of a meeting are right.

    Attributes:
        meeting: Which meeting.
        person: Who says so.
    """

    TYPE = Code("minutes.sign_off")
    KIND = ChangeKind.FACT

    meeting: MeetingRef
    person: PersonRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep their yes with the meeting."""
        old = group.meeting(self.meeting)
        yes = Yes(person=self.person, on=self.happened_on)
        new = evolve(old, signed_off=(*old.signed_off, yes))
        return evolve(group, meetings=replaced(group.meetings, new))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose yes it is."""
        del group
        return self.person

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _not_held(group, self.meeting, self.happened_on)
        for meeting in group.meetings:
            signed = any(yes.person == self.person for yes in meeting.signed_off)
            if meeting.id == self.meeting and signed:
                yield misfit("signed_already", ".person")


def _not_held(group: ResourceGroup, meeting: ItemId, day: date) -> Iterable[Finding]:
    for held_on in (m.held_on for m in group.meetings if m.id == meeting):
        if held_on is None:
            yield misfit("not_held_yet", ".meeting")
        elif day < held_on:
            yield misfit("before_it_was_held", ".happened_on")
