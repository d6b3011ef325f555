"""What sleeps while a group or somebody in it rests, and what never does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given

from method.generated import Course, courses, few
from method.groups import METHOD, START, Row, after, begun, change_from, changes_from
from rgcore.domain.findings import Finding, Prompt, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Kind, Ref
from rgcore.method import open_on, prompts
from rgcore.method.resting import awake

DAY: Final = timedelta(days=1)
RANKS: Final = tuple(Rank)
ASLEEP: Final = (Rank.METHOD, Rank.WORKFLOW)

JOINED: Final[list[Row]] = [
    {
        "type": "member.nominate",
        "happened_on": date(2025, 1, 20),
        "nomination": "n1",
        "person": {"id": "mother"},
    },
    {"type": "member.accept", "happened_on": date(2025, 1, 25), "nomination": "n1"},
    {
        "type": "meeting.hold",
        "happened_on": date(2025, 3, 3),
        "unplanned": "m1",
        "kind": "kick_off",
    },
]
PAUSED: Final[Row] = {
    "type": "group.pause",
    "happened_on": date(2025, 5, 1),
    "pause": "p1",
    "until": date(2025, 9, 1),
}
LEFT: Final[Row] = {
    "type": "group.depart",
    "happened_on": date(2025, 5, 1),
    "departure": "d1",
    "way": "home",
}
DIED: Final[Row] = {
    "type": "person.die",
    "happened_on": date(2025, 5, 1),
    "person": "klaas",
}


def _open(group: ResourceGroup, day: date) -> set[str]:
    return {p.finding.code for p in open_on(prompts(group, METHOD), day)}


def _open_from(group: ResourceGroup, day: date) -> list[Prompt]:
    found = prompts(group, METHOD)
    return [p for p in found if p.until is None or p.until > day]


def _day_of(group: ResourceGroup, code: str) -> date:
    return next(p.since for p in prompts(group, METHOD) if p.finding.code == code)


def test_nothing_is_open_in_a_pause_and_what_fell_in_it_opens_afterwards() -> None:
    group = begun(*JOINED, PAUSED)
    assert _open(group, date(2025, 5, 1)) == set()
    assert _open(group, date(2025, 8, 31)) == set()
    assert "next_meeting" in _open(group, date(2025, 9, 1))
    assert _day_of(group, "next_meeting") == date(2025, 9, 1)
    assert _day_of(group, "rhythm_with_tolerance") == date(2025, 9, 29)


def test_a_day_that_a_sentence_names_moves_with_the_pause() -> None:
    found = prompts(begun(*JOINED, PAUSED), METHOD)
    due = next(p for p in found if p.finding.code == "next_meeting")
    assert dict(due.finding.params) == {"date": date(2025, 9, 1)}


def test_a_pause_without_an_end_is_silent_until_the_group_goes_on() -> None:
    paused = {k: v for k, v in PAUSED.items() if k != "until"}
    assert _open_from(begun(*JOINED, paused), date(2025, 5, 1)) == []
    resumed = {"type": "group.resume", "happened_on": date(2025, 6, 15)}
    group = begun(*JOINED, paused, resumed)
    assert _open(group, date(2025, 6, 14)) == set()
    assert _day_of(group, "next_meeting") == date(2025, 6, 15)


def test_what_is_due_after_a_pause_keeps_its_day() -> None:
    with_pause, without = begun(*JOINED, PAUSED), begun(*JOINED)
    day = _day_of(without, "yearly_evaluation")
    assert day > date(2025, 9, 1)
    assert _day_of(with_pause, "yearly_evaluation") == day


@pytest.mark.parametrize("ending", [LEFT, DIED], ids=["taken home", "client died"])
def test_nobody_is_asked_anything_when_a_group_left_or_its_client_died(
    ending: Row,
) -> None:
    assert _open_from(begun(*JOINED, ending), date(2025, 5, 1)) == []


def test_a_group_that_comes_back_is_asked_again_from_that_day() -> None:
    back = {"type": "group.come_back", "happened_on": date(2026, 1, 5)}
    group = begun(*JOINED, LEFT, back)
    assert _open(group, date(2026, 1, 4)) == set()
    assert "next_meeting" in _open(group, date(2026, 1, 5))


def test_what_is_about_a_member_who_rests_waits_for_them() -> None:
    rest = {
        "type": "member.step_back",
        "happened_on": date(2025, 2, 1),
        "rest": "r1",
        "person": "mother",
        "until": date(2025, 4, 1),
    }
    code = "interview_before_first_meeting"
    group = begun(*JOINED, rest)
    assert code not in _open(group, date(2025, 3, 31))
    assert code in _open(group, date(2025, 4, 1))
    assert code in _open(begun(*JOINED), date(2025, 3, 31))


def _prompt(rank: Rank, since: date, until: date | None = None) -> Prompt:
    about = (Ref(Kind.PERSON, "mother"),)
    return Prompt(Finding(code=Code("some_rule"), rank=rank, about=about), since, until)


@pytest.mark.parametrize("rank", RANKS)
def test_law_and_direction_speak_through_a_pause_and_law_always(rank: Rank) -> None:
    prompt = _prompt(rank, date(2025, 5, 2))
    in_pause = tuple(awake(begun(*JOINED, PAUSED), [prompt]))
    gone = tuple(awake(begun(*JOINED, LEFT), [prompt]))
    assert (in_pause == (prompt,)) is (rank not in ASLEEP)
    assert (gone == (prompt,)) is (rank not in {*ASLEEP, Rank.DIRECTION})


def test_what_would_be_over_within_a_pause_never_opens() -> None:
    prompt = _prompt(Rank.METHOD, date(2025, 5, 2), date(2025, 8, 1))
    assert tuple(awake(begun(*JOINED, PAUSED), [prompt])) == ()


@few
@given(courses())
def test_no_prompt_of_the_method_speaks_on_a_day_on_which_the_group_rests(
    course: Course,
) -> None:
    pauses = course.group.pauses
    for prompt in prompts(course.group, METHOD):
        if prompt.finding.rank in ASLEEP:
            # A pause that was over on the day on which it began has no day.
            resting = [p.since for p in pauses if p.runs_on(p.since)]
            assert not any(prompt.speaks_on(day) for day in resting)


@few
@given(courses())
def test_a_group_in_which_nobody_rests_is_asked_as_ever(course: Course) -> None:
    group = evolve(course.group, pauses=(), departures=(), rests=(), deaths=())
    found = [_prompt(rank, date(2025, 5, 2)) for rank in RANKS]
    assert list(awake(group, found)) == found


ARRIVED: Final[Row] = {
    "type": "group.import",
    "happened_on": date(2025, 5, 10),
    "source_institution": "elsewhere",
    "source_group": "g1",
    "head": "0" * 64,
    "count": 9,
    "digest": "1" * 64,
    "group": "g1",
    "client": "klaas",
    "team": "team-1",
    "started_on": date(2025, 1, 6),
}


@pytest.mark.parametrize("arrived", [date(2025, 5, 1), date(2025, 5, 10)], ids=str)
def test_a_group_that_came_in_elsewhere_is_asked_again_there(arrived: date) -> None:
    moved = {**LEFT, "way": "other_institution"}
    journal = [{**ARRIVED, "happened_on": arrived}, START, *JOINED, moved]
    group = after(None, changes_from(journal))
    assert group is not None
    assert _day_of(group, "next_meeting") == date(2025, 6, 2)
    again = change_from({**LEFT, "departure": "d2", "happened_on": date(2025, 7, 1)})
    assert not list(again.problems(group))


def _came_in(*rows: Row, arrivals: Sequence[date]) -> ResourceGroup:
    """Return a group that came in on these days, the latest first."""
    imports = [{**ARRIVED, "happened_on": day} for day in arrivals]
    group = after(None, changes_from([*imports, START, *JOINED, *rows]))
    assert group is not None
    return group


def _left(number: int, on: date) -> Row:
    return {**LEFT, "departure": f"d{number}", "happened_on": on}


@pytest.mark.parametrize("back", [date(2025, 4, 1), date(2025, 7, 1)], ids=str)
def test_a_group_that_came_back_before_it_moved_comes_in(back: date) -> None:
    rows = [
        _left(1, date(2025, 3, 10)),
        {"type": "group.come_back", "happened_on": back},
        _left(2, date(2025, 7, 1)),
    ]
    group = _came_in(*rows, arrivals=[date(2025, 7, 2)])
    assert [d.back_on for d in group.departures] == [back, date(2025, 7, 2)]


def test_a_group_that_moved_twice_was_back_where_it_came_first() -> None:
    moved = {"way": "other_institution"}
    rows = [
        {**_left(1, date(2025, 3, 10)), **moved},
        {**_left(2, date(2025, 7, 1)), **moved},
    ]
    arrivals = [date(2025, 7, 1), date(2025, 3, 15)]
    group = _came_in(*rows, arrivals=arrivals)
    assert [d.back_on for d in group.departures] == [date(2025, 3, 15), arrivals[0]]
