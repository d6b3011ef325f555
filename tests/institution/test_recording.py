"""All of a set or none, each change once, and nobody's work lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from attrs import evolve

import rgcore
from databases import dumps, locked, only_files, refusing
from rgcore import Conflict, Refused
from rgcore.domain.changes import RewordGoal
from rgcore.domain.ids import ChangeId, ItemId
from rgcore.errors import (
    ChangeIdReused,
    GroupExists,
    NotAvailable,
    StoreUnavailable,
)
from rgcore.store import places
from support import (
    AT_THE_TABLE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    MARKER,
    Demo,
    Goals,
    open_demo,
    set_goal,
    start_klaas,
    told,
)


def reword(
    name: str, said: str, change: str = "c-reword"
) -> tuple[RewordGoal, rgcore.Words]:
    words = rgcore.Words()
    made = RewordGoal(
        id=ChangeId(change),
        happened_on=FIRST_DAY,
        goal=ItemId(f"goal-{name}"),
        words=words.add(f"t-{change}", subject=KLAAS, said=said),
    )
    return made, words


def together(*acts: Callable[[], object]) -> list[object]:
    """Do everything at the same time; return what came of each, errors too."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except rgcore.RgcoreError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def seqs(demo: Demo) -> list[int]:
    return [entry.seq for entry in demo.institution.entries().headers]


def test_two_threads_record_in_one_group(klaas: Demo) -> None:
    def many(name: str) -> Callable[[], object]:
        return lambda: [
            set_goal(klaas.institution, f"{name}-{n}", f"doel {n}") for n in range(8)
        ]

    results = together(many("a"), many("b"))
    assert not any(isinstance(result, Exception) for result in results)
    view = klaas.institution.view(GROUP, AT_THE_TABLE)
    assert sorted(goal.id for goal in view.group.goals) == sorted(
        f"goal-{name}-{n}" for name in "ab" for n in range(8)
    )
    assert seqs(klaas) == list(range(1, 18))
    assert klaas.institution.verify() == ()
    for name in "ab":
        own = [g.id for g in view.group.goals if g.id.startswith(f"goal-{name}-")]
        assert own == sorted(own)


def test_two_programs_record_in_one_group(klaas: Demo) -> None:
    with open_demo(klaas.folder) as other:
        results = together(
            lambda: [set_goal(klaas.institution, f"a-{n}", "a") for n in range(5)],
            lambda: [set_goal(other.institution, f"b-{n}", "b") for n in range(5)],
        )
        assert not any(isinstance(result, Exception) for result in results)
        assert other.institution.verify() == ()
    assert seqs(klaas) == list(range(1, 12))


def test_two_threads_record_in_two_groups(klaas: Demo) -> None:
    start_klaas(klaas.institution, "g-other")
    together(
        lambda: [set_goal(klaas.institution, f"a-{n}", "a") for n in range(5)],
        lambda: [
            set_goal(klaas.institution, f"b-{n}", "b", "g-other") for n in range(5)
        ],
    )
    headers = klaas.institution.entries().headers
    assert [header.position for header in headers] == list(range(1, 13))
    assert klaas.institution.verify() == ()


def test_same_change_from_two_threads_is_recorded_once(klaas: Demo) -> None:
    act = lambda: set_goal(klaas.institution, "bike", "weer fietsen")  # noqa: E731
    results = together(act, act, act)
    added = [len(r.entries) for r in results if isinstance(r, rgcore.Recorded)]
    assert sorted(added) == [0, 0, 1]
    assert seqs(klaas) == [1, 2]


def test_same_start_from_two_threads_begins_one_group(demo: Demo) -> None:
    act = lambda: start_klaas(demo.institution)  # noqa: E731
    results = together(act, act)
    added = [len(r.entries) for r in results if isinstance(r, rgcore.Recorded)]
    assert sorted(added) == [0, 1]
    assert demo.institution.verify() == ()


def test_reader_beside_a_writer_sees_whole_groups(klaas: Demo) -> None:
    def read() -> list[bool]:
        found = []
        for _ in range(30):
            view = klaas.institution.view(GROUP, AT_THE_TABLE)
            said = [view.said(goal.words) for goal in view.group.goals]
            found.append(all(isinstance(one, str) for one in said))
        return found

    write = lambda: [set_goal(klaas.institution, f"a-{n}", "a") for n in range(10)]  # noqa: E731
    results = together(write, read)
    assert results[1] == [True] * 30


def test_change_that_was_recorded_before_changes_nothing(klaas: Demo) -> None:
    first = set_goal(klaas.institution, "bike", "weer fietsen")
    before = dumps(klaas.folder)
    again = set_goal(klaas.institution, "bike", "weer fietsen")
    assert (len(first.entries), again.entries) == (1, ())
    assert (again.seq, again.group) == (first.seq, GROUP)
    assert dumps(klaas.folder) == before


def test_start_that_was_recorded_before_changes_nothing(klaas: Demo) -> None:
    before = dumps(klaas.folder)
    assert start_klaas(klaas.institution).entries == ()
    assert dumps(klaas.folder) == before


def test_of_a_set_only_what_is_new_is_recorded(klaas: Demo) -> None:
    goals = Goals()
    one, two = goals.set("one", "een"), goals.set("two", "twee")
    only = {one.words.id: "een"}
    klaas.institution.record(GROUP, [one], AT_THE_TABLE, words=only)
    done = klaas.institution.record(GROUP, [one, two], AT_THE_TABLE, words=goals.words)
    assert [entry.change.id for entry in done.entries] == ["c-two"]
    assert klaas.institution.verify() == ()


def test_change_id_with_other_content_is_refused(klaas: Demo) -> None:
    set_goal(klaas.institution, "bike", "weer fietsen")
    goals = Goals()
    good, other = goals.set("new", MARKER), goals.set("bike", "weer fietsen")
    other = evolve(other, goal=ItemId("goal-other"))
    assert_reused(klaas, [good, other], goals.words)


def test_change_id_with_other_words_is_refused(klaas: Demo) -> None:
    set_goal(klaas.institution, "bike", "weer fietsen")
    goals = Goals()
    changes = [goals.set("new", MARKER), goals.set("bike", f"weer {MARKER}")]
    assert_reused(klaas, changes, goals.words)


def test_change_id_of_another_kind_of_change_is_refused(klaas: Demo) -> None:
    set_goal(klaas.institution, "bike", "weer fietsen")
    goals = Goals()
    change, words = reword("bike", MARKER, "c-bike")
    everything = {**goals.words, **words}
    assert_reused(
        klaas, [goals.set("new", MARKER), change], {**everything, **goals.words}
    )


def assert_reused(demo: Demo, changes: Sequence[object], words: object) -> None:
    """Make sure that a set is refused for its second change, and leaves nothing."""
    before = dumps(demo.folder)
    with pytest.raises(ChangeIdReused) as caught:
        demo.institution.record(GROUP, changes, AT_THE_TABLE, words=words)  # type: ignore[arg-type]
    assert caught.value.fields == {"path": "changes[1]"}
    assert MARKER not in told(caught.value)
    assert dumps(demo.folder) == before


def test_conflict_when_the_same_item_was_touched_since(klaas: Demo) -> None:
    seen = set_goal(klaas.institution, "bike", "weer fietsen").seq
    theirs, words = reword("bike", MARKER, "c-theirs")
    klaas.institution.record(GROUP, [theirs], AT_THE_TABLE, words=words)
    ours, words = reword("bike", f"mijn {MARKER}", "c-ours")
    before = dumps(klaas.folder)
    with pytest.raises(Conflict) as caught:
        klaas.institution.record(GROUP, [ours], AT_THE_TABLE, words=words, seen=seen)
    conflict = caught.value
    assert (conflict.base, conflict.ours) == (seen, ("c-ours",))
    assert [happened.change for happened in conflict.theirs] == ["c-theirs"]  # type: ignore[attr-defined]
    assert MARKER not in told(conflict)
    assert dumps(klaas.folder) == before


def test_no_conflict_when_another_item_was_touched_since(klaas: Demo) -> None:
    set_goal(klaas.institution, "home", "een eigen huis")
    seen = set_goal(klaas.institution, "bike", "weer fietsen").seq
    theirs, words = reword("home", "een huis", "c-theirs")
    klaas.institution.record(GROUP, [theirs], AT_THE_TABLE, words=words)
    ours, words = reword("bike", "fietsen", "c-ours")
    done = klaas.institution.record(GROUP, [ours], AT_THE_TABLE, words=words, seen=seen)
    assert done.seq == seen + 2


def test_no_conflict_for_who_saw_it_or_did_not_ask(klaas: Demo) -> None:
    seen = set_goal(klaas.institution, "bike", "weer fietsen").seq
    theirs, words = reword("bike", "fietsen", "c-theirs")
    klaas.institution.record(GROUP, [theirs], AT_THE_TABLE, words=words)
    one, words = reword("bike", "fiets", "c-one")
    klaas.institution.record(GROUP, [one], AT_THE_TABLE, words=words, seen=seen + 1)
    two, words = reword("bike", "fietsje", "c-two")
    klaas.institution.record(GROUP, [two], AT_THE_TABLE, words=words)


def test_replay_is_no_conflict_with_itself(klaas: Demo) -> None:
    seen = set_goal(klaas.institution, "bike", "weer fietsen").seq
    ours, words = reword("bike", "fietsen", "c-ours")
    klaas.institution.record(GROUP, [ours], AT_THE_TABLE, words=words, seen=seen)
    again = klaas.institution.record(
        GROUP, [ours], AT_THE_TABLE, words=words, seen=seen
    )
    assert again.entries == ()


def test_set_with_a_bad_second_change_leaves_nothing_of_the_first(klaas: Demo) -> None:
    goals = Goals()
    first = goals.set("one", MARKER)
    bad, words = reword("never-set", MARKER)
    before = dumps(klaas.folder)
    with pytest.raises(Refused):
        klaas.institution.record(
            GROUP, [first, bad], AT_THE_TABLE, words={**goals.words, **words}
        )
    assert dumps(klaas.folder) == before


def test_set_whose_second_change_needs_the_first_is_recorded(klaas: Demo) -> None:
    goals = Goals()
    first = goals.set("one", "een")
    second, words = reword("one", "een beetje")
    done = klaas.institution.record(
        GROUP, [first, second], AT_THE_TABLE, words={**goals.words, **words}
    )
    assert [entry.seq for entry in done.entries] == [2, 3]
    assert klaas.institution.verify() == ()


@pytest.mark.parametrize("table", ["document", "journal", "group_index"])
def test_write_that_breaks_off_leaves_nothing(klaas: Demo, table: str) -> None:
    before = dumps(klaas.folder)
    with (
        refusing(klaas.store_url, table, MARKER),
        pytest.raises(StoreUnavailable) as caught,
    ):
        set_goal(klaas.institution, "bike", MARKER)
    assert MARKER not in told(caught.value)
    assert dumps(klaas.folder) == before
    assert klaas.institution.verify() == ()
    assert set_goal(klaas.institution, "bike", "fietsen").seq == 2


def test_locked_store_is_said_to_be_unavailable(
    klaas: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    klaas.institution.close()
    monkeypatch.setattr(places, "WAIT_MS", 100)
    with open_demo(klaas.folder) as demo:
        with locked(demo.store_url, "document"):
            with pytest.raises(StoreUnavailable) as caught:
                set_goal(demo.institution, "bike", MARKER)
            assert MARKER not in told(caught.value)
            assert demo.institution.view(GROUP, AT_THE_TABLE).group.seq == 1
        assert set_goal(demo.institution, "bike", "fietsen").seq == 2


@only_files
def test_store_that_was_removed_keeps_nothing_unsaid(klaas: Demo) -> None:
    klaas.store.unlink()
    with pytest.raises(StoreUnavailable):
        set_goal(klaas.institution, "bike", MARKER)


def test_group_cannot_be_started_twice(klaas: Demo) -> None:
    entry = start_klaas(klaas.institution, "g-other").entries[0]
    again = evolve(entry.change, id=ChangeId("c-again"))
    words = {"t-klaas": rgcore.PersonName.of("Klaas")}
    with pytest.raises(GroupExists):
        klaas.institution.record("g-other", [again], AT_THE_TABLE, words=words)  # type: ignore[arg-type]


def test_group_that_was_not_started_takes_nothing(demo: Demo) -> None:
    with pytest.raises(NotAvailable):
        set_goal(demo.institution, "bike", MARKER)
    assert demo.institution.groups() == ()


def test_check_records_nothing(klaas: Demo) -> None:
    goals = Goals()
    before = dumps(klaas.folder)
    decision = klaas.institution.check(
        GROUP, [goals.set("bike", "fietsen")], AT_THE_TABLE, words=goals.words
    )
    assert decision.allowed
    assert dumps(klaas.folder) == before


def test_entries_can_be_read_in_pages(klaas: Demo) -> None:
    for number in range(4):
        set_goal(klaas.institution, f"n-{number}", "doel")
    first = klaas.institution.entries(limit=2)
    second = klaas.institution.entries(first.cursor, limit=2)
    last = klaas.institution.entries(second.cursor)
    pages = [*first.headers, *second.headers, *last.headers]
    assert [header.seq for header in pages] == [1, 2, 3, 4, 5]
    assert klaas.institution.entries(last.cursor).headers == ()
    assert klaas.institution.entries(last.cursor).cursor == last.cursor


def test_what_was_recorded_is_there_when_opened_anew(klaas: Demo) -> None:
    set_goal(klaas.institution, "bike", "weer fietsen")
    before = klaas.institution.view(GROUP, AT_THE_TABLE)
    klaas.institution.close()
    with open_demo(klaas.folder) as demo:
        demo.institution.new_id()
        view = demo.institution.view(GROUP, AT_THE_TABLE)
        assert (view.group, dict(view.words)) == (before.group, dict(before.words))
        assert demo.institution.verify() == ()
