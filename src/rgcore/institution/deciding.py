"""Decide on changes one after another, all reasons at once.

Pure: a group goes in, and what would be recorded comes out with every reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from attrs import evolve, field, frozen

from rgcore.access import may_do
from rgcore.domain.actor import Actor
from rgcore.domain.changes import (
    AdoptMethod,
    Change,
    ImportGroup,
    NoteForSetting,
    RedactEntries,
    StartGroup,
)
from rgcore.domain.changes.base import misfit
from rgcore.domain.changes.correcting import Correction
from rgcore.domain.findings import (
    Decision,
    Effect,
    Finding,
    Override,
    Prompt,
    Rank,
    decide,
)
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, CodeOf, GroupId, ItemId, PersonId, TeamId
from rgcore.domain.journal import Entry, fold, fold_all, noted
from rgcore.domain.people import Person
from rgcore.institution.refitting import Noted, broken
from rgcore.method import Method, Proposal, Rule, guards, prompts


@frozen(kw_only=True)
class Circumstances:
    """What a decision needs beside the group and the changes.

    Attributes:
        method: The method that the group goes by.
        actor: Who wants it.
        overrides: Rules to pass, with the reason.
        today: The local day.
        now: The time of recording, in UTC.
        is_staff: Tells whether the directory knows somebody.
        works_in: Tells whether somebody works in a team on a day.
        adopted: What adopting today's composition would say, if that is asked.
    """

    method: Method
    actor: Actor
    overrides: tuple[Override, ...]
    today: date
    now: datetime
    is_staff: Callable[[PersonId], bool] = field(eq=False)
    works_in: Callable[[PersonId, TeamId, date], bool] = field(eq=False)
    adopted: AdoptMethod | None = None


@frozen(kw_only=True)
class Outcome:
    """What would be recorded.

    Attributes:
        decision: Every reason.
        group: The group after it; `None` if nothing could be applied.
        entries: The entries that would be added.
        prompts: What is or will be open afterwards.
    """

    decision: Decision
    group: ResourceGroup | None
    entries: tuple[Entry, ...]
    prompts: tuple[Prompt, ...]


def judge(
    group_id: GroupId,
    group: ResourceGroup | None,
    changes: Sequence[Change],
    around: Circumstances,
    journal: Sequence[Entry] = (),
) -> Outcome:
    """Decide on changes in their order.

    A change that does not fit the group is not applied, and later changes that
    need what it would have made are not judged: they would only repeat it.
    Corrections that follow one another are fitted in together, so their order among
    themselves is free.

    Args:
        group_id: The group they are meant for.
        group: The group as it stands; `None` if there is none yet.
        changes: What somebody wants to record.
        around: Who, when, by which method.
        journal: All entries of the group so far; only corrections need them.
    """
    course = _Course(group_id, group, around, journal)
    for number, change in enumerate(changes):
        course.take(change, f"changes[{number}]")
    return course.outcome()


class _Course:
    """Goes through changes one by one."""

    def __init__(
        self,
        group_id: GroupId,
        group: ResourceGroup | None,
        around: Circumstances,
        journal: Sequence[Entry],
    ) -> None:
        self._id = group_id
        self._group = group
        self._around = around
        self._journal = [*journal]
        self._before_run = group
        self._run: list[Noted] = []
        self._findings: list[Finding] = []
        self._taken: list[_Taken] = []
        self._missing: frozenset[ItemId] = frozenset()

    def take(self, change: Change, path: str) -> None:
        """Judge one change and apply it if it fits."""
        if not isinstance(change, Correction):
            self._fit_in()
        never_began = self._group is None and bool(self._missing)
        if never_began or self._missing & change.touches():
            return
        before = self._before(change)
        found = [*self._structure(change, before), *self._rights(change, before)]
        fits = not any(f.rank is Rank.STRUCTURE for f in found)
        if before is not None and fits:
            against = tuple(self._guards(change, before))
            found += against
            self._apply(change, path, self._passed(against))
        else:
            self._missing |= _not_known(change, before)
        self._findings += [_at(path, finding) for finding in found]

    def outcome(self) -> Outcome:
        """Return what came of it.

        What a change left open and a later one of the same sitting settled was
        never worth a warning.
        """
        self._fit_in()
        now_open = prompts(self._group, self._around.method) if self._group else ()
        entries, warnings = [], []
        for taken in self._taken:
            warned = tuple(taken.warnings(now_open, self._around.method))
            entries.append(_warned(taken.entry, warned))
            warnings += [_at(taken.path, finding) for finding in warned]
        return Outcome(
            decision=decide([*self._findings, *warnings], self._around.overrides),
            group=self._group,
            entries=tuple(entries),
            prompts=now_open,
        )

    def _before(self, change: Change) -> ResourceGroup | None:
        if self._group is None and isinstance(change, StartGroup):
            return change.found(self._around.method.digest)
        return self._group

    def _structure(
        self, change: Change, before: ResourceGroup | None
    ) -> Iterator[Finding]:
        if isinstance(change, ImportGroup):
            yield misfit("only_by_import", ".type")
            return
        if isinstance(change, RedactEntries):
            yield misfit("only_by_erasing", ".type")
            return
        if before is None:
            yield misfit("not_started", "")
            return
        if isinstance(change, StartGroup) and change.group != self._id:
            yield misfit("other_group", ".group")
        if change.happened_on > self._around.today:
            yield misfit("in_the_future", ".happened_on")
        if not change.MAY_PRECEDE and change.happened_on < before.started_on:
            yield misfit("before_the_group", ".happened_on")
        yield from change.problems(before)
        yield from self._strangers(change)
        yield from self._unknown_codes(change)
        yield from self._own_change(change, before)
        yield from self._adopting(change)

    def _strangers(self, change: Change) -> Iterator[Finding]:
        for name in ("client", "supporter", "person"):
            person = getattr(change, name, None)
            if not isinstance(person, Person) or not person.staff:
                continue
            if not self._around.is_staff(person.id):
                yield misfit("not_in_the_directory", f".{name}.id")
            elif isinstance(change, StartGroup) and not self._around.works_in(
                person.id, change.team, change.happened_on
            ):
                yield misfit("not_in_the_team", ".team")

    def _unknown_codes(self, change: Change) -> Iterator[Finding]:
        for marked in change.marked():
            mark = marked.mark
            if isinstance(mark, CodeOf) and not self._around.method.knows(
                mark.vocabulary, marked.value
            ):
                yield misfit("unknown_code", marked.path)

    def _own_change(self, change: Change, before: ResourceGroup) -> Iterator[Finding]:
        """Go through what does not fit the declaration of a setting's own change."""
        if isinstance(change, NoteForSetting):
            declared = self._around.method.own_change(change.kind)
            if declared is None:
                yield misfit("unknown_kind", ".kind")
            else:
                yield from declared.misfits(change, before)

    def _adopting(self, change: Change) -> Iterator[Finding]:
        """Go through what is wrong with a move to a newer composition."""
        adopted = self._around.adopted
        if not isinstance(change, AdoptMethod) or adopted is None:
            return
        if change.to != adopted.to:
            yield misfit("other_composition", ".to")
        elif change.differences != adopted.differences:
            yield misfit("other_differences", ".differences")

    def _rights(
        self, change: Change, before: ResourceGroup | None
    ) -> tuple[Finding, ...]:
        if before is None:
            return ()
        return may_do(self._proposal(change, before), self._around.today).findings

    def _guards(self, change: Change, before: ResourceGroup) -> Iterator[Finding]:
        yield from guards(self._proposal(change, before))

    def _proposal(self, change: Change, before: ResourceGroup) -> Proposal:
        return Proposal(
            group=before,
            method=self._around.method,
            type=change.TYPE,
            change=change,
            actor=self._around.actor,
        )

    def _passed(self, against: tuple[Finding, ...]) -> tuple[Override, ...]:
        """Return the overrides that something against a change makes needed."""
        codes = {f.code for f in against if _can_be_passed(f)}
        return tuple(o for o in self._around.overrides if o.code in codes)

    def _apply(
        self, change: Change, path: str, overrides: tuple[Override, ...]
    ) -> None:
        """Apply a change and note what the method says of it."""
        entry = Entry(
            seq=(self._group.seq if self._group else 0) + 1,
            change=change,
            actor=self._around.actor,
            recorded_at=self._around.now,
            composition=self._around.method.digest,
            overrides=overrides,
        )
        before = self._group
        if isinstance(change, Correction):
            self._before_run = self._before_run if self._run else before
            self._run.append(Noted(entry, path))
            self._group = noted(before, entry)
            return
        self._group = fold(before, entry)
        self._taken.append(_Taken(entry, path, before, self._group))

    def _fit_in(self) -> None:
        """Let corrections just noted take effect, if all that is left still fits."""
        run, self._run, before = self._run, [], self._before_run
        if not run:
            return
        entries = [*self._journal, *(taken.entry for taken in self._taken)]
        found = tuple(broken(entries, run))
        self._findings += found
        if found:
            self._missing |= _touched_by(run, self._group)
            self._group = before
        else:
            after = fold_all([*entries, *(one.entry for one in run)])
            self._group = after
            self._taken += _all_taken(run, before, after)


def _can_be_passed(finding: Finding) -> bool:
    """Tell whether a reason is kept: a law that nobody checked warns and has one."""
    is_law = finding.rank is Rank.LAW and finding.effect is Effect.WARNS
    return is_law or finding.effect is Effect.NEEDS_OVERRIDE


def _not_known(change: Change, before: ResourceGroup | None) -> frozenset[ItemId]:
    """Return what a change would have brought, so that nothing else builds on it."""
    if isinstance(change, Correction):
        return change.touched_in(before) if before is not None else frozenset()
    touched = change.touches()
    return frozenset(i for i in touched if before is None or not before.knows(i))


def _touched_by(run: Sequence[Noted], group: ResourceGroup | None) -> frozenset[ItemId]:
    """Return what was to be corrected, so that nothing else is judged by it."""
    changes = [one.entry.change for one in run]
    touched = (c.touched_in(group) for c in changes if group is not None)
    return frozenset[ItemId]().union(*touched)


@frozen
class _Taken:
    """A change that was applied, with the group before and after it."""

    entry: Entry
    path: str
    before: ResourceGroup | None
    after: ResourceGroup

    def warnings(
        self, now_open: tuple[Prompt, ...], method: Method
    ) -> Iterator[Finding]:
        """Return what rules say of it: what it opened on its day and left open.

        Only rules that speak at the end are asked about before: most changes leave
        none, and asking all of them would cost as much as the rest of deciding.
        """
        day = self.entry.change.happened_on
        for prompt in now_open:
            rule = method.rule(prompt.finding.code)
            if rule is None or not prompt.speaks_on(day):
                continue
            before = _spoken(rule, self.before, method, day)
            if prompt.finding in _spoken(rule, self.after, method, day) - before:
                yield prompt.finding


def _all_taken(
    run: Sequence[Noted], before: ResourceGroup | None, after: ResourceGroup | None
) -> Iterator[_Taken]:
    """Go through corrections that took effect together, as one with the last."""
    for number, one in enumerate(run, 1):
        if after is not None:
            since = before if number == len(run) else after
            yield _Taken(one.entry, one.path, since, after)


def _spoken(
    rule: Rule, group: ResourceGroup | None, method: Method, day: date
) -> set[Finding]:
    found = rule.prompts(group, method) if group is not None else ()
    return {p.finding for p in found if p.speaks_on(day)}


def _warned(entry: Entry, warnings: tuple[Finding, ...]) -> Entry:
    codes = {finding.code for finding in warnings}
    return evolve(entry, warned=tuple(sorted(codes))) if codes else entry


def _at(path: str, finding: Finding) -> Finding:
    """Return a finding of structure with the change it is about in its path."""
    if finding.rank is not Rank.STRUCTURE:
        return evolve(finding, params=(*finding.params, ("path", path)))
    inner = f"{path}.{finding.path}" if finding.path else path
    return evolve(finding, params=(("path", inner),))


def not_yours(decision: Decision) -> bool:
    """Tell whether the actor has no part in this group at all."""
    return any(f.code == Code("access.not_yours") for f in decision.findings)
