"""Document and index are made anew from the journal, and never the other way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import rgcore
from databases import all_rows, dumps, execute, put_rows
from rgcore.domain.actor import CARE
from rgcore.domain.ids import GroupId, PersonId
from rgcore.domain.text import ERASED
from rgcore.errors import (
    Busy,
    JournalDamaged,
    KeysForgotten,
    KeyStoreBehind,
    NotAvailable,
)
from rgcore.store import IndexRow, Store
from support import (
    AT_THE_TABLE,
    ESMEE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    MARKER,
    TEAM,
    Demo,
    forget,
    nominate,
    set_goal,
)

MOTHER = PersonId("mother")


def sql(demo: Demo, statement: str, **values: object) -> None:
    usual = {"group": GROUP, "spoilt": bytes(50)}
    execute(demo.store_url, statement, **{**usual, **values})


def document(demo: Demo) -> dict[str, Any]:
    rows = all_rows(demo.store_url, "document")
    return next(row for row in rows if row["group_id"] == GROUP)


def lose(demo: Demo) -> None:
    sql(demo, "DELETE FROM document WHERE group_id = :group")


def flip(demo: Demo) -> None:
    sql(demo, "UPDATE document SET skeleton = :spoilt WHERE group_id = :group")


def empty_leaves(demo: Demo) -> None:
    sql(demo, "UPDATE document SET leaves = :spoilt WHERE group_id = :group")


def turn_back(demo: Demo) -> None:
    old = document(demo)
    set_goal(demo.institution, "later", "later nog iets")
    sql(demo, "DELETE FROM document WHERE group_id = :group")
    marks = ", ".join(f":{name}" for name in old)
    sql(demo, f"INSERT INTO document ({', '.join(old)}) VALUES ({marks})", **old)  # noqa: S608


def misplace(demo: Demo) -> None:
    sql(demo, "UPDATE group_index SET attention_from = NULL WHERE group_id = :group")


@pytest.mark.parametrize("spoil", [lose, flip, empty_leaves, turn_back, misplace])
def test_a_spoilt_document_or_index_comes_back_from_the_journal(
    two_groups: Demo, spoil: Callable[[Demo], None]
) -> None:
    spoil(two_groups)
    mended = two_groups.institution.repair(GROUP)
    assert mended
    assert two_groups.institution.verify() == ()
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert view.name(KLAAS) == rgcore.PersonName.of("Klaas")
    assert view.said(view.group.goals[0].words) == "weer fietsen"
    assert view.group.seq == len(view.group.happenings)
    set_goal(two_groups.institution, "after", "verder")
    assert two_groups.institution.verify() == ()


def test_a_document_is_made_in_the_order_of_recording_even_if_a_clock_went_back(
    two_groups: Demo,
) -> None:
    two_groups.clock.set(date(2025, 3, 1))
    set_goal(two_groups.institution, "later", "eerst vastgelegd")
    two_groups.clock.set(date(2025, 2, 1))
    set_goal(two_groups.institution, "earlier", "daarna vastgelegd")
    before = two_groups.institution.view(GROUP, AT_THE_TABLE).group
    lose(two_groups)
    two_groups.institution.repair(GROUP)
    assert two_groups.institution.view(GROUP, AT_THE_TABLE).group == before


def test_a_sound_group_is_left_as_it_is(two_groups: Demo) -> None:
    before = dumps(two_groups.folder)
    assert two_groups.institution.repair(GROUP) == ()
    assert dumps(two_groups.folder) == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal WHERE group_id = :group AND seq = 2",
        "DELETE FROM journal WHERE group_id = :group AND seq = 5",
        "UPDATE journal SET skeleton = :spoilt WHERE group_id = :group AND seq = 3",
    ],
)
def test_nothing_is_made_from_a_journal_that_is_not_sound(
    two_groups: Demo, statement: str
) -> None:
    sql(two_groups, statement)
    flip(two_groups)
    before = dumps(two_groups.folder)
    with pytest.raises(JournalDamaged):
        two_groups.institution.repair(GROUP)
    assert dumps(two_groups.folder) == before


def test_what_was_erased_stays_erased(two_groups: Demo) -> None:
    forget(two_groups, MOTHER)
    lose(two_groups)
    assert two_groups.institution.repair(GROUP)
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert view.said(view.group.person(MOTHER).name) is ERASED
    assert two_groups.institution.verify() == ()


def test_nobody_makes_a_new_key_for_whom_was_erased(two_groups: Demo) -> None:
    forget(two_groups, KLAAS)
    lose(two_groups)
    two_groups.institution.repair(GROUP)
    with pytest.raises(KeysForgotten):
        set_goal(two_groups.institution, "after", "verder")
    assert two_groups.institution.verify() == ()


@pytest.fixture
def behind(two_groups: Demo) -> Demo:
    """Klaas' keys as they were before somebody was nominated, in a later backup."""
    old = all_rows(two_groups.keys_url, "key_record")
    nominate(two_groups.institution, "father")
    put_rows(two_groups.keys_url, "key_record", old)
    return two_groups


def codes(demo: Demo) -> list[tuple[str, str]]:
    return [(fault.group, fault.code) for fault in demo.institution.verify()]


def test_nothing_is_made_without_lost_keys_unless_somebody_asks(behind: Demo) -> None:
    before = dumps(behind.folder)
    assert codes(behind) == [(GROUP, "keys_behind")]
    with pytest.raises(KeyStoreBehind):
        behind.institution.repair(GROUP)
    assert dumps(behind.folder) == before
    assert behind.institution.repair("g-other", without_lost_keys=True) == ()


def test_words_whose_key_is_lost_read_as_erased(behind: Demo) -> None:
    mended = behind.institution.repair(GROUP, without_lost_keys=True)
    assert [fault.code for fault in mended] == ["keys_behind"]
    assert behind.institution.verify() == ()
    view = behind.institution.view(GROUP, AT_THE_TABLE)
    assert view.said(view.group.person(PersonId("father")).name) is ERASED
    assert view.name(KLAAS) == rgcore.PersonName.of("Klaas")
    assert set_goal(behind.institution, "after", "verder").seq == view.group.seq + 1
    assert behind.institution.verify() == ()


def test_keys_that_are_found_later_bring_words_back(
    two_groups: Demo,
) -> None:
    old = all_rows(two_groups.keys_url, "key_record")
    nominate(two_groups.institution, "father")
    new = all_rows(two_groups.keys_url, "key_record")
    put_rows(two_groups.keys_url, "key_record", old)
    two_groups.institution.repair(GROUP, without_lost_keys=True)
    put_rows(two_groups.keys_url, "key_record", new)
    assert two_groups.institution.repair(GROUP)
    assert two_groups.institution.verify() == ()
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert view.name(PersonId("father")) == rgcore.PersonName.of(MARKER)


def test_a_group_that_goes_on_while_it_is_mended_loses_nothing(
    two_groups: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    misplace(two_groups)
    write, names = Store.replace, iter(["meanwhile"])

    def record_first(store: Store, group: GroupId, *what: Any) -> bool:  # noqa: ANN401
        for name in names:
            set_goal(two_groups.institution, name, "nog een")
        return write(store, group, *what)

    monkeypatch.setattr(Store, "replace", record_first)
    # Whoever recorded has mended the index by it.
    assert two_groups.institution.repair(GROUP) == ()
    assert two_groups.institution.verify() == ()
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert view.group.goals[-1].id == "goal-meanwhile"
    assert set_goal(two_groups.institution, "after", "verder").seq == view.group.seq + 1


def test_what_somebody_records_meanwhile_is_no_fault(
    two_groups: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, names = Store.document, iter(["meanwhile"])

    def record_first(store: Store, group: GroupId) -> Any:  # noqa: ANN401
        for name in names:
            found = read(store, group)
            set_goal(two_groups.institution, name, "nog een")
            return found
        return read(store, group)

    monkeypatch.setattr(Store, "document", record_first)
    assert two_groups.institution.repair(GROUP) == ()


def test_a_group_that_never_stands_still_is_not_mended(
    two_groups: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    misplace(two_groups)
    monkeypatch.setattr(Store, "replace", lambda *_: False)
    with pytest.raises(Busy):
        two_groups.institution.repair(GROUP)


def test_a_document_that_is_spoilt_too_is_made_without_lost_keys(behind: Demo) -> None:
    execute(behind.store_url, "UPDATE document SET head = skeleton")
    mended = behind.institution.repair(GROUP, without_lost_keys=True)
    assert [fault.code for fault in mended] == ["document_differs", "keys_behind"]
    assert codes(behind) == [("g-other", "document_differs")]


def test_without_any_key_nothing_can_be_made(behind: Demo) -> None:
    execute(behind.keys_url, "DELETE FROM key_record")
    before = dumps(behind.folder)
    for without in (False, True):
        with pytest.raises(JournalDamaged):
            behind.institution.repair(GROUP, without_lost_keys=without)
    assert dumps(behind.folder) == before


def test_an_unknown_group_is_not_there_to_be_mended(two_groups: Demo) -> None:
    with pytest.raises(NotAvailable):
        two_groups.institution.repair("g-nobody-knows")


def stale(demo: Demo) -> list[str]:
    due = demo.institution.attention(TEAM, rgcore.Actor(ESMEE, CARE), FIRST_DAY)
    return [one.group for one in due.groups if one.stale]


def by_another_method(demo: Demo) -> None:
    sql(demo, "UPDATE group_index SET composition = 'older', attention_from = NULL")


def test_rows_of_another_method_are_computed_anew(two_groups: Demo) -> None:
    by_another_method(two_groups)
    assert len(stale(two_groups)) == 2
    assert two_groups.institution.reindex() == 2
    assert stale(two_groups) == []
    assert two_groups.institution.verify() == ()
    assert two_groups.institution.reindex() == 0


def test_reindex_goes_on_where_it_was_broken_off(two_groups: Demo) -> None:
    by_another_method(two_groups)

    def broken_off(done: int, of: int) -> None:
        assert (done, of) == (1, 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        two_groups.institution.reindex(broken_off)
    assert len(stale(two_groups)) == 1
    told: list[tuple[int, int]] = []
    assert two_groups.institution.reindex(lambda *so_far: told.append(so_far)) == 1
    assert told == [(1, 1)]
    assert stale(two_groups) == []


def test_a_group_that_goes_on_while_rows_are_computed_is_right(
    two_groups: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_another_method(two_groups)
    write, names = Store.reindex, iter(["before", "between"])

    def record_first(store: Store, group: GroupId, seq: int, row: IndexRow) -> bool:
        set_goal(two_groups.institution, next(names), "verder", group)
        return write(store, group, seq, row)

    monkeypatch.setattr(Store, "reindex", record_first)
    assert two_groups.institution.reindex() == 2
    assert list(names) == []
    assert stale(two_groups) == []
    assert two_groups.institution.verify() == ()


def test_what_is_recorded_while_a_document_is_made_anew_stays(
    two_groups: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    misplace(two_groups)
    written = Store.replace
    late = iter([True])

    def replace(store: Store, *arguments: Any) -> bool:  # noqa: ANN401
        if next(late, False):
            set_goal(two_groups.institution, "meanwhile", "ondertussen")
        return written(store, *arguments)

    monkeypatch.setattr(Store, "replace", replace)
    two_groups.institution.repair(GROUP)
    assert two_groups.institution.verify() == ()
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert view.group.goals[-1].id == "goal-meanwhile"
