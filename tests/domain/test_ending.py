"""What ends when somebody leaves, is no longer involved, or dies."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from method.groups import ESMEE, KLAAS, MOTHER, Row, begun, change_from
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, PersonId
from rgcore.domain.people import DIRECTION_SUPPORTER

JOINED: Final[list[Row]] = [
    {"type": "member.nominate", "happened_on": "2025-01-06", "nomination": "n-mother",
     "person": {"id": MOTHER}},
    {"type": "member.accept", "happened_on": "2025-01-10", "nomination": "n-mother"},
]  # fmt: skip
ARTS: Final = PersonId("arts")
INVOLVED: Final[Row] = {
    "type": "person.involve", "happened_on": "2025-01-12",
    "person": {"id": ARTS, "staff": True}, "role": "responsible_clinician",
}  # fmt: skip


def _rests(day: str, person: str = MOTHER, name: str = "rest") -> Row:
    return {"type": "member.step_back", "happened_on": day, "rest": name,
            "person": person}  # fmt: skip


def _leaves(day: str, person: str = MOTHER) -> Row:
    return {"type": "member.leave", "happened_on": day, "person": person}


def _dies(day: str, person: str) -> Row:
    return {"type": "person.die", "happened_on": day, "person": person}


def _role(day: str, person: str, role: str = "chair") -> Row:
    return {"type": "role.assign", "happened_on": day, "person": person, "role": role}


def _stands_in(day: str, until: str | None = None) -> Row:
    row = {"type": "role.stand_in", "happened_on": day, "person": MOTHER,
           "role": DIRECTION_SUPPORTER, "stands_in_for": ESMEE}  # fmt: skip
    return row | ({"until": until} if until else {})


def _ends(group: ResourceGroup, role: str, person: str = MOTHER) -> list[date | None]:
    return [r.until for r in group.roles if (r.role, r.person) == (role, person)]


def test_a_rest_ends_with_the_membership_so_that_who_comes_back_is_expected() -> None:
    again: list[Row] = [
        {"type": "member.nominate", "happened_on": "2025-03-01", "nomination": "n-2",
         "known": MOTHER},
        {"type": "member.accept", "happened_on": "2025-03-01", "nomination": "n-2"},
    ]  # fmt: skip
    group = begun(*JOINED, _rests("2025-02-01"), _leaves("2025-02-15"), *again)
    assert group.rests_on(MOTHER, date(2025, 2, 14))
    assert not group.rests_on(MOTHER, date(2025, 3, 1))
    assert MOTHER in group.members_on(date(2025, 3, 1))


def test_whoever_leaves_stands_in_no_longer() -> None:
    group = begun(
        *JOINED, _stands_in("2025-02-01", "2025-04-01"), _leaves("2025-02-15")
    )
    assert _ends(group, DIRECTION_SUPPORTER) == [date(2025, 2, 15)]


def test_a_role_that_ended_later_than_somebody_left_stays_as_it_was_recorded() -> None:
    ended = {"type": "role.end", "happened_on": "2025-02-20", "person": MOTHER,
             "role": "chair"}  # fmt: skip
    rows = [_role("2025-02-01", MOTHER), ended, _leaves("2025-02-15")]
    assert _ends(begun(*JOINED, *rows), "chair") == [date(2025, 2, 20)]


def test_standing_in_can_be_ended_before_its_day_and_not_after() -> None:
    rows = [*JOINED, _stands_in("2025-02-01", "2025-04-01")]
    ended = {"type": "role.end", "happened_on": "2025-03-01", "person": MOTHER,
             "role": DIRECTION_SUPPORTER}  # fmt: skip
    assert _ends(begun(*rows, ended), DIRECTION_SUPPORTER) == [date(2025, 3, 1)]
    late = change_from({**ended, "happened_on": "2025-04-01"})
    found = [f.code for f in late.problems(begun(*rows))]
    assert found == ["structure.role_not_held"]


def test_whoever_stands_in_holds_the_role_beside_its_holder_and_once() -> None:
    group = begun(*JOINED, _stands_in("2025-02-01", "2025-02-10"),
                  _stands_in("2025-02-10"))  # fmt: skip
    day = date(2025, 2, 10)
    assert group.holders_on(DIRECTION_SUPPORTER, day) == (ESMEE, MOTHER)


INVOLVEMENT_ENDS: Final[Row] = {
    "type": "person.end_involvement", "happened_on": "2025-02-01", "person": ARTS,
}  # fmt: skip
CLINICIAN: Final = Code("responsible_clinician")


def test_a_role_ends_with_the_involvement() -> None:
    group = begun(INVOLVED, INVOLVEMENT_ENDS)
    assert group.involved_on(date(2025, 1, 31)) == (ARTS,)
    assert group.involved_on(date(2025, 2, 1)) == ()
    assert _ends(group, CLINICIAN, ARTS) == [date(2025, 2, 1)]


def test_whoever_became_a_member_keeps_their_roles_when_the_involvement_ends() -> None:
    joins: list[Row] = [
        {"type": "member.nominate", "happened_on": "2025-01-20", "nomination": "n-arts",
         "known": ARTS},
        {"type": "member.accept", "happened_on": "2025-01-20", "nomination": "n-arts"},
    ]  # fmt: skip
    group = begun(INVOLVED, *joins, INVOLVEMENT_ENDS)
    assert _ends(group, CLINICIAN, ARTS) == [None]
    assert ARTS in group.members_on(date(2025, 2, 1))


def test_nothing_runs_on_after_taking_part_once() -> None:
    once = {**INVOLVED, "role": None, "once": True}
    group = begun(once)
    assert group.involvements == ()
    found = [f.code for f in change_from(INVOLVEMENT_ENDS).problems(group)]
    assert found == ["structure.not_involved"]


def test_all_that_runs_for_somebody_ends_on_the_day_they_died() -> None:
    rows = [*JOINED, _role("2025-02-01", MOTHER), _rests("2025-02-02"),
            _stands_in("2025-02-01", "2025-06-01"), _leaves("2025-05-01"),
            _dies("2025-03-01", MOTHER)]  # fmt: skip
    group = begun(*rows)
    day = date(2025, 3, 1)
    assert group.died_on(MOTHER) == day
    assert [m.until for m in group.memberships if m.person == MOTHER] == [day]
    assert _ends(group, "chair") == [day]
    assert _ends(group, DIRECTION_SUPPORTER) == [day]
    assert [r.until for r in group.rests] == [day]
    assert begun(INVOLVED, _dies("2025-03-01", ARTS)).involvements[0].until == day


def test_what_would_have_begun_after_a_death_has_no_day() -> None:
    group = begun(*JOINED, _role("2025-03-10", MOTHER), _dies("2025-03-01", MOTHER))
    assert _ends(group, "chair") == [date(2025, 3, 10)]
    assert not group.holders_on(Code("chair"), date(2025, 3, 10))


def test_a_mistake_is_corrected_after_the_death_of_who_made_it() -> None:
    named = {"type": "group.name", "happened_on": "2025-01-07", "id": "c-name",
             "name": {"id": "t-name", "subject": KLAAS}}  # fmt: skip
    group = begun(named, _dies("2025-01-08", KLAAS))
    mark = {"type": "entry.mark_in_error", "happened_on": "2025-01-09",
            "entries": ["c-name"], "because": "typed_wrong"}  # fmt: skip
    assert not tuple(change_from(mark).problems(group))
    late = change_from({**named, "id": "c-2", "happened_on": "2025-01-09"})
    assert "structure.has_died" in [f.code for f in late.problems(group)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-02-01", True), ("2025-02-20", False), ("2025-03-01", True)],
)
def test_a_supporter_who_is_no_member_is_expected_unless_they_rest(
    day: str,
    expected: bool,  # noqa: FBT001
) -> None:
    rows: list[Row] = [
        {"type": "person.involve", "happened_on": "2025-01-10",
         "person": {"id": "tom", "staff": True}, "role": DIRECTION_SUPPORTER},
        {**_rests("2025-02-10", "tom"), "until": "2025-03-01"},
        {"type": "meeting.hold", "happened_on": day, "unplanned": "m1",
         "kind": "extra"},
    ]  # fmt: skip
    (meeting,) = begun(*rows).meetings
    assert ("tom" in meeting.expected) is expected
    (alone,) = begun(*rows[:2], {**rows[2], "with_supporter": False}).meetings
    assert "tom" not in alone.expected


def test_nobody_of_care_is_expected_without_professionals() -> None:
    planned = {"type": "meeting.plan", "happened_on": "2025-01-12", "meeting": "m1",
               "kind": "extra", "planned_for": "2025-01-20",
               "without_professionals": True}  # fmt: skip
    held = {"type": "meeting.hold", "happened_on": "2025-01-20", "meeting": "m1"}
    (meeting,) = begun(*JOINED, planned, held).meetings
    assert meeting.expected == (KLAAS, MOTHER)
