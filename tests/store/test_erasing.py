"""What was erased is nowhere: in no file, no row, no copy that today's keys open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve

import rgcore
from databases import all_rows, dumps, execute, tables_of, urls_of
from rgcore.domain.actor import OPERATION
from rgcore.domain.changes import (
    AddSuccess,
    Change,
    InvolvePerson,
    MarkInError,
    MergePeople,
)
from rgcore.domain.ids import ChangeId, Code, GroupId, ItemId, PersonId
from rgcore.domain.people import Person
from rgcore.domain.text import ERASED
from rgcore.errors import (
    JournalDamaged,
    KeysForgotten,
    KeyStoreBehind,
    NotAvailable,
    StoreDamaged,
)
from rgcore.institution.erasing_answers import Ran
from rgcore.store import LostRace
from rgcore.store.erasing import Eraser, Target
from rgcore.store.erasing_register import Erasure
from rgcore.store.leaves import unpack_leaves
from store.test_backup import kept, together
from support import (
    AT_THE_TABLE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    Demo,
    Ids,
    Row,
    all_bytes,
    nominate,
    open_demo,
    set_goal,
    start_klaas,
    tampered,
    told,
)

OTHER = GroupId("g-other")
MOTHER = PersonId("mother")
MARKERS = ("zilverreiger", "moederkoek")
"""What is said of the mother in both groups; nobody else says it."""

ASKER = rgcore.Actor(PersonId("op-1"), OPERATION, because=Code("asked_by_letter"))
AGREES = rgcore.Actor(PersonId("op-2"), OPERATION, because=Code("looked_at_it"))
DONE = FIRST_DAY + timedelta(days=30)

only_in_files = pytest.mark.parametrize("two_groups", ["sqlite"], indirect=True)


def agreed(demo: Demo, person: str | None, group: str = GROUP) -> Erasure:
    erasing, whose = demo.institution.erasing, "relative" if person else "client"
    asked = erasing.request(group, ASKER, person=person, whose=whose).erasure
    return erasing.confirm(asked.id, AGREES)


def erased(demo: Demo, person: str | None, group: str = GROUP) -> Erasure:
    """Erase somebody, or the group, thirty days later."""
    agreed(demo, person, group)
    demo.clock.set(DONE)
    (done,) = demo.institution.erasing.run(AGREES).done
    return done


def said(demo: Demo, group: str = GROUP) -> str:
    """Return all that can be read of a group, in small letters."""
    view = demo.institution.view(group, AT_THE_TABLE)
    words = [
        one.written if isinstance(one, rgcore.PersonName) else str(one)
        for one in view.words.values()
    ]
    return " ".join(words).casefold()


def leaves(demo: Demo, table: str, person: str, group: str = GROUP) -> list[bytes]:
    rows = [row for row in all_rows(demo.store_url, table) if row["group_id"] == group]
    found = [unpack_leaves(row["leaves"]) for row in rows]
    return [one[PersonId(person)].sealed for one in found if person in one]


def key_record(demo: Demo, group: str = GROUP) -> bytes:
    (row,) = (
        r for r in all_rows(demo.keys_url, "key_record") if r["group_id"] == group
    )
    sealed: bytes = row["sealed"]
    return sealed


def in_files(demo: Demo, what: bytes) -> list[str]:
    return [name for name, content in all_bytes(demo.folder) if what in content]


@only_in_files
@pytest.mark.parametrize("person", [MOTHER, None], ids=["person", "group"])
def test_no_byte_of_what_was_sealed_is_left_in_any_file(
    two_groups: Demo, person: str | None
) -> None:
    sealed = [
        *leaves(two_groups, "document", MOTHER),
        *leaves(two_groups, "journal", MOTHER),
        key_record(two_groups),
    ]
    assert len(sealed) == 3
    # A page of SQLite holds no more in one piece.
    assert all(in_files(two_groups, one[:200]) for one in sealed)
    erased(two_groups, person)
    assert not any(in_files(two_groups, one[:200]) for one in sealed)
    assert leaves(two_groups, "journal", MOTHER, OTHER) != [b""]
    two_groups.institution.close()
    assert not any(in_files(two_groups, one[:200]) for one in sealed)


@pytest.mark.parametrize("person", [MOTHER, None], ids=["person", "group"])
def test_no_row_holds_anything_that_was_sealed(
    two_groups: Demo, person: str | None
) -> None:
    of_mother = [
        *leaves(two_groups, "document", MOTHER),
        *leaves(two_groups, "journal", MOTHER),
    ]
    rows = [*all_rows(two_groups.store_url, "journal")]
    skeletons = [row["skeleton"] for row in rows if row["group_id"] == GROUP]
    assert holds(two_groups, [*of_mother, *skeletons]) == [True] * 7
    erased(two_groups, person)
    gone = holds(two_groups, [*of_mother, *skeletons])
    assert gone == [False] * 2 + [person is not None] * 5
    assert two_groups.institution.verify() == ()


def holds(demo: Demo, sealed: Iterable[bytes]) -> list[bool]:
    urls = urls_of(demo.toml).values()
    kept_ = [
        bytes(value)
        for url in urls
        for table in tables_of(url)
        for row in all_rows(url, table)
        for value in row.values()
        if isinstance(value, bytes | memoryview)
    ]
    return [any(bytes(one) in value for value in kept_) for one in sealed]


@pytest.mark.parametrize("person", [MOTHER, None], ids=["person", "group"])
def test_no_word_lies_in_the_clear_before_or_after(
    two_groups: Demo, person: str | None
) -> None:
    assert all(marker in said(two_groups) for marker in MARKERS)
    before = dumps(two_groups.folder)
    erased(two_groups, person)
    for name, content in [*before.items(), *dumps(two_groups.folder).items()]:
        assert not any(marker in content.casefold() for marker in MARKERS), name
    for name, raw in all_bytes(two_groups.folder):
        assert not any(marker.encode() in raw.lower() for marker in MARKERS), name


def test_an_old_database_shows_nothing_with_todays_keys_and_all_with_old_ones(
    two_groups: Demo, tmp_path: Path
) -> None:
    old = kept(two_groups, tmp_path / "old")
    done = erased(two_groups, MOTHER)
    today = kept(two_groups, tmp_path / "today")
    with open_demo(together(two_groups, old, today, tmp_path / "a")) as restored:
        view = restored.institution.view(GROUP, AT_THE_TABLE)
        assert view.said(view.group.person(MOTHER).name) is ERASED
        assert not any(marker in said(restored) for marker in MARKERS)
        exported = str(restored.institution.export(GROUP, ASKER)).casefold()
        assert not any(marker in exported for marker in MARKERS)
        assert restored.institution.verify() == ()
        # In the other group she was not erased.
        assert all(marker in said(restored, OTHER) for marker in MARKERS)
    with open_demo(together(two_groups, old, old, tmp_path / "b")) as undone:
        assert all(marker in said(undone) for marker in MARKERS)
    # That copy of the keys was made before; the last such expires on the day that
    # the report names.
    assert done.final_on == DONE + timedelta(days=35)
    assert done.final_on.isoformat() in (done.report or "")


def test_an_old_database_shows_no_group_that_todays_keys_forgot(
    two_groups: Demo, tmp_path: Path
) -> None:
    old = kept(two_groups, tmp_path / "old")
    done = erased(two_groups, None)
    today = kept(two_groups, tmp_path / "today")
    with open_demo(together(two_groups, old, today, tmp_path / "a")) as restored:
        with pytest.raises(NotAvailable):
            restored.institution.view(GROUP, AT_THE_TABLE)
        assert codes(restored) == [(GROUP, "not_erased")]
        # What the old database brought back goes again, though it knows no request.
        assert restored.institution.erasing.run(ASKER) == Ran(swept=(GROUP,))
        assert restored.institution.verify() == ()
        assert restored.institution.erasing.run(ASKER) == Ran()
    with open_demo(together(two_groups, old, old, tmp_path / "b")) as undone:
        assert all(marker in said(undone) for marker in MARKERS)
    assert done.final_on == DONE + timedelta(days=35)


def codes(demo: Demo) -> list[tuple[str, str]]:
    return [(fault.group, fault.code) for fault in demo.institution.verify()]


@pytest.mark.parametrize("person", [MOTHER, None], ids=["person", "group"])
def test_old_keys_bring_nothing_back_into_todays_database(
    two_groups: Demo, tmp_path: Path, person: str | None
) -> None:
    old = kept(two_groups, tmp_path / "old")
    first = erased(two_groups, person)
    today = kept(two_groups, tmp_path / "today")
    folder = together(two_groups, today, old, tmp_path / "a")
    clock = two_groups.clock
    opened = rgcore.open(folder / "rgcore.toml", clock=clock, ids=Ids("again"))
    with Demo(opened, clock, folder) as restored:
        erasing = restored.institution.erasing
        with pytest.raises(KeyStoreBehind):
            restored.institution.view(GROUP, AT_THE_TABLE)
        with pytest.raises(JournalDamaged):
            restored.institution.repair(GROUP, without_lost_keys=True)
        assert {group for group, _ in codes(restored)} == {GROUP}
        clock.set(DONE + timedelta(days=5))
        (again,) = erasing.run(ASKER).again
        # Copies of the key store from these days have the keys too.
        assert again.final_on == DONE + timedelta(days=40)
        assert erasing.requests() == (again,)
        assert again == evolve(first, done_at=again.done_at, final_on=again.final_on)
        assert restored.institution.verify() == ()
        assert erasing.run(ASKER) == Ran()


def test_an_imported_group_is_erased_like_any_other(
    two_groups: Demo, tmp_path: Path
) -> None:
    content = two_groups.institution.export(GROUP, ASKER)
    with open_demo(tmp_path / "elsewhere", two_groups.clock) as came:
        # The same institution by its id, so that ids of staff stay as they are.
        came.institution.import_group(content, ASKER)
        assert all(marker in said(came) for marker in MARKERS)
        erased(came, MOTHER)
        assert not any(marker in said(came) for marker in MARKERS)
        assert came.institution.verify() == ()
        erased_whole = agreed(came, None)
        came.clock.set(DONE + timedelta(days=60))
        (done,) = came.institution.erasing.run(ASKER).done
        assert done.id == erased_whole.id
        assert came.institution.verify() == ()
        with pytest.raises(rgcore.RgcoreError) as caught:
            came.institution.import_group(content, ASKER)
        assert caught.value.code == "record.group_exists"


def test_other_groups_and_people_are_as_they_were(two_groups: Demo) -> None:
    before = two_groups.institution.view(OTHER, AT_THE_TABLE)
    erased(two_groups, None)
    after = two_groups.institution.view(OTHER, AT_THE_TABLE)
    assert dict(after.words) == dict(before.words)
    assert after.group == before.group


def test_who_recorded_meanwhile_reads_again(two_groups: Demo) -> None:
    store = two_groups.institution._store
    before = store.load(GROUP)
    assert before is not None
    erased(two_groups, MOTHER)
    history = store.history(before)
    index = store.index_row(GROUP)
    assert index is not None
    # As somebody does who read the group before, and is slow: the same entry once more.
    again = evolve(history[-1], words={})
    after = evolve(before.group, seq=before.group.seq + 1)
    entry = evolve(again.entry, seq=after.seq, change=changed(again.entry.change))
    with pytest.raises(LostRace):
        store.append(before, after, [evolve(again, entry=entry)], index)
    assert leaves(two_groups, "document", MOTHER) == [b""]
    assert two_groups.institution.verify() == ()


def changed(change: Change) -> Change:
    return evolve(change, id=ChangeId("c-late"))


def test_nobody_makes_a_new_key_for_whom_was_erased_meanwhile(
    two_groups: Demo,
) -> None:
    keys = two_groups.institution._store.key_store
    before = keys.read(GROUP)
    erased(two_groups, MOTHER)
    new = PersonId("aunt")
    with pytest.raises(KeysForgotten):
        keys.with_subjects(GROUP, before, [MOTHER, new])
    # Whoever has words of others alone goes on.
    made = keys.with_subjects(GROUP, before, [KLAAS, new])
    assert made.subjects.keys() == {KLAAS, new}


def test_nobody_gives_words_to_whom_had_none_when_they_were_erased(
    two_groups: Demo,
) -> None:
    bo = PersonId("bo")
    come = InvolvePerson(
        id=ChangeId("c-bo"), happened_on=FIRST_DAY, person=Person(id=bo)
    )
    two_groups.institution.record(GROUP, [come], AT_THE_TABLE)
    erased(two_groups, bo)
    words = rgcore.Words()
    success = AddSuccess(
        id=ChangeId("c-late"),
        happened_on=FIRST_DAY,
        success=ItemId("late"),
        by=bo,
        words=words.add("t-late", subject=bo, said="gelukt"),
    )
    actor = evolve(AT_THE_TABLE, on_behalf_of=bo)
    with pytest.raises(KeysForgotten):
        two_groups.institution.record(GROUP, [success], actor, words=words)
    assert two_groups.institution.verify() == ()


@pytest.mark.parametrize("asked", ["mother", "mam"])
def test_every_id_of_somebody_who_was_merged_goes(two_groups: Demo, asked: str) -> None:
    institution = two_groups.institution
    nominate(institution, "mam")
    merge = MergePeople(
        id=ChangeId("c-merge"),
        happened_on=FIRST_DAY,
        kept=MOTHER,
        gone=PersonId("mam"),
    )
    institution.record(GROUP, [merge], AT_THE_TABLE)
    done = erased(two_groups, asked)
    assert done.people == ("mam", "mother")
    keys = institution._store.keys(GROUP)
    assert keys is not None
    assert keys.subjects.keys() == {KLAAS}
    assert institution.verify() == ()


def test_who_is_known_from_a_mistake_alone_is_erased_too(two_groups: Demo) -> None:
    mark = MarkInError(
        id=ChangeId("mark"),
        happened_on=FIRST_DAY,
        entries=(ChangeId("c-mother"),),
        because=Code("wrong_client"),
    )
    two_groups.institution.record(GROUP, [mark], AT_THE_TABLE)
    assert leaves(two_groups, "journal", MOTHER) != [b""]
    erased(two_groups, MOTHER)
    assert leaves(two_groups, "journal", MOTHER) == [b""]
    assert two_groups.institution.verify() == ()


def test_a_group_goes_on_and_is_mended_after_an_erasure(two_groups: Demo) -> None:
    erased(two_groups, MOTHER)
    set_goal(two_groups.institution, "after", "verder")
    statement = "DELETE FROM document WHERE group_id = :group"
    execute(two_groups.store_url, statement, group=GROUP)
    assert two_groups.institution.repair(GROUP)
    assert two_groups.institution.verify() == ()
    assert not any(marker in said(two_groups) for marker in MARKERS)
    assert two_groups.institution.erasing.run(ASKER) == Ran()


def test_a_repair_that_began_before_an_erasure_puts_nothing_back(
    two_groups: Demo,
) -> None:
    store = two_groups.institution._store
    index, before = store.index_row(GROUP), store.document(GROUP)
    assert index is not None
    assert before is not None
    own = ("seq", "skeleton", "leaves", "head", "keys_revision")
    document = {name: before[name] for name in own}
    assert store.replace(GROUP, document, index)
    erased(two_groups, MOTHER)
    assert not store.replace(GROUP, document, index)
    assert leaves(two_groups, "document", MOTHER) == [b""]


@pytest.mark.parametrize("person", [MOTHER, None], ids=["person", "group"])
def test_anchors_from_before_an_erasure_still_hold(
    two_groups: Demo, person: str | None
) -> None:
    with two_groups.toml.open("a", encoding="utf-8") as toml:
        toml.write('\n[anchors]\nfile = "demo.anchors"\n')
    clock = two_groups.clock
    opened = rgcore.open(two_groups.toml, clock=clock, ids=Ids("anchored"))
    with Demo(opened, clock, two_groups.folder) as anchored:
        assert len(anchored.institution.anchor().groups) == 2
        done = erased(anchored, person)
        assert '"anchors"' in (done.report or "")
        assert anchored.institution.verify() == ()
        found = anchored.institution.anchor()
        assert (found.groups, found.faults) == ((), ())
        cut = "DELETE FROM journal WHERE group_id = :group AND seq = 5"
        execute(two_groups.store_url, cut, group=GROUP)
        faults = [(one.code, one.seq) for one in anchored.institution.verify(GROUP)]
        assert faults == [("row_missing", 5)]


Alter = Callable[[list[Row]], Iterable[Row]]


def other_person(rows: list[Row]) -> list[Row]:
    return [row | {"person_id": KLAAS} for row in rows]


def whole_group(rows: list[Row]) -> list[Row]:
    return [row | {"person_id": None} for row in rows]


def no_grace(rows: list[Row]) -> list[Row]:
    return [row | {"grace_until": "2020-01-01"} for row in rows]


def confirmed_by_nobody(rows: list[Row]) -> list[Row]:
    named = {"confirmed_by": "op-3", "confirmed_because": "x"}
    return [row | named | {"confirmed_at": row["requested_at"]} for row in rows]


def moved(rows: list[Row]) -> list[Row]:
    return [row | {"group_id": OTHER} for row in rows]


@pytest.mark.parametrize(
    "alter",
    [other_person, whole_group, no_grace, confirmed_by_nobody, moved],
    ids=lambda one: one.__name__,
)
def test_whoever_can_write_the_database_alone_erases_nobody(
    two_groups: Demo, alter: Alter
) -> None:
    erasing = two_groups.institution.erasing
    erasing.request(GROUP, ASKER, person=MOTHER, whose="relative")
    two_groups.clock.set(DONE)
    before = key_record(two_groups), key_record(two_groups, OTHER)
    with tampered(two_groups.store_url, "erasure", alter):
        ran = erasing.run(AGREES)
        assert [one.code for one in ran.failed] == ["store.damaged"]
        with pytest.raises(rgcore.RgcoreError):
            erasing.requests()
    assert (key_record(two_groups), key_record(two_groups, OTHER)) == before
    assert erasing.run(AGREES) == Ran()


@pytest.mark.parametrize("value", ["nooit", "2025-13-45", ""])
@pytest.mark.parametrize("two_groups", ["sqlite"], indirect=True)
def test_a_date_that_is_none_is_damage_and_not_repeated(
    two_groups: Demo, value: str
) -> None:
    erasing = two_groups.institution.erasing
    erasing.request(GROUP, ASKER, person=MOTHER, whose="relative")

    def other(rows: list[Row]) -> list[Row]:
        return [row | {"grace_until": value} for row in rows]

    with tampered(two_groups.store_url, "erasure", other):
        with pytest.raises(StoreDamaged) as caught:
            erasing.requests()
        assert "nooit" not in told(caught.value)


def test_a_hold_that_was_altered_holds_up_everything(two_groups: Demo) -> None:
    erasing = two_groups.institution.erasing
    agreed(two_groups, MOTHER)
    erasing.hold(GROUP, ASKER, kind="complaint", until=DONE + timedelta(days=9))
    two_groups.clock.set(DONE)

    def shorter(rows: list[Row]) -> list[Row]:
        return [row | {"until": "2025-01-07"} for row in rows]

    with tampered(two_groups.store_url, "erasure_hold", shorter):
        assert [one.code for one in erasing.run(AGREES).failed] == ["store.damaged"]
    assert len(erasing.run(AGREES).held) == 1


def test_one_group_that_cannot_be_looked_at_holds_up_no_other(
    two_groups: Demo,
) -> None:
    agreed(two_groups, MOTHER)
    agreed(two_groups, MOTHER, OTHER)
    two_groups.clock.set(DONE)
    lost = tampered(
        two_groups.keys_url,
        "key_record",
        lambda rows: [row for row in rows if row["group_id"] != GROUP],
    )
    with lost:
        ran = two_groups.institution.erasing.run(AGREES)
        assert [(one.group, one.code) for one in ran.failed] == [(GROUP, "keys.behind")]
        assert [one.group for one in ran.done] == [OTHER]


def test_what_is_left_of_an_erased_group_is_named(two_groups: Demo) -> None:
    journal = all_rows(two_groups.store_url, "journal")
    index = all_rows(two_groups.store_url, "group_index")
    erased(two_groups, None)
    with tampered(two_groups.store_url, "journal", lambda _: journal):
        assert codes(two_groups) == [(GROUP, "not_erased")]
    with tampered(two_groups.store_url, "group_index", lambda _: index):
        assert codes(two_groups) == [(GROUP, "not_erased")]
    assert two_groups.institution.verify() == ()


@pytest.mark.parametrize(
    ("alter", "expected"),
    [
        (lambda row: None if row["seq"] == 2 else row, [("row_missing", 2)]),
        (lambda row: None if row["seq"] == 5 else row, [("row_missing", 5)]),
        (lambda row: row | {"type": "goal.set"}, [("row_altered", 1)]),
        (lambda row: row | {"skeleton": b"x"}, [("row_altered", 1)]),
        (lambda row: row | {"leaves": b"\x80"}, [("leaf_altered", 1)]),
        (lambda row: row | {"link": b"x" * 32}, [("row_altered", 1)]),
    ],
    ids=["gap", "end", "header", "skeleton", "leaves", "link"],
)
def test_the_chain_of_an_erased_group_is_still_checked(
    two_groups: Demo,
    alter: Callable[[Row], Row | None],
    expected: list[tuple[str, int]],
) -> None:
    erased(two_groups, None)

    def altered(rows: list[Row]) -> Iterable[Row]:
        for row in rows:
            mine = row["group_id"] == GROUP
            new = alter(row) if mine and expected[0][1] == row["seq"] else row
            if new is not None:
                yield new

    with tampered(two_groups.store_url, "journal", altered):
        found = [(one.code, one.seq) for one in two_groups.institution.verify(GROUP)]
    assert set(expected) <= set(found)


def test_the_store_erases_one_thing_twice_without_harm(two_groups: Demo) -> None:
    store = two_groups.institution._store
    eraser = Eraser(store)
    target = Target(group=GROUP, people=frozenset([MOTHER]))
    for _ in range(2):
        eraser.forget(target)
        eraser.empty(target)
        assert not eraser.has_keys(target)
        assert not eraser.is_left(target)
    keys = store.keys(GROUP)
    assert keys is not None
    assert keys.revision == 3
    assert two_groups.institution.verify() == ()


def test_a_group_that_was_never_there_has_nothing_to_forget(demo: Demo) -> None:
    eraser = Eraser(demo.institution._store)
    target = Target(group=GroupId("nothing"), people=None)
    eraser.forget(target)
    eraser.empty(target)
    assert not eraser.is_left(target)
    start_klaas(demo.institution)
