"""A leaf is empty where the journal says so, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from attrs import evolve

import rgcore
from databases import execute
from rgcore.domain.changes import (
    AddSuccess,
    Change,
    EmptyInError,
    InvolvePerson,
    MarkInError,
)
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId
from rgcore.domain.people import Person
from rgcore.domain.text import ERASED
from rgcore.errors import JournalDamaged, KeysForgotten
from rgcore.store.leaves import (
    SealedLeaf,
    SealedLeaves,
    pack_leaves,
    unpack_leaves,
)
from support import (
    AT_THE_TABLE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    Demo,
    Row,
    all_bytes,
    forget,
    set_goal,
    tampered,
)

MOTHER = PersonId("mother")
BO = PersonId("bo")
FOR_BO = evolve(AT_THE_TABLE, on_behalf_of=BO)
NOMINATED = 3
"""The row of the nomination: the only one with leaves of two people."""


only_in_files = pytest.mark.parametrize("two_groups", ["sqlite"], indirect=True)


def correct(
    demo: Demo,
    *entries: str,
    emptied: bool = True,
    actor: rgcore.Actor = AT_THE_TABLE,
) -> None:
    named = tuple(map(ChangeId, entries))
    changes: list[Change] = [
        MarkInError(
            id=ChangeId("mark"),
            happened_on=FIRST_DAY,
            entries=named,
            because=Code("wrong_client"),
        )
    ]
    if emptied:
        changes.append(
            EmptyInError(id=ChangeId("empty"), happened_on=FIRST_DAY, entries=named)
        )
    demo.institution.record(GROUP, changes, actor)


def leaves(demo: Demo, seq: int) -> SealedLeaves:
    query = "SELECT leaves FROM journal WHERE group_id = :group AND seq = :seq"
    (row,) = execute(demo.store_url, query, group=GROUP, seq=seq)
    return unpack_leaves(row[0])


def faults(
    demo: Demo, seq: int, alter: Callable[[SealedLeaves], SealedLeaves]
) -> list[tuple[str, int | None]]:
    """Return what verify says while the leaves of a row of Klaas are others."""

    def altered(rows: list[Row]) -> Iterable[Row]:
        for row in rows:
            if row["group_id"] == GROUP and row["seq"] == seq:
                row["leaves"] = pack_leaves(alter(unpack_leaves(row["leaves"])))
        return rows

    with tampered(demo.store_url, "journal", altered):
        found = demo.institution.verify()
    return [(fault.code, fault.seq) for fault in found]


def emptied(these: SealedLeaves) -> SealedLeaves:
    return {person: SealedLeaf(leaf.seq, b"") for person, leaf in these.items()}


def one_emptied(these: SealedLeaves) -> SealedLeaves:
    return these | {MOTHER: SealedLeaf(NOMINATED, b"")}


def test_emptied_leaves_hold_nothing_and_the_chain_holds(two_groups: Demo) -> None:
    before = leaves(two_groups, NOMINATED)
    assert all(leaf.sealed for leaf in before.values())
    correct(two_groups, "c-mother")
    assert leaves(two_groups, NOMINATED) == emptied(before)
    assert two_groups.institution.verify() == ()
    set_goal(two_groups.institution, "after", "verder")
    assert two_groups.institution.verify() == ()


@only_in_files
def test_nothing_of_what_was_emptied_is_left_in_a_file(two_groups: Demo) -> None:
    sealed = [leaf.sealed for leaf in leaves(two_groups, NOMINATED).values()]
    assert len(sealed) == 2
    assert all(found_in_files(two_groups, one) for one in sealed)
    correct(two_groups, "c-mother")
    assert not any(found_in_files(two_groups, one) for one in sealed)


def found_in_files(demo: Demo, sealed: bytes) -> bool:
    return any(sealed[:200] in content for _, content in all_bytes(demo.folder))


def test_marking_alone_empties_nothing(two_groups: Demo) -> None:
    before = leaves(two_groups, NOMINATED)
    correct(two_groups, "c-mother", emptied=False)
    assert leaves(two_groups, NOMINATED) == before


@pytest.mark.parametrize("alter", [emptied, one_emptied])
@pytest.mark.parametrize("marked", [False, True], ids=["counts", "marked"])
def test_a_leaf_that_a_thief_emptied_is_named(
    two_groups: Demo,
    alter: Callable[[SealedLeaves], SealedLeaves],
    marked: bool,  # noqa: FBT001
) -> None:
    if marked:
        correct(two_groups, "c-mother", emptied=False)
    assert faults(two_groups, NOMINATED, alter) == [("leaf_altered", NOMINATED)]


def test_a_leaf_that_was_put_back_is_named(two_groups: Demo) -> None:
    before = leaves(two_groups, NOMINATED)
    correct(two_groups, "c-mother")
    back = [("leaf_not_emptied", NOMINATED)]
    assert faults(two_groups, NOMINATED, lambda _: before) == back
    one = one_emptied(before)
    altered = [("leaf_altered", NOMINATED)]
    assert faults(two_groups, NOMINATED, lambda _: one) == altered


@pytest.mark.parametrize(
    "alter",
    [
        lambda _: {},
        lambda these: {MOTHER: these[MOTHER]},
        lambda these: these | {PersonId("nobody"): SealedLeaf(NOMINATED, b"")},
        lambda these: these | {MOTHER: SealedLeaf(NOMINATED + 1, b"")},
    ],
    ids=["gone", "one gone", "one more", "of another row"],
)
def test_emptied_leaves_stay_as_they_are(
    two_groups: Demo, alter: Callable[[SealedLeaves], SealedLeaves]
) -> None:
    correct(two_groups, "c-mother")
    assert faults(two_groups, NOMINATED, alter) == [("leaf_altered", NOMINATED)]


def test_a_change_without_words_has_nothing_to_empty(two_groups: Demo) -> None:
    change = MarkInError(
        id=ChangeId("c-m"),
        happened_on=FIRST_DAY,
        entries=(ChangeId("c-bike"),),
        because=Code("typed_wrong"),
    )
    two_groups.institution.record(GROUP, [change], AT_THE_TABLE)
    assert leaves(two_groups, 6) == {}
    assert two_groups.institution.verify() == ()


def lose_document(demo: Demo) -> None:
    statement = "DELETE FROM document WHERE group_id = :group"
    execute(demo.store_url, statement, group=GROUP)


@pytest.mark.parametrize("gone", [False, True], ids=["marked", "emptied"])
def test_a_document_made_anew_leaves_out_what_is_in_error(
    two_groups: Demo,
    gone: bool,  # noqa: FBT001
) -> None:
    correct(two_groups, "c-mother", "c-dog", emptied=gone)
    before = two_groups.institution.view(GROUP, AT_THE_TABLE)
    lose_document(two_groups)
    assert two_groups.institution.repair(GROUP)
    after = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert after.group == before.group
    assert dict(after.words) == dict(before.words)
    assert "t-dog" not in after.words
    assert two_groups.institution.verify() == ()


def test_a_document_with_words_of_a_mistake_is_not_what_the_journal_says(
    two_groups: Demo,
) -> None:
    query = "SELECT leaves FROM document WHERE group_id = :group"
    ((old,),) = execute(two_groups.store_url, query, group=GROUP)
    correct(two_groups, "c-dog", emptied=False)

    def put_back(rows: list[Row]) -> Iterable[Row]:
        return [r | {"leaves": old} if r["group_id"] == GROUP else r for r in rows]

    with tampered(two_groups.store_url, "document", put_back):
        found = two_groups.institution.verify()
    assert [fault.code for fault in found] == ["document_differs"]


def test_nothing_is_made_anew_while_a_text_is_back(two_groups: Demo) -> None:
    before = leaves(two_groups, NOMINATED)
    correct(two_groups, "c-mother")
    lose_document(two_groups)
    statement = "UPDATE journal SET leaves = :old WHERE group_id = :group AND seq = :s"
    old = pack_leaves(before)
    execute(two_groups.store_url, statement, old=old, group=GROUP, s=NOMINATED)
    with pytest.raises(JournalDamaged):
        two_groups.institution.repair(GROUP)


def succeed(demo: Demo, name: str) -> None:
    words = rgcore.Words()
    change = AddSuccess(
        id=ChangeId(f"c-{name}"),
        happened_on=FIRST_DAY,
        success=ItemId(name),
        by=BO,
        words=words.add(f"t-{name}", subject=BO, said="gelukt"),
    )
    demo.institution.record(GROUP, [change], FOR_BO, words=words)


@pytest.mark.parametrize("gone", [False, True], ids=["marked", "emptied"])
@pytest.mark.parametrize("mended", [False, True], ids=["as it was", "mended"])
def test_nobody_makes_a_new_key_for_whom_only_mistakes_spoke(
    two_groups: Demo,
    mended: bool,  # noqa: FBT001
    gone: bool,  # noqa: FBT001
) -> None:
    bo = InvolvePerson(id=ChangeId("c-bo"), happened_on=FIRST_DAY, person=Person(id=BO))
    two_groups.institution.record(GROUP, [bo], AT_THE_TABLE)
    succeed(two_groups, "first")
    correct(two_groups, "c-first", emptied=gone, actor=FOR_BO)
    forget(two_groups, BO)
    if mended:
        lose_document(two_groups)
        two_groups.institution.repair(GROUP)
    assert two_groups.institution.verify() == ()
    with pytest.raises(KeysForgotten):
        succeed(two_groups, "second")
    assert two_groups.institution.verify() == ()


def test_what_was_erased_stays_erased_through_a_correction(two_groups: Demo) -> None:
    forget(two_groups, MOTHER)
    correct(two_groups, "c-dog")
    seen = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert seen.said(seen.group.person(MOTHER).name) is ERASED
    assert seen.name(KLAAS) == rgcore.PersonName.of("Klaas")
    assert two_groups.institution.verify() == ()
    assert two_groups.institution.repair(GROUP) == ()
