from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from method.generated import Course, courses, few
from method.groups import METHOD, Row, begun, change_from, judged
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.method import open_on, prompts

FIRST: Final = date(2025, 1, 6)
DAY: Final = timedelta(days=1)

NOMINATED: Final[Row] = {
    "type": "member.nominate",
    "happened_on": date(2025, 1, 20),
    "nomination": "n1",
    "person": {"id": "mother"},
}
APPROACHED: Final[Row] = {
    "type": "member.approach",
    "happened_on": date(2025, 1, 22),
    "nomination": "n1",
    "by": ["klaas"],
    "channel": "phone",
}
HEARD: Final[Row] = {
    "type": "interview.hold",
    "happened_on": date(2025, 1, 24),
    "interview": "i1",
    "respondent": "mother",
    "kind": "family",
    "by": "esmee",
}
PLANNED: Final[Row] = {
    "type": "meeting.plan",
    "happened_on": date(2025, 2, 3),
    "meeting": "m1",
    "kind": "kick_off",
    "planned_for": date(2025, 3, 3),
}
KICKED_OFF: Final[Row] = {
    "type": "meeting.hold",
    "happened_on": date(2025, 3, 3),
    "meeting": "m1",
}
REORIENTED: Final[Row] = {
    "type": "reorientation.open",
    "happened_on": date(2025, 9, 1),
    "reorientation": "r1",
}


def met(day: date, kind: str = "follow_up", meeting: str = "m2") -> dict[str, Any]:
    """Return a meeting that was held without having been planned."""
    return {
        "type": "meeting.hold",
        "happened_on": day,
        "unplanned": meeting,
        "kind": kind,
    }


FOLLOWED_UP: Final = met(date(2025, 6, 2))
ALL_ALONG: Final = [
    NOMINATED, APPROACHED, HEARD, PLANNED, KICKED_OFF, FOLLOWED_UP, REORIENTED,
]  # fmt: skip


def _phase(group: ResourceGroup, day: date) -> str | None:
    phase = METHOD.phase_on(group, day)
    return phase.code if phase else None


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (FIRST - DAY, None),
        (FIRST, "preparation"),
        (date(2025, 1, 21), "preparation"),
        (date(2025, 1, 22), "deepening"),
        (date(2025, 2, 3), "planning"),
        (date(2025, 3, 2), "planning"),
        (date(2025, 3, 3), "kick_off"),
        (date(2025, 6, 2), "follow_up"),
        (date(2025, 9, 1), "reorientation"),
        (date.max, "reorientation"),
    ],
    ids=str,
)
def test_each_phase_is_reached_by_the_fact_that_opens_it(
    day: date, phase: str | None
) -> None:
    assert _phase(begun(*ALL_ALONG), day) == phase


def test_the_rows_above_reach_every_phase() -> None:
    reached = {phase.code for _, phase in METHOD.openings(begun(*ALL_ALONG))}
    assert reached == {phase.code for phase in METHOD.phases}


def test_a_talk_alone_opens_the_deepening_too() -> None:
    group = begun(NOMINATED, HEARD)
    assert _phase(group, date(2025, 1, 24)) == "deepening"


def test_opening_a_later_phase_completes_nothing() -> None:
    group = begun({**REORIENTED, "happened_on": date(2025, 1, 7)})
    still = {p.finding.code for p in open_on(prompts(group, METHOD), date(2026, 1, 1))}
    grouped = {s.code for s in METHOD.steps if s.per == "group" and not s.watched_by}
    assert _phase(group, date(2025, 1, 7)) == "reorientation"
    assert still - {rule.code for rule in METHOD.rules} == grouped


@pytest.mark.parametrize("phase", [phase.code for phase in METHOD.phases])
def test_each_phase_is_left_and_entered_again(phase: str) -> None:
    day = date(2026, 1, 12)
    again = {"type": "phase.enter", "happened_on": day, "phase": phase}
    moved = {**met(day + DAY), "meeting": None, "unplanned": "m9"}
    if phase == "follow_up":
        moved = {**REORIENTED, "happened_on": day + DAY, "reorientation": "r9"}
    group = begun(*ALL_ALONG, again, moved)
    assert _phase(group, day - DAY) == "reorientation"
    assert _phase(group, day) == phase
    assert _phase(group, day + DAY) not in {None, phase}


def test_entering_a_phase_again_neither_completes_nor_undoes_a_step() -> None:
    day = REORIENTED["happened_on"]
    before = begun(*ALL_ALONG)
    again = {"type": "phase.enter", "happened_on": day, "phase": "preparation"}
    assert prompts(begun(*ALL_ALONG, again), METHOD) == prompts(before, METHOD)


def test_a_late_nominee_leaves_the_group_where_it_is() -> None:
    group = begun(
        *ALL_ALONG[:-1],
        {**NOMINATED, "happened_on": date(2025, 6, 9), "nomination": "n2",
         "person": {"id": "bart"}},
        {**APPROACHED, "happened_on": date(2025, 6, 10), "nomination": "n2"},
        {**HEARD, "happened_on": date(2025, 6, 11), "interview": "i2",
         "respondent": "bart"},
    )  # fmt: skip
    assert _phase(group, date(2025, 6, 11)) == "follow_up"


def test_a_second_kick_off_leaves_the_group_where_it_is() -> None:
    later = met(date(2025, 6, 9), "kick_off", "m3")
    group = begun(*ALL_ALONG[:-1], later)
    assert _phase(group, date(2025, 6, 9)) == "follow_up"


def test_a_follow_up_meeting_leads_back_from_the_reorientation() -> None:
    group = begun(*ALL_ALONG, met(date(2025, 12, 1), meeting="m3"))
    assert _phase(group, date(2025, 11, 30)) == "reorientation"
    assert _phase(group, date(2025, 12, 1)) == "follow_up"


def test_the_reorientation_can_be_opened_again() -> None:
    again = {
        **REORIENTED,
        "happened_on": date(2026, 1, 5),
        "reorientation": "r2",
    }
    group = begun(*ALL_ALONG, met(date(2025, 12, 1), meeting="m3"), again)
    assert _phase(group, date(2026, 1, 5)) == "reorientation"


def test_a_meeting_of_another_kind_opens_nothing() -> None:
    group = begun(met(date(2025, 1, 9), "extra"))
    assert _phase(group, date(2025, 1, 9)) == "preparation"


CRISIS: Final = met(date(2025, 1, 8), "kick_off", "m1")


def test_a_start_in_a_crisis_owes_the_earlier_steps() -> None:
    group = begun(CRISIS)
    found = prompts(group, METHOD)
    day = date(2025, 3, 1)
    still = {p.finding.code for p in open_on(found, day)}
    earlier = {"explain_method", "draw_sociogram", "nominate", "draft_goals"}
    assert _phase(group, date(2025, 1, 8)) == "kick_off"
    assert earlier <= still
    assert {"agree_goals", "house_rules"} <= still


def test_a_start_in_a_crisis_is_not_refused() -> None:
    start = change_from(
        {
            "type": "group.start",
            "happened_on": FIRST,
            "group": "g1",
            "team": "team-1",
            "client": {"id": "klaas"},
            "supporter": {"id": "esmee", "staff": True},
        },
        "start",
    )
    outcome = judged(None, start, change_from(CRISIS))
    assert outcome.decision.allowed
    assert len(outcome.entries) == 2


@few
@given(courses(), st.data())
def test_a_phase_rests_on_nothing_that_happened_later(
    course: Course, data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from([h.on for h in course.group.happenings]))
    until = tuple(h for h in course.group.happenings if h.on <= day)
    cut = evolve(course.group, happenings=until)
    assert METHOD.phase_on(course.group, day) == METHOD.phase_on(cut, day)


@few
@given(courses(), st.data())
def test_the_order_of_recording_does_not_matter_to_the_phase(
    course: Course, data: st.DataObject
) -> None:
    known: dict[date, Happening] = {h.on: h for h in course.group.happenings}
    shuffled = data.draw(st.permutations(list(known.values())))
    groups = [
        evolve(course.group, happenings=_recorded(happenings))
        for happenings in (tuple(known.values()), tuple(shuffled))
    ]
    assert METHOD.openings(groups[0]) == METHOD.openings(groups[1])


def _recorded(happenings: tuple[Happening, ...]) -> tuple[Happening, ...]:
    return tuple(evolve(h, seq=seq) for seq, h in enumerate(happenings, start=1))


@few
@given(courses())
def test_on_one_day_the_later_recorded_fact_decides(course: Course) -> None:
    same = tuple(evolve(h, on=FIRST) for h in course.group.happenings)
    group = evolve(course.group, happenings=same)
    opened = METHOD.openings(group)
    assert METHOD.phase_on(group, FIRST) == opened[-1][1]
    assert METHOD.phase_on(group, FIRST - DAY) is None
