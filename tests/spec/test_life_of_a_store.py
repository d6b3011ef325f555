"""Random changes by random people over both stores, with restarts in between."""

from __future__ import annotations

import functools
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

import rgcore
from databases import STORES, Made
from method.generated import FIRST_DAY, OF_SETTINGS, breaks, drawn_change
from method.groups import entry_of
from rgcore.domain.actor import CARE, OWN_GROUP
from rgcore.domain.changes import (
    ALL,
    AddSuccess,
    Change,
    HoldMeeting,
    PersonDies,
    StartGroup,
)
from rgcore.domain.changes.base import texts
from rgcore.domain.changes.correcting import Correction, RedactEntries
from rgcore.domain.findings import Override
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    ChangeId,
    Code,
    GroupId,
    ItemId,
    Kind,
    PersonId,
    TextId,
)
from rgcore.domain.journal import fold_all
from rgcore.domain.people import Person
from rgcore.domain.text import PersonName, Said, Text
from rgcore.institution.answers import DueList
from rgcore.method import attention_from, attention_until, prompts
from spec.life import (
    METHOD,
    Failed,
    Lent,
    Model,
    Reached,
    Side,
    altered,
    answer,
    words_of,
)
from support import ARTS, ESMEE, KLAAS, TEAM, forget

EXAMPLES: Final = int(os.environ.get("RGCORE_EXAMPLES", "3"))
"""How many lives are lived: each some twenty-five steps."""

ENOUGH: Final = 8
"""From how many lives on it is asked what they reached."""

SHRINK: Final = "RGCORE_SHRINK" in os.environ
"""Whether to look for a shorter life that fails too: that takes minutes."""

STEPS: Final = 25
PAST: Final = 120
"""How many changes are drawn for the past of a first group."""

LONGEST_RUN: Final = 3
"""How many changes are recorded at once, where one person may."""

BEGIN: Final = date(2026, 7, 1)
"""The day on which the clock begins: some changes drawn for later are refused."""

GROUPS: Final = tuple(GroupId(f"g-{number}") for number in range(3))
STRANGER: Final = PersonId("nobody")
BECAUSE: Final = Code("at_the_table")
PASSED: Final = Override(Code("scale_up_before_scale_down"), Code("client_asked"))

ANSWERS: Final = (
    "Recorded",
    "known already",
    "Refused",
    "NotAvailable",
    "Conflict",
    "ChangeIdReused",
    "GroupExists",
    "InputError",
    "KeysForgotten",
    "NotForYou",
    "View",
    "DueList",
)
"""Every answer that a caller can get from a store that is well."""

_ELSEWHERE: Final = OF_SETTINGS | {RedactEntries}
"""What takes a setting, a newer method or two operators; held in tests of their own."""

DRAWN: Final = frozenset(ALL) - _ELSEWHERE
"""Types of changes that are drawn: no setting is enabled here."""

NEVER: Final = ("group.import", *(cls.TYPE for cls in _ELSEWHERE))
"""Types of changes that nobody can record."""


def _held(kind: str, on: date) -> HoldMeeting:
    return HoldMeeting(
        id=ChangeId(f"c-{kind}"),
        happened_on=on,
        unplanned=ItemId(f"m-{kind}"),
        kind=Code(kind),
    )


_KICK_OFF: Final = _held("kick_off", FIRST_DAY)
_FOLLOW_UP: Final = _held("follow_up", BEGIN)
"""Phases that are too seldom reached by chance in a run as short as the default."""

_SPOILT: Final = {
    "document_altered": "UPDATE document SET skeleton = leaves WHERE group_id = :group",
    "document_missing": "DELETE FROM document WHERE group_id = :group",
    "index_differs": "DELETE FROM group_index WHERE group_id = :group",
}


class Life(RuleBasedStateMachine):
    """Drives both stores side by side; a model beside them knows what is true."""

    def __init__(self, made: Mapping[str, Made], folder: Path, total: Reached) -> None:
        super().__init__()
        self.folder = folder
        self.total = total
        self.lent = Lent.of(made, folder, BEGIN)
        self.model = Model()
        self.tried: Counter[type[Change]] = Counter()
        self.drawn = 0
        self.deciders: dict[ChangeId, PersonId | None] = {}
        self.touched = GROUPS[0]
        self.turns: Sequence[str] = ()
        self._later: list[tuple[rgcore.Recorded, Mapping[TextId, Said]]] = []
        for side in self.lent.sides:
            total.sides[side.name] += 1

    # Rules: what happens.

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """Start a group with a past: much can only happen after something else."""
        self.turns = data.draw(st.permutations(sorted(_TENDING)))
        self._start(GROUPS[0], "c-start", KLAAS)
        self._sit(GROUPS[0], [_KICK_OFF])
        self._sit(GROUPS[0], self._fitting(data, GROUPS[0], PAST))
        self._sit(GROUPS[0], [_FOLLOW_UP])
        self._start(GROUPS[0], "c-again", KLAAS)
        for who in (ESMEE, KLAAS):
            self._due(who)
        self._tend(data)

    @rule(data=st.data())
    def sitting(self, data: st.DataObject) -> None:
        """Record what fits, one after another: it has to be taken."""
        group = self._group(data)
        self._sit(group, self._fitting(data, group, data.draw(st.integers(3, 8))))

    @rule(data=st.data())
    def together(self, data: st.DataObject) -> None:
        """Record several at once, of which others may decide on some: all or none."""
        group = self._group(data)
        found = self._fitting(data, group, 4)
        if found:
            self._record(group, found, _right(found[0], self.model.group(group)))

    @rule(data=st.data())
    def anything(self, data: st.DataObject) -> None:
        """Record whatever was drawn, by whoever, with words or without."""
        group = self._group(data)
        now = self.model.group(group)
        changes = [self._drawn(data, now) for _ in range(data.draw(st.integers(1, 3)))]
        words = words_of(changes)
        if data.draw(st.booleans()):
            words = dict(list(words.items())[1:])
        actor = data.draw(_actors(now))
        overrides = data.draw(st.sampled_from([(), (PASSED,)]))
        self._check(group, changes, actor, words, overrides)
        self._record(group, changes, actor, words=words, overrides=overrides)

    @rule(data=st.data())
    def again(self, data: st.DataObject) -> None:
        """Record what was recorded before, as it was and with other content."""
        group = self._group(data)
        now = self.model.group(group)
        known = data.draw(st.sampled_from(self.model.entries[group])).change
        words = {text.id: self.model.said[text.id] for _, text in texts(known)}
        self._record(group, [known], data.draw(_actors(now)), words=words)
        found = self._record(group, [known], _right(known, now), words=words)
        assert isinstance(found, rgcore.Recorded)
        assert not found.entries
        other = altered(known, FIRST_DAY)
        found = self._record(group, [other], _right(known, now), words=words)
        assert isinstance(found, Failed)
        assert found.kind == "ChangeIdReused"

    @rule(data=st.data())
    def looked_long_ago(self, data: st.DataObject) -> None:
        """Record with what one had seen: others who touched the same are named."""
        group = self._group(data)
        now = self.model.group(group)
        seen = data.draw(st.sampled_from([0, now.seq // 2, now.seq]))
        for change in self._fitting(data, group, 4):
            now = self.model.group(group)
            ours = change.touched_in(now)
            found = self._record(group, [change], _right(change, now), seen=seen)
            theirs = {
                happened.change
                for happened in now.counting
                if happened.seq > seen and ours & set(happened.touched)
            }
            if isinstance(found, Failed):
                assert found.kind == "Conflict"
                assert isinstance(found.details, tuple)
                assert {h.change for h in found.details[1]} == theirs
                # What comes next may build on it.
                break
            assert not theirs

    @rule(data=st.data())
    def overtaken(self, data: st.DataObject) -> None:
        """Record while somebody else is quicker: it is decided afresh."""
        group = self._group(data)
        now = self.model.group(group)
        ours, theirs = self._drawn(data, now), self._fitting(data, group, 2)[:1]
        if not theirs or self.model.is_silent(group, [ours]):
            return
        with self._quicker(group, theirs[0], _right(theirs[0], now)):
            self._record(group, [ours], _right(ours, now))
        self.total.events["overtaken"] += 1

    @rule(data=st.data())
    def start(self, data: st.DataObject) -> None:
        """Start another group, or one that is there already."""
        group = data.draw(st.sampled_from(GROUPS))
        who = data.draw(st.sampled_from([KLAAS, ESMEE, ARTS, STRANGER]))
        self.drawn += 1
        self._start(group, f"c{self.drawn}", who)

    @rule(days=st.sampled_from([1, 7, 60, -1, -3]))
    def pass_time(self, days: int) -> None:
        """Set the clock forward or a little back."""
        clock = self.lent.clock
        clock.set(clock.day + timedelta(days=days))
        self.total.events["set back" if days < 0 else "set forward"] += 1

    @rule(data=st.data())
    def view(self, data: st.DataObject) -> None:
        """Show a group to somebody: both show the same."""
        group = data.draw(st.sampled_from(GROUPS))
        now = self.model.group(group) if group in self.model.entries else None
        reader = data.draw(_actors(now))
        self._view(group, reader)

    @rule(who=st.sampled_from([ESMEE, ARTS, KLAAS, STRANGER]))
    def due(self, who: PersonId) -> None:
        """List what asks for attention: what the rules say of each group."""
        self._due(who)

    def _due(self, who: PersonId) -> None:
        reader = rgcore.Actor(who, CARE)
        found = self._both(lambda one: one.attention(TEAM, reader))
        self.total.count(found)
        if isinstance(found, DueList):
            assert {due.group for due in found.groups} == {
                group for group in self.model.entries if self._is_due(group)
            }
        else:
            assert who not in {ESMEE, ARTS}

    @rule(data=st.data())
    def tend(self, data: st.DataObject) -> None:
        """Do what whoever runs the store does, each in its turn: none is rare."""
        self._tend(data)

    def _tend(self, data: st.DataObject) -> None:
        for what in self.turns[:3]:
            _TENDING[what](self, data)
            self.total.events[what] += 1
        self.turns = [*self.turns[3:], *self.turns[:3]]

    def restart(self, data: st.DataObject) -> None:
        """Close one or both and open them anew."""
        sides = self.lent.sides
        for side in data.draw(st.sampled_from([sides, sides[:1], sides[-1:]])):
            side.close()

    def verify(self, _: object = None) -> None:
        """Find nothing that is not as it was recorded."""
        assert self._both(lambda one: one.verify()) == ()

    def page(self, data: st.DataObject) -> None:
        """Read all entries in pages: each once, in the order of recording."""
        self.read_on(data.draw(st.integers(1, 9)))

    def read_on(self, size: int) -> None:
        """Read all entries in pages of this size."""
        for side in self.lent.sides:
            read, cursor = [], 0
            while page := side.institution.entries(cursor, size).headers:
                assert page[0].position > cursor
                cursor = page[-1].position
                read += [(header.group, header.seq) for header in page]
            assert read == self.model.order

    def reindex(self, _: object) -> None:
        """Compute rows of the index anew that another method computed."""
        for side in self.lent.sides:
            side.spoil("UPDATE group_index SET composition = 'old'")
        assert self._both(lambda one: one.reindex()) == len(self.model.entries)

    def repair(self, data: st.DataObject) -> None:
        """Spoil document or index behind rgcore's back, and mend it."""
        group = self._group(data)
        fault = data.draw(st.sampled_from(sorted(_SPOILT)))
        statement = _SPOILT[fault]
        for side in self.lent.sides:
            side.spoil(statement, group=group)
        found = self._both(lambda one: one.repair(group))
        assert isinstance(found, tuple)
        assert [one.code for one in found] == [fault]
        assert self._both(lambda one: one.verify(group)) == ()
        self.total.events[fault] += 1

    def put_back_copies(self, _: object) -> None:
        """Lose the files and put copies of them back."""
        for side in self.lent.sides:
            side.put_back_a_copy()

    def forget(self, data: st.DataObject) -> None:
        """Forget somebody's key: what was said of them reads as erased."""
        group = self._group(data)
        speakers = self.model.speakers(group)
        if len(speakers) < 2 or self.model.forgotten:
            return
        person = data.draw(st.sampled_from(speakers))
        for side in self.lent.sides:
            forget(side.demo, person, group)
        self.model.forgotten.add((group, person))
        self._nothing_new_of(group, person)

    # Invariants: what is true after every step.

    @invariant()
    def nothing_is_lost(self) -> None:
        """Find in both stores what was acknowledged, and nothing else."""
        for group in self.model.entries:
            expected = self.model.group(group), self.model.words(group)
            for side in self.lent.sides:
                store = side.institution._store
                loaded = store.load(group)
                assert loaded is not None, (side.name, group)
                assert (loaded.group, store.words(loaded)) == expected, side.name

    @invariant()
    def the_client_sees_what_happened(self) -> None:
        """Find every acknowledged change on the client's timeline."""
        if self.touched not in self.model.entries:
            return
        view = self._view(self.touched, rgcore.Actor(KLAAS, OWN_GROUP))
        now = self.model.group(self.touched)
        assert isinstance(view, rgcore.View), view
        own = self.model.private_to_others(self.touched, KLAAS)
        assert {line.change for line in view.timeline()} == {
            happened.change
            for happened in now.happenings
            if happened.on <= view.on and not own.intersection(happened.touched)
        }

    def teardown(self) -> None:
        """Look once more after a last restart, and give everything back."""
        try:
            for side in self.lent.sides:
                side.close()
            self.nothing_is_lost()
            self.verify()
            self.read_on(50)
        finally:
            self.lent.give_back()
            shutil.rmtree(self.folder)

    # How it is done.

    def _group(self, data: st.DataObject) -> GroupId:
        self.touched = data.draw(st.sampled_from(sorted(self.model.entries)))
        return self.touched

    def _drawn(self, data: st.DataObject, now: ResourceGroup) -> Change:
        self.drawn += 1
        change = drawn_change(data.draw, now, f"c{self.drawn}", self.tried, DRAWN)
        self.tried[type(change)] += 1
        return change

    def _fitting(
        self, data: st.DataObject, group: GroupId, count: int
    ) -> tuple[Change, ...]:
        """Draw changes, and return those that fit the group and one another."""
        entries, found = list(self.model.entries[group]), []
        for _ in range(count):
            now = fold_all(entries)
            assert now is not None
            change = self._drawn(data, now)
            if isinstance(change, PersonDies) and change.person == KLAAS:
                # Nobody could go on living this life: see the tests of access.
                continue
            in_time = now.started_on <= change.happened_on <= self.lent.clock.day
            silent = self.model.is_silent(group, [change])
            entry = entry_of(change, now.seq + 1)
            misfits = tuple(change.problems(now)) or breaks(entries, entry)
            if in_time and not silent and not misfits:
                entries.append(entry)
                found.append(change)
                self.deciders[change.id] = change.decided_for(now)
                # What did not fit comes again sooner.
                self.tried[type(change)] += 2
        return tuple(found)

    def _sit(self, group: GroupId, changes: Sequence[Change]) -> None:
        """Record what fits: each has to be taken, alone or with what comes next."""
        for run in self._runs(changes):
            now = self.model.group(group)
            deciders = filter(None, (self.deciders.get(one.id) for one in run))
            alone = len(run) == 1
            actor = _right(run[0], now) if alone else _for(next(deciders, None))
            found = self._record(group, run, actor)
            assert isinstance(found, rgcore.Recorded), found
            assert [entry.change for entry in found.entries] == run

    def _runs(self, changes: Sequence[Change]) -> Iterator[list[Change]]:
        """Go through changes that one person can decide on together."""
        run: list[Change] = []
        for change in changes:
            deciders = {self.deciders.get(one.id) for one in (*run, change)} - {None}
            # Whose a correction is follows from who recorded what it corrects.
            alone = any(isinstance(one, Correction) for one in (*run, change))
            if run and (alone or len(deciders) > 1 or len(run) == LONGEST_RUN):
                yield run
                run = []
            run = [*run, change]
        if run:
            yield run

    def _start(self, group: GroupId, name: str, who: PersonId) -> None:
        called = Text(TextId(f"{name}.name"), KLAAS)
        start = StartGroup(
            id=ChangeId(name),
            happened_on=FIRST_DAY,
            group=group,
            team=TEAM,
            client=Person(id=KLAAS, name=called),
            supporter=Person(id=ESMEE, staff=True),
        )
        words: dict[TextId, Said] = {called.id: PersonName.of("Klaas")}
        actor = rgcore.Actor(who, CARE)
        self._record(group, [start], actor, words=words)

    def _nothing_new_of(self, group: GroupId, person: PersonId) -> None:
        """Say something of somebody whose key was forgotten: nobody makes a new one.

        Of somebody who turned out to be another nothing new can be said at all.
        """
        if not self.model.group(group).holds(Kind.PERSON, person):
            return
        change = AddSuccess(
            id=ChangeId(f"c-{person}"),
            happened_on=self.model.group(group).started_on,
            success=ItemId(f"success-{person}"),
            by=person,
            words=Text(TextId(f"t-{person}"), person),
        )
        found = self._record(group, [change], _right(change, self.model.group(group)))
        assert isinstance(found, Failed)
        assert found.kind == "KeysForgotten"

    def _check(
        self,
        group: GroupId,
        changes: Sequence[Change],
        actor: rgcore.Actor,
        words: Mapping[TextId, Said],
        overrides: Sequence[Override],
    ) -> None:
        """Ask what would be decided, which records nothing."""
        self._both(
            lambda one: one.check(
                group, changes, actor, words=words, overrides=overrides
            )
        )

    def _record(
        self,
        group: GroupId,
        changes: Sequence[Change],
        actor: rgcore.Actor,
        *,
        words: Mapping[TextId, Said] | None = None,
        overrides: Sequence[Override] = (PASSED,),
        seen: int | None = None,
    ) -> object:
        """Record on both sides; keep what was acknowledged."""
        brought = words_of(changes) if words is None else words
        found = self._both(
            lambda one: one.record(
                group, changes, actor, words=brought, overrides=overrides, seen=seen
            )
        )
        self.total.count(found)
        if isinstance(found, rgcore.Recorded):
            self._later.append((found, brought))
        self._keep()
        return found

    def _keep(self) -> None:
        """Note what was acknowledged, in the order of recording."""
        for recorded, words in sorted(self._later, key=lambda one: one[0].seq):
            self.model.keep(recorded, words)
            now = self.model.group(recorded.group)
            self.total.phases.update(p.code for _, p in METHOD.openings(now))
        self._later = []

    @contextmanager
    def _quicker(
        self, group: GroupId, change: Change, actor: rgcore.Actor
    ) -> Iterator[None]:
        """Let somebody record a change after whoever comes next has read the group."""
        words = words_of([change])
        answers: list[rgcore.Recorded] = []

        def record(side: Side) -> None:
            answers.append(
                side.institution.record(
                    group, [change], actor, words=words, overrides=(PASSED,)
                )
            )
            if len(answers) == 1:
                self._later.append((answers[0], words))

        for side in self.lent.sides:
            side.clock.first = functools.partial(record, side)
        yield
        assert answers == [answers[0]] * len(self.lent.sides)

    def _both(self, ask: Callable[[rgcore.Institution], object]) -> object:
        """Ask both sides the same; return the answer, which has to be one."""
        answers = [
            answer(functools.partial(ask, side.institution)) for side in self.lent.sides
        ]
        assert all(one == answers[0] for one in answers), answers
        return answers[0]

    def _view(self, group: GroupId, reader: rgcore.Actor) -> object:
        found = self._both(lambda one: one.view(group, reader))
        self.total.count(found)
        return found

    def _is_due(self, group: GroupId) -> bool:
        folded = self.model.group(group)
        if folded.team != TEAM:
            return False
        found = prompts(folded, METHOD)
        since, until = attention_from(found), attention_until(found)
        day = self.lent.clock.day
        return since is not None and since <= day and (until is None or day < until)


_TENDING: Final[Mapping[str, Callable[[Life, st.DataObject], None]]] = {
    "restart": Life.restart,
    "verify": Life.verify,
    "page": Life.page,
    "reindex": Life.reindex,
    "repair": Life.repair,
    "put back": Life.put_back_copies,
    "forget": Life.forget,
}


def _right(change: Change, now: ResourceGroup) -> rgcore.Actor:
    """Return the client, who types for whoever decides on a change."""
    return _for(change.decided_for(now))


def _for(decider: PersonId | None) -> rgcore.Actor:
    return rgcore.Actor(KLAAS, OWN_GROUP, on_behalf_of=decider, because=BECAUSE)


def _actors(now: ResourceGroup | None) -> st.SearchStrategy[rgcore.Actor]:
    """Give actors: of the group and not, for somebody and not, with a reason or not."""
    people = sorted(person.id for person in now.people) if now else [KLAAS]
    who = st.sampled_from([KLAAS, ESMEE, ARTS, STRANGER, *people])
    return st.builds(
        rgcore.Actor,
        who,
        st.sampled_from([CARE, OWN_GROUP]),
        on_behalf_of=st.none() | who,
        because=st.none() | st.just(BECAUSE),
    )


@pytest.fixture(scope="module")
def lived(
    made_on: Callable[[str], Made], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Reached]:
    """Give what lives all lives, once, and says what was reached."""

    @functools.cache
    def live() -> Reached:
        made = {store: made_on(store) for store in STORES}
        total = Reached()
        _live(made, tmp_path_factory, total, EXAMPLES)
        return total

    return live


def _live(
    made: Mapping[str, Made],
    folders: pytest.TempPathFactory,
    total: Reached,
    examples: int,
) -> None:
    run_state_machine_as_test(
        # It takes whatever makes a machine, and says a class.
        lambda: Life(made, folders.mktemp("life"), total),  # type: ignore[arg-type]
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            phases=[Phase.generate, *([Phase.shrink] if SHRINK else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_both_stores_answer_alike_and_lose_nothing(
    lived: Callable[[], Reached],
) -> None:
    total = lived()
    assert set(total.sides) == set(STORES)
    assert min(total.sides.values()) >= EXAMPLES


@pytest.mark.skipif(EXAMPLES < ENOUGH, reason="fewer lives were asked for")
def test_lives_reach_most_types_of_change_every_phase_and_every_answer(
    lived: Callable[[], Reached],
) -> None:
    total = lived()
    print(total.report())  # noqa: T201 - shown with `-s`
    assert not total.missing(ANSWERS, never=NEVER)
