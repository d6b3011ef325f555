"""What was entered in error does nothing, as if it had never been recorded."""

from __future__ import annotations

from typing import Final

import pytest
from attrs import evolve
from hypothesis import assume, given, settings, strategies as st

from method.generated import Course, courses
from method.groups import (
    ESMEE,
    KLAAS,
    MOTHER,
    START,
    Row,
    change_from,
    changes_from,
    entry_of,
    text,
)
from rgcore.domain.changes import Change
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId
from rgcore.domain.journal import Entry, NeedsJournal, fold, fold_all, in_error, unfit

few = settings(max_examples=30)

GOAL: Final[Row] = {"type": "goal.set", "happened_on": "2025-01-07", "goal": "work",
                    "id": "c-goal", "term": "long", "dimension": "personal",
                    "words": {"id": "t-goal", "subject": KLAAS}}  # fmt: skip
AGREED: Final[Row] = {"type": "goal.agree", "happened_on": "2025-01-07",
                      "id": "c-agree", "goals": ["work"]}  # fmt: skip
REVIEWED: Final[Row] = {"type": "goal.review", "happened_on": "2025-01-07",
                        "id": "c-review", "goal": "work",
                        "achievement": "partly"}  # fmt: skip
NAMED: Final[Row] = {"type": "group.name", "happened_on": "2025-01-07", "id": "c-name",
                     "name": text()}  # fmt: skip


def _mark(*entries: str, name: str = "mark") -> Row:
    return {"type": "entry.mark_in_error", "happened_on": "2025-01-08", "id": name,
            "entries": entries, "because": "typed_wrong"}  # fmt: skip


def _undo(*entries: str, name: str = "undo") -> Row:
    return {"type": "entry.undo_in_error", "happened_on": "2025-01-08", "id": name,
            "entries": entries}  # fmt: skip


def _journal(*rows: Row) -> tuple[Entry, ...]:
    changes = changes_from([START, *rows])
    return tuple(entry_of(change, seq) for seq, change in enumerate(changes, start=1))


def _folded(entries: tuple[Entry, ...]) -> ResourceGroup:
    group = fold_all(entries)
    assert group is not None
    return group


def _bare(group: ResourceGroup) -> ResourceGroup:
    return evolve(group, happenings=(), seq=0)


def _and(entries: tuple[Entry, ...], *rows: Row) -> tuple[Entry, ...]:
    changes = [change_from(row) for row in rows]
    return (
        *entries,
        *(entry_of(c, n) for n, c in enumerate(changes, len(entries) + 1)),
    )


def _markable(course: Course) -> list[Entry]:
    out = in_error(course.entries)
    return [
        e
        for e in course.entries[1:]
        if not e.change.TYPE.startswith("entry.") and e.change.id not in out
    ]


@few
@given(courses(), st.data())
def test_a_change_nobody_builds_on_is_as_good_as_never_recorded_once_marked(
    course: Course, data: st.DataObject
) -> None:
    assume(_markable(course))
    one = data.draw(st.sampled_from(_markable(course)))
    marked = _and(course.entries, _mark(one.change.id))
    assume(not unfit(marked))
    left = tuple(entry for entry in course.entries if entry is not one)
    assert _bare(_folded(marked)) == _bare(_folded(left))


@few
@given(courses(), st.data())
def test_marking_and_undoing_leaves_the_group_as_it_was(
    course: Course, data: st.DataObject
) -> None:
    assume(_markable(course))
    one = data.draw(st.sampled_from(_markable(course))).change.id
    whole = _and(course.entries, _mark(one), _undo(one))
    assert _bare(_folded(whole)) == _bare(course.group)
    before, after = course.group.happenings, _folded(whole).happenings
    assert after[: len(before)] == before


@few
@given(courses(), st.data())
def test_all_that_builds_on_a_change_is_named_at_once(
    course: Course, data: st.DataObject
) -> None:
    assume(_markable(course))
    one = data.draw(st.sampled_from(_markable(course))).change.id
    named = [u.entry.change.id for u in unfit(_and(course.entries, _mark(one)))]
    # A change that is no longer there cannot be corrected itself either.
    plain = [c for c in named if not _is_correction(course, c)]
    assert unfit(_and(course.entries, _mark(one, *plain))) == ()


def _is_correction(course: Course, change: ChangeId) -> bool:
    types = {c.id: c.TYPE for c in course.changes}
    return types.get(change, "").startswith("entry.")


@few
@given(courses())
def test_a_journal_that_was_recorded_fits(course: Course) -> None:
    assert unfit(course.entries) == ()


def test_every_entry_keeps_its_happening_and_says_what_marked_it() -> None:
    group = _folded(_journal(GOAL, NAMED, _mark("c-goal")))
    assert [h.seq for h in group.happenings] == [1, 2, 3, 4]
    assert [h.in_error for h in group.happenings] == [None, "mark", None, None]
    assert [h.fact for h in group.counting] == [
        "group.start",
        "group.name",
        "entry.mark_in_error:typed_wrong",
    ]
    assert group.goals == ()
    assert group.seq == 4


def test_what_is_marked_again_after_an_undo_is_in_error_by_the_last_mark() -> None:
    rows = [_mark("c-goal"), _undo("c-goal"), _mark("c-goal", name="again")]
    group = _folded(_journal(GOAL, *rows))
    assert group.happenings[1].in_error == "again"
    assert group.goals == ()


def test_a_correction_is_about_what_the_changes_were_about_that_it_names() -> None:
    group = _folded(_journal(GOAL, AGREED, _mark("c-agree", "c-goal")))
    assert group.happenings[-1].touched == ("work",)


def test_a_correction_alone_cannot_be_folded() -> None:
    entries = _journal(GOAL, _mark("c-goal"))
    with pytest.raises(NeedsJournal):
        fold(_folded(entries[:2]), entries[2])


def test_the_first_change_after_a_correction_is_folded_by_itself() -> None:
    entries = _journal(GOAL, _mark("c-goal"), NAMED)
    assert fold(_folded(entries[:3]), entries[3]) == _folded(entries)


def _unfit(*rows: Row) -> list[tuple[str, list[str]]]:
    return [
        (u.entry.change.id, [f.code.removeprefix("structure.") for f in u.findings])
        for u in unfit(_journal(*rows))
    ]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([GOAL, AGREED, REVIEWED, NAMED], []),
        ([GOAL, AGREED, REVIEWED, NAMED, _mark("c-goal")],
         [("c-agree", ["unknown_item"]), ("c-review", ["unknown_item"])]),
        ([GOAL, AGREED, _mark("c-agree", "c-goal")], []),
        ([GOAL, _mark("c-goal"), {**GOAL, "id": "c-2"}], []),
        ([GOAL, _mark("c-goal"),
          {**GOAL, "id": "c-2", "words": {"id": "t-2", "subject": KLAAS}},
          _undo("c-goal")],
         [("c-2", ["id_in_use"])]),
        ([GOAL, _mark("c-goal"), {**GOAL, "id": "c-2", "goal": "other"},
          _undo("c-goal")],
         [("c-2", ["text_known"])]),
        ([GOAL, _undo("c-goal")], [("undo", ["not_marked"])]),
        ([GOAL, _mark("c-goal"), _mark("c-goal", name="twice")],
         [("twice", ["marked_already"])]),
        ([_mark("c-0")], [("mark", ["cannot_be_marked"])]),
    ],
    ids=["fits", "others build on it", "all at once", "id again", "id back",
         "text back", "not marked", "marked twice", "the start"],
)  # fmt: skip
def test_a_journal_says_what_does_not_fit_it(
    rows: list[Row], named: list[tuple[str, list[str]]]
) -> None:
    assert _unfit(*rows) == named


@pytest.mark.parametrize(
    ("rows", "fact"),
    [
        ([], "meeting.hold"),
        ([{"type": "meeting.plan", "happened_on": "2025-01-07", "id": "c-plan",
           "meeting": "m1", "kind": "kick_off", "planned_for": "2025-01-07"}],
         "meeting.hold:kick_off"),
    ],
    ids=["plan in error too", "plan counts"],
)  # fmt: skip
def test_a_meeting_that_was_not_held_is_still_told_by_what_is_known_of_it(
    rows: list[Row], fact: str
) -> None:
    held = {"type": "meeting.hold", "happened_on": "2025-01-07", "meeting": "m1",
            "id": "c-held"}  # fmt: skip
    entries = _journal(*rows, held, _mark("c-held"))
    told = {h.change: h.fact for h in _folded(entries).happenings}
    assert told[ChangeId("c-held")] == fact


def _decider(change: Change, *rows: Row) -> str | None:
    entries = _journal(*rows)
    return change.decided_for(_folded(entries))


DOWN: Final[Row] = {"type": "care.scale_down", "happened_on": "2025-01-07",
                    "id": "c-down", "scale_down": "sd1", "to": "gp"}  # fmt: skip
INVOLVED: Final[Row] = {"type": "person.involve", "happened_on": "2025-01-07",
                        "id": "c-involve", "person": {"id": MOTHER}}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "decider"),
    [
        (GOAL, KLAAS),
        (INVOLVED, None),
        ({**DOWN, "decided_by": ESMEE}, None),
        ({**DOWN, "decided_by": KLAAS}, KLAAS),
    ],
    ids=["client's", "anybody's", "the team's", "scaling down by the client"],
)
def test_a_correction_is_decided_by_whom_the_change_was(
    row: Row, decider: str | None
) -> None:
    change = change_from(_mark(str(row["id"])))
    assert _decider(change, row) == decider
