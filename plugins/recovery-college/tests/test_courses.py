"""A course is noted, told in the timeline and shown in the plan."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from attrs import evolve

import rgcore
from colleges import ROOS, WIM, College, course
from rgcore.domain.foreign import OwnValue
from rgcore.domain.ids import Code
from rgcore.render.pages import plan_markdown, timeline_text

BEGAN: Final = date(2025, 3, 12)
ENDED: Final = date(2025, 5, 7)
WORDS: Final = "Durven zeggen wat ik wil"


def _noted(college: College, *, finished: date | None = None) -> rgcore.View:
    words = rgcore.Words()
    college.record(course(words, WORDS, began=BEGAN, finished=finished), words=words)
    return college.view()


def _codes(refused: rgcore.Refused) -> set[str]:
    return {finding.code for finding in refused.decision.blocking}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", f"Jade doet de cursus “{WORDS}”, vanaf 12 maart 2025."),
        ("en", f"Jade takes the course “{WORDS}”, from 12 March 2025."),
    ],
)
def test_the_timeline_tells_it(college: College, language: str, told: str) -> None:
    lines = timeline_text(_noted(college), language)
    assert told in " ".join(lines.split())


@pytest.mark.parametrize(
    ("language", "heading", "told"),
    [
        ("nl", "## Cursussen", "vanaf 12 maart 2025 tot en met 7 mei 2025."),
        ("en", "## Courses", "from 12 March 2025 up to 7 May 2025."),
    ],
)
def test_the_plan_shows_it_in_the_participant_s_words(
    college: College, language: str, heading: str, told: str
) -> None:
    page = plan_markdown(_noted(college, finished=ENDED), language)
    _, _, part = page.partition(f"\n{heading}\n")
    (line,) = [one for one in part.splitlines() if one.startswith("- Jade ")]
    assert f"“{WORDS}”" in line
    assert line.endswith(told)


def test_a_plan_without_courses_has_no_part_for_them(college: College) -> None:
    assert "Cursussen" not in plan_markdown(college.view(), "nl")


def test_a_relative_can_take_a_course_too(college: College) -> None:
    words = rgcore.Words()
    note = course(words, "Er zijn voor een ander", began=BEGAN, whose=WIM)
    actor = rgcore.Actor(
        who=ROOS, purpose=Code("care"), on_behalf_of=WIM, because=Code("by_phone")
    )
    college.record(note, words=words, actor=actor)
    assert "Wim doet de cursus" in timeline_text(college.view(), "nl")


def test_whose_course_it_is_is_theirs_to_say(college: College) -> None:
    words = rgcore.Words()
    note = course(words, "Er zijn voor een ander", began=BEGAN, whose=WIM)
    with pytest.raises(rgcore.Refused) as refused:
        college.record(note, words=words)
    assert _codes(refused.value) == {"access.not_that_person"}


def test_a_course_needs_its_first_day(college: College) -> None:
    words = rgcore.Words()
    note = course(words, WORDS, began=BEGAN)
    with pytest.raises(rgcore.Refused) as refused:
        college.record(evolve(note, values=note.values[:1]), words=words)
    assert _codes(refused.value) == {"structure.field_missing"}


def test_a_course_holds_nothing_else(college: College) -> None:
    words = rgcore.Words()
    note = course(words, WORDS, began=BEGAN)
    more = OwnValue(name=Code("mark"), number=8)
    with pytest.raises(rgcore.Refused) as refused:
        college.record(evolve(note, values=(*note.values, more)), words=words)
    assert _codes(refused.value) == {"structure.unknown_field"}


def test_choosing_a_course_is_a_step_until_one_is_noted(college: College) -> None:
    step = "recovery_college.choose_course"
    before = [p for p in college.view().prompts() if p.finding.code == step]
    assert [p.since for p in before] == [date(2025, 4, 14)]
    assert step not in {p.finding.code for p in _noted(college).prompts()}
