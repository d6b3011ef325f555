"""Before there is a group: the intake, and talks of client, relatives and care."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from rgcore.domain.changes.base import Change, ChangeKind, misfit, sealed_for
from rgcore.domain.contact import Companion, Intake, TriadTalk
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, NewIntake, NewTriadTalk, PersonRef
from rgcore.domain.text import Text


@frozen(kw_only=True)
class NoteIntake(Change):
    """Somebody of care asked who came along, and why or why not.

    Attributes:
        intake: Its id.
        said_why: Whether the client heard why this is asked.
        companions: Who came and who did not; labels only.
        words: Anything the client wants to say about it.
    """

    TYPE = Code("intake.note")
    KIND = ChangeKind.FACT
    MAY_PRECEDE = True

    intake: NewIntake
    said_why: bool
    companions: tuple[Companion, ...] = ()
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        intake = Intake(
            id=self.intake,
            on=self.happened_on,
            said_why=self.said_why,
            companions=self.companions,
            words=self.words,
        )
        return evolve(group, intakes=(*group.intakes, intake))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for number, companion in enumerate(self.companions):
            path = f".companions[{number}]"
            yield from sealed_for(companion.label, group.client, f"{path}.label")
            yield from sealed_for(companion.why, group.client, f"{path}.why")
        yield from sealed_for(self.words, group.client, ".words")


@frozen(kw_only=True)
class HoldTriadTalk(Change):
    """Client, relatives and somebody of care talked together, outside a meeting.

    It may have been before there was a group.

    Attributes:
        triad_talk: Its id.
        people: Who was there and is known to the group.
        others: Who else was there, as the client calls them.
        words: What was talked about, as they agreed to note it.
    """

    TYPE = Code("triad.hold")
    KIND = ChangeKind.FACT
    MAY_PRECEDE = True

    triad_talk: NewTriadTalk
    people: tuple[PersonRef, ...]
    others: Text | None = None
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it."""
        talk = TriadTalk(
            id=self.triad_talk,
            on=self.happened_on,
            people=self.people,
            others=self.others,
            words=self.words,
        )
        return evolve(group, triad_talks=(*group.triad_talks, talk))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not self.people:
            yield misfit("empty", ".people")
        yield from sealed_for(self.others, group.client, ".others")
