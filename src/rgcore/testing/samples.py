"""Groups to ask rules about: every stage of the cases that come with rgcore.

The people of these cases are invented. Their words are left out: a rule never sees any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from typing import Any, Final

from attrs import evolve, frozen

from rgcore.cli.replay import Case, Event
from rgcore.domain.actor import CARE, OWN_GROUP, Actor
from rgcore.domain.changes import (
    Change,
    DepartGroup,
    EndEpisode,
    PauseGroup,
    ScaleDownCare,
)
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId
from rgcore.domain.journal import Entry, fold, fold_all
from rgcore.domain.life import Way
from rgcore.method import Method, OwnChange, Proposal
from rgcore.serial.wire import read_changes
from rgcore.testing.notes import notes_of

_NOON: Final = datetime(2030, 1, 1, 12, tzinfo=UTC)
_FEW: Final = 12
"""So many stages of a case are enough where asking costs much."""


@frozen(kw_only=True)
class Stage:
    """A group right after an entry of its journal.

    Attributes:
        name: Where it comes from: the case and the number of the entry.
        before: The group before it.
        entry: The entry.
        group: The group after it.
    """

    name: str
    before: ResourceGroup
    entry: Entry
    group: ResourceGroup

    def proposal(self, method: Method) -> Proposal:
        """Return the entry's change as somebody proposed it.

        Args:
            method: The method that the group goes by.
        """
        return _proposed(self.before, method, self.entry.change, self.entry.actor)

    def endings(self, method: Method) -> Iterator[Proposal]:
        """Return each way in which the client may end care or the group now.

        Args:
            method: The method that the group goes by.
        """
        client = self.group.client
        actor = Actor(who=client, purpose=OWN_GROUP)
        for change in _endings(self.group, self.entry.change.happened_on):
            yield _proposed(self.group, method, change, actor)


@frozen(kw_only=True)
class Story:
    """The journal of a case.

    Attributes:
        name: What the case is called.
        entries: Its entries, in their order.
    """

    name: str
    entries: tuple[Entry, ...]

    def stages(self) -> tuple[Stage, ...]:
        """Return the group after each entry."""
        found: list[Stage] = []
        group: ResourceGroup | None = None
        # The first change of a case starts its group.
        began: Any = self.entries[0].change
        for number, entry in enumerate(self.entries, start=1):
            before = group or began.found(entry.composition)
            after = fold(group, entry)
            name = f"{self.name}, entry {number}"
            found.append(Stage(name=name, before=before, entry=entry, group=after))
            group = after
        return tuple(found)

    def with_notes(self, declared: Sequence[OwnChange]) -> Story:
        """Return it with notes of a setting's own in its middle and at its end.

        Args:
            declared: The changes that the setting declares.
        """
        length = len(self.entries)
        cuts = (0, length // 3, 2 * length // 3, length)
        whole: list[Entry] = []
        for begin, end in pairwise(cuts):
            whole += self.entries[begin:end]
            whole += _noted(whole, declared)
        numbered = (evolve(entry, seq=n) for n, entry in enumerate(whole, start=1))
        return Story(name=f"{self.name} with notes", entries=tuple(numbered))


def stories(composition: str) -> tuple[Story, ...]:
    """Return the journals of the cases that come with rgcore.

    Args:
        composition: The digest of the method by which they are decided.
    """
    return tuple(
        Story(
            name=story.name,
            entries=tuple(evolve(e, composition=composition) for e in story.entries),
        )
        for story in _told()
    )


def few(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Return some stages, the last of them included.

    Args:
        stages: All stages of a story.
    """
    step = max(1, len(stages) // _FEW)
    return tuple(stages[::-1][::step])


def core_of(group: ResourceGroup) -> ResourceGroup:
    """Return a group without what settings noted, and without what it remembers of it.

    Args:
        group: The group.
    """
    return evolve(group, seq=0, notes=(), happenings=())


@cache
def _told() -> tuple[Story, ...]:
    """Return the cases as they are; reading them takes longer than all else here."""
    cases = (Case.named(name) for name in Case.names())
    return tuple(Story(name=c.name, entries=tuple(_entries(c))) for c in cases)


def _entries(case: Case) -> Iterator[Entry]:
    seq = 0
    for event in case.events:
        # What is refused in the case never stood in a journal.
        if "refused" in event.data:
            continue
        changes, _ = read_changes(event.data["change"])
        for change in changes:
            seq += 1
            yield Entry(
                seq=seq,
                change=change,
                actor=_actor(case, event),
                recorded_at=_NOON,
                composition="",
            )


def _actor(case: Case, event: Event) -> Actor:
    given = event.data["actor"]
    is_staff = any(staff.id == given["who"] for staff in case.staff)
    return Actor(
        who=PersonId(given["who"]),
        purpose=CARE if is_staff else OWN_GROUP,
        on_behalf_of=given.get("on_behalf_of"),
        because=given.get("because"),
    )


def _noted(entries: Sequence[Entry], declared: Iterable[OwnChange]) -> Iterator[Entry]:
    """Go through notes that fit the group after these entries."""
    group: Any = fold_all(entries)
    last = entries[-1]
    for one in declared:
        for note in notes_of(one, group, last.change.happened_on):
            yield evolve(last, change=note, overrides=(), warned=())


def _proposed(
    group: ResourceGroup, method: Method, change: Change, actor: Actor
) -> Proposal:
    return Proposal(
        group=group, method=method, type=change.TYPE, change=change, actor=actor
    )


def _endings(group: ResourceGroup, day: date) -> Iterator[Change]:
    # No ids of the cases look like these.
    change, item = ChangeId("kit-ending"), ItemId("kit-ending-1")
    for way in Way:
        yield DepartGroup(id=change, happened_on=day, departure=item, way=way)
    yield PauseGroup(id=change, happened_on=day, pause=item)
    yield ScaleDownCare(
        id=change,
        happened_on=day,
        scale_down=item,
        to=Code("none"),
        decided_by=group.client,
    )
    for episode in group.episodes[-1:]:
        yield EndEpisode(id=change, happened_on=day, episode=episode.id)
