"""How a group does things: its channel, its rhythm, its house rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import evolve, frozen

from rgcore.domain.changes.base import Change, ChangeKind, Owner, misfit
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    HouseRulesRef,
    MeetingRef,
    NewHouseRules,
    PersonId,
    PersonRef,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.meetings import ChannelAgreed, HouseRules, Rhythm, Yes
from rgcore.domain.text import Text

LONGEST_RHYTHM: Final = 366
"""Days from one meeting to the next, at most. A default of ours."""


@frozen(kw_only=True)
class AgreeChannel(Change):
    """The group agrees how to keep in touch between meetings.

    Attributes:
        channel: Such as `whatsapp`, `phone`.
        words: What is not said there.
        meeting: At which meeting.
    """

    TYPE = Code("channel.agree")
    KIND = ChangeKind.FACT

    channel: Code
    words: Text | None = None
    meeting: MeetingRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it; the latest counts."""
        agreed = ChannelAgreed(
            on=self.happened_on,
            channel=self.channel,
            words=self.words,
            meeting=self.meeting,
        )
        return evolve(group, channels=(*group.channels, agreed))


@frozen(kw_only=True)
class SetRhythm(Change):
    """The client says how often the group meets.

    Attributes:
        days: Days from one meeting to the next.
        meeting: At which meeting it was discussed.
    """

    TYPE = Code("rhythm.set")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    days: int
    meeting: MeetingRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Use it from this day in place of the method's."""
        rhythm = Rhythm(since=self.happened_on, days=self.days, meeting=self.meeting)
        return evolve(group, rhythms=(*group.rhythms, rhythm))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not 1 <= self.days <= LONGEST_RHYTHM:
            yield misfit("no_such_rhythm", ".days")


@frozen(kw_only=True)
class SetHouseRules(Change):
    """The group writes down how its people deal with one another.

    Attributes:
        house_rules: Their id.
        rules: Each rule, in the group's words. Earlier versions stay.
    """

    TYPE = Code("house_rules.set")
    KIND = ChangeKind.FACT

    house_rules: NewHouseRules
    rules: tuple[Text, ...]

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep them as the next version, to which nobody has said yes yet."""
        new = HouseRules(
            id=self.house_rules,
            version=len(group.house_rules) + 1,
            set_on=self.happened_on,
            rules=self.rules,
        )
        return evolve(group, house_rules=(*group.house_rules, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not self.rules:
            yield misfit("empty", ".rules")


@frozen(kw_only=True)
class AgreeHouseRules(Change):
    """Somebody says yes to the house rules, for themselves.

    Attributes:
        house_rules: Which version.
        person: Whose yes it is.
    """

    TYPE = Code("house_rules.agree")
    KIND = ChangeKind.FACT

    house_rules: HouseRulesRef
    person: PersonRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the yes."""
        old = one(group.house_rules, self.house_rules)
        new = evolve(old, agreed=(*old.agreed, self._yes()))
        return evolve(group, house_rules=replaced(group.house_rules, new))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose yes it is."""
        del group
        return self.person

    def _yes(self) -> Yes:
        return Yes(person=self.person, on=self.happened_on)
