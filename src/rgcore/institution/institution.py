"""Record and view: one way in, one way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Final, Self
from zoneinfo import ZoneInfo

from attrs import field, frozen

from rgcore.access import View, make_view, may_do, may_see
from rgcore.domain.actor import Actor
from rgcore.domain.changes import Change, StartGroup
from rgcore.domain.changes.base import texts
from rgcore.domain.findings import Decision, Override, Prompt, Refused
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, GroupId, ItemId, PersonId, TeamId, TextId
from rgcore.domain.journal import Entry
from rgcore.domain.text import Said
from rgcore.errors import (
    Busy,
    ChangeIdReused,
    Conflict,
    GroupExists,
    InputError,
    NotAvailable,
    NotForYou,
    Problem,
)
from rgcore.institution.deciding import Circumstances, Outcome, judge, not_yours
from rgcore.institution.directory import Directory
from rgcore.institution.intake import gathered, look_over, look_over_reader
from rgcore.method import (
    Method,
    Proposal,
    attention_from,
    attention_until,
    prompts,
    snapshot,
)
from rgcore.store import (
    AccessLog,
    Due,
    EntryHeader,
    Fault,
    IndexRow,
    Line,
    Loaded,
    LostRace,
    Store,
    verify,
)
from rgcore.store.store import Kept

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_ATTEMPTS: Final = 20
_PAGE: Final = 1_000


@frozen(kw_only=True)
class Recorded:
    """What was recorded.

    Attributes:
        group: The group.
        seq: How many changes it has now.
        entries: The entries that were added; none if all were recorded before.
        decision: What the method said of them; nothing in it blocks.
    """

    group: GroupId
    seq: int
    entries: tuple[Entry, ...]
    decision: Decision


@frozen(kw_only=True)
class DueList:
    """A team's groups that ask for attention on a day.

    Attributes:
        team: The team.
        on: The day.
        groups: The longest open first; rows of another method before them.
    """

    team: TeamId
    on: date
    groups: tuple[Due, ...]


@frozen(kw_only=True)
class EntryHeaders:
    """What stands in clear of a stretch of entries.

    Attributes:
        headers: In the order of recording.
        cursor: Where to go on: pass it as `after`.
    """

    headers: tuple[EntryHeader, ...]
    cursor: int


@frozen(kw_only=True)
class Means:
    """What an institution is opened with: nothing else knows time or chance.

    Attributes:
        clock: Gives now, in UTC.
        ids: Gives a new opaque id.
        directory: Knows staff and teams.
    """

    clock: Callable[[], datetime] = field(eq=False)
    ids: Callable[[], str] = field(eq=False)
    directory: Directory = field(eq=False)


class Institution:
    """An institution with its groups, method, staff and access log.

    Opened by `rgcore.open`. It may be shared between threads.
    """

    def __init__(
        self,
        *,
        store: Store,
        log: AccessLog,
        method: Method,
        means: Means,
        close: Callable[[], None],
    ) -> None:
        self._store = store
        self._log = log
        self._method = method
        self._means = means
        self._close = close
        self._kept_compositions: set[str] = set()

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
        wanted, said, passed = gathered(changes, words, overrides, seen)
        look_over(group, wanted, actor, said, passed)
        for _ in range(_ATTEMPTS):
            plan = self._plan(GroupId(group), wanted, actor, said, passed)
            if seen is not None:
                _check_seen(plan, seen)
            if not plan.outcome.decision.allowed:
                raise Refused(plan.outcome.decision)
            if not plan.outcome.entries:
                return plan.recorded()
            try:
                self._append(plan, said)
            except LostRace:
                continue
            return plan.recorded()
        raise Busy

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
        wanted, said, passed = gathered(changes, words, overrides)
        look_over(group, wanted, actor, said, passed)
        plan = self._plan(GroupId(group), wanted, actor, said, passed)
        return plan.outcome.decision

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
        loaded = self._load(GroupId(group))
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
        if type(limit) is not int or not 1 <= limit <= _PAGE:
            raise InputError([Problem("input.out_of_range", "limit")])
        day = on or self.today()
        allowed = self.directory.works_in(actor.who, TeamId(team), day)
        outcome = "shown" if allowed else "refused"
        now = self._means.clock()
        self._log.write(self._line(actor, "attention", outcome, now, None))
        if not allowed:
            raise NotForYou
        due = self._store.due(TeamId(team), day, self._method.digest, limit)
        return DueList(team=TeamId(team), on=day, groups=tuple(due))

    def entries(self, after: int = 0, limit: int = _PAGE) -> EntryHeaders:
        """Return what stands in clear of entries, for whoever runs the store.

        Args:
            after: The cursor of an earlier answer; 0 to begin.
            limit: How many at most.
        """
        headers = tuple(self._store.entries(after, limit))
        cursor = headers[-1].position if headers else after
        return EntryHeaders(headers=headers, cursor=cursor)

    def groups(self) -> tuple[GroupId, ...]:
        """Return the ids of all groups, for whoever runs the store."""
        return self._store.groups()

    def verify(self, group: GroupId | str | None = None) -> tuple[Fault, ...]:
        """Return everything in the store that is not as it was recorded.

        Args:
            group: One group; all of them if it is not given.

        Raises:
            NotAvailable: There is no such group.
        """
        known = self.groups()
        if group is not None and group not in known:
            raise NotAvailable
        wanted = known if group is None else (GroupId(group),)
        return tuple(
            fault for one in wanted for fault in verify(self._store, one, self._index)
        )

    def log_lines(self, group: GroupId | str) -> tuple[Line, ...]:
        """Return the lines of the access log about a group, by time.

        Args:
            group: The group.
        """
        return tuple(self._log.lines(GroupId(group)))

    def _load(self, group: GroupId) -> Loaded | None:
        return self._store.load(group)

    def _plan(
        self,
        group: GroupId,
        changes: tuple[Change, ...],
        actor: Actor,
        words: Mapping[TextId, Said],
        overrides: tuple[Override, ...],
    ) -> _Plan:
        loaded = self._load(group)
        around = self._around(actor, overrides)
        fresh = changes
        if loaded is None:
            _check_start(changes)
        else:
            # Who has no part in the group learns nothing of it, not even whether
            # an id is in use: rights come first.
            _check_part(loaded.group, changes, around)
            fresh = self._fresh(loaded, changes, words)
            self._check_texts(loaded, fresh)
        outcome = judge(group, loaded.group if loaded else None, fresh, around)
        # Of a group that is not there yet, a refusal gives nothing away.
        if loaded is not None and not_yours(outcome.decision):
            raise NotAvailable
        return _Plan(group=group, loaded=loaded, changes=fresh, outcome=outcome)

    def _around(self, actor: Actor, overrides: tuple[Override, ...]) -> Circumstances:
        now = self._means.clock()
        return Circumstances(
            method=self._method,
            actor=actor,
            overrides=overrides,
            today=now.astimezone(AMSTERDAM).date(),
            now=now,
            is_staff=lambda person: self.directory.find(person) is not None,
            works_in=self.directory.works_in,
        )

    def _fresh(
        self,
        loaded: Loaded,
        changes: tuple[Change, ...],
        words: Mapping[TextId, Said],
    ) -> tuple[Change, ...]:
        """Return the changes that were not recorded before."""
        known = {h.change for h in loaded.group.happenings}
        for number, change in enumerate(changes):
            if change.id in known:
                self._check_same(loaded, change, words, f"changes[{number}]")
        fresh = tuple(change for change in changes if change.id not in known)
        if any(isinstance(change, StartGroup) for change in fresh):
            raise GroupExists
        return fresh

    def _check_same(
        self, loaded: Loaded, change: Change, words: Mapping[TextId, Said], path: str
    ) -> None:
        kept = self._store.entry(loaded, change.id)
        if kept is None or kept.entry.change != change:
            raise ChangeIdReused(path=path)
        # Erased words are not there to be compared with.
        if any(words[text] != said for text, said in kept.words.items()):
            raise ChangeIdReused(path=path)

    def _check_texts(self, loaded: Loaded, changes: tuple[Change, ...]) -> None:
        brought = [
            (f"changes[{number}]{path}", text)
            for number, change in enumerate(changes)
            for path, text in texts(change)
        ]
        # Opening every leaf takes 0.2 ms: only for changes that bring words.
        known = self._store.words(loaded) if brought else {}
        problems = [
            Problem("input.text_known", path)
            for path, text in brought
            if text.id in known
        ]
        if problems:
            raise InputError(problems)

    def _append(self, plan: _Plan, words: Mapping[TextId, Said]) -> None:
        group, outcome = plan.outcome.group, plan.outcome
        if group is None:
            return
        self._keep_composition()
        kept = [
            Kept(
                entry=entry,
                words={t.id: words[t.id] for _, t in texts(entry.change)},
            )
            for entry in outcome.entries
        ]
        row = self._index_row(group, outcome.prompts)
        self._store.append(plan.loaded, group, kept, row)

    def _keep_composition(self) -> None:
        digest = self._method.digest
        if digest not in self._kept_compositions:
            now = self._means.clock()
            self._store.keep_composition(digest, snapshot(self._method), now)
            self._kept_compositions.add(digest)

    def _index(self, group: ResourceGroup) -> IndexRow:
        return self._index_row(group, prompts(group, self._method))

    def _index_row(self, group: ResourceGroup, found: tuple[Prompt, ...]) -> IndexRow:
        return IndexRow(
            team=group.team,
            attention_from=attention_from(found),
            attention_until=attention_until(found),
            composition=self._method.digest,
        )

    def _staff_of(self, group: ResourceGroup) -> dict[PersonId, str]:
        found = (self.directory.find(p.id) for p in group.people if p.staff)
        return {staff.id: staff.name for staff in found if staff is not None}

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


def _check_start(changes: tuple[Change, ...]) -> None:
    if not any(isinstance(change, StartGroup) for change in changes):
        raise NotAvailable


def _check_part(
    group: ResourceGroup, changes: tuple[Change, ...], around: Circumstances
) -> None:
    for change in changes:
        proposal = Proposal(
            group=group,
            method=around.method,
            type=change.TYPE,
            change=change,
            actor=around.actor,
        )
        if not_yours(may_do(proposal, around.today)):
            raise NotAvailable


def _check_seen(plan: _Plan, seen: int) -> None:
    """Raise if others touched the same items since the caller looked."""
    if plan.loaded is None:
        return
    ours = frozenset[ItemId]().union(*(c.touches() for c in plan.changes))
    theirs = [
        happened
        for happened in plan.loaded.group.happenings
        if happened.seq > seen and ours.intersection(happened.touched)
    ]
    if theirs:
        raise Conflict(seen, theirs, [change.id for change in plan.changes])


@frozen(kw_only=True)
class _Plan:
    """What is about to be recorded."""

    group: GroupId
    loaded: Loaded | None
    changes: tuple[Change, ...]
    outcome: Outcome

    def recorded(self) -> Recorded:
        """Return it as recorded."""
        group = self.outcome.group
        return Recorded(
            group=self.group,
            seq=group.seq if group else 0,
            entries=self.outcome.entries,
            decision=self.outcome.decision,
        )
