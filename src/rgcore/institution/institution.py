"""Record and view: one way in, one way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Self

from rgcore.access import View, make_view, may_see
from rgcore.domain.actor import Actor
from rgcore.domain.changes import Change
from rgcore.domain.findings import Decision, Override
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, GroupId, PersonId, TeamId, TextId
from rgcore.domain.text import Said
from rgcore.errors import JournalDamaged, NotAvailable, NotForYou
from rgcore.institution.answers import (
    Anchored,
    DueList,
    EntryHeaders,
    Examined,
    Recorded,
    Status,
)
from rgcore.institution.checking import Checker, Progress
from rgcore.institution.directory import Directory
from rgcore.institution.finding import Finder
from rgcore.institution.intake import (
    PAGE,
    gathered,
    look_over,
    look_over_page,
    look_over_reader,
)
from rgcore.institution.recording import AMSTERDAM, Means, Recorder, Wanted
from rgcore.method import Method
from rgcore.store import AccessLog, AnchorFile, Fault, Handles, Line, Store, repair


class Institution:
    """An institution with its groups, method, staff and access log.

    Opened by `rgcore.open`. It may be shared between threads. It may not be used in
    a process that is forked later: there every use raises `OpenedElsewhere`.
    """

    def __init__(
        self,
        *,
        store: Store,
        handles: Handles,
        log: AccessLog,
        method: Method,
        means: Means,
        close: Callable[[], None],
        anchors: AnchorFile | None = None,
    ) -> None:
        self._store = store
        self._log = log
        self._method = method
        self._means = means
        self._close = close
        self._recorder = Recorder(store, method, means)
        self._finder = Finder(
            store=store,
            handles=handles,
            method=method,
            means=means,
            log=self._write_line,
        )
        self._checker = Checker(
            store=store, index=self._recorder.index, clock=means.clock, file=anchors
        )

    def __enter__(self) -> Self:
        """Return the institution itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    @property
    def method(self) -> Method:
        """Return the method: the base and the institution's settings."""
        return self._method

    @property
    def directory(self) -> Directory:
        """Return the directory of staff and teams."""
        return self._means.directory

    def today(self) -> date:
        """Return the local day in Amsterdam."""
        return self._means.clock().astimezone(AMSTERDAM).date()

    def new_id(self) -> str:
        """Return a new opaque id."""
        return self._means.ids()

    def close(self) -> None:
        """Close all files."""
        self._close()

    def record(
        self,
        group: GroupId | str,
        changes: Iterable[Change],
        actor: Actor,
        *,
        words: Mapping[TextId, Said] | None = None,
        overrides: Sequence[Override] = (),
        seen: int | None = None,
    ) -> Recorded:
        """Record changes: all of them or none.

        A change whose id was recorded before is skipped. When somebody else
        recorded in between, everything is decided afresh.

        Args:
            group: The group; a new one if the first change starts it.
            changes: What happened, in order.
            actor: Who records it.
            words: What stands behind the texts of the changes.
            overrides: Rules to pass, each with a reason.
            seen: The sequence number up to which the caller has seen the group; pass
                it to be told when others touched the same items since.

        Raises:
            InputError: The input has the wrong form.
            NotAvailable: There is no such group, or the actor has no part in it.
            Refused: Something stands in the way; carries every reason.
            Conflict: Others touched the same items since `seen`.
            ChangeIdReused: A change id was recorded before with other content.
            GroupExists: A group is started under an id that is in use.
        """
        given = gathered(changes, words, overrides, seen)
        return self._recorder.record(_wanted(group, actor, *given), seen)

    def check(
        self,
        group: GroupId | str,
        changes: Iterable[Change],
        actor: Actor,
        *,
        words: Mapping[TextId, Said] | None = None,
        overrides: Sequence[Override] = (),
    ) -> Decision:
        """Return what `record` would decide, and record nothing.

        Args:
            group: The group.
            changes: What somebody wants to record.
            actor: Who.
            words: What stands behind the texts of the changes.
            overrides: Rules to pass, each with a reason.

        Raises:
            InputError: The input has the wrong form.
            NotAvailable: There is no such group, or the actor has no part in it.
            ChangeIdReused: A change id was recorded before with other content.
            GroupExists: A group is started under an id that is in use.
        """
        given = gathered(changes, words, overrides)
        return self._recorder.plan(_wanted(group, actor, *given)).outcome.decision

    def view(self, group: GroupId | str, actor: Actor) -> View:
        """Return what a reader may see of a group today.

        A line in the access log is committed before anything is returned.

        Args:
            group: The group.
            actor: Who reads, and why.

        Raises:
            NotAvailable: There is no such group, or it is not theirs to see.
            LogUnavailable: The log could not be written; nothing is shown.
        """
        look_over_reader(actor, group=group)
        now = self._means.clock()
        today = now.astimezone(AMSTERDAM).date()
        loaded = self._store.load(GroupId(group))
        method = self._method
        allowed = (
            loaded is not None
            and may_see(loaded.group, method, actor, None, today).allowed
        )
        outcome = "shown" if allowed else "refused"
        line = self._line(actor, "view", outcome, now, GroupId(group))
        self._log.write(line)
        if loaded is None or not allowed:
            raise NotAvailable
        return make_view(
            loaded.group,
            self._store.words(loaded),
            method=method,
            reader=actor.who,
            on=today,
            log_id=line.id,
            staff=self._staff_of(loaded.group),
        )

    def link(self, group: GroupId | str, kind: str, number: str, actor: Actor) -> None:
        """Let a number of another system, or a handle of the host, lead to a group.

        Only a keyed digest of it is kept. Twice is once.

        Args:
            group: The group.
            kind: Whose number it is, as a code: `client_number`, `handle`.
            number: The number; spaces around it and capitals do not count.
            actor: Somebody who may see the group.

        Raises:
            InputError: The input has the wrong form, or is a citizen service number.
            NotAvailable: There is no such group, or it is not theirs.
            HandleTaken: The number leads to another group.
        """
        look_over_reader(actor, group=group)
        self._finder.link(GroupId(group), kind, number, actor)

    def unlink(
        self, group: GroupId | str, kind: str, number: str, actor: Actor
    ) -> None:
        """Let a number no longer lead to a group.

        Args:
            group: The group.
            kind: Whose number it is.
            number: The number.
            actor: Somebody who may see the group.

        Raises:
            InputError: The input has the wrong form.
            NotAvailable: There is no such group, or it is not theirs.
        """
        look_over_reader(actor, group=group)
        self._finder.unlink(GroupId(group), kind, number, actor)

    def find(self, kind: str, number: str, actor: Actor) -> GroupId:
        """Return the group to which a number leads.

        A line in the access log says who looked, never for which number.

        Args:
            kind: Whose number it is.
            number: The number.
            actor: Who looks for it.

        Raises:
            InputError: The input has the wrong form.
            NotAvailable: It leads to no group, or to one that is not theirs to see.
        """
        look_over_reader(actor)
        return self._finder.find(kind, number, actor)

    def attention(
        self,
        team: TeamId | str,
        actor: Actor,
        on: date | None = None,
        limit: int = 100,
    ) -> DueList:
        """Return a team's groups for which something is open.

        Only ids and dates: whoever may see a group asks for a view of it.

        Args:
            team: The team.
            actor: Somebody who works in the team on that day.
            on: The day; today if it is not given.
            limit: How many groups at most.

        Raises:
            InputError: The input has the wrong form.
            NotForYou: The directory does not know the actor in this team.
        """
        look_over_reader(actor, team=team)
        look_over_page(limit=limit, on=on)
        day = on or self.today()
        allowed = self.directory.works_in(actor.who, TeamId(team), day)
        outcome = "shown" if allowed else "refused"
        now = self._means.clock()
        self._log.write(self._line(actor, "attention", outcome, now, None))
        if not allowed:
            raise NotForYou
        due = self._store.due(TeamId(team), day, self._method.digest, limit)
        return DueList(team=TeamId(team), on=day, groups=tuple(due))

    def entries(self, after: int = 0, limit: int = PAGE) -> EntryHeaders:
        """Return what stands in clear of entries, for whoever runs the store.

        Args:
            after: The cursor of an earlier answer; 0 to begin.
            limit: How many at most.

        Raises:
            InputError: The input has the wrong form.
        """
        look_over_page(limit=limit, after=after)
        headers = tuple(self._store.entries(after, limit))
        cursor = headers[-1].position if headers else after
        return EntryHeaders(headers=headers, cursor=cursor)

    def groups(self) -> tuple[GroupId, ...]:
        """Return the ids of all groups, for whoever runs the store."""
        return self._store.groups()

    def verify(self, group: GroupId | str | None = None) -> tuple[Fault, ...]:
        """Return everything in the store that is not as it was recorded or anchored.

        Args:
            group: One group; all of them if it is not given.

        Raises:
            NotAvailable: There is no such group.
            AnchorsDamaged, AnchorsUnavailable: The anchors cannot be read.
        """
        return self.examine(group).faults

    def examine(
        self, group: GroupId | str | None = None, done: Progress | None = None
    ) -> Examined:
        """Return what `verify` does, and how far one can see.

        Args:
            group: One group; all of them if it is not given.
            done: Told after each group how many are done, and of how many.

        Raises:
            NotAvailable: There is no such group.
            AnchorsDamaged, AnchorsUnavailable: The anchors cannot be read.
        """
        return self._checker.examine(group, done)

    def anchor(self, done: Progress | None = None) -> Anchored:
        """Note outside the database how far each journal goes that went on.

        A journal is anchored only if it is whole up to its last row; all others are.

        Args:
            done: Told after each group how many are done, and of how many.

        Raises:
            ConfigurationError: No file for anchors is configured.
            AnchorsDamaged, AnchorsUnavailable: The file cannot be used.
        """
        return self._checker.anchor(done)

    def status(self) -> Status:
        """Return how the store stands, for whoever watches over it."""
        groups, entries, last = self._store.counts()
        return Status(
            groups=groups,
            entries=entries,
            last_recorded_at=datetime.fromisoformat(last) if last else None,
            stale=len(self._store.stale(self._method.digest)),
            method=self._method.digest,
        )

    def repair(
        self, group: GroupId | str, *, without_lost_keys: bool = False
    ) -> tuple[Fault, ...]:
        """Make a group's document and index anew from its journal, if need be.

        Args:
            group: The group.
            without_lost_keys: Go on if the key store is older than the group and no
                newer copy of it is left. Words whose key is lost then read as erased.

        Returns:
            The faults that were mended; none if there were none.

        Raises:
            NotAvailable: There is no such group.
            JournalDamaged: The journal or the keys are not sound, or an anchor knows
                rows that the journal lacks; nothing was touched.
            KeyStoreBehind: The key store is older than the group; nothing was touched.
            Busy: The group is changed all the time; nothing was touched.
            AnchorsDamaged, AnchorsUnavailable: The anchors cannot be read.
        """
        lost = self._checker.lost(group)
        if lost:
            raise JournalDamaged(count=len(lost))
        return repair(
            self._store,
            GroupId(group),
            self._recorder.index,
            without_lost_keys=without_lost_keys,
        )

    def reindex(self, done: Progress | None = None) -> int:
        """Compute the rows of the index that another method computed.

        Each row is written by itself: when this is broken off, the next time goes on
        with what is left.

        Args:
            done: Told after each group how many are done, and of how many.

        Returns:
            How many rows were computed anew.
        """
        groups = self._store.stale(self._method.digest)
        for number, group in enumerate(groups, 1):
            self._recorder.reindex(group)
            if done is not None:
                done(number, len(groups))
        return len(groups)

    def log_lines(self, group: GroupId | str) -> tuple[Line, ...]:
        """Return the lines of the access log about a group, by time.

        Args:
            group: The group.
        """
        return tuple(self._log.lines(GroupId(group)))

    def _staff_of(self, group: ResourceGroup) -> dict[PersonId, str]:
        found = (self.directory.find(p.id) for p in group.people if p.staff)
        return {staff.id: staff.name for staff in found if staff is not None}

    def _write_line(
        self, actor: Actor, event: str, group: GroupId | None, *, shown: bool
    ) -> None:
        outcome = "shown" if shown else "refused"
        self._log.write(self._line(actor, event, outcome, self._means.clock(), group))

    def _line(
        self,
        actor: Actor,
        event: str,
        outcome: str,
        at: datetime,
        group: GroupId | None,
    ) -> Line:
        return Line(
            id=self.new_id(),
            at=at,
            event=Code(event),
            outcome=Code(outcome),
            reader=actor.who,
            purpose=actor.purpose,
            on_behalf_of=actor.on_behalf_of,
            group=group,
        )


def _wanted(
    group: GroupId | str,
    actor: Actor,
    changes: tuple[Change, ...],
    words: dict[TextId, Said],
    overrides: tuple[Override, ...],
) -> Wanted:
    """Look over what somebody wants to record and put it together."""
    look_over(group, changes, actor, words, overrides)
    return Wanted(
        group=GroupId(group),
        changes=changes,
        actor=actor,
        words=words,
        overrides=overrides,
    )
