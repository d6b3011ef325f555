"""What whoever runs the store asks of it: counts, checks, repairs, anchors."""

from __future__ import annotations

from datetime import datetime

from rgcore.domain.ids import GroupId
from rgcore.errors import JournalDamaged
from rgcore.institution.answers import (
    Anchored,
    Behind,
    EntryHeaders,
    Examined,
    Status,
)
from rgcore.institution.checking import Checker, Progress
from rgcore.institution.intake import (
    PAGE,
    look_over_page,
)
from rgcore.institution.methods import Methods
from rgcore.institution.recording import Recorder
from rgcore.method import Method
from rgcore.store import AccessLog, Fault, Line, Store, repair


class Upkeep:
    """Looks after what an institution keeps. It shows no words to anybody."""

    def __init__(
        self,
        *,
        store: Store,
        log: AccessLog,
        methods: Methods,
        recorder: Recorder,
        checker: Checker,
    ) -> None:
        self._store = store
        self._log = log
        self._methods = methods
        self._recorder = recorder
        self._checker = checker

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
            stale=len(self._store.stale(self._methods.today.digest)),
            method=self._methods.today.digest,
            format=self._store.format,
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
        groups = self._store.stale(self._methods.today.digest)
        for number, group in enumerate(groups, 1):
            self._recorder.reindex(group)
            if done is not None:
                done(number, len(groups))
        return len(groups)

    def behind(self, done: Progress | None = None) -> tuple[Behind, ...]:
        """Return the groups that go by another composition than that of today.

        Each group is opened; nobody is shown anything of it.

        Args:
            done: Told after each group how many are done, and of how many.
        """
        groups, found = self._store.groups(), []
        for number, group in enumerate(groups, 1):
            loaded = self._store.load(group)
            if loaded is not None and not self._methods.is_today(loaded.group):
                found.append(self._methods.behind(loaded.group))
            if done is not None:
                done(number, len(groups))
        return tuple(found)

    def method_of(self, group: GroupId | str) -> Method:
        """Return the method that a group goes by; today's if there is no such group.

        It says how what was found about a group is put to people, and nothing of it.

        Args:
            group: The group.
        """
        loaded = self._store.load(GroupId(group))
        return self._methods.of(loaded.group if loaded else None)

    def log_lines(self, group: GroupId | str) -> tuple[Line, ...]:
        """Return the lines of the access log about a group, by time.

        Args:
            group: The group.
        """
        return tuple(self._log.lines(GroupId(group)))
