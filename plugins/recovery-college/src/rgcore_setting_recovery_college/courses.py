"""Courses: how one is noted, where the plan shows it, and what belongs to it."""

from __future__ import annotations

from typing import Final

from rgcore.plugins import (
    Code,
    Holds,
    OwnChange,
    OwnField,
    PlanSection,
    Step,
    Theme,
    Whose,
    Wording,
)
from rgcore_setting_recovery_college.codes import COURSE, COURSE_NOTED, OURS

CHANGES: Final = (
    OwnChange(
        code=COURSE,
        wording=Wording("een cursus", "a course"),
        # What stands in square brackets is told if the note holds it.
        sentence=Wording(
            "{whose} doet de cursus “{course}”, vanaf {began}[ tot en met {finished}].",
            "{whose} takes the course “{course}”, from {began}[ up to {finished}].",
        ),
        fields=(
            OwnField(
                name=Code("course"),
                holds=Holds.TEXT,
                wording=Wording("cursus, in eigen woorden", "course, in one's words"),
            ),
            OwnField(
                name=Code("began"),
                holds=Holds.DAY,
                wording=Wording("eerste dag", "first day"),
            ),
            OwnField(
                name=Code("finished"),
                holds=Holds.DAY,
                wording=Wording("laatste dag", "last day"),
                required=False,
            ),
        ),
        # Relatives take courses too.
        whose=Whose.SOMEBODY,
        source=OURS,
    ),
)

PLAN_SECTIONS: Final = (
    PlanSection(
        code=Code("recovery_college.courses"),
        wording=Wording("Cursussen", "Courses"),
        intro=Wording(
            "Wat jullie leren bij de herstelacademie.",
            "What you learn at the recovery college.",
        ),
        changes=(COURSE,),
        source=OURS,
    ),
)

STEPS: Final = (
    Step(
        code=Code("recovery_college.choose_course"),
        phase=Code("preparation"),
        wording=Wording("Een cursus kiezen", "Choosing a course"),
        sentence=Wording(
            "Kijk samen of er een cursus is die bij je past.",
            "Look together whether there is a course that suits you.",
        ),
        done_by=(COURSE_NOTED,),
        # A length of time of the base; a setting may count with those too.
        after=Code("goals_after"),
        source=OURS,
    ),
)

THEMES: Final = (
    Theme(
        code=Code("recovery_college.own_story"),
        wording=Wording("je eigen verhaal vertellen", "telling your own story"),
        standard=False,
        source=OURS,
    ),
)
