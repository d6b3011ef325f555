"""What settings note and a newer method do to a group, and what they leave alone."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from attrs import evolve

from method.groups import (
    AT_THE_TABLE,
    ESMEE,
    KLAAS,
    METHOD,
    MOTHER,
    START,
    Row,
    begun,
    change_from,
    changes_from,
    entry_of,
)
from rgcore.domain.foreign import namespace_of
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId, Kind, PersonId
from rgcore.domain.journal import fold, fold_all

DAY: Final = date(2025, 6, 2)
KNOWN: Final[Row] = {"type": "person.involve", "happened_on": DAY,
                     "person": {"id": MOTHER}}  # fmt: skip
COMPOSITIONS: Final = ("1" * 16, "2" * 16)


def _note(note: str, kind: str = "youth.course", **more: Any) -> Row:  # noqa: ANN401
    return {"type": "setting.note", "happened_on": DAY, "note": note, "kind": kind,
            **more}  # fmt: skip


def _adopt(to: str) -> Row:
    return {"type": "method.adopt", "happened_on": DAY, "to": to}


def test_notes_are_kept_by_the_namespace_of_their_setting() -> None:
    group = begun(_note("n1"), _note("n2", "work.job"), _note("n3", "youth.school"))
    found = {space: [n.id for n in notes] for space, notes in group.foreign.items()}
    assert found == {"youth": ["n1", "n3"], "work": ["n2"]}
    assert list(group.ids(Kind.OWN_NOTE)) == ["n1", "n2", "n3"]


def test_a_note_is_kept_as_it_was_given() -> None:
    values = [{"name": "evenings", "number": 6}, {"name": "begins", "day": DAY}]
    (note,) = begun(KNOWN, _note("n1", schema=3, whose=MOTHER, values=values)).notes
    assert (note.on, note.schema, note.whose) == (DAY, 3, MOTHER)
    evenings, nothing = note.value("evenings"), note.value("weather")
    assert evenings is not None
    assert (evenings.number, nothing) == (6, None)


def test_a_note_alters_nothing_else() -> None:
    before, after = begun(), begun(_note("n1"))
    kept = evolve(after, notes=(), seq=before.seq, happenings=before.happenings)
    assert kept == before


@pytest.mark.parametrize(
    ("code", "namespace"),
    [("youth.course", "youth"), ("youth.school.class", "youth"), ("course", "")],
)
def test_a_namespace_stands_before_the_first_dot(code: str, namespace: str) -> None:
    assert namespace_of(Code(code)) == namespace


def test_what_happened_is_named_by_the_kind_of_a_note() -> None:
    happened = begun(_note("n1")).happenings[-1]
    assert happened.fact == "setting.note:youth.course"
    assert happened.is_a("setting.note")


def test_somebody_who_turns_out_to_be_another_is_so_in_notes_too() -> None:
    values = [{"name": "with", "person": "again"}]
    again = {**KNOWN, "person": {"id": "again"}}
    merged = {"type": "person.merge", "happened_on": DAY, "kept": MOTHER,
              "gone": "again"}  # fmt: skip
    group = begun(KNOWN, again, _note("n1", whose="again", values=values), merged)
    (note,) = group.notes
    assert (note.whose, note.values[0].person) == (MOTHER, MOTHER)


def _deciders_of(note: Row, by: PersonId) -> list[PersonId | None]:
    """Return whose a note and its corrections are, after each other."""
    rows: list[Row] = [
        note,
        {"type": "entry.mark_in_error", "entries": ["c-0"], "because": "typed_wrong"},
        {"type": "entry.undo_in_error", "entries": ["c-0"]},
    ]
    actor = evolve(AT_THE_TABLE, on_behalf_of=by if by != ESMEE else None)
    journal = [
        entry_of(c, n) for n, c in enumerate(changes_from([START, KNOWN], "s"), 1)
    ]
    found = []
    for change in changes_from([{"happened_on": DAY, **row} for row in rows]):
        group = fold_all(journal)
        assert group is not None
        found.append(change.decided_for(group))
        journal.append(entry_of(change, len(journal) + 1, actor))
    return found


@pytest.mark.parametrize("whose", [KLAAS, MOTHER])
def test_whose_a_note_was_decides_that_it_was_a_mistake(whose: PersonId) -> None:
    assert _deciders_of(_note("n1", whose=whose), whose) == [whose] * 3


@pytest.mark.parametrize("by", [KLAAS, ESMEE])
def test_that_a_note_of_nobody_was_a_mistake_anybody_decides_who_may(
    by: PersonId,
) -> None:
    assert _deciders_of(_note("n1"), by) == [None] * 3


def test_a_group_goes_by_the_composition_that_it_adopted_last() -> None:
    assert begun().composition == METHOD.digest
    assert begun(*map(_adopt, COMPOSITIONS)).composition == COMPOSITIONS[1]
    assert begun(_adopt(COMPOSITIONS[0]), _adopt(METHOD.digest)).composition == (
        METHOD.digest
    )


def _imported(*came: Row) -> ResourceGroup:
    """Return a group after its import and what came along with it."""
    first = {"type": "group.import", "happened_on": DAY, "source_group": "g1",
             "source_institution": "elsewhere", "head": "0", "digest": "1",
             "count": 1 + len(came), "group": "g1", "client": KLAAS, "team": "team-1",
             "started_on": date(2025, 1, 6)}  # fmt: skip
    changes = changes_from([first, START, *came])
    group = fold_all(entry_of(change, n) for n, change in enumerate(changes, 1))
    assert group is not None
    return group


def test_what_was_adopted_elsewhere_pins_a_group_to_nothing_here() -> None:
    group = _imported(*map(_adopt, COMPOSITIONS), _adopt(COMPOSITIONS[1]))
    assert group.composition == METHOD.digest
    assert [h.fact for h in group.happenings][-3:] == ["method.adopt"] * 3


def test_a_group_that_came_in_adopts_a_newer_composition_here() -> None:
    group = _imported(_adopt(COMPOSITIONS[0]))
    change = change_from(_adopt(COMPOSITIONS[0]), "here")
    assert not tuple(change.problems(group))
    after = fold(group, entry_of(change, group.seq + 1))
    assert after.composition == COMPOSITIONS[0]
    again = change_from(_adopt(COMPOSITIONS[0]), "again")
    assert [f.code for f in again.problems(after)] == ["structure.adopted_already"]


def test_a_group_that_came_in_does_not_adopt_what_it_was_pinned_to() -> None:
    change = change_from(_adopt(METHOD.digest), "here")
    (found,) = change.problems(_imported(_adopt(COMPOSITIONS[0])))
    assert (found.code, found.path) == ("structure.adopted_already", "to")


def test_to_adopt_by_mistake_is_taken_back() -> None:
    start, adopt, mark = changes_from(
        [
            START,
            _adopt(COMPOSITIONS[0]),
            {"type": "entry.mark_in_error", "happened_on": DAY, "entries": ["c-1"],
             "because": "typed_wrong"},
        ]
    )  # fmt: skip
    journal = [entry_of(change, n) for n, change in enumerate([start, adopt, mark], 1)]
    group = fold_all(journal)
    assert group is not None
    assert group.composition == METHOD.digest


def test_a_note_that_is_a_mistake_is_no_longer_there() -> None:
    changes = changes_from(
        [
            START,
            _note("n1"),
            {"type": "entry.mark_in_error", "happened_on": DAY, "entries": ["c-1"],
             "because": "typed_wrong"},
        ]
    )  # fmt: skip
    group = fold_all(entry_of(change, n) for n, change in enumerate(changes, 1))
    assert group is not None
    assert group.notes == ()
    assert not group.knows(ItemId("n1"))
