"""What whoever runs the store asks of it: counts, checks, repairs, anchors."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

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
from rgcore.institution.erasing import Erasing
from rgcore.institution.intake import (
    PAGE,
    look_over_page,
)
from rgcore.institution.methods import Methods
from rgcore.institution.recording import Recorder
from rgcore.institution.retention import Passed, passed
from rgcore.institution.retention_terms import Keeping
from rgcore.method import Method
from rgcore.store import (
    AccessLog,
    Fault,
    Line,
    Rewrapped,
    RingStatus,
    Rotation,
    Store,
    repair,
)
from rgcore.store.keyring_copies import Examined as ExaminedRing, copy_ring, status


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
        self._rotation = Rotation(store.key_store.wraps)

    @property
    def erasing(self) -> Erasing:
        """Return what erases: people, and whole groups, in two pairs of hands."""
        return Erasing(
            store=self._store,
            log=self._log,
            means=self._recorder.means,
            index=self._recorder.index,
            anchors=self._checker.file,
        )

    @property
    def keeping(self) -> Keeping:
        """Return how long what is kept here, each with its source and its owner."""
        return self._recorder.means.keeping

    def retention(self, on: date | None = None) -> tuple[Passed, ...]:
        """Return the groups whose term has passed; nothing of them is erased by it.

        Each group is opened; nobody is shown anything of it.

        Args:
            on: The day; today if it is not given.
        """
        return passed(self._store, self.erasing.register, self._recorder.means, on)

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

    def rotate_keys(self, done: Progress | None = None) -> Rewrapped:
        """Wrap all keys by a new key of the ring, while others read and write.

        Copies of the ring from before do not open what is written from now on. When
        this is broken off, everything can be read; do it again, or `rewrap_keys`.

        Args:
            done: Told after each record how many are done, and of how many.

        Raises:
            KeyRingNotWritten: The ring's file cannot be written; nothing has changed.
            KeyWrapperFailed: What wraps the ring's keys did not do its work.
            KeyRingWrong, KeyRingBehind: The ring does not belong to this store.
        """
        self.add_ring_key()
        return self.rewrap_keys(done)

    def add_ring_key(self) -> str:
        """Add a key to the ring that wraps nothing yet, and return its name.

        If there is one already, it stays at that. Now is the time to bring the ring's
        file to other machines, and to copy it; then `rewrap_keys`.

        Raises:
            KeyRingNotWritten: The ring's file cannot be written; nothing has changed.
            KeyWrapperFailed: What wraps the ring's keys did not do its work.
            KeyRingWrong, KeyRingBehind: The ring does not belong to this store.
        """
        return self._rotation.add(self._checker.clock())

    def rewrap_keys(self, done: Progress | None = None) -> Rewrapped:
        """Wrap by the ring's newest key what an older one wraps, record by record.

        Args:
            done: Told after each record how many are done, and of how many.

        Raises:
            KeyRingWrong, KeyRingBehind: The ring does not belong to this store.
        """
        return self._rotation.rewrap(done)

    def retire_ring_key(self, name: str, *, backups_expired: bool = False) -> None:
        """Take a key out of the ring by which nothing is wrapped any more.

        Args:
            name: The key's name.
            backups_expired: Whether no backup of the key store is left from when the
                key was in use: without the key it cannot be read.

        Raises:
            InputError: The ring has no key of this name.
            RingKeyInUse: Something is wrapped by it, or it is the newest.
            RingKeyInBackups: Nobody said that no backup needs it.
            KeyRingNotWritten: The ring's file cannot be written; nothing has changed.
        """
        self._rotation.retire(name, backups_expired=backups_expired)

    def key_status(self) -> RingStatus:
        """Return how the key ring stands: its keys, its rights, its last copy."""
        return status(self._store.key_store.wraps)

    def copy_key_ring(self, file: Path | str, *, plain: bool = False) -> ExaminedRing:
        """Copy the key ring to a new file, make sure that it opens the key store.

        Args:
            file: The file; best on a medium that is then kept apart.
            plain: Whether keys that a service wraps shall stand in the clear.

        Raises:
            StoreExists: The file is there already.
            KeyRingNotWritten: It cannot be written there.
            KeyRingOpenToOthers: Others can read what is written there; it was removed.
            KeyWrapperFailed: What wraps the ring's keys did not do its work.
        """
        at = self._checker.clock()
        return copy_ring(self._store.key_store.wraps, Path(file), at, plain=plain)

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
