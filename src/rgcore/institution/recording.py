"""The one way in: look over, load, decide, apply, keep; anew if a race was lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

from rgcore.access import may_do
from rgcore.domain.actor import Actor
from rgcore.domain.changes import AdoptMethod, Change, ImportGroup, StartGroup
from rgcore.domain.changes.base import texts
from rgcore.domain.changes.correcting import Correction
from rgcore.domain.findings import Decision, Override, Prompt, Refused
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import GroupId, ItemId, TextId
from rgcore.domain.text import Said
from rgcore.errors import (
    Busy,
    ChangeIdReused,
    Conflict,
    GroupExists,
    InputError,
    NotAvailable,
    Problem,
)
from rgcore.institution.answers import Recorded
from rgcore.institution.deciding import Circumstances, Outcome, judge, not_yours
from rgcore.institution.directory import Directory
from rgcore.institution.methods import Methods
from rgcore.institution.retention_terms import Keeping
from rgcore.method import (
    Proposal,
    attention_from,
    attention_until,
    prompts,
    snapshot,
)
from rgcore.store import IndexRow, Kept, Loaded, LostRace, Store

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_ATTEMPTS: Final = 20


@frozen(kw_only=True)
class Means:
    """What an institution is opened with: nothing else knows time or chance.

    Attributes:
        clock: Gives now, in UTC.
        ids: Gives a new opaque id.
        directory: Knows staff and teams.
        keeping: How long what is kept.
    """

    clock: Callable[[], datetime] = field(eq=False)
    ids: Callable[[], str] = field(eq=False)
    directory: Directory = field(eq=False)
    keeping: Keeping = field(factory=Keeping, eq=False)


@frozen(kw_only=True)
class Wanted:
    """What somebody wants to record, looked over already.

    Attributes:
        group: Which group.
        changes: What happened, in order.
        actor: Who.
        words: What stands behind the texts of the changes.
        overrides: Rules to pass.
    """

    group: GroupId
    changes: tuple[Change, ...]
    actor: Actor
    words: Mapping[TextId, Said] = field(repr=False)
    overrides: tuple[Override, ...]


class Recorder:
    """Decides on changes and keeps them."""

    def __init__(self, store: Store, methods: Methods, means: Means) -> None:
        self._store = store
        self._methods = methods
        self._means = means

    @property
    def means(self) -> Means:
        """Return what the institution was opened with."""
        return self._means

    def record(self, wanted: Wanted, seen: int | None) -> Recorded:
        """Record changes: all of them or none.

        Args:
            wanted: What somebody wants to record.
            seen: The sequence number up to which they have seen the group, if they
                want to be told of others who touched the same.
        """
        for _ in range(_ATTEMPTS):
            plan = self.plan(wanted)
            if seen is not None:
                _check_seen(plan, seen)
            if not plan.outcome.decision.allowed:
                raise Refused(plan.outcome.decision)
            if not plan.outcome.entries:
                return plan.recorded()
            try:
                self._append(plan, wanted.words)
            except LostRace:
                continue
            return plan.recorded()
        raise Busy

    def adopt(self, group: GroupId, actor: Actor, id_: str, on: date) -> Recorded:
        """Let a group go by the composition of today.

        Args:
            group: The group.
            actor: Who says so.
            id_: The id of the change.
            on: The day.
        """
        loaded = self._store.load(group)
        if loaded is None:
            raise NotAvailable
        change = self._methods.adopting(loaded.group, id_, on)
        if not may_do(self._proposed(loaded.group, change, actor), on).allowed:
            raise NotAvailable
        if self._methods.is_today(loaded.group):
            decision, seq = Decision(), loaded.group.seq
            return Recorded(group=group, seq=seq, entries=(), decision=decision)
        wanted = Wanted(
            group=group, changes=(change,), actor=actor, words={}, overrides=()
        )
        return self.record(wanted, None)

    def _proposed(self, group: ResourceGroup, change: Change, actor: Actor) -> Proposal:
        method = self._methods.of(group)
        return Proposal(
            group=group, method=method, type=change.TYPE, change=change, actor=actor
        )

    def plan(self, wanted: Wanted) -> Plan:
        """Return what would be recorded, with every reason.

        Args:
            wanted: What somebody wants to record.
        """
        group, changes = wanted.group, wanted.changes
        # An import is always refused; the answer must not tell whether there is a
        # group.
        is_import = any(isinstance(change, ImportGroup) for change in changes)
        loaded = None if is_import else self._store.load(group)
        around = self._around(wanted, loaded.group if loaded else None)
        fresh, history = changes, tuple[Kept, ...]()
        if loaded is None:
            _check_start(changes)
        else:
            # Who has no part in the group learns nothing of it, not even whether
            # an id is in use: rights come first.
            _check_part(loaded.group, changes, around)
            fresh = self._fresh(loaded, changes, wanted.words)
            self._check_texts(loaded, fresh)
            if any(isinstance(change, Correction) for change in fresh):
                history = self._store.history(loaded)
        journal = [kept.entry for kept in history]
        known = loaded.group if loaded else None
        outcome = judge(group, known, fresh, around, journal)
        # Of a group that is not there yet, a refusal gives nothing away.
        if loaded is not None and not_yours(outcome.decision):
            raise NotAvailable
        return Plan(
            group=group,
            loaded=loaded,
            history=history,
            changes=fresh,
            outcome=outcome,
        )

    def _around(self, wanted: Wanted, group: ResourceGroup | None) -> Circumstances:
        now, directory = self._means.clock(), self._means.directory
        adopts = any(isinstance(change, AdoptMethod) for change in wanted.changes)
        adopted = None
        if adopts and group is not None:
            adopted = self._methods.adopting(group, "adopted", group.started_on)
        return Circumstances(
            method=self._methods.of(group),
            actor=wanted.actor,
            overrides=wanted.overrides,
            today=now.astimezone(AMSTERDAM).date(),
            now=now,
            is_staff=lambda person: directory.find(person) is not None,
            works_in=directory.works_in,
            adopted=adopted,
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

    def _append(self, plan: Plan, words: Mapping[TextId, Said]) -> None:
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
        before = plan.loaded.group.composition if plan.loaded else group.composition
        same = group.composition == before
        row = self._index_row(group, outcome.prompts) if same else self.index(group)
        self._store.append(plan.loaded, group, kept, row, plan.history)

    def _keep_composition(self) -> None:
        # Asked each time: an older database may have been put back since.
        today = self._methods.today
        if not self._store.knows_composition(today.digest):
            now = self._means.clock()
            self._store.keep_composition(today.digest, snapshot(today), now)

    def reindex(self, group: GroupId) -> None:
        """Compute a group's row of the index anew; whoever records meanwhile does too.

        Args:
            group: The group.
        """
        loaded = self._store.load(group)
        if loaded is not None:
            row = self.index(loaded.group)
            self._store.reindex(group, loaded.group.seq, row)

    def index(self, group: ResourceGroup) -> IndexRow:
        """Return what the index should say of a group.

        Args:
            group: The group.
        """
        return self._index_row(group, prompts(group, self._methods.of(group)))

    def _index_row(self, group: ResourceGroup, found: tuple[Prompt, ...]) -> IndexRow:
        return IndexRow(
            team=group.team,
            attention_from=attention_from(found),
            attention_until=attention_until(found),
            composition=self._methods.today.digest,
        )


def _check_start(changes: tuple[Change, ...]) -> None:
    if not any(isinstance(change, StartGroup | ImportGroup) for change in changes):
        raise NotAvailable


def _check_part(
    group: ResourceGroup, changes: tuple[Change, ...], around: Circumstances
) -> None:
    staff = any(p.id == around.actor.who and p.staff for p in group.people)
    if staff and not around.is_staff(around.actor.who):
        # Whoever was taken out of the directory records nothing, whatever their role.
        raise NotAvailable
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


def _check_seen(plan: Plan, seen: int) -> None:
    """Raise if others touched the same items since the caller looked."""
    if plan.loaded is None:
        return
    group = plan.loaded.group
    ours = frozenset[ItemId]().union(*(c.touched_in(group) for c in plan.changes))
    theirs = [
        happened
        for happened in group.counting
        if happened.seq > seen and ours.intersection(happened.touched)
    ]
    if theirs:
        raise Conflict(seen, theirs, [change.id for change in plan.changes])


@frozen(kw_only=True)
class Plan:
    """What is about to be recorded.

    Attributes:
        group: Which group.
        loaded: The group as it was read; `None` for a new one.
        history: The group's whole journal, if there are corrections among the changes.
        changes: The changes that were not recorded before.
        outcome: What would come of them.
    """

    group: GroupId
    loaded: Loaded | None
    history: tuple[Kept, ...]
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
