"""Record and view: one way in, one way out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Any, Final, Self

from rgcore.access import NOTHING, Sight, View, make_view, sight
from rgcore.access.denying import denials
from rgcore.domain.actor import Actor
from rgcore.domain.changes import Change
from rgcore.domain.findings import Decision, Override
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import GroupId, PersonId, TeamId, TextId
from rgcore.domain.text import Said
from rgcore.errors import NotAvailable, NotForYou
from rgcore.institution.answers import (
    DueList,
    Imported,
    Recorded,
)
from rgcore.institution.checking import Checker
from rgcore.institution.directory import Directory, has_left
from rgcore.institution.finding import Finder
from rgcore.institution.intake import (
    gathered,
    look_over,
    look_over_page,
    look_over_reader,
)
from rgcore.institution.methods import Methods
from rgcore.institution.recording import AMSTERDAM, Means, Recorder, Wanted
from rgcore.institution.transfer import Transfer
from rgcore.institution.upkeep import Upkeep
from rgcore.method import Method
from rgcore.plugins import Activated
from rgcore.render.data import partial_data
from rgcore.store import AccessLog, AnchorFile, Handles, Line, Store

_LOGGER: Final = logging.getLogger("rgcore.plugins")


class Institution(Upkeep):
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
        settings: Activated,
        means: Means,
        close: Callable[[], None],
        anchors: AnchorFile | None = None,
    ) -> None:
        method = settings.method
        methods = Methods(method, store.composition)
        recorder = Recorder(store, methods, means)
        checker = Checker(
            store=store, index=recorder.index, clock=means.clock, file=anchors
        )
        super().__init__(
            store=store, log=log, methods=methods, recorder=recorder, checker=checker
        )
        self._settings = settings
        self._means = means
        self._close = close
        self._finder = Finder(
            store=store,
            handles=handles,
            method=method,
            means=means,
            log=self._write_line,
        )
        self._transfer = Transfer(
            store=store,
            log=log,
            method=method,
            means=means,
            index=recorder.index,
            verify=self.verify,
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
        """Return the method of today: the base and the institution's settings."""
        return self._methods.today

    @property
    def settings(self) -> Activated:
        """Return the settings that are enabled, with what each of them contributed."""
        return self._settings

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

    def adopt(self, group: GroupId | str, actor: Actor) -> Recorded:
        """Let a group go by the composition of today, with the differences listed.

        Where it does so already, nothing is recorded.

        Args:
            group: The group.
            actor: Somebody who may record in the group, or an operator who says why
                (`because`).

        Raises:
            InputError: The input has the wrong form.
            NotAvailable: There is no such group, or the actor has no part in it.
            Refused: Something stands in the way; carries every reason.
        """
        look_over_reader(actor, group=group)
        return self._recorder.adopt(GroupId(group), actor, self.new_id(), self.today())

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
        return self._shown(group, actor, "view")

    def export_view(self, group: GroupId | str, actor: Actor) -> dict[str, Any]:
        """Return what a reader may see of a group today, as a file for them.

        It says that it is partial; it cannot be imported.

        Args:
            group: The group.
            actor: Who reads, and why.

        Raises:
            NotAvailable: There is no such group, or it is not theirs to see.
            LogUnavailable: The log could not be written; nothing is shown.
        """
        return partial_data(self._shown(group, actor, "export"))

    def export(self, group: GroupId | str, actor: Actor) -> dict[str, Any]:
        """Return a whole group as plain data: everything, and unsealed.

        A line in the access log is committed before anything is returned.

        Args:
            group: The group.
            actor: An operator: their purpose is `operation`, and they say why
                (`because`).

        Raises:
            NotAnOperator: The actor is none, or does not say why.
            NotAvailable: There is no such group.
            JournalDamaged: Its journal is not sound; see `verify`.
            LogUnavailable: The log could not be written; nothing is shown.
        """
        return self._transfer.out(group, actor)

    def import_group(
        self,
        content: object,
        actor: Actor,
        *,
        team: TeamId | str | None = None,
        digest: str | None = None,
    ) -> Imported:
        """Keep a group that another institution exported: all of it or nothing.

        It gets keys of its own and a chain of its own, behind a first entry that
        says where it came from. Staff of the other institution get other ids here.
        The same file is imported once, however often it is sent.

        Args:
            content: The file, as plain data.
            actor: Who imports it; their purpose is `operation`.
            team: The team that keeps it here; that of the file if it is not given.
            digest: The digest that whoever sent the file told by another way.

        Raises:
            InputError: The file has the wrong form, or is not the one that was sent;
                lists every problem by path.
            NotAnOperator: The actor is none.
            Refused: Its changes do not fit each other; carries every reason.
            GroupExists: Another group has its id here.
        """
        return self._transfer.into(content, actor, team, digest)

    def _shown(self, group: GroupId | str, actor: Actor, event: str) -> View:
        look_over_reader(actor, group=group)
        now = self._means.clock()
        today = now.astimezone(AMSTERDAM).date()
        loaded = self._store.load(GroupId(group))
        method = self._methods.of(loaded.group if loaded else None)
        sees = self._sight(loaded.group, method, actor, today) if loaded else None
        allowed = sees is not None and not sees.is_nothing
        outcome = "shown" if allowed else "refused"
        line = self._line(actor, event, outcome, now, GroupId(group))
        self._log.write(line)
        if loaded is None or sees is None or not allowed:
            raise NotAvailable
        return make_view(
            loaded.group,
            self._store.words(loaded),
            method=method,
            reader=actor.who,
            on=today,
            log_id=line.id,
            staff=self._staff_of(loaded.group),
            sees=sees,
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
            actor: Somebody who works in the team today.
            on: The day; today if it is not given.
            limit: How many groups at most.

        Raises:
            InputError: The input has the wrong form.
            NotForYou: The directory does not know the actor in this team.
        """
        look_over_reader(actor, team=team)
        look_over_page(limit=limit, on=on)
        day = on or self.today()
        # The list tells of groups as they are now, whatever day is asked about.
        allowed = self.directory.works_in(actor.who, TeamId(team), self.today())
        outcome = "shown" if allowed else "refused"
        now = self._means.clock()
        self._log.write(self._line(actor, "attention", outcome, now, None))
        if not allowed:
            raise NotForYou
        due = self._store.due(TeamId(team), day, self.method.digest, limit)
        return DueList(team=TeamId(team), on=day, groups=tuple(due))

    def _sight(
        self, group: ResourceGroup, method: Method, actor: Actor, today: date
    ) -> Sight:
        for finding in denials(group, method, today).faults:
            # The reader is told nothing; whoever runs this has to hear of it.
            _LOGGER.error("%(rule)s of %(stamp)s failed", dict(finding.params))
        if has_left(group, actor.who, self.directory):
            return NOTHING
        return sight(group, method, actor, today)

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
        id_ = self.new_id()
        return Line.of(actor, id_=id_, event=event, outcome=outcome, at=at, group=group)


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
